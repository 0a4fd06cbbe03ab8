"""`POST /v1/recovery`: operations given back as they came, to a shop that has lost its file, or to a copy that is missing its own.

Reads only.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from central.problems import ProblemCode, Refusal
from central.statements import Statement, run
from central.sync.chains import LARGEST
from central.tokens import Device
from central.world import World
from pos.sync.protocol import MAX_PAGE, KnownOperation, Operation, RecoveryAnswer, RecoveryRequest, RecoveryScope

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of payloads in one answer; at least one operation is told."""
MAX_KINDS: Final = 50
_CURSOR: Final = re.compile(r"([0-9a-f]{32}|-)\.([0-9]{1,15})\.([0-9]{1,15})")
_ASKED: Final = (
    "SELECT o.device, d.prefix, o.epoch, o.id, o.seq, o.kind, o.at, o.payload, o.status, o.received_at, o.booked_at, o.code, o.flags"
    " FROM operation o JOIN device d ON d.shop = o.shop AND d.uid = o.device WHERE o.shop = :shop AND "
)
_PAGE: Final = " AND (:all_kinds = 1 OR o.kind AMONG :kinds) ORDER BY o.device, o.epoch, o.seq LIMIT :most"
_OWN: Final = Statement(f"{_ASKED}o.device = :device AND o.epoch = :epoch AND o.seq > :seq{_PAGE}")
_SHOP: Final = Statement(f"{_ASKED}(o.device, o.epoch, o.seq) > (:device, :epoch, :seq) AND o.received_at >= :since{_PAGE}")


def recover(world: World, connection: Connection, device: Device, request: RecoveryRequest) -> RecoveryAnswer:
    """A page of what was told.

    Raises:
        Refusal: FIELD_INVALID for another scope or a cursor that is none of ours.
    """
    statement, place = _place(device, request)
    page = min(max(request.page, 1), MAX_PAGE)
    asked = {"shop": device.shop, **place, "since": min(max(request.since, 0), LARGEST), "most": page + 1}
    rows = run(connection, statement, {**asked, "all_kinds": int(not request.kinds), "kinds": _kinds(request)}).rows
    told: list[KnownOperation] = []
    size = 0
    for row in rows[:page]:
        size += len(row[7])
        if told and size > MOST_BYTES:
            break
        told.append(_known(row))
    last = told[-1] if told else None
    cursor = f"{last.device}.{last.epoch}.{last.operation.seq}" if last is not None else request.cursor
    return RecoveryAnswer(operations=tuple(told), cursor=cursor, more=len(told) < len(rows), server_time=world.clock.now())


def _place(device: Device, request: RecoveryRequest) -> tuple[Statement, dict[str, Any]]:
    """Which statement, and after which operation."""
    after = _CURSOR.fullmatch(request.cursor) if request.cursor else None
    if request.cursor and after is None:
        raise Refusal(ProblemCode.FIELD_INVALID, "cursor")
    seq = int(after[3]) if after else 0
    if request.scope == RecoveryScope.OWN:
        first = min(max(request.after_seq, 0), LARGEST)
        return _OWN, {"device": device.uid, "epoch": min(max(request.epoch, 0), LARGEST), "seq": max(seq, first)}
    if request.scope == RecoveryScope.SHOP:
        return _SHOP, {"device": after[1] if after else "", "epoch": int(after[2]) if after else 0, "seq": seq}
    raise Refusal(ProblemCode.FIELD_INVALID, "scope")


def _kinds(request: RecoveryRequest) -> list[str]:
    kinds = [kind for kind in request.kinds if kind and " " not in kind and "\x00" not in kind]
    if len(kinds) != len(request.kinds) or len(kinds) > MAX_KINDS:
        raise Refusal(ProblemCode.FIELD_INVALID, "kinds")
    return kinds


def _known(row: tuple[Any, ...]) -> KnownOperation:
    device, prefix, epoch, uid, seq, kind, at, payload, status, received_at, booked_at, code, flags = row
    return KnownOperation(
        device=device,
        prefix=prefix,
        epoch=epoch,
        operation=Operation(id=uid, seq=seq, kind=kind, at=at, payload=msgspec.Raw(bytes(payload))),
        status=status,
        received_at=received_at,
        booked_at=booked_at,
        code=code,
        flags=tuple(flags.split()),
    )
