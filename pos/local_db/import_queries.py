"""Reads of lists of goods that were taken in, and of what became of their goods since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pos.local_db.import_rows import unpack
from pos.local_db.import_work import COLUMNS
from pos.local_db.query_base import QueryBase
from pos.services.imports.model import GoodsImport, ImportedRow, ImportState, KeptReason, KeptRow

_IMPORT: Final = f"SELECT {COLUMNS} FROM goods_import"
_UNITS_SOLD: Final = """
SELECT DISTINCT l.unit_uid FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id WHERE s.at >= ? AND l.unit_uid IN
"""
_MOVED: Final = """
SELECT s.product_uid, s.movements,
  EXISTS (SELECT 1 FROM stock_movement m WHERE m.product_uid = s.product_uid AND m.reason IN ('sale', 'order'))
FROM stock s WHERE s.movements > 0 AND s.product_uid IN
"""


class ImportQueries(QueryBase):
    """That part of `services.ports.Queries`."""

    def imports(self, limit: int = 50) -> list[GoodsImport]:
        return [_made(row) for row in self._rows(f"{_IMPORT} WHERE state <> 'written' ORDER BY id DESC LIMIT ?", (limit,))]

    def unfinished_imports(self) -> list[GoodsImport]:
        return [_made(row) for row in self._rows(f"{_IMPORT} WHERE state IN ('written', 'taking', 'undoing') ORDER BY id")]

    def goods_import(self, uid: str) -> GoodsImport | None:
        row = self._row(f"{_IMPORT} WHERE uid = ?", (uid,))
        return _made(row) if row else None

    def import_part(self, uid: str, part: int) -> list[ImportedRow]:
        row = self._row("SELECT data FROM goods_import_part WHERE import_uid = ? AND part = ?", (uid, part))
        return unpack(row[0]) if row else []

    def kept_rows(self, uid: str) -> list[KeptRow]:
        rows = self._rows("SELECT number, name, reason, detail FROM goods_import_kept WHERE import_uid = ? ORDER BY number", (uid,))
        return [KeptRow(row[0], row[1], KeptReason(row[2]), row[3]) for row in rows]

    def units_sold(self, unit_uids: Sequence[str], since: int) -> set[str]:
        marks = ", ".join("?" * len(unit_uids))
        return {row[0] for row in self._rows(f"{_UNITS_SOLD} ({marks})", (since, *unit_uids))}

    def movements_of(self, product_uids: Sequence[str]) -> dict[str, tuple[int, bool]]:
        marks = ", ".join("?" * len(product_uids))
        return {row[0]: (row[1], bool(row[2])) for row in self._rows(f"{_MOVED} ({marks})", tuple(product_uids))}


def _made(row: Sequence[Any]) -> GoodsImport:
    return GoodsImport(*(*row[:9], ImportState(row[9]), *row[10:]))
