"""The line's figures: a catalogue into the store beside bare upserts, and sales into the central beside COPY of the same rows."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measure import Row, cpu, ratios
from benchmarks.shops import bare, make_goods, scratch
from pos.app import open_shop
from pos.domain.product import Product

GOODS = 100_000
PAGE = 500
ROUNDS = 4
"""A round writes 100,000 goods twice: few rounds, said in the table."""
SALES = 100


def pull(folder: Path) -> Row:
    """100,000 goods into an empty store, search index and all, beside executemany of the same rows and an index rebuild."""
    goods = list(make_goods(GOODS))
    with open_shop(folder / "empty"):
        pass
    empty = folder / "empty" / "shop.db"
    numbers = iter(range(1_000))

    def ours() -> float:
        place = folder / f"ours-{next(numbers)}"
        with open_shop(place) as till:

            def put() -> None:
                for start in range(0, GOODS, PAGE):
                    with till.store.begin() as work:
                        work.put_products(goods[start : start + PAGE])
                        work.commit()

            spent = cpu(put, 1)
        _remove(place)
        return spent

    def limit() -> float:
        file = folder / f"bare-{next(numbers)}.db"
        file.write_bytes(empty.read_bytes())
        raw = bare(file)
        spent = cpu(lambda: _bare_put(raw, goods), 1)
        raw.close()
        file.unlink()
        return spent

    found = ratios(ours, limit, ROUNDS)
    return Row(
        "pull",
        "100,000 goods into the store by pages of 500, search included, beside bare upserts and an index rebuild",
        statistics.median(found),
        1.5,
        len(found),
    )


def _bare_put(raw: sqlite3.Connection, goods: Sequence[Product]) -> None:
    """The same rows with nothing of the till: one transaction a page, the index built once at the end."""
    for start in range(0, len(goods), PAGE):
        part = list(enumerate(goods[start : start + PAGE], start + 1))
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO product (id, uid, rank, name, category, base_unit, cost_total, cost_quantity) VALUES (?, ?, ?, ?, ?, 'pcs', ?, 1)"
            " ON CONFLICT (uid) DO UPDATE SET name = excluded.name, category = excluded.category, cost_total = excluded.cost_total",
            [(number, item.uid, number, item.name, item.category, item.cost_total) for number, item in part],
        )
        units = [(number * 1024, item.units[0], number) for number, item in part]
        raw.executemany(
            "INSERT INTO product_unit (id, uid, product_id, position, name, factor) VALUES (?, ?, ?, 0, 'pcs', 1)",
            [(key, unit.uid, number) for key, unit, number in units],
        )
        raw.executemany(
            "INSERT INTO price (unit_id, kind, min_quantity, amount) VALUES (?, ?, ?, ?)",
            [(key, price.kind.value, price.min_quantity, price.amount) for key, unit, _ in units for price in unit.prices],
        )
        raw.executemany(
            "INSERT INTO barcode (key, unit_id, code) VALUES (?, ?, ?)",
            [(code.key, key, code.code) for key, unit, _ in units for code in unit.barcodes],
        )
        raw.executemany("INSERT INTO stock (product_uid) VALUES (?)", [(item.uid,) for _, item in part])
        raw.execute("COMMIT")
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(
        "INSERT INTO product_search (rowid, words) VALUES (?, ?)",
        [(number, f"{item.name} {item.units[0].barcodes[0].code}") for number, item in enumerate(goods, start=1)],
    )
    raw.execute("COMMIT")


def _remove(place: Path) -> None:
    import shutil

    shutil.rmtree(place)


def wall(action: Callable[[], object]) -> float:
    """Wall seconds of a call: the work is done by other processes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def rows() -> list[Row]:
    from benchmarks.push import push

    with scratch() as folder:
        found = [pull(folder)]
    return [*found, *push()]
