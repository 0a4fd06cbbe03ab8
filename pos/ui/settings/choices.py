"""A question in a word and its answers side by side, one of them chosen. Owns how it is asked; the meaning is the form's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.text import Text

Option = tuple[str, str]
"""Key and word; the word is a sentence of the source language, or a name that has no translation."""


class ChoiceRow(QWidget):
    """Signals:
    chosen(str): key of the answer that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, title: str, options: Sequence[Option], hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source, self._options, self._hint_source = title, tuple(options), hint
        self._title = Text("", Role.BACA, Token.TINTA2, 500)
        self._segments = Segments([(key, word) for key, word in options])
        self._segments.chosen.connect(self.chosen)
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(6))
        for part in (self._title, self._segments, self._hint):
            box.addWidget(part)
        self._hint.setVisible(bool(hint))
        self.retranslate()

    def show_value(self, key: str) -> None:
        """Show one as chosen without telling anyone; a value of a newer program shows none as chosen anew."""
        if any(key == known for known, _ in self._options):
            self._segments.choose(key)

    def current(self) -> str:
        return self._segments.current()

    def retranslate(self) -> None:
        title = tr(self._source)
        self._title.setText(title)
        self._segments.setAccessibleName(title)
        self._segments.set_words([(key, tr(word)) for key, word in self._options])
        if self._hint_source:
            self._hint.setText(tr(self._hint_source))
