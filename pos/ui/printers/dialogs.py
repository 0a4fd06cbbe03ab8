"""Small questions of the printers' room: how long the new roll is, and to which other printer. Own the question; tell the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.services.paper_views import ROLLS_MM
from pos.services.preferences import PrinterChoice
from pos.ui.language import tr
from pos.ui.printers.words import where_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text

_ACROSS: Final = 3


class RollDialog(Dialog):
    """How long is the roll that was put in?

    Signals:
        chosen(int): millimetres, 0 when nobody knows.
    """

    chosen = Signal(int)

    def __init__(self, printer: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Gulungan baru di {printer}", printer=printer), parent, 520)
        self.body.addWidget(Text(tr("Berapa panjangnya? Tertulis di kardus atau plastiknya."), Role.BACA, Token.TINTA2, 400, wrap=True))
        grid = QGridLayout()
        grid.setSpacing(look().px(8))
        for number, length in enumerate(ROLLS_MM):
            grid.addWidget(self._button(tr("{n} meter", n=length // 1000), length), number // _ACROSS, number % _ACROSS)
        grid.addWidget(self._button(tr("Tidak tahu"), 0), len(ROLLS_MM) // _ACROSS, len(ROLLS_MM) % _ACROSS)
        self.body.addLayout(grid)

    def _button(self, words: str, length: int) -> ActionButton:
        button = ActionButton(words)
        button.setMinimumHeight(look().px(64))
        button.once = True
        on_click(button, lambda: self._choose(length))
        return button

    def _choose(self, length: int) -> None:
        self.chosen.emit(length)
        self.accept()


class ElsewhereDialog(Dialog):
    """Which printer instead?

    Signals:
        chosen(str): what its jobs are queued under.
    """

    chosen = Signal(str)

    def __init__(self, printers: Sequence[PrinterChoice], parent: QWidget | None = None) -> None:
        super().__init__(tr("Kirim ke printer lain"), parent, 520)
        for printer in printers:
            card = ChoiceCard(printer.name, where_text(printer.address), "printer")
            on_click(card, lambda printer=printer: self._choose(printer))  # type: ignore[misc]
            self.body.addWidget(card)
        if not printers:
            self.body.addWidget(Text(tr("Toko ini baru punya satu printer."), Role.BACA, Token.TINTA2, 400, wrap=True))
            self.add_button(tr("Tutup"), Kind.QUIET, accept=True)

    def _choose(self, printer: PrinterChoice) -> None:
        self.chosen.emit(printer.ref)
        self.accept()
