"""An online order's whole life, and every way it can go: the server alone decides, but for goods that have left the shop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from central.orders.book import EDGES, OPEN, Status
from central.world import DAY, HOUR, MINUTE, Settings
from pos.sync import protocol as wire
from pos.sync.encoding import signed_by
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, OnlineBuyer, an_id, goods, sale, stock
from tests.helpers.city_sums import check_sums

NewTill = Callable[..., CounterTill]
NewBuyer = Callable[..., OnlineBuyer]
MI, TEH = an_id("Indomie"), an_id("Teh Pucuk")


@pytest.fixture
def till(city: City, shop: str, new_till: NewTill) -> CounterTill:
    """A till of a shop with ten of each."""
    made = new_till(city, shop)
    made.push(wire.ProductPayload(products=(goods("Indomie"), goods("Teh Pucuk", price=5_000))), stock({MI: 10, TEH: 10}))
    made.pull_all()
    return made


def tell(till: CounterTill, order: str, command: str, version: int, reason: str = "") -> tuple[str, str]:
    payload = wire.OrderCommandPayload(order=order, command=command, expected_version=version, reason=reason)
    (result,) = till.push(payload).results
    return result.status, result.code


def hand_over(till: CounterTill, order: str, code: str) -> wire.OperationResult:
    (result,) = till.push(wire.OrderPickedUpPayload(order=order, code=code)).results
    return result


def ready_order(till: CounterTill, buyer: OnlineBuyer, shop: str, count: int = 2) -> wire.BuyerOrder:
    order = buyer.buy(shop, {MI: count})
    assert tell(till, order.uid, "accept", 2) == ("applied", "")
    assert tell(till, order.uid, "ready", 3) == ("applied", "")
    return buyer.see(order.uid)


def test_an_order_goes_its_whole_way(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer) -> None:
    assert [(item.name, item.price, item.sellable) for item in buyer.goods(shop)] == [("Indomie", 3_500, 10), ("Teh Pucuk", 5_000, 10)]
    placed = buyer.place(shop, {MI: 2, TEH: 1}, slot_from=city.clock.at, slot_to=city.clock.at + HOUR, note="kecap botol kaca")
    assert (placed.status, placed.total, placed.paid, placed.number, placed.pickup_code) == ("placed", 12_000, False, "1000", "")
    assert till.orders() == {}, "the shop does not see what is not paid"
    assert [item.sellable for item in buyer.goods(shop)] == [8, 9], "but its stock is held"

    assert buyer.pay(placed.uid).paid
    (seen,) = till.orders().values()
    assert (seen.status, seen.version, seen.paid, seen.note) == ("placed", 2, True, "kecap botol kaca")
    assert (seen.buyer, seen.buyer_phone4, seen.buyer_kind) == ("Rina W.", "3841", "ASN")
    assert [(line.name, line.quantity, line.amount) for line in seen.lines] == [("Indomie", 2, 7_000), ("Teh Pucuk", 1, 5_000)]
    assert seen.deadline_at == city.clock.at + 30 * MINUTE
    assert till.pull().next_sync_in < 7_500
    check_sums(city)

    assert tell(till, placed.uid, "accept", 2) == ("applied", "")
    seen = till.orders()[placed.uid]
    assert (seen.status, seen.version) == ("accepted", 3)
    order, short_code, signature = wire.read_pickup_text(seen.pickup_code)
    assert signed_by(city.world.keys.public, signature, wire.pickup_claim(order, short_code))
    shown = buyer.see(placed.uid)
    assert (order, shown.pickup_code) == (placed.uid, seen.pickup_code)
    assert (len(short_code), shown.short_code) == (5, f"{short_code[:2]}-{short_code[2:]}")
    assert city.rows("SELECT cap_used FROM shop") == [(12_000,)]

    assert tell(till, placed.uid, "ready", 3) == ("applied", "")
    result = hand_over(till, placed.uid, seen.pickup_code)
    assert (result.status, result.flags) == ("applied", ())
    assert buyer.see(placed.uid).status == "picked_up"
    assert city.rows("SELECT cause, position, product, quantity FROM movement WHERE reason = 'order' ORDER BY position") == [
        (placed.uid, 0, MI, -2),
        (placed.uid, 1, TEH, -1),
    ]
    assert [item.sellable for item in buyer.goods(shop)] == [8, 9]
    assert city.summary(shop)["orders"] == {"picked_up": 1}
    assert city.rows("SELECT version, status, actor FROM order_event ORDER BY version") == [
        (1, "placed", "buyer"),
        (2, "placed", "buyer"),
        (3, "accepted", "shop"),
        (4, "ready", "shop"),
        (5, "picked_up", "shop"),
    ]
    check_sums(city)


def test_the_till_that_handed_over_has_the_movements_and_the_others_are_told(
    city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, new_till: NewTill
) -> None:
    other = new_till(city, shop)
    order = ready_order(till, buyer, shop)
    other.pull_all()
    till.pull_all()
    hand_over(till, order.uid, order.pickup_code)
    assert [change.stock for change in till.pull_all() if change.stock is not None] == []
    (told,) = [change.stock for change in other.pull_all() if change.stock is not None]
    assert (told.cause, told.position, told.quantity, told.reason) == (order.uid, 0, -2, "order")


def test_of_two_tills_one_wins_a_version_and_the_other_is_told_what_is(
    city: City, shop: str, till: CounterTill, buyer: OnlineBuyer, new_till: NewTill
) -> None:
    other = new_till(city, shop)
    order = buyer.buy(shop, {MI: 1})
    till.pull_all()
    other.pull_all()
    assert tell(till, order.uid, "accept", 2) == ("applied", "")
    other.pull_all()
    assert tell(other, order.uid, "reject", 2, "habis") == ("refused", "version_conflict")
    assert other.orders()[order.uid].status == "accepted", "told again although its cursor was behind it"
    assert city.one("SELECT count(*) FROM order_event WHERE version = 3") == 1


def test_a_cancel_and_an_accept_have_one_winner(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer) -> None:
    first, second = buyer.buy(shop, {MI: 1}), buyer.buy(shop, {TEH: 1})
    assert buyer.cancel(first.uid).read(wire.BuyerOrder).status == "cancelled"
    assert tell(till, first.uid, "accept", 2) == ("refused", "version_conflict")
    assert tell(till, second.uid, "accept", 2) == ("applied", "")
    assert buyer.cancel(second.uid).read(wire.BuyerOrder).flags == ("cancel_asked",), "afterwards it is a wish"
    assert till.orders()[first.uid].status == "cancelled"
    assert buyer.see(second.uid).status == "accepted"
    check_sums(city)


def test_what_is_asked_twice_happens_once(city: City, shop: str, till: CounterTill, buyer: OnlineBuyer) -> None:
    first = buyer.place(shop, {MI: 2}, id=an_id("order"))
    assert buyer.place(shop, {MI: 2}, id=an_id("order")) == first
    paid = buyer.pay(first.uid)
    assert buyer.pay(first.uid) == paid
    assert buyer.place(shop, {MI: 2}, id=an_id("order")) == paid
    for other in ({MI: 3}, {TEH: 2}, {MI: 2, TEH: 1}):
        assert buyer.try_place(shop, other, id=an_id("order")).code == "id_reused"
    assert buyer.try_place(city.shop("Toko Lain"), {MI: 2}, id=an_id("order")).code == "id_reused"
    cancelled = buyer.cancel(first.uid).read(wire.BuyerOrder)
    assert buyer.cancel(first.uid).read(wire.BuyerOrder) == cancelled
    assert len(city.rows("SELECT 1 FROM online_order")) == 1
    check_sums(city)


def test_a_command_that_was_refused_stays_refused(till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.buy(shop, {MI: 1})
    command = till.operation(wire.OrderCommandPayload(order=order.uid, command="accept", expected_version=9))
    batch = till.batch(command)
    answers = [till.sync(batch=batch).read(wire.SyncAnswer) for _ in range(2)]
    assert [(answer.results[0].status, answer.results[0].code) for answer in answers] == [("refused", "version_conflict")] * 2
    till.follow(answers[-1])
    assert tell(till, order.uid, "accept", 2) == ("applied", "")
    assert till.seq == 4


@pytest.mark.parametrize(("command", "code"), [("accept", ("refused", "order_unknown")), ("dance", ("quarantined", "command_unknown"))])
def test_a_command_for_nothing_and_one_that_is_none(till: CounterTill, command: str, code: tuple[str, str]) -> None:
    assert tell(till, an_id("no order"), command, 1) == code


def test_a_shop_cannot_accept_what_is_not_paid_or_has_ended(till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    unpaid = buyer.place(shop, {MI: 1})
    assert tell(till, unpaid.uid, "accept", 1) == ("refused", "order_unknown")
    order = ready_order(till, buyer, shop)
    assert tell(till, order.uid, "accept", 4) == ("refused", "not_allowed")
    assert tell(till, order.uid, "reject", 4) == ("refused", "not_allowed")
    hand_over(till, order.uid, order.pickup_code)
    assert tell(till, order.uid, "ready", 5) == ("refused", "not_allowed")


def test_a_rejected_order_says_why_and_lets_its_stock_go(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.buy(shop, {MI: 10})
    assert buyer.goods(shop)[0].sellable == 0
    assert tell(till, order.uid, "accept", 2) == ("applied", "")
    assert tell(till, order.uid, "reject", 3, "barang rusak") == ("applied", "")
    assert till.orders()[order.uid].reason == "barang rusak"
    assert buyer.goods(shop)[0].sellable == 10
    assert city.rows("SELECT cap_used FROM shop") == [(0,)]
    check_sums(city)


# --- the hand-over ---------------------------------------------------------------------------------------------------


def test_a_code_is_good_once(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str, new_till: NewTill) -> None:
    order = ready_order(till, buyer, shop)
    assert hand_over(till, order.uid, order.pickup_code).status == "applied"
    for who in (till, new_till(city, shop)):
        result = hand_over(who, order.uid, order.pickup_code)
        assert (result.status, result.code) == ("refused", "code_used")
    assert city.summary(shop)["stock"][MI] == 8
    check_sums(city)


def test_a_forged_code_hands_nothing_over(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order, other = ready_order(till, buyer, shop), ready_order(till, buyer, shop, count=1)
    signature = wire.read_pickup_text(order.pickup_code)[2]
    forged = [
        order.pickup_code[:-12] + "A" * 12,
        wire.pickup_text(order.uid, "9Z999", signature),
        wire.pickup_text(other.uid, order.short_code.replace("-", ""), signature),
        other.pickup_code,
        order.short_code,
        "",
        "EPK1:x:y:z",
        "\x00",
    ]
    for code in forged[:-1]:
        result = hand_over(till, order.uid, code)
        assert (result.status, result.code) == ("quarantined", "pickup_forged"), code
    assert hand_over(till, order.uid, forged[-1]).code == "field_invalid"
    assert buyer.see(order.uid).status == "ready"
    assert city.summary(shop)["quarantined"] == len(forged)
    check_sums(city)


def test_goods_that_left_the_shop_win_over_the_servers_clock(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = ready_order(till, buyer, shop)
    city.clock.pass_by(2 * DAY)
    assert till.fetch_access().status == 200
    assert buyer.see(order.uid).status == "no_show"
    check_sums(city)
    result = hand_over(till, order.uid, order.pickup_code)
    assert (result.status, result.flags) == ("applied", ("after_no_show",))
    seen = till.orders()[order.uid]
    assert (seen.status, seen.flags) == ("picked_up", ("after_no_show",))
    check_sums(city)


def test_goods_that_left_early_or_after_a_rejection_count_too(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    early, rejected = buyer.buy(shop, {MI: 1}), buyer.buy(shop, {TEH: 1})
    assert tell(till, early.uid, "accept", 2) == tell(till, rejected.uid, "accept", 2) == ("applied", "")
    assert tell(till, rejected.uid, "reject", 3) == ("applied", "")
    assert hand_over(till, early.uid, buyer.see(early.uid).pickup_code).flags == ("early",)
    assert hand_over(till, rejected.uid, buyer.see(rejected.uid).pickup_code).flags == ("after_rejected",)
    assert city.summary(shop)["orders"] == {"picked_up": 2}
    check_sums(city)


def test_goods_that_left_count_though_the_server_was_put_back_behind_its_acceptance(
    city: City, till: CounterTill, buyer: OnlineBuyer, shop: str
) -> None:
    order = buyer.buy(shop, {MI: 1})
    assert tell(till, order.uid, "accept", 2) == ("applied", "")
    code = buyer.see(order.uid).pickup_code
    with city.database.write() as connection:
        connection.execute(text("DELETE FROM order_event WHERE version > 2"))
        connection.execute(text("UPDATE online_order SET status = 'placed', version = 2, pickup_code = '', short_code = ''"))
        connection.execute(text("UPDATE shop SET cap_used = 0"))
    assert hand_over(till, order.uid, code).flags == ("after_placed",)
    assert buyer.see(order.uid).status == "picked_up"
    check_sums(city)


@pytest.mark.parametrize("together", [True, False])
def test_an_operation_under_an_orders_id_does_not_stand_in_the_way_of_its_hand_over(
    city: City, till: CounterTill, buyer: OnlineBuyer, shop: str, together: bool
) -> None:
    order = ready_order(till, buyer, shop)
    thief = till.operation(stock({MI: 5}, "count"), id=order.uid)
    handed = wire.OrderPickedUpPayload(order=order.uid, code=buyer.see(order.uid).pickup_code)
    if not together:
        till.push(thief)
    told = till.push(*([thief] if together else []), handed, sale({MI: 1})).results
    assert [result.status for result in told[-2:]] == ["applied", "applied"]
    assert told[-2].flags == ("movement_known",)
    assert buyer.see(order.uid).status == "picked_up"
    check_sums(city)


def test_no_code_exists_before_the_shop_accepts(till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.buy(shop, {MI: 1})
    code = wire.pickup_text(order.uid, "", b"\x00" * 64)
    assert hand_over(till, order.uid, code).code == "pickup_forged"
    assert hand_over(till, an_id("no order"), code).code == "order_unknown"


# --- the server's clock ------------------------------------------------------------------------------------------------------


def test_an_order_that_is_not_paid_lets_its_stock_go(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.place(shop, {MI: 10})
    city.clock.pass_by(15 * MINUTE)
    assert buyer.goods(shop)[0].sellable == 10
    assert buyer.see(order.uid).status == "expired"
    reply = buyer.ask("POST", f"/v1/buyer/orders/{order.uid}/pay")
    assert (reply.status, reply.code) == (409, "not_allowed")
    assert till.orders() == {}
    check_sums(city)


def test_an_order_that_the_shop_did_not_accept_in_time_is_expired(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.buy(shop, {MI: 1})
    till.pull_all()
    city.clock.pass_by(30 * MINUTE)
    assert tell(till, order.uid, "accept", 2) == ("refused", "version_conflict")
    assert till.orders()[order.uid].status == "expired"
    check_sums(city)


def test_a_till_that_only_listens_is_told_what_has_expired(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    order = buyer.buy(shop, {MI: 1})
    till.pull_all()
    city.clock.pass_by(30 * MINUTE)
    answer = till.pull(want_digest=True)
    assert [change.order.status for change in answer.changes if change.order is not None] == ["expired"]
    assert answer.digest is not None
    assert answer.digest.open_orders == 0
    assert buyer.see(order.uid).version == 3


def test_each_order_falls_due_at_its_own_time(city: City, till: CounterTill, buyer: OnlineBuyer, shop: str) -> None:
    first = buyer.buy(shop, {MI: 1})
    city.clock.pass_by(10 * MINUTE)
    second = buyer.buy(shop, {TEH: 1}, slot_from=city.clock.at, slot_to=city.clock.at + HOUR)
    assert tell(till, second.uid, "accept", 2) == ("applied", "")
    city.clock.pass_by(20 * MINUTE)
    assert [buyer.see(order.uid).status for order in (first, second)] == ["expired", "accepted"]
    city.clock.pass_by(40 * MINUTE + DAY)
    assert buyer.see(second.uid).status == "expired"
    assert city.rows("SELECT next_due_at FROM shop") == [(0,)]
    check_sums(city)


def test_the_edges_lead_from_open_to_final_and_not_back() -> None:
    assert set(EDGES) == set(Status)
    for status, ends in EDGES.items():
        if status not in OPEN:
            assert ends <= {Status.PICKED_UP}, "only goods that left the shop change a final order"


def test_short_codes_are_unique_among_open_orders(city_with: Callable[[Settings], City], new_till: NewTill, new_buyer: NewBuyer) -> None:
    city = city_with(Settings(max_unpaid_orders=100))
    shop = city.shop()
    till, buyer = new_till(city, shop), new_buyer(city)
    till.push(wire.ProductPayload(products=(goods("Indomie"),)), stock({MI: 100}))
    orders = [buyer.buy(shop, {MI: 1}, id=an_id(f"{place}")) for place in range(12)]
    for order in orders:
        tell(till, order.uid, "accept", 2)
    assert len({buyer.see(order.uid).short_code for order in orders}) == 12
