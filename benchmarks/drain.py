"""A day of the city without a line, told when it is back: how quickly a till's outbox drains, by what batches, and what that costs it.

The till is real (store, engine, client, proofs), and so is the central, on PostgreSQL; what is compared with is COPY of the very rows.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks import push
from benchmarks.line import _bare_put
from benchmarks.measure import Row, cpu
from benchmarks.shops import bare, make_goods, scratch
from pos.services import checkout, drawer, selling
from pos.sync import protocol as wire
from pos.sync.encoding import product_to_wire
from pos.sync.taking import Asked, take
from tests.helpers.central import CentralProcess
from tests.helpers.paired_tills import PairedTill
from tests.helpers.postgres import PostgresServer
from tests.helpers.tills import stock_up
from tests.simulation.laying import laid_over

SALES = 17_000
"""What one till may have to tell after weeks without a line."""
LINES = 3
BATCHES = (1, 10, 50)
ALONE = 300
"""Sales that are told for each size of a batch."""
PAGES = (100, 250, 500)
PULLED = 10_000


class Desk:
    """A central on PostgreSQL with tables to COPY into beside its own."""

    def __init__(self) -> None:
        self._server = PostgresServer()
        name = self._server.new_database()
        self.central = CentralProcess(self._server.url(name))
        self.connection: psycopg.Connection[Any] = psycopg.connect(self._server.url(name).replace("+psycopg", "", 1))
        for table in push.FACTS:
            mirror, own = sql.Identifier(f"mirror_{table}"), sql.Identifier(table)
            self.connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(mirror, own))
        self.connection.commit()

    def shop(self) -> tuple[str, str]:
        """(uid, code)."""
        shop = self.central.command("shop", "Toko Sinar Jaya")
        return shop, self.central.command("code", shop)

    def close(self) -> None:
        self.connection.close()
        self.central.close()
        self._server.close()


def sold(till: PairedTill, sales: int) -> None:
    """Sales of three lines, without a line."""
    goods = stock_up(till.till, 30, 1_000_000)
    drawer.open_session(till.till, 0)
    units = [till.till.store.read.unit(item.units[0].uid) for item in goods]
    for number in range(sales):
        for place in range(LINES):
            unit = units[(number * 7 + place * 11) % len(units)]
            assert unit is not None
            basket, _ = selling.add_unit(till.till, unit, 1 + place)
        checkout.complete_sale(till.till, basket, basket.total)


def talk(till: PairedTill) -> tuple[float, float]:
    """(wall, CPU of the till) seconds until nothing waits."""
    start, spent = time.perf_counter(), time.process_time()
    while till.waiting:
        told = till.engine.run_once()
        if told.error is not None:
            raise told.error
    return time.perf_counter() - start, time.process_time() - spent


def drain(folder: Path, desk: Desk) -> list[Row]:
    """17,000 sales, as quickly as both ends can."""
    shop, code = desk.shop()
    till = PairedTill(folder / "drain")
    till.pair(desk.central.url, code)
    sold(till, SALES)
    wall, spent = talk(till)
    till.close()
    number = desk.connection.execute("SELECT id FROM shop WHERE uid = %s", (shop,)).fetchone()
    assert number is not None
    copied = push.copy(desk.connection, number[0])
    note = f"{wall:.1f} s, {SALES / wall:.0f} sales/s"
    what = f"{SALES:,} sales of one till told to the central on PostgreSQL, beside COPY of the same rows (wall, one till)"
    own = f"CPU of the till for each sale that it tells, of {SALES:,}: read, packed, signed, settled"
    return [
        Row("drain", what, wall / copied, 10.0, 1, note=note),
        Row("tell", own, spent / SALES * 1e6, 50.0, 1, unit="us", note="the goal is the design's"),
        Row("weigh", "bytes of a sale in a packed batch of fifty", push.wire_bytes(), 200.0, 1, unit="B"),
    ]


def batches(folder: Path, desk: Desk) -> list[Row]:
    """The same sales in batches of other sizes: what a round trip costs."""
    spent: dict[int, float] = {}
    for size in BATCHES:
        till = PairedTill(folder / f"batch-{size}")
        till.pair(desk.central.url, desk.shop()[1])
        sold(till, ALONE)
        with laid_over((wire, "MAX_OPERATIONS", size)):
            spent[size] = talk(till)[0]
        till.close()
    return [
        Row(
            "batch",
            f"a sale in batches of {size}, beside one in batches of {BATCHES[-1]} (wall)",
            spent[size] / spent[BATCHES[-1]],
            goal,
            1,
        )
        for size, goal in ((1, 30.0), (10, 4.0))
    ]


def pages(folder: Path) -> list[Row]:
    """10,000 goods into the store by pages of different sizes, as answers of the server, beside bare upserts of the same rows."""
    goods = list(make_goods(PULLED))
    told = [wire.Change(seq=place, kind="product", uid=good.uid, product=product_to_wire(good)) for place, good in enumerate(goods, 1)]
    found = []
    for size in PAGES:
        ratios = []
        for number in range(4):
            till = PairedTill(folder / f"pages-{size}-{number}")
            with till.till.store.begin() as work:
                work.set_shop(uid="5" * 32, device="d" * 32, timeline="t")
                work.commit()
            ours = cpu(lambda till=till, size=size: _pull(till, told, size), 1)  # type: ignore[misc]
            till.close()
            raw = bare(folder / f"pages-{size}-{number}" / "shop.db")
            raw.execute("DELETE FROM product_search WHERE rowid IN (SELECT rank FROM product)")
            for table in ("barcode", "price", "product_unit", "product", "stock", "goods_total"):
                raw.execute(f"DELETE FROM {table}")
            limit = cpu(lambda raw=raw: _bare_put(raw, goods), 1)  # type: ignore[misc]
            raw.close()
            ratios.append(ours / limit)
        what = f"{PULLED:,} goods taken from the feed by pages of {size}, beside bare upserts and an index rebuild"
        found.append(Row("page", what, statistics.median(ratios[1:]), 2.5, len(ratios) - 1))
    return found


def _pull(till: PairedTill, told: Sequence[wire.Change], size: int) -> None:
    store, clock = till.till.store, till.clock
    for start in range(0, len(told), size):
        request = wire.SyncRequest(protocol=1, cursor=store.read.position().cursor, page=size)
        answer = wire.SyncAnswer(
            results=(),
            acked_seq=0,
            chain_hash=wire.GENESIS,
            head_signature="",
            changes=tuple(told[start : start + size]),
            cursor=f"t.1.{start + size}",
            more=start + size < len(told),
            timeline="t",
            server_time=clock.now(),
            next_sync_in=0,
        )
        take(store, clock, Asked(request, (), store.read.position(), "d" * 32, clock.now()), answer)


def rows() -> list[Row]:
    with scratch() as folder:
        found = pages(folder)
        desk = Desk()
        try:
            return [*found, *batches(folder, desk), *drain(folder, desk)]
        finally:
            desk.close()
