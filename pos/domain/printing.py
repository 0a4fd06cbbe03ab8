"""The states of a print job and what they promise (printing.md, The spool). Paper itself is `pos.printing`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ASKS: Final = "asks before it prints"
"""Begins the evidence of a FAILED job that is not tried any more by itself: its customer is gone, or its bytes are damaged."""


class PrintState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    """Committed before the first byte leaves."""
    CONFIRMED = "confirmed"
    """The printer itself said that it is printed."""
    SENT = "sent"
    """Handed over whole; nobody said that it is on paper."""
    FAILED = "failed"
    """Not one byte was handed over; may be tried again."""
    UNKNOWN = "unknown"
    """Some bytes may have been printed: a person says "Sudah tercetak" or "Cetak ulang"."""
    EXPIRED = "expired"
    """A drawer kick that came too late, or a job dropped by a person."""
    ON_PAPER = "on_paper"
    """A person looked and said so."""

    @property
    def is_final(self) -> bool:
        return self not in (PrintState.QUEUED, PrintState.SENDING, PrintState.FAILED, PrintState.UNKNOWN)


class DocumentKind(StrEnum):
    RECEIPT = "receipt"
    PICKUP = "pickup"
    TEST_PAGE = "test_page"
    DRAWER_KICK = "drawer_kick"


@dataclass(frozen=True, slots=True)
class NewPrintJob:
    """A job to be committed with the fact it is about.

    Attributes:
        document: uid of the sale, order or test page; unique with `copy` and `printer`: a double click is nothing.
        copy: 0 the original, n the n-th SALINAN.
        data: the bytes, frozen now.
        expires_at: UTC ms after which it must not be sent any more, or None.
        max_attempts: 1 for a drawer kick (never retried), else unlimited (0).
    """

    kind: DocumentKind
    document: str
    copy: int
    printer: str
    data: bytes
    expires_at: int | None = None
    max_attempts: int = 0


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A job as the spool holds it. `evidence`: what is known of how it ended, for people."""

    id: int
    kind: DocumentKind
    document: str
    copy: int
    printer: str
    data: bytes
    sha256: str
    state: PrintState
    created_at: int
    attempts: int = 0
    sent_at: int | None = None
    evidence: str = ""
    expires_at: int | None = None
    max_attempts: int = 0
