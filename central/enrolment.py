"""Pairing a till with its shop by a one-time code. Owns codes, and what a new device is given.

A code is read aloud and typed: 8 characters of an alphabet without look-alikes, about 10^12 of them, kept hashed, good once and for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from central import tables, tries
from central.database import AnyRow
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, prove
from central.shop_work import ShopWork
from central.tokens import TokenKind, issue
from central.world import World
from pos.sync.protocol import GENESIS, EnrolAnswer, EnrolRequest

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 8

_c, _d = tables.enrol_code.c, tables.device.c
_CODE: Final = select(_c.shop, _c.expires_at, _c.used_by).where(_c.digest == bindparam("digest")).with_for_update()
_USED: Final = update(tables.enrol_code).where(_c.digest == bindparam("of")).values(used_by=bindparam("device"))
_BY_KEY: Final = select(tables.device).where(_d.shop == bindparam("shop"), _d.thumbprint == bindparam("thumbprint"))


def new_code(world: World, connection: Connection, shop: int) -> str:
    """A fresh one-time code of a shop, as it is shown: `XXXX-XXXX`."""
    code = "".join(world.chance.pick(ALPHABET) for _ in range(CODE_LENGTH))
    row = {"digest": _digest(world, code), "shop": shop, "expires_at": world.clock.now() + world.settings.code_ms, "used_by": ""}
    connection.execute(insert(tables.enrol_code), row)
    return f"{code[:4]}-{code[4:]}"


def enrol(world: World, connection: Connection, asked: Asked, request: EnrolRequest) -> EnrolAnswer | Refusal:
    """Make the proven key a device of the code's shop. The same key may redeem the same code again: its answer was lost.

    A refusal that is returned is to be kept (a wrong code was counted).

    Raises:
        Refusal: PROOF_*, USE_DPOP_NONCE, TOO_MANY_TRIES, CODE_USED, CODE_EXPIRED, DEVICE_REVOKED.
    """
    proof = prove(world, connection, asked)
    if proof.public_key != request.public_key:
        raise Refusal(ProblemCode.PROOF_OF_ANOTHER_KEY)
    counted = tries.limit(world, connection, asked.address)
    row = connection.execute(_CODE, {"digest": _digest(world, plain(request.code))}).one_or_none()
    if row is None:
        tries.count(connection, counted)
        return Refusal(ProblemCode.CODE_WRONG)
    device = connection.execute(_BY_KEY, {"shop": row.shop, "thumbprint": proof.thumbprint}).one_or_none()
    again = device is not None and row.used_by == device.uid
    if not again:
        _check_fresh(world, row)
    key = NewDevice(proof.thumbprint, request.public_key, request.device_name, request.program)
    answer = let_in(world, connection, row.shop, key, again)
    connection.execute(_USED, {"of": _digest(world, plain(request.code)), "device": answer.device})
    return answer


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A key that is let into a shop, and how it calls itself."""

    thumbprint: str
    public_key: str
    name: str
    program: str


def let_in(world: World, connection: Connection, shop: int, key: NewDevice, again: bool) -> EnrolAnswer:
    """Make a key a device of a shop, or give the device that it is already its next epoch. `again`: only its answer was lost.

    Raises:
        Refusal: DEVICE_REVOKED.
    """
    work = ShopWork.begin(connection, shop, world.clock.now())
    device = connection.execute(_BY_KEY, {"shop": shop, "thumbprint": key.thumbprint}).one_or_none()
    if device is not None and device.revoked_at:
        raise Refusal(ProblemCode.DEVICE_REVOKED)
    if device is None:
        device = _add(world, work, key)
    elif not again:
        _next_epoch(work, device)
        device = connection.execute(_BY_KEY, {"shop": shop, "thumbprint": key.thumbprint}).one()
    work.finish()
    return _answer(world, work, device)


def _check_fresh(world: World, code: AnyRow) -> None:
    if code.used_by:
        raise Refusal(ProblemCode.CODE_USED)
    if code.expires_at <= world.clock.now():
        raise Refusal(ProblemCode.CODE_EXPIRED)


def _add(world: World, work: ShopWork, key: NewDevice) -> AnyRow:
    work.book.devices += 1
    uid = world.chance.id()
    row = {
        "shop": work.shop,
        "uid": uid,
        "name": clean(key.name),
        "program": clean(key.program),
        "prefix": prefix(work.book.devices),
        "thumbprint": key.thumbprint,
        "public_key": key.public_key,
        "epoch": 1,
        "created_at": work.now,
        "seen_at": work.now,
        "revoked_at": 0,
    }
    work.connection.execute(insert(tables.device), row)
    work.connection.execute(insert(tables.chain), _chain(work.shop, uid, 1))
    return work.connection.execute(_BY_KEY, {"shop": work.shop, "thumbprint": key.thumbprint}).one()


def _next_epoch(work: ShopWork, device: AnyRow) -> None:
    """The same key with a new code: a till that lost its file. What it did before stays under its old epoch."""
    work.connection.execute(update(tables.device).where(_d.shop == work.shop, _d.uid == device.uid).values(epoch=device.epoch + 1))
    work.connection.execute(insert(tables.chain), _chain(work.shop, device.uid, device.epoch + 1))


def _chain(shop: int, device: str, epoch: int) -> dict[str, object]:
    return {"shop": shop, "device": device, "epoch": epoch, "seq": 0, "head": GENESIS, "fenced": False, "booked_at": 0}


def _answer(world: World, work: ShopWork, device: AnyRow) -> EnrolAnswer:
    given = [issue(world, work.connection, work.shop, work.book.uid, device.uid, kind) for kind in (TokenKind.ACCESS, TokenKind.REFRESH)]
    return EnrolAnswer(
        device=device.uid,
        prefix=device.prefix,
        epoch=device.epoch,
        timeline=work.book.timeline,
        shop=work.book.info(),
        access_token=given[0],
        access_expires_in=world.settings.access_ms // 1000,
        refresh_token=given[1],
        server_key=world.keys.public,
        server_time=work.now,
        key_id=world.keys.key_id,
        server_keys=world.keys.told(),
    )


def prefix(number: int) -> str:
    """The letters of a shop's 1st, 2nd ... till: A, B ... Z, AA ..."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def plain(code: str) -> str:
    """As typed: case, dashes and spaces do not matter."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _digest(world: World, code: str) -> str:
    return world.keys.seal("enrol", code).hex()


def clean(words: str) -> str:
    """A name as it is kept."""
    return words.replace("\x00", "")[:100]
