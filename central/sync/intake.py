"""What becomes of each operation of a batch. Owns dedup, quarantine and results; gathers rows that are written at once.

Effect and result are committed together and kept for good. The dedup key is the id with the payload's hash, within the shop: a till that
was enrolled anew may tell again what its predecessor told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from central import moments, tables
from central.orders.commands import Verdict
from central.shop_work import Origin, ShopWork
from central.sync import reading
from central.sync.chains import Sent
from central.sync.effects import Effects
from central.sync.reading import Unfit
from central.sync.spoken_of import Read, SpokenOf
from central.world import World
from pos.sync.protocol import OperationResult, ResultStatus

MAX_KIND: Final = 100
BUSY: Final = "busy"
_i = tables.incident.c
_INCIDENTS: Final = select(_i.seq).where(
    _i.shop == bindparam("shop"),
    _i.device == bindparam("device"),
    _i.epoch == bindparam("epoch"),
    _i.seq.in_(bindparam("seqs", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What became of an operation when it first came."""

    digest: str
    verdict: Verdict

    def again(self) -> Verdict:
        """The result of an id never changes; that it was applied before is all that a repetition learns."""
        if self.verdict.status is ResultStatus.APPLIED:
            return Verdict(ResultStatus.DUPLICATE, self.verdict.code, self.verdict.flags)
        return self.verdict


class Intake:
    """One batch into one shop. `take`, then the caller finishes the ShopWork and commits."""

    def __init__(self, world: World, work: ShopWork, origin: Origin, booked_at: int) -> None:
        """`booked_at`: the booked time of the chain's newest operation."""
        self._world = world
        self._work = work
        self._origin = origin
        self._effects = Effects(world, work, origin)
        self._known: dict[str, Known] = {}
        self._incidents: list[dict[str, Any]] = []
        self.booked_at = booked_at

    def look_up(self, operations: Sequence[Sent]) -> bool:
        """Learn which of them are known; whether all are, with the same content. The ShopWork was begun with the calls of `SpokenOf`."""
        for uid, digest, status, code, flags in self._work.told[-3].rows if operations else ():
            self._known[uid] = Known(digest, Verdict(ResultStatus(status), code, tuple(flags.split())))
        return all(item.operation.id in self._known and self._known[item.operation.id].digest == item.digest for item in operations)

    def take(self, operations: Sequence[Sent], read: Sequence[Read], spoken: SpokenOf) -> tuple[OperationResult, ...]:
        """One result an operation, in order; `look_up` came before. What follows the first `retry` is `retry`, too, and was not taken."""
        self._effects.prepare(spoken, *self._work.told[-2:])
        results: list[OperationResult] = []
        for item, payload in zip(operations, read, strict=True):
            if results and self._held_for_long():
                break
            results.append(self._one(item, payload))
        late = Verdict(ResultStatus.RETRY, BUSY)
        results += [_result(item, late) for item in operations[len(results) :]]
        self._effects.finish()
        self._write_incidents()
        return tuple(results)

    def _held_for_long(self) -> bool:
        """Others of the shop wait: what is left may come again."""
        return self._world.clock.now() - self._work.now > self._world.settings.hold_ms

    def _one(self, item: Sent, payload: Read) -> OperationResult:
        operation = item.operation
        known = self._known.get(operation.id)
        if known is not None:
            verdict = known.again() if known.digest == item.digest else self._incident(item, "id_reused")
        elif not reading.is_id(operation.id):
            verdict = self._incident(item, "id_invalid")
        else:
            verdict = self._first(item, payload)
        return _result(item, verdict)

    def _first(self, item: Sent, payload: Read) -> Verdict:
        operation, work, origin = item.operation, self._work, self._origin
        self.booked_at, odd = moments.book(operation.at, self.booked_at, work.now)
        if isinstance(payload, Unfit):
            verdict = Verdict(ResultStatus.QUARANTINED, payload.code)
        else:
            verdict = self._effects.apply(operation.id, self.booked_at, payload)
        if odd and verdict.status is ResultStatus.APPLIED:
            verdict = Verdict(verdict.status, verdict.code, (*verdict.flags, *odd))
        self._known[operation.id] = Known(item.digest, verdict)
        head = (work.shop, operation.id, origin.device, origin.epoch, operation.seq, _clean(operation.kind), moments.clean(operation.at))
        result = (verdict.status.value, verdict.code, " ".join(verdict.flags))
        work.add(tables.operation, (*head, work.now, item.payload, item.digest, *result, self.booked_at))
        return verdict

    def _incident(self, item: Sent, code: str) -> Verdict:
        """Two contents under one id, or no id at all: kept for a person to look at, and the first content stays."""
        operation = item.operation
        self._incidents.append(
            {
                "shop": self._work.shop,
                "device": self._origin.device,
                "epoch": self._origin.epoch,
                "seq": operation.seq,
                "id": _clean(operation.id),
                "kind": _clean(operation.kind),
                "at": moments.clean(operation.at),
                "received_at": self._work.now,
                "payload": item.payload,
                "payload_hash": item.digest,
                "code": code,
            }
        )
        return Verdict(ResultStatus.QUARANTINED, code)

    def _write_incidents(self) -> None:
        """Those that are not known yet: an incident whose answer was lost comes again."""
        if not self._incidents:
            return
        asked = {"shop": self._work.shop, "device": self._origin.device, "epoch": self._origin.epoch}
        seqs = [row["seq"] for row in self._incidents]
        known = set(self._work.connection.scalars(_INCIDENTS, {**asked, "seqs": seqs}))
        new = [row for row in self._incidents if row["seq"] not in known]
        if new:
            self._work.connection.execute(insert(tables.incident), new)


def _result(item: Sent, verdict: Verdict) -> OperationResult:
    return OperationResult(id=item.operation.id, status=verdict.status.value, code=verdict.code, flags=verdict.flags)


def _clean(text: str) -> str:
    return text.replace("\x00", "")[:MAX_KIND]
