"""The paper beside a question: what will come out, on a table of its own, as wide as the window leaves it. Owns its place only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.context import PaperPicture
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.card import Card
from pos.ui.widgets.paper_view import PaperView

_SIDES: Final = 100
"""Pixels beside the dots: blank paper, its shadow, the scroll bar, the table's edge."""
_QUESTION: Final = 440
"""Pixels that the question needs beside it."""


class PaperBeside(Card):
    """Shows a paper from its top; scrolls where it is longer than the question is high."""

    def __init__(self, high: int, window: QWidget | None) -> None:
        """`high`: pixels at 100 %; `window`: the one that the question stands over."""
        super().__init__(token=Token.TEKAN)
        self._window = window
        self.view = PaperView()
        self.view.setAccessibleName(tr("Seperti di kertas"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(8), look().px(8), look().px(8), look().px(8))
        box.addWidget(self.view)
        self.setMinimumHeight(look().px(high))
        self.setFixedWidth(384 + _SIDES)

    def show_paper(self, picture: PaperPicture) -> None:
        """Another paper."""
        self.view.set_picture(picture)
        wanted = picture.width + _SIDES
        room = (self._window.window().width() if self._window else wanted + look().px(_QUESTION)) - look().px(_QUESTION)
        self.setFixedWidth(max(384 + _SIDES, min(wanted, room)))
