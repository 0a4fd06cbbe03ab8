"""The facts' tables: sales, stock movements, the drawer; and the totals kept beside them. Append-only but for those totals (`triggers.py`).

Owns names, types, keys and indexes; holds no queries.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from pos.local_db.tables import int_column as _int
from pos.local_db.tables import metadata
from pos.local_db.tables import text_column as _text

# --- facts: sales --------------------------------------------------------------------------------------------------------

sale = Table(
    "sale",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    _int("epoch"),
    _int("seq"),
    _text("session_uid", None),
    _text("cashier"),
    _int("at"),
    _int("total"),
    _int("rounding", "0"),
    _text("kind", "sale"),
    _text("corrects"),
    _text("customer_uid"),
    UniqueConstraint("epoch", "seq"),
)
Index("sale_session", sale.c.session_uid)
Index("sale_at", sale.c.at)
Index("sale_corrects", sale.c.corrects, sqlite_where=sale.c.corrects != "")
Index("sale_customer", sale.c.customer_uid, sale.c.id, sqlite_where=sale.c.customer_uid != "")

sale_line = Table(
    "sale_line",
    metadata,
    Column("sale_id", Integer, ForeignKey("sale.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("product_uid", None),
    _text("unit_uid", None),
    _text("name", None),
    _text("unit_name", None),
    _int("factor"),
    _int("quantity"),
    _int("unit_price"),
    _int("discount", "0"),
    _int("amount"),
    Column("cost", Integer),
    # of a correction: the line of the sale that it takes back, and whether the goods are spoilt
    Column("corrects_line", Integer),
    _int("damaged", "0"),
    sqlite_with_rowid=False,
)

payment = Table(
    "payment",
    metadata,
    Column("sale_id", Integer, ForeignKey("sale.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("tender", None),
    _int("amount"),
    _int("received"),
    _int("change", "0"),
    _text("state", "paid"),
    _text("reference"),
    # notes that came into the drawer and left it: `50000:1 2000:-2`; empty where nobody counted
    _text("notes"),
    sqlite_with_rowid=False,
)

# --- facts: stock -----------------------------------------------------------------------------------------------------------

stock_movement = Table(
    "stock_movement",
    metadata,
    Column("cause", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("product_uid", None),
    _int("quantity"),
    _text("reason", None),
    _int("at"),
    # rupiah by which the worth of the stock changed, and what of it is cost of goods sold earlier (domain/costing.py);
    # NULL of what was booked before costs were kept
    Column("cost", Integer),
    _int("variance", "0"),
    sqlite_with_rowid=False,
)
Index("stock_movement_product", stock_movement.c.product_uid, stock_movement.c.at)
Index("stock_movement_variance", stock_movement.c.at, stock_movement.c.variance, sqlite_where=stock_movement.c.variance != 0)

stock = Table(
    "stock",
    metadata,
    Column("product_uid", Text, primary_key=True),
    # kept by a trigger on stock_movement
    _int("on_hand", "0"),
    _int("movements", "0"),
    # copied from the product, so that what is low can be an index; 0 for a product that is gone
    _int("min_stock", "0"),
    # rupiah that what is there has cost, kept by triggers on stock_movement and stock_revaluation
    _int("cost", "0"),
    sqlite_with_rowid=False,
)
Index("stock_low", stock.c.product_uid, sqlite_where=(stock.c.min_stock > 0) & (stock.c.on_hand < stock.c.min_stock))

total = Table(
    "total",
    metadata,
    # one row. The first four are kept by triggers: what digest, header and health page tell without counting
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    _int("sales", "0"),
    _int("movements", "0"),
    _int("on_hand", "0"),
    _int("waiting", "0"),
    # how far upkeep.py has come: sales in sale_search, print jobs and operations whose bytes were dropped
    _int("sales_indexed", "0"),
    _int("paper_emptied", "0"),
    _int("payload_epoch", "0"),
    _int("payload_seq", "0"),
)

# --- facts: the drawer ------------------------------------------------------------------------------------------------------

cash_session = Table(
    "cash_session",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("cashier"),
    _int("opened_at"),
    Column("float_amount", Integer, CheckConstraint("float_amount >= 0"), nullable=False),
    sqlite_with_rowid=False,
)
Index("cash_session_opened", cash_session.c.opened_at)

cash_session_close = Table(
    "cash_session_close",
    metadata,
    Column("session_uid", Text, ForeignKey("cash_session.uid"), primary_key=True),
    _int("at"),
    _int("expected"),
    _int("counted"),
    sqlite_with_rowid=False,
)

cash_movement = Table(
    "cash_movement",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("session_uid", Text, ForeignKey("cash_session.uid"), nullable=False),
    _int("at"),
    _int("amount"),
    _text("reason", None),
    _text("cashier"),
    _text("note"),
    # the order in which they happened, whatever the clock said
    _int("place", "0"),
    # what an expense was for
    _text("category"),
    sqlite_with_rowid=False,
)
Index("cash_movement_session", cash_movement.c.session_uid)

drawer = Table(
    "drawer",
    metadata,
    # kept by triggers on sale, payment and the tables above. At most one is open
    Column("session_uid", Text, primary_key=True),
    _int("open", "1"),
    _int("sales", "0"),
    _int("turnover", "0"),
    _int("cash", "0"),
    sqlite_with_rowid=False,
)
Index("drawer_one_open", drawer.c.open, unique=True, sqlite_where=drawer.c.open == 1)
