"""A printer that was found or typed becomes one of the shop's, and what is changed of one is kept. Owns no widget."""

from __future__ import annotations

from dataclasses import replace

from pos.services.paper_views import FoundPrinter
from pos.services.preferences import PrinterChoice
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.printers.choosing import free_name, free_roles, with_printer
from pos.ui.settings.changing import change

_PLAIN = "generic58"


def add_printer(context: UiContext, found: FoundPrinter) -> PrinterChoice:
    """The shop has this printer from now on. Returns it."""
    printers = context.preferences.printers
    # the first one stands at the counter; of the others nobody knows yet
    name = free_name(printers, tr("Kasir") if not printers else found.name[:40])
    printer = PrinterChoice(name, found.address, found.profile or _PLAIN, free_roles(printers), context.till.ids.new()[:8])
    keep_printer(context, printer)
    return printer


def keep_printer(context: UiContext, printer: PrinterChoice) -> None:
    """What was changed of a printer."""
    change(context, printers=with_printer(context.preferences.printers, printer))


def printer_of(context: UiContext, ref: str) -> PrinterChoice | None:
    """One of the shop's printers by what jobs are queued under; None when it is gone."""
    return next((printer for printer in context.preferences.printers if printer.ref == ref), None)


def learned_to_answer(context: UiContext, ref: str) -> None:
    """A printer was found to tell when it has printed."""
    printer = printer_of(context, ref)
    if printer is not None and not printer.answers:
        keep_printer(context, replace(printer, answers=True))
