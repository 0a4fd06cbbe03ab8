"""Stock as a sum of movements, on the till and on the server, whatever happens in whatever order: state machines, by Hypothesis."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from central.database import Database
from pos.domain.stock import MovementReason, StockMovement
from pos.services import checkout, correcting, drawer, selling
from pos.services.goods import put_goods
from pos.sync import protocol as wire
from tests.helpers.central import City, Http
from tests.helpers.city_people import CounterTill, an_id, goods, sale, stock
from tests.helpers.tills import close_till, open_till, product, stock_up

SHELF = 3
OPENING = 50
PRODUCTS = tuple(an_id(name) for name in ("Gula", "Kopi", "Beras"))
_NUMBERS = st.integers(0, SHELF - 1)
_PLAYS = settings(max_examples=20, stateful_step_count=25, deadline=None, derandomize=True)


class TillStock(RuleBasedStateMachine):
    """One till: sales, voids, deliveries, breakage, and what other tills of the shop have moved, told once or twice."""

    blank: Path
    place_of_files: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.place_of_files))
        shutil.copy(self.blank, self.folder / "shop.db")
        self.till = open_till(self.folder, "machine")
        self.on_hand = Counter({product(number).uid: OPENING for number in range(SHELF)})
        self.movements = SHELF
        self.sold: dict[str, Counter[str]] = {}
        self.heard: list[StockMovement] = []

    @rule(numbers=st.lists(_NUMBERS, min_size=1, max_size=3), count=st.integers(1, 60))
    def somebody_buys(self, numbers: list[int], count: int) -> None:
        """More than is there, too: the shelf is right, and the till may be wrong."""
        if self.till.store.read.session() is None:
            drawer.open_session(self.till, 100_000_000)
        for number in numbers:
            unit = self.till.store.read.unit(product(number).units[0].uid)
            assert unit is not None
            basket, _ = selling.add_unit(self.till, unit, count)
        done = checkout.complete_sale(self.till, basket, basket.total)
        went = Counter[str]()
        for line in done.lines:
            went[line.product_uid] += line.quantity
        self.sold[done.uid] = went
        self.on_hand.subtract(went)
        self.movements += len(done.lines)

    @precondition(lambda self: self.sold)
    @rule(data=st.data())
    def somebody_brings_it_all_back(self, data: st.DataObject) -> None:
        uid = data.draw(st.sampled_from(sorted(self.sold)))
        done = correcting.void_sale(self.till, uid, "salah ketik")
        self.on_hand.update(self.sold.pop(uid))
        self.movements += len(done.lines)

    @rule(number=_NUMBERS, quantity=st.integers(-20, 40).filter(bool))
    def goods_come_or_are_thrown_away(self, number: int, quantity: int) -> None:
        reason = MovementReason.RECEIPT if quantity > 0 else MovementReason.DAMAGED
        moved = StockMovement(product(number).uid, quantity, reason, "", 0, self.till.clock.now())
        with self.till.store.begin() as work:
            put_goods(self.till, work, [], [moved], "stock")
            work.commit()
        self.on_hand[moved.product_uid] += quantity
        self.movements += 1

    @rule(number=_NUMBERS, quantity=st.integers(-9, 9), again=st.booleans())
    def another_till_has_moved_something(self, number: int, quantity: int, again: bool) -> None:
        """It comes by the feed; told twice it counts once."""
        if again and self.heard:
            moved = self.heard[number % len(self.heard)]
        else:
            moved = StockMovement(product(number).uid, quantity, MovementReason.SALE, an_id(f"other {len(self.heard)}"), 0, 1_000)
            self.heard.append(moved)
            self.on_hand[moved.product_uid] += quantity
            self.movements += 1
        with self.till.store.begin() as work:
            work.add_movements([moved])
            work.commit()

    @invariant()
    def what_is_there_is_what_came_less_what_went(self) -> None:
        read = self.till.store.read
        assert {uid: read.on_hand(uid) for uid in self.on_hand} == dict(self.on_hand)
        assert read.digest()[1:3] == (self.movements, sum(self.on_hand.values()))

    def teardown(self) -> None:
        assert self.till.store.read.check() == []
        close_till(self.till)
        shutil.rmtree(self.folder)


def test_a_tills_stock_is_the_sum_of_what_happened(tmp_path: Path) -> None:
    till = open_till(tmp_path, "blank")
    stock_up(till, SHELF, OPENING)
    close_till(till)
    TillStock.blank, TillStock.place_of_files = tmp_path / "shop.db", tmp_path
    run_state_machine_as_test(TillStock, settings=_PLAYS)


class ServerStock(RuleBasedStateMachine):
    """One shop's tills tell movements of every kind, some of them twice, some under an id that has another content already."""

    city: City

    def __init__(self) -> None:
        super().__init__()
        ServerStock.plays += 1
        self.shop = self.city.shop(f"Toko {ServerStock.plays}")
        self.till = CounterTill(self.city, key=ServerStock.plays.to_bytes(32, "big"))
        self.till.enrol(self.city.code(self.shop))
        self.till.push(wire.ProductPayload(products=tuple(goods(name) for name in ("Gula", "Kopi", "Beras"))))
        self.on_hand = Counter(dict.fromkeys(PRODUCTS, 0))
        self.movements = 0
        self.told: list[wire.Operation] = []

    plays = 0

    def _tell(self, payload: wire.Wire, moves: dict[str, int], movements: int) -> None:
        operation = self.till.operation(payload)
        (result,) = self.till.push(operation).results
        assert result.status == "applied", result
        self.told.append(operation)
        self.on_hand.update(moves)
        self.movements += movements

    @rule(number=_NUMBERS, quantity=st.integers(-30, 60))
    def goods_are_moved(self, number: int, quantity: int) -> None:
        uid = PRODUCTS[number]
        self._tell(stock({uid: quantity}, "receipt"), {uid: quantity}, 1)

    @rule(number=_NUMBERS, count=st.integers(1, 30))
    def goods_are_sold(self, number: int, count: int) -> None:
        uid = PRODUCTS[number]
        self._tell(sale({uid: count}, receipt=f"A1-{len(self.told)}"), {uid: -count}, 1)

    @rule(number=_NUMBERS, counted=st.integers(0, 50), seen=st.integers(-10, 60))
    def somebody_counts(self, number: int, counted: int, seen: int) -> None:
        """The difference to what the till had seen is booked, whatever was sold elsewhere meanwhile."""
        uid = PRODUCTS[number]
        line = wire.CountedLine(product=uid, counted=counted, seen=seen)
        self._tell(wire.StockTakePayload(lines=(line,)), {uid: counted - seen}, int(counted != seen))

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def an_operation_is_told_again(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.told))
        again = self.till.operation(bytes(old.payload), kind=old.kind, id=old.id, at=old.at)
        (result,) = self.till.push(again).results
        assert result.status == "duplicate"

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def an_id_is_used_for_something_else(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.told))
        other = self.till.operation(stock({PRODUCTS[0]: 999}), id=old.id)
        (result,) = self.till.push(other).results
        assert (result.status, result.code) == ("quarantined", "id_reused")

    @invariant()
    def the_kept_totals_are_the_sums(self) -> None:
        of = "FROM {} JOIN shop s ON s.id = {}.shop WHERE s.uid = :uid"
        kept = dict(self._rows(f"SELECT product, stock.on_hand {of.format('stock', 'stock')}"))
        summed = dict(self._rows(f"SELECT product, sum(quantity) {of.format('movement', 'movement')} GROUP BY product"))
        assert {uid: kept.get(uid, 0) for uid in PRODUCTS} == dict(self.on_hand)
        assert {uid: summed.get(uid, 0) for uid in PRODUCTS} == dict(self.on_hand)
        totals = self._rows("SELECT movements, on_hand FROM shop WHERE uid = :uid")
        assert totals == [(self.movements, sum(self.on_hand.values()))]

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.city.rows(query, uid=self.shop)

    def teardown(self) -> None:
        self.till.close()


@pytest.fixture
def own_city(tmp_path: Path) -> Iterator[City]:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    database.upgrade()
    database.close()
    http = Http()
    with closing(http), closing(City(http, f"sqlite:///{tmp_path / 'central.db'}")) as city:
        yield city


def test_the_servers_stock_is_the_sum_of_what_it_was_told(own_city: City) -> None:
    ServerStock.city = own_city
    run_state_machine_as_test(ServerStock, settings=_PLAYS)
