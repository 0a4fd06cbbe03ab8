"""Pills, badges and chips: a state in icon, word and colour, never in colour alone. Own their looks; what they say is handed in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import TOUCH, settle
from pos.ui.widgets.choosing import tell_choice
from pos.ui.widgets.painting import LEFT, paint_focus, paint_ground, paint_pixmap, painter_on, step_darker, text_width

TONES: Final[dict[Tone, tuple[Token, Token]]] = {
    Tone.GOOD: (Token.DAUN_MUDA, Token.DAUN_TEKS),
    Tone.WAITING: (Token.KUNYIT_MUDA, Token.KUNYIT_TEKS),
    Tone.FAULT: (Token.BATA_MUDA, Token.BATA_TEKS),
    Tone.QUIET: (Token.TEKAN, Token.TINTA),
    Tone.INFORMATION: (Token.NILA_MUDA, Token.NILA_TEKS),
    Tone.NEXT: (Token.KUNYIT, Token.DI_KUNYIT),
}
"""Tone -> ground and the text on it."""
_HEIGHT: Final = 40
_SIGN: Final = 22


def pill_width(icon: str, text: str) -> float:
    """Pixels a pill takes."""
    sign = look().px(_SIGN + 8) if icon else 0
    return look().px(28) + sign + text_width(text, look().font(Role.BACA, 600))


def paint_pill(painter: QPainter, rect: QRectF, icon: str, text: str, ground: QColor, ink: Token) -> None:
    """A pill that fills `rect`: icon, then the word."""
    paint_ground(painter, rect, ground, None, rect.height() / 2)
    x = rect.left() + look().px(14)
    if icon:
        paint_pixmap(painter, picture(icon, ink, look().px(_SIGN)), QPointF(x + look().px(_SIGN) / 2, rect.center().y()))
        x += look().px(_SIGN + 8)
    painter.setPen(look().colour(ink))
    painter.setFont(look().font(Role.BACA, 600))
    painter.drawText(QRectF(x, rect.top(), rect.right() - x, rect.height()), LEFT, text)


class Pill(QAbstractButton):
    """A state in the header: 40 px high in a hit area of 48. A tap leads to what mends it."""

    def __init__(self, icon: str = "", text: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(icon, text, tone)

    def set(self, icon: str, text: str, tone: Tone) -> None:
        """Say another state. The words are its accessible name; a longer sentence goes into its tip."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(TOUCH, round(pill_width(self._icon, self.text()))), max(TOUCH, look().px(TOUCH)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground, ink = TONES[self._tone]
        height = look().px(_HEIGHT)
        rect = QRectF(0, (self.height() - height) / 2, self.width(), height)
        fill = step_darker(look().colour(ground), self.isDown(), self.underMouse())
        paint_pill(painter, rect, self._icon, self.text(), fill, ink)
        if self.hasFocus():
            paint_focus(painter, rect, height / 2)
        painter.end()


class StateBadge(QLabel):
    """A state that cannot be pressed: in a card's head, at the end of a row."""

    def __init__(self, icon: str = "", text: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(icon, text, tone)

    def set(self, icon: str, text: str, tone: Tone) -> None:
        """Say another state."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(pill_width(self._icon, self.text())), look().px(38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground, ink = TONES[self._tone]
        paint_pill(painter, QRectF(self.rect()), self._icon, self.text(), look().colour(ground), ink)
        painter.end()


class Chip(QAbstractButton):
    """A filter: one of some, or on and off. Checked it is green.

    Args:
        icon: name of a bundled icon, empty for none.
        count: a figure behind the words (`Menipis 20`), empty for none; `count_token` its colour while unchecked.
    """

    def __init__(
        self, text: str = "", icon: str = "", parent: QWidget | None = None, count: str = "", count_token: Token = Token.TINTA2
    ) -> None:
        super().__init__(parent)
        self._icon, self._count, self._count_token = icon, count, count_token
        self.setCheckable(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """The words; also the accessible name."""
        super().setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(f"{text} {self._count}".strip())
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        tell_choice(self)

    def set_count(self, count: str, token: Token | None = None) -> None:
        """Another figure behind the words."""
        self._count, self._count_token = count, token or self._count_token
        self.setText(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        width = look().px(32) + text_width(self.text(), look().font(Role.BACA, 600))
        width += look().px(24 + 8) if self._icon and self.text() else look().px(24) if self._icon else 0
        width += look().px(8) + text_width(self._count, look().font(Role.BACA, 700)) if self._count else 0
        return QSize(max(look().px(60), round(width + 1)), max(TOUCH, look().px(TOUCH)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        ground, ink = (Token.DAUN, Token.DI_DAUN) if on else (Token.KERTAS, Token.TINTA)
        if not self.isEnabled():
            ink = Token.TINTA3
        fill = step_darker(look().colour(ground), self.isDown(), self.underMouse() and self.isEnabled())
        paint_ground(painter, rect, fill, None if on else look().colour(Token.GARIS_KUAT), rect.height() / 2)
        if self.hasFocus():
            paint_focus(painter, rect, rect.height() / 2)
        self._paint_words(painter, rect, ink, on)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, ink: Token, on: bool) -> None:
        font, bold = look().font(Role.BACA, 600), look().font(Role.BACA, 700)
        width, count = text_width(self.text(), font), text_width(self._count, bold)
        sign = look().px(24) if self._icon else 0
        gap = look().px(8)
        whole = width + (sign + (gap if self.text() else 0) if sign else 0) + (gap + count if self._count else 0)
        x = rect.center().x() - whole / 2
        if sign:
            paint_pixmap(painter, picture(self._icon, ink, sign), QPointF(x + sign / 2, rect.center().y()))
            x += sign + gap
        painter.setPen(look().colour(ink))
        painter.setFont(font)
        painter.drawText(QRectF(x, rect.top(), width + 2, rect.height()), LEFT, self.text())
        if self._count:
            painter.setPen(look().colour(ink if on or not self.isEnabled() else self._count_token))
            painter.setFont(bold)
            painter.drawText(QRectF(x + width + gap, rect.top(), count + 2, rect.height()), LEFT, self._count)
