"""The till's own engine and client at the central's door, over HTTP: they agree on every word of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus, OrderStep
from pos.services import orders
from pos.services.ports import Till
from pos.sync import protocol as wire
from pos.sync.client import CentralClient
from pos.sync.engine import SyncEngine, SyncRound
from pos.sync.enrolment import pair
from tests.helpers.central import MORNING, City
from tests.helpers.city_people import OnlineBuyer, an_id
from tests.helpers.tills import HandClock, MemorySecrets, close_till, open_till, sell, stock_of, stock_up


@dataclass
class PairedTill:
    """A till with its engine on a real line."""

    till: Till
    engine: SyncEngine
    secrets: MemorySecrets
    clock: HandClock

    def settle(self) -> list[SyncRound]:
        """Rounds until nothing waits and nothing is to come."""
        rounds = [self.engine.run_once()]
        while rounds[-1].next_in == 0 and len(rounds) < 50:
            rounds.append(self.engine.run_once())
        assert rounds[-1].error is None, rounds[-1]
        return rounds

    def agrees(self) -> bool:
        """Whether the till has the server's sums, asked anew."""
        self.settle()
        self.settle()
        return self.till.store.read.line().digest_ok


Open = Callable[[City, str, str], PairedTill]


@pytest.fixture
def open_paired(tmp_path: Path) -> Iterator[Open]:
    opened: list[PairedTill] = []

    def open_one(city: City, shop: str, name: str) -> PairedTill:
        clock, secrets = HandClock(MORNING), MemorySecrets()
        till = open_till(tmp_path / name, name, clock)
        engine = SyncEngine(till.store, clock, till.ids, lambda: CentralClient(city.url, secrets, clock, till.ids), lambda: 0.5)
        opened.append(PairedTill(till, engine, secrets, clock))
        if shop:
            pair(till.store, secrets, clock, till.ids, city.url, city.code(shop), "Kasir depan")
        return opened[-1]

    yield open_one
    for paired in opened:
        paired.engine.close()
        close_till(paired.till)


def test_what_was_sold_before_the_pairing_is_told_after_it(city: City, shop: str, open_paired: Open) -> None:
    shop_till = open_paired(city, "", "a")
    items = stock_up(shop_till.till)
    sale = sell(shop_till.till, items[0], 2)
    with pytest.raises(ShopError) as wrong:
        pair(shop_till.till.store, shop_till.secrets, shop_till.clock, shop_till.till.ids, city.url, "AAAA-AAAA", "Kasir")
    assert wrong.value.code is ErrorCode.PAIRING_CODE_WRONG
    assert (
        pair(shop_till.till.store, shop_till.secrets, shop_till.clock, shop_till.till.ids, city.url, city.code(shop), "Kasir")
        == "Toko Sinar Jaya"
    )
    shop_till.settle()
    summary = city.summary(shop)
    assert (summary["sales"], summary["turnover"], summary["quarantined"]) == (1, sale.total, 0)
    assert summary["stock"] == stock_of(shop_till.till, items)
    assert shop_till.agrees()
    assert city.rows("SELECT DISTINCT status, flags FROM operation") == [("applied", "")]


def test_two_tills_of_a_shop_have_the_same_shelf(city: City, shop: str, open_paired: Open) -> None:
    first, second = open_paired(city, shop, "a"), open_paired(city, shop, "b")
    items = stock_up(first.till)
    first.settle()
    second.settle()
    for number in range(6):
        sell(first.till, items[number % 3])
        sell(second.till, items[(number + 1) % 3], 2)
    for till in (first, second, first, second):
        till.settle()
    assert stock_of(first.till, items) == stock_of(second.till, items) == city.summary(shop)["stock"]
    assert first.agrees()
    assert second.agrees()
    assert city.summary(shop)["duplicates"] == 0


def test_an_order_goes_from_the_buyer_over_the_counter_and_back(
    city: City, shop: str, open_paired: Open, new_buyer: Callable[[City], OnlineBuyer]
) -> None:
    counter, buyer = open_paired(city, shop, "a"), new_buyer(city)
    items = stock_up(counter.till)
    counter.settle()
    listed = buyer.goods(shop)
    assert [(item.name, item.sellable) for item in listed] == [(item.name, 100) for item in items]
    bought = listed[0]
    reply = buyer.ask("POST", "/v1/buyer/orders", _order(shop, bought))
    uid = buyer.pay(reply.read(wire.BuyerOrder).uid).uid
    assert [found for done in counter.settle() for found in done.new_orders] == [uid]

    orders.ask(counter.till, uid, OrderStep.ACCEPT)
    counter.settle()
    orders.ask(counter.till, uid, OrderStep.READY)
    counter.settle()
    ready = counter.till.store.read.order(uid)
    assert ready is not None
    assert (ready.status, ready.pending, ready.short_code) == (OrderStatus.READY, None, buyer.see(uid).short_code.replace("-", ""))

    shown = buyer.see(uid).pickup_code
    with pytest.raises(ShopError) as forged:
        orders.hand_over(counter.till, shown[:-12] + "A" * 12)
    assert forged.value.code is ErrorCode.PICKUP_CODE_FORGED
    orders.hand_over(counter.till, shown)
    with pytest.raises(ShopError) as used:
        orders.hand_over(counter.till, shown)
    assert used.value.code is ErrorCode.PICKUP_CODE_USED
    counter.settle()
    assert buyer.see(uid).status == "picked_up"
    assert city.summary(shop)["stock"] == stock_of(counter.till, items)
    assert counter.agrees()


def test_an_order_is_found_by_its_short_code_however_it_is_typed(
    city: City, shop: str, open_paired: Open, new_buyer: Callable[[City], OnlineBuyer]
) -> None:
    counter, buyer = open_paired(city, shop, "a"), new_buyer(city)
    stock_up(counter.till)
    counter.settle()
    bought = buyer.goods(shop)[0]
    for number, spelled in enumerate((str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " "))):
        reply = buyer.ask("POST", "/v1/buyer/orders", _order(shop, bought, number))
        uid = buyer.pay(reply.read(wire.BuyerOrder).uid).uid
        counter.settle()
        orders.ask(counter.till, uid, OrderStep.ACCEPT)
        counter.settle()
        orders.ask(counter.till, uid, OrderStep.READY)
        counter.settle()
        assert orders.hand_over(counter.till, spelled(buyer.see(uid).short_code)).uid == uid
    counter.settle()
    assert city.summary(shop)["orders"] == {"picked_up": 3}


def test_a_revoked_till_sells_on_and_keeps_its_facts(city: City, shop: str, open_paired: Open) -> None:
    counter = open_paired(city, shop, "a")
    items = stock_up(counter.till)
    counter.settle()
    city.revoke(shop, "A")
    sell(counter.till, items[0])
    done = counter.engine.run_once()
    assert done.error is not None
    assert done.error.code is ErrorCode.DEVICE_REVOKED
    assert counter.till.store.read.line().waiting > 0


def _order(shop: str, goods: wire.ListedGoods, number: int = 0) -> wire.PlaceOrder:
    items = (wire.BasketItem(product=goods.product, unit_uid=goods.unit_uid, count=2),)
    return wire.PlaceOrder(id=an_id(f"order {number}"), shop=shop, items=items)
