"""Every table of the till's store, as SQLAlchemy Core. Owns names, types, keys and indexes; holds no queries.

Facts (sale, sale_line, payment, stock_movement, cash_*, audit) are append-only: triggers refuse UPDATE and DELETE.
Moments are UTC milliseconds, amounts rupiah, quantities base units, ids 32 hex digits. The kept total beside the movements
(`stock`) is written by a trigger on `stock_movement`, so that the two cannot part; `epeken-pos doctor` checks it.
"""

from __future__ import annotations

from typing import Final

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

metadata = MetaData()


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _int(name: str, default: str | None = None) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=default)


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
    # the place in the popularity order (smaller is sold more; see ranks.py), and the row id in product_search
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
    _int("sold", "0"),
)
Index("product_category", product.c.category, product.c.rank)

product_unit = Table(
    "product_unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("product_id", Integer, ForeignKey("product.id", ondelete="CASCADE"), nullable=False),
    _int("position"),
    _text("name", None),
    Column("factor", Integer, CheckConstraint("factor >= 1"), nullable=False),
    UniqueConstraint("product_id", "position"),
)

barcode = Table(
    "barcode",
    metadata,
    Column("key", Text, primary_key=True),
    Column("unit_id", Integer, ForeignKey("product_unit.id", ondelete="CASCADE"), nullable=False),
    _text("code", None),
    _text("verdict", "good"),
    sqlite_with_rowid=False,
)
Index("barcode_unit", barcode.c.unit_id)

price = Table(
    "price",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("product_unit.id", ondelete="CASCADE"), nullable=False),
    _text("kind", None),
    _int("min_quantity", "1"),
    _text("customer_group"),
    Column("amount", Integer, CheckConstraint("amount >= 0"), nullable=False),
    _int("starts_at", "0"),
    UniqueConstraint("unit_id", "kind", "min_quantity", "customer_group", "starts_at"),
)

# --- the counter -------------------------------------------------------------------------------------------------------

basket = Table(
    "basket",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("state", None),
    _text("label"),
    _int("started_at"),
    _int("cursor", "0"),
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
    UniqueConstraint("epoch", "seq"),
)
Index("sale_session", sale.c.session_uid)
Index("sale_at", sale.c.at)
Index("sale_total", sale.c.total)

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
    sqlite_with_rowid=False,
)
Index("stock_movement_product", stock_movement.c.product_uid, stock_movement.c.at)

stock = Table(
    "stock",
    metadata,
    Column("product_uid", Text, primary_key=True),
    _int("on_hand", "0"),
    _int("movements", "0"),
    sqlite_with_rowid=False,
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
    sqlite_with_rowid=False,
)
Index("cash_movement_session", cash_movement.c.session_uid)

# --- online orders: the server's state, and our own ticks beside it ---------------------------------------------------------

online_order = Table(
    "online_order",
    metadata,
    Column("uid", Text, primary_key=True),
    _text("number", None),
    _text("status", None),
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
    sqlite_with_rowid=False,
)
Index("online_order_status", online_order.c.status, online_order.c.placed_at)

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
    sqlite_with_rowid=False,
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

APPEND_ONLY: Final = (
    "sale",
    "sale_line",
    "payment",
    "stock_movement",
    "cash_session",
    "cash_session_close",
    "cash_movement",
    "pickup",
    "audit",
)

SEARCH_TABLE: Final = """
CREATE VIRTUAL TABLE product_search USING fts5(words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3')
"""
"""rowid = product.rank, words = name, brand, size and codes: results come in popularity order by row id, no ranking at query time."""


def triggers() -> list[str]:
    """DDL that keeps facts append-only and the stock total beside its movements."""
    ddl = [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    ddl.append(
        """CREATE TRIGGER stock_movement_kept AFTER INSERT ON stock_movement BEGIN
INSERT INTO stock (product_uid, on_hand, movements) VALUES (NEW.product_uid, NEW.quantity, 1)
  ON CONFLICT (product_uid) DO UPDATE SET on_hand = on_hand + excluded.on_hand, movements = movements + 1;
END"""
    )
    return ddl
