"""Every table of the central. Owns names, types, keys and indexes; holds no queries. `central/migrations` makes them.

Moments are UTC ms of the server's clock unless a name says otherwise, amounts rupiah, quantities base units, ids 32 hex digits. `shop`
leads every key, so that the tables partition by shop; only what finds the way to a shop stands outside: codes, tries, proofs, buyers.
What comes in bulk has no foreign keys: a fact about an unknown product is still a fact, and each key costs a look-up a row.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
_ID = BigInteger().with_variant(Integer, "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _int(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _key_text(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _key_int(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _of_shop() -> Column[int]:
    return _key_int("shop")


# --- the server itself, and the ways to a shop --------------------------------------------------------------------

server = Table(
    "server",
    metadata,
    _key_int("id"),
    # Ed25519 seed that signs chain heads and pickup codes, and the secret under nonces and hashed codes: 32 bytes each
    Column("signing_key", LargeBinary, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    _int("created_at"),
)

enrol_code = Table(
    "enrol_code",
    metadata,
    _key_text("digest"),
    _int("shop"),
    _int("expires_at"),
    # the device that redeemed it: it may ask again when the answer was lost, nobody else may
    _text("used_by"),
)

# wrong pairing codes by address (hashed) and over all, in one window of time
enrol_try = Table("enrol_try", metadata, _key_text("scope"), _key_int("time_window"), _int("tries"))

# proofs that were seen, as long as their nonce is good; unlogged on PostgreSQL
proof_seen = Table("proof_seen", metadata, _key_text("digest"), _int("expires_at"))
Index(None, proof_seen.c.expires_at)

buyer = Table(
    "buyer",
    metadata,
    _key_text("uid"),
    Column("token_digest", Text, nullable=False, unique=True),
    # first name and initial; the last four digits of the phone. Nothing more is kept
    _text("name"),
    _text("phone4"),
    _text("kind"),
    _int("created_at"),
)

# the buyer's own id of an order, which makes placing idempotent, and the way from a buyer to the order's shop
buyer_order = Table("buyer_order", metadata, _key_text("buyer"), _key_text("id"), _int("shop"), _text("order_uid"))
Index(None, buyer_order.c.buyer, buyer_order.c.order_uid, unique=True)

# --- shops and their devices ---------------------------------------------------------------------------------------

shop = Table(
    "shop",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    _text("name"),
    _text("address"),
    _int("cap_amount"),
    _int("cap_used"),
    # changes when the server had to go back in time: no cursor of before counts any more
    _text("timeline"),
    # the counter of the feed, and the newest change of each kind, so that an idle till costs no query
    _int("feed_seq"),
    _int("product_seq"),
    _int("movement_seq"),
    _int("order_seq"),
    _int("info_seq"),
    # tombstones up to here are gone
    _int("feed_floor"),
    # kept totals for the digest
    _int("products"),
    _int("movements"),
    _int("on_hand"),
    _int("open_orders"),
    _int("devices"),
    _int("orders"),
    # when the next order falls due; 0 is never
    _int("next_due_at"),
    _int("created_at"),
)

device = Table(
    "device",
    metadata,
    _of_shop(),
    _key_text("uid"),
    _text("name"),
    _text("program"),
    _text("prefix"),
    _text("thumbprint"),
    _text("public_key"),
    # the newest epoch that was given out
    _int("epoch"),
    _int("created_at"),
    _int("seen_at"),
    # 0: not revoked
    _int("revoked_at"),
    UniqueConstraint("shop", "prefix"),
    UniqueConstraint("shop", "thumbprint"),
    ForeignKeyConstraint(["shop"], ["shop.id"]),
)

# a device's operations under one epoch: the head of their hash chain. A fenced one takes nothing more
chain = Table(
    "chain",
    metadata,
    _of_shop(),
    _key_text("device"),
    _key_int("epoch"),
    _int("seq"),
    _text("head"),
    Column("fenced", Boolean, nullable=False),
)

token = Table("token", metadata, _of_shop(), _key_text("digest"), _text("kind"), _text("device"), _int("expires_at"))

# --- what tills told: the operations as they came, and what became of them ------------------------------------------

operation = Table(
    "operation",
    metadata,
    _of_shop(),
    _key_text("id"),
    _text("device"),
    _int("epoch"),
    _int("seq"),
    _text("kind"),
    # the till's clock
    _int("at"),
    _int("received_at"),
    Column("payload", LargeBinary, nullable=False),
    _text("payload_hash"),
    _text("status"),
    _text("code"),
    # words with spaces between
    _text("flags"),
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
    _of_shop(),
    _key_text("device"),
    _key_int("epoch"),
    _key_int("seq"),
    _text("id"),
    _text("kind"),
    _int("at"),
    _int("received_at"),
    Column("payload", LargeBinary, nullable=False),
    _text("payload_hash"),
    _text("code"),
)

# --- sales and the drawer -----------------------------------------------------------------------------------------------

sale = Table(
    "sale",
    metadata,
    _of_shop(),
    _key_text("uid"),
    _text("device"),
    _text("receipt"),
    _text("session"),
    _int("total"),
    _int("rounding"),
    _int("at"),
)

sale_line = Table(
    "sale_line",
    metadata,
    _of_shop(),
    _key_text("sale"),
    _key_int("position"),
    _text("product"),
    _text("unit"),
    _int("factor"),
    _int("quantity"),
    _int("unit_price"),
    _int("discount"),
    _int("amount"),
)

sale_payment = Table(
    "sale_payment",
    metadata,
    _of_shop(),
    _key_text("sale"),
    _key_int("position"),
    _text("tender"),
    _int("amount"),
    _int("received"),
    _int("change"),
)

# counted is NULL while the drawer is open
cash_session = Table(
    "cash_session",
    metadata,
    _of_shop(),
    _key_text("uid"),
    _text("device"),
    _text("cashier"),
    _int("opened_at"),
    _int("float_amount"),
    _int("closed_at"),
    _int("expected"),
    Column("counted", BigInteger),
)

# --- stock: movements only, with the sum of them kept beside ---------------------------------------------------------------

movement = Table(
    "movement",
    metadata,
    _of_shop(),
    _key_text("cause"),
    _key_int("position"),
    _text("product"),
    _int("quantity"),
    _text("reason"),
    _int("at"),
    # where it was booked first: that till is not told of it again
    _text("device"),
    _int("epoch"),
    _int("feed_seq"),
)
Index(None, movement.c.shop, movement.c.feed_seq, unique=True)

stock = Table("stock", metadata, _of_shop(), _key_text("product"), _int("on_hand"), _int("reserved"))

# --- goods ---------------------------------------------------------------------------------------------------------------------

# document: WireProduct as JSON, as it is told in the feed. listed: may be shown to buyers
product = Table(
    "product",
    metadata,
    _of_shop(),
    _key_text("uid"),
    _int("version"),
    _text("document"),
    Column("listed", Boolean, nullable=False),
    # 0: not deleted
    _int("deleted_at"),
    _int("feed_seq"),
)
Index(None, product.c.shop, product.c.feed_seq, unique=True)
Index("ix_product_listed", product.c.shop, postgresql_where=text("listed"), sqlite_where=text("listed"))

# every version that ever was, so that two edits can be laid over each other and both are kept
product_version = Table(
    "product_version", metadata, _of_shop(), _key_text("uid"), _key_int("version"), _text("document"), _text("device"), _int("at")
)

# --- online orders -----------------------------------------------------------------------------------------------------------------

online_order = Table(
    "online_order",
    metadata,
    _of_shop(),
    _key_text("uid"),
    _text("buyer_uid"),
    _text("number"),
    _text("status"),
    _int("version"),
    _text("buyer"),
    _text("buyer_phone4"),
    _text("buyer_kind"),
    _int("total"),
    Column("paid", Boolean, nullable=False),
    _int("placed_at"),
    _int("deadline_at"),
    # when the server itself moves it on; 0 in a final status
    _int("due_at"),
    _int("slot_from"),
    _int("slot_to"),
    _text("note"),
    _text("reason"),
    _text("short_code"),
    _text("pickup_code"),
    _text("flags"),
    # 0 until it is paid: the shop does not see it before
    _int("feed_seq"),
)
Index(None, online_order.c.shop, online_order.c.feed_seq)
Index(
    "ix_online_order_due",
    online_order.c.shop,
    online_order.c.due_at,
    postgresql_where=online_order.c.due_at > 0,
    sqlite_where=online_order.c.due_at > 0,
)

order_line = Table(
    "order_line",
    metadata,
    _of_shop(),
    _key_text("order_uid"),
    _key_int("position"),
    _text("product"),
    _text("name"),
    _text("unit"),
    _int("factor"),
    _int("quantity"),
    _int("unit_price"),
    _int("amount"),
    ForeignKeyConstraint(["shop", "order_uid"], ["online_order.shop", "online_order.uid"]),
)

# one winner a version: the key says so
order_event = Table(
    "order_event",
    metadata,
    _of_shop(),
    _key_text("order_uid"),
    _key_int("version"),
    _text("status"),
    # buyer | shop | server
    _text("actor"),
    _int("at"),
    ForeignKeyConstraint(["shop", "order_uid"], ["online_order.shop", "online_order.uid"]),
)
