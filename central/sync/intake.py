"""What becomes of each operation of a batch. Owns dedup, quarantine and results; gathers rows and writes them at once.

Effect and result are committed together and kept for good. The dedup key is the id with the payload's hash, within the shop: a till that
was enrolled anew may tell again what its predecessor told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from central import tables
from central.bulk import among, append
from central.orders.commands import Verdict
from central.shop_work import Origin, ShopWork
from central.sync import reading
from central.sync.chains import Sent
from central.sync.effects import Effects
from central.sync.reading import Payload, Unfit
from central.world import World
from pos.sync.protocol import OperationResult, ResultStatus

MAX_KIND: Final = 100
_COLUMNS: Final = tuple(column.name for column in tables.operation.columns)
_o, _i = tables.operation.c, tables.incident.c
_KNOWN: Final = select(_o.id, _o.payload_hash, _o.status, _o.code, _o.flags).where(_o.shop == bindparam("shop"), among(_o.id, "ids"))
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

    def __init__(self, world: World, work: ShopWork, origin: Origin) -> None:
        self._work = work
        self._origin = origin
        self._effects = Effects(world, work, origin)
        self._known: dict[str, Known] = {}
        self._operations: list[tuple[Any, ...]] = []
        self._incidents: list[dict[str, Any]] = []

    def look_up(self, operations: Sequence[Sent]) -> bool:
        """Learn which of them are known; whether all are, with the same content."""
        ids = [item.operation.id for item in operations if reading.is_id(item.operation.id)]
        for row in self._work.connection.execute(_KNOWN, {"shop": self._work.shop, "ids": ids}) if ids else ():
            verdict = Verdict(ResultStatus(row.status), row.code, tuple(row.flags.split()))
            self._known[row.id] = Known(row.payload_hash, verdict)
        return all(item.operation.id in self._known and self._known[item.operation.id].digest == item.digest for item in operations)

    def take(self, operations: Sequence[Sent]) -> tuple[OperationResult, ...]:
        """One result an operation, in order; `look_up` came before."""
        fresh = [item for item in operations if item.operation.id not in self._known]
        payloads = {item.operation.seq: _read(item) for item in fresh}
        self._effects.prepare([payload for payload in payloads.values() if not isinstance(payload, Unfit)])
        results = tuple(self._one(item, payloads.get(item.operation.seq)) for item in operations)
        append(self._work.connection, tables.operation, self._operations)
        self._effects.finish()
        self._write_incidents()
        return results

    def _one(self, item: Sent, payload: Payload | Unfit | None) -> OperationResult:
        operation = item.operation
        known = self._known.get(operation.id)
        if known is not None:
            verdict = known.again() if known.digest == item.digest else self._incident(item, "id_reused")
        elif payload is None or not reading.is_id(operation.id):
            verdict = self._incident(item, "id_invalid")
        else:
            verdict = self._first(item, payload)
        return OperationResult(id=operation.id, status=verdict.status.value, code=verdict.code, flags=verdict.flags)

    def _first(self, item: Sent, payload: Payload | Unfit) -> Verdict:
        operation = item.operation
        at = reading.clean_moment(operation.at)
        if isinstance(payload, Unfit):
            verdict = Verdict(ResultStatus.QUARANTINED, payload.code)
        else:
            verdict = self._effects.apply(operation.id, at, payload)
        if at != operation.at and verdict.status is ResultStatus.APPLIED:
            verdict = Verdict(verdict.status, verdict.code, (*verdict.flags, "clock_absurd"))
        self._known[operation.id] = Known(item.digest, verdict)
        row = self._row(item) | {"id": operation.id, "status": verdict.status.value, "code": verdict.code, "flags": " ".join(verdict.flags)}
        self._operations.append(tuple(row[name] for name in _COLUMNS))
        return verdict

    def _incident(self, item: Sent, code: str) -> Verdict:
        """Two contents under one id, or no id at all: kept for a person to look at, and the first content stays."""
        self._incidents.append({**self._row(item), "id": _clean(item.operation.id), "code": code})
        return Verdict(ResultStatus.QUARANTINED, code)

    def _row(self, item: Sent) -> dict[str, Any]:
        operation = item.operation
        return {
            "shop": self._work.shop,
            "device": self._origin.device,
            "epoch": self._origin.epoch,
            "seq": operation.seq,
            "kind": _clean(operation.kind),
            "at": reading.clean_moment(operation.at),
            "received_at": self._work.now,
            "payload": item.payload,
            "payload_hash": item.digest,
        }

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


def _read(item: Sent) -> Payload | Unfit:
    try:
        return reading.read(item.operation.kind, item.payload)
    except Unfit as unfit:
        return unfit


def _clean(text: str) -> str:
    return text.replace("\x00", "")[:MAX_KIND]
