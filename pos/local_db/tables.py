"""The till's tables as SQLAlchemy Core: who we are, goods, baskets, orders, outbox, paper, audit. The facts are in `fact_tables.py`.

Owns names, types, keys and indexes; holds no queries. Moments are UTC milliseconds, amounts rupiah, quantities base units, ids 32 hex
digits. What the file does by itself (append-only facts, kept totals, the searches) stands in `triggers.py`. A change in any of the three
needs a migration; a test compares them.
"""

from __future__ import annotations

from sqlalchemy import (
    BLOB,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from pos.local_db.units import UNITS_PER_PRODUCT

metadata = MetaData()


def text_column(name: str, default: str | None = "") -> Column[str]:
    """Text that is always there; no default with None."""
    return Column(name, Text, nullable=False, server_default=default)


def int_column(name: str, default: str | None = None) -> Column[int]:
    """A whole number that is always there."""
    return Column(name, Integer, nullable=False, server_default=default)


_text, _int = text_column, int_column

# --- who we are, and how far the line has come ------------------------------------------------------------------

shop = Table(
    "shop",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    _text("uid"),
    _text("name"),
    _text("address"),
    _text("cashier"),
    _text("device"),
    _text("prefix", None),
    _int("epoch", "0"),
    _text("timeline"),
    _text("server_key"),
    _text("central_url"),
    _int("paired_at", "0"),
    _int("cap_amount", "0"),
    _int("cap_used", "0"),
    _text("cursor"),
    _int("acked_seq", "0"),
    _text("acked_hash"),
    _int("last_success_at", "0"),
    _int("digest_ok", "1"),
    _int("clock_offset", "0"),
)

setting = Table("setting", metadata, Column("key", Text, primary_key=True), _text("value", None), sqlite_with_rowid=False)

# --- goods ----------------------------------------------------------------------------------------------------------

product = Table(
    "product",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    # the place in the popularity order (smaller is sold more, negative when deleted; see ranks.py), and the row id in product_search
    Column("rank", Integer, nullable=False, unique=True),
    _text("name", None),
    _text("category"),
    _text("brand"),
    _text("size"),
    _text("drawing"),
    _text("base_unit", "pcs"),
    _int("sell_unit", "0"),
    _int("cost_total", "0"),
    _int("cost_quantity", "0"),
    _int("min_stock", "0"),
    _int("online_buffer", "0"),
    _int("listed_online", "0"),
    _text("regulation", "none"),
    _int("needs_review", "0"),
    _int("deleted", "0"),
    _int("version", "0"),
    # of its units, any has a barcode
    _int("coded", "0"),
    # in how many lines of the latest sales it stands (ranks.py)
    _int("sold", "0"),
    # sum of its prices' marks as it was told (domain/marks.py)
    _int("marks", "0"),
    # whose goods they are until they are sold; empty for the shop's own
    _text("consignor_uid"),
    # name of its photo (goods_tables.py), empty for none; put_products leaves it as it is
    _text("picture"),
)
Index("product_consignor", product.c.consignor_uid, product.c.rank, sqlite_where=product.c.consignor_uid != "")
Index("product_category", product.c.category, product.c.rank)
Index("product_sold", product.c.sold, sqlite_where=product.c.sold > 0)
Index("product_review", product.c.rank, sqlite_where=product.c.needs_review == 1)
Index("product_uncoded", product.c.rank, sqlite_where=product.c.coded == 0)
Index("product_unlisted", product.c.rank, sqlite_where=product.c.listed_online == 0)

product_unit = Table(
    "product_unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    _int("product_id"),
    _int("position"),
    _text("name", None),
    Column("factor", Integer, CheckConstraint("factor >= 1"), nullable=False),
    CheckConstraint(f"id = product_id * {UNITS_PER_PRODUCT} + position AND position BETWEEN 0 AND {UNITS_PER_PRODUCT - 1}"),
)

barcode = Table(
    "barcode",
    metadata,
    Column("key", Text, primary_key=True),
    Column("unit_id", Integer, ForeignKey("product_unit.id", ondelete="CASCADE"), nullable=False),
    _text("code", None),
    _text("verdict", "good"),
    _int("position", "0"),
    sqlite_with_rowid=False,
)
Index("barcode_unit", barcode.c.unit_id)

price = Table(
    "price",
    metadata,
    Column("unit_id", Integer, ForeignKey("product_unit.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("min_quantity", Integer, primary_key=True, server_default="1"),
    Column("customer_group", Text, primary_key=True, server_default=""),
    Column("starts_at", Integer, primary_key=True, server_default="0"),
    Column("amount", Integer, CheckConstraint("amount >= 0"), nullable=False),
    sqlite_with_rowid=False,
)

goods_total = Table(
    "goods_total",
    metadata,
    # kept by goods.py with every change of a product: kind `filter` (name of a GoodsFilter) or `category`
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    _int("products", "0"),
    sqlite_with_rowid=False,
)

# --- the counter -------------------------------------------------------------------------------------------------------

basket = Table(
    "basket",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("state", None),
    _text("label"),
    _int("started_at"),
    # steps first_step..last_step are kept in basket_change; those up to cursor are done, the others taken back
    _int("cursor", "0"),
    _int("first_step", "1"),
    _int("last_step", "0"),
    _text("customer_uid"),
    _text("customer_name"),
    _text("customer_group"),
    # JSON [kind, value, reason, most] of a discount on the whole of it; empty for none
    _text("off"),
    # which of those put aside, and since when
    _int("number", "0"),
    _int("held_at", "0"),
    sqlite_with_rowid=False,
)
Index("basket_one_open", basket.c.state, unique=True, sqlite_where=basket.c.state == "open")

basket_line = Table(
    "basket_line",
    metadata,
    Column("basket_uid", Text, ForeignKey("basket.uid", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("uid", None),
    _text("product_uid", None),
    _text("unit_uid", None),
    _text("name", None),
    _text("unit_name", None),
    _int("factor"),
    _int("quantity"),
    _int("unit_price"),
    _int("discount", "0"),
    _text("category"),
    _text("drawing"),
    _text("price_kind", "retail"),
    _int("price_from", "1"),
    Column("next_quantity", Integer),
    Column("next_amount", Integer),
    # base units on the shelf when the line was last touched
    Column("on_hand", Integer),
    _text("price_group"),
    # what the price rules say, where a person or the label of a scale said otherwise
    Column("instead_of", Integer),
    # JSON like basket.off: this line's own discount; `share` is its part of the basket's. `discount` is both
    _text("own"),
    _int("share", "0"),
    _text("base_unit", "pcs"),
    _text("regulation", "none"),
    sqlite_with_rowid=False,
)

basket_change = Table(
    "basket_change",
    metadata,
    Column("basket_uid", Text, ForeignKey("basket.uid", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    # JSON [first position, rows]: the rows that left and the rows that came there; undo puts `before` back, redo `after`
    _text("before", None),
    _text("after", None),
    sqlite_with_rowid=False,
)

# --- online orders: the server's state, and our own ticks beside it ---------------------------------------------------------

online_order = Table(
    "online_order",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("number", None),
    _text("status", None),
    # the status is one of the final ones: off the board
    _int("final", "0"),
    _int("version"),
    _text("buyer"),
    _text("buyer_phone4"),
    _text("buyer_kind"),
    _int("total"),
    _int("paid", "0"),
    _int("placed_at"),
    _int("deadline_at", "0"),
    _int("slot_from", "0"),
    _int("slot_to", "0"),
    _text("note"),
    _text("reason"),
    _text("pickup_code"),
    _text("short_code"),
    _text("flags", "[]"),
    _text("pending"),
    _int("seen", "0"),
    # `step:code` of the shop's last step that the server did not take, until someone has seen it
    _text("lost"),
    sqlite_with_rowid=False,
)
Index("online_order_status", online_order.c.status)
Index("online_order_final", online_order.c.final, online_order.c.placed_at)

online_order_line = Table(
    "online_order_line",
    metadata,
    Column("order_uid", Text, ForeignKey("online_order.uid", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("product_uid", None),
    _text("name", None),
    _text("unit_name", None),
    _int("factor"),
    _int("quantity"),
    _int("unit_price"),
    _int("amount"),
    _int("on_shelf", "0"),
    _int("packed", "0"),
    sqlite_with_rowid=False,
)

pickup = Table(
    "pickup",
    metadata,
    Column("order_uid", Text, primary_key=True),
    _text("operation", None),
    _int("at"),
    sqlite_with_rowid=False,
)

# --- what waits for the line, and for paper ----------------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("kind", None),
    _int("at"),
    Column("payload", BLOB, nullable=False),
    _text("payload_hash", None),
    _text("chain_hash", None),
    # waiting | applied | refused | quarantined
    _text("state", "waiting"),
    _text("code"),
    _int("acked_at", "0"),
    # with row ids: rows as long as these would lie only two thirds full in their pages
)
Index("outbox_state", outbox.c.state, outbox.c.epoch, outbox.c.seq)

print_job = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("kind", None),
    _text("document", None),
    _int("copy", "0"),
    _text("printer", None),
    Column("data", BLOB, nullable=False),
    _text("sha256", None),
    _text("state", "queued"),
    _int("created_at"),
    _int("attempts", "0"),
    Column("sent_at", Integer),
    _text("evidence"),
    Column("expires_at", Integer),
    _int("max_attempts", "0"),
    # the printer that it goes to, where that is another
    _text("target"),
    _int("state_at", "0"),
    UniqueConstraint("kind", "document", "copy", "printer"),
)
Index("print_job_state", print_job.c.state, print_job.c.id)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    _int("at"),
    _text("actor"),
    _text("action", None),
    _text("subject"),
    _text("details"),
    _text("prev_hash", None),
    _text("hash", None),
)
