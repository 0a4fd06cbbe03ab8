"""The recap of a report on paper: queued for the printer of the books, or as a document for a page. Computes nothing."""

from __future__ import annotations

from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.services.papers import queue
from pos.services.ports import Till
from pos.services.reports import Report


def print_recap(till: Till, report: Report) -> None:
    """Queue the recap of a report as it was read. Raises ShopError PRINTER_NOT_SET."""
    printer = till.paper.printer_of(role_of(DocumentKind.RECAP))
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    data = till.paper.recap(report, till.store.read.shop(), till.clock.now())
    queue(till, [NewPrintJob(DocumentKind.RECAP, till.ids.new(), 0, printer, data)])


def recap_page(till: Till, report: Report) -> Document:
    """The same with every row, for a page."""
    return till.paper.recap_document(report, till.store.read.shop(), till.clock.now())
