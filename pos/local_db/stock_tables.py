"""Tables of what is on the shelf beside its movements: changes of its worth, goods that came in, counts, and why goods left.

Owns names, types, keys and indexes; holds no queries. What is append-only stands in `triggers.py`; a count that was booked is no more
changed either (`stock_take_line_booked`).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

stock_revaluation = Table(
    "stock_revaluation",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("product_uid", None),
    # rupiah by which the worth of the stock changed, and what is cost of goods sold earlier
    _int("cost"),
    _int("variance", "0"),
    _text("reason", None),
    # the receipt that corrects, empty where somebody said a price
    _text("cause"),
    _int("at"),
)
Index("stock_revaluation_product", stock_revaluation.c.product_uid, stock_revaluation.c.at)

stock_note = Table(
    "stock_note",
    metadata,
    # why goods left the shelf unsold, in the words of who took them; by the cause of their movements
    Column("cause", Text, primary_key=True),
    _text("note"),
    _text("cashier"),
    _text("supplier_uid"),
    sqlite_with_rowid=False,
)

# --- goods that come in ---------------------------------------------------------------------------------------------------

receipt_draft = Table(
    "receipt_draft",
    metadata,
    Column("uid", Text, primary_key=True),
    _int("started_at"),
    _text("cashier"),
    _text("corrects"),
    _text("supplier_uid"),
    _text("paper"),
    _int("discount", "0"),
    _int("transport", "0"),
    # rupiah, or -1 for all of it (domain/receiving.py)
    _int("paid", "-1"),
    _text("paid_from", "drawer"),
    _int("due_at", "-1"),
    sqlite_with_rowid=False,
)
Index("receipt_draft_corrects", receipt_draft.c.corrects, unique=True, sqlite_where=receipt_draft.c.corrects != "")

receipt_draft_line = Table(
    "receipt_draft_line",
    metadata,
    Column("draft_uid", Text, ForeignKey("receipt_draft.uid", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("product_uid", None),
    _text("unit_uid", None),
    _text("name", None),
    _text("unit_name", None),
    Column("factor", Integer, CheckConstraint("factor >= 1"), nullable=False),
    _int("quantity"),
    Column("amount", Integer),
    Column("unit_cost", Integer),
    _int("expires_on", "0"),
    sqlite_with_rowid=False,
)
Index("receipt_draft_line_unit", receipt_draft_line.c.draft_uid, receipt_draft_line.c.unit_uid)

receipt = Table(
    "receipt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    _int("at"),
    _text("cashier"),
    # the receipt that it changes; what it says are differences then
    _text("corrects"),
    _text("supplier_uid"),
    _text("paper"),
    _int("discount", "0"),
    _int("transport", "0"),
    _int("total"),
    _int("paid", "0"),
    _text("paid_from", "drawer"),
    _int("due_at", "0"),
)
Index("receipt_at", receipt.c.at)
Index("receipt_corrects", receipt.c.corrects, sqlite_where=receipt.c.corrects != "")

receipt_line = Table(
    "receipt_line",
    metadata,
    Column("receipt_uid", Text, ForeignKey("receipt.uid"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("product_uid", None),
    _text("unit_uid", None),
    _text("name", None),
    _text("unit_name", None),
    _int("factor"),
    _int("quantity"),
    # rupiah on the supplier's paper, and with discount and transport
    _int("amount"),
    _int("cost"),
    _int("expires_on", "0"),
    # of its movement: an operation holds no more than some hundred lines
    _text("cause", None),
    sqlite_with_rowid=False,
)
Index("receipt_line_product", receipt_line.c.product_uid, receipt_line.c.receipt_uid)
Index("receipt_line_cause", receipt_line.c.cause)
Index("receipt_line_expires", receipt_line.c.expires_on, sqlite_where=receipt_line.c.expires_on > 0)

# --- goods that are counted ------------------------------------------------------------------------------------------------

stock_take = Table(
    "stock_take",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("part", None),
    _text("name"),
    _int("started_at"),
    _text("cashier"),
    _int("posted_at", "0"),
    sqlite_with_rowid=False,
)
Index("stock_take_started", stock_take.c.started_at)

stock_take_line = Table(
    "stock_take_line",
    metadata,
    Column("take_uid", Text, ForeignKey("stock_take.uid", ondelete="CASCADE"), primary_key=True),
    Column("product_uid", Text, primary_key=True),
    _text("unit_name"),
    _int("factor", "1"),
    _int("counted"),
    _int("seen"),
    _int("first_at"),
    _int("last_at"),
    # of its movement, once it is booked
    _text("cause"),
    sqlite_with_rowid=False,
)
Index("stock_take_line_cause", stock_take_line.c.cause, sqlite_where=stock_take_line.c.cause != "")
