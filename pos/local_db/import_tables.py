"""Lists of goods that were taken in, with what was there before, so that each can be taken back. Read by `import_queries.py`."""

from __future__ import annotations

from sqlalchemy import BLOB, Column, ForeignKey, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

goods_import = Table(
    "goods_import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    _text("file"),
    _int("at"),
    _text("actor"),
    _int("created", "0"),
    _int("updated", "0"),
    _int("same", "0"),
    _int("refused", "0"),
    _int("parts", "0"),
    _text("state", "written"),
    _int("done", "0"),
    _int("undone_at", "0"),
    _text("undone_by"),
    _int("put_back", "0"),
    _int("retired", "0"),
    _int("kept", "0"),
)

goods_import_part = Table(
    "goods_import_part",
    metadata,
    Column("import_uid", Text, ForeignKey("goods_import.uid", ondelete="CASCADE"), primary_key=True),
    Column("part", Integer, primary_key=True),
    # packed JSON of `ImportedRow`s
    Column("data", BLOB, nullable=False),
)

goods_import_kept = Table(
    "goods_import_kept",
    metadata,
    Column("import_uid", Text, ForeignKey("goods_import.uid", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("name"),
    _text("reason", None),
    _text("detail"),
    sqlite_with_rowid=False,
)
