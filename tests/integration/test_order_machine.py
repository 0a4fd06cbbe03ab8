"""Orders and the stock that they hold, whatever buyers, tills and the server's clock ask in whatever order: a state machine.

The model knows only what is written down in docs/protocol.md: edges, versions, one winner each, and that an open order holds its goods.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from central import buyers, shops
from central.database import Database
from central.opening import open_world
from central.orders import commands, moving, placing
from central.orders.commands import Verdict
from central.problems import Refusal
from central.shop_work import Origin, ShopWork
from central.world import DAY, HOUR, MINUTE, Settings
from pos.sync import protocol as wire
from tests.helpers.central import City, CityClock, Http, SeenChance
from tests.helpers.city_people import CounterTill, an_id, goods, stock, unit_of

SHELF = {"Gula pasir": 6, "Kopi": 4}
OPEN = ("placed", "accepted", "ready")
FINAL = ("picked_up", "rejected", "cancelled", "expired", "no_show")
EDGES = {
    "placed": {"accepted", "rejected", "cancelled", "expired"},
    "accepted": {"ready", "rejected", "cancelled", "expired", "picked_up"},
    "ready": {"picked_up", "cancelled", "no_show"},
    **{status: {"picked_up"} for status in ("expired", "no_show", "rejected", "cancelled")},
    "picked_up": set(),
}
_COMMANDS = st.sampled_from([command.value for command in wire.OrderCommand])


NEVER = 10_000 * DAY


class LaterChance(SeenChance):
    """Goes on where the city that is copied has ended."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn = 10_000


@dataclass
class Seen:
    """An order as its events have told it. `codes`: every code that a buyer was ever shown."""

    uid: str
    items: dict[str, int]
    events: list[tuple[int, str]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)


class Orders(RuleBasedStateMachine):
    """One shop with two goods, one buyer, tills without number."""

    blank: Path
    place_of_files: Path
    uid: str
    token: str

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.place_of_files))
        shutil.copy(self.blank, self.folder / "central.db")
        self.clock = CityClock()
        # a shop that is silent for long sells less online: that is told of elsewhere
        settings = Settings(buffer_from=NEVER, buffer_full=2 * NEVER)
        self.world = open_world(f"sqlite:///{self.folder / 'central.db'}", settings, self.clock, LaterChance())
        with self.world.database.read() as connection:
            self.shop = shops.find_shop(connection, self.uid)
            self.buyer = buyers.buyer_of(connection, self.token)
        self.products = dict(zip(map(an_id, SHELF), SHELF.values(), strict=True))
        self.orders: dict[str, Seen] = {}
        self.told = 0

    def _work(self, do: Any) -> Any:
        """In one transaction on the shop, with nothing overdue."""
        with self.world.database.write() as connection:
            work = ShopWork.begin(connection, self.shop, self.clock.now())
            moving.sweep(work, self.world.settings)
            done = do(work)
            work.finish()
        return done

    # --- what buyers ask ---------------------------------------------------------------------------------------------

    @rule(product=st.sampled_from(sorted(SHELF)), count=st.integers(1, 4), slot=st.booleans())
    def somebody_places_an_order(self, product: str, count: int, slot: bool) -> None:
        uid = an_id(product)
        free = self.products[uid] - self._held()[uid]
        now = self.clock.now()
        request = wire.PlaceOrder(
            id=an_id(f"wish {len(self.orders)} {self.told}"),
            shop=self.uid,
            items=(wire.BasketItem(product=uid, unit_uid=unit_of(uid), count=count),),
            slot_from=now + HOUR if slot else 0,
            slot_to=now + 2 * HOUR if slot else 0,
        )
        self.told += 1
        try:
            with self.world.database.write() as connection:
                placed = placing.place(self.world, connection, self.buyer, request)
        except Refusal as refused:
            assert refused.code in ("too_few_left", "too_many_unpaid"), refused  # noqa: PT017 -- a refusal is one of two right answers
            assert refused.code != "too_few_left" or count > free  # noqa: PT017 -- likewise
            return
        assert count <= free, "more was promised than is there"
        self.orders[placed.uid] = Seen(placed.uid, {uid: count})

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def somebody_pays(self, data: st.DataObject) -> None:
        self._as_buyer(placing.pay, data)

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def somebody_wants_to_cancel(self, data: st.DataObject) -> None:
        self._as_buyer(placing.cancel, data)

    def _as_buyer(self, verb: Any, data: st.DataObject) -> None:
        order = self._one(data)
        try:
            with self.world.database.write() as connection:
                verb(self.world, connection, self.buyer, order.uid)
        except Refusal as refused:
            assert refused.code == "not_allowed"  # noqa: PT017 -- likewise

    # --- what tills tell ----------------------------------------------------------------------------------------------

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), command=_COMMANDS, behind=st.sampled_from([0, 0, 0, 1]))
    def a_till_commands(self, data: st.DataObject, command: str, behind: int) -> None:
        """On the version that it saw, which may be an old one."""
        order = self._one(data)
        version, status, *_ = self._row(order.uid)
        payload = wire.OrderCommandPayload(order=order.uid, command=command, expected_version=max(1, version - behind))
        verdict: Verdict = self._work(lambda work: commands.command(self.world, work, payload))
        after = self._row(order.uid)
        if verdict.status == "applied":
            assert payload.expected_version == version, "the loser of a race has won"
            assert after[0] == version + 1
        else:
            assert (after[0], after[1]) == (version, status) or self._swept(order.uid, version)

    def _swept(self, uid: str, version: int) -> bool:
        """Whether the server itself has moved the order on meanwhile."""
        actors = self._rows("SELECT actor FROM order_event WHERE order_uid = :uid AND version > :version", uid=uid, version=version)
        return bool(actors) and all(actor == ("server",) for actor in actors)

    @precondition(lambda self: any(order.codes for order in self.orders.values()))
    @rule(data=st.data())
    def goods_are_handed_over(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(sorted((o for o in self.orders.values() if o.codes), key=lambda o: o.uid)))
        code = data.draw(st.sampled_from(sorted(order.codes)))
        lines = tuple(wire.StockLine(product=product, quantity=count) for product, count in order.items.items())
        payload = wire.OrderPickedUpPayload(order=order.uid, code=code, lines=lines)
        before = self._row(order.uid)[1]
        verdict = self._work(lambda work: commands.picked_up(self.world, work, payload, 1_000, Origin("d" * 32, 1)))
        if before == "picked_up":
            assert (verdict.status, verdict.code) == ("refused", "code_used")
            return
        assert verdict.status == "applied", "goods that left the shop have left it"
        for product, count in order.items.items():
            self.products[product] -= count

    # --- time -----------------------------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 20, 40, 90, 26 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.pass_by(minutes * MINUTE)
        self._work(lambda work: None)

    # --- what holds -----------------------------------------------------------------------------------------------------

    @invariant()
    def versions_follow_each_other_along_legal_edges(self) -> None:
        for order in self.orders.values():
            asked = "SELECT version, status FROM order_event WHERE order_uid = :uid ORDER BY version"
            told = [tuple(row) for row in self._rows(asked, uid=order.uid)]
            assert told[: len(order.events)] == order.events, "what was once decided is another decision now"
            assert [version for version, _ in told] == list(range(1, len(told) + 1))
            for (_, before), (_, after) in itertools.pairwise(told):
                assert before == after or after in EDGES[before], f"{before} -> {after}"
            ends = [status for _, status in told if status in FINAL]
            assert len(ends) <= 1 or set(ends[1:]) == {"picked_up"}
            order.events = told
            version, status, code = self._row(order.uid)
            assert (version, status) == told[-1]
            if code:
                order.codes.add(code)

    @invariant()
    def open_orders_hold_their_goods_and_no_others_do(self) -> None:
        held = self._held()
        kept = {product: (on_hand, reserved) for product, on_hand, reserved in self._rows("SELECT product, on_hand, reserved FROM stock")}
        assert kept == {uid: (stock_of, held[uid]) for uid, stock_of in self.products.items()}
        ((open_orders, on_hand),) = self._rows("SELECT open_orders, on_hand FROM shop")
        assert open_orders == sum(status in OPEN for (status,) in self._rows("SELECT status FROM online_order WHERE paid"))
        assert on_hand == sum(self.products.values())

    def _held(self) -> Counter[str]:
        held = Counter[str]()
        for order in self.orders.values():
            if self._row(order.uid)[1] in OPEN:
                held.update(order.items)
        return held

    def _one(self, data: st.DataObject) -> Seen:
        return self.orders[data.draw(st.sampled_from(sorted(self.orders)))]

    def _row(self, uid: str) -> tuple[int, str, str]:
        ((version, status, code),) = self._rows("SELECT version, status, pickup_code FROM online_order WHERE uid = :uid", uid=uid)
        return version, status, code

    def _rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.world.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def teardown(self) -> None:
        self.world.database.close()
        shutil.rmtree(self.folder)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A city with one shop that has its goods, to be copied for each play."""
    blank = tmp_path / "blank.db"
    database = Database(f"sqlite:///{blank}")
    database.upgrade()
    database.close()
    http = Http()
    with closing(http), closing(City(http, f"sqlite:///{blank}")) as city:
        Orders.uid = city.shop(cap_amount=0)
        Orders.token = city.buyer()
        till = CounterTill(city, key=b"k" * 32)
        till.enrol(city.code(Orders.uid))
        till.push(wire.ProductPayload(products=tuple(goods(name) for name in SHELF)), stock({an_id(name): n for name, n in SHELF.items()}))
        till.close()
    Orders.blank, Orders.place_of_files = blank, tmp_path
    return tmp_path


def test_orders_go_along_their_edges_whatever_is_asked(files: Path) -> None:
    run_state_machine_as_test(Orders, settings=settings(max_examples=25, stateful_step_count=30, deadline=None, derandomize=True))
