"""Where a device's operations stand: a hash chain per epoch, and whether what a till sends goes on from its head. Owns fencing.

A restored or cloned till is one whose chain parts from ours. Its epoch is fenced, which ends it, and it goes on under a new one; two
copies of one till are each fenced once and then go on side by side. A server that was put back is one whose head is behind what a
till has been told: the till sends again, and the shop's timeline changes so that no cursor of before counts any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from central import tables
from central.problems import ProblemCode, Refusal
from central.tokens import Device
from pos.sync.protocol import GENESIS, MAX_OPERATIONS, Batch, Handshake, Operation, chain_hash, payload_hash

LARGEST: Final = 2**53
"""Seqs and epochs stay below: what every reader of JSON can hold."""
_AHEAD: Final = 100
"""Epochs that a till may be ahead of a server that was put back. More is no till of ours."""

_c, _d = tables.chain.c, tables.device.c
_OF: Final = (_c.shop == bindparam("of_shop")) & (_c.device == bindparam("of_device")) & (_c.epoch == bindparam("of_epoch"))
_HEAD: Final = select(_c.seq, _c.head, _c.fenced).where(_OF)
_ADVANCE: Final = update(tables.chain).where(_OF).values(seq=bindparam("seq"), head=bindparam("head"))
_FENCE: Final = update(tables.chain).where(_OF).values(fenced=True)
_EPOCH: Final = (
    update(tables.device)
    .where(_d.shop == bindparam("of_shop"), _d.uid == bindparam("of_device"), _d.epoch < bindparam("newest"))
    .values(epoch=bindparam("newest"))
)
_NEWEST: Final = select(func.max(_c.epoch)).where(_c.shop == bindparam("of_shop"), _c.device == bindparam("of_device"))


@dataclass(frozen=True, slots=True)
class Chain:
    """A device's operations under one epoch. `known`: whether this server has given the epoch out."""

    epoch: int
    seq: int = 0
    head: str = GENESIS
    fenced: bool = False
    known: bool = True


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
    if not 0 < epoch <= device.epoch + _AHEAD:
        return Chain(epoch, fenced=True, known=False)
    row = connection.execute(_HEAD, _key(device, epoch)).one_or_none()
    return Chain(epoch, row.seq, row.head, row.fenced) if row is not None else Chain(epoch, known=False)


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


def follow(chain: Chain, prev_hash: str, operations: Sequence[Sent]) -> tuple[Course, str]:
    """Whether a batch goes on from our head, and the head after it.

    Where it begins before our head (an answer was lost), the hashes that lead up to our head say whether it is the same story: equal
    heads mean equal operations.
    """
    if chain.fenced:
        return Course.PARTED, chain.head
    if operations[0].operation.seq > chain.seq + 1:
        return Course.WE_ARE_BEHIND, chain.head
    head, at_our_head = prev_hash, prev_hash
    for item in operations:
        operation = item.operation
        head = chain_hash(head, operation.id, operation.seq, operation.kind, operation.at, item.digest)
        if operation.seq == chain.seq:
            at_our_head = head
    if operations[-1].operation.seq < chain.seq:
        return Course.SEEN, chain.head
    return (Course.GOES_ON, head) if at_our_head == chain.head else (Course.PARTED, chain.head)


def advance(connection: Connection, device: Device, chain: Chain, seq: int, head: str) -> Chain:
    """Move the head on."""
    if chain.known:
        connection.execute(_ADVANCE, {**_key(device, chain.epoch), "seq": seq, "head": head})
        return Chain(chain.epoch, seq, head)
    return _begin(connection, device, Chain(chain.epoch, seq, head))


def fence(connection: Connection, device: Device, chain: Chain) -> Chain:
    """End an epoch and begin the device's next one."""
    if chain.known:
        connection.execute(_FENCE, _key(device, chain.epoch))
    # asked anew under the shop's lock: another copy of this till may have been fenced a moment ago
    given = connection.scalar(_NEWEST, {"of_shop": device.shop, "of_device": device.uid}) or 0
    # above the till's own, too, so that it is new to the till; how far a till may be ahead has its limit
    return _begin(connection, device, Chain(max(given, min(chain.epoch, given + _AHEAD)) + 1))


def _begin(connection: Connection, device: Device, chain: Chain) -> Chain:
    row = {"shop": device.shop, "device": device.uid, "epoch": chain.epoch, "seq": chain.seq, "head": chain.head, "fenced": False}
    connection.execute(insert(tables.chain), row)
    connection.execute(_EPOCH, {"of_shop": device.shop, "of_device": device.uid, "newest": chain.epoch})
    return chain


def _key(device: Device, epoch: int) -> dict[str, object]:
    return {"of_shop": device.shop, "of_device": device.uid, "of_epoch": epoch}
