"""A till in the city: what a person does at it, and what happens to the machine it runs on. Real verbs, store, engine and pairing."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from central.web.bodies import MAX_BODY
from pos.domain.cash_movement import CashReason
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import Order, OrderStep, allowed_steps
from pos.domain.product import Price, PriceKind, Product, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.stock import MovementReason, StockMovement
from pos.services import checkout, correcting, drawer, goods, orders, selling
from pos.services.ports import NewOperation, Till
from pos.sync import protocol as wire
from pos.sync.central import Central
from pos.sync.client import CentralClient
from pos.sync.clock import HybridClock
from pos.sync.encoding import WireEncoder
from pos.sync.engine import SyncEngine
from pos.sync.enrolment import NEXT_KEY, pair
from pos.sync.taking import TURNED_AWAY
from tests.helpers.tills import NoPaper, SeededIds
from tests.simulation.disk import Died, Effects, PlayedSecrets, PlayedStore
from tests.simulation.line import ADDRESS, Line, PlayedTransport
from tests.simulation.records import Head
from tests.simulation.times import TillClock

SHELF: Final = 4
"""Goods of a shop."""
NOTES: Final = 500_000
"""What every buyer at the counter pays with."""
_EXPECTED: Final = frozenset(
    (
        ErrorCode.DISK_FULL,
        ErrorCode.ORDER_STEP_NOT_ALLOWED,
        ErrorCode.ORDER_NOT_FOUND,
        ErrorCode.PICKUP_CODE_USED,
        ErrorCode.PICKUP_CODE_UNKNOWN,
        ErrorCode.PICKUP_CODE_FORGED,
        ErrorCode.PRODUCT_NOT_FOUND,
        ErrorCode.BASKET_NOT_EMPTY,
        ErrorCode.EMPTY_BASKET,
        ErrorCode.PICKUP_EARLY,
        ErrorCode.PICKUP_LATE,
        ErrorCode.NO_CASH_SESSION,
        ErrorCode.NOT_THIS_SESSION,
        ErrorCode.ALREADY_CORRECTED,
        ErrorCode.NOT_CORRECTABLE,
        ErrorCode.DRAWER_TOO_EMPTY,
        ErrorCode.CASH_SHORT,
    )
)
"""Failures that a person at the counter is told of, and lives with."""


def an_id(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def shelf_product(shop: str, number: int, price: int = 3_500) -> Product:
    """The n-th of a shop's goods; no other shop has its uid."""
    unit = Unit(an_id(f"unit {shop} {number}"), "pcs", 1, (Price(PriceKind.RETAIL, price),))
    return Product(an_id(f"product {shop} {number}"), f"Kopi {number}", "Minuman", BaseUnit.PCS, (unit,), listed_online=True)


class PlayedTill:
    """One machine with one data folder.

    Attributes:
        told: uids of sales that a verb has returned: whoever stood there has seen them.
        held: uids of sales that were seen in its file; `seen_to` the row up to which it was looked at.
        head: the newest that the central has countersigned to it.
        due_at: when the engine wants to run next, in seconds of the city.
        deaths: how often it died.
    """

    def __init__(self, name: str, shop: str, folder: Path, clock: TillClock, line: Line, dice: random.Random) -> None:
        """`folder` holds a store already."""
        self.name = name
        self.shop = shop
        self.folder = folder
        self.machine = clock
        self.line = line
        self.dice = dice
        self.effects = Effects()
        self.secrets = PlayedSecrets(self.effects, {})
        self.told: set[str] = set()
        self.held: set[str] = set()
        self.seen_to = 0
        self.due_at = 0.0
        self.last = ""
        self.head: Head | None = None
        self.deaths = self.starts = self.rounds = self.pairings = 0
        self.start()

    # --- its life ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """The program is started: nothing is in memory."""
        self.starts += 1
        # after a death the file is looked at anew: what was seen in it must still be there
        self.held, self.seen_to = set(), 0
        self.ids = SeededIds(f"{self.name} {self.starts}")
        # as in the open shop: facts are dated by a clock that is held close to the server's; the line measures by the machine's own
        self.clock = HybridClock(self.machine)
        store = PlayedStore.open(self.folder / "shop.db", self.clock, self.ids, self.folder / "copies")
        assert isinstance(store, PlayedStore)
        store.effects = self.effects
        self.store = store
        self.till = Till(store, self.clock, self.ids, NoPaper(), WireEncoder())
        self.engine = SyncEngine(store, self.machine, self.ids, self._connect, self.dice.random, self.clock.heard)
        self.due_at = self.clock.monotonic()

    def _connect(self) -> Central:
        shop = self.store.read.shop()
        return CentralClient(shop.central_url, self.secrets, self.machine, self.ids, device=shop.device)

    def transport(self) -> PlayedTransport:
        return PlayedTransport(self.line, self.effects)

    def stop(self) -> None:
        self.effects.spare()
        self.engine.close()
        self.store.close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something that may end the process. Whether it came to its end."""
        try:
            action()
        except Died:
            self.deaths += 1
            self.restart()
            return False
        except ShopError as error:
            if error.code not in _EXPECTED:
                raise
            return False
        return True

    def wake(self) -> None:
        """A verb has told something: the worker is woken, as the shell does."""
        self.due_at = min(self.due_at, self.clock.monotonic())

    def is_hurried(self) -> None:
        """Someone asks to send now."""
        self.engine.hurry()
        self.wake()

    def sync(self) -> None:
        """One round of the engine, and when it wants the next."""
        self.rounds += 1
        done = self.engine.run_once()
        self.last = (
            f"next in {done.next_in:.0f} s, {done.error.code.value if done.error else 'well'} {done.error.fields if done.error else ''}"
        )
        self.due_at = self.clock.monotonic() + done.next_in

    @property
    def stands(self) -> str:
        """Where its outbox stands, for the story."""
        position = self.store.read.position()
        return f"{self.store.read.shop().device[-4:]} {position.epoch}.{position.acked_seq} of {position.last_seq}"

    def copy(self, folder: Path) -> None:
        """The store's file as it is now, into a folder of its own."""
        folder.mkdir()
        self.store.copy(folder / "shop.db")

    def put_back(self, file: Path, secrets: dict[str, str] | None) -> None:
        """An older file takes the place of this one; `secrets` of then, or None where the keyring is the newest."""
        self.stop()
        for old in self.folder.glob("shop.db*"):
            if not old.name.endswith(".lock"):
                old.unlink()
        shutil.copy(file, self.folder / "shop.db")
        if secrets is not None:
            self.secrets.kept = dict(secrets)
        self.told.clear()
        self.head = None
        self.start()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a question to its file gives."""
        return self.store.raw_rows(query, values)

    # --- pairing --------------------------------------------------------------------------------------------------------

    @property
    def wants_a_code(self) -> bool:
        """Whether only an officer helps: never paired, or turned away in words."""
        shop = self.store.read.shop()
        return not shop.device or self.store.read.setting(TURNED_AWAY) == shop.device

    def pair(self, code: str) -> None:
        """Redeem a code. A lost answer, or a death, leaves it as it was."""
        self.pairings += 1
        # the key follows from the seed, as everything else
        self.secrets.kept.setdefault(NEXT_KEY, wire.b64(hashlib.sha256(f"key {self.name} {self.pairings}".encode()).digest()))
        try:
            pair(self.store, self.secrets, self.machine, self.ids, ADDRESS, code, self.name)
        except ShopError as error:
            if error.code not in _PAIRING:
                raise
        self.due_at = self.clock.monotonic()

    # --- what a person does -----------------------------------------------------------------------------------------------

    def stock_up(self) -> None:
        shelf = [(shelf_product(self.shop, number), 1_000) for number in range(SHELF)]
        goods.put_catalogue(self.till, shelf)
        self.wake()

    def sell(self) -> None:
        """One to three pieces of one or two goods, in cash."""
        read = self.store.read
        if read.session() is None:
            drawer.open_session(self.till, 100_000)
        basket = read.basket()
        for _ in range(self.dice.choice((1, 1, 2))):
            unit = read.unit(shelf_product(self.shop, self.dice.randrange(SHELF)).units[0].uid)
            if unit is not None:
                basket, _ = selling.add_unit(self.till, unit, self.dice.randint(1, 3))
        sale = checkout.complete_sale(self.till, basket, NOTES)
        self.told.add(sale.uid)
        self.wake()

    def take_back(self) -> None:
        """A sale of this session is taken back, by a sale of its own."""
        sales = self.store.read.sales("", 0, 20)
        if sales:
            back = correcting.void_sale(self.till, self.dice.choice(sales).uid, "salah ketik")
            self.told.add(back.uid)
            self.wake()

    def move_cash(self) -> None:
        """The owner puts change into the drawer, or takes some out."""
        amount, reason = self.dice.choice(((50_000, CashReason.CHANGE), (-20_000, CashReason.OWNER)))
        drawer.move_cash(self.till, amount, reason)
        self.wake()

    def close_drawer(self) -> None:
        session = self.store.read.session()
        if session is not None:
            drawer.close_session(self.till, max(0, session.expected - self.dice.choice((0, 0, 500))))
            self.wake()

    def change_goods(self) -> None:
        """Another price, another name, off the list, or on it again."""
        number = self.dice.randrange(SHELF)
        known = self.store.read.product(shelf_product(self.shop, number).uid)
        if known is None:
            return
        what = self.dice.randrange(4)
        price = replace(known.units[0].prices[0], amount=self.dice.randrange(1_000, 9_000, 500))
        changed = {
            0: replace(known, units=(replace(known.units[0], prices=(price,)),), deleted=False),
            1: replace(known, name=f"Kopi {number} {self.dice.randrange(9)}", deleted=False),
            2: replace(known, deleted=not known.deleted, listed_online=known.deleted),
            3: replace(known, listed_online=not known.listed_online, deleted=False),
        }[what]
        with self.store.begin() as work:
            goods.put_goods(self.till, work, [changed], [], "edit")
            work.commit()
        self.wake()

    def move_stock(self) -> None:
        """Goods come in, or are thrown away."""
        reason, quantity = self.dice.choice(((MovementReason.RECEIPT, 24), (MovementReason.DAMAGED, -1)))
        uid = shelf_product(self.shop, self.dice.randrange(SHELF)).uid
        with self.store.begin() as work:
            goods.put_goods(self.till, work, [], [StockMovement(uid, quantity, reason, "", 0, self.clock.now())], "stock")
            work.commit()
        self.wake()

    def tell_the_unknown(self, operation: str) -> None:
        """A program newer than the central tells of something that it cannot read."""
        with self.store.begin() as work:
            work.tell([NewOperation(operation, "weather@9", self.clock.now(), b'{"mm":12}')])
            work.commit()
        self.wake()

    def tell_too_much(self, operation: str) -> None:
        """Something is told that no request can carry."""
        with self.store.begin() as work:
            work.tell([NewOperation(operation, "weather@9", self.clock.now(), b'"%s"' % (b"x" * MAX_BODY))])
            work.commit()
        self.wake()

    def take_care_of_orders(self) -> None:
        """One of the orders on the board is taken a step further."""
        open_orders = [order for order in self.store.read.orders() if order.pending is None]
        if not open_orders:
            return
        order = self.dice.choice(open_orders)
        steps = sorted(allowed_steps(order.status, order.flags) - {OrderStep.HAND_OVER})
        if steps:
            # mostly on with it
            step = steps[0] if self.dice.random() < 0.8 else self.dice.choice(steps)
            orders.ask(self.till, order.uid, step)
            self.wake()

    def hand_over(self, code: str) -> Order:
        """A buyer shows a code."""
        done = orders.hand_over(self.till, code, sure=self.dice.random() < 0.5)
        self.wake()
        return done

    def tidy(self) -> None:
        self.store.tidy()


_PAIRING: Final = frozenset(
    (
        ErrorCode.NO_LINE,
        ErrorCode.CENTRAL_UNREADABLE,
        ErrorCode.CENTRAL_REFUSED,
        ErrorCode.PAIRING_CODE_USED,
        ErrorCode.PAIRING_CODE_WRONG,
        ErrorCode.PAIRING_CODE_EXPIRED,
        ErrorCode.ALREADY_PAIRED,
        ErrorCode.DEVICE_REVOKED,
        ErrorCode.DISK_FULL,
    )
)
"""Ways in which a pairing may fail and be tried again."""
