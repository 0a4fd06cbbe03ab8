"""Who looks after shops for the city: officers, each for the shops that they were given, and the city, which sees all and changes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from central import shops, tables
from central.keys import digest
from central.privacy import without_numbers
from central.problems import ProblemCode, Refusal
from central.sync.reading import is_id
from central.world import World
from pos.sync.protocol import b64

_o, _w, _s = tables.officer.c, tables.officer_shop.c, tables.shop.c
_BY_TOKEN: Final = select(_o.uid, _o.role).where(_o.token_digest == bindparam("digest"), _o.revoked_at == 0)
_SHOP: Final = select(_s.id).where(_s.uid == bindparam("uid"))
_OWN: Final = _SHOP.join(tables.officer_shop, (_w.shop == _s.id) & (_w.officer == bindparam("officer")))


class OfficerRole(StrEnum):
    OFFICER = "officer"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Officer:
    uid: str
    role: OfficerRole


def add_officer(world: World, connection: Connection, name: str, role: OfficerRole, shop_uids: Sequence[str]) -> str:
    """A new officer; returns the token, which is not kept.

    Raises:
        ValueError: no name. NotFound: no such shop.
    """
    if not name.strip():
        raise ValueError("an officer needs a name")
    token, uid = b64(world.chance.bytes(24)), world.chance.id()
    row = {"uid": uid, "token_digest": digest(token), "name": without_numbers(name.strip())[:60], "role": role.value}
    connection.execute(insert(tables.officer), {**row, "created_at": world.clock.now(), "revoked_at": 0})
    for shop in dict.fromkeys(shop_uids):
        connection.execute(insert(tables.officer_shop), {"officer": uid, "shop": shops.find_shop(connection, shop)})
    return token


def revoke_officer(world: World, connection: Connection, token_or_name: str) -> int:
    """End the access of whoever has this token or this name. Returns how many that were."""
    one = (_o.token_digest == digest(token_or_name)) | (_o.name == token_or_name)
    return connection.execute(update(tables.officer).where(one, _o.revoked_at == 0).values(revoked_at=world.clock.now())).rowcount


def officer_of(connection: Connection, token: str) -> Officer:
    """Who asks.

    Raises:
        Refusal: TOKEN_MISSING, TOKEN_WRONG.
    """
    if not token:
        raise Refusal(ProblemCode.TOKEN_MISSING)
    row = connection.execute(_BY_TOKEN, {"digest": digest(token)}).one_or_none()
    if row is None:
        raise Refusal(ProblemCode.TOKEN_WRONG)
    return Officer(row.uid, OfficerRole(row.role))


def shop_of(connection: Connection, officer: Officer, uid: str, changes: bool) -> int:
    """The number of a shop that this officer may see or (`changes`) change. Another's shop is as unknown as none.

    Raises:
        Refusal: SHOP_UNKNOWN, ROLE_MAY_NOT.
    """
    if officer.role is OfficerRole.CITY:
        shop = connection.scalar(_SHOP, {"uid": uid}) if is_id(uid) else None
        if shop is not None and changes:
            raise Refusal(ProblemCode.ROLE_MAY_NOT)
    else:
        shop = connection.scalar(_OWN, {"uid": uid, "officer": officer.uid}) if is_id(uid) else None
    if shop is None:
        raise Refusal(ProblemCode.SHOP_UNKNOWN)
    return int(shop)
