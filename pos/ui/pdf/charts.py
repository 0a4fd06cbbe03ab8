"""The charts of a report on paper: bars, parts of a whole, a ranking; in points, in the light theme's colours. Paints only.

The screen's own (`widgets.charts`) are chosen from and follow its theme and size; these show every figure at once: paper has no pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from pos.ui.pdf.page import page_font
from pos.ui.theme.tokens import LIGHT, Token
from pos.ui.widgets.charts.series import Bar, Ranked, Share, round_top
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT, paint_ground

_SMALL: Final = 8
_ROW: Final = 15.0
_LEAST: Final = 3.0
"""Points that a part has at least, so that it can be seen at all."""


def chart_font(size: int, weight: int = 400) -> QFont:
    """Type of `size` points."""
    font = page_font()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def ink(token: Token) -> QColor:
    """A colour of the light theme: paper is white whatever the screen is."""
    return QColor(LIGHT[token])


def write_words(
    painter: QPainter, where: QRectF, words: str, font: QFont, flags: Qt.AlignmentFlag = LEFT, token: Token = Token.TINTA
) -> None:
    """One line, shortened in its middle where there is no room for it."""
    painter.setFont(font)
    painter.setPen(ink(token))
    painter.drawText(where, flags, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, where.width()))


def write_amount(painter: QPainter, where: QRectF, figure: str, size: int) -> None:
    """An amount in bold, as large as there is room for: smaller, never shorter."""
    while size > 6 and QFontMetricsF(chart_font(size, 700)).horizontalAdvance(figure) > where.width():
        size -= 1
    painter.setFont(chart_font(size, 700))
    painter.setPen(ink(Token.TINTA))
    painter.drawText(where, LEFT, figure)


def paint_bars(painter: QPainter, rect: QRectF, bars: Sequence[Bar], tick: Callable[[int], str]) -> None:
    """Bars over their axis. `tick`: how a value is written at it; over the bars too where there is room."""
    top, step = round_top(max((max(bar.value, bar.usual or 0) for bar in bars), default=0))
    font = chart_font(_SMALL)
    left = max(QFontMetricsF(font).horizontalAdvance(tick(value)) for value in range(step, top + 1, step)) + 8
    plot = QRectF(rect.left() + left, rect.top() + 12, rect.width() - left, rect.height() - 26)
    for value in range(step, top + 1, step):
        y = plot.bottom() - plot.height() * value / top
        painter.setPen(QPen(ink(Token.GARIS), 0.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        write_words(painter, QRectF(rect.left(), y - 7, left - 6, 14), tick(value), font, RIGHT, Token.TINTA2)
    slot = plot.width() / max(1, len(bars))
    named = _every([bar.label for bar in bars], font, slot)
    figured = _every([tick(bar.value) for bar in bars], font, slot) == 1
    for place, bar in enumerate(bars):
        middle, wide = plot.left() + (place + 0.5) * slot, min(slot * 0.7, 34.0)
        for value, share, token in ((bar.usual or 0, 1.0, Token.GARIS), (bar.value, 1.0 if bar.usual is None else 0.7, Token.DAUN)):
            if value > 0:
                high = max(1.0, plot.height() * value / top)
                paint_ground(painter, QRectF(middle - wide * share / 2, plot.bottom() - high, wide * share, high), ink(token), None, 1)
        if figured and bar.value > 0:
            above = plot.bottom() - plot.height() * bar.value / top - 12
            write_words(painter, QRectF(middle - slot / 2, above, slot, 11), tick(bar.value), font, CENTRE)
        if place % named == 0:
            write_words(painter, QRectF(middle - 40, plot.bottom() + 2, 80, 12), bar.label, font, CENTRE, Token.TINTA2)
    painter.setPen(QPen(ink(Token.GARIS_KUAT), 0.8))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())


def paint_shares(painter: QPainter, rect: QRectF, shares: Sequence[Share]) -> None:
    """One bar of parts over their names with their figures; parts with nothing in them are left out."""
    shown = sorted((share for share in shares if share.value > 0), key=lambda share: -share.value)
    whole, x = sum(share.value for share in shown), rect.left()
    room = rect.width() - 2 * max(0, len(shown) - 1) - _LEAST * len(shown)
    for place, share in enumerate(shown):
        wide = _LEAST + room * share.value / whole
        paint_ground(painter, QRectF(x, rect.top(), wide, 14), ink(share.token), None, 2)
        x += wide + 2
        line = QRectF(rect.left(), rect.top() + 20 + place * _ROW, rect.width(), _ROW)
        paint_ground(painter, QRectF(line.left(), line.top() + 4, 8, 8), ink(share.token), None, 2)
        write_words(painter, line, share.said, chart_font(9, 600), RIGHT)
        write_words(painter, line.adjusted(13, 0, -80, 0), share.name, chart_font(9))


def paint_ranks(painter: QPainter, rect: QRectF, rows: Sequence[Ranked]) -> None:
    """Names and figures, each over a bar as long as its value; as many as there is room for."""
    most = max((row.value for row in rows), default=0)
    high = _ROW + 5
    for place, row in enumerate(rows[: int(rect.height() // high)]):
        line = QRectF(rect.left(), rect.top() + place * high, rect.width(), _ROW - 2)
        said = QFontMetricsF(chart_font(9, 600)).horizontalAdvance(row.said) + 10
        write_words(painter, line, row.said, chart_font(9, 600), RIGHT)
        write_words(painter, line.adjusted(0, 0, -said, 0), row.name, chart_font(9))
        wide = max(_LEAST, rect.width() * row.value / most) if most > 0 else _LEAST
        paint_ground(painter, QRectF(rect.left(), line.bottom(), rect.width(), 3), ink(Token.TEKAN), None, 1)
        paint_ground(painter, QRectF(rect.left(), line.bottom(), wide, 3), ink(Token.DAUN), None, 1)


def _every(labels: Sequence[str], font: QFont, slot: float) -> int:
    """Every bar is named where its label has room, else every second, third ... of them."""
    widest = max((QFontMetricsF(font).horizontalAdvance(label) for label in labels), default=0.0) + 4
    return max(1, -(-int(widest + 1) // max(1, int(slot))))
