"""What is sent of the outbox, and what an answer says of it. Pure: reads no store, knows no line."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from pos.services.line_views import LostStep
from pos.services.views import OutboxOperation, SyncPosition
from pos.sync import protocol as wire

_log = logging.getLogger(__name__)

_ENVELOPE: Final = 1024
"""Bytes left for the request around the operations."""
_FRAME: Final = 160
"""Bytes that an operation has around its kind and payload, at most."""
_ORDER_KINDS: Final = frozenset({wire.OperationKind.ORDER_COMMAND.value, wire.OperationKind.ORDER_PICKED_UP.value})

APPLIED: Final = "applied"
REFUSED: Final = "refused"
QUARANTINED: Final = "quarantined"


def fitting(waiting: Sequence[OutboxOperation], epoch: int, most: int = wire.MAX_OPERATIONS) -> tuple[OutboxOperation, ...]:
    """The first waiting operations that one request may carry: no gap, at most `most` and MAX_BATCH_BYTES, but always one."""
    taken: list[OutboxOperation] = []
    size = _ENVELOPE
    for operation in waiting[:most]:
        size += _FRAME + len(operation.kind) + len(operation.payload)
        gap = taken and operation.seq != taken[-1].seq + 1
        if operation.epoch != epoch or gap or (taken and size > wire.MAX_BATCH_BYTES):
            break
        taken.append(operation)
    return tuple(taken)


def to_wire(operations: Sequence[OutboxOperation], position: SyncPosition) -> wire.Batch | None:
    """The operations as the request carries them; None when there are none."""
    if not operations:
        return None
    return wire.Batch(
        epoch=position.epoch,
        prev_hash=position.acked_hash or wire.GENESIS,
        operations=tuple(
            # a payload that was emptied after its time (35 days) and is asked for again: the server will say that it cannot be read
            wire.Operation(id=item.id, seq=item.seq, kind=item.kind, at=item.at, payload=msgspec.Raw(item.payload or b"null"))
            for item in operations
        ),
    )


@dataclass(frozen=True, slots=True)
class Receipts:
    """What became of the operations that were sent.

    Attributes:
        done: (operation id, state, code) of those that are settled, as `UnitOfWork.acknowledge` takes them.
        lost_steps: steps with orders that were not taken: they no longer wait for the server.
        acked_seq, acked_hash: the outbox's head up to which everything is settled.
        stuck: the first operation sent was not settled: to ask again at once would not help.
        later: the server asks for the rest again, after a while.
    """

    done: tuple[tuple[str, str, str], ...]
    lost_steps: tuple[LostStep, ...]
    acked_seq: int
    acked_hash: str
    stuck: bool
    later: bool = False


def read_results(sent: Sequence[OutboxOperation], position: SyncPosition, results: Sequence[wire.OperationResult]) -> Receipts:
    """Settle what was sent, in order, up to the first that has no final result: what comes after that is sent again with it, and the
    server knows it by its id. So the outbox never has a hole."""
    told = {result.id: result for result in results}
    strangers = set(told) - {operation.id for operation in sent}
    if strangers:
        _log.warning("%d results for operations that were not sent are passed over", len(strangers))
    done: list[tuple[str, str, str]] = []
    lost: list[LostStep] = []
    later = False
    seq, head = position.acked_seq, position.acked_hash
    for operation in sent:
        result = told.get(operation.id)
        state = _state(operation, result) if result is not None else None
        if result is None or state is None:
            later = result is not None
            break
        done.append((operation.id, state, result.code))
        seq, head = operation.seq, operation.chain_hash
        if state != APPLIED and operation.kind == wire.OperationKind.ORDER_COMMAND.value:
            lost += _lost_step(operation, result.code)
    return Receipts(tuple(done), tuple(lost), seq, head, bool(sent) and not done, later)


def _state(operation: OutboxOperation, result: wire.OperationResult) -> str | None:
    """The outbox's state for a result; None while it is not final."""
    if result.status == wire.ResultStatus.DUPLICATE.value:
        # the code is that of the first result: an answer that was lost on its way may have been a refusal
        not_taken = REFUSED if operation.kind in _ORDER_KINDS else QUARANTINED
        return not_taken if result.code else APPLIED
    if result.status in (APPLIED, REFUSED, QUARANTINED):
        return result.status
    if result.status != wire.ResultStatus.RETRY.value:
        _log.warning("operation %s has a result that this program does not know; it waits", operation.id)
    return None


def _lost_step(operation: OutboxOperation, code: str) -> list[LostStep]:
    try:
        command = wire.decode(operation.payload, wire.OrderCommandPayload)
    except msgspec.MsgspecError:
        _log.error("the payload of operation %s of this till cannot be read", operation.id)
        return []
    return [LostStep(command.order, command.command, code)]


def order_of(operation: OutboxOperation) -> str:
    """The order that an operation speaks of; empty for another kind."""
    if operation.kind != wire.OperationKind.ORDER_COMMAND.value:
        return ""
    steps = _lost_step(operation, "")
    return steps[0].order if steps else ""
