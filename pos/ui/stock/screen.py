"""Stok: goods in, goods counted, cards, and what to buy. Owns the choice of the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.changed import Changed
from pos.services.orders import is_pickup_code
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.stock.card_page import CardPage
from pos.ui.stock.count_page import CountPage
from pos.ui.stock.receipts_page import ReceiptsPage
from pos.ui.stock.shopping_page import ShoppingPage
from pos.ui.widgets.pages import Pages

RECEIPTS: Final = "receipts"
COUNT: Final = "count"
CARD: Final = "card"
SHOPPING: Final = "shopping"
_PAGES: Final = {RECEIPTS: later("Kulakan"), COUNT: later("Opname"), CARD: later("Kartu stok"), SHOPPING: later("Belanja")}


class StockScreen(Screen):
    """The room `stock`."""

    key = "stock"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.receipts, self.count = ReceiptsPage(context), CountPage(context)
        self.card, self.shopping = CardPage(context), ShoppingPage(context)
        self._pages: dict[str, ReceiptsPage | CountPage | CardPage | ShoppingPage] = {
            RECEIPTS: self.receipts,
            COUNT: self.count,
            CARD: self.card,
            SHOPPING: self.shopping,
        }
        self._room = Pages({key: (words, self._pages[key]) for key, words in _PAGES.items()})
        self._room.turned.connect(lambda _key: self.refresh())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._room)
        self.retranslate()

    # --- the frame asks ---------------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if (changed is None or changed.stock or changed.goods or changed.sales or changed.suppliers) and self.isVisible():
            self._pages[self._room.shown].refresh()

    def open_part(self, part: str) -> None:
        """A page, or the card of a product: `stock#count`, `stock#card/<uid>`."""
        page, _, uid = part.partition("/")
        if page not in self._pages:
            return
        if uid:
            self.card.product_uid = uid
        self._room.turn(page)

    def part_shown(self) -> str:
        return f"{CARD}/{self.card.product_uid}" if self._room.shown == CARD and self.card.product_uid else self._room.shown

    def scanned(self, code: str) -> bool:
        return False if is_pickup_code(code) else self._pages[self._room.shown].scanned(code)

    def retranslate(self) -> None:
        self._room.retranslate()
        for shown in self._pages.values():
            shown.retranslate()

    def help_text(self) -> str:
        return tr(
            "Kulakan: pindai barang yang datang, isi harganya, lalu catat; salah catat diperbaiki dengan Perbaiki. Opname: hitung rak "
            "sambil jualan, lalu catat selisihnya satu kali. Kartu stok: semua gerak satu barang. Belanja: apa yang perlu dibeli, "
            "yang mau kedaluwarsa, dan yang tidak laku."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
