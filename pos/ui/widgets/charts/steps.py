"""A value that stays until it changes, as steps over time. Paints and tells which step was chosen; owns no figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.charts.series import round_top
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT, paint_focus, paint_ground, painter_on, text_width

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Step:
    """From a moment (UTC ms) on, a value. `said`: the whole of it in words; `label`: its day, below it."""

    at: int
    value: int
    said: str
    label: str


class StepChart(QWidget):
    """Steps from left to right; the pointer or the arrow keys choose one, and its words stand above it.

    A gap of years is drawn no wider than the others: each step has the same room, since what matters is what it was and became.
    """

    def __init__(self, tick: Callable[[int], str], parent: QWidget | None = None) -> None:
        """`tick`: how a value is written at the axis (`Rp3,5 rb`)."""
        super().__init__(parent)
        self._tick = tick
        self._title = ""
        self._steps: tuple[Step, ...] = ()
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.update)

    @property
    def chosen(self) -> int:
        """Place of the step whose words show; -1 for none."""
        return self._chosen

    def show_steps(self, title: str, steps: Sequence[Step]) -> None:
        """Other steps, the oldest first. The last one is chosen."""
        self._title, self._steps = title, tuple(steps)
        self._choose(len(self._steps) - 1)

    def sizeHint(self) -> QSize:
        return QSize(look().px(560), look().px(210))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(170))

    # --- choosing -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._steps:
            super().keyPressEvent(event)
        else:
            self._choose(max(0, min(len(self._steps) - 1, self._chosen + step)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot = self._plot()
        if self._steps and plot.left() <= event.position().x() < plot.right():
            self._choose(int((event.position().x() - plot.left()) * len(self._steps) / plot.width()))

    def _choose(self, place: int) -> None:
        self._chosen = place
        words = f"{self._title}. {self._steps[place].said}" if 0 <= place < len(self._steps) else self._title
        if words != self.accessibleName():
            self.setAccessibleName(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    # --- painting -----------------------------------------------------------------------------------------------

    def _ticks(self) -> range:
        top, step = round_top(max((step.value for step in self._steps), default=0), 3)
        return range(step, top + 1, step)

    def _plot(self) -> QRectF:
        font = look().font(Role.TANDA, 500)
        left = max((text_width(self._tick(value), font) for value in self._ticks()), default=0.0) + look().px(14)
        top, bottom = look().px(46), look().px(32)
        return QRectF(left, top, max(1.0, self.width() - left - 8), max(1.0, self.height() - top - bottom))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        if self._steps:
            self._paint(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 12)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        plot, ticks = self._plot(), self._ticks()
        for value in ticks:
            y = plot.bottom() - plot.height() * value / ticks[-1]
            painter.setPen(QPen(look().colour(Token.GARIS), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(look().colour(Token.TINTA2))
            painter.setFont(look().font(Role.TANDA, 500))
            painter.drawText(QRectF(0, y - 14, plot.left() - look().px(8), 28), RIGHT, self._tick(value))
        slot = plot.width() / len(self._steps)
        heights = [plot.bottom() - plot.height() * step.value / ticks[-1] for step in self._steps]
        line = QPolygonF()
        for place, y in enumerate(heights):
            line << QPointF(plot.left() + place * slot, y) << QPointF(plot.left() + (place + 1) * slot, y)
        painter.setPen(QPen(look().colour(Token.DAUN), 3))
        painter.drawPolyline(line)
        self._paint_labels(painter, plot, slot)
        painter.setPen(QPen(look().colour(Token.GARIS_KUAT), 1.4))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        if 0 <= self._chosen < len(self._steps):
            self._paint_chosen(painter, plot, slot, heights[self._chosen])

    def _paint_labels(self, painter: QPainter, plot: QRectF, slot: float) -> None:
        font = look().font(Role.TANDA, 500)
        every = max(1, -(-int(text_width("00/00/0000", font) + look().px(14)) // max(1, int(slot))))
        painter.setFont(font)
        painter.setPen(look().colour(Token.TINTA2))
        for place, step in enumerate(self._steps):
            if place % every == 0:
                painter.drawText(QRectF(plot.left() + place * slot, plot.bottom() + 4, 200, look().px(26)), LEFT, step.label)

    def _paint_chosen(self, painter: QPainter, plot: QRectF, slot: float, y: float) -> None:
        left = plot.left() + self._chosen * slot
        painter.setPen(QPen(look().colour(Token.KUNYIT), 6))
        painter.drawLine(QPointF(left, y), QPointF(left + slot, y))
        font = look().font(Role.BACA, 600)
        said = self._steps[self._chosen].said
        width, height = text_width(said, font) + look().px(24), float(look().px(36))
        bubble = QRectF(
            max(0.0, min(self.width() - width, left + slot / 2 - width / 2)), max(0.0, y - height - look().px(8)), width, height
        )
        paint_ground(painter, bubble, look().colour(Token.TINTA), None, 8)
        painter.setPen(look().colour(Token.ALAS))
        painter.setFont(font)
        painter.drawText(bubble, CENTRE, said)
