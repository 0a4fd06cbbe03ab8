"""The lines on the counter as rows of a list. Owns no line: it shows what the counter has on disk. Painting is `line_delegate`'s."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.domain.basket import Basket, BasketLine
from pos.ui.sale.words import missing_text, spoken_line

Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """DisplayRole is the goods' name, UserRole the line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[BasketLine, ...] = ()
        self._missing: dict[str, int] = {}

    def show(self, basket: Basket) -> None:
        """Other lines; only rows that differ are told of."""
        lines = basket.lines
        before, after = [line.uid for line in self.lines], [line.uid for line in lines]
        told, self._missing = self._missing, _missing(basket)
        if after == before:
            changed = [place for place, (old, new) in enumerate(zip(self.lines, lines, strict=True)) if old != new]
            changed += [place for place, uid in enumerate(after) if told.get(uid) != self._missing.get(uid) and place not in changed]
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

    def missing(self, line: BasketLine) -> int:
        """Base units that the shelf has too few of by what the till knows; said by the last line of the goods only."""
        return self._missing.get(line.uid, 0)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            missing = self.missing(line)
            return f"{spoken_line(line)}, {missing_text(line, missing)}" if missing else spoken_line(line)
        return line if role == Qt.ItemDataRole.UserRole else None


def _missing(basket: Basket) -> dict[str, int]:
    """uid of the last line of each product -> how much of it the shelf lacks."""
    taken: dict[str, int] = {}
    last: dict[str, BasketLine] = {}
    for line in basket.lines:
        if line.on_hand is not None:
            taken[line.product_uid] = taken.get(line.product_uid, 0) + line.quantity
            last[line.product_uid] = line
    return {line.uid: taken[uid] - (line.on_hand or 0) for uid, line in last.items() if taken[uid] > (line.on_hand or 0)}
