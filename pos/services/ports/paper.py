"""Print jobs and rolls, as protocols: what screens and the spool read and write of them. Owns no behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from pos.domain.printing import NewPrintJob, PrintJob, PrintState

if TYPE_CHECKING:
    # at work only: the sale screen is painted without them
    from collections.abc import Callable

    from pos.services.paper_views import FoundPrinter, PrinterChecked, PrinterNow, PrintRow, Roll
    from pos.services.ports.outside import Paper
    from pos.services.preferences import PrinterChoice


class PaperQueries(Protocol):
    """Print jobs and paper. Screens read rows: jobs come with all their bytes."""

    def print_jobs(self, limit: int = 100) -> list[PrintJob]: ...

    def print_jobs_of(self, document: str) -> list[PrintJob]: ...

    def print_job(self, job_id: int) -> PrintJob | None: ...

    def open_print_jobs(self, limit: int | None = None) -> list[PrintJob]:
        """QUEUED, SENDING, FAILED and UNKNOWN, oldest first."""
        ...

    def print_rows(self, limit: int, offset: int = 0) -> list[PrintRow]:
        """Newest first, in whatever state."""
        ...

    def open_print_rows(self, limit: int | None = None) -> list[PrintRow]:
        """QUEUED, SENDING, FAILED and UNKNOWN, oldest first."""
        ...

    def print_counts(self) -> dict[PrintState, int]:
        """How many jobs are in each state that is not final; states without jobs are left out."""
        ...

    def rolls(self) -> dict[str, Roll]:
        """By the printer's `ref`."""
        ...


class PaperWork(Protocol):
    """What goes to paper, and what became of it."""

    def queue_print(self, jobs: Sequence[NewPrintJob]) -> None:
        """Add jobs as QUEUED; one that exists already (kind, document, copy, printer) is nothing."""
        ...

    def set_print_state(
        self, job_id: int, state: PrintState, at: int, evidence: str, attempted: bool = False, target: str | None = None
    ) -> None:
        """`evidence`: a line of `domain.evidence`; `target`: the printer that it goes to from now on, empty for its own."""
        ...

    def use_paper(self, printer: str, millimetres: int) -> None:
        """So much came out of a printer."""
        ...

    def change_roll(self, printer: str, length_mm: int, at: int) -> None:
        """A new roll lies in a printer; `length_mm` 0 when it is not known."""
        ...


class PrinterDesk(Protocol):
    """The shop's printers as devices. What takes seconds says so and is not called by the UI thread."""

    def now(self, ref: str) -> PrinterNow:
        """A printer as the spool last saw it."""
        ...

    def check(self, address: str, thorough: bool = False) -> PrinterChecked:
        """Ask a printer how it is. Takes seconds. `thorough` also asks whether it tells when it has printed, which some print as letters.

        Raises:
            ShopError: PRINTER_NOT_FOUND for what is no address; PRINTER_BUSY while it prints.
        """
        ...

    def find(self, progress: Callable[[int, int], bool]) -> list[FoundPrinter]:
        """Look for printers in every way there is. Takes seconds."""
        ...

    def find_at(self, host: str) -> FoundPrinter | None:
        """The printer at an address that a person typed; None when nobody answers there. Takes seconds."""
        ...

    def paper_on(self, printer: PrinterChoice) -> Paper:
        """The shop's paper, all of it set for one printer."""
        ...

    def set_up_page(self, printer: PrinterChoice) -> bytes:
        """The page whose questions tell how wide a printer's paper is and which letters it has."""
        ...

    def pages(self, printer: PrinterChoice) -> list[tuple[str, int]]:
        """The code pages that the set-up page shows, line by line: (codec, number)."""
        ...

    def fitting(self, printer: PrinterChoice) -> list[PrinterChoice]:
        """The printers that could stand in for one."""
        ...
