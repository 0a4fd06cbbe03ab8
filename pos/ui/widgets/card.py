"""Grounds that other things stand on: the card, the green counter, the hairline, the torn edge of a paper. Own no content."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.painting import paint_ground, painter_on


class Card(QFrame):
    """Rice paper on the ground: `kertas` with a fine edge.

    Args:
        token: another fill, for example CEKUNG for an inset inside a card.
        radius: 16 for a panel, 12 for an inset; a child's is never larger than its parent's.
        torn: the lower edge is left open for a `TornEdge` below.
    """

    def __init__(self, parent: QWidget | None = None, token: Token = Token.KERTAS, radius: int = 16, torn: bool = False) -> None:
        super().__init__(parent)
        self.token, self.radius, self.torn = token, radius, torn
        self.chosen = False

    def set_chosen(self, chosen: bool) -> None:
        """Ring it as the one that is worked on."""
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        if self.torn:
            painter.setClipRect(rect)
            rect.adjust(0, 0, 0, self.radius + 2)
        paint_ground(painter, rect, look().colour(self.token), look().colour(Token.GARIS), self.radius, 1.0)
        if self.chosen:
            paint_ground(painter, rect, None, look().colour(Token.FOKUS), self.radius, 2.6)
        painter.end()


class CounterBlock(QFrame):
    """The counter: deep green, for money that is said aloud and nothing else."""

    def __init__(self, parent: QWidget | None = None, radius: int = 16) -> None:
        super().__init__(parent)
        self.radius = radius

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(Token.DAUN_TUA), None, self.radius)
        painter.end()


class Rule(QFrame):
    """A hairline between rows; `dashed` as on a struk, `token` DI_TUA2 and the like on the counter."""

    def __init__(self, parent: QWidget | None = None, token: Token = Token.GARIS, dashed: bool = False) -> None:
        super().__init__(parent)
        self.token, self.dashed = token, dashed
        self.setFixedHeight(1 if not dashed else 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = look().colour(self.token)
        if self.dashed:
            pen = QPen(colour, 1.5)
            pen.setDashPattern([3.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(QPointF(0, 1), QPointF(self.width(), 1))
        else:
            painter.fillRect(self.rect(), colour)
        painter.end()


class TornEdge(QWidget):
    """Where a paper was torn off: teeth of the paper's colour with a fine edge, as wide as what is above it."""

    TOOTH = 12

    def __init__(self, parent: QWidget | None = None, token: Token = Token.KERTAS) -> None:
        super().__init__(parent)
        self.token = token
        self.setFixedHeight(9)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.TOOTH * 4, 9)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        teeth = torn_line(self.width(), 0.5, self.height() - 1.0, self.TOOTH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self.token))
        painter.drawPolygon(QPolygonF([QPointF(0, 0), *teeth, QPointF(self.width(), 0)]))
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(teeth))
        painter.end()


def torn_line(width: float, high: float, low: float, tooth: float) -> list[QPointF]:
    """The zigzag of a torn edge from left to right, between two heights."""
    count = max(1, round(width / tooth))
    step = width / count
    points = [QPointF(0, high)]
    for at in range(count):
        points += [QPointF((at + 0.5) * step, low), QPointF((at + 1) * step, high)]
    return points
