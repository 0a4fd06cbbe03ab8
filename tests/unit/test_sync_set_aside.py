"""A batch that is refused whole is halved down to the one operation that is not taken; it is set aside, seen, and blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStep
from pos.services import line as line_verbs
from pos.services import orders
from pos.sync import protocol as wire
from pos.sync.halving import STRIKES, Halving, Next
from tests.helpers.fake_central import FakeCentral
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import sell, stock_up

BROKEN = ShopError(ErrorCode.CENTRAL_REFUSED, status=400, reason="unreadable")
TOO_LARGE = ShopError(ErrorCode.CENTRAL_REFUSED, status=413, reason="body_too_large")
FAULT = ShopError(ErrorCode.CENTRAL_UNREADABLE, status=500, reason="internal")
PORTAL = ShopError(ErrorCode.CENTRAL_UNREADABLE, status=400, reason="")


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


@pytest.mark.parametrize("why", [BROKEN, TOO_LARGE])
def test_one_broken_sale_among_sixty_is_set_aside_and_all_others_arrive(line: TillOnLine, central: FakeCentral, why: ShopError) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[number % 3]) for number in range(60)]
    broken = sales[37]
    central.poison[broken.uid] = why
    line.settle()
    assert central.sales == {sale.uid for sale in sales} - {broken.uid}
    (aside,) = line.till.store.read.set_aside()
    assert (aside.id, aside.kind, aside.code) == (broken.uid, "sale@1", why.fields["reason"])
    assert line.till.store.read.check() == []
    # the server is told so, in the broken one's place
    (told,) = (item for _, _, item in central.books.told if item.kind == "set_aside@1")
    payload = wire.decode(told.payload, wire.SetAsidePayload)
    assert (payload.operation, payload.kind, payload.code) == (broken.uid, "sale@1", why.fields["reason"])


def test_what_was_set_aside_arrives_when_a_mended_server_is_told_again(line: TillOnLine, central: FakeCentral) -> None:
    sale = sell(line.till, stock_up(line.till)[0])
    central.poison[sale.uid] = BROKEN
    line.settle()
    assert sale.uid not in central.sales
    central.poison.clear()
    line_verbs.send_aside_again(line.till, sale.uid)
    line.settle()
    assert central.sales == {sale.uid}
    assert line.till.store.read.set_aside() == []
    assert line.till.store.read.line().digest_ok


def test_two_broken_ones_beside_each_other_are_both_found(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[0]) for _ in range(9)]
    for broken in (sales[0], sales[1], sales[8]):
        central.poison[broken.uid] = BROKEN
    line.settle()
    assert {row.id for row in line.till.store.read.set_aside()} == {sales[0].uid, sales[1].uid, sales[8].uid}
    assert central.sales == {sale.uid for sale in sales[2:8]}


@pytest.mark.parametrize("why", [BROKEN, FAULT, PORTAL])
def test_a_server_that_refuses_everything_empties_no_outbox(line: TillOnLine, central: FakeCentral, why: ShopError) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[0]) for _ in range(5)]
    central.refuses_all = why
    rounds = [line.once() for _ in range(40)]
    assert line.till.store.read.set_aside() == []
    assert sum(done.next_in == 0 for done in rounds) <= 30, "a refusal is not hammered at"
    central.refuses_all = None
    line.settle()
    assert central.sales == {sale.uid for sale in sales}


def test_a_server_that_breaks_on_one_sale_is_given_time_before_that_one_is_suspected(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[0]) for _ in range(3)]
    central.poison[sales[1].uid] = FAULT
    for _ in range(STRIKES - 1):
        assert line.once().error is not None
    assert line.till.store.read.set_aside() == []
    for _ in range(40):
        line.once()
    assert [row.id for row in line.till.store.read.set_aside()] == [sales[1].uid]
    assert central.sales == {sales[0].uid, sales[2].uid}


def test_a_page_of_a_portal_in_the_way_is_nobodys_fault(line: TillOnLine, central: FakeCentral) -> None:
    sale = sell(line.till, stock_up(line.till)[0])
    central.poison[sale.uid] = PORTAL
    for _ in range(30):
        line.once()
    assert line.till.store.read.set_aside() == []


def test_an_order_whose_answer_no_request_can_carry_waits_for_the_server_no_more(line: TillOnLine, central: FakeCentral) -> None:
    central.order(
        wire.WireOrder(
            uid="a" * 32,
            number="4821",
            status="placed",
            version=1,
            buyer="Rina W.",
            buyer_phone4="1",
            buyer_kind="",
            lines=(),
            total=1,
            paid=True,
            placed_at=1,
            deadline_at=2,
        )
    )
    line.settle()
    orders.ask(line.till, "a" * 32, OrderStep.ACCEPT)
    (command,) = line.till.store.read.waiting_operations(9)
    central.poison[command.id] = BROKEN
    line.settle()
    order = line.till.store.read.order("a" * 32)
    assert order is not None
    assert order.pending is None


def test_batches_grow_again_once_they_go_through() -> None:
    halving = Halving()
    assert halving.refused(BROKEN, ("a", "b", "c", "d")) is Next.HALVE
    assert halving.most == 2
    halving.went_through(2)
    assert halving.most == 4
    for _ in range(5):
        halving.went_through(halving.most)
    assert halving.most == wire.MAX_OPERATIONS


def test_only_what_is_refused_alone_and_again_after_the_line_was_tried_is_set_aside() -> None:
    halving = Halving()
    assert halving.refused(BROKEN, ("a",)) is Next.PROBE
    assert halving.most == 0
    halving.went_through(0)
    assert halving.refused(BROKEN, ("a",)) is Next.SET_ASIDE
    assert halving.refused(BROKEN, ("b",)) is Next.PROBE
    assert halving.refused(BROKEN, ()) is Next.NOTHING
    assert halving.refused(BROKEN, ("b",)) is Next.PROBE
