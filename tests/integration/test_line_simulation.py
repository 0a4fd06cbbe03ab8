"""The same simulation as tests/unit/test_sync_simulation.py, against the real central's own round trip on a real database.

Only HTTP and the proofs are left out: a request crosses as bytes and is answered by `central.sync.round_trip` in one transaction.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from central import shops, tables
from central.database import Database
from central.opening import open_world
from central.problems import ProblemCode, Refusal
from central.sync.round_trip import round_trip
from central.tokens import Device
from central.world import Settings
from pos.sync import protocol as wire
from pos.sync.central import SnapshotNeeded
from tests.helpers.central import SeenChance
from tests.helpers.simulation import SimCity, quick_folder
from tests.helpers.tills import HandClock, close_till, open_till

SEEDS = 40
STEPS = 40


@pytest.fixture
def quick_place(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("blank")
    close_till(open_till(place))
    return place / "shop.db"


class RealServer:
    """The central on SQLite with one shop. `put_back` takes the file of an earlier hour, as an operator does after a dead disk."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.page = wire.MAX_PAGE
        self.clock = HandClock()
        self._file = folder / "central.db"
        shutil.copy(template, self._file)
        self._chance = SeenChance()
        self._open()
        with self._world.database.write() as connection:
            self.shop_uid = shops.add_shop(self._world, connection, "Toko Sinar", "", 0)
            self._shop = shops.find_shop(connection, self.shop_uid)

    def _open(self) -> None:
        self._world = open_world(f"sqlite:///{self._file}", Settings(poll_ms=60_000), self.clock, self._chance)

    def enrol(self, device: str) -> str:
        """A device with its first epoch, as a redeemed code leaves it."""
        of = {"shop": self._shop, "uid": device, "name": "", "program": "", "prefix": device[0], "thumbprint": device}
        with self._world.database.write() as connection:
            connection.execute(insert(tables.device), of | {"public_key": "", "epoch": 1, "created_at": 0, "seen_at": 0, "revoked_at": 0})
            chain = {"shop": self._shop, "device": device, "epoch": 1, "seq": 0, "head": wire.GENESIS, "fenced": False}
            connection.execute(insert(tables.chain), chain)
        return device

    def sync(self, device: str, request: wire.SyncRequest) -> wire.SyncAnswer:
        asked = wire.SyncRequest(
            **{name: getattr(request, name) for name in request.__struct_fields__} | {"page": min(request.page, self.page)}
        )
        with self._world.database.write() as connection:
            row = connection.execute(select(tables.device).where(tables.device.c.uid == device)).one()
            known = Device(self._shop, self.shop_uid, device, device, row.epoch, revoked=False, seen_at=row.seen_at)
            told = round_trip(self._world, connection, True, known, asked)
        if isinstance(told, Refusal):
            assert told.code is ProblemCode.CURSOR_TOO_OLD
            raise SnapshotNeeded
        return told

    def _rows(self, query: str) -> list[Any]:
        with self._world.database.read() as connection:
            return list(connection.execute(text(query)).all())

    @property
    def sales(self) -> set[str]:
        return {row.uid for row in self._rows("SELECT uid FROM sale")}

    @property
    def stock(self) -> dict[str, int]:
        kept = {row.product: row.on_hand for row in self._rows("SELECT product, on_hand FROM stock")}
        summed = {row.product: row.total for row in self._rows("SELECT product, sum(quantity) AS total FROM movement GROUP BY product")}
        assert kept == summed
        return kept

    @property
    def prices(self) -> dict[str, int]:
        told = [
            wire.decode(row.document.encode(), wire.WireProduct) for row in self._rows("SELECT document FROM product WHERE deleted_at = 0")
        ]
        return {product.uid: product.units[0].prices[0].amount for product in told}

    def backup(self) -> Path:
        target = self._file.with_name("backup.db")
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target

    def put_back(self, books: Any) -> None:
        self.close()
        for file in self._file.parent.glob("central.db*"):
            file.unlink()
        shutil.copy(books, self._file)
        self._open()

    def close(self) -> None:
        self._world.database.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("central") / "template.db"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    return file


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_breaks_each_sale_is_there_once_and_all_stock_agrees(quick_place: Path, blank: Path, template: Path, seed: int) -> None:
    server = RealServer(quick_place, template)
    with closing(server), closing(SimCity(quick_place, blank, server, seed)) as city:
        city.play(STEPS)
