"""Shops and their devices as an operator handles them: open a shop, find one, revoke a till, set a cap."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from central import keys, tables
from central.qris_text import QrisText
from central.shop_work import ShopWork
from central.world import World
from pos.sync.protocol import Change, ChangeKind

CAP: Final = 30_000_000
"""Rupiah of online turnover above which a shop drops off the listing, unless an operator says otherwise (shop.md)."""
_s, _d, _t = tables.shop.c, tables.device.c, tables.token.c
KEYS: Final = "server"
"""The uid under which the feed tells of the server's keys."""
_BY_UID: Final = select(_s.id).where(_s.uid == bindparam("uid"))


class NotFound(Exception):
    """No such shop or device."""


def add_shop(world: World, connection: Connection, name: str, address: str, cap_amount: int = CAP) -> str:
    """A new shop; returns its uid. Its feed begins with the shop itself."""
    uid = world.chance.id()
    words = ("id", "uid", "name", "address", "timeline", "marks", "qris_static")
    zero = {column.name: 0 for column in tables.shop.columns if column.name not in words}
    row = {"uid": uid, "name": name, "address": address, "cap_amount": cap_amount, "timeline": world.chance.id()}
    now = world.clock.now()
    row |= {"feed_seq": 1, "info_seq": 1, "created_at": now, "cap_from": now, "qris_static": "", "marks": ""}
    connection.execute(insert(tables.shop), {**zero, **row})
    return uid


def find_shop(connection: Connection, uid: str) -> int:
    """The number of a shop. Raises NotFound."""
    shop: int | None = connection.scalar(_BY_UID, {"uid": uid})
    if shop is None:
        raise NotFound(f"there is no shop {uid}")
    return shop


def all_shops(connection: Connection) -> list[int]:
    """The numbers of all shops."""
    return list(connection.scalars(select(_s.id).order_by(_s.id)).all())


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
        connection.execute(update(tables.shop).where(_s.id == shop).values(cap_from=work.now))
    book.info_seq = work.next_seq()
    work.finish()


def set_qris(world: World, connection: Connection, shop: int, static: str) -> None:
    """The acquirer's static QR of a shop, from which QRs for an amount are made; empty takes it away. Its tills are told.

    Raises:
        ValueError: it is no static QRIS text.
    """
    static = static.strip()
    if static and QrisText.of(static) is None:
        raise ValueError("this is no QRIS text: it must be whole, with its checksum")
    work = ShopWork.begin(connection, shop, world.clock.now())
    connection.execute(update(tables.shop).where(_s.id == shop).values(qris_static=static))
    work.book.info_seq = work.next_seq()
    work.finish()


def new_key(world: World, connection: Connection) -> str:
    """Make a key that signs from now on; every shop is told. Returns its name."""
    name = keys.new_key(connection, world.chance, world.clock.now())
    world.keys.reload(connection)
    told = Change(seq=0, kind=ChangeKind.KEYS.value, uid=KEYS, keys=world.keys.told())
    for shop in all_shops(connection):
        work = ShopWork.begin(connection, shop, world.clock.now())
        work.tell(KEYS, told)
        work.finish()
    return name


def forget_tokens(connection: Connection, before: int) -> None:
    """Drop tokens that expired before a moment."""
    connection.execute(delete(tables.token).where(_t.expires_at < before))
