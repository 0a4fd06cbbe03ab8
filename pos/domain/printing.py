"""The states of a print job and what they promise (printing.md, The spool). Paper itself is `pos.printing`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pos.domain.evidence import Evidence


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
        return self not in OPEN


OPEN: Final = (PrintState.QUEUED, PrintState.SENDING, PrintState.FAILED, PrintState.UNKNOWN)
"""States in which something is still to happen to a job."""


class DocumentKind(StrEnum):
    RECEIPT = "receipt"
    PICKUP = "pickup"
    TEST_PAGE = "test_page"
    DRAWER_KICK = "drawer_kick"
    DRAWER_REPORT = "drawer_report"
    """X and Z."""
    BON = "bon"
    STATEMENT = "statement"
    REPAYMENT = "repayment"
    NOTA = "nota"
    KUITANSI = "kuitansi"
    LABEL = "label"
    GOODS_RECEIPT = "goods_receipt"
    STOCK_TAKE = "stock_take"
    KEY_CARD = "key_card"
    SUPPLIER = "supplier"
    """What a supplier is owed, or the note of goods on consignment."""
    CASH_BOOK = "cash_book"
    HELP_CARD = "help_card"
    STOCK_CARD = "stock_card"
    SHOPPING = "shopping"
    """What is to be bought."""
    RECAP = "recap"
    """What some days brought."""
    UNSENT = "unsent"
    """What the server had not heard when the owner let a till go."""


class PrinterRole(StrEnum):
    """What a printer is for. A shop with one printer prints everything on it."""

    STRUK = "struk"
    """What a customer takes along, and the drawer."""
    PICKUP = "pickup"
    """Where online orders are packed."""
    LABEL = "label"
    REPORT = "report"
    """What stays in the shop: X and Z, goods receipts, stock-take sheets, the books."""


_ROLES: Final = {
    DocumentKind.PICKUP: PrinterRole.PICKUP,
    DocumentKind.LABEL: PrinterRole.LABEL,
    DocumentKind.DRAWER_REPORT: PrinterRole.REPORT,
    DocumentKind.GOODS_RECEIPT: PrinterRole.REPORT,
    DocumentKind.STOCK_TAKE: PrinterRole.REPORT,
    DocumentKind.KEY_CARD: PrinterRole.REPORT,
    DocumentKind.SUPPLIER: PrinterRole.REPORT,
    DocumentKind.CASH_BOOK: PrinterRole.REPORT,
    DocumentKind.HELP_CARD: PrinterRole.REPORT,
    DocumentKind.STOCK_CARD: PrinterRole.REPORT,
    DocumentKind.SHOPPING: PrinterRole.REPORT,
    DocumentKind.RECAP: PrinterRole.REPORT,
    DocumentKind.UNSENT: PrinterRole.REPORT,
}


def role_of(kind: DocumentKind) -> PrinterRole:
    """Whose printer a document is for."""
    return _ROLES.get(kind, PrinterRole.STRUK)


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
    """A job as the spool holds it.

    Attributes:
        evidence: what is known of how it ended: a line of `domain.evidence`.
        target: the printer that it goes to, where it is not the one that it was queued for.
        state_at: UTC ms since which its state holds; 0 where an older till did not say.
    """

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
    target: str = ""
    state_at: int = 0

    @property
    def known(self) -> Evidence:
        """The evidence, read."""
        # the settings are read before the window is painted, and know printers: they do not wait for what is known of jobs
        from pos.domain.evidence import Evidence

        return Evidence.read(self.evidence)
