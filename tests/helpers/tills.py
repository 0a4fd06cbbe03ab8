"""Tills without a window for the tests of the line: a real store and the real verbs, with a clock, ids and paper of the test's own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pos.domain.product import Price, PriceKind, Product, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.sale import Sale
from pos.local_db.store import SqliteStore
from pos.services import checkout, drawer, goods, selling
from pos.services.ports import Till
from pos.sync.encoding import WireEncoder
from tests.helpers.shops import PlainPaper

START = 1_800_000_000_000


class HandClock:
    """`ports.Clock` that a test moves."""

    def __init__(self, now: int = START) -> None:
        self.at = now
        self.seconds = 1_000.0

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        self.at += int(seconds * 1000)
        self.seconds += seconds


class SeededIds:
    """`ports.Ids`: random by its seed, so that no two tills of a test give the same."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._given = 0

    def new(self) -> str:
        self._given += 1
        return hashlib.sha256(f"{self._seed} {self._given}".encode()).hexdigest()[:32]


class NoPaper(PlainPaper):
    """`ports.Paper` of a shop without a printer."""

    def __init__(self) -> None:
        super().__init__("")

    def drawer_kick(self) -> bytes:
        return b""


class MemorySecrets:
    """`ports.Secrets` in memory; `log` tells the order in which they were set."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.log: list[str] = []

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value
        self.log.append(name)

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


def open_till(folder: Path, seed: str = "a", clock: HandClock | None = None) -> Till:
    """A till on a store of its own in `folder`; made there, or opened again."""
    clock = clock or HandClock()
    ids = SeededIds(seed)
    folder.mkdir(parents=True, exist_ok=True)
    return Till(SqliteStore.open(folder / "shop.db", clock, ids, folder / "copies"), clock, ids, NoPaper(), WireEncoder())


def close_till(till: Till) -> None:
    assert isinstance(till.store, SqliteStore)
    till.store.close()


def enrolled(till: Till, device: str, shop: str, prefix: str = "A", epoch: int = 1) -> Till:
    """As pairing leaves a till, without a server."""
    with till.store.begin() as work:
        work.set_shop(uid=shop, name="Toko Sinar", device=device, prefix=prefix, central_url="https://epeken.test")
        work.start_epoch(epoch)
        work.commit()
    return till


def product(number: int, price: int = 3_500) -> Product:
    """The n-th of a test's goods, the same on every till."""
    uid = hashlib.sha256(f"product {number}".encode()).hexdigest()[:32]
    unit = Unit(hashlib.sha256(f"unit {number}".encode()).hexdigest()[:32], "pcs", 1, (Price(PriceKind.RETAIL, price),))
    return Product(uid, f"Kopi {number}", "Minuman", BaseUnit.PCS, (unit,), listed_online=True)


def stock_up(till: Till, count: int = 3, opening: int = 100) -> list[Product]:
    """`count` goods with their opening stock, told to the outbox as an import does."""
    made = [product(number) for number in range(count)]
    goods.put_catalogue(till, [(item, opening) for item in made])
    return made


def sell(till: Till, item: Product, quantity: int = 1) -> Sale:
    """One sale of one line; the drawer is opened if it is not."""
    if till.store.read.session() is None:
        drawer.open_session(till, 100_000)
    unit = till.store.read.unit(item.units[0].uid)
    assert unit is not None
    basket, _ = selling.add_unit(till, unit, quantity)
    return checkout.complete_sale(till, basket, 500_000)


def stock_of(till: Till, items: list[Product]) -> dict[str, int]:
    return {item.uid: till.store.read.on_hand(item.uid) for item in items}
