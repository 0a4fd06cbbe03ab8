"""Access and refresh tokens: short opaque texts, kept hashed, bound to the device's key by its proof. Knows who a device is.

A token begins with its shop, so that the shop's own tables answer for it: `<shop in base64url>.<random>`.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from central import tables
from central.keys import digest
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, forget_old, prove
from central.world import MINUTE, World
from pos.sync.protocol import TokenAnswer, TokenRequest, b64, unb64


class TokenKind(StrEnum):
    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Device:
    """A till that has proved itself. `shop`: the number in every key; `epoch`: the newest that was given out."""

    shop: int
    shop_uid: str
    uid: str
    thumbprint: str
    epoch: int
    revoked: bool
    seen_at: int


_t, _d, _s = tables.token.c, tables.device.c, tables.shop.c
_OWNER: Final = (
    select(_s.id, _s.uid.label("shop_uid"), _d.uid, _d.thumbprint, _d.epoch, _d.revoked_at, _d.seen_at, _t.expires_at)
    .join_from(tables.shop, tables.token, _t.shop == _s.id)
    .join(tables.device, (_d.shop == _t.shop) & (_d.uid == _t.device))
    .where(_s.uid == bindparam("shop_uid"), _t.digest == bindparam("digest"), _t.kind == bindparam("kind"))
)
_SLIDE: Final = (
    update(tables.token).where(_t.shop == bindparam("of_shop"), _t.digest == bindparam("of_digest")).values(expires_at=bindparam("until"))
)
_SEEN: Final = (
    update(tables.device).where(_d.shop == bindparam("of_shop"), _d.uid == bindparam("of_device")).values(seen_at=bindparam("at"))
)


def known_device(world: World, connection: Connection, asked: Asked) -> Device:
    """The device behind a request with an access token.

    Raises:
        Refusal: TOKEN_MISSING, TOKEN_WRONG, TOKEN_EXPIRED, PROOF_*, USE_DPOP_NONCE, DEVICE_REVOKED.
    """
    if not asked.access_token:
        raise Refusal(ProblemCode.TOKEN_MISSING)
    proof = prove(world, connection, asked)
    return _owner(world, connection, asked.access_token, TokenKind.ACCESS, proof.thumbprint)


def refresh(world: World, connection: Connection, asked: Asked, request: TokenRequest) -> TokenAnswer:
    """A new access token. The refresh token stays and lives on from now: a lost answer must not log a shop out.

    Raises:
        Refusal: TOKEN_WRONG, TOKEN_EXPIRED, PROOF_*, USE_DPOP_NONCE, DEVICE_REVOKED.
    """
    proof = prove(world, connection, asked)
    device = _owner(world, connection, request.refresh_token, TokenKind.REFRESH, proof.thumbprint)
    now = world.clock.now()
    until = now + world.settings.refresh_ms
    connection.execute(_SLIDE, {"of_shop": device.shop, "of_digest": digest(request.refresh_token), "until": until})
    note_seen(connection, device, now)
    connection.execute(delete(tables.token).where(_t.shop == device.shop, _t.expires_at < now - world.settings.access_ms))
    forget_old(connection, now)
    access = issue(world, connection, device.shop, device.shop_uid, device.uid, TokenKind.ACCESS)
    return TokenAnswer(access_token=access, access_expires_in=world.settings.access_ms // 1000, server_time=now)


def note_seen(connection: Connection, device: Device, now: int) -> None:
    """Remember that a till was here, to the minute."""
    if now - device.seen_at >= MINUTE:
        connection.execute(_SEEN, {"of_shop": device.shop, "of_device": device.uid, "at": now})


def issue(world: World, connection: Connection, shop: int, shop_uid: str, device: str, kind: TokenKind) -> str:
    """A fresh token; only its hash stays here."""
    token = f"{b64(bytes.fromhex(shop_uid))}.{b64(world.chance.bytes(24))}"
    life = world.settings.access_ms if kind is TokenKind.ACCESS else world.settings.refresh_ms
    row = {"shop": shop, "digest": digest(token), "kind": kind.value, "device": device, "expires_at": world.clock.now() + life}
    connection.execute(insert(tables.token), row)
    return token


def _owner(world: World, connection: Connection, token: str, kind: TokenKind, thumbprint: str) -> Device:
    row = connection.execute(_OWNER, {"shop_uid": _shop_of(token), "digest": digest(token), "kind": kind.value}).one_or_none()
    if row is None:
        raise Refusal(ProblemCode.TOKEN_WRONG)
    device = Device(row.id, row.shop_uid, row.uid, row.thumbprint, row.epoch, row.revoked_at > 0, row.seen_at)
    if device.thumbprint != thumbprint:
        # a stolen token without its key is worth nothing
        raise Refusal(ProblemCode.PROOF_OF_ANOTHER_KEY)
    if device.revoked:
        raise Refusal(ProblemCode.DEVICE_REVOKED)
    if row.expires_at <= world.clock.now():
        raise Refusal(ProblemCode.TOKEN_EXPIRED)
    return device


def _shop_of(token: str) -> str:
    try:
        return unb64(token.partition(".")[0]).hex()
    except (ValueError, binascii.Error):
        return ""


def bearer(header: str, scheme: str) -> str:
    """The token of an Authorization header of this scheme, empty when it has none."""
    found, _, token = header.partition(" ")
    return token.strip() if found.lower() == scheme.lower() else ""
