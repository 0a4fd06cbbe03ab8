"""Customers, and the entries of one's book, as Qt rows read in pages, and how they are painted. Owns no store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.credit import CreditEntry
from pos.domain.money import format_rupiah
from pos.services.paying_views import CustomerFilter, CustomerRow
from pos.services.ports import Queries
from pos.ui.customers import words
from pos.ui.moments import date_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, text_width

Index = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `CustomerRow` or `CreditEntry`."""
PAGE: Final = 60
_HEIGHT: Final = 73
_ENTRY_HEIGHT: Final = 52


class CustomersModel(QAbstractListModel):
    """Those that match; the next page is read when the list is scrolled to its end."""

    def __init__(self, read: Callable[[], Queries], now: Callable[[], int]) -> None:
        super().__init__()
        self._read, self.now = read, now
        self._text, self._which = "", CustomerFilter.ALL
        self._rows: list[CustomerRow] = []
        self._whole = True

    def show(self, text: str, which: CustomerFilter) -> None:
        """Read again; as many as were read before when the question is the same."""
        same = (text, which) == (self._text, self._which)
        wanted = max(PAGE, len(self._rows)) if same else PAGE
        self.beginResetModel()
        self._text, self._which = text, which
        self._rows = self._read().customers(text, which, 0, wanted)
        self._whole = len(self._rows) < wanted
        self.endResetModel()

    def canFetchMore(self, parent: Index | None = None) -> bool:
        return not self._whole

    def fetchMore(self, parent: Index | None = None) -> None:
        more = self._read().customers(self._text, self._which, len(self._rows), PAGE)
        self._whole = len(more) < PAGE
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.customer.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.customer.name, words.about_text(row), words.balance_text(row.balance), words.due_text(row.due_at, self.now()))
            return ", ".join(part for part in parts if part)
        return None

    def place_of(self, customer_uid: str) -> int | None:
        """Where a customer stands among the rows that were read."""
        return next((place for place, row in enumerate(self._rows) if row.customer.uid == customer_uid), None)


class CustomerDelegate(QStyledItemDelegate):
    """A customer: name and what tells them apart; at the right what they owe, in red where its date has passed."""

    def __init__(self, model: CustomersModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, CustomerRow):
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, rect, option.state)  # type: ignore[attr-defined]
        px = look().px
        upper = QRectF(rect.x() + px(20), rect.center().y() - px(26), rect.width() - px(38), px(26))
        lower = upper.translated(0, px(26))
        bold, plain = look().font(Role.SUB, 700), look().font(Role.BACA, 400)
        owed = words.balance_text(row.balance)
        late = row.due_at and row.due_at < self._model.now()
        painter.setFont(bold)
        painter.setPen(look().colour(Token.BATA_TEKS if late else Token.TINTA if row.balance else Token.TINTA3))
        painter.drawText(upper, RIGHT, owed)
        painter.setPen(look().colour(Token.TINTA))
        room = upper.width() - text_width(owed, bold) - px(14)
        painter.drawText(upper, LEFT, elide_middle(row.customer.name, bold, room))
        painter.setFont(plain)
        due = words.due_text(row.due_at, self._model.now()) if row.balance > 0 else ""
        painter.setPen(look().colour(Token.BATA_TEKS if late else Token.TINTA2))
        painter.drawText(lower, RIGHT, due)
        painter.setPen(look().colour(Token.TINTA2))
        room = lower.width() - text_width(due, plain) - px(14)
        painter.drawText(lower, LEFT, elide_middle(words.about_text(row), plain, room))
        painter.restore()


class BookModel(QAbstractListModel):
    """A customer's entries, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[CreditEntry, ...] = ()

    def show(self, entries: tuple[CreditEntry, ...]) -> None:
        """Another book; entries come in the order they happened."""
        self.beginResetModel()
        self._rows = tuple(reversed(entries))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
        if role == ROW:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((words.entry_text(entry), date_text(entry.at), format_rupiah(entry.amount), format_rupiah(entry.balance)))
        return None


class BookDelegate(QStyledItemDelegate):
    """An entry: date, what it was, how much, and what was owed after it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_ENTRY_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ROW)
        if not isinstance(entry, CreditEntry):
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, rect, option.state)  # type: ignore[attr-defined]
        px = look().px
        inside = rect.adjusted(px(16), 0, -px(14), 0)
        bold, plain = look().font(Role.BACA, 700), look().font(Role.BACA, 400)
        balance = inside.width() * 0.26
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(inside, RIGHT, format_rupiah(entry.balance))
        painter.setFont(bold)
        painter.setPen(look().colour(Token.DAUN_TEKS if entry.amount < 0 else Token.TINTA))
        amounts = inside.adjusted(0, 0, -balance, 0)
        said = format_rupiah(entry.amount)
        painter.drawText(amounts, RIGHT, said)
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        date = date_text(entry.at)
        painter.drawText(inside, LEFT, date)
        left = text_width(date, plain) + px(14)
        painter.setFont(look().font(Role.BACA, 600))
        painter.setPen(look().colour(Token.TINTA))
        room = amounts.width() - left - text_width(said, bold) - px(12)
        painter.drawText(inside.adjusted(left, 0, 0, 0), LEFT, elide_middle(words.entry_text(entry), look().font(Role.BACA, 600), room))
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
