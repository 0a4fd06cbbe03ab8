"""The shop's categories as chips in one row, as many as fit, and the pages of the tiles at its end. Owns which chip is on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import IconButton, on_click
from pos.ui.widgets.pill import Chip

_GAP: Final = 8
_LONGEST: Final = 18


class CategoryRow(QWidget):
    """*Terlaris*, the fullest categories, and the way to all of them.

    Signals:
        chosen(str): a category; empty for all goods, most sold first.
        more(): all categories are wanted.
    """

    chosen = Signal(str)
    more = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._category = ""
        self.first = Chip("", "flame")
        self.rest = Chip("", "ellipsis")
        self._chips: list[Chip] = []
        self.first.clicked.connect(lambda: self.choose(""))
        self.rest.clicked.connect(self._ask_more)
        for chip in (self.first, self.rest):
            chip.setParent(self)
        look().changed.connect(self._arrange)
        self.retranslate()

    @property
    def category(self) -> str:
        """The one that is on, empty for all."""
        return self._category

    def retranslate(self) -> None:
        self.first.setText(tr("Terlaris"))
        self.rest.setAccessibleName(tr("Semua kategori"))
        self.rest.setToolTip(tr("Semua kategori"))
        self._arrange()

    def show_categories(self, names: list[str]) -> None:
        """The shop's categories, the fullest first."""
        if names != self._names:
            self._names = names
            if self._category not in names:
                self._category = ""
            self._arrange()

    def choose(self, category: str) -> None:
        """Switch a category on; it moves into sight when it was among the rest."""
        changed, self._category = category != self._category, category
        self._arrange()
        if changed:
            self.chosen.emit(category)

    def sizeHint(self) -> QSize:
        return QSize(look().px(420), self.first.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self.first.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Chips from left to right while there is room, the one that is on always among them."""
        height = self.first.sizeHint().height()
        x = self._put(self.first, 0, height)
        self.first.setChecked(not self._category)
        room = self.width() - self.rest.sizeHint().width() - _GAP
        for chip in self._chips:
            chip.hide()
        shown = self._fitting(x, room)
        for place, name in enumerate(shown):
            chip = self._chip(place)
            chip.setText(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…")
            chip.setAccessibleName(name)
            chip.setProperty("category", name)
            chip.setChecked(name == self._category)
            x = self._put(chip, x, height)
        self.rest.setVisible(len(shown) < len(self._names))
        self.rest.setChecked(False)
        self._put(self.rest, x, height)

    def _fitting(self, x: int, room: int) -> list[str]:
        shown: list[str] = []
        width = x
        order = self._names if not self._category else [self._category, *(name for name in self._names if name != self._category)]
        probe = self._chip(0)
        for name in order:
            probe.setText(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…")
            needed = probe.sizeHint().width() + _GAP
            if width + needed <= room:
                width += needed
                shown.append(name)
        return [name for name in self._names if name in shown]

    def _chip(self, place: int) -> Chip:
        while len(self._chips) <= place:
            chip = Chip("", parent=self)
            chip.clicked.connect(self._clicked)
            # made when there is room for it, but reached where it stands
            self.setTabOrder(self._chips[-1] if self._chips else self.first, chip)
            self.setTabOrder(chip, self.rest)
            self._chips.append(chip)
        return self._chips[place]

    def _put(self, chip: Chip, x: int, height: int) -> int:
        width = chip.sizeHint().width()
        chip.setGeometry(x, 0, width, height)
        chip.show()
        return x + width + _GAP

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.choose(str(chip.property("category")))

    def _ask_more(self) -> None:
        self.rest.setChecked(False)
        self.more.emit()


class Pager(QWidget):
    """Back and on through the pages of the tiles; hidden where there is only one.

    Signals:
        turned(int): -1 or 1.
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._pages = 0, 1
        self.back, self.on = IconButton("chevron-left", ""), IconButton("chevron-right", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.back, self.on):
            row.addWidget(widget)
        on_click(self.back, lambda: self.turned.emit(-1))
        on_click(self.on, lambda: self.turned.emit(1))
        self.retranslate()

    def retranslate(self) -> None:
        place = tr("{page} dari {pages}", page=self._page + 1, pages=self._pages)
        self.back.set_name(tr("Halaman sebelumnya"))
        self.on.set_name(tr("Halaman berikutnya"))
        self.back.setToolTip(place)
        self.on.setToolTip(place)

    def show_page(self, page: int, pages: int) -> None:
        """`page` counts from 0."""
        self._page, self._pages = page, pages
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < pages - 1)
        self.setVisible(pages > 1)
        self.retranslate()
