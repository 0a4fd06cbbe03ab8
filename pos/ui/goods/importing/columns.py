"""Which column of the spreadsheet is what: shown, and changed by choosing. Tells the new mapping; judges nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.services.sheet_import import ColumnMapping, SheetField
from pos.services.sheets.model import REQUIRED
from pos.ui.goods.importing.model import FIELD_WORDS
from pos.ui.goods.importing.work import Looked
from pos.ui.language import tr
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Card
from pos.ui.widgets.text import Text

_NONE = -1


def column_name(columns: tuple[str, ...], place: int) -> str:
    """The header of a column, or its letter as a spreadsheet names it."""
    if place < len(columns) and columns[place]:
        return columns[place]
    return tr("Kolom {letter}", letter=chr(ord("A") + place) if place < 26 else str(place + 1))


def mapping_text(columns: tuple[str, ...], mapping: ColumnMapping) -> str:
    """`Nama: name · Harga: price`: what was taken for what."""
    return " · ".join(f"{tr(FIELD_WORDS[field])}: {column_name(columns, mapping[field])}" for field in FIELD_WORDS if field in mapping)


class ColumnsPanel(Card):
    """A box to choose from for every field, those that a list needs first.

    Signals:
        changed(): another column or table was chosen; ask `mapping` and `page`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Token.CEKUNG, 14)
        self._boxes: dict[SheetField, QComboBox] = {}
        self._pages = QComboBox()
        self._pages_words = Text("", Role.BACA, Token.TINTA2, 400)
        self._title = Text("", Role.SUB, Token.TINTA, 700)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, look().px(4), 0)
        self._grid.setHorizontalSpacing(look().px(8))
        self._grid.setVerticalSpacing(look().px(6))
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[SheetField, Text] = {}
        self._add_row(self._pages_words, self._pages, 0)
        for row, field in enumerate((*REQUIRED, *(field for field in FIELD_WORDS if field not in REQUIRED)), start=1):
            box = self._boxes[field] = QComboBox()
            label = self._labels[field] = Text("", Role.BACA, Token.TINTA, 600 if field in REQUIRED else 400)
            self._add_row(label, box, row)
            box.activated.connect(lambda _place: self.changed.emit())
        self._pages.activated.connect(lambda _place: self.changed.emit())
        self._grid.setRowStretch(len(FIELD_WORDS) + 2, 1)
        scroll = scrolled(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box_layout = QVBoxLayout(self)
        box_layout.setContentsMargins(look().px(14), look().px(10), look().px(8), look().px(10))
        box_layout.addWidget(self._title)
        box_layout.addWidget(scroll, 1)
        self.retranslate()

    def _add_row(self, label: Text, box: QComboBox, row: int) -> None:
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.setMaxVisibleItems(14)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)

    def tell(self, looked: Looked) -> None:
        """Show the columns of a file and what each was taken for."""
        mapping = looked.preview.mapping if looked.preview else {}
        names = [column_name(looked.columns, place) for place in range(len(looked.columns))]
        for field, box in self._boxes.items():
            box.clear()
            box.addItem("–", _NONE)
            for place, name in enumerate(names):
                box.addItem(name, place)
            box.setCurrentIndex(max(0, box.findData(mapping.get(field, _NONE))))
        self._pages.clear()
        for place, page in enumerate(looked.raw.pages):
            self._pages.addItem(page.name or looked.raw.file, place)
        self._pages.setCurrentIndex(looked.page)
        for part in (self._pages, self._pages_words):
            part.setVisible(len(looked.raw.pages) > 1)

    def mapping(self) -> dict[SheetField, int]:
        """Field -> column as chosen; a column that is chosen twice counts for the first field."""
        chosen: dict[SheetField, int] = {}
        for field, box in self._boxes.items():
            place = box.currentData()
            if isinstance(place, int) and place != _NONE and place not in chosen.values():
                chosen[field] = place
        return chosen

    def page(self) -> int:
        """Index of the table that is looked at."""
        return max(0, self._pages.currentIndex())

    def retranslate(self) -> None:
        self._title.setText(tr("Kolom"))
        self._pages_words.setText(tr("Lembar"))
        self._pages.setAccessibleName(tr("Lembar"))
        for field, label in self._labels.items():
            words = tr(FIELD_WORDS[field])
            label.setText(f"{words} *" if field in REQUIRED else words)
            self._boxes[field].setAccessibleName(tr("Kolom untuk {field}", field=words))
