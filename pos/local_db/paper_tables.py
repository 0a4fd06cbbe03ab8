"""Tables of paper beside the jobs themselves (`tables.print_job`). Owns names, types and keys; holds no queries."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata

printer_roll = Table(
    "printer_roll",
    metadata,
    # what jobs are queued under: it stays when the printer gets another name or address
    Column("printer", Text, primary_key=True),
    # length of the roll that lies in it, 0 when nobody said
    _int("length_mm", "0"),
    _int("changed_at", "0"),
    # since then, by the lengths of what was sent
    _int("used_mm", "0"),
    sqlite_with_rowid=False,
)
