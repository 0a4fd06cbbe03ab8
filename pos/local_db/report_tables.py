"""Sums of sold days, kept so that a year is read as quickly as a day. Derived of the facts up to one sale; `rollups.py` fills them.

They are no facts: dropping all rows and filling them again gives the same (`check.py` compares). A `day` is the number of the business
day since 1 January 1970, `hour` that of the clock in Surabaya.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text

from pos.local_db.rollups import SUMS
from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata

report_hour = Table(
    "report_hour",
    metadata,
    Column("day", Integer, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("cashier", Text, primary_key=True),
    # costed: rupiah of the lines whose cost is known, corrections taken off like everywhere
    *(_int(name, "0") for name in SUMS),
    sqlite_with_rowid=False,
)

report_product = Table(
    "report_product",
    metadata,
    Column("day", Integer, primary_key=True),
    Column("product_uid", Text, primary_key=True),
    _int("quantity", "0"),
    _int("amount", "0"),
    _int("cost", "0"),
    _int("costed", "0"),
    sqlite_with_rowid=False,
)

report_tender = Table(
    "report_tender",
    metadata,
    Column("day", Integer, primary_key=True),
    Column("tender", Text, primary_key=True),
    _int("payments", "0"),
    _int("amount", "0"),
    sqlite_with_rowid=False,
)

report_mark = Table(
    "report_mark",
    metadata,
    # one row: the last sale that is in the sums, and the minute of the day at which their days begin
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    _int("sale_id", "0"),
    _int("cutoff", "0"),
)
