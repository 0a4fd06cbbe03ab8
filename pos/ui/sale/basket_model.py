"""The lines on the counter as rows of a list, and how one is painted. Owns no line: it shows what the counter has on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.basket import BasketLine
from pos.domain.money import format_rupiah
from pos.ui.language import tr
from pos.ui.sale.words import detail_text, is_wholesale, spoken_line, wholesale_words
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon, paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, mixed, text_width

ROW: Final = 53
ROW_WITH_HINT: Final = 56
ROW_CHOSEN: Final = 92
_PICTURE: Final = 44
_LEFT: Final = 18
TEXT_LEFT: Final = 76
"""Pixels from the left edge to the words, scaled."""
RIGHT_MARGIN: Final = 18

Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """DisplayRole is the goods' name, UserRole the line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[BasketLine, ...] = ()

    def show(self, lines: tuple[BasketLine, ...]) -> None:
        """Other lines; only rows that differ are told of."""
        before, after = [line.uid for line in self.lines], [line.uid for line in lines]
        if after == before:
            changed = [place for place, (old, new) in enumerate(zip(self.lines, lines, strict=True)) if old != new]
            self.lines = lines
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
        elif after[: len(before)] == before and self.lines == lines[: len(before)]:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self.lines = lines
            self.endInsertRows()
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def row_of(self, line_uid: str) -> int:
        """-1 when there is none."""
        return next((place for place, line in enumerate(self.lines) if line.uid == line_uid), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_line(line)
        return line if role == Qt.ItemDataRole.UserRole else None


class LineDelegate(QStyledItemDelegate):
    """Paints one line: picture, name, quantity and unit price, amount; the chosen one leaves room for its buttons."""

    def __init__(self, chosen: Callable[[], str], glow: Callable[[str], float], parent: QObject | None = None) -> None:
        """`chosen` gives the uid of the chosen line; `glow` how strongly (0..1) a line that was just touched still shows it."""
        super().__init__(parent)
        self._chosen = chosen
        self._glow = glow

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, BasketLine):
            return QSize(0, 0)
        if line.uid == self._chosen():
            return QSize(200, look().px(ROW_CHOSEN))
        hinted = is_wholesale(line) or (line.price is not None and line.price.next_quantity)
        return QSize(200, look().px(ROW_WITH_HINT if hinted else ROW))

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
        amount = format_rupiah(line.amount)
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
        self._paint_hint(painter, line, right, top + metrics.height(), right - left - needed)
        painter.setFont(detail_font)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(QRectF(left, top + metrics.height(), right - left, metrics.height()), LEFT, detail)

    def _paint_hint(self, painter: QPainter, line: BasketLine, right: float, top: float, room: float) -> None:
        """The wholesale tag at the right of the second line: whole, or short, or not at all where the amounts need the room."""
        font = look().font(Role.BACA, 600)
        reached = is_wholesale(line)
        texts = (tr("harga grosir"), tr("grosir")) if reached else wholesale_words(line)
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
        painter.drawPixmap(QPointF(tag.left() + look().px(10), tag.center().y() - side / 2), icon("tag", ink, side))
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        painter.drawText(tag.adjusted(look().px(32), 0, 0, 0), LEFT, text)
