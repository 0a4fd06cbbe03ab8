"""Tables of what the shop pays: suppliers and what they are owed, and money outside the drawer.

Owns names, types, keys and indexes; holds no queries. `supplier_entry` and `account_entry` are append-only; `supplier_balance` and
`account_balance` are totals kept beside them (`triggers.py`), recomputed by `check_suppliers.py`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

supplier = Table(
    "supplier",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("name", None),
    # the name as lists are ordered by it
    _text("sorted", None),
    _text("phone4"),
    _text("note"),
    Column("terms_days", Integer, CheckConstraint("terms_days >= 0"), nullable=False, server_default="0"),
    _int("consignment", "0"),
    _int("active", "1"),
    _int("created_at", "0"),
    sqlite_with_rowid=False,
)
Index("supplier_sorted", supplier.c.active, supplier.c.sorted, supplier.c.uid)

supplier_entry = Table(
    "supplier_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("supplier_uid", Text, ForeignKey("supplier.uid"), nullable=False),
    _text("kind", None),
    _int("at"),
    # rupiah owed more (positive) or less
    _int("amount"),
    _text("number"),
    _int("due_at", "0"),
    # the receipt or the sale that it is of
    _text("source"),
    _int("position", "0"),
    _text("product_uid"),
    _int("quantity", "0"),
    _text("account_uid"),
    _text("session_uid"),
    _text("cashier"),
    _text("note"),
)
Index("supplier_entry_supplier", supplier_entry.c.supplier_uid, supplier_entry.c.id)
Index("supplier_entry_source", supplier_entry.c.source, supplier_entry.c.position, sqlite_where=supplier_entry.c.source != "")
Index("supplier_entry_product", supplier_entry.c.product_uid, supplier_entry.c.id, sqlite_where=supplier_entry.c.product_uid != "")
Index("supplier_entry_at", supplier_entry.c.at, sqlite_where=supplier_entry.c.kind == "paid")

supplier_balance = Table(
    "supplier_balance",
    metadata,
    # balance and entries are kept by a trigger on supplier_entry; due_at, that of the oldest open one, by supplier_work.py
    Column("supplier_uid", Text, primary_key=True),
    _int("balance", "0"),
    _int("entries", "0"),
    _int("due_at", "0"),
    sqlite_with_rowid=False,
)

account = Table(
    "account",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("name", None),
    Column("kind", Text, CheckConstraint("kind IN ('cash', 'bank')"), nullable=False),
    _int("active", "1"),
    _int("created_at", "0"),
    sqlite_with_rowid=False,
)

account_entry = Table(
    "account_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("account_uid", Text, ForeignKey("account.uid"), nullable=False),
    _int("at"),
    _int("amount"),
    _text("reason", None),
    _text("category"),
    _text("note"),
    _text("cashier"),
    _text("source"),
)
Index("account_entry_account", account_entry.c.account_uid, account_entry.c.at, account_entry.c.id)
Index("account_entry_at", account_entry.c.at)

account_balance = Table(
    "account_balance",
    metadata,
    # kept by a trigger on account_entry
    Column("account_uid", Text, primary_key=True),
    _int("balance", "0"),
    _int("entries", "0"),
    sqlite_with_rowid=False,
)
