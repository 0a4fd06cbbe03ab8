"""The books' figures: how long each report takes with a million sales and their kept sums, in CPU time; wall time is told beside it.

The sales are facts written past the verbs, three years of them; how they come about is measured in `counter`.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from benchmarks.measure import Row
from benchmarks.shops import scratch, shop
from pos.app import open_shop
from pos.domain.business_day import business_day
from pos.services.cash_book import read_book
from pos.services.history_parts import Part, part_search
from pos.services.ports import Till
from pos.services.reports import Span, SpanKind, catch_up, read_report, span_of

SALES: Final = 1_000_000
GOODS: Final = 5_000
ROUNDS: Final = 5
GOAL_MS: Final = 1_000.0
DAYS: Final = 1_095
_DAY_MS: Final = 86_400_000
_NUMBERS: Final = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
_OFF: Final = ("sale_kept", "payment_kept", "payment_titipan", "stock_movement_kept", "consigned_sold", "consigned_back")
"""What would keep totals row by row while the facts are written; they are put right at once afterwards."""
_FILL: Final = (
    f"""{_NUMBERS} INSERT INTO sale (id, uid, number, epoch, seq, session_uid, cashier, at, total)
    SELECT i, printf('%032x', i), printf('L-%d', i), -1, i, '', 'Kasir ' || (i % 5), ?2 + i * (?3 / ?1), 3000 + i % 40 * 500 FROM n""",
    f"""{_NUMBERS} INSERT INTO sale_line
    (sale_id, position, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, amount, cost)
    SELECT i, 0, p.uid, '', p.name, 'pcs', 1, 1 + i % 3, 500, 3000 + i % 40 * 500, 2400 + i % 40 * 400
    FROM n CROSS JOIN product p ON p.id = 1 + i * 7919 % ?4""",
    f"""{_NUMBERS} INSERT INTO payment (sale_id, position, tender, amount, received)
    SELECT i, 0, CASE i % 10 WHEN 0 THEN 'credit' WHEN 1 THEN 'qris' WHEN 2 THEN 'transfer' ELSE 'cash' END, 3000 + i % 40 * 500,
    3000 + i % 40 * 500 FROM n""",
    f"""{_NUMBERS} INSERT INTO stock_movement (cause, position, product_uid, quantity, reason, at)
    SELECT printf('%032x', i), 0, p.uid, -(1 + i % 3), 'sale', ?2 + i * (?3 / ?1)
    FROM n CROSS JOIN product p ON p.id = 1 + i * 7919 % ?4""",
)


def fill(file: Path, now: int) -> None:
    """Three years of sales up to UTC ms `now`."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        kept = [row[0] for row in raw.execute(f"SELECT sql FROM sqlite_schema WHERE name IN ({', '.join('?' * len(_OFF))})", _OFF)]
        for name in _OFF:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("BEGIN")
        for statement in _FILL:
            values = (SALES, now - DAYS * _DAY_MS, DAYS * _DAY_MS, GOODS)
            raw.execute(statement, values[: max(place for place in range(1, 5) if f"?{place}" in statement)])
        raw.execute(
            "UPDATE total SET sales = (SELECT count(*) FROM sale), sales_indexed = (SELECT max(id) FROM sale),"
            " movements = (SELECT count(*) FROM stock_movement), on_hand = (SELECT sum(quantity) FROM stock_movement)"
        )
        raw.execute("COMMIT")
        for statement in kept:
            raw.execute(statement)


def timed(what: str, action: Callable[[], object]) -> Row:
    """The slowest of some rounds after the first, in milliseconds of CPU."""
    used, waited = [], []
    for _ in range(ROUNDS + 1):
        start, began = time.perf_counter(), time.process_time()
        action()
        used.append((time.process_time() - began) * 1_000)
        waited.append((time.perf_counter() - start) * 1_000)
    return Row("books", what, max(used[1:]), GOAL_MS, ROUNDS, unit="ms", note=f"{statistics.median(waited[1:]):.0f} ms by the wall clock")


def _reports(till: Till, day: date) -> list[Row]:
    spans = {
        "today": span_of(SpanKind.TODAY, day),
        "a week": span_of(SpanKind.WEEK, day),
        "a month": span_of(SpanKind.MONTH, day),
        "a year": span_of(SpanKind.YEAR, day),
        "three years": Span(SpanKind.DAYS, day - timedelta(days=DAYS - 1), day),
    }
    return [timed(f"report of {name}, {SALES:,} sales", lambda span=span: read_report(till, span, 0)) for name, span in spans.items()]  # type: ignore[misc]


def _others(till: Till, day: date) -> list[Row]:
    read = till.store.read
    product = read.tiles("", 1)[0].product_uid
    year = day - timedelta(days=364)

    def notas(part: Part) -> Callable[[], object]:
        return lambda: read.find_sales(part_search(part, 0), 0, 50)

    return [
        timed("cash book of a month", lambda: read_book(till, day.replace(day=1), day)),
        timed("notas of a year with one product", notas(Part(year, day, None, "product", product))),
        timed("notas of a year of one category", notas(Part(year, day, None, "category", "Sembako"))),
        timed("notas of a year of one cashier", notas(Part(year, day, None, "cashier", "Kasir 3"))),
    ]


def rows() -> list[Row]:
    """All of it: about three minutes, most of it the filling."""
    with scratch() as folder:
        with shop(folder, GOODS) as till:
            now = till.clock.now()
            file = next(folder.rglob("shop.db"))
        fill(file, now)
        with open_shop(folder) as till:
            start = time.perf_counter()
            catch_up(till, 0)
            first = Row("books", "the sums of a million sales made once", time.perf_counter() - start, 600.0, 1, unit="s")
            day = business_day(now)
            return [first, *_reports(till, day), *_others(till, day)]
