"""Shops and their devices as an operator handles them: open a shop, find one, revoke a till, set a cap."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from central import tables
from central.shop_work import ShopWork
from central.world import World

CAP: Final = 30_000_000
"""Rupiah of online turnover above which a shop drops off the listing, unless an operator says otherwise (shop.md)."""
_s, _d, _t = tables.shop.c, tables.device.c, tables.token.c
_BY_UID: Final = select(_s.id).where(_s.uid == bindparam("uid"))


class NotFound(Exception):
    """No such shop or device."""


def add_shop(world: World, connection: Connection, name: str, address: str, cap_amount: int = CAP) -> str:
    """A new shop; returns its uid. Its feed begins with the shop itself."""
    uid = world.chance.id()
    zero = {column.name: 0 for column in tables.shop.columns if column.name not in ("id", "uid", "name", "address", "timeline")}
    row = {"uid": uid, "name": name, "address": address, "cap_amount": cap_amount, "timeline": world.chance.id()}
    connection.execute(insert(tables.shop), {**zero, **row, "feed_seq": 1, "info_seq": 1, "created_at": world.clock.now()})
    return uid


def find_shop(connection: Connection, uid: str) -> int:
    """The number of a shop. Raises NotFound."""
    shop: int | None = connection.scalar(_BY_UID, {"uid": uid})
    if shop is None:
        raise NotFound(f"there is no shop {uid}")
    return shop


def revoke(world: World, connection: Connection, shop: int, device: str) -> None:
    """End a till's access at once: it is told so in words, and its key can never be enrolled in this shop again.

    `device`: its uid or its prefix. Raises NotFound.
    """
    row = connection.execute(select(_d.uid).where(_d.shop == shop, (_d.uid == device) | (_d.prefix == device))).one_or_none()
    if row is None:
        raise NotFound(f"the shop has no till {device}")
    connection.execute(update(tables.device).where(_d.shop == shop, _d.uid == row.uid).values(revoked_at=world.clock.now()))


def set_cap(world: World, connection: Connection, shop: int, amount: int | None, restart: bool) -> None:
    """Change a shop's cap (rupiah, 0 is none), or begin a new period with nothing used. Its tills are told."""
    work = ShopWork.begin(connection, shop, world.clock.now())
    book = work.book
    if amount is not None:
        book.cap_amount = amount
    if restart:
        book.cap_used = 0
    book.info_seq = work.next_seq()
    work.finish()


def forget_tokens(connection: Connection, before: int) -> None:
    """Drop tokens that expired before a moment."""
    connection.execute(delete(tables.token).where(_t.expires_at < before))
