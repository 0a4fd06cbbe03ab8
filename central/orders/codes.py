"""Pickup codes: a short one (`7K241`, said and shown as `7K-241`), and the same signed, which a till verifies without a line."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, select

from central import tables
from central.keys import ServerKeys
from central.orders.book import OPEN
from central.world import Chance, World
from pos.sync.protocol import pickup_claim, pickup_text, read_pickup_text, unb64

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
    return short, pickup_text(order, short, world.keys.sign(pickup_claim(order, short)))


def genuine(keys: ServerKeys, code: str, order: str, short_code: str) -> bool:
    """Whether the code is the one that was signed for this order."""
    try:
        told, short, signature = read_pickup_text(code)
        Ed25519PublicKey.from_public_bytes(unb64(keys.public)).verify(signature, pickup_claim(told, short))
    except (ValueError, InvalidSignature):
        return False
    return (told, short) == (order, short_code)


def _short(chance: Chance) -> str:
    number = "".join(chance.pick(_DIGITS) for _ in range(3))
    return f"{chance.pick(_CLEAR_DIGITS)}{chance.pick(_LETTERS)}{number}"
