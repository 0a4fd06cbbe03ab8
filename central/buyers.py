"""Buyers: who may order. Keeps a first name with an initial and four digits of a phone, and nothing more of anybody.

Who a buyer is (ASN, OPD, public) is told by the city's own login; the reference server is told by its operator.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from central import tables
from central.keys import digest
from central.orders.placing import Buyer
from central.problems import ProblemCode, Refusal
from central.world import World
from pos.sync.protocol import b64

_b = tables.buyer.c
_BY_TOKEN: Final = select(_b.uid, _b.name, _b.phone4, _b.kind).where(_b.token_digest == bindparam("digest"))


def add_buyer(world: World, connection: Connection, name: str, phone: str, kind: str) -> str:
    """A new buyer; returns the token for the buyer API, which is not kept.

    Raises:
        ValueError: no name, or a phone without four digits.
    """
    digits = "".join(sign for sign in phone if sign in "0123456789")
    if not name.split() or len(digits) < 4:
        raise ValueError("a buyer needs a name and a phone number")
    token = b64(world.chance.bytes(24))
    row = {
        "uid": world.chance.id(),
        "token_digest": digest(token),
        "name": shown_name(name, kind),
        "phone4": digits[-4:],
        "kind": kind[:20],
    }
    connection.execute(insert(tables.buyer), row | {"created_at": world.clock.now()})
    return token


def buyer_of(connection: Connection, token: str) -> Buyer:
    """Who asks.

    Raises:
        Refusal: TOKEN_MISSING, TOKEN_WRONG.
    """
    if not token:
        raise Refusal(ProblemCode.TOKEN_MISSING)
    row = connection.execute(_BY_TOKEN, {"digest": digest(token)}).one_or_none()
    if row is None:
        raise Refusal(ProblemCode.TOKEN_WRONG)
    return Buyer(row.uid, row.name, row.phone4, row.kind)


OFFICE: Final = "OPD"
"""The kind of a department that buys: its name is nobody's, and its nota needs it whole."""


def shown_name(name: str, kind: str) -> str:
    """`Rina Wati` -> `Rina W.`: what the shop needs to call out, and no more. A department keeps its name."""
    words = name.split()
    if kind == OFFICE:
        return " ".join(words)[:60]
    return words[0][:30] if len(words) == 1 else f"{words[0][:30]} {words[-1][0].upper()}."
