"""Tables of online orders: as they are now, their lines, and each step that made a version. See `central.tables`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Table

from central.columns import key_number, key_words, metadata, number, of_shop, words

online_order = Table(
    "online_order",
    metadata,
    of_shop(),
    key_words("uid"),
    words("buyer_uid"),
    words("number"),
    words("status"),
    number("version"),
    words("buyer"),
    words("buyer_phone4"),
    words("buyer_kind"),
    number("total"),
    Column("paid", Boolean, nullable=False),
    number("placed_at"),
    number("deadline_at"),
    # when the server itself moves it on; 0 in a final status
    number("due_at"),
    number("slot_from"),
    number("slot_to"),
    words("note"),
    words("reason"),
    words("short_code"),
    words("pickup_code"),
    words("flags"),
    # 0 until it is paid: the shop does not see it before
    number("feed_seq"),
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
    of_shop(),
    key_words("order_uid"),
    key_number("position"),
    words("product"),
    words("name"),
    words("unit"),
    number("factor"),
    number("quantity"),
    number("unit_price"),
    number("amount"),
    ForeignKeyConstraint(["shop", "order_uid"], ["online_order.shop", "online_order.uid"]),
)

# one winner a version: the key says so
order_event = Table(
    "order_event",
    metadata,
    of_shop(),
    key_words("order_uid"),
    key_number("version"),
    words("status"),
    # buyer | shop | server
    words("actor"),
    number("at"),
    ForeignKeyConstraint(["shop", "order_uid"], ["online_order.shop", "online_order.uid"]),
)
