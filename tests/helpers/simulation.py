"""The tills of one shop, its server, and everything that goes wrong between them, at random by a seed. The same seed plays the same.

Owns what may happen and what must hold afterwards; which server it is, is the test's.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from pos.services import goods as goods_verbs
from tests.helpers.fake_central import Fault
from tests.helpers.lines import LineServer, TillOnLine
from tests.helpers.tills import product, sell, stock_up

GOODS = 3
ROUNDS = 12
FAULTS = (Fault.NONE, Fault.NONE, Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.SENT_TWICE)


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory where the system has one, else `otherwise`: the simulation is about order, not about disks."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


class SimServer(LineServer, Protocol):
    """A server that can be looked into and put back."""

    page: int

    @property
    def sales(self) -> set[str]: ...

    @property
    def stock(self) -> dict[str, int]: ...

    @property
    def prices(self) -> dict[str, int]: ...

    def backup(self) -> Any: ...

    def put_back(self, books: Any) -> None: ...


class SimCity:
    """Two tills to begin with; clones come. To be closed."""

    def __init__(self, folder: Path, blank: Path, server: SimServer, seed: int) -> None:
        """`blank`: file of a new store, copied for each till."""
        self.dice = random.Random(seed)
        self.folder = folder
        self.blank = blank
        self.server = server
        self.server.page = self.dice.choice((2, 5, 500))
        self.tills: list[TillOnLine] = []
        self.places = 0
        self.backup: Any = None

    def play(self, steps: int) -> None:
        """Two tills are set up; then `steps` things happen, the faults end, and what must hold is looked at."""
        for number in (1, 2):
            place = self._place()
            shutil.copy(self.blank, place / "shop.db")
            self.tills.append(TillOnLine(place, self.server, str(number) * 32, "AB"[number - 1]))
        stock_up(self.tills[0].till, GOODS)
        self.settle()
        self.backup = self.server.backup()
        for _ in range(steps):
            self.step()
        self.settle()
        self.check()

    def _place(self) -> Path:
        self.places += 1
        place = self.folder / str(self.places)
        place.mkdir()
        return place

    def step(self) -> None:
        """One thing happens to one till."""
        moves = (self.sells, self.talks, self.is_killed, self.is_cloned, self.changes_a_price, self.server_falls)
        weights = (30, 40, 6, 2 if len(self.tills) < 4 else 0, 5, 1)
        self.dice.choices(moves, weights)[0](self.dice.choice(self.tills))

    def sells(self, till: TillOnLine) -> None:
        sell(till.till, product(self.dice.randrange(GOODS)), self.dice.randint(1, 3))

    def talks(self, till: TillOnLine) -> None:
        till.faults(self.dice.choice(FAULTS))
        for _ in range(self.dice.randint(1, 2)):
            till.once()

    def is_killed(self, till: TillOnLine) -> None:
        till.restart()

    def is_cloned(self, till: TillOnLine) -> None:
        """Someone copies the data folder to another machine, and both go on."""
        self.places += 1
        self.tills.append(till.clone(self.folder / str(self.places)))

    def changes_a_price(self, till: TillOnLine) -> None:
        known = till.till.store.read.product(product(self.dice.randrange(GOODS)).uid)
        assert known is not None
        price = replace(known.units[0].prices[0], amount=self.dice.randrange(1_000, 9_000, 500))
        edited = replace(known, units=(replace(known.units[0], prices=(price,)),))
        with till.till.store.begin() as work:
            goods_verbs.put_goods(till.till, work, [edited], [], "price")
            work.commit()

    def server_falls(self, till: TillOnLine) -> None:
        """It loses its disk; the backup of the first hour is put back."""
        self.server.put_back(self.backup)

    def settle(self) -> None:
        """The faults end. Round after round until nobody learns anything more: what one till tells the others hear only after it."""
        before: list[object] = []
        for _ in range(ROUNDS):
            for till in self.tills:
                till.end.faults.clear()
                till.settle()
            now: list[object] = [(till.till.store.read.position(), till.till.store.read.line().digest_ok) for till in self.tills]
            if now == before:
                return
            before = now
        raise AssertionError("the tills do not come to rest")

    def check(self) -> None:
        """What must hold once the faults have ended (sync.md: 2, 3, 6, 7, 11, 12, 13)."""
        sold = {sale.uid: sale.number for till in self.tills for sale in till.till.store.read.sales("", 0, 10_000)}
        assert self.server.sales == set(sold)
        assert len(set(sold.values())) == len(sold)
        stock, prices = self.server.stock, self.server.prices
        for till in self.tills:
            read = till.till.store.read
            assert {uid: read.on_hand(uid) for uid in stock} == stock
            assert {uid: self._price(till, uid) for uid in prices} == prices
            assert read.check() == []
            assert read.line().digest_ok
            assert read.line().waiting == read.line().quarantined == read.line().refused == 0

    def _price(self, till: TillOnLine, uid: str) -> int:
        known = till.till.store.read.product(uid)
        return known.units[0].prices[0].amount if known else 0

    def close(self) -> None:
        for till in self.tills:
            till.close()
