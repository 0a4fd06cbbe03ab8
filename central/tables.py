"""Every table of the central. Owns names, types, keys and indexes; holds no queries. `central/migrations` makes them.

Moments are UTC ms of the server's clock unless a name says otherwise, amounts rupiah, quantities base units, ids 32 hex digits. `shop`
leads every key, so that the tables partition by shop; only what finds the way to a shop stands outside: codes, tries, proofs, buyers.
What comes in bulk has no foreign keys: a fact about an unknown product is still a fact, and each key costs a look-up a row.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Table, Text, UniqueConstraint, text

from central.columns import ID, key_number, key_words, metadata, number, of_shop, raw, words
from central.money_tables import cash_movement, credit_entry, deposit_entry, qris, tender_event
from central.news_tables import news, release, server_key, set_aside
from central.order_tables import online_order, order_event, order_line
from central.people_tables import device_grant, officer, officer_shop

__all__ = [
    "buyer",
    "buyer_order",
    "cash_movement",
    "cash_session",
    "chain",
    "credit_entry",
    "deposit_entry",
    "device",
    "device_grant",
    "enrol_code",
    "enrol_try",
    "incident",
    "metadata",
    "movement",
    "news",
    "officer",
    "officer_shop",
    "online_order",
    "operation",
    "order_event",
    "order_line",
    "product",
    "product_version",
    "proof_seen",
    "qris",
    "release",
    "sale",
    "sale_line",
    "sale_payment",
    "server",
    "server_key",
    "set_aside",
    "shop",
    "stock",
    "tender_event",
    "token",
]

# --- the server itself, and the ways to a shop --------------------------------------------------------------------

server = Table(
    "server",
    metadata,
    key_number("id"),
    # 32 bytes under nonces and hashed codes
    raw("secret"),
    number("created_at"),
    # changes whenever the database is found anew: see `incarnations`
    words("incarnation"),
)

enrol_code = Table(
    "enrol_code",
    metadata,
    key_words("digest"),
    number("shop"),
    number("expires_at"),
    # the device that redeemed it: it may ask again when the answer was lost, nobody else may
    words("used_by"),
)

# wrong pairing codes by address (hashed) and over all, in one window of time
enrol_try = Table("enrol_try", metadata, key_words("scope"), key_number("time_window"), number("tries"))

# proofs that were seen, as long as their nonce is good; unlogged on PostgreSQL
proof_seen = Table("proof_seen", metadata, key_words("digest"), number("expires_at"))
Index(None, proof_seen.c.expires_at)

buyer = Table(
    "buyer",
    metadata,
    key_words("uid"),
    Column("token_digest", Text, nullable=False, unique=True),
    # first name and initial; the last four digits of the phone. Nothing more is kept
    words("name"),
    words("phone4"),
    words("kind"),
    number("created_at"),
)

# the buyer's own id of an order, which makes placing idempotent, and the way from a buyer to the order's shop
buyer_order = Table("buyer_order", metadata, key_words("buyer"), key_words("id"), number("shop"), words("order_uid"))
Index(None, buyer_order.c.buyer, buyer_order.c.order_uid, unique=True)

# --- shops and their devices ---------------------------------------------------------------------------------------

shop = Table(
    "shop",
    metadata,
    Column("id", ID, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    words("name"),
    words("address"),
    number("cap_amount"),
    number("cap_used"),
    # changes when the server had to go back in time: no cursor of before counts any more
    words("timeline"),
    # which incarnation of the server told the feed from where on
    words("marks"),
    # the counter of the feed, and the newest change of each kind, so that an idle till costs no query
    number("feed_seq"),
    number("product_seq"),
    number("movement_seq"),
    number("order_seq"),
    number("info_seq"),
    number("news_seq"),
    # tombstones up to here are gone
    number("feed_floor"),
    # kept totals for the digest
    number("products"),
    number("movements"),
    number("on_hand"),
    number("open_orders"),
    # of every price: see `price_mark`
    number("prices"),
    number("devices"),
    number("orders"),
    # when the next order, and the next QR, falls due; 0 is never
    number("next_due_at"),
    number("next_qris_at"),
    number("created_at"),
    # since when cap_used is counted
    number("cap_from"),
    # the acquirer's static QR, from which one for an amount is made; empty: the shop has none
    words("qris_static"),
)

device = Table(
    "device",
    metadata,
    of_shop(),
    key_words("uid"),
    words("name"),
    words("program"),
    words("prefix"),
    words("thumbprint"),
    words("public_key"),
    # the newest epoch that was given out
    number("epoch"),
    number("created_at"),
    number("seen_at"),
    # 0: not revoked
    number("revoked_at"),
    UniqueConstraint("shop", "prefix"),
    UniqueConstraint("shop", "thumbprint"),
    ForeignKeyConstraint(["shop"], ["shop.id"]),
)

# a device's operations under one epoch: the head of their hash chain. A fenced one takes nothing more
chain = Table(
    "chain",
    metadata,
    of_shop(),
    key_words("device"),
    key_number("epoch"),
    number("seq"),
    words("head"),
    Column("fenced", Boolean, nullable=False),
    # the newest booked time: the next one is not before it
    number("booked_at"),
)

token = Table("token", metadata, of_shop(), key_words("digest"), words("kind"), words("device"), number("expires_at"))

# --- what tills told: the operations as they came, and what became of them ------------------------------------------

operation = Table(
    "operation",
    metadata,
    of_shop(),
    key_words("id"),
    words("device"),
    number("epoch"),
    number("seq"),
    words("kind"),
    # the till's clock
    number("at"),
    number("received_at"),
    raw("payload"),
    words("payload_hash"),
    words("status"),
    words("code"),
    # words with spaces between
    words("flags"),
    # `at` within limits (docs/protocol.md, Time): what reports go by
    number("booked_at"),
    UniqueConstraint("shop", "device", "epoch", "seq"),
)
Index(
    "ix_operation_quarantined",
    operation.c.shop,
    operation.c.received_at,
    postgresql_where=operation.c.status == "quarantined",
    sqlite_where=operation.c.status == "quarantined",
)

# operations that could not have their id: it is no id, or another content has it already. Kept for a person to look at
incident = Table(
    "incident",
    metadata,
    of_shop(),
    key_words("device"),
    key_number("epoch"),
    key_number("seq"),
    words("id"),
    words("kind"),
    number("at"),
    number("received_at"),
    raw("payload"),
    words("payload_hash"),
    words("code"),
)

# --- sales and the drawer -----------------------------------------------------------------------------------------------

sale = Table(
    "sale",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("receipt"),
    words("session"),
    number("total"),
    number("rounding"),
    # booked time
    number("at"),
    # sale, void, refund; the last two correct another sale
    words("kind"),
    words("corrects"),
    words("cashier"),
    # a random id, never a name
    words("customer"),
)
Index(
    "ix_sale_corrects",
    sale.c.shop,
    sale.c.corrects,
    postgresql_where=sale.c.corrects != "",
    sqlite_where=sale.c.corrects != "",
)

sale_line = Table(
    "sale_line",
    metadata,
    of_shop(),
    key_words("sale"),
    key_number("position"),
    words("product"),
    words("unit"),
    number("factor"),
    number("quantity"),
    number("unit_price"),
    number("discount"),
    number("amount"),
)

sale_payment = Table(
    "sale_payment",
    metadata,
    of_shop(),
    key_words("sale"),
    key_number("position"),
    words("tender"),
    number("amount"),
    number("received"),
    number("change"),
    words("state"),
    words("reference"),
)

# counted is NULL while the drawer is open
cash_session = Table(
    "cash_session",
    metadata,
    of_shop(),
    key_words("uid"),
    words("device"),
    words("cashier"),
    number("opened_at"),
    number("float_amount"),
    number("closed_at"),
    number("expected"),
    Column("counted", BigInteger),
    number("z_number"),
    # [[value, count], ...]
    words("notes"),
)

# --- stock: movements only, with the sum of them kept beside ---------------------------------------------------------------

movement = Table(
    "movement",
    metadata,
    of_shop(),
    key_words("cause"),
    key_number("position"),
    words("product"),
    number("quantity"),
    words("reason"),
    number("at"),
    # where it was booked first: that till is not told of it again
    words("device"),
    number("epoch"),
    number("feed_seq"),
)
Index(None, movement.c.shop, movement.c.feed_seq, unique=True)

# known: the product itself was told, too
stock = Table(
    "stock",
    metadata,
    of_shop(),
    key_words("product"),
    number("on_hand"),
    number("reserved"),
    Column("known", Boolean, nullable=False),
)

# --- goods ---------------------------------------------------------------------------------------------------------------------

# document: WireProduct as JSON, as it is told in the feed. listed: may be shown to buyers
product = Table(
    "product",
    metadata,
    of_shop(),
    key_words("uid"),
    number("version"),
    words("document"),
    Column("listed", Boolean, nullable=False),
    # 0: not deleted
    number("deleted_at"),
    number("feed_seq"),
)
Index(None, product.c.shop, product.c.feed_seq, unique=True)
Index("ix_product_listed", product.c.shop, postgresql_where=text("listed"), sqlite_where=text("listed"))

# every version that ever was, so that two edits can be laid over each other and both are kept
product_version = Table(
    "product_version", metadata, of_shop(), key_words("uid"), key_number("version"), words("document"), words("device"), number("at")
)
