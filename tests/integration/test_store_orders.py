"""Online orders in the store: the server's part follows the server, the merchant's ticks and the hand-over stay the shop's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import CANCEL_ASKED, Order, OrderLine, OrderStatus, OrderStep
from pos.local_db.upkeep import BUYER_DAYS, DAY_MS
from pos.services import orders
from pos.services.ports import Till
from tests.helpers.shops import KOPI, MI, MORNING, open_market


def order(number: int, status: str = "placed", version: int = 1, lines: int = 2, **fields: object) -> Order:
    sold = tuple(OrderLine(item.uid, item.name, "pcs", 1, 2, 3_500, 7_000) for item in (MI, KOPI)[:lines])
    whole = Order(
        f"{number:032x}",
        str(4_820 + number),
        OrderStatus.read(status),
        status,
        version,
        "Rina S.",
        "4471",
        "ASN",
        sold,
        7_000 * lines,
        True,
        MORNING + number,
        MORNING + 600_000,
        slot_from=1,
        slot_to=2,
        note="tanpa plastik",
        flags=("large",),
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def put(till: Till, *told: Order) -> list[bool]:
    with till.store.begin() as work:
        new = [work.put_order(item) for item in told]
        work.commit()
    return new


def test_an_order_comes_back_as_it_was_told(tmp_path: Path) -> None:
    told = order(1)
    with open_market(tmp_path) as till:
        assert put(till, told) == [True]
        assert put(till, told) == [False]
        assert till.store.read.order(told.uid) == told
        assert till.store.read.orders() == [told]
        assert till.store.read.order("0" * 32) is None


def test_the_board_shows_who_waits_longest_and_the_history_what_ended_last(tmp_path: Path) -> None:
    states = ["placed", "accepted", "ready", "picked_up", "rejected", "cancelled", "expired", "no_show", "dikirim_drone"]
    with open_market(tmp_path) as till:
        put(till, *(order(number, state) for number, state in reversed(list(enumerate(states)))))
        read = till.store.read
        assert [item.status_text for item in read.orders()] == ["placed", "accepted", "ready", "dikirim_drone"]
        assert read.orders()[-1].status is OrderStatus.UNKNOWN
        assert [item.status_text for item in read.orders(history=True)] == ["no_show", "expired", "cancelled", "rejected", "picked_up"]
        assert read.digest()[3] == 3


def test_a_newer_version_takes_over_and_an_older_one_changes_nothing(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, version=3, lines=2))
        newer = order(1, "accepted", 4, lines=1, short_code="7K241", pickup_code="EPK1:X:7K241:Y")
        assert put(till, newer, order(1, "placed", 2, lines=2)) == [False, False]
        stored = till.store.read.order(newer.uid)
        assert stored == newer


def test_ticks_and_pending_steps_are_the_shops_own(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        told = order(1)
        put(till, told)
        orders.tick(till, told.uid, 1, on_shelf=True)
        orders.ask(till, told.uid, OrderStep.ACCEPT)
        stored = till.store.read.order(told.uid)
        assert stored is not None
        assert (stored.lines[1].on_shelf, stored.lines[1].packed, stored.pending, stored.seen) == (True, False, OrderStep.ACCEPT, True)
        # the same version again does not answer the question, the next one does
        put(till, told)
        assert till.store.read.order(told.uid) == stored
        put(till, order(1, "accepted", 2))
        orders.tick(till, told.uid, 1, packed=True)
        stored = till.store.read.order(told.uid)
        assert stored is not None
        assert (stored.pending, stored.lines[1].packed, stored.seen) == (None, True, True)


def test_an_accept_without_a_line_is_an_intention_and_nothing_is_packed_on_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1))
        orders.ask(till, order(1).uid, OrderStep.ACCEPT)
        with pytest.raises(ShopError) as told:
            orders.tick(till, order(1).uid, 0, packed=True)
        assert told.value.code is ErrorCode.ORDER_STEP_NOT_ALLOWED
        with pytest.raises(ShopError):
            orders.print_pickup(till, order(1).uid)


def test_a_buyer_who_asks_to_cancel_is_answered_and_a_buyer_who_does_not_is_not(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, "accepted"), order(2, "accepted", flags=(CANCEL_ASKED,)), order(3, "picked_up", flags=(CANCEL_ASKED,)))
        with pytest.raises(ShopError):
            orders.ask(till, order(1).uid, OrderStep.CANCEL_ALLOW)
        with pytest.raises(ShopError):
            orders.ask(till, order(3).uid, OrderStep.CANCEL_DENY)
        assert orders.ask(till, order(2).uid, OrderStep.CANCEL_ALLOW).pending is OrderStep.CANCEL_ALLOW
        (told,) = (item for item in till.store.read.waiting_operations(99) if item.kind == "order_command@1")
        assert b'"command":"cancel_allow"' in told.payload


@pytest.mark.parametrize(
    ("status", "code"),
    [("accepted", ErrorCode.PICKUP_EARLY), ("expired", ErrorCode.PICKUP_LATE), ("no_show", ErrorCode.PICKUP_LATE)],
)
def test_a_buyer_at_the_counter_is_a_fact_once_a_person_is_sure(tmp_path: Path, status: str, code: ErrorCode) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, status, short_code="7K241", pickup_code="EPK1:X:7K241:Y"))
        with pytest.raises(ShopError) as told:
            orders.hand_over(till, "7K-241")
        assert told.value.code is code
        assert till.store.read.on_hand(MI.uid) == 200
        assert orders.hand_over(till, "7K-241", sure=True).handed_over_at is not None
        assert till.store.read.on_hand(MI.uid) == 198
        with pytest.raises(ShopError) as told:
            orders.hand_over(till, "7K-241", sure=True)
        assert told.value.code is ErrorCode.PICKUP_CODE_USED


@pytest.mark.parametrize("status", ["placed", "rejected", "cancelled"])
def test_what_was_never_the_buyers_is_not_handed_over_however_sure_one_is(tmp_path: Path, status: str) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, status, short_code="7K241", pickup_code="EPK1:X:7K241:Y"))
        with pytest.raises(ShopError):
            orders.hand_over(till, "7K-241", sure=True)


def test_a_step_that_came_too_late_is_told_until_someone_has_seen_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1))
        with till.store.begin() as work:
            work.note_lost(order(1).uid, "accept:version_conflict")
            work.commit()
        put(till, order(1, "cancelled", 2))
        stored = till.store.read.order(order(1).uid)
        assert stored is not None
        assert stored.lost == "accept:version_conflict"
        orders.see(till, order(1).uid)
        stored = till.store.read.order(order(1).uid)
        assert stored is not None
        assert stored.lost == ""


def test_open_orders_hold_their_goods_until_they_end_or_are_handed_over(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1), order(2, "ready", short_code="7K241", pickup_code="EPK1:X:7K241:Y"), order(3, "cancelled"))
        assert till.store.read.reserved() == {MI.uid: 4, KOPI.uid: 4}
        orders.hand_over(till, "7K241")
        assert till.store.read.reserved() == {MI.uid: 2, KOPI.uid: 2}


def test_only_placed_orders_that_nobody_opened_sound(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1), order(2), order(3, "accepted"), order(4, "cancelled"))
        assert till.store.read.unseen_orders() == 2
        orders.see(till, order(1).uid)
        assert till.store.read.unseen_orders() == 1
        put(till, order(2, "expired", 2))
        assert till.store.read.unseen_orders() == 0


def test_a_short_code_names_one_open_order(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, "ready", short_code="7K241"), order(2, "picked_up", short_code="9A111"), order(3, "placed"))
        found = till.store.read.order_of_short_code("7K241")
        assert found is not None
        assert found.uid == order(1).uid
        assert till.store.read.order_of_short_code("9A111") is None
        assert till.store.read.order_of_short_code("") is None


def test_goods_are_handed_over_once_and_booked_once_whoever_tells_first(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, "ready", short_code="7K241", pickup_code="EPK1:X:7K241:Y"))
        handed = orders.hand_over(till, "7k-241")
        assert handed.handed_over_at is not None
        assert till.store.read.on_hand(MI.uid) == 198
        with till.store.begin() as work:
            assert not work.add_pickup(order(1).uid, "e" * 32, 9)
        put(till, order(1, "picked_up", 9))
        assert till.store.read.orders(history=True)[0].handed_over_at == handed.handed_over_at
        assert till.store.read.check() == []


@pytest.mark.parametrize("status", ["picked_up", "ready"])
def test_a_buyer_is_forgotten_a_month_after_the_order_has_ended(tmp_path: Path, status: str) -> None:
    with open_market(tmp_path) as till:
        put(till, order(1, status))
        till.clock.pass_ms((BUYER_DAYS + 1) * DAY_MS)  # type: ignore[attr-defined]
        till.store.tidy()  # type: ignore[attr-defined]
        stored = till.store.read.order(order(1).uid)
        assert stored is not None
        known = (stored.buyer, stored.buyer_phone4, stored.note)
        assert known == (("", "", "") if status == "picked_up" else ("Rina S.", "4471", "tanpa plastik"))
        assert (stored.total, len(stored.lines)) == (14_000, 2)
