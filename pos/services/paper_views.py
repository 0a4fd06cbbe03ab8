"""What screens and the spool see of print jobs and rolls: rows without bytes. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.evidence import Evidence, Said
from pos.domain.printing import DocumentKind, PrintState

ROLLS_MM: Final = (15_000, 20_000, 30_000, 50_000, 80_000)
"""Lengths of the rolls that shops buy, as their boxes say."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A job without its bytes.

    Attributes:
        size: of its bytes; 0 of one whose bytes have served.
        since: UTC ms since which its state holds.
        evidence: what is known of how it ended, or why it waits.
        target: the printer that it went to last, where it is not the one that it was queued for.
        number: of the sale or order that it is about; empty for what has none.
    """

    id: int
    kind: DocumentKind
    document: str
    copy: int
    printer: str
    size: int
    state: PrintState
    created_at: int
    since: int
    attempts: int
    evidence: Evidence
    expires_at: int | None = None
    max_attempts: int = 0
    target: str = ""
    number: str = ""

    @property
    def goes_to(self) -> str:
        """The printer that it is for now."""
        return self.target or self.printer

    @property
    def needs_a_person(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.state is PrintState.UNKNOWN or (self.state is PrintState.FAILED and self.evidence.asks is not None)


@dataclass(frozen=True, slots=True)
class Roll:
    """The paper of one printer.

    Attributes:
        length_mm: of the roll when it was put in, 0 when nobody said.
        changed_at: UTC ms, 0 when nobody said.
        used_mm: since then, by what was sent to the printer.
    """

    length_mm: int
    changed_at: int
    used_mm: int

    @property
    def left_mm(self) -> int | None:
        """What should still be there; None when nobody said how long the roll was."""
        return max(0, self.length_mm - self.used_mm) if self.length_mm else None


class PrinterState(StrEnum):
    """How a printer is, as the spool last saw it."""

    UNSEEN = "unseen"
    """Nobody has looked yet."""
    READY = "ready"
    """It is there. What it says of its paper is asked for by a person."""
    BUSY = "busy"
    TROUBLE = "trouble"
    """It was not there, or its last job did not go through."""


@dataclass(frozen=True, slots=True)
class PrinterNow:
    """A printer's state, and in trouble why. `at` UTC ms of the last look, 0 for none."""

    state: PrinterState = PrinterState.UNSEEN
    trouble: Evidence | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class PrinterChecked:
    """What a printer answered when it was asked how it is.

    Attributes:
        trouble: why it could not be asked; None when it could.
        heard: it answered; one that says nothing is not known to be well.
        said: what it said that keeps it from printing.
        confirms: it tells when a job is printed.
    """

    trouble: Evidence | None
    heard: bool
    said: tuple[Said, ...]
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class FoundPrinter:
    """A printer that the search came upon.

    Attributes:
        address: as it is kept.
        name: what the system or the printer calls it.
        profile: the profile that it probably has; empty when there is no hint.
        model: what is known of its make, for people; may be empty.
    """

    address: str
    name: str
    profile: str = ""
    model: str = ""
