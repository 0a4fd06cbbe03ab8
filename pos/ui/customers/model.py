"""Customers, and the entries of one's book, as Qt rows read in pages, and what each says. Owns no store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pos.domain.credit import CreditEntry
from pos.domain.money import format_rupiah
from pos.services.paying_views import CustomerFilter, CustomerRow
from pos.services.ports import Queries
from pos.ui.customers import words
from pos.ui.moments import date_text
from pos.ui.widgets.ledger import Entry, EntryDelegate, Line, LineDelegate

Index = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `CustomerRow` or `CreditEntry`."""
PAGE: Final = 60


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


class CustomerDelegate(LineDelegate):
    """A customer: name and what tells them apart; at the right what they owe, in red where its date has passed."""

    def __init__(self, model: CustomersModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model

    def line_of(self, index: Index) -> Line | None:
        row = index.data(ROW)
        if not isinstance(row, CustomerRow):
            return None
        now = self._model.now()
        due = words.due_text(row.due_at, now) if row.balance > 0 else ""
        late = bool(row.due_at) and row.due_at < now
        owed = words.balance_text(row.balance)
        return Line(row.customer.uid, row.customer.name, words.about_text(row), owed, due, late=late, faint=not row.balance)


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


class BookDelegate(EntryDelegate):
    """An entry: date, what it was, how much, and what was owed after it."""

    def entry_of(self, index: Index) -> Entry | None:
        row = index.data(ROW)
        if not isinstance(row, CreditEntry):
            return None
        amount, balance = format_rupiah(row.amount), format_rupiah(row.balance)
        return Entry(row.uid, date_text(row.at), words.entry_text(row), amount, balance, good=row.amount < 0)
