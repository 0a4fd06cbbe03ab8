"""Tables of what happens beside a sale at the counter: packages that are opened, and deposits (galon, tabung) that customers hold.

Owns names, types, keys and indexes; holds no queries. `deposit_movement` is append-only (`triggers.py`).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

pack_source = Table(
    "pack_source",
    metadata,
    # loose goods, and the package they come out of when they run out: one unit of another product holds `contents` base units of them
    Column("product_uid", Text, primary_key=True),
    _text("unit_uid", None),
    Column("contents", Integer, CheckConstraint("contents >= 1"), nullable=False),
    # opened without asking
    _int("automatic", "0"),
    sqlite_with_rowid=False,
)

deposit_movement = Table(
    "deposit_movement",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("customer_uid", None),
    _text("product_uid", None),
    # pieces lent (positive) or brought back (negative), and the rupiah that were taken for them or given back
    _int("quantity"),
    _int("amount", "0"),
    _text("session_uid"),
    _int("at"),
    sqlite_with_rowid=False,
)
Index("deposit_movement_customer", deposit_movement.c.customer_uid, deposit_movement.c.product_uid)
Index("deposit_movement_product", deposit_movement.c.product_uid, deposit_movement.c.at)
