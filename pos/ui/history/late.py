"""Money that came after its QR had expired, or twice: which it is, the nota that it was for, or how it goes back. Owns the choice.

Nothing is matched by itself: a person looks, and the verbs refuse what does not fit.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.domain.people import Act
from pos.domain.qris_request import LateMoney, QrisRequest
from pos.domain.sale import Sale, Tender, short_number
from pos.services import qris
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.lock.approve import with_approval
from pos.ui.moments import moment_text
from pos.ui.operations import attempt
from pos.ui.payment.words import payments_text, state_badge
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import Text

_DONE: Final = Changed(sales=True, session=True, outbox=True, customers=True)
_ENDS: Final = {
    LateMoney.USED: later("sudah dicocokkan"),
    LateMoney.RETURNED_CASH: later("dikembalikan tunai"),
    LateMoney.RETURNED_TRANSFER: later("dikembalikan lewat transfer"),
}


class LateCard(Card):
    """One of them: how much, when, and what can be done."""

    def __init__(self, request: QrisRequest, parent: QWidget | None = None) -> None:
        super().__init__(parent, Token.CEKUNG, 12)
        self.match = ActionButton(tr("Cocokkan"), "receipt-text", kind=Kind.PRIMARY, role=Role.BACA)
        self.cash = ActionButton(tr("Kembali tunai"), "banknote")
        self.transfer = ActionButton(tr("Kembali transfer"), "landmark")
        for button in (self.match, self.cash, self.transfer):
            button.once = True
            button.setAccessibleDescription(format_rupiah(request.amount))
        badge = StateBadge()
        badge.set(*state_badge(request.state))
        head = QHBoxLayout()
        head.addWidget(Text(format_rupiah(request.amount), Role.ANGKA, Token.TINTA, 800, px=30), 1)
        head.addWidget(badge)
        said = moment_text(request.state_at) if request.state_at else ""
        end = tr(_ENDS[request.late]) if request.late in _ENDS else ""
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(12), look().px(14), look().px(14))
        box.setSpacing(look().px(4))
        box.addLayout(head)
        box.addWidget(Text(" · ".join(part for part in (said, request.merchant, end) if part), Role.BACA, Token.TINTA2, 400))
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        for button in (self.match, self.cash, self.transfer):
            row.addWidget(button, 1)
        if request.is_loose:
            box.addLayout(row)
        else:
            for button in (self.match, self.cash, self.transfer):
                button.setParent(self)
                button.hide()


class LateMoneyDialog(Dialog):
    """All of it, what still waits first."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Uang QRIS terlambat"), parent, 780)
        self._context = context
        self.cards: list[LateCard] = []
        board = QWidget()
        self._list = QVBoxLayout(board)
        self._list.setContentsMargins(0, 0, look().px(6), 0)
        self._list.setSpacing(look().px(10))
        self._list.addStretch(1)
        self._area = scrolled(board)
        self._area.setMinimumHeight(look().px(360))
        self.nothing = EmptyState("kosong_nota", tr("Tidak ada uang terlambat"), tr("QRIS yang dibayar setelah waktunya muncul di sini."))
        said = tr("Uang ini masuk setelah kodenya kedaluwarsa. Cocokkan dengan notanya, atau kembalikan ke pembeli.")
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)
        on_click(self.add_button(tr("Tutup")), self.reject)
        self._reload()

    def scanned(self, code: str) -> bool:
        """A scan is none of this; it is refused where it is seen."""
        self._context.sound.emit("error")
        return True

    def _reload(self) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        found = self._context.till.store.read.late_money()
        self.cards = [self._card(request) for request in found]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        self._area.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def _card(self, request: QrisRequest) -> LateCard:
        card = LateCard(request)
        on_click(card.match, lambda: self._match(request))
        on_click(card.cash, lambda: self._give_back(request, Tender.CASH))
        on_click(card.transfer, lambda: self._give_back(request, Tender.TRANSFER))
        return card

    def _give_back(self, request: QrisRequest, way: Tender) -> None:
        till = self._context.till
        with_approval(
            self._context, Act.CASH_OUT, lambda approval: qris.give_back(till, request.uid, way, approval), lambda _done: self._done(), self
        )

    def _match(self, request: QrisRequest) -> None:
        dialog = MatchDialog(self._context, request, self)
        dialog.accepted.connect(self._done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _done(self) -> None:
        self._reload()
        self._context.changed.emit(_DONE)
        self._context.backstage.sync_now()


class MatchDialog(Dialog):
    """The nota that the money was for. Accepted once it is matched."""

    def __init__(self, context: UiContext, request: QrisRequest, parent: QWidget | None = None) -> None:
        super().__init__(tr("Untuk nota yang mana?"), parent, 640)
        self._context, self._request = context, request
        self.field = SearchField(tr("Cari nota"), tr("Nomor, Rp, atau barang"))
        self.cards: list[ChoiceCard] = []
        board = QWidget()
        self._list = QVBoxLayout(board)
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._area = scrolled(board)
        self._area.setMinimumHeight(look().px(280))
        said = tr("Nota yang QRIS-nya dikonfirmasi sendiri sebesar {amount}, atau nota bon.", amount=format_rupiah(request.amount))
        self.nothing = EmptyState("kosong_nota", tr("Tidak ada nota yang cocok"), tr("Kalau tidak ada notanya, kembalikan uangnya."), px=90)
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        self.body.addWidget(self.field)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)
        on_click(self.add_button(tr("Tutup")), self.reject)
        self.field.textChanged.connect(lambda _text: self._look_up())
        self._look_up()

    def _look_up(self) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(sale) for sale in qris.matches(self._context.till, self._request, self.field.text())]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        self._area.setVisible(bool(self.cards))
        self.nothing.setVisible(not self.cards)

    def _card(self, sale: Sale) -> ChoiceCard:
        title = " · ".join(part for part in (tr("Nota {n}", n=short_number(sale.number)), sale.customer_name) if part)
        said = " · ".join((format_rupiah(sale.total), payments_text(sale.payments), moment_text(sale.at)))
        card = ChoiceCard(title, said, "receipt-text")
        on_click(card, lambda: self._take(sale))
        return card

    def _take(self, sale: Sale) -> None:
        till, request = self._context.till, self._request
        attempt(self._context, lambda: qris.use_for_sale(till, request.uid, sale.uid), lambda _done: self.accept())
