"""A sentence in its place: what came of what was just pressed, beside the button and not in a toast. Owns no wording."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from pos.domain.errors import ShopError
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role
from pos.ui.tones import Tone
from pos.ui.widgets.painting import paint_ground, painter_on
from pos.ui.widgets.pill import TONES
from pos.ui.widgets.text import Text

_SIGNS: Final = {
    Tone.GOOD: "circle-check",
    Tone.WAITING: "hourglass",
    Tone.FAULT: "circle-alert",
    Tone.INFORMATION: "info",
}


class Note(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.INFORMATION
        self._error: ShopError | None = None
        self._sign = QLabel()
        self._text = Text("", Role.BACA, wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(look().px(14), look().px(10), look().px(14), look().px(10))
        row.setSpacing(look().px(12))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        look().changed.connect(self._dress)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty when it says nothing."""
        return "" if self.isHidden() else self._text.text()

    def say(self, tone: Tone, sentence: str) -> None:
        """Say it, until something else is said."""
        self._error = None
        self._show(tone, sentence)

    def say_error(self, error: ShopError) -> None:
        """Say a known failure with its way on; it follows a change of language."""
        self._error = error
        self._show(Tone.FAULT, error_sentence(error))

    def clear(self) -> None:
        """Say nothing."""
        self._error = None
        self.hide()

    def retranslate(self) -> None:
        if self._error is not None:
            self._text.setText(error_sentence(self._error))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(TONES[self._tone][0]), None, 12)
        painter.end()

    def _show(self, tone: Tone, sentence: str) -> None:
        self._tone = tone
        self._text.setText(sentence)
        self._dress()
        self.show()

    def _dress(self) -> None:
        ink = TONES[self._tone][1]
        self._text.set_token(ink)
        self._sign.setPixmap(icon(_SIGNS.get(self._tone, "info"), ink, look().px(24)))
        self.update()
