"""Tables of people and the drawer's day: who works here, counts by note, Z reports. Owns names, types, keys and indexes; holds no queries.

`drawer_count` and `z_report` are append-only (`triggers.py`). A change of a person is told in the audit log, which the check compares.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from pos.local_db.paying_tables import credit_entry
from pos.local_db.tables import audit, metadata
from pos.local_db.tables import int_column as _int
from pos.local_db.tables import text_column as _text

person = Table(
    "person",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("name", None),
    Column("role", Text, CheckConstraint("role IN ('cashier', 'owner', 'officer')"), nullable=False),
    # Argon2id in its own spelling; empty without a PIN
    _text("pin"),
    _int("active", "1"),
    _int("place", "0"),
    _int("created_at"),
    # wrong PINs in a row, and the machine's uptime in ms at the last one
    _int("failures", "0"),
    _int("failed_at", "0"),
    sqlite_with_rowid=False,
)

drawer_count = Table(
    "drawer_count",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("session_uid", Text, ForeignKey("cash_session.uid"), nullable=False),
    _int("at"),
    _text("cashier"),
    Column("total", Integer, CheckConstraint("total >= 0"), nullable=False),
    # JSON [[denomination, pieces], ...], the largest first
    _text("pieces", None),
    # the rows in the order they were counted, whatever the clock said
    _int("place"),
    # the last sale and cash movement before it
    _int("after_sale"),
    _int("after_movement"),
    sqlite_with_rowid=False,
)
Index("drawer_count_session", drawer_count.c.session_uid, drawer_count.c.place)

z_report = Table(
    "z_report",
    metadata,
    Column("number", Integer, CheckConstraint("number >= 1"), primary_key=True),
    Column("session_uid", Text, ForeignKey("cash_session_close.session_uid"), nullable=False, unique=True),
    _int("at"),
    _text("cashier"),
    _int("expected"),
    _int("counted"),
    _int("turnover"),
    # JSON of the whole report, as it was said
    _text("body", None),
)

Index("credit_entry_session", credit_entry.c.session_uid, sqlite_where=credit_entry.c.tender == "cash")
# what is looked for in the audit log: sales are its bulk, and stand in the history
Index("audit_notable", audit.c.id, sqlite_where=audit.c.action != "sale")
