"""Buku: what the shop owes and where its money is. Owns the choice of the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout

from pos.domain.changed import Changed
from pos.ui.books.cash_page import CashPage
from pos.ui.books.suppliers_page import SuppliersPage
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.pill import Chip

SUPPLIERS: Final = "suppliers"
CONSIGNED: Final = "consigned"
CASH: Final = "cash"
_PAGES: Final = {SUPPLIERS: later("Pemasok"), CONSIGNED: later("Titip jual"), CASH: later("Buku kas")}


class BooksScreen(Screen):
    """The room `books`."""

    key = "books"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.suppliers = SuppliersPage(context, consigned=False)
        self.consigned = SuppliersPage(context, consigned=True)
        self.cash = CashPage(context)
        self._pages: dict[str, SuppliersPage | CashPage] = {SUPPLIERS: self.suppliers, CONSIGNED: self.consigned, CASH: self.cash}
        self._page = SUPPLIERS
        self._stack = QStackedWidget()
        self._chips = {page: Chip() for page in _PAGES}
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for page, chip in self._chips.items():
            chip.setCheckable(True)
            group.addButton(chip)
            chips.addWidget(chip)
            on_click(chip, lambda page=page: self._turn(page))  # type: ignore[misc]
            self._stack.addWidget(self._pages[page])
        chips.addStretch(1)
        self._chips[self._page].setChecked(True)
        box = QVBoxLayout(self)
        edge = look().px(16)
        box.setContentsMargins(edge, look().px(8), edge, edge)
        box.setSpacing(look().px(12))
        box.addLayout(chips)
        box.addWidget(self._stack, 1)
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        concerns = changed is None or changed.suppliers or changed.sales or changed.session or changed.goods
        if concerns and self.isVisible():
            self._pages[self._page].refresh()

    def open_part(self, part: str) -> None:
        """A page, or a supplier of it: `books#cash`, `books#suppliers/<uid>`."""
        page, _, uid = part.partition("/")
        if page not in self._pages:
            return
        shown = self._pages[page]
        if uid and isinstance(shown, SuppliersPage):
            shown.chosen = uid
        self._chips[page].setChecked(True)
        self._turn(page)

    def part_shown(self) -> str:
        shown = self._pages[self._page]
        uid = shown.chosen if isinstance(shown, SuppliersPage) else ""
        return f"{self._page}/{uid}" if uid else self._page

    def retranslate(self) -> None:
        for page, chip in self._chips.items():
            chip.setText(tr(_PAGES[page]))
        for shown in self._pages.values():
            shown.retranslate()
        self.refresh()

    def help_text(self) -> str:
        return tr(
            "Pemasok dan yang harus dibayar: barang masuk yang belum lunas tercatat di sini, merah berarti lewat jatuh tempo. "
            "Titip jual: barang orang yang dibayar kalau sudah laku. Buku kas: uang di laci hari demi hari, dan kas lain di luar laci. "
            "Yang dibayar dari laci langsung mengurangi isi laci."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _turn(self, page: str) -> None:
        self._page = page
        self._stack.setCurrentWidget(self._pages[page])
        self.refresh()
