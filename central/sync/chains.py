"""Where a device's operations stand: a hash chain per epoch, and whether what a till sends goes on from its head. Owns fencing.

A restored or cloned till is one whose chain parts from ours. Its epoch is fenced, which ends it, and it goes on under a new one; two
copies of one till are each fenced once and then go on side by side. A server that was put back is one whose head is behind what a
till has been told: the till sends again, and the shop's timeline changes so that no cursor of before counts any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection

from central.problems import ProblemCode, Refusal
from central.statements import Call, Statement, Told, run, run_all
from central.tokens import Device
from pos.sync.protocol import GENESIS, MAX_OPERATIONS, Batch, Handshake, Operation, chain_hash, payload_hash

LARGEST: Final = 2**53
"""Seqs and epochs stay below: what every reader of JSON can hold."""
_AHEAD: Final = 100
"""Epochs that a till may be ahead of a server that was put back. More is no till of ours."""

_OF: Final = " WHERE shop = :shop AND device = :device AND epoch = :epoch"
HEAD: Final = Statement(f"SELECT seq, head, fenced, booked_at FROM chain{_OF}")
"""Asked with `key`, read by `of`."""
_ADVANCE: Final = Statement(f"UPDATE chain SET seq = :seq, head = :head, booked_at = :booked_at{_OF}")
_BEGIN: Final = Statement(
    "INSERT INTO chain (shop, device, epoch, seq, head, fenced, booked_at)"
    " VALUES (:shop, :device, :epoch, :seq, :head, :fenced, :booked_at)"
)
_FENCE: Final = Statement(f"UPDATE chain SET fenced = true{_OF}")
_EPOCH: Final = Statement("UPDATE device SET epoch = :epoch WHERE shop = :shop AND uid = :device AND epoch < :epoch")
_NEWEST: Final = Statement("SELECT max(epoch) FROM chain WHERE shop = :shop AND device = :device")


@dataclass(frozen=True, slots=True)
class Chain:
    """A device's operations under one epoch. `known`: whether this server has given the epoch out. `booked_at`: see `central.moments`."""

    epoch: int
    seq: int = 0
    head: str = GENESIS
    fenced: bool = False
    known: bool = True
    booked_at: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """An operation of a batch with its payload's bytes as they came, and their hash."""

    operation: Operation
    payload: bytes
    digest: str


class Course(Enum):
    """How what a till sent relates to what we have."""

    GOES_ON = "goes_on"
    SEEN = "seen"
    """All of it is behind our head; it changes nothing if every id is known."""
    PARTED = "parted"
    """A restored or cloned till."""
    WE_ARE_BEHIND = "we_are_behind"
    """The till knows of acknowledgements that we do not."""


def load(connection: Connection, device: Device, epoch: int) -> Chain:
    """The chain of an epoch. One that we have not given out begins at 0: a server that was put back has lost it."""
    return of(device, epoch, run(connection, HEAD, key(device, epoch)))


def of(device: Device, epoch: int, told: Told) -> Chain:
    """The chain of an epoch, of what HEAD told."""
    if not 0 < epoch <= device.epoch + _AHEAD:
        return Chain(epoch, fenced=True, known=False)
    if told.one is None:
        return Chain(epoch, known=False)
    seq, head, fenced, booked_at = told.one
    return Chain(epoch, seq, head, bool(fenced), booked_at=booked_at)


def key(device: Device, epoch: int) -> dict[str, Any]:
    """What names a chain in a statement."""
    return {"shop": device.shop, "device": device.uid, "epoch": min(max(epoch, 0), LARGEST)}


def sent(batch: Batch) -> list[Sent]:
    """The operations with their hashes.

    Raises:
        Refusal: BATCH_BROKEN for none, too many, or seqs that do not follow each other.
    """
    operations = batch.operations
    first = operations[0].seq if operations else 0
    if not operations or len(operations) > MAX_OPERATIONS or not 0 < first < LARGEST:
        raise Refusal(ProblemCode.BATCH_BROKEN)
    if any(item.seq != first + place for place, item in enumerate(operations)):
        raise Refusal(ProblemCode.BATCH_BROKEN)
    payloads = [bytes(item.payload) for item in operations]
    return [Sent(item, payload, payload_hash(payload)) for item, payload in zip(operations, payloads, strict=True)]


def compare(chain: Chain, handshake: Handshake) -> Course:
    """What a handshake says of the two ends."""
    if chain.fenced:
        return Course.PARTED
    if handshake.acked_seq > chain.seq:
        return Course.WE_ARE_BEHIND
    if handshake.last_seq < chain.seq or (handshake.acked_seq == chain.seq and handshake.chain_hash != chain.head):
        return Course.PARTED
    return Course.GOES_ON


def follow(chain: Chain, prev_hash: str, operations: Sequence[Sent]) -> tuple[Course, Sequence[str]]:
    """Whether a batch goes on from our head, and the head after each of its operations.

    Where it begins before our head (an answer was lost), the hashes that lead up to our head say whether it is the same story: equal
    heads mean equal operations.
    """
    if chain.fenced:
        return Course.PARTED, ()
    if operations[0].operation.seq > chain.seq + 1:
        return Course.WE_ARE_BEHIND, ()
    head = at_our_head = prev_hash
    heads = []
    for item in operations:
        operation = item.operation
        head = chain_hash(head, operation.id, operation.seq, operation.kind, operation.at, item.digest)
        heads.append(head)
        if operation.seq == chain.seq:
            at_our_head = head
    if operations[-1].operation.seq < chain.seq:
        return Course.SEEN, heads
    return (Course.GOES_ON if at_our_head == chain.head else Course.PARTED), heads


def advance(device: Device, chain: Chain, seq: int, head: str, booked_at: int) -> tuple[Chain, list[Call]]:
    """The chain with its head moved on, and the statements that keep it."""
    moved = Chain(chain.epoch, seq, head, booked_at=booked_at)
    values = {**key(device, chain.epoch), "seq": seq, "head": head, "booked_at": booked_at, "fenced": False}
    if chain.known:
        return moved, [(_ADVANCE, values)]
    return moved, [(_BEGIN, values), (_EPOCH, values)]


def fence(connection: Connection, device: Device, chain: Chain) -> Chain:
    """End an epoch and begin the device's next one."""
    if chain.known:
        run(connection, _FENCE, key(device, chain.epoch))
    return begin_next(connection, device, chain)


def begin_next(connection: Connection, device: Device, chain: Chain) -> Chain:
    """A new epoch of the device, above all that were given out."""
    # asked anew under the shop's lock: another copy of this till may have been fenced a moment ago
    newest = run(connection, _NEWEST, key(device, 0)).one
    given = (newest[0] if newest is not None else 0) or 0
    # above the till's own, too, so that it is new to the till; how far a till may be ahead has its limit
    fresh = Chain(max(given, min(chain.epoch, given + _AHEAD)) + 1, booked_at=chain.booked_at)
    values = {**key(device, fresh.epoch), "seq": 0, "head": GENESIS, "fenced": False, "booked_at": fresh.booked_at}
    run_all(connection, [(_BEGIN, values), (_EPOCH, values)])
    return fresh
