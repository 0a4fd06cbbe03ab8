"""What was quarantined, and its way out: a person looks at it, and a newer program reads it again. Owns that, and nothing of the intake.

The result of an operation never changes, so a till that asks again is told `quarantined` for ever. Its effect is booked once, in the
transaction that says so; the feed tells the shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from central import tables
from central.orders import moving
from central.orders.commands import Verdict
from central.shop_work import Origin, ShopWork
from central.statements import Statement, run
from central.sync.effects import Effects
from central.sync.reading import Unfit
from central.sync.spoken_of import SpokenOf, read_one
from central.world import World
from pos.sync.protocol import Change, ChangeKind, QuarantineChange, ResultStatus

BOOKED: Final = "booked"
DISMISSED: Final = "dismissed"
MOST: Final = 500
_FREE: Final = (
    " AND NOT EXISTS (SELECT 1 FROM release r WHERE r.shop = {0}.shop"
    " AND r.device = {0}.device AND r.epoch = {0}.epoch AND r.seq = {0}.seq)"
)
_ENTRY: Final = "SELECT '{2}', device, epoch, seq, {1} AS id, kind, code, received_at, length(payload) FROM {0} WHERE shop = :shop"
_OPERATIONS: Final = _ENTRY.format("operation", "id", "operation") + " AND status = 'quarantined'" + _FREE.format("operation")
_INCIDENTS: Final = _ENTRY.format("incident", "id", "incident") + _FREE.format("incident")
_ASIDE: Final = "SELECT 'set_aside', device, 0, 0, operation, kind, code, at, size FROM set_aside WHERE shop = :shop"
_LIST: Final = Statement(f"{_OPERATIONS} UNION ALL {_INCIDENTS} UNION ALL {_ASIDE} ORDER BY 8, 2, 3, 4 LIMIT {MOST}")
_PAYLOAD: Final = Statement(
    "SELECT payload FROM operation WHERE shop = :shop AND device = :device AND epoch = :epoch AND seq = :seq"
    " UNION ALL SELECT payload FROM incident WHERE shop = :shop AND device = :device AND epoch = :epoch AND seq = :seq"
)
_ONE: Final = Statement(
    "SELECT id, kind, payload, booked_at FROM operation"
    " WHERE shop = :shop AND device = :device AND epoch = :epoch AND seq = :seq AND status = 'quarantined'" + _FREE.format("operation")
)
_EVERYWHERE: Final = Statement(
    "SELECT shop, count(*) FROM (SELECT shop FROM operation WHERE status = 'quarantined'"
    + _FREE.format("operation")
    + " UNION ALL SELECT shop FROM incident WHERE true"
    + _FREE.format("incident")
    + ") AS waiting GROUP BY shop"
)
_COUNT: Final = Statement(f"SELECT count(*) FROM ({_OPERATIONS} UNION ALL {_INCIDENTS}) AS waiting")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in quarantine. `source`: operation (could not be taken), incident (its id was none, or stood for something else), or
    set_aside (the till itself could not send it). `name`: how a person names it, `<device>.<epoch>.<seq>`.
    """

    source: str
    device: str
    epoch: int
    seq: int
    operation: str
    kind: str
    code: str
    at: int
    size: int

    @property
    def name(self) -> str:
        return f"{self.device}.{self.epoch}.{self.seq}"


def listed(connection: Connection, shop: int) -> list[Entry]:
    """All that nobody has dealt with, oldest first."""
    return [Entry(*row) for row in run(connection, _LIST, {"shop": shop}).rows]


def waiting(connection: Connection, shop: int) -> int:
    """How many could not be taken and nobody has dealt with."""
    found = run(connection, _COUNT, {"shop": shop}).one
    return int(found[0]) if found is not None else 0


def waiting_by_shop(connection: Connection) -> dict[int, int]:
    """As `waiting`, of every shop that has some."""
    return {shop: int(count) for shop, count in run(connection, _EVERYWHERE, {}).rows}


def payload_of(connection: Connection, shop: int, device: str, epoch: int, seq: int) -> bytes | None:
    """The payload as it came, None where there is no such operation."""
    found = run(connection, _PAYLOAD, {"shop": shop, "device": device, "epoch": epoch, "seq": seq}).one
    return bytes(found[0]) if found is not None else None


def reread(world: World, connection: Connection, shop: int, actor: str, only: Sequence[Entry] | None = None) -> list[Entry]:
    """Read again what could not be taken; what can be now has its effect. Returns what was booked.

    Args:
        actor: an officer's uid, empty for the operator. only: these; None is all.
    """
    work = ShopWork.begin(connection, shop, world.clock.now())
    moving.sweep(work, world.settings)
    booked = []
    for entry in listed(connection, shop) if only is None else only:
        if entry.source == "operation" and _book(world, work, entry, actor):
            booked.append(entry)
    work.finish()
    return booked


def dismiss(world: World, connection: Connection, shop: int, actor: str, entry: Entry) -> bool:
    """A person has looked, and lets it go: it is not shown any more. Whether it was there."""
    work = ShopWork.begin(connection, shop, world.clock.now())
    if entry not in listed(connection, shop) or entry.source == "set_aside":
        return False
    _release(work, entry, DISMISSED, Verdict(), actor)
    work.finish()
    return True


def find(connection: Connection, shop: int, name: str) -> Entry | None:
    """An entry by its name."""
    return next((entry for entry in listed(connection, shop) if entry.name == name), None)


def _book(world: World, work: ShopWork, entry: Entry, actor: str) -> bool:
    """Give one operation its effect, if this program can read it. Each is finished before the next: the next may stand on it."""
    found = run(work.connection, _ONE, {"shop": work.shop, "device": entry.device, "epoch": entry.epoch, "seq": entry.seq}).one
    if found is None:
        return False
    uid, kind, payload, booked_at = found
    read = read_one(kind, bytes(payload))
    if isinstance(read, Unfit):
        return False
    spoken = SpokenOf()
    spoken.note(read)
    sessions, sales = (run(work.connection, *call) for call in spoken.calls(work.shop)[1:])
    effects = Effects(world, work, Origin(entry.device, entry.epoch))
    effects.prepare(spoken, sessions, sales)
    work.look_at(spoken.moves)
    verdict = effects.apply(uid, booked_at, read)
    if verdict.status is not ResultStatus.APPLIED:
        return False
    effects.finish()
    _release(work, entry, BOOKED, verdict, actor)
    work.finish()
    return True


def _release(work: ShopWork, entry: Entry, state: str, verdict: Verdict, actor: str) -> None:
    row: tuple[Any, ...] = (work.shop, entry.device, entry.epoch, entry.seq, entry.operation, state, verdict.code)
    work.add(tables.release, (*row, " ".join(verdict.flags), actor, work.now))
    told = QuarantineChange(operation=entry.operation, device=entry.device, state=state, at=work.now)
    work.tell(entry.name, Change(seq=0, kind=ChangeKind.QUARANTINE.value, uid=entry.operation, quarantine=told))
