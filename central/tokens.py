"""Access and refresh tokens: short opaque texts, kept hashed, bound to the device's key by its proof. Knows who a device is.

A token begins with its shop, so that the shop's own tables answer for it: `<shop in base64url>.<random>`.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, update

from central import tables
from central.keys import digest
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, check_single, forget_old, read
from central.shop_work import ShopWork
from central.statements import Call, Statement, Told, run, run_all
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


_t = tables.token.c
_OWNER: Final = Statement(
    "SELECT s.id, s.uid, d.uid, d.thumbprint, d.epoch, d.revoked_at, d.seen_at, t.expires_at"
    " FROM shop s JOIN token t ON t.shop = s.id JOIN device d ON d.shop = t.shop AND d.uid = t.device"
    " WHERE s.uid = :shop_uid AND t.digest = :digest AND t.kind = :kind"
)
_SLIDE: Final = (
    update(tables.token).where(_t.shop == bindparam("of_shop"), _t.digest == bindparam("of_digest")).values(expires_at=bindparam("until"))
)
_SEEN: Final = Statement("UPDATE device SET seen_at = :at WHERE shop = :shop AND uid = :device AND seen_at < :at")


def known_device(world: World, connection: Connection, asked: Asked) -> Device:
    """The device behind a request with an access token.

    Raises:
        Refusal: TOKEN_MISSING, TOKEN_WRONG, TOKEN_EXPIRED, PROOF_*, USE_DPOP_NONCE, DEVICE_REVOKED.
    """
    if not asked.access_token:
        raise Refusal(ProblemCode.TOKEN_MISSING)
    proof, note = read(world, asked)
    noted, found = run_all(connection, [note, _owner_call(asked.access_token, TokenKind.ACCESS)])
    check_single(noted)
    return _owner(world, found, proof.thumbprint)


def refresh(world: World, connection: Connection, asked: Asked, request: TokenRequest) -> TokenAnswer:
    """A new access token. The refresh token stays and lives on from now: a lost answer must not log a shop out.

    Raises:
        Refusal: TOKEN_WRONG, TOKEN_EXPIRED, PROOF_*, USE_DPOP_NONCE, DEVICE_REVOKED.
    """
    proof, note = read(world, asked)
    noted, found = run_all(connection, [note, _owner_call(request.refresh_token, TokenKind.REFRESH)])
    check_single(noted)
    device = _owner(world, found, proof.thumbprint)
    now = world.clock.now()
    until = now + world.settings.refresh_ms
    connection.execute(_SLIDE, {"of_shop": device.shop, "of_digest": digest(request.refresh_token), "until": until})
    run(connection, _SEEN, {"shop": device.shop, "device": device.uid, "at": now})
    connection.execute(delete(tables.token).where(_t.shop == device.shop, _t.expires_at < now - world.settings.access_ms))
    forget_old(connection, now)
    access = issue(world, connection, device.shop, device.shop_uid, device.uid, TokenKind.ACCESS)
    return TokenAnswer(access_token=access, access_expires_in=world.settings.access_ms // 1000, server_time=now)


def note_seen(work: ShopWork, device: Device) -> None:
    """Remember that a till was here, to the minute."""
    if work.now - device.seen_at >= MINUTE:
        work.then(_SEEN, {"shop": device.shop, "device": device.uid, "at": work.now})


def note_visit(world: World, device: Device) -> None:
    """As `note_seen`, for a request that only read: in a transaction of its own, once a minute at most."""
    now = world.clock.now()
    if now - device.seen_at >= MINUTE:
        with world.database.write() as connection:
            run(connection, _SEEN, {"shop": device.shop, "device": device.uid, "at": now})


def issue(world: World, connection: Connection, shop: int, shop_uid: str, device: str, kind: TokenKind) -> str:
    """A fresh token; only its hash stays here."""
    token = f"{b64(bytes.fromhex(shop_uid))}.{b64(world.chance.bytes(24))}"
    life = world.settings.access_ms if kind is TokenKind.ACCESS else world.settings.refresh_ms
    row = {"shop": shop, "digest": digest(token), "kind": kind.value, "device": device, "expires_at": world.clock.now() + life}
    connection.execute(insert(tables.token), row)
    return token


def _owner_call(token: str, kind: TokenKind) -> Call:
    return _OWNER, {"shop_uid": _shop_of(token), "digest": digest(token), "kind": kind.value}


def _owner(world: World, found: Told, thumbprint: str) -> Device:
    if found.one is None:
        raise Refusal(ProblemCode.TOKEN_WRONG)
    shop, shop_uid, uid, owner, epoch, revoked_at, seen_at, expires_at = found.one
    device = Device(shop, shop_uid, uid, owner, epoch, revoked_at > 0, seen_at)
    if device.thumbprint != thumbprint:
        # a stolen token without its key is worth nothing
        raise Refusal(ProblemCode.PROOF_OF_ANOTHER_KEY)
    if device.revoked:
        raise Refusal(ProblemCode.DEVICE_REVOKED)
    if expires_at <= world.clock.now():
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
