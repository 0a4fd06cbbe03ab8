"""One row of the health page: icon, title, sentence, state, and a button where there is a way on. Owns its looks only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.health.rows import HealthRow, State
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.painting import paint_pixmap, painter_on
from pos.ui.widgets.pill import TONES, StateBadge
from pos.ui.widgets.text import Text

TONE_OF: Final = {State.GOOD: Tone.GOOD, State.WAITING: Tone.WAITING, State.FAULT: Tone.FAULT, State.UNKNOWN: Tone.QUIET}
SIGN_OF: Final = {State.GOOD: "circle-check", State.WAITING: "hourglass", State.FAULT: "circle-alert", State.UNKNOWN: "circle-help"}
_DISC: Final = 44


class Way(NamedTuple):
    """The way on: what the button says and does."""

    text: str
    icon: str
    act: Callable[[], object]


class _Sign(QWidget):
    """The thing's icon in a disc of its state's colour."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "info", Tone.QUIET

    def set(self, name: str, tone: Tone) -> None:
        self._icon, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(_DISC), look().px(_DISC))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground, ink = TONES[self._tone]
        side = look().px(_DISC)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(ground))
        painter.drawEllipse(rect)
        paint_pixmap(painter, icon(self._icon, ink, look().px(24)), QPointF(rect.center()))
        painter.end()


class RowView(QWidget):
    """Shows one `HealthRow`; made once a key and told anew.

    Attributes:
        button: the way on; hidden where there is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._badge = _Sign(), StateBadge()
        self._title, self._sentence = Text("", Role.SUB), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._way: Way | None = None
        self.button = ActionButton()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look().px(6), 0, look().px(6))
        row.setSpacing(look().px(14))
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self._badge)
        row.addWidget(self.button)
        on_click(self.button, self._go)

    def show_row(self, row: HealthRow, way: Way | None) -> None:
        """Say how the thing is now."""
        tone = TONE_OF[row.state]
        self._sign.set(row.icon, tone)
        self._title.setText(row.title)
        self._sentence.setText(row.sentence)
        self._badge.set(SIGN_OF[row.state], row.word, tone)
        self.setAccessibleName(f"{row.title}: {row.word}")
        self.setAccessibleDescription(row.sentence)
        self._way = way
        self.button.setVisible(way is not None)
        if way is not None:
            self.button.setText(way.text)
            self.button.set_icon(way.icon)

    def _go(self) -> None:
        if self._way is not None:
            self._way.act()
