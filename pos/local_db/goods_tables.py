"""Tables beside the goods: every price that was ever told, pictures, what only this till knows of a product, twins. Holds no queries.

`price_change`, `product_merge` and `not_twin` are append-only (`triggers.py`). Moments are UTC ms, amounts rupiah.
"""

from __future__ import annotations

from sqlalchemy import BLOB, Column, Index, Integer, Table, Text

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

price_change = Table(
    "price_change",
    metadata,
    Column("id", Integer, primary_key=True),
    # 0: before the till kept them
    _int("at"),
    # who changed it; empty where nobody had signed in
    _text("actor"),
    _text("product_uid", None),
    _text("unit_uid", None),
    _text("unit_name", None),
    _int("factor"),
    _text("kind", None),
    _int("min_quantity"),
    _text("customer_group"),
    _int("starts_at"),
    # NULL: there was none, there is none any more
    Column("before", Integer),
    Column("amount", Integer),
)
Index("price_change_product", price_change.c.product_uid)

picture = Table(
    "picture",
    metadata,
    # the beginning of its SHA-256
    Column("name", Text, primary_key=True),
    Column("data", BLOB, nullable=False),
    _int("at"),
)

product_care = Table(
    "product_care",
    metadata,
    Column("product_uid", Text, primary_key=True),
    _int("tracks_expiry", "0"),
    sqlite_with_rowid=False,
)

product_merge = Table(
    "product_merge",
    metadata,
    Column("gone_uid", Text, primary_key=True),
    _text("kept_uid", None),
    _int("at"),
    _text("actor"),
    sqlite_with_rowid=False,
)

product_alias = Table(
    "product_alias",
    metadata,
    # kept: where each merged product's facts are summed, through all merges (check_goods.py)
    Column("product_uid", Text, primary_key=True),
    _text("kept_uid", None),
    sqlite_with_rowid=False,
)
Index("product_alias_kept", product_alias.c.kept_uid)

not_twin = Table(
    "not_twin",
    metadata,
    # the smaller uid first
    Column("one_uid", Text, primary_key=True),
    Column("other_uid", Text, primary_key=True),
    _int("at"),
    _text("actor"),
    sqlite_with_rowid=False,
)

code_claim = Table(
    "code_claim",
    metadata,
    # a code that a product was told with, and that another one holds
    Column("key", Text, primary_key=True),
    Column("product_uid", Text, primary_key=True),
    _text("unit_uid", None),
    _text("code", None),
    sqlite_with_rowid=False,
)
Index("code_claim_product", code_claim.c.product_uid)
