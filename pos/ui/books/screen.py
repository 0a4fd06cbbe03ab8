"""Buku: what the shop owes and where its money is. Owns the choice of the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.changed import Changed
from pos.ui.books.cash_page import CashPage
from pos.ui.books.suppliers_page import SuppliersPage
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.widgets.pages import Pages

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
        self._room = Pages({key: (words, self._pages[key]) for key, words in _PAGES.items()})
        self._room.turned.connect(lambda _key: self.refresh())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._room)
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        concerns = changed is None or changed.suppliers or changed.sales or changed.session or changed.goods
        if concerns and self.isVisible():
            self._pages[self._room.shown].refresh()

    def open_part(self, part: str) -> None:
        """A page, or a supplier of it: `books#cash`, `books#suppliers/<uid>`."""
        page, _, uid = part.partition("/")
        if page not in self._pages:
            return
        shown = self._pages[page]
        if uid and isinstance(shown, SuppliersPage):
            shown.chosen = uid
        self._room.turn(page)

    def part_shown(self) -> str:
        shown = self._pages[self._room.shown]
        uid = shown.chosen if isinstance(shown, SuppliersPage) else ""
        return f"{self._room.shown}/{uid}" if uid else self._room.shown

    def retranslate(self) -> None:
        self._room.retranslate()
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
