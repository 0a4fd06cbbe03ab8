"""The list of goods as Qt rows, read in pages where someone looks: 100,000 goods scroll without being loaded. Draws nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pos.domain.money import format_rupiah
from pos.services.ports import Queries
from pos.services.views import GoodsFilter, GoodsRow
from pos.ui.goods.stock_words import on_hand_text
from pos.ui.language import tr

Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 100
KEPT_PAGES: Final = 12
ROW: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `GoodsRow`."""


class GoodsModel(QAbstractListModel):
    """Windowed: knows how many rows there are, holds at most `KEPT_PAGES` pages of them."""

    def __init__(self, read: Callable[[], Queries]) -> None:
        super().__init__()
        self._read = read
        self._which = GoodsFilter.ALL
        self._text = ""
        self._total = 0
        self._pages: OrderedDict[int, list[GoodsRow]] = OrderedDict()
        self.ticked: Callable[[str], bool] = lambda uid: False

    @property
    def held(self) -> int:
        """Rows in memory now."""
        return sum(map(len, self._pages.values()))

    def show(self, which: GoodsFilter, text: str) -> None:
        """Another filter or search."""
        self.beginResetModel()
        self._which, self._text = which, text.strip()
        self._pages.clear()
        self._total = self._read().goods_total(self._which, self._text)
        self.endResetModel()

    def renew(self) -> None:
        """Prices or stock changed: read what is looked at again, without moving the list."""
        total = self._read().goods_total(self._which, self._text)
        if total != self._total:
            self.show(self._which, self._text)
            return
        self._pages.clear()
        if total:
            self.dataChanged.emit(self.index(0), self.index(total - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW) or not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        said = f"{row.name}, {format_rupiah(row.price)}, {on_hand_text(row.on_hand, row.factor, row.unit_name)}"
        return tr("{row}, dicentang", row=said) if self.ticked(row.product_uid) else said

    def row_at(self, place: int) -> GoodsRow | None:
        """The row at a place; None when the store has fewer by now."""
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._read().goods(self._which, self._text, number * PAGE, PAGE)
            self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def place_of(self, product_uid: str) -> int | None:
        """Where a product stands among the rows read so far."""
        for number, page in self._pages.items():
            for offset, row in enumerate(page):
                if row.product_uid == product_uid:
                    return number * PAGE + offset
        return None
