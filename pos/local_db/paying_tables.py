"""Tables of money that is not simply handed over: customers and what they owe, titipan, QRIS, tenders that became surer, exchanges.

Owns names, types, keys and indexes; holds no queries. `credit_entry` and `tender_settled` are append-only; `credit_balance` and `titipan`
are totals kept beside facts (`triggers.py`), recomputed by `check.py`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

customer = Table(
    "customer",
    metadata,
    # the row id in customer_search
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    _text("name", None),
    # the name as lists are ordered by it
    _text("sorted", None),
    _text("phone4"),
    _text("price_group"),
    Column("credit_limit", Integer, CheckConstraint("credit_limit >= 0"), nullable=False, server_default="0"),
    _int("due_days", "0"),
    _text("note"),
    _int("active", "1"),
    _int("created_at", "0"),
)
Index("customer_sorted", customer.c.active, customer.c.sorted, customer.c.id)
Index("customer_group", customer.c.price_group, sqlite_where=customer.c.price_group != "")

credit_entry = Table(
    "credit_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    # of a sale or a correction its own uid, else that of the operation
    Column("uid", Text, nullable=False, unique=True),
    _text("customer_uid", None),
    _text("kind", None),
    _int("at"),
    _text("number"),
    # rupiah owed more (positive) or less
    _int("amount"),
    _int("due_at", "0"),
    _text("sale_uid"),
    _text("tender"),
    _int("received", "0"),
    _int("change", "0"),
    _text("session_uid"),
    _text("cashier"),
    _text("reference"),
)
Index("credit_entry_customer", credit_entry.c.customer_uid, credit_entry.c.id)

credit_balance = Table(
    "credit_balance",
    metadata,
    # balance and entries are kept by a trigger on credit_entry; due_at, that of the oldest open debt, by paying_work.py
    Column("customer_uid", Text, primary_key=True),
    _int("balance", "0"),
    _int("entries", "0"),
    _int("due_at", "0"),
    sqlite_with_rowid=False,
)
Index("credit_balance_owed", credit_balance.c.balance, sqlite_where=credit_balance.c.balance > 0)
Index("credit_balance_due", credit_balance.c.due_at, sqlite_where=credit_balance.c.due_at > 0)

titipan = Table(
    "titipan",
    metadata,
    # kept by a trigger on payment. A customer's uid, or that of the sale whose change it was
    Column("holder", Text, primary_key=True),
    _int("amount", "0"),
    _int("at", "0"),
    sqlite_with_rowid=False,
)
Index("titipan_open", titipan.c.at, sqlite_where=titipan.c.amount != 0)

tender_settled = Table(
    "tender_settled",
    metadata,
    # a payment's state after the sale: the latest one counts
    Column("sale_uid", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    _text("state", None),
    _text("reference"),
    _int("at"),
    sqlite_with_rowid=False,
)

qris_request = Table(
    "qris_request",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("basket_uid"),
    _int("amount"),
    _text("payload"),
    _text("source", None),
    _text("nmid"),
    _text("merchant"),
    _int("issued_at"),
    _int("expires_at", "0"),
    _text("state", "waiting"),
    _int("state_at", "0"),
    _text("confirmed_by"),
    _text("sale_uid"),
    # what became of late money: '' | used | returned_cash | returned_transfer
    _text("late"),
    sqlite_with_rowid=False,
)
Index("qris_basket", qris_request.c.basket_uid, qris_request.c.issued_at, sqlite_where=qris_request.c.sale_uid == "")
Index("qris_waiting", qris_request.c.issued_at, sqlite_where=qris_request.c.state == "waiting")
Index(
    "qris_loose",
    qris_request.c.state_at,
    sqlite_where=qris_request.c.state.in_(("paid", "paid_late")) & (qris_request.c.sale_uid == "") & (qris_request.c.late == ""),
)
Index("qris_late", qris_request.c.state_at, sqlite_where=qris_request.c.late != "")

basket_exchange = Table(
    "basket_exchange",
    metadata,
    # goods of an earlier sale that come back when this basket is paid. `lines`: JSON [[position, base units, damaged], ...]
    Column("basket_uid", Text, ForeignKey("basket.uid", ondelete="CASCADE"), primary_key=True),
    _text("sale_uid", None),
    _text("number"),
    _text("lines", None),
    _int("amount"),
    sqlite_with_rowid=False,
)
