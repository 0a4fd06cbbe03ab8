"""What a job's state comes to, from what was seen. Pure: the promise of printing.md in one place.

*Automatically at most once, never silently lost*: by itself a job is tried again only where not one byte was handed over; what is doubtful
asks a person; a drawer is open or it is not, and never opens later by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pos.domain.evidence import Asks, Evidence, Seen
from pos.domain.printing import DocumentKind, PrintState
from pos.printing.transports.handing import HandedOver
from pos.services.paper_views import PrintRow

OLD_MS: Final = 600_000
"""Age from which a job asks before it prints: its customer is gone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A job's new state, and its old one: written only where that still holds."""

    job: int
    before: PrintState
    state: PrintState
    evidence: Evidence


def outcome_of(row: PrintRow, handed: HandedOver) -> Outcome:
    """What a job that was SENDING has come to."""
    if handed.confirmed:
        state = PrintState.CONFIRMED
    elif handed.whole:
        state = PrintState.SENT
    elif row.kind is DocumentKind.DRAWER_KICK or (handed.bytes == 0 and 0 < row.max_attempts <= row.attempts + 1):
        state = PrintState.EXPIRED
    else:
        state = PrintState.FAILED if handed.bytes == 0 else PrintState.UNKNOWN
    return Outcome(row.id, PrintState.SENDING, state, handed.evidence)


def stopped(row: PrintRow, seen: Seen) -> Outcome:
    """What a job has come to whose sending was broken off, nobody knows where."""
    state = PrintState.EXPIRED if row.kind is DocumentKind.DRAWER_KICK else PrintState.UNKNOWN
    return Outcome(row.id, row.state, state, Evidence(seen, row.size, row.size))


def overtaken(row: PrintRow, now: int) -> Outcome | None:
    """What the passing of time makes of a job that is not being sent."""
    if row.state not in (PrintState.QUEUED, PrintState.FAILED):
        return None
    if row.expires_at is not None and not row.created_at <= now <= row.expires_at:
        # before its making: the clock was set back, and nobody knows how late it is
        return Outcome(row.id, row.state, PrintState.EXPIRED, replace(row.evidence, seen=Seen.TOO_LATE))
    # a job that a person has asked for again is as young as his word
    asked_at = row.since if row.state is PrintState.QUEUED else row.created_at
    if now - asked_at > OLD_MS and row.evidence.asks is None:
        return Outcome(row.id, row.state, PrintState.FAILED, row.evidence.asking(Asks.OLD))
    return None


def left_over(row: PrintRow) -> Outcome | None:
    """What becomes, at the start of the till, of a job from before it: nothing is sent unattended, and no drawer opens by itself."""
    if row.state is PrintState.SENDING:
        return stopped(row, Seen.STOPPED)
    if row.evidence.asks is not None or row.state is PrintState.UNKNOWN:
        return None
    if row.kind is DocumentKind.DRAWER_KICK:
        return Outcome(row.id, row.state, PrintState.EXPIRED, replace(row.evidence, seen=Seen.TOO_LATE))
    return asking(row, Asks.RESTARTED)


def asking(row: PrintRow, asks: Asks) -> Outcome:
    """A job that can go nowhere by itself."""
    return Outcome(row.id, row.state, PrintState.FAILED, row.evidence.asking(asks))
