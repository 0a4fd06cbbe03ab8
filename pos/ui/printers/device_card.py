"""One printer of the shop as a card: how it is, where, what it is for, its paper, and what can be done. Owns its looks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.services.paper_views import PrinterNow, PrinterState, Roll
from pos.services.preferences import PrinterChoice
from pos.ui.language import tr
from pos.ui.moments import clock_text
from pos.ui.printers.words import evidence_sentence, printer_badge, roles_sentence, roll_sentence, where_text
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text

_LITTLE_MM: Final = 2_000
"""Left of a roll below which the next one should lie ready."""
_ROW_FROM: Final = 900
"""Pixels at 100 % from which all buttons stand in one row."""


class DeviceCard(Panel):
    """Signals:
    checked(str), tested(str), rolled(str), set_up(str), edited(str): what is wanted, with what the printer's jobs are queued under.
    """

    checked = Signal(str)
    tested = Signal(str)
    rolled = Signal(str)
    set_up = Signal(str)
    edited = Signal(str)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._in_trouble = False
        self._name = ElidedText("", Role.SUB, Token.TINTA, 700)
        self._state = StateBadge()
        self._where, self._roles = ElidedText("", Role.BACA, Token.TINTA2, 400), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._stand_in = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._roll, self._bar = Text("", Role.BACA, Token.TINTA2, 400, wrap=True), StockBar()
        self.note = Note()
        self.check_button = ActionButton("", "search")
        self.test_button = ActionButton("", "printer")
        self.roll_button = ActionButton("", "scroll-text")
        self.set_up_button = ActionButton("", "list-checks")
        self.edit_button = ActionButton("", "pencil")
        for button, signal in (
            (self.check_button, self.checked),
            (self.test_button, self.tested),
            (self.roll_button, self.rolled),
            (self.set_up_button, self.set_up),
            (self.edit_button, self.edited),
        ):
            on_click(button, lambda signal=signal: signal.emit(ref))  # type: ignore[misc]
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(look().px(10))
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        words = QVBoxLayout()
        words.setSpacing(look().px(2))
        words.addLayout(head)
        for part in (self._where, self._roles, self._stand_in):
            words.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(look().px(16))
        top.addWidget(DrawingLabel("printer", 72))
        top.addLayout(words, 1)
        paper = QHBoxLayout()
        paper.setSpacing(look().px(12))
        paper.addWidget(self._roll, 1)
        self._bar.setFixedWidth(look().px(180))
        paper.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(8))
        for button in (self.check_button, self.test_button, self.roll_button, self.set_up_button, self.edit_button):
            buttons.addWidget(button, 1)
        self.body.addLayout(top)
        self.body.addLayout(paper)
        self.body.addWidget(self.note)
        self.body.addLayout(buttons)

    def tell(self, printer: PrinterChoice, now: PrinterNow, roll: Roll | None, stand_in: str) -> None:
        """The printer as it is; `stand_in`: name of the one that takes over, empty for none."""
        self._name.setText(printer.name)
        self._state.set(*printer_badge(now))
        kind = tr("{n} huruf sebaris", n=printer.columns) if printer.columns else ""
        self._where.setText(" · ".join(part for part in (where_text(printer.address), kind) if part))
        self._roles.setText(roles_sentence(printer))
        self._stand_in.setText(tr("Kalau mati, digantikan {name}.", name=stand_in) if stand_in else "")
        self._stand_in.setVisible(bool(stand_in))
        self._roll.setText(roll_sentence(roll))
        left = roll.left_mm if roll is not None else None
        self._bar.setVisible(left is not None)
        if roll is not None and left is not None:
            self._bar.set(left / roll.length_mm, Token.DAUN if left > _LITTLE_MM else Token.KUNYIT if left else Token.BATA)
        if now.state is PrinterState.TROUBLE and now.trouble is not None:
            sentence = evidence_sentence(now.trouble)
            self.note.say(Tone.FAULT, tr("Terakhir dicek {at}. {sentence}", at=clock_text(now.at), sentence=sentence))
            self._in_trouble = True
        elif self._in_trouble:
            # what a person was told by asking stays; what the spool has seen is over
            self.note.clear()
            self._in_trouble = False
        self.setAccessibleName(f"{printer.name}: {printer_badge(now)[1]}")

    def retranslate(self) -> None:
        self.check_button.setText(tr("Cek"))
        self.test_button.setText(tr("Halaman tes"))
        self.roll_button.setText(tr("Ganti kertas"))
        self.set_up_button.setText(tr("Atur"))
        self.edit_button.setText(tr("Ubah"))
        self.note.retranslate()
