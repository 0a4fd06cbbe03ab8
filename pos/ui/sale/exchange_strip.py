"""The strip that says that goods come back for this basket, and what they pay. Pressed, they do not. Owns its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.domain.money import format_rupiah
from pos.domain.sale import short_number
from pos.ui.language import tr
from pos.ui.sale.basket_foot import FootRow

if TYPE_CHECKING:
    from pos.domain.correction import Exchange


class ExchangeStrip(FootRow):
    """Hidden for most baskets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Which goods come back; None for none."""
        if exchange is not None:
            worth = format_rupiah(-exchange.amount)
            said = tr("Tukar dari nota {n}: {amount}", n=short_number(exchange.number), amount=worth)
            self.show_row(said, icon_name="arrow-down-up", warns=True)
            self.setAccessibleDescription(tr("Tekan untuk membatalkan tukar barang"))
        self.setVisible(exchange is not None)
