"""The counter sells whatever a printer does: through the real window, with the shop's own spool and a printer on a real socket."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer

from pos.domain.printing import DocumentKind, PrintState
from pos.services.drawer import open_session
from pos.services.goods import put_catalogue
from pos.services.paper_views import PrinterState
from pos.services.preferences import one_printer
from pos.ui.workers import Round
from tests.helpers.counter_window import CounterWindow, wait_until, window_over
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.shops import SHELF
from tests.helpers.stage import stage

MI_CODE = "089686010947"
SALES = 4
PATIENCE_MS = 2_000
"""For a whole sale with its scans and keys; a printer that hangs is given up after more than ten seconds."""
FAULTS = (Fault.NONE, Fault.REFUSE, Fault.HANG, Fault.PAPER_OUT)


def _sell(counter: CounterWindow) -> None:
    """One sale for exact cash and on to the next one, in less time than any printer is waited for."""
    before, clock = len(counter.sales()), QElapsedTimer()
    clock.start()
    counter.scan(MI_CODE)
    counter.key("F12")
    assert clock.elapsed() < PATIENCE_MS, "nobody at the counter waits for paper"
    assert len(counter.sales()) == before + 1


@pytest.mark.parametrize("fault", FAULTS)
def test_no_printer_holds_up_a_sale(tmp_path: Path, fault: Fault) -> None:
    with StandInPrinter(fault, after=40) as printer, stage(tmp_path, printers=one_printer(printer.address)) as shop:
        till = shop.context.till
        put_catalogue(till, SHELF)
        open_session(till, 200_000)

        def print_once() -> Round:
            # woken at once: the window under test has nobody who wakes its worker
            return replace(shop.shop.print_once(), next_in=0.01)

        def struks() -> list[PrintState]:
            jobs = till.store.read.print_jobs()
            return [job.state for job in jobs if job.kind is DocumentKind.RECEIPT]

        with window_over(till, print_once=print_once) as counter:
            _sell(counter)
            wait_until(lambda: shop.shop.printers.now(printer.address).state is not PrinterState.UNSEEN, "the spool is at the first paper")
            for _ in range(SALES - 1):
                _sell(counter)
            assert len(struks()) == SALES, "each sale has its paper, printed or not"
            if fault is Fault.HANG:
                wait_until(lambda: bool(printer.jobs), "the first bytes went")
                assert PrintState.SENDING in [job.state for job in till.store.read.print_jobs()], "the printer hangs all the while"
                assert struks().count(PrintState.QUEUED) >= SALES - 1
            if fault is Fault.NONE:
                wait_until(lambda: struks() == [PrintState.SENT] * SALES, "all of them are on paper")
