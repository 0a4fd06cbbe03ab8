"""Rows of two lines with an amount, and entries of a book: customers, suppliers, cash. Own how they are painted, never what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, text_width
from pos.ui.widgets.scroll import bare_list

Index = QModelIndex | QPersistentModelIndex

LINE: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `Line` or `Entry`."""
_HEIGHT: Final = 73
_ENTRY_HEIGHT: Final = 52


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: what it is and what tells it apart; at the right an amount and what is to be known of it.

    Attributes:
        key: what the room knows it by.
        late: painted in red.
        faint: nothing is owed: painted pale. good: the amount is painted green: something was paid.
    """

    key: str
    title: str
    about: str
    amount: str
    beside: str = ""
    late: bool = False
    faint: bool = False
    good: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a book: when, what, how much (`good`: in green), and what is there after it."""

    key: str
    when: str
    what: str
    amount: str
    after: str
    good: bool = False
    strong: bool = False


class LedgerModel(QAbstractListModel):
    """Rows as they are handed in."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Line | Entry] = ()

    def show(self, rows: Sequence[Line | Entry]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (row.title, row.about, row.amount, row.beside) if isinstance(row, Line) else (row.when, row.what, row.amount, row.after)
            return ", ".join(part for part in parts if part)
        return None

    def place_of(self, key: str) -> int | None:
        """Where a row stands."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)


class RowDelegate(QStyledItemDelegate):
    """Paints what a row says of itself; another list hands in what its rows say (`line_of`)."""

    height = _HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(self.height))


class LineDelegate(RowDelegate):
    """Two lines: title and amount, below them what is to be known of both."""

    def line_of(self, index: Index) -> Line | None:
        row = index.data(LINE)
        return row if isinstance(row, Line) else None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.line_of(index)
        if row is None:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, rect, option.state)  # type: ignore[attr-defined]
        px = look().px
        upper = QRectF(rect.x() + px(20), rect.center().y() - px(26), rect.width() - px(38), px(26))
        lower = upper.translated(0, px(26))
        bold, plain = look().font(Role.SUB, 700), look().font(Role.BACA, 400)
        painter.setFont(bold)
        painter.setPen(look().colour(_ink(row)))
        painter.drawText(upper, RIGHT, row.amount)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(upper, LEFT, elide_middle(row.title, bold, upper.width() - text_width(row.amount, bold) - px(14)))
        painter.setFont(plain)
        painter.setPen(look().colour(Token.BATA_TEKS if row.late else Token.TINTA2))
        painter.drawText(lower, RIGHT, row.beside)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(lower, LEFT, elide_middle(row.about, plain, lower.width() - text_width(row.beside, plain) - px(14)))
        painter.restore()


def _ink(row: Line) -> Token:
    if row.late:
        return Token.BATA_TEKS
    if row.good:
        return Token.DAUN_TEKS
    return Token.TINTA3 if row.faint else Token.TINTA


class EntryDelegate(RowDelegate):
    """One line: when, what, how much, and what is there after it."""

    height = _ENTRY_HEIGHT

    def entry_of(self, index: Index) -> Entry | None:
        row = index.data(LINE)
        return row if isinstance(row, Entry) else None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.entry_of(index)
        if row is None:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, rect, option.state)  # type: ignore[attr-defined]
        px = look().px
        inside = rect.adjusted(px(16), 0, -px(14), 0)
        plain, bold = look().font(Role.BACA, 400), look().font(Role.BACA, 700)
        after = max(px(132), text_width(row.after, bold if row.strong else plain) + px(16))
        painter.setFont(bold if row.strong else plain)
        painter.setPen(look().colour(Token.TINTA if row.strong else Token.TINTA2))
        painter.drawText(inside, RIGHT, row.after)
        painter.setFont(bold)
        painter.setPen(look().colour(Token.DAUN_TEKS if row.good else Token.TINTA))
        amounts = inside.adjusted(0, 0, -after, 0)
        painter.drawText(amounts, RIGHT, row.amount)
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(inside, LEFT, row.when)
        left = text_width(row.when, plain) + px(14) if row.when else 0
        words = bold if row.strong else look().font(Role.BACA, 600)
        painter.setFont(words)
        painter.setPen(look().colour(Token.TINTA))
        room = amounts.width() - left - text_width(row.amount, bold) - px(12)
        painter.drawText(inside.adjusted(left, 0, 0, 0), LEFT, elide_middle(row.what, words, room))
        painter.restore()


def paint_row_ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
    """A row's ground: pale green and a bar where it is chosen, else a hairline below it."""
    if state & QStyle.StateFlag.State_Selected:
        paint_ground(painter, rect.adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
        paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        return
    painter.setPen(QPen(look().colour(Token.GARIS), 1))
    painter.drawLine(QPointF(rect.x() + 20, rect.bottom() - 0.5), QPointF(rect.right() - 16, rect.bottom() - 0.5))
    if state & QStyle.StateFlag.State_HasFocus:
        paint_focus(painter, rect.adjusted(4, 2, -4, -2), 10)


def ledger_view(model: LedgerModel, delegate: QStyledItemDelegate, parent: QWidget | None = None) -> QListView:
    """A list of such rows, scrolled by a finger or by keys."""
    view = QListView(parent)
    view.setModel(model)
    delegate.setParent(view)
    view.setItemDelegate(delegate)
    bare_list(view)
    return view
