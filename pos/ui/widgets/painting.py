"""How flat things are painted: grounds, edges, focus rings, badges, text. Owns no widget and keeps nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import TYPES, Role, Token

EDGE: Final = 1.4
"""Pixels: the edge of what can be pressed."""
FOCUS: Final = 2.6
"""Pixels: the focus ring."""
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter


def painter_on(widget: QWidget) -> QPainter:
    """A painter with smooth edges. The caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def paint_ground(painter: QPainter, rect: QRectF, fill: QColor | None, edge: QColor | None, radius: float, width: float = EDGE) -> None:
    """A rounded rectangle whose edge lies inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(edge, width))
    half = width / 2
    inner = max(0.0, radius - half)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner)


def rounded_region(rect: QRect, radius: float) -> QRegion:
    """What a window with round corners covers, to the whole pixel."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    return QRegion(path.toFillPolygon().toPolygon())


def paint_focus(painter: QPainter, rect: QRectF, radius: float, colour: QColor | None = None) -> None:
    """The focus ring, inside `rect`."""
    paint_ground(painter, rect, None, colour if colour is not None else look().colour(Token.FOKUS), radius, FOCUS)


def paint_pixmap(painter: QPainter, pixmap: QPixmap, centre: QPointF) -> None:
    """A pixmap centred on a point, on whole pixels."""
    size = pixmap.deviceIndependentSize()
    painter.drawPixmap(round(centre.x() - size.width() / 2), round(centre.y() - size.height() / 2), pixmap)


def step_darker(colour: QColor, down: bool, hover: bool) -> QColor:
    """A fill as it is pressed (one step, at once) or under the pointer (half a step). Rice paper goes over to the quiet button's fill."""
    if not (down or hover):
        return colour
    if colour == look().colour(Token.KERTAS):
        return mixed(look().colour(Token.TEKAN), colour, 0.0 if down else 0.5)
    towards = QColor("#000000") if colour.lightness() > 40 else QColor("#FFFFFF")
    return mixed(colour, towards, 0.16 if down else 0.06)


def mixed(a: QColor, b: QColor, share: float) -> QColor:
    """`a` with `share` (0..1) of `b` in it."""
    keep = 1 - share
    return QColor.fromRgbF(a.redF() * keep + b.redF() * share, a.greenF() * keep + b.greenF() * share, a.blueF() * keep + b.blueF() * share)


def text_width(text: str, font: QFont) -> float:
    """Pixels a text takes."""
    return QFontMetricsF(font).horizontalAdvance(text)


def fitting_font(text: str, room: float, role: Role, weight: int | None, least: int) -> QFont:
    """The role's font, stepped down until `text` fits into `room` pixels, not below `least` pixels at 100 %."""
    px = TYPES[role].px
    font = look().font(role, weight, px)
    while px > least and text_width(text, font) > room:
        px -= 1
        font = look().font(role, weight, px)
    return font


def elide_middle(text: str, font: QFont, room: float) -> str:
    """A name cut in its middle so that the size at its end stays (`Minyak gore…1 liter`)."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, room)


def badge_size(text: str, large: bool = False) -> tuple[float, float]:
    """Width and height of a count badge."""
    height = float(look().px(34 if large else 22))
    font = look().font(Role.BACA if large else Role.TANDA, 800)
    return max(height, text_width(text, font) + look().px(18 if large else 12)), height


def paint_badge(
    painter: QPainter, centre: QPointF, text: str, ground: QColor | None = None, ink: QColor | None = None, large: bool = False
) -> None:
    """A count badge round a point."""
    width, height = badge_size(text, large)
    rect = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
    paint_ground(painter, rect, ground if ground is not None else look().colour(Token.LENCANA), None, height / 2)
    painter.setPen(ink if ink is not None else look().colour(Token.PUTIH))
    painter.setFont(look().font(Role.BACA if large else Role.TANDA, 800))
    painter.drawText(rect, CENTRE, text)
