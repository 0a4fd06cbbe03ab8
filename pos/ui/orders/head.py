"""The head of an order's card: who, which order, how much, how long. Pressing it opens or closes the card. Knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.ui.language import tr
from pos.ui.orders.board import Countdown, Urgency
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import settle
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT, elide_middle, paint_focus, paint_ground, painter_on, text_width
from pos.ui.widgets.ring import Ring

_AVATAR: Final = 48
_HEIGHT: Final = 64
_GAP: Final = 12
_RING_TOKENS: Final[Mapping[Urgency, Token]] = {Urgency.CALM: Token.DAUN, Urgency.SOON: Token.KUNYIT, Urgency.LATE: Token.BATA}


class CardHead(QAbstractButton):
    """Initial, name, order number, a second line, and at the right a deadline ring or a short text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._number = self._aside = ""
        self._seconds: tuple[str, ...] = ("",)
        self._compact = False
        self._left: Countdown | None = None
        self._ring = Ring(parent=self)
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, name: str, number: str, seconds: Sequence[str], aside: str, left: Countdown | None) -> None:
        """What the head says. Of `seconds` the first that fits is the second line: an amount is never cut. `aside` stands level
        with the name where there is no ring."""
        self._name, self._number, self._seconds, self._aside = name, number, tuple(seconds), aside
        self.set_left(left)
        self.update()

    def set_compact(self, compact: bool) -> None:
        """In a narrow column the initial gives way to the words."""
        self._compact = compact
        self.update()

    def set_left(self, left: Countdown | None) -> None:
        """How much time is left; a minute that went by repaints the ring alone."""
        self._left = left
        self._ring.setVisible(left is not None)
        if left is not None:
            self._ring.set(left.share, left.figure, left.unit, _RING_TOKENS[left.urgency], left.spoken)
        parts = (self._name, self._number and tr("pesanan {n}", n=self._number), self._seconds[0], self._aside, left.spoken if left else "")
        self.setAccessibleName(", ".join(part for part in parts if part))

    def sizeHint(self) -> QSize:
        return QSize(look().px(280), look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(180), look().px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self._ring.sizeHint()
        self._ring.setGeometry(self.width() - side.width() - 2, (self.height() - side.height()) // 2, side.width(), side.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        left = 4.0
        if not self._compact:
            side = look().px(_AVATAR)
            circle = QRectF(2, (self.height() - side) / 2, side, side)
            paint_ground(painter, circle, look().colour(Token.TEKAN), None, side / 2)
            painter.setPen(look().colour(Token.TINTA))
            painter.setFont(look().font(Role.SUB, 700, 22))
            painter.drawText(circle, CENTRE, self._name[:1].upper() or "?")
            left = circle.right() + look().px(_GAP)
        self._paint_words(painter, left)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 12)
        painter.end()

    def _paint_words(self, painter: QPainter, left: float) -> None:
        right = float(self._ring.x() - look().px(8) if self._left is not None else self.width() - 4)
        line = look().px(26)
        upper = QRectF(left, self.height() / 2 - line, right - left, line)
        lower = upper.translated(0, line)
        plain = look().font(Role.BACA, 400)
        painter.setPen(look().colour(Token.TINTA2))
        painter.setFont(plain)
        second = next((words for words in self._seconds if text_width(words, plain) <= lower.width()), self._seconds[-1])
        painter.drawText(lower, LEFT, second)
        if self._aside:
            painter.drawText(upper, RIGHT, self._aside)
            upper.setRight(upper.right() - text_width(self._aside, plain) - look().px(10))
        name_font = look().font(Role.SUB, 700)
        name_width, number_width = text_width(self._name, name_font), text_width(self._number, plain) + look().px(8)
        both = bool(self._number) and name_width + number_width <= upper.width()
        if both:
            painter.drawText(upper.adjusted(name_width + look().px(8), 0, 2, 0), LEFT, self._number)
        painter.setFont(name_font)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(upper, LEFT, self._name if both else elide_middle(self._name, name_font, upper.width()))
