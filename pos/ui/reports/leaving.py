"""A report out of the till: a workbook, a page, the paper of the printer. Owns the buttons and where files go; writes off the UI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.services.recap import print_recap, recap_page
from pos.services.reports import Report
from pos.services.sheets.book import write_book
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.papers.saving import ask_for_book, ask_for_pdf, write
from pos.ui.reports.tables import report_tables
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import IconButton, on_click


class LeavingButtons(QWidget):
    """Excel, PDF, paper: of the report that is shown."""

    def __init__(self, context: UiContext, shown: Callable[[], Report | None]) -> None:
        super().__init__()
        self._context, self._shown = context, shown
        self._excel, self._pdf, self._print = IconButton("file-spreadsheet", ""), IconButton("file-down", ""), IconButton("printer", "")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(8))
        for button, act in ((self._excel, self._ask_for_book), (self._pdf, self._ask_for_pdf), (self._print, self.print)):
            box.addWidget(button)
            on_click(button, act)

    def retranslate(self) -> None:
        self._excel.set_name(tr("Simpan laporan ke Excel"))
        self._pdf.set_name(tr("Simpan laporan ke PDF"))
        self._print.set_name(tr("Cetak rekap"))

    def renew(self) -> None:
        """Another report is shown, or none yet."""
        for button in (self._excel, self._pdf, self._print):
            button.setEnabled(self._shown() is not None)

    def save_book(self, path: str) -> None:
        """Write the workbook of what is shown."""
        report = self._shown()
        if report is not None:
            tables, title = report_tables(report), _title(report)
            write(self._context, path, lambda: write_book(path, tables, title))

    def save_pdf(self, path: str) -> None:
        """Write the page of what is shown."""
        from pos.ui.pdf.page import Page, write_document
        from pos.ui.reports.front import paint_front

        report = self._shown()
        if report is not None:
            till, title, logo = self._context.till, _title(report), self._context.backstage.page_logo()
            document, shop, now = recap_page(till, report), till.store.read.shop().name, till.clock.now()

            def front(painter: QPainter, page: QRectF) -> None:
                paint_front(painter, page, report, shop, now)

            write(self._context, path, lambda: write_document(document, path, Page.A4, title, logo, front))

    def print(self) -> None:
        """The recap of what is shown, on the printer of the books."""
        report = self._shown()
        if report is not None:
            attempt(self._context, lambda: print_recap(self._context.till, report), lambda _nothing: self._printed())

    def _printed(self) -> None:
        self._context.backstage.print_now()
        self._context.told.emit("good", tr("Rekap masuk antrean cetak"))

    def _ask_for_book(self) -> None:
        if (report := self._shown()) is not None:
            ask_for_book(self, tr("Simpan laporan ke Excel"), _title(report), self.save_book)

    def _ask_for_pdf(self) -> None:
        if (report := self._shown()) is not None:
            ask_for_pdf(self, _title(report), self.save_pdf)


def _title(report: Report) -> str:
    """`Laporan 2026-11-01 2026-11-25`: files of one shop stand in order."""
    span = report.span
    days = f"{span.first:%Y-%m-%d}" if span.days == 1 else f"{span.first:%Y-%m-%d} {span.last:%Y-%m-%d}"
    return f"{tr('Laporan')} {days}"
