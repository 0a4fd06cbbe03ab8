"""A shop's day at random: tills and buyers do whatever they like, and after each of it the city's sums still agree with its facts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from central.orders.book import EDGES, OPEN, Status
from central.world import DAY, HOUR, MINUTE, Settings
from pos.sync import protocol as wire
from tests.helpers.central import City
from tests.helpers.city_people import CounterTill, OnlineBuyer, an_id, goods, sale, stock
from tests.helpers.city_sums import check_sums

NewTill = Callable[..., CounterTill]
NewBuyer = Callable[..., OnlineBuyer]
NAMES = [f"Barang {number}" for number in range(6)]
STEPS = 60


class Day:
    """Two tills, two buyers, one shop, and a clock that jumps."""

    def __init__(self, city: City, tills: list[CounterTill], buyers: list[OnlineBuyer], shop: str, seed: int) -> None:
        self.city, self.tills, self.buyers, self.shop = city, tills, buyers, shop
        self.dice = random.Random(seed)
        self.orders: list[tuple[OnlineBuyer, str]] = []
        self.last: dict[int, wire.SyncRequest] = {}

    def step(self) -> None:
        often = [self.sell, self.place, self.pay, self.command, self.command, self.hand_over]
        seldom = [self.edit, self.receive, self.cancel, self.again, self.wait, self.pull]
        self.dice.choice([*often, *often, *seldom])()

    def till(self) -> CounterTill:
        return self.dice.choice(self.tills)

    def push(self, payload: wire.Wire) -> None:
        till = self.till()
        batch = till.batch(till.operation(payload, id=an_id(f"{self.dice.random()}")))
        self.last[id(till)] = wire.SyncRequest(protocol=1, cursor="", page=0, batch=batch)
        till.follow(till.sync(batch=batch, page=0).read(wire.SyncAnswer))

    def some(self) -> dict[str, int]:
        return {an_id(name): self.dice.randint(1, 3) for name in self.dice.sample(NAMES, self.dice.randint(1, 3))}

    def sell(self) -> None:
        self.push(sale(self.some(), receipt=f"R{self.dice.random()}"))

    def receive(self) -> None:
        self.push(stock(self.some(), "receipt"))

    def edit(self) -> None:
        name = self.dice.choice(NAMES)
        deleted = self.dice.random() < 0.2
        self.push(wire.ProductPayload(products=(goods(name, price=self.dice.randint(1, 9) * 500, deleted=deleted),)))

    def place(self) -> None:
        buyer = self.dice.choice(self.buyers)
        reply = buyer.try_place(self.shop, self.some(), id=an_id(f"{self.dice.random()}"))
        if reply.status == 200:
            self.orders.append((buyer, reply.read(wire.BuyerOrder).uid))
            if self.dice.random() < 0.8:
                self.pay()
        else:
            assert reply.code in ("goods_not_listed", "too_few_left", "too_many_unpaid")

    def pay(self) -> None:
        for buyer, order in self.orders[-2:]:
            assert buyer.ask("POST", f"/v1/buyer/orders/{order}/pay").status in (200, 409)

    def cancel(self) -> None:
        if self.orders:
            buyer, order = self.dice.choice(self.orders)
            assert buyer.cancel(order).status in (200, 409)

    def command(self) -> None:
        if self.orders:
            buyer, order = self.dice.choice(self.orders[-3:])
            version = buyer.see(order).version - (self.dice.random() < 0.2)
            command = self.dice.choice(["accept", "accept", "ready", "ready", "reject"])
            self.push(wire.OrderCommandPayload(order=order, command=command, expected_version=version))

    def hand_over(self) -> None:
        for buyer, order in self.orders:
            seen = buyer.see(order)
            if seen.pickup_code and self.dice.random() < 0.4:
                self.push(wire.OrderPickedUpPayload(order=order, code=seen.pickup_code))

    def again(self) -> None:
        """An answer was lost: the same is sent once more."""
        till = self.till()
        if id(till) in self.last:
            answer = till.ask("/v1/sync", self.last[id(till)], till.access).read(wire.SyncAnswer)
            assert {result.status for result in answer.results} <= {"duplicate", "refused", "quarantined"}
            assert answer.fenced_epoch == 0

    def wait(self) -> None:
        self.city.clock.pass_by(self.dice.choice([MINUTE, MINUTE, 10 * MINUTE, HOUR, DAY]))
        for till in self.tills:
            assert till.fetch_access().status == 200

    def pull(self) -> None:
        self.till().pull_all(page=self.dice.randint(1, 20))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_in_a_day_the_sums_agree(
    city_with: Callable[[Settings], City], new_till: NewTill, new_buyer: NewBuyer, seed: int
) -> None:
    city = city_with(Settings(max_unpaid_orders=3))
    shop = city.shop(cap_amount=0)
    day = Day(city, [new_till(city, shop), new_till(city, shop)], [new_buyer(city), new_buyer(city, "Budi")], shop, seed)
    day.tills[0].push(wire.ProductPayload(products=tuple(goods(name) for name in NAMES)), stock({an_id(name): 20 for name in NAMES}))
    for _ in range(STEPS):
        day.step()
        check_sums(city)
    check_events(city)
    check_feed(city, shop, new_till(city, shop))


def check_events(city: City) -> None:
    """Orders moved along legal edges only."""
    told: dict[str, list[Status]] = {}
    for order, status in city.rows("SELECT order_uid, status FROM order_event ORDER BY order_uid, version"):
        told.setdefault(order, []).append(Status(status))
    for way in told.values():
        for before, after in itertools.pairwise(way):
            assert after in EDGES[before] or before is after
        assert sum(status not in OPEN for status in way) <= 1 + (way[-1] is Status.PICKED_UP)


def check_feed(city: City, shop: str, fresh: CounterTill) -> None:
    """A new till that has read the feed has exactly the server's state."""
    changes = fresh.pull_all(page=11)
    digest = fresh.pull(want_digest=True).digest
    products = {change.uid for change in changes if change.product is not None}
    moved = [change.stock for change in changes if change.stock is not None]
    orders = {change.uid: change.order for change in changes if change.order is not None}
    open_orders = [order for order in orders.values() if order.status in {status.value for status in OPEN}]
    assert digest == wire.Digest(
        products=len(products),
        movements=len(moved),
        on_hand=sum(item.quantity for item in moved),
        open_orders=len(open_orders),
        prices=sum(wire.product_marks(change.product) for change in changes if change.product is not None),
    )
    on_hand: dict[str, int] = {}
    for item in moved:
        on_hand[item.product] = on_hand.get(item.product, 0) + item.quantity
    assert city.summary(shop)["stock"] == {product: quantity for product, quantity in on_hand.items() if quantity}
