"""Papers of the books: a supplier's account, the note of goods on consignment, the cash book; on a printer or as a document for a page."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.cash_book import CashBook
from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.services import suppliers
from pos.services.ports import Till
from pos.services.supplier_views import ConsignedGoods


def print_supplier(till: Till, supplier_uid: str, consigned: bool = False) -> None:
    """Queue what a supplier is owed; `consigned`: as the note of goods that they left here. Raises ShopError SUPPLIER_NOT_FOUND,
    PRINTER_NOT_SET."""
    book = suppliers.book(till, supplier_uid)
    data = till.paper.supplier(book, _goods(till, supplier_uid, consigned), till.store.read.shop(), till.clock.now())
    _queue(till, DocumentKind.SUPPLIER, data)


def supplier_page(till: Till, supplier_uid: str, consigned: bool = False) -> Document:
    """The same for a page. Raises ShopError SUPPLIER_NOT_FOUND."""
    book = suppliers.book(till, supplier_uid)
    return till.paper.supplier_document(book, _goods(till, supplier_uid, consigned), till.store.read.shop(), till.clock.now())


def print_cash_book(till: Till, book: CashBook) -> None:
    """Queue a cash book as it was read. Raises ShopError PRINTER_NOT_SET."""
    _queue(till, DocumentKind.CASH_BOOK, till.paper.cash_book(book, till.store.read.shop(), till.clock.now()))


def cash_book_page(till: Till, book: CashBook) -> Document:
    """The same for a page."""
    return till.paper.cash_book_document(book, till.store.read.shop(), till.clock.now())


def _goods(till: Till, supplier_uid: str, consigned: bool) -> Sequence[ConsignedGoods] | None:
    return till.store.read.consigned_goods(supplier_uid) if consigned else None


def _queue(till: Till, kind: DocumentKind, data: bytes) -> None:
    printer = till.paper.printer_of(role_of(kind))
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(kind, till.ids.new(), 0, printer, data)])
        work.commit()
