"""A row of words with a bin at its end: a price, a code. Owns no meaning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import ElidedText, Text


class GoneRow(Card):
    """One row.

    Signals:
        removed(): its bin was pressed.
        changed(): its pencil was pressed, where it has one.
    """

    removed = Signal()
    changed = Signal()

    def __init__(self, words: str, second: str = "", tone: Tone = Tone.QUIET, badge: str = "", pencil: bool = False) -> None:
        super().__init__(token=Token.CEKUNG, radius=12)
        row = QHBoxLayout(self)
        row.setContentsMargins(look().px(14), look().px(4), look().px(6), look().px(4))
        row.setSpacing(look().px(8))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ElidedText(words, Role.BACA, Token.TINTA, 600))
        if second:
            said.addWidget(ElidedText(second, Role.BACA, TONE_INK.get(tone, Token.TINTA2), 400))
        row.addLayout(said, 1)
        if badge:
            row.addWidget(StateBadge("", badge, tone))
        if pencil:
            change = IconButton("pencil", tr("Ubah {name}", name=words), kind=Kind.FLAT)
            on_click(change, self.changed.emit)
            row.addWidget(change)
        gone = IconButton("trash-2", tr("Hapus {name}", name=words), kind=Kind.FLAT)
        on_click(gone, self.removed.emit)
        row.addWidget(gone)


TONE_INK = {Tone.GOOD: Token.DAUN_TEKS, Tone.FAULT: Token.BATA_TEKS, Tone.WAITING: Token.KUNYIT_TEKS}
"""In which ink a second line is written."""


class RowList(QWidget):
    """A head, rows, and what stands when there are none."""

    def __init__(self, title: str, none: str) -> None:
        super().__init__()
        self._none = Text(none, Role.BACA, Token.TINTA2, 400, wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(6))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(6))
        box.addWidget(Text(title, Role.SUB, Token.TINTA, 700))
        box.addWidget(self._none)
        box.addLayout(self._rows)

    def show_rows(self, rows: list[GoneRow]) -> None:
        """Other rows."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
            row.show()
        self._none.setVisible(not rows)


def small_button(text: str, icon: str, act: Callable[[], object], kind: Kind = Kind.QUIET) -> ActionButton:
    """A button in the size of what is read."""
    button = ActionButton(text, icon, kind=kind, role=Role.BACA)
    on_click(button, act)
    return button
