"""An empty place: a drawing, what it is, and the next step (counter.md, rule 10). Owns no wording."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.text import Text

_LEAST: Final = 56
_STEP: Final = 8
"""Sizes of the drawing in px: the smallest that is still a picture, and from one to the next (each is drawn once and kept)."""


class EmptyState(QWidget):
    """A drawing, a title, a sentence, and a button where there is something to do.

    Args:
        drawing: name of a bundled drawing (`kosong_keranjang`, `kosong_papan`, `kosong_nota`, `kosong_barang`, `kosong_luring`,
            `pemindai`, `laci`, `printer`, `toko`).
    """

    def __init__(
        self,
        drawing: str,
        title: str,
        sentence: str = "",
        button: ActionButton | None = None,
        parent: QWidget | None = None,
        px: int = 144,
    ) -> None:
        super().__init__(parent)
        self._px = px
        self._drawing = DrawingLabel(drawing, px)
        self._title = Text(title, Role.JUDUL, wrap=True)
        self._sentence = Text(sentence, Role.BACA, Token.TINTA2, 400, wrap=True)
        box = QVBoxLayout(self)
        box.setSpacing(look().px(8))
        box.addStretch(1)
        box.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(words)
            # only now: shown without a parent it would be a window of its own for a moment, and take the keyboard with it
            words.setVisible(bool(words.text()))
        if button is not None:
            box.addSpacing(look().px(8))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.setAccessibleName(title)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Other words, after a change of language or of what is empty."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(title)

    def fit(self, height: int) -> None:
        """There are so many pixels for it: the drawing gives way to the words, smaller first, and goes where it would be a speck."""
        words = sum(part.sizeHint().height() for part in (self._title, self._sentence) if not part.isHidden())
        left = (height - words - 3 * look().px(8)) * 100 // look().px(100)
        room = min(self._px, left // _STEP * _STEP)
        self._drawing.setVisible(room >= _LEAST)
        if room >= _LEAST:
            self._drawing.set_px(room)

    def set_drawing(self, name: str) -> None:
        """Another drawing."""
        self._drawing.set_drawing(name)
