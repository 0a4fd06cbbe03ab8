"""Banknotes to press and to hand back, each with how many. Own no sum."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.ui.theme.look import look
from pos.ui.theme.pictures import note
from pos.ui.theme.tokens import NOTES, Role, Token
from pos.ui.widgets.buttons import settle
from pos.ui.widgets.painting import CENTRE, LEFT, badge_size, paint_badge, paint_focus, paint_ground, painter_on, step_darker


class NoteButton(QAbstractButton):
    """A banknote that was handed over; its badge says how many of it.

    Args:
        amount: rupiah of the note.
    """

    def __init__(self, amount: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = amount
        self._count = 0
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(format_rupiah(amount))
        self.setAccessibleName(format_rupiah(amount))

    @property
    def count(self) -> int:
        """How many were handed over."""
        return self._count

    def set_count(self, count: int) -> None:
        """How many were handed over; none shows no badge."""
        self._count = count
        spoken = f"{format_rupiah(self.amount)}, {count}×" if count else format_rupiah(self.amount)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(100), look().px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(92), max(48, look().px(52)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        painter.drawPixmap(0, 0, note(self.amount, self.width(), self.height()))
        if self.isDown() or self.underMouse():
            paint_ground(painter, rect, QColor(0, 0, 0, 50 if self.isDown() else 18), None, 7)
        if self.hasFocus():
            paint_focus(painter, rect, 7)
        if self._count:
            # above the figure, never over it
            text = f"{self._count}×"
            width, height = badge_size(text)
            centre = QPointF(rect.right() - 3 - width / 2, rect.top() + 2 + height / 2)
            paint_badge(painter, centre, text, look().colour(Token.TINTA), look().colour(Token.KERTAS))
        painter.end()


class NoteLabel(QLabel):
    """A note or coin to take from the drawer, and how many of it."""

    def __init__(self, amount: Rupiah, count: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(amount, count)

    def set(self, amount: Rupiah, count: int) -> None:
        """Another note, another number."""
        self.amount, self.count = amount, count
        self.setText(f"{count}× {format_rupiah(amount)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(195), look().px(78 if self.amount in NOTES else 64))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(150), look().px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        if self.amount in NOTES:
            painter.drawPixmap(0, 0, note(self.amount, self.width(), self.height()))
            white, black = look().colour(Token.PUTIH), QColor("#1A1F1B")
            paint_badge(painter, QPointF(rect.right() - look().px(34), rect.center().y()), f"{self.count}×", white, black, large=True)
        else:
            paint_ground(painter, rect, look().colour(Token.TUA_BTN), None, 12)
            side = look().px(48)
            paint_coin(painter, QRectF(look().px(14), rect.center().y() - side / 2, side, side), format_figure(self.amount))
            painter.setPen(look().colour(Token.DI_TUA))
            painter.setFont(look().font(Role.BACA, 700))
            painter.drawText(rect.adjusted(look().px(78), 0, 0, 0), LEFT, f"{self.count}×")
        painter.end()


class CoinButton(QAbstractButton):
    """Coins by their word."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(look().px(100), look().px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(92), max(48, look().px(52)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        paint_ground(painter, rect, step_darker(look().colour(Token.TEKAN), self.isDown(), self.underMouse()), None, 10)
        if self.hasFocus():
            paint_focus(painter, rect, 10)
        side = look().px(32)
        paint_coin(painter, QRectF(look().px(10), rect.center().y() - side / 2, side, side))
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(look().font(Role.BACA, 700))
        painter.drawText(rect.adjusted(look().px(46), 0, 0, 0), LEFT, self.text())
        painter.end()


def paint_coin(painter: QPainter, rect: QRectF, figure: str = "") -> None:
    """A grey disc with its figure: colour alone never names a coin."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#D5D9DD"))
    painter.drawEllipse(rect)
    painter.setBrush(QColor("#C3C8CE"))
    painter.setPen(QPen(QColor("#8A9097"), 1))
    inset = rect.width() * 0.09
    painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
    if figure:
        painter.setPen(QColor("#1A1F1B"))
        painter.setFont(look().font(Role.TANDA, 700))
        painter.drawText(rect, CENTRE, figure)
