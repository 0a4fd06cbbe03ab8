"""Pickup codes: a short one (`7K241`, said and shown as `7K-241`), and the same signed, which a till verifies without a line."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select

from central import tables
from central.orders.book import OPEN
from central.world import Chance, World
from pos.sync.protocol import pickup_claim, pickup_text, read_pickup_code

_DIGITS: Final = "0123456789"
_CLEAR_DIGITS: Final = "23456789"
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_o = tables.online_order.c
_TAKEN: Final = select(_o.short_code).where(
    _o.shop == bindparam("shop"), _o.short_code == bindparam("code"), _o.status.in_([status.value for status in OPEN])
)


def new_codes(world: World, connection: Connection, shop: int, order: str) -> tuple[str, str]:
    """(short code, signed code) of an order. No other open order of the shop has the short one."""
    short = _short(world.chance)
    while connection.execute(_TAKEN, {"shop": shop, "code": short}).first() is not None:
        short = _short(world.chance)
    return short, pickup_text(order, short, world.keys.sign(pickup_claim(order, short)), world.keys.key_id)


def genuine(world: World, connection: Connection, code: str, order: str) -> bool:
    """Whether the code was signed for this order, by whichever of the server's keys. Another short code than the order's present one is
    as good: a server that was put back, and accepted the order again, has made the buyer a second one."""
    try:
        told = read_pickup_code(code)
    except ValueError:
        return False
    if not world.keys.knows(told.key_id):
        # another process may have made the key a moment ago
        world.keys.reload(connection)
    claim = pickup_claim(told.order, told.short_code)
    return told.order == order and world.keys.verify(told.key_id, told.signature, claim)


def _short(chance: Chance) -> str:
    number = "".join(chance.pick(_DIGITS) for _ in range(3))
    return f"{chance.pick(_CLEAR_DIGITS)}{chance.pick(_LETTERS)}{number}"
