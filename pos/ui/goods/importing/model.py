"""The preview of a spreadsheet as Qt rows: what a row will be, in a word, a colour's name and its reasons. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pos.domain.money import format_rupiah
from pos.services.sheet_import import RowStatus, RowVerdict, SheetField, SheetPreview
from pos.ui.language import later, tr
from pos.ui.sheet_words import reason_text

Index = QModelIndex | QPersistentModelIndex

VERDICT: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `RowVerdict`."""

COLUMNS: Final = (later("Baris"), later("Barang"), later("Harga"), later("Barcode"), later("Hasil"))
NUMBER_COLUMN, NAME_COLUMN, PRICE_COLUMN, CODE_COLUMN, VERDICT_COLUMN = range(5)

STATUS_WORDS: Final[Mapping[RowStatus, str]] = {
    RowStatus.NEW: later("Barang baru"),
    RowStatus.UPDATE: later("Diperbarui"),
    RowStatus.REVIEW: later("Diambil, perlu dilihat"),
    RowStatus.REFUSED: later("Ditolak"),
}
"""A row's verdict in a word. It stands beside its colour, never instead."""

FIELD_WORDS: Final[Mapping[SheetField, str]] = {
    SheetField.NAME: later("Nama"),
    SheetField.BARCODE: later("Barcode"),
    SheetField.PRICE: later("Harga"),
    SheetField.WHOLESALE: later("Harga grosir"),
    SheetField.COST: later("Harga modal"),
    SheetField.UNIT: later("Satuan"),
    SheetField.STOCK: later("Stok"),
    SheetField.CATEGORY: later("Kategori"),
    SheetField.BRAND: later("Merek"),
    SheetField.SIZE: later("Ukuran"),
    SheetField.LOCAL_CODE: later("Kode toko"),
    SheetField.WHOLESALE_FROM: later("Grosir mulai"),
    SheetField.MIN_STOCK: later("Stok minimum"),
    SheetField.LADDER: later("Satuan lengkap"),
    SheetField.OTHER_PRICES: later("Harga lain"),
    SheetField.OTHER_CODES: later("Barcode lain"),
    SheetField.BASE_UNIT: later("Satuan dasar"),
    SheetField.EXACT_COST: later("Modal tepat"),
    SheetField.LISTED: later("Dijual online"),
    SheetField.BUFFER: later("Cadangan online"),
    SheetField.RULE: later("Aturan khusus"),
    SheetField.DRAWING: later("Gambar"),
}
"""What a column of the spreadsheet can be, in the order in which it is asked."""


class PreviewModel(QAbstractTableModel):
    """Rows of one preview, all of them or those of one verdict."""

    def __init__(self) -> None:
        super().__init__()
        self._preview: SheetPreview | None = None
        self._rows: list[RowVerdict] = []

    def show(self, preview: SheetPreview | None, status: RowStatus | None = None) -> None:
        """None shows nothing; a status only its rows."""
        self.beginResetModel()
        self._preview = preview
        self._rows = [row for row in preview.rows if status is None or row.status is status] if preview else []
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == VERDICT:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return reasons_text(row)
        return self._text(row, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: RowVerdict, column: int) -> str:
        if column == NUMBER_COLUMN:
            return str(row.number)
        if column == NAME_COLUMN:
            return row.draft.name if row.draft else self._cell(row, SheetField.NAME)
        if column == PRICE_COLUMN:
            return format_rupiah(row.draft.retail) if row.draft else self._cell(row, SheetField.PRICE)
        if column == CODE_COLUMN:
            return ", ".join(row.draft.codes) if row.draft else self._cell(row, SheetField.BARCODE)
        reasons = reasons_text(row)
        return f"{tr(STATUS_WORDS[row.status])}: {reasons}" if reasons else tr(STATUS_WORDS[row.status])

    def _cell(self, row: RowVerdict, field: SheetField) -> str:
        """What stood in the file, for a row that is not taken."""
        place = self._preview.mapping.get(field) if self._preview else None
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def reasons_text(row: RowVerdict) -> str:
    """Why, in one breath; empty when there is nothing to say."""
    return " ".join(reason_text(reason) for reason in row.reasons)
