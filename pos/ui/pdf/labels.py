"""A4 sheets of labels to be cut out: name, price, bars that a scanner reads. Owns the grid; the bars of a code are `services.bars`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageSize, QPainter, QPdfWriter, QPen

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure, format_rupiah
from pos.domain.papers import Label, LabelKind
from pos.services.bars import Bars, bars_of
from pos.ui.pdf.page import DOTS_AN_INCH, page_font, write_pdf
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT

COLUMNS: Final = 3
ROWS: Final = 8
_MARGIN_MM: Final = 8.0
_PAD: Final = 6.0
_MODULE: Final = (0.62, 1.0)
"""Least and most points of a barcode's thinnest bar: 0.22 and 0.35 mm."""


def write_labels(labels: Sequence[Label], kind: LabelKind, path: str, title: str) -> int:
    """Write the sheets. Returns how many pages they are. Not for the UI thread.

    Raises:
        ShopError: LABELS_NONE; PDF_NOT_WRITTEN.
    """
    if not labels:
        raise ShopError(ErrorCode.LABELS_NONE)

    def draw(writer: QPdfWriter, painter: QPainter) -> int:
        scale = DOTS_AN_INCH / 72
        painter.scale(scale, scale)
        width, height = writer.width() / scale / COLUMNS, writer.height() / scale / ROWS
        for place, label in enumerate(labels):
            on_page = place % (COLUMNS * ROWS)
            if place and not on_page:
                writer.newPage()
            row, column = divmod(on_page, COLUMNS)
            _draw(painter, QRectF(column * width, row * height, width, height), label, kind)
        return -(-len(labels) // (COLUMNS * ROWS))

    return write_pdf(path, QPageSize.PageSizeId.A4, title, _MARGIN_MM, draw)


def _draw(painter: QPainter, cell: QRectF, label: Label, kind: LabelKind) -> None:
    """One label; a hairline around it to cut along."""
    painter.setPen(QPen(Qt.GlobalColor.lightGray, 0.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cell)
    painter.setPen(Qt.GlobalColor.black)
    inside = cell.adjusted(_PAD, _PAD, -_PAD, -_PAD)
    large = kind is LabelKind.SHELF
    _name(painter, QRectF(inside.left(), inside.top(), inside.width(), 22), label)
    price = QRectF(inside.left(), inside.top() + 22, inside.width(), 30 if large else 16)
    _fit(painter, price, format_rupiah(label.price), 27 if large else 13, 700)
    if large:
        _small(painter, inside, price.bottom(), label)
    _code(
        painter, QRectF(inside.left(), price.bottom() + (10 if large else 2), inside.width(), inside.bottom() - price.bottom() - 10), label
    )


def _name(painter: QPainter, where: QRectF, label: Label) -> None:
    """Two lines at most, as large as they fit; what is left over is elided, the size never."""
    words = _clean(label.name)
    if label.size and label.size.lower() not in words.lower():
        words = f"{words} {_clean(label.size)}"
    for points in (9.5, 8.5, 7.5, 6.5):
        font = _font(points, 600)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        if (
            QFontMetricsF(font, painter.device()).boundingRect(QRectF(where.left(), 0, where.width(), 1_000), flags, words).height()
            <= where.height()
        ):
            break
    painter.setFont(font)
    painter.save()
    painter.setClipRect(where)
    painter.drawText(where, flags, words)
    painter.restore()


def _small(painter: QPainter, inside: QRectF, top: float, label: Label) -> None:
    where = QRectF(inside.left(), top - 1, inside.width(), 10)
    painter.setFont(_font(7.5, 500))
    painter.drawText(where, LEFT, f"/ {_clean(label.unit_name)}" if label.unit_name else "")
    if label.wholesale:
        painter.drawText(where, RIGHT, f"{format_figure(label.wholesale_from)}+ {format_rupiah(label.wholesale)}")


def _fit(painter: QPainter, where: QRectF, words: str, points: float, weight: int) -> None:
    """An amount as large as there is room for: smaller, never shorter."""
    while points > 6 and QFontMetricsF(_font(points, weight), painter.device()).horizontalAdvance(words) > where.width():
        points -= 0.5
    painter.setFont(_font(points, weight))
    painter.drawText(where, CENTRE, words)


def _code(painter: QPainter, where: QRectF, label: Label) -> None:
    """The bars with their quiet zones and what a scanner says of them; only the characters where no bars hold the code."""
    bars = bars_of(label.code)
    text = QRectF(where.left(), where.bottom() - 9, where.width(), 9)
    module = _module(bars, where.width()) if bars else 0.0
    if bars is None or not module:
        _fit(painter, text, _clean(label.code), 8, 500)
        return
    left = where.center().x() - len(bars.modules) * module / 2
    height = text.top() - where.top() - 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for start, length in _runs(bars.modules):
        painter.fillRect(QRectF(left + start * module, where.top(), length * module, height), Qt.GlobalColor.black)
    _fit(painter, text, bars.text, 8, 500)


def _module(bars: Bars, width: float) -> float:
    """Points of the thinnest bar; 0 where the quiet zones would not fit."""
    widest = width / (len(bars.modules) + 2 * max(bars.quiet))
    return min(widest, _MODULE[1]) if widest >= _MODULE[0] else 0.0


def _runs(modules: str) -> list[tuple[int, int]]:
    """Black bars as (start, length): one rectangle each, so that no hairline shows between modules."""
    runs, start = [], -1
    for place, module in enumerate(f"{modules}0"):
        if module == "1" and start < 0:
            start = place
        elif module == "0" and start >= 0:
            runs.append((start, place - start))
            start = -1
    return runs


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _font(points: float, weight: int) -> QFont:
    font = page_font()
    font.setPointSizeF(points * 72 / DOTS_AN_INCH)
    font.setWeight(QFont.Weight(weight))
    return font
