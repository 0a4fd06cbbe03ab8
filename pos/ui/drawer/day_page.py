"""The open drawer: cash in and out, a look inside (X), earlier reports, and the way to closing. Owns no sum and shows none that a blind
count would lean on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash_movement import CashMovement
from pos.domain.cash_session import CashSession
from pos.domain.money import format_rupiah
from pos.ui.drawer.count_page import COMPACT_BELOW, RIGHT, RIGHT_COMPACT
from pos.ui.drawer.words import reason_text
from pos.ui.language import tr
from pos.ui.moments import clock_text
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text

_LATEST: Final = 200


class DayPage(QWidget):
    """Signals:
    wanted(str): `in`, `out`, `x`, `z`, `open` (the drawer, without a sale) or `close` was pressed.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice("calendar", "", Tone.WAITING, self)
        self.buttons = {
            "in": ActionButton("", "circle-plus", kind=Kind.QUIET),
            "out": ActionButton("", "circle-minus", kind=Kind.QUIET),
            "x": ActionButton("", "eye", kind=Kind.QUIET),
            "z": ActionButton("", "receipt-text", kind=Kind.QUIET),
            "open": ActionButton("", "lock-open", kind=Kind.QUIET),
        }
        self.title = Text("", Role.SUB)
        self.moved = Rows()
        self.nothing = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.float_title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.float_amount = MoneyLabel(0, Role.UANG_BESAR)
        self.since = Text("", Role.BACA, Token.DI_TUA, 500, wrap=True)
        self.how = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.close_button = ActionButton("", "calculator", kind=Kind.NEXT)
        self.close_button.setMinimumHeight(look().px(84))
        self._build()
        for name, button in self.buttons.items():
            on_click(button, lambda name=name: self.wanted.emit(name))  # type: ignore[misc]
        on_click(self.close_button, lambda: self.wanted.emit("close"))

    def right_width(self) -> int:
        """Pixels of the counter at the right."""
        return self._right.width()

    def retranslate(self) -> None:
        """Every word anew; what is shown comes with `show_day`."""
        words = {
            "in": tr("Uang masuk"),
            "out": tr("Uang keluar"),
            "x": tr("Laporan X"),
            "z": tr("Laporan Z"),
            "open": tr("Buka laci"),
        }
        for name, button in self.buttons.items():
            button.setText(words[name])
        self.title.setText(tr("Uang masuk dan keluar"))
        self.nothing.setText(tr("Belum ada selain penjualan. Belanja toko, diambil pemilik, uang kecil: catat di sini."))
        self.float_title.setText(tr("MODAL AWAL"))
        self.how.setText(tr("Menutup kasir: hitung dulu isi laci, baru dibandingkan dengan catatan, lalu laporan Z dibuat."))
        self.close_button.setText(tr("Hitung, tutup"))

    def show_day(self, session: CashSession, movements: Sequence[CashMovement], late: str) -> None:
        """The open session. `late`: what to say where it is still open from an earlier day; empty for nothing."""
        self.notice.tell("calendar", late, Tone.WAITING)
        self.float_amount.set_amount(session.float_amount)
        sold = tr("{n} penjualan", n=session.sales)
        self.since.setText(f"{tr('Buka sejak {at}', at=clock_text(session.opened_at))} · {sold}")
        rows = [
            Row(
                " · ".join(part for part in (clock_text(each.at), reason_text(each.reason), each.note, each.cashier) if part),
                format_rupiah(each.amount),
                good=each.amount > 0,
            )
            for each in reversed(movements[-_LATEST:])
        ]
        self.moved.show_rows(rows)
        self.moved.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(look().px(RIGHT_COMPACT if self.width() < look().px(COMPACT_BELOW) else RIGHT))

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(look().px(8))
        for place, name in enumerate(("in", "out")):
            self.buttons[name].setMinimumHeight(look().px(72))
            grid.addWidget(self.buttons[name], 0, 3 * place, 1, 3)
        for place, name in enumerate(("x", "z", "open")):
            grid.addWidget(self.buttons[name], 1, 2 * place, 1, 2)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, look().px(10), 0)
        rows.addWidget(self.nothing)
        rows.addWidget(self.moved)
        rows.addStretch(1)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look().px(18), look().px(14), look().px(10), look().px(14))
        inside.setSpacing(look().px(10))
        inside.addWidget(self.title)
        inside.addWidget(scrolled(holder), 1)
        left = QVBoxLayout()
        left.setSpacing(look().px(12))
        left.addWidget(self.notice)
        left.addLayout(grid)
        left.addWidget(card, 1)
        self._right = self._counter()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._right)

    def _counter(self) -> QWidget:
        block = CounterBlock()
        side = look().px(12)
        inside = QVBoxLayout()
        inside.setContentsMargins(side, 0, side, 0)
        inside.setSpacing(look().px(10))
        for part in (self.float_title, self.float_amount, self.since):
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addWidget(self.how)
        box = QVBoxLayout(block)
        box.setContentsMargins(side, look().px(18), side, side)
        box.setSpacing(look().px(12))
        box.addLayout(inside, 1)
        box.addWidget(self.close_button)
        return block
