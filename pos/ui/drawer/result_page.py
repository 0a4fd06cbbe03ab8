"""What the count came to: every line of what should be in the drawer beside what was counted, and the last question. Owns no sum."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.drawer_report import DrawerReport
from pos.domain.money import format_rupiah
from pos.ui.drawer.count_page import COMPACT_BELOW, RIGHT, RIGHT_COMPACT
from pos.ui.drawer.report_view import ReportView
from pos.ui.language import tr
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.text import Text


class ResultPage(QWidget):
    """Signals:
    again(): count once more.
    close_wanted(): close the drawer with this count.
    """

    again = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ReportView()
        self.title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_BESAR)
        self.sums = Text("", Role.BACA, Token.DI_TUA, 500, wrap=True)
        self.warning = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.again_button = ActionButton("", "rotate-ccw", kind=Kind.COUNTER)
        self.button = ActionButton("", "lock", kind=Kind.NEXT)
        self.button.once = True
        self.button.setMinimumHeight(look().px(84))
        self._build()
        on_click(self.again_button, self.again.emit)
        on_click(self.button, self.close_wanted.emit)

    def right_width(self) -> int:
        """Pixels of the counter at the right."""
        return self._right.width()

    def show_result(self, report: DrawerReport) -> None:
        """What was counted and what should be there."""
        difference = report.difference or 0
        self.view.show_report(report)
        self.title.setText(tr("PAS") if not difference else tr("KURANG") if difference < 0 else tr("LEBIH"))
        self.amount.set_amount(abs(difference))
        counted, expected = format_rupiah(report.counted or 0), format_rupiah(report.expected)
        self.sums.setText(tr("Dihitung {counted}, seharusnya {expected}.", counted=counted, expected=expected))
        self.warning.setText(tr("Setelah ditutup, selisih dicatat dan tidak bisa diubah lagi. Untuk berjualan, kasir dibuka lagi."))
        self.again_button.setText(tr("Hitung lagi"))
        self.button.setText(tr("Tutup kasir"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(look().px(RIGHT_COMPACT if self.width() < look().px(COMPACT_BELOW) else RIGHT))

    def _build(self) -> None:
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look().px(20), look().px(14), look().px(12), look().px(14))
        inside.addWidget(scrolled(self.view))
        self._right = CounterBlock()
        side = look().px(12)
        words = QVBoxLayout()
        words.setContentsMargins(side, 0, side, 0)
        words.setSpacing(look().px(10))
        for part in (self.title, self.amount, self.sums):
            words.addWidget(part)
        words.addStretch(1)
        words.addWidget(self.warning)
        box = QVBoxLayout(self._right)
        box.setContentsMargins(side, look().px(18), side, side)
        box.setSpacing(look().px(12))
        box.addLayout(words, 1)
        box.addWidget(self.again_button)
        box.addWidget(self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(card, 1)
        row.addWidget(self._right)
