"""The device grant (RFC 8628): a till shows a user code, an officer says for which shop it is, the till is let in at its next poll.

Both codes are kept hashed. The grant is bound to the key that started it: every poll is proven by it, so a stolen device code is worth
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from central import tables, tries
from central.database import AnyRow
from central.enrolment import NewDevice, clean, let_in, plain
from central.keys import digest
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, prove
from central.world import World
from pos.sync.protocol import DevicePoll, DeviceStart, DeviceStarted, EnrolAnswer, b64

ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants that are told apart, and make no words (RFC 8628, 6.1): 20^8 codes."""
LENGTH: Final = 8
SLOWER_MS: Final = 5_000
PAGE: Final = "/pair"

_g = tables.device_grant.c
_BY_CODE: Final = select(tables.device_grant).where(_g.digest == bindparam("digest")).with_for_update()
_BY_USER: Final = select(tables.device_grant).where(_g.user_digest == bindparam("digest")).with_for_update()
_SET: Final = update(tables.device_grant).where(_g.digest == bindparam("of"))


class State(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Asking:
    """A device that wants in, as an officer sees it. `fingerprint`: the beginning of its key's thumbprint."""

    digest: str
    device_name: str
    program: str
    fingerprint: str
    state: State


def start(world: World, connection: Connection, asked: Asked, request: DeviceStart, place: str) -> DeviceStarted:
    """Begin a grant. `place`: the server's own address, for the page.

    Raises:
        Refusal: PROOF_*, USE_DPOP_NONCE.
    """
    proof = prove(world, connection, asked)
    if proof.public_key != request.public_key:
        raise Refusal(ProblemCode.PROOF_OF_ANOTHER_KEY)
    now, settings = world.clock.now(), world.settings
    connection.execute(delete(tables.device_grant).where(_g.expires_at < now))
    code = b64(world.chance.bytes(32))
    user = "".join(world.chance.pick(ALPHABET) for _ in range(LENGTH))
    row: dict[str, Any] = {
        "digest": digest(code),
        "user_digest": _user_digest(world, user),
        "public_key": request.public_key,
        "thumbprint": proof.thumbprint,
        "device_name": clean(request.device_name),
        "program": clean(request.program),
        "state": State.PENDING.value,
        "shop": 0,
        "device": "",
        "decided_by": "",
        "expires_at": now + settings.grant_ms,
        "interval": settings.grant_poll_ms,
        "polled_at": 0,
    }
    connection.execute(insert(tables.device_grant), row)
    shown = f"{user[:4]}-{user[4:]}"
    return DeviceStarted(
        device_code=code,
        user_code=shown,
        verification_uri=place + PAGE,
        verification_uri_complete=f"{place}{PAGE}?code={shown}",
        expires_in=settings.grant_ms // 1000,
        interval=settings.grant_poll_ms // 1000,
    )


def poll(world: World, connection: Connection, asked: Asked, request: DevicePoll) -> EnrolAnswer | Refusal:
    """Whether the officer has decided. A refusal that is returned is to be kept: polling too soon slows the till down.

    Raises:
        Refusal: PROOF_*, USE_DPOP_NONCE, EXPIRED_TOKEN, ACCESS_DENIED, DEVICE_REVOKED.
    """
    proof = prove(world, connection, asked)
    row = connection.execute(_BY_CODE, {"digest": digest(request.device_code)}).one_or_none()
    now = world.clock.now()
    if row is None or row.expires_at <= now:
        raise Refusal(ProblemCode.EXPIRED_TOKEN)
    if row.thumbprint != proof.thumbprint:
        raise Refusal(ProblemCode.PROOF_OF_ANOTHER_KEY)
    if row.state == State.DENIED:
        raise Refusal(ProblemCode.ACCESS_DENIED)
    if row.state == State.APPROVED:
        return _let_in(world, connection, row)
    too_soon = now - row.polled_at < row.interval
    interval = row.interval + (SLOWER_MS if too_soon else 0)
    connection.execute(_SET.values(polled_at=now, interval=interval), {"of": row.digest})
    return Refusal(ProblemCode.SLOW_DOWN if too_soon else ProblemCode.AUTHORIZATION_PENDING)


def _let_in(world: World, connection: Connection, row: AnyRow) -> EnrolAnswer:
    key = NewDevice(row.thumbprint, row.public_key, row.device_name, row.program)
    answer = let_in(world, connection, row.shop, key, again=bool(row.device))
    connection.execute(_SET.values(device=answer.device), {"of": row.digest})
    return answer


def asking(world: World, connection: Connection, user_code: str, asker: str) -> Asking | Refusal:
    """The device that shows this code. A refusal that is returned is to be kept (a wrong code was counted). `asker`: who looks.

    Raises:
        Refusal: TOO_MANY_TRIES.
    """
    counted = tries.limit(world, connection, asker, "user ")
    row = connection.execute(_BY_USER, {"digest": _user_digest(world, plain(user_code))}).one_or_none()
    if row is None or row.expires_at <= world.clock.now():
        tries.count(connection, counted)
        return Refusal(ProblemCode.CODE_WRONG)
    return Asking(row.digest, row.device_name, row.program, row.thumbprint[:8], State(row.state))


def decide(connection: Connection, found: Asking, shop: int, approve: bool, officer: str) -> State:
    """Say for which shop a device is, or that it is for none. What was decided stays decided.

    Args:
        officer: who decides; empty for the operator.
    """
    if found.state is not State.PENDING:
        return found.state
    state = State.APPROVED if approve else State.DENIED
    connection.execute(_SET.values(state=state.value, shop=shop if approve else 0, decided_by=officer), {"of": found.digest})
    return state


def _user_digest(world: World, user_code: str) -> str:
    return world.keys.seal("user code", user_code).hex()
