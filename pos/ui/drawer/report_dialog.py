"""An X or Z report over the window, to look at and to print; and the list of all Z reports. Own no sum and no paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.drawer_report import DrawerReport
from pos.domain.money import format_rupiah
from pos.services import drawer
from pos.services.people_views import ZRow
from pos.ui.context import UiContext
from pos.ui.drawer.report_view import ReportView
from pos.ui.drawer.words import difference_text, report_title
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.operations import attempt
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text

_HIGH: Final = 500
_AT_ONCE: Final = 40


class ReportDialog(Dialog):
    """One report. A scan closes it and does what it always does."""

    def __init__(self, context: UiContext, report: DrawerReport, parent: QWidget | None = None) -> None:
        super().__init__(report_title(report), parent, 620)
        self._context, self._report = context, report
        self.view = ReportView()
        self.view.show_report(report)
        area = scrolled(self.view)
        area.setMinimumHeight(look().px(_HIGH))
        self.body.addWidget(area)
        on_click(self.add_button(tr("Tutup")), self.accept)
        word = tr("Cetak") if report.number is None else tr("Cetak SALINAN")
        self.printing = self.add_button(word, Kind.PRIMARY, "printer")
        self.printing.once = True
        on_click(self.printing, self._print)

    def scanned(self, code: str) -> bool:
        """Not for the report: it steps aside."""
        self.reject()
        return False

    def _print(self) -> None:
        if attempt(self._context, lambda: drawer.print_report(self._context.till, self._report)):
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.backstage.print_now()
            self.accept()


class ZListDialog(Dialog):
    """Every Z report, newest first."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Laporan Z"), parent, 620)
        self._context = context
        self._shown = 0
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, look().px(10), 0)
        self._rows.setSpacing(look().px(8))
        self.older = ActionButton(tr("Yang lebih lama"), "chevron-down")
        self.nothing = Text(tr("Belum ada. Laporan Z dibuat setiap kali kasir ditutup."), Role.BACA, Token.TINTA2, 400, wrap=True)
        self._rows.addWidget(self.nothing)
        self._rows.addWidget(self.older)
        self._rows.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(look().px(_HIGH))
        self.body.addWidget(area)
        on_click(self.older, self._more)
        on_click(self.add_button(tr("Tutup")), self.accept)
        self._more()

    def scanned(self, code: str) -> bool:
        """Not for the list: it steps aside."""
        self.reject()
        return False

    def _more(self) -> None:
        rows = self._context.till.store.read.z_reports(self._shown, _AT_ONCE)
        for row in rows:
            self._rows.insertWidget(1 + self._shown, self._card(row))
            self._shown += 1
        self.nothing.setVisible(not self._shown)
        self.older.setVisible(len(rows) == _AT_ONCE)

    def _card(self, row: ZRow) -> ChoiceCard:
        title = tr("Z {number} · {at}", number=row.number, at=moment_text(row.at))
        told = tr("Omzet {amount}", amount=format_rupiah(row.turnover))
        card = ChoiceCard(title, f"{told} · {difference_text(row.counted - row.expected)}", "receipt-text")
        card.setCheckable(False)
        on_click(card, lambda: self._open(row.number))
        return card

    def _open(self, number: int) -> None:
        report = self._context.till.store.read.z_report(number)
        if report is not None:
            dialog = ReportDialog(self._context, report, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
