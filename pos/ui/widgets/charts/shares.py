"""Parts of a whole as one bar with its legend, and a trend as a small line. Paint only; the figures stand in words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.charts.series import Share
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_ground, painter_on, text_width

_BAR: Final = 26
_GAP: Final = 4
_LEAST: Final = 6.0
"""Pixels that a part has at least, so that it can be seen at all."""
_COLUMNS: Final = 2


class ShareBar(QWidget):
    """A stacked bar over a legend of two columns; the accessible name says all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def show_shares(self, title: str, shares: Sequence[Share]) -> None:
        """Parts with a value above 0, the largest first; the others are left out."""
        self._shares = tuple(sorted((share for share in shares if share.value > 0), key=lambda share: -share.value))
        self.setAccessibleName(f"{title}. " + ", ".join(f"{share.name} {share.said}" for share in self._shares))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = -(-len(self._shares) // _COLUMNS)
        return QSize(look().px(380), look().px(_BAR + 10 + 31 * max(1, rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(260), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        bar = QRectF(0, 0, self.width(), look().px(_BAR))
        if not self._shares:
            paint_ground(painter, bar, look().colour(Token.TEKAN), None, 6)
        for share, rect in zip(self._shares, self._parts(bar), strict=True):
            paint_ground(painter, rect, look().colour(share.token), None, min(6.0, rect.width() / 2))
        for place, share in enumerate(self._shares):
            self._paint_legend(painter, place, share)
        painter.end()

    def _parts(self, bar: QRectF) -> list[QRectF]:
        room = bar.width() - _GAP * max(0, len(self._shares) - 1)
        whole = sum(share.value for share in self._shares)
        widths = [max(_LEAST, room * share.value / whole) for share in self._shares]
        # what the small ones were given, the largest gives
        if widths:
            widths[0] -= sum(widths) - room
        found, x = [], bar.left()
        for width in widths:
            found.append(QRectF(x, bar.top(), max(1.0, width), bar.height()))
            x += width + _GAP
        return found

    def _paint_legend(self, painter: QPainter, place: int, share: Share) -> None:
        gap, high = look().px(24), look().px(31)
        width = (self.width() - gap) / _COLUMNS
        x, y = (place % _COLUMNS) * (width + gap), look().px(_BAR + 8) + place // _COLUMNS * high
        side = look().px(17)
        paint_ground(painter, QRectF(x, y + (high - side) / 2, side, side), look().colour(share.token), None, 5)
        bold, plain = look().font(Role.BACA, 700), look().font(Role.BACA, 400)
        line = QRectF(x + side + look().px(10), y, width - side - look().px(10), high)
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(bold)
        painter.drawText(line, RIGHT, share.said)
        painter.setFont(plain)
        painter.drawText(line, LEFT, elide_middle(share.name, plain, line.width() - text_width(share.said, bold) - look().px(8)))


class SparkLine(QWidget):
    """A trend without a scale: the line, its ground, and a dot where it ends. The figure beside it says what it is."""

    def __init__(self, token: Token, ground: Token, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token, self._ground = token, ground
        self._values: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look().changed.connect(self.update)

    def show_values(self, values: Sequence[int]) -> None:
        """From the oldest to the newest; fewer than two show nothing."""
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(104), look().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        painter = painter_on(self)
        points = self._points()
        floor = self.height() - 4.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._ground))
        painter.drawPolygon(QPolygonF([QPointF(points[0].x(), floor), *points, QPointF(points[-1].x(), floor)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look().colour(self._token), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._token))
        painter.drawEllipse(points[-1], 5, 5)
        painter.end()

    def _points(self) -> list[QPointF]:
        low, high = min(self._values), max(self._values)
        span = max(1, high - low)
        across, tall = self.width() - 12.0, self.height() - 18.0
        step = across / (len(self._values) - 1)
        return [QPointF(6 + place * step, 7 + tall * (high - value) / span) for place, value in enumerate(self._values)]
