"""How one line of the basket is painted: picture, name, quantity and unit price, amount; why it has its price; what is taken off.

Owns the heights of rows; knows no basket.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.basket import BasketLine
from pos.domain.money import format_rupiah
from pos.ui.sale.basket_model import Index
from pos.ui.sale.words import detail_text, discount_words, missing_text, own_off, reason_words, wholesale_words
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon, paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, mixed, text_width

ROW: Final = 53
ROW_WITH_HINT: Final = 56
ROW_CHOSEN: Final = 92
NOTE: Final = 25
"""Pixels that a further line of a row takes, scaled."""
_PICTURE: Final = 44
_LEFT: Final = 18
TEXT_LEFT: Final = 76
"""Pixels from the left edge to the words, scaled."""
RIGHT_MARGIN: Final = 18


class RowNote(NamedTuple):
    """A further line of a row: a sign, words, an amount at the right (or none)."""

    icon: str
    text: str
    amount: str
    token: Token


def row_notes(line: BasketLine, missing: int, chosen: bool) -> list[RowNote]:
    """What stands below a line: its discount, the shelf that is short; and why it has its price where buttons take the second line."""
    notes = []
    reason = reason_words(line)[0]
    if chosen and reason:
        notes.append(RowNote("tag", reason, "", Token.DAUN_TEKS))
    if line.own is not None and own_off(line):
        notes.append(RowNote("corner-down-right", discount_words(line.own), format_rupiah(-own_off(line)), Token.DAUN_TEKS))
    if missing:
        notes.append(RowNote("triangle-alert", missing_text(line, missing), "", Token.BATA_TEKS))
    return notes


class LineDelegate(QStyledItemDelegate):
    """Paints one line; the chosen one leaves room for its buttons."""

    def __init__(
        self,
        chosen: Callable[[], str],
        glow: Callable[[str], float],
        missing: Callable[[BasketLine], int],
        parent: QObject | None = None,
    ) -> None:
        """`chosen` gives the uid of the chosen line; `glow` how strongly (0..1) a line that was just touched still shows it; `missing` the
        base units that the shelf lacks."""
        super().__init__(parent)
        self._chosen = chosen
        self._glow = glow
        self._missing = missing

    def notes(self, line: BasketLine) -> list[RowNote]:
        """The further lines of a row."""
        return row_notes(line, self._missing(line), line.uid == self._chosen())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, BasketLine):
            return QSize(0, 0)
        below = len(self.notes(line)) * look().px(NOTE)
        if line.uid == self._chosen():
            return QSize(200, look().px(ROW_CHOSEN) + below)
        tagged = reason_words(line)[0] or wholesale_words(line)[0]
        return QSize(200, look().px(ROW_WITH_HINT if tagged else ROW) + below)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, BasketLine):
            return
        row = QRectF(option.rect)  # type: ignore[attr-defined]
        chosen = line.uid == self._chosen()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, row, line, chosen)
        side = look().px(_PICTURE)
        paint_goods(painter, QRectF(row.left() + _LEFT, row.top() + look().px(4), side, side), line.name, line.category, line.drawing, 10)
        self._paint_words(painter, row, line, chosen)
        self._paint_notes(painter, row, self.notes(line))
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: QRectF, line: BasketLine, chosen: bool) -> None:
        if chosen:
            ground = mixed(look().colour(Token.DAUN_MUDA), look().colour(Token.KUNYIT_MUDA), self._glow(line.uid))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(row.adjusted(7, 1, -7, -1), 10, 10)
            painter.setBrush(look().colour(Token.DAUN))
            painter.drawRoundedRect(QRectF(row.left() + 6, row.top() + 1, 6, row.height() - 2), 3, 3)
            return
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        y = row.bottom() - 0.5
        painter.drawLine(QPointF(row.left() + look().px(TEXT_LEFT), y), QPointF(row.right() - RIGHT_MARGIN, y))

    def _paint_words(self, painter: QPainter, row: QRectF, line: BasketLine, chosen: bool) -> None:
        left, right = row.left() + look().px(TEXT_LEFT), row.right() - RIGHT_MARGIN
        name_font, detail_font, amount_font = look().font(Role.BACA, 600), look().font(Role.BACA, 400), look().font(Role.SUB, 700)
        metrics = QFontMetricsF(name_font)
        top = row.top() + look().px(4)
        # what is taken off stands below, as on a receipt
        amount = format_rupiah(line.gross)
        amount_width = text_width(amount, amount_font) + 4
        painter.setFont(amount_font)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(QRectF(right - amount_width, top - 1, amount_width, metrics.height() + 2), RIGHT, amount)
        room = right - amount_width - look().px(10) - left
        unit = f"  {line.unit_name}" if chosen else ""
        unit_width = text_width(unit, detail_font)
        if unit_width + metrics.horizontalAdvance(line.name) > room:
            unit, unit_width = "", 0.0
        painter.setFont(name_font)
        name = elide_middle(line.name, name_font, room - unit_width)
        painter.drawText(QRectF(left, top, room, metrics.height()), LEFT, name)
        painter.setFont(detail_font)
        painter.setPen(look().colour(Token.TINTA2))
        if chosen:
            painter.drawText(QRectF(left + metrics.horizontalAdvance(name), top, unit_width + 4, metrics.height()), LEFT, unit)
            return
        detail = detail_text(line)
        needed = text_width(detail, detail_font) + look().px(6)
        self._paint_tag(painter, line, right, top + metrics.height(), right - left - needed)
        painter.setFont(detail_font)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(QRectF(left, top + metrics.height(), right - left, metrics.height()), LEFT, detail)

    def _paint_tag(self, painter: QPainter, line: BasketLine, right: float, top: float, room: float) -> None:
        """Why this price, or the cheaper one ahead, at the right of the second line: whole, or short, or not at all where the amounts need
        the room."""
        font = look().font(Role.BACA, 600)
        reached = bool(reason_words(line)[0])
        texts = reason_words(line) if reached else wholesale_words(line)
        around = look().px(42)
        text = next((text for text in texts if text and text_width(text, font) + around <= room), "")
        if not text:
            return
        ground, ink = (Token.DAUN_MUDA, Token.DAUN_TEKS) if reached else (Token.KUNYIT_MUDA, Token.KUNYIT_TEKS)
        height = look().px(25)
        width = text_width(text, font) + around
        tag = QRectF(right - width, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(ground))
        painter.drawRoundedRect(tag, height / 2, height / 2)
        side = look().px(18)
        painter.drawPixmap(QPointF(tag.left() + look().px(10), tag.center().y() - side / 2), icon("check" if reached else "tag", ink, side))
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        painter.drawText(tag.adjusted(look().px(32), 0, 0, 0), LEFT, text)

    def _paint_notes(self, painter: QPainter, row: QRectF, notes: list[RowNote]) -> None:
        left, right = row.left() + look().px(TEXT_LEFT), row.right() - RIGHT_MARGIN
        font, bold = look().font(Role.BACA, 500), look().font(Role.BACA, 600)
        height, side = look().px(NOTE), look().px(20)
        for place, note in enumerate(notes):
            top = row.bottom() - look().px(3) - (len(notes) - place) * height
            painter.drawPixmap(QPointF(left, top + (height - side) / 2), icon(note.icon, note.token, side))
            painter.setPen(look().colour(note.token))
            painter.setFont(bold)
            amount_width = text_width(note.amount, bold) + 4 if note.amount else 0.0
            painter.drawText(QRectF(right - amount_width, top, amount_width, height), RIGHT, note.amount)
            painter.setFont(font)
            words = QRectF(left + side + look().px(6), top, right - amount_width - look().px(8) - left - side - look().px(6), height)
            painter.drawText(words, LEFT, QFontMetricsF(font).elidedText(note.text, Qt.TextElideMode.ElideRight, words.width()))
