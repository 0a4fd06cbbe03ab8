"""The outbox that a till wrote to a stick, taken in by an operator: as often as one likes, for what is known is known by its id.

Every operation is signed by the device's key over the chain's head after it, so a file proves by itself who has told what, in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import bindparam, select

from central import shops, tables
from central.database import AnyRow
from central.orders import moving
from central.shop_work import Origin, ShopWork
from central.sync import chains
from central.sync.chains import Course
from central.sync.intake import Intake
from central.sync.spoken_of import read_all
from central.tokens import Device
from central.world import World
from pos.sync.proof import thumbprint
from pos.sync.protocol import (
    MAX_OPERATIONS,
    MIRROR_FORMAT,
    Batch,
    MirrorHead,
    MirrorLine,
    Operation,
    ResultStatus,
    chain_hash,
    decode,
    mirror_text,
    payload_hash,
    unb64,
)

MOST_LINE: Final = 1024 * 1024
_NO_HURRY_MS: Final = 10**12
_d = tables.device.c
_DEVICE: Final = select(tables.device).where(_d.shop == bindparam("shop"), _d.thumbprint == bindparam("thumbprint"))


class StickUnreadable(ValueError):
    """This is no file of a till of that shop; says why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many operations the file holds, and how many of them were new, known before, set into quarantine, refused."""

    operations: int
    new: int
    known: int
    quarantined: int
    refused: int


@dataclass(frozen=True, slots=True)
class _At:
    """Where a file's operations stand: the chain that the next goes on from. `anew`: under an epoch of their own, numbered anew."""

    epoch: int
    head: str
    seq: int = 0
    anew: bool = False


def take(world: World, shop_uid: str, lines: Iterable[bytes]) -> Taken:
    """Take in a file, in batches.

    Raises:
        StickUnreadable: no such file, of another shop, by a key that is none of the shop's, or with a signature that is not right.
        NotFound: there is no such shop.
    """
    told = iter(lines)
    head = _head(next(told, b""))
    if head.shop != shop_uid:
        raise StickUnreadable("the file is of another shop")
    with world.database.read() as connection:
        shop = shops.find_shop(connection, shop_uid)
        row = connection.execute(_DEVICE, {"shop": shop, "thumbprint": thumbprint(head.public_key)}).one_or_none()
    if row is None:
        raise StickUnreadable("the key that signed the file is no till of this shop")
    operations = list(_operations(head, row, told))
    device = Device(shop, shop_uid, row.uid, row.thumbprint, row.epoch, revoked=False, seen_at=row.seen_at)
    # nobody waits for an answer here, so no batch is cut short
    patient = replace(world, settings=replace(world.settings, hold_ms=_NO_HURRY_MS))
    counts = dict.fromkeys(ResultStatus, 0)
    at = _At(head.epoch, head.prev_hash)
    for first in range(0, len(operations), MAX_OPERATIONS):
        at = _take_batch(patient, device, at, operations[first : first + MAX_OPERATIONS], counts)
    return Taken(
        operations=len(operations),
        new=counts[ResultStatus.APPLIED],
        known=counts[ResultStatus.DUPLICATE],
        quarantined=counts[ResultStatus.QUARANTINED],
        refused=counts[ResultStatus.REFUSED],
    )


def _head(line: bytes) -> MirrorHead:
    try:
        head = decode(line, MirrorHead)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise StickUnreadable("this is no file of a till's outbox") from error
    if head.format != MIRROR_FORMAT:
        raise StickUnreadable("the file is of a format that this program does not know")
    return head


def _operations(head: MirrorHead, row: AnyRow, lines: Iterable[bytes]) -> Iterator[Operation]:
    """The operations, each proven by its signature. A torn last line is the end."""
    key = Ed25519PublicKey.from_public_bytes(unb64(row.public_key))
    before, seq = head.prev_hash, 0
    for line in lines:
        if not line.endswith(b"\n") or len(line) > MOST_LINE:
            return
        try:
            told = decode(line, MirrorLine)
            operation = told.operation
            digest = payload_hash(bytes(operation.payload))
            before = chain_hash(before, operation.id, operation.seq, operation.kind, operation.at, digest)
            if before != told.head or (seq and operation.seq != seq + 1):
                raise StickUnreadable(f"line {seq + 2}: the chain is broken")
            key.verify(unb64(told.signature), mirror_text(head.device, head.epoch, operation.seq, before))
        except (msgspec.MsgspecError, UnicodeError, ValueError, InvalidSignature) as error:
            raise StickUnreadable(f"operation after seq {seq}: not as its till wrote it") from error
        seq = operation.seq
        yield operation


def _take_batch(world: World, device: Device, at: _At, told: Sequence[Operation], counts: dict[ResultStatus, int]) -> _At:
    """One batch in one transaction. Returns where the next goes on from."""
    if at.anew:
        told = _anew(told, at.seq)
    operations = chains.sent(Batch(epoch=at.epoch, prev_hash=at.head, operations=tuple(told)))
    read, spoken = read_all(operations)
    with world.database.write() as connection:
        calls = [(chains.HEAD, chains.key(device, at.epoch)), *spoken.calls(device.shop)]
        work = ShopWork.begin(connection, device.shop, world.clock.now(), calls, spoken.moves)
        moving.sweep(work, world.settings)
        chain = chains.of(device, at.epoch, work.told[0])
        course, heads = chains.follow(chain, at.head, operations)
        intake = Intake(world, work, Origin(device.uid, chain.epoch), chain.booked_at)
        known = intake.look_up(operations)
        goes_on = course is Course.GOES_ON
        if not goes_on and not known:
            # the file tells another story than the line did, or not all of it: what it tells is true all the same
            chain = chains.begin_next(connection, device, chain)
            operations = chains.sent(Batch(epoch=chain.epoch, prev_hash=chain.head, operations=tuple(_anew(told, 0))))
            heads = chains.follow(chain, chain.head, operations)[1]
            intake = Intake(world, work, Origin(device.uid, chain.epoch), chain.booked_at)
            intake.look_up(operations)
        results = intake.take(operations, read, spoken)
        last = operations[-1].operation.seq
        moves_on = last > chain.seq and (goes_on or not known)
        work.finish(*(chains.advance(device, chain, last, heads[-1], intake.booked_at)[1] if moves_on else ()))
    for result in results:
        counts[ResultStatus(result.status)] += 1
    return _At(chain.epoch, heads[-1] if heads else at.head, last, at.anew or not (goes_on or known))


def _anew(operations: Sequence[Operation], after: int) -> list[Operation]:
    """Numbered on from `after`, ids unchanged."""
    return [msgspec.structs.replace(operation, seq=after + place) for place, operation in enumerate(operations, 1)]
