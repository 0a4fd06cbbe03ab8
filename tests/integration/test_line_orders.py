"""Online orders and the feed over the real line: an order from the buyer's hand to the shop's and back, and what the till cannot know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import Order, OrderStatus, OrderStep
from pos.domain.product import Product
from pos.services import goods as goods_verbs
from pos.services import line as line_verbs
from pos.services import orders
from pos.sync import protocol as wire
from pos.sync import snapshot
from pos.sync.central import Central
from pos.sync.engine import SyncEngine
from tests.helpers.central import City
from tests.helpers.city_people import OnlineBuyer, an_id
from tests.helpers.paired_tills import PairedTill
from tests.helpers.tills import product, sell, stock_of, stock_up

NewTill = Callable[[str], PairedTill]


@pytest.fixture
def new_paired(city: City, shop: str, tmp_path: Path) -> Iterator[NewTill]:
    made: list[PairedTill] = []

    def till(name: str = "till") -> PairedTill:
        made.append(PairedTill(tmp_path / name))
        made[-1].pair(city.url, city.code(shop))
        return made[-1]

    yield till
    for each in made:
        each.close()


@pytest.fixture
def counter(new_paired: NewTill) -> PairedTill:
    """A paired till whose goods are on the server."""
    made = new_paired("till")
    stock_up(made.till)
    made.settle()
    return made


def bought(buyer: OnlineBuyer, shop: str, item: Product, count: int = 2) -> wire.BuyerOrder:
    basket = (wire.BasketItem(product=item.uid, unit_uid=item.units[0].uid, count=count),)
    order = wire.PlaceOrder(id=an_id(f"{item.uid} {count}"), shop=shop, items=basket)
    placed = buyer.ask("POST", "/v1/buyer/orders", order).read(wire.BuyerOrder)
    return buyer.pay(placed.uid)


def known(till: PairedTill, uid: str) -> Order:
    order = till.till.store.read.order(uid)
    assert order is not None
    return order


def test_an_order_goes_from_the_buyer_to_the_shop_and_is_handed_over_without_a_line(
    city: City, shop: str, counter: PairedTill, buyer: OnlineBuyer
) -> None:
    order = bought(buyer, shop, product(0))
    arrived = counter.once()
    assert arrived.new_orders == (order.uid,)
    assert known(counter, order.uid).status is OrderStatus.PLACED
    for step, status in ((OrderStep.ACCEPT, OrderStatus.ACCEPTED), (OrderStep.READY, OrderStatus.READY)):
        assert orders.ask(counter.till, order.uid, step).pending is step
        counter.settle()
        assert (known(counter, order.uid).status, known(counter, order.uid).pending) == (status, None)
    code = buyer.see(order.uid).pickup_code
    with pytest.raises(ShopError) as forged:
        orders.hand_over(counter.till, code[:-12] + "A" * 12)
    assert forged.value.code is ErrorCode.PICKUP_CODE_FORGED
    orders.hand_over(counter.till, code)
    assert counter.till.store.read.on_hand(product(0).uid) == 98
    counter.settle()
    assert buyer.see(order.uid).status == "picked_up"
    told = city.summary(shop)
    assert told["orders"] == {"picked_up": 1}
    assert told["stock"] == stock_of(counter.till, [product(number) for number in range(3)])
    assert counter.till.store.read.line().digest_ok


def test_an_accept_that_comes_after_the_buyers_cancel_loses(city: City, shop: str, counter: PairedTill, buyer: OnlineBuyer) -> None:
    order = bought(buyer, shop, product(0))
    counter.once()
    orders.ask(counter.till, order.uid, OrderStep.ACCEPT)
    assert buyer.cancel(order.uid).status == 200
    counter.settle()
    assert (known(counter, order.uid).status, known(counter, order.uid).pending) == (OrderStatus.CANCELLED, None)
    assert [row.state for row in counter.till.store.read.outbox_problems()] == ["refused"]


def test_two_tills_that_accept_one_order_agree(city: City, shop: str, counter: PairedTill, buyer: OnlineBuyer, new_paired: NewTill) -> None:
    other = new_paired("other")
    order = bought(buyer, shop, product(0))
    for till in (counter, other):
        till.settle()
        orders.ask(till.till, order.uid, OrderStep.ACCEPT)
    for till in (counter, other, counter):
        till.settle()
    assert {known(till, order.uid).status for till in (counter, other)} == {OrderStatus.ACCEPTED}
    assert {known(till, order.uid).pending for till in (counter, other)} == {None}


class NextYear:
    """The real central with a status that this till has never heard of."""

    def __init__(self, central: Central) -> None:
        self._central = central

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        answer = self._central.sync(request)
        return msgspec.structs.replace(answer, changes=tuple(map(self._later, answer.changes)))

    def _later(self, change: wire.Change) -> wire.Change:
        if change.order is None:
            return change
        return msgspec.structs.replace(change, order=msgspec.structs.replace(change.order, status="on_its_way"))

    def close(self) -> None:
        self._central.close()


def test_a_status_of_next_year_is_shown_as_the_server_wrote_it(city: City, shop: str, counter: PairedTill, buyer: OnlineBuyer) -> None:
    counter.engine.close()
    store, clock = counter.till.store, counter.clock
    counter.engine = SyncEngine(store, clock, counter.till.ids, lambda: NextYear(counter.connect()), lambda: 0.5)
    order = bought(buyer, shop, product(0))
    assert counter.once().changed.orders
    shown = known(counter, order.uid)
    assert (shown.status, shown.status_text) == (OrderStatus.UNKNOWN, "on_its_way")
    assert [item.uid for item in store.read.orders()] == [order.uid]
    with pytest.raises(ShopError) as refused:
        orders.ask(counter.till, order.uid, OrderStep.ACCEPT)
    assert refused.value.code is ErrorCode.ORDER_STEP_NOT_ALLOWED
    sell(counter.till, product(1))
    assert counter.once().error is None
    assert city.summary(shop)["sales"] == 1


def test_a_price_that_is_changed_at_one_till_is_sold_at_the_other(counter: PairedTill, new_paired: NewTill) -> None:
    other = new_paired("other")
    other.settle()
    item = counter.till.store.read.product(product(0).uid)
    assert item is not None
    dearer = replace(item, units=product(0, price=4_000).units)
    with counter.till.store.begin() as work:
        goods_verbs.put_goods(counter.till, work, [dearer], [], "price")
        work.commit()
    counter.settle()
    other.settle()
    assert sell(other.till, product(0)).total == 4_000


def test_a_till_that_was_away_too_long_reads_the_goods_afresh_and_loses_no_sale(city: City, shop: str, counter: PairedTill) -> None:
    with city.database.write() as connection:
        connection.execute(text("UPDATE shop SET feed_seq = feed_seq + 5, feed_floor = feed_seq + 5"))
    sell(counter.till, product(0))
    asked = [counter.once() for _ in range(4)]
    assert all(done.error is None for done in asked)
    counter.settle()
    assert city.summary(shop)["sales"] == 1
    assert len(counter.till.store.read.tiles("", 10)) == 3
    assert counter.till.store.read.setting(snapshot.STARTED) is not None
    assert not snapshot.goes_on(counter.till.store.read)


def test_six_hundred_goods_come_to_a_second_till(city: City, shop: str, counter: PairedTill, new_paired: NewTill) -> None:
    goods_verbs.put_catalogue(counter.till, [(product(number), number % 50) for number in range(600)])
    counter.settle()
    other = new_paired("other")
    other.settle()
    assert other.till.store.read.digest() == counter.till.store.read.digest()
    assert other.till.store.read.digest()[0] == 600


def test_a_name_changed_at_two_tills_keeps_both_and_the_shop_takes_the_one_it_wants(counter: PairedTill, new_paired: NewTill) -> None:
    other = new_paired("other")
    other.settle()
    uid = product(0).uid
    for till, name in ((counter, "Mi goreng jumbo"), (other, "Mi goreng besar")):
        item = till.till.store.read.product(uid)
        assert item is not None
        with till.till.store.begin() as work:
            goods_verbs.put_goods(till.till, work, [replace(item, name=name)], [], "product_changed")
            work.commit()
    counter.settle()
    other.settle()
    counter.settle()
    (met,) = counter.till.store.read.edit_outcomes()
    assert (met.field, met.kept, met.lost, met.ours_lost) == ("name", '"Mi goreng besar"', '"Mi goreng jumbo"', True)
    (theirs,) = other.till.store.read.edit_outcomes()
    assert not theirs.ours_lost
    line_verbs.settle_edit(counter.till, met, shops=True)
    counter.settle()
    other.settle()
    names = [till.till.store.read.product(uid) for till in (counter, other)]
    assert [item.name for item in names if item is not None] == ["Mi goreng jumbo"] * 2
    assert counter.till.store.read.line().edits == 0
