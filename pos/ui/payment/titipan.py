"""Money that the shop holds, chosen to pay with: the customer's own first, then by the nota it was left with. Owns the search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import format_rupiah
from pos.services.paying_views import Titipan
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField

_MOST: Final = 20


class TitipanDialog(Dialog):
    """One of those that are open.

    Signals:
        chosen(str, int): whose it is, and how much.
    """

    chosen = Signal(str, int)

    def __init__(self, context: UiContext, basket: Basket, parent: QWidget | None = None) -> None:
        super().__init__(tr("Pakai titipan"), parent, 560)
        self._context, self._basket = context, basket
        self.field = SearchField(tr("Cari titipan"), tr("Nomor nota atau nama"))
        self.cards: list[ChoiceCard] = []
        board = QWidget()
        self._list = QVBoxLayout(board)
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._area = scrolled(board)
        self._area.setMinimumHeight(look().px(250))
        self.nothing = EmptyState("laci", tr("Titipan tidak ketemu"), tr("Cari dengan nomor di struk pembeli."), px=90)
        self.body.addWidget(self.field)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)
        on_click(self.add_button(tr("Tutup")), self.reject)
        self.field.textChanged.connect(lambda _text: self._look_up())
        self._look_up()
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """A struk has its number as a barcode: a scan looks for it."""
        self.field.setText(code)
        return True

    def _look_up(self) -> None:
        found = self._context.till.store.read.open_titipan(self.field.text(), _MOST)
        mine = [item for item in found if item.holder == self._basket.customer_uid]
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(item) for item in (*mine, *(item for item in found if item not in mine))]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        self._area.setVisible(bool(self.cards))
        self.nothing.setVisible(not self.cards)

    def _card(self, item: Titipan) -> ChoiceCard:
        who = item.customer_name or tr("Nota {number}", number=item.number)
        said = f"{format_rupiah(item.amount)} · {moment_text(item.at)}"
        card = ChoiceCard(who, said, "user" if item.customer_name else "receipt-text", token=Token.KUNYIT_TEKS)
        on_click(card, lambda: self._take(item))
        return card

    def _take(self, item: Titipan) -> None:
        self.chosen.emit(item.holder, item.amount)
        self.accept()
