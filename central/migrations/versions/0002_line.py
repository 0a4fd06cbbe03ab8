"""The whole line: business time, corrections, money beside sales, news in the feed, officers, device grants, keys with names.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ADDED = {
    "shop": ("news_seq", "prices", "next_qris_at", "cap_from"),
    "chain": ("booked_at",),
    "operation": ("booked_at",),
    "cash_session": ("z_number",),
}
_ADDED_WORDS = {
    "shop": {"qris_static": ""},
    "sale": {"kind": "sale", "corrects": "", "cashier": "", "customer": ""},
    "sale_payment": {"state": "paid", "reference": ""},
    "cash_session": {"notes": "[]"},
}


def upgrade() -> None:
    for table, names in _ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    for table, defaults in _ADDED_WORDS.items():
        for name, default in defaults.items():
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.add_column("stock", sa.Column("known", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_sale_corrects",
        "sale",
        ["shop", "corrects"],
        postgresql_where=sa.text("corrects != ''"),
        sqlite_where=sa.text("corrects != ''"),
    )
    _new_tables()
    _carry_over()
    op.drop_column("server", "signing_key")


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _table(name: str, columns: list[sa.Column[object]], key: tuple[str, ...], *more: sa.Constraint) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *more)


def _fact(name: str, *columns: sa.Column[object]) -> None:
    _table(name, [_number("shop"), _words("uid"), _words("device"), *columns, _number("at")], ("shop", "uid"))


def _new_tables() -> None:
    _fact("cash_movement", _words("session"), _number("amount"), _words("reason"))
    _fact("tender_event", _words("sale"), _number("position"), _words("state"), _words("reference"))
    credit = [_words("customer"), _number("amount"), *map(_words, ("reason", "tender", "session", "sale"))]
    _fact("credit_entry", *credit)
    _fact("deposit_entry", _words("customer"), _words("product"), _number("quantity"), _number("amount"), _words("session"))
    _fact("set_aside", _words("operation"), _words("kind"), _words("code"), _words("payload_hash"), _number("size"))
    named = [_number("shop"), *map(_words, ("uid", "device")), _number("amount")]
    named += [*map(_words, ("reference", "payload", "nmid", "merchant", "state")), *map(_number, ("issued_at", "expires_at", "settled_at"))]
    _table("qris", named, ("shop", "uid"))
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_qris_waiting", "qris", ["shop", "expires_at"], postgresql_where=waiting, sqlite_where=waiting)
    news = [_number("shop"), _words("kind"), _words("key"), _number("feed_seq"), _number("at"), _words("document")]
    _table("news", news, ("shop", "kind", "key"))
    op.create_index("ix_news_shop_feed_seq", "news", ["shop", "feed_seq"], unique=True)
    release = [_number("shop"), _words("device"), _number("epoch"), _number("seq"), _words("operation")]
    release += [*map(_words, ("state", "code", "flags", "actor")), _number("at")]
    _table("release", release, ("shop", "device", "epoch", "seq"))
    keys = [_words("id"), sa.Column("seed", sa.LargeBinary(), nullable=False), _number("created_at"), _number("retired_at")]
    _table("server_key", keys, ("id",))
    people = [*map(_words, ("uid", "token_digest", "name", "role")), _number("created_at"), _number("revoked_at")]
    _table("officer", people, ("uid",), sa.UniqueConstraint("token_digest", name="uq_officer_token_digest"))
    _table("officer_shop", [_words("officer"), _number("shop")], ("officer", "shop"))
    grant = [*map(_words, ("digest", "user_digest", "public_key", "thumbprint", "device_name", "program", "state")), _number("shop")]
    grant += [_words("device"), _words("decided_by"), *map(_number, ("expires_at", "interval", "polled_at"))]
    _table("device_grant", grant, ("digest",), sa.UniqueConstraint("user_digest", name="uq_device_grant_user_digest"))
    op.create_index("ix_device_grant_expires_at", "device_grant", ["expires_at"])


def _carry_over() -> None:
    """What the new columns hold for what was there before."""
    op.execute("INSERT INTO server_key (id, seed, created_at, retired_at) SELECT '', signing_key, created_at, 0 FROM server")
    op.execute("UPDATE operation SET booked_at = at")
    op.execute("UPDATE shop SET cap_from = created_at")
    op.execute(
        "INSERT INTO stock (shop, product, on_hand, reserved) SELECT shop, uid, 0, 0 FROM product WHERE true"
        " ON CONFLICT (shop, product) DO NOTHING"
    )
    op.execute("UPDATE stock SET known = EXISTS (SELECT 1 FROM product WHERE product.shop = stock.shop AND product.uid = stock.product)")
    connection = op.get_bind()
    prices: dict[int, int] = {}
    for shop, uid, document in connection.execute(sa.text("SELECT shop, uid, document FROM product WHERE deleted_at = 0")):
        prices[shop] = (prices.get(shop, 0) + _marks(uid, json.loads(document))) % 2**48
    for shop, total in prices.items():
        connection.execute(sa.text("UPDATE shop SET prices = :total WHERE id = :shop"), {"total": total, "shop": shop})


def _marks(uid: str, product: dict[str, object]) -> int:
    """As `price_mark` was when this script was written: a script does not change with the program."""
    total = 0
    for unit in product.get("units", ()):  # type: ignore[attr-defined]
        for price in unit.get("prices", ()):
            named = (uid, unit["uid"], unit["factor"], price["kind"], price.get("group", ""), price.get("min_quantity", 1))
            text = "\n".join(map(str, (*named, price.get("starts_at", 0), price["amount"])))
            total += zlib.crc32(text.encode())
    return total
