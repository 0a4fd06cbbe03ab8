"""Counts of the shelf: the lines as they are counted, and booked once; and why goods left the shelf unsold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos.local_db.stock_queries import COUNTS, TAKES, count_line_of, take_of
from pos.local_db.work_base import WorkBase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos.domain.stock_take import CountLine, StockTake

_TAKE: Final = """
INSERT INTO stock_take (uid, part, name, started_at, cashier) VALUES (?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE SET name = excluded.name
"""
_LINE: Final = """
INSERT INTO stock_take_line (take_uid, product_uid, unit_name, factor, counted, seen, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (take_uid, product_uid) DO UPDATE SET unit_name = excluded.unit_name, factor = excluded.factor, counted = excluded.counted,
  seen = excluded.seen, first_at = excluded.first_at, last_at = excluded.last_at
"""
_NOTE: Final = "INSERT INTO stock_note (cause, note, cashier, supplier_uid) VALUES (?, ?, ?, ?)"


class StockTakeWork(WorkBase):
    """The counts' part of a unit of work."""

    def add_stock_note(self, cause: str, note: str, cashier: str, supplier_uid: str = "") -> None:
        self._run(_NOTE, (cause, note, cashier, supplier_uid))

    def put_stock_take(self, take: StockTake) -> None:
        self._run(_TAKE, (take.uid, take.part.value, take.name, take.started_at, take.cashier))

    def take_now(self, uid: str) -> StockTake | None:
        row = self._one(f"{TAKES} WHERE t.uid = ?", (uid,))
        return take_of(row) if row else None

    def count_line_now(self, take_uid: str, product_uid: str) -> CountLine | None:
        row = self._one(f"{COUNTS} WHERE c.take_uid = ? AND c.product_uid = ?", (take_uid, product_uid))
        return count_line_of(row) if row else None

    def count_lines_now(self, take_uid: str) -> list[CountLine]:
        return [count_line_of(row) for row in self._all(f"{COUNTS} WHERE c.take_uid = ? ORDER BY c.first_at, c.product_uid", (take_uid,))]

    def put_count_line(self, take_uid: str, line: CountLine) -> None:
        row = (take_uid, line.product_uid, line.unit_name, line.factor, line.counted, line.seen, line.first_at, line.last_at)
        self._run(_LINE, row)

    def drop_count_line(self, take_uid: str, product_uid: str) -> None:
        self._run("DELETE FROM stock_take_line WHERE take_uid = ? AND product_uid = ?", (take_uid, product_uid))

    def drop_stock_take(self, uid: str) -> None:
        self._run("DELETE FROM stock_take WHERE uid = ? AND posted_at = 0", (uid,))

    def book_stock_take(self, uid: str, at: int, causes: Mapping[str, str]) -> None:
        rows = [(cause, uid, product_uid) for product_uid, cause in causes.items()]
        self._run_many("UPDATE stock_take_line SET cause = ? WHERE take_uid = ? AND product_uid = ?", rows)
        self._run("UPDATE stock_take SET posted_at = ? WHERE uid = ?", (at, uid))
