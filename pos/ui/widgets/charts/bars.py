"""Bars over hours, days or months, with what is usual behind them in pale. Paints and tells which bar was chosen; owns no figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.charts.series import Bar, round_top
from pos.ui.widgets.painting import CENTRE, RIGHT, paint_focus, paint_ground, painter_on, text_width

_LEFT_KEYS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_RIGHT_KEYS: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_PRESS: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BarChart(QWidget):
    """Bars from left to right; the pointer or the arrow keys choose one, a click, Enter or Space opens it.

    Signals:
        opened(int): the place of the bar that a person wants to see more of.
    """

    opened = Signal(int)

    def __init__(self, tick: Callable[[int], str], parent: QWidget | None = None) -> None:
        """`tick`: how a value is written at the axis (`750 rb`)."""
        super().__init__(parent)
        self._tick = tick
        self._title = ""
        self._bars: tuple[Bar, ...] = ()
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self.update)

    @property
    def chosen(self) -> int:
        """Place of the bar whose figures show; -1 for none."""
        return self._chosen

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Other bars. `title` is what a screen reader says before the bar's own words."""
        self._title, self._bars = title, tuple(bars)
        now = next((place for place, bar in enumerate(self._bars) if bar.now), -1)
        self._choose(now if self._chosen < 0 or self._chosen >= len(self._bars) else self._chosen)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(700), look().px(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(180))

    # --- choosing ----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _LEFT_KEYS or key in _RIGHT_KEYS:
            step = -1 if key in _LEFT_KEYS else 1
            self._choose(max(0, min(len(self._bars) - 1, self._chosen + step)))
        elif key in _ENDS:
            self._choose(_ENDS[Qt.Key(key)] % len(self._bars) if self._bars else -1)
        elif key in _PRESS and self._chosen >= 0:
            self.opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._chosen < 0 and self._bars:
            self._choose(0)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place >= 0:
            self._choose(place)
            self.opened.emit(place)

    def _at(self, point: QPointF) -> int:
        plot = self._plot()
        if not self._bars or not plot.left() <= point.x() < plot.right():
            return self._chosen
        return int((point.x() - plot.left()) * len(self._bars) / plot.width())

    def _choose(self, place: int) -> None:
        self._chosen = place
        words = f"{self._title}. {self._bars[place].said}" if 0 <= place < len(self._bars) else self._title
        if words != self.accessibleName():
            self.setAccessibleName(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    # --- painting ----------------------------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        """Where the bars stand: right of the ticks, above the labels, below the bubble."""
        top, bottom = look().px(52), look().px(36)
        font = look().font(Role.TANDA, 500)
        left = max((text_width(self._tick(value), font) for value in self._ticks()), default=0.0) + look().px(14)
        return QRectF(left, top, max(1.0, self.width() - left - 4), max(1.0, self.height() - top - bottom))

    def _ticks(self) -> range:
        """The values that the axis names, the last of them its top."""
        top, step = round_top(max((max(bar.value, bar.usual or 0) for bar in self._bars), default=0))
        return range(step, top + 1, step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        plot, ticks = self._plot(), self._ticks()
        top = ticks[-1]
        self._paint_axis(painter, plot, ticks)
        slot = plot.width() / max(1, len(self._bars))
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, plot, QRectF(plot.left() + place * slot, plot.top(), slot, plot.height()), bar, place, top)
        painter.setPen(QPen(look().colour(Token.GARIS_KUAT), 1.4))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        if 0 <= self._chosen < len(self._bars):
            self._paint_bubble(painter, plot, slot, top)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 12)
        painter.end()

    def _paint_axis(self, painter: QPainter, plot: QRectF, ticks: range) -> None:
        pen = QPen(look().colour(Token.GARIS), 1.2, Qt.PenStyle.DashLine)
        painter.setFont(look().font(Role.TANDA, 500))
        for value in ticks:
            y = plot.bottom() - plot.height() * value / ticks[-1]
            painter.setPen(pen)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(look().colour(Token.TINTA2))
            painter.drawText(QRectF(0, y - 14, plot.left() - look().px(8), 28), RIGHT, self._tick(value))

    def _paint_bar(self, painter: QPainter, plot: QRectF, slot: QRectF, bar: Bar, place: int, top: int) -> None:
        wide = min(slot.width() * 0.76, look().px(40))
        if bar.usual:
            _paint_column(painter, slot, wide, plot.height() * bar.usual / top, look().colour(Token.GARIS))
        if bar.value > 0:
            fill = Token.KUNYIT if bar.now or place == self._chosen else Token.DAUN
            _paint_column(
                painter, slot, wide * (0.76 if bar.usual is not None else 1), plot.height() * bar.value / top, look().colour(fill)
            )
        if self._labelled(place, slot.width()):
            painter.setFont(look().font(Role.BACA, 800 if bar.now else 400))
            painter.setPen(look().colour(Token.TINTA if bar.now or place == self._chosen else Token.TINTA2))
            painter.drawText(QRectF(slot.left() - 40, plot.bottom() + 4, slot.width() + 80, look().px(30)), CENTRE, bar.label)

    def _labelled(self, place: int, slot: float) -> bool:
        """Every bar where its label has room, else every second, third ... of them."""
        widest = max(text_width(bar.label, look().font(Role.BACA, 800)) for bar in self._bars) + look().px(10)
        every = max(1, -(-int(widest) // max(1, int(slot))))
        return place % every == 0

    def _paint_bubble(self, painter: QPainter, plot: QRectF, slot: float, top: int) -> None:
        bar = self._bars[self._chosen]
        font = look().font(Role.BACA, 600)
        width, height = text_width(bar.said, font) + look().px(28), float(look().px(38))
        middle = plot.left() + (self._chosen + 0.5) * slot
        left = max(0.0, min(self.width() - width, middle - width / 2))
        rise = plot.height() * max(bar.value, bar.usual or 0) / top
        above = max(0.0, plot.bottom() - rise - height - look().px(10))
        rect = QRectF(left, above, width, height)
        ground = look().colour(Token.TINTA)
        paint_ground(painter, rect, ground, None, 8)
        tip = min(max(middle, left + 14), left + width - 14)
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(tip - 7, rect.bottom()), QPointF(tip + 7, rect.bottom()), QPointF(tip, rect.bottom() + 7)]))
        painter.setPen(look().colour(Token.ALAS))
        painter.setFont(font)
        painter.drawText(rect, CENTRE, bar.said)


def _paint_column(painter: QPainter, slot: QRectF, wide: float, high: float, fill: QColor) -> None:
    """A column on the ground line, rounded at its upper end only."""
    rect = QRectF(slot.center().x() - wide / 2, slot.bottom() - max(high, 2.0), wide, max(high, 2.0))
    painter.save()
    painter.setClipRect(rect)
    paint_ground(painter, rect.adjusted(0, 0, 0, 8), fill, None, min(6.0, wide / 2))
    painter.restore()
