"""Tables of what is on the shelf beside its movements: changes of its worth.

Owns names, types, keys and indexes; holds no queries. What is append-only stands in `triggers.py`.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

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
