"""Lists of goods that are taken in, written down. Owns the rows of `import_tables.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos.local_db.import_rows import pack
from pos.local_db.work_base import WorkBase
from pos.services.imports.model import GoodsImport, ImportedRow, KeptRow

COLUMNS: Final = "uid, file, at, actor, created, updated, same, refused, parts, state, done, undone_at, undone_by, put_back, retired, kept"
"""As `GoodsImport` has them."""
_ADD: Final = f"INSERT INTO goods_import ({COLUMNS}) VALUES ({', '.join('?' * 16)})"
_STEP: Final = """
UPDATE goods_import SET state = ?, done = ?, undone_at = ?, undone_by = ?, put_back = ?, retired = ?, kept = ? WHERE uid = ?
"""
_KEEP: Final = "INSERT INTO goods_import_kept (import_uid, number, name, reason, detail) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


class ImportWork(WorkBase):
    """That part of a unit of work."""

    def add_import(self, told: GoodsImport) -> None:
        head = (told.uid, told.file, told.at, told.actor, told.created, told.updated, told.same, told.refused, told.parts)
        self._run(_ADD, (*head, told.state.value, told.done, told.undone_at, told.undone_by, told.put_back, told.retired, told.kept))

    def add_import_parts(self, uid: str, first: int, parts: Sequence[Sequence[ImportedRow]]) -> None:
        rows = [(uid, number, pack(part)) for number, part in enumerate(parts, start=first)]
        self._run_many("INSERT INTO goods_import_part (import_uid, part, data) VALUES (?, ?, ?)", rows)

    def step_import(self, told: GoodsImport) -> None:
        row = (told.state.value, told.done, told.undone_at, told.undone_by, told.put_back, told.retired, told.kept, told.uid)
        self._run(_STEP, row)

    def add_kept_rows(self, uid: str, rows: Sequence[KeptRow]) -> None:
        self._run_many(_KEEP, [(uid, row.number, row.name, row.reason.value, row.detail) for row in rows])

    def forget_import(self, uid: str) -> None:
        self._run("DELETE FROM goods_import_part WHERE import_uid = ?", (uid,))
        self._run("DELETE FROM goods_import WHERE uid = ? AND state = 'written'", (uid,))
