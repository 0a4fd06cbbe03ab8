"""Paper that moves: the spool and its printers' threads, looking for printers, and asking one how it is. Owns when each is made.

Where the workers run, each printer has a thread of its own and wakes the spool when it is done; without them (command line, tests) the
spool does everything in the caller's thread.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.app.papers import Papers, receipt_printer
from pos.domain.errors import ErrorCode, ShopError
from pos.services.paper_views import FoundPrinter, PrinterChecked, PrinterNow
from pos.services.ports import Clock, Paper, Store
from pos.services.preferences import Preferences, PrinterChoice

if TYPE_CHECKING:
    from pos.printing.spooler import PrintRound, Spooler
    from pos.printing.threads import PrinterThreads
    from pos.ui.context import PaperPicture, PrinterKind


class Printing:
    """The printers of one open shop: `services.ports.paper.PrinterDesk`, and what the print worker does.

    `once` is called by the print worker, the others by whoever.

    Attributes:
        locks: folder of the turns at the printers, shared by all tills of this machine.
    """

    def __init__(self, store: Store, clock: Clock, papers: Papers, preferences: Callable[[], Preferences]) -> None:
        """`preferences`: those in use now. Raises ShopError STORE_DAMAGED."""
        self._store, self._clock, self._papers, self._preferences = store, clock, papers, preferences
        self.locks = Path(tempfile.gettempdir())
        self._last_before = next((row.id for row in store.read.print_rows(1)), 0)
        self._spooler: Spooler | None = None
        self._threads: PrinterThreads | None = None

    def attach(self, wake: Callable[[], None]) -> None:
        """A worker runs: from now on every printer has a thread of its own, which wakes the worker when it is done."""
        from pos.printing.threads import PrinterThreads

        self._threads = PrinterThreads(wake)

    def once(self) -> PrintRound:
        """One piece of the print worker's work, in its thread."""
        if self._spooler is None:
            from pos.printing.spooler import Spooler, at_once
            from pos.printing.transports import open_transport

            start = self._threads.start if self._threads is not None else at_once
            printers = lambda: self._preferences().printers  # noqa: E731
            self._spooler = Spooler(
                self._store, self._clock, open_transport, printers, self.locks, start=start, last_before=self._last_before
            )
        return self._spooler.run_once()

    def stop(self) -> None:
        """The till is closing: jobs in hand have a few seconds left."""
        if self._spooler is not None:
            self._spooler.stop()

    def close(self) -> None:
        """Nobody prints any more."""
        self.stop()
        if self._threads is not None:
            self._threads.close()

    # --- what is known of the printers ----------------------------------------------------------------------------

    def state(self) -> str:
        """Of all of them: `none`, `ready`, `busy` or `trouble`."""
        if not self._preferences().printers:
            return "none"
        return self._spooler.state if self._spooler is not None else "ready"

    def now(self, ref: str) -> PrinterNow:
        printer = self._printer(ref)
        return self._spooler.now(printer.address) if printer is not None and self._spooler is not None else PrinterNow()

    def check(self, address: str, thorough: bool = False) -> PrinterChecked:
        from pos.printing.transports import open_transport
        from pos.printing.turns import NotOurTurn, turn_at

        transport = open_transport(address)
        try:
            with turn_at(transport.device, self.locks):
                status = transport.status(thorough)
        except NotOurTurn:
            raise ShopError(ErrorCode.PRINTER_BUSY) from None
        return PrinterChecked(status.trouble, status.heard, status.said, status.confirms)

    def find(self, progress: Callable[[int, int], bool]) -> list[FoundPrinter]:
        from pos.printing.discovery import find_printers

        return find_printers(progress)

    def find_at(self, host: str) -> FoundPrinter | None:
        from pos.printing.discovery import find_at

        return find_at(host)

    # --- what their paper looks like ------------------------------------------------------------------------------

    def paper_on(self, printer: PrinterChoice) -> Paper:
        alone = replace(self._preferences(), printers=(replace(printer, roles=()),))
        return self._papers.paper(alone)

    def set_up_page(self, printer: PrinterChoice) -> bytes:
        from pos.printing.profiles import profile_of
        from pos.printing.set_up_page import set_up_page

        return set_up_page(profile_of(printer), printer.name, self._preferences().paper_language, self._papers.rehearsal)

    def pages(self, printer: PrinterChoice) -> list[tuple[str, int]]:
        from pos.printing.set_up_page import PAGES

        return list(PAGES)

    def draw(self, data: bytes, ref: str = "") -> PaperPicture:
        """Bytes of a job as its printer would put them on paper; without `ref` as the printer of receipts would."""
        from pos.printing.drawing import draw
        from pos.printing.profiles import profile_of
        from pos.ui.context import PaperPicture

        printer = self._printer(ref) or receipt_printer(self._preferences())
        return PaperPicture(*draw(data, profile_of(printer)))

    def kinds(self) -> tuple[PrinterKind, ...]:
        """The kinds of printers that are known by name."""
        from pos.printing.profiles import known_profiles
        from pos.ui.context import PrinterKind

        return tuple(
            PrinterKind(name, profile.paper_mm, profile.columns, profile.name or name) for name, profile in known_profiles().items()
        )

    def fitting(self, printer: PrinterChoice) -> list[PrinterChoice]:
        from pos.printing.routes import fits

        return [other for other in self._preferences().printers if other.ref != printer.ref and fits(printer, other)]

    def _printer(self, ref: str) -> PrinterChoice | None:
        return next((printer for printer in self._preferences().printers if printer.ref == ref), None)
