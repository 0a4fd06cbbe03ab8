"""F6: who buys. Found by name, made on the spot, or nobody; with what they owe and hold. Owns what is being looked for.

The customers' own room is elsewhere; here one is only put on the basket.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.customer import LONGEST_NAME, Customer
from pos.domain.deposit import DepositBalance
from pos.domain.money import format_rupiah
from pos.services.customers import add_customer
from pos.services.paying_views import CustomerFilter, CustomerRow
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.sale.counter import Counter
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField
from pos.ui.widgets.text import Text

_MOST: Final = 30


class CustomerDialog(Dialog):
    """Chosen customers are on the basket at once.

    Signals:
        give_back(str, str): uid of the customer and of goods that they bring back.
    """

    give_back = Signal(str, str)

    def __init__(self, context: UiContext, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(tr("Pelanggan"), parent, 640)
        self._context, self._counter = context, counter
        self.field = SearchField(tr("Cari nama pelanggan"), tr("Cari nama pelanggan"))
        self.field.setMaxLength(LONGEST_NAME)
        self.cards: list[ChoiceCard] = []
        board = QWidget()
        self._list = QVBoxLayout(board)
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._area = scrolled(board)
        self._area.setMinimumHeight(look().px(250))
        self.nothing = EmptyState("kosong_keranjang", tr("Belum ada pelanggan"), tr("Ketik namanya, lalu tekan Tambah."), px=90)
        self.add = ActionButton("", "user-plus", kind=Kind.QUIET)
        on_click(self.add, self._add)
        self.body.addWidget(self.field)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.add)
        self._add_held()
        self.nobody = self.add_button(tr("Tanpa pelanggan"), Kind.QUIET, "x")
        self.nobody.setEnabled(bool(counter.basket.customer_uid))
        on_click(self.nobody, self._take_off)
        on_click(self.add_button(tr("Tutup")), self.reject)
        self.field.textChanged.connect(lambda _text: self._look_up())
        self.field.returnPressed.connect(self._enter)
        self._look_up()
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """The next good comes: it goes onto the counter, and the question stays."""
        self._counter.scan(code)
        return True

    def _add_held(self) -> None:
        """What the customer of the basket holds, with the way back."""
        uid = self._counter.basket.customer_uid
        for balance in self._context.till.store.read.deposits(uid) if uid else []:
            row = QHBoxLayout()
            row.addWidget(Text(held_text(balance), Role.BACA, Token.TERONG_TEKS, 600), 1)
            back = ActionButton(tr("Kembali"), "undo-2")
            back.setAccessibleDescription(balance.name)
            on_click(back, lambda balance=balance: self._bring_back(balance))  # type: ignore[misc]
            row.addWidget(back)
            self.body.addLayout(row)

    def _bring_back(self, balance: DepositBalance) -> None:
        self.accept()
        self.give_back.emit(balance.customer_uid, balance.product_uid)

    def _look_up(self) -> None:
        text = self.field.text().strip()
        rows = self._context.till.store.read.customers(text, CustomerFilter.ALL, 0, _MOST)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(row) for row in rows]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        self._area.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        known = any(row.customer.name.casefold() == text.casefold() for row in rows)
        self.add.setText(tr("Tambah “{name}”", name=text[:40]))
        self.add.setVisible(bool(text) and not known)

    def _card(self, row: CustomerRow) -> ChoiceCard:
        card = ChoiceCard(row.customer.name, customer_text(row), "user", token=Token.TERONG_TEKS)
        card.setChecked(row.customer.uid == self._counter.basket.customer_uid)
        on_click(card, lambda: self._take(row.customer))
        return card

    def _enter(self) -> None:
        """The only one that is left is meant; else nothing, as everywhere with Enter."""
        if len(self.cards) == 1 and not self.add.isVisible():
            self.cards[0].click()
        elif self.add.isVisible() and not self.cards:
            self._add()

    def _take(self, customer: Customer) -> None:
        if self._counter.set_customer(customer.uid, customer.name, customer.group):
            self.accept()

    def _take_off(self) -> None:
        if self._counter.set_customer("", "", ""):
            self.accept()

    def _add(self) -> None:
        name = self.field.text()
        attempt(self._context, lambda: add_customer(self._context.till, name), self._take)


def customer_text(row: CustomerRow) -> str:
    """`langganan · utang Rp50.000 · …4821`"""
    owed = tr("utang {amount}", amount=format_rupiah(row.balance)) if row.balance > 0 else ""
    phone = f"…{row.customer.phone4}" if row.customer.phone4 else ""
    return " · ".join(part for part in (row.customer.group, owed, phone) if part)


def held_text(balance: DepositBalance) -> str:
    """`Memegang 2 Air galon (Rp80.000)`"""
    money = f" ({format_rupiah(balance.amount)})" if balance.amount else ""
    return tr("Memegang {n} {name}", n=balance.quantity, name=balance.name[:40]) + money
