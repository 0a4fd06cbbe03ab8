"""*Titipan wadah*: galon and tabung that a customer takes along or brings back, and the money for them. Owns what is being entered."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.deposit import DepositBalance, money_back
from pos.domain.errors import ShopError
from pos.domain.money import format_rupiah
from pos.domain.quantity import parse_quantity
from pos.services import deposits
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, StepButton, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

LEND: Final = "lend"
BACK: Final = "back"
_LONGEST: Final = 10
_CHANGED: Final = Changed(session=True, outbox=True)


class DepositDialog(Dialog):
    """How many, which way, and for how much."""

    def __init__(
        self, context: UiContext, customer: tuple[str, str], goods: tuple[str, str], way: str = LEND, parent: QWidget | None = None
    ) -> None:
        """`customer` and `goods`: uid and name of each."""
        super().__init__(tr("Titipan wadah"), parent, 560)
        self._context, self._customer, self._goods = context, customer, goods
        self.held: DepositBalance = context.till.store.read.deposit(customer[0], goods[0])
        self.way = Segments([(LEND, tr("Dibawa pembeli")), (BACK, tr("Dikembalikan"))])
        self.pieces = TextField(tr("Jumlah"), label=tr("Jumlah"), role=Role.SUB)
        self.pieces.setMaxLength(_LONGEST)
        self.pieces.setText("1")
        self.each = AmountField(tr("Uang titipan per wadah"), label=tr("Uang titipan per wadah"))
        self.each.set_amount(context.till.store.read.deposit_price(goods[0]))
        self.money = Notice("hand-coins", "", Tone.INFORMATION)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self._build()
        self.way.choose(way if self.held.quantity else LEND)
        self._show()
        self.pieces.selectAll()
        self.pieces.setFocus()

    def scanned(self, code: str) -> bool:
        """Not for this question: it steps aside."""
        self.reject()
        return False

    def _build(self) -> None:
        money = f" ({format_rupiah(self.held.amount)})" if self.held.amount else ""
        said = tr("{customer} memegang {n} {name}", customer=self._customer[1][:40], n=self.held.quantity, name=self._goods[1][:40])
        self.body.addWidget(Text(said + money, Role.BACA, Token.TINTA, 600, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        minus, plus = StepButton("minus", tr("Kurangi satu")), StepButton("plus", tr("Tambah satu"))
        on_click(minus, lambda: self._step(-1))
        on_click(plus, lambda: self._step(1))
        row.addWidget(minus)
        row.addWidget(self.pieces, 1)
        row.addWidget(plus)
        self.body.addWidget(self.way)
        self.body.addLayout(row)
        self.body.setSpacing(look().px(12))
        for part in (self.each, self.money, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.save = self.add_button(tr("Catat"), Kind.PRIMARY, "check")
        on_click(self.save, self._save)
        self.way.chosen.connect(lambda _key: self._show())
        self.pieces.textChanged.connect(lambda _text: self._show())
        self.each.amount_changed.connect(self._show)
        self.pieces.returnPressed.connect(self._save)
        self.each.returnPressed.connect(self._save)

    def _step(self, step: int) -> None:
        try:
            pieces = parse_quantity(self.pieces.text(), 1)
        except ShopError:
            pieces = 0
        self.pieces.setText(str(max(1, pieces + step)))

    def _show(self) -> None:
        """What goes into the drawer or out of it."""
        self.trouble.hide()
        lends = self.way.current() == LEND
        self.each.setVisible(lends)
        try:
            pieces = parse_quantity(self.pieces.text(), 1)
            money = self.each.amount() * pieces if lends else money_back(self.held, pieces)
        except ShopError:
            self.money.tell("hand-coins", "–", Tone.INFORMATION)
            return
        amount = format_rupiah(money)
        said = tr("Terima {amount} ke laci", amount=amount) if lends else tr("Beri {amount} dari laci", amount=amount)
        self.money.tell("hand-coins", said if money else tr("Tanpa uang"), Tone.INFORMATION)

    def _save(self) -> None:
        till, customer, goods = self._context.till, self._customer[0], self._goods[0]
        try:
            pieces = parse_quantity(self.pieces.text(), 1)
            if self.way.current() == LEND:
                held = deposits.lend(till, customer, goods, pieces, self.each.amount())
            else:
                held = deposits.give_back(till, customer, goods, pieces)
        except ShopError as error:
            self.trouble.setText(error_sentence(error))
            self.trouble.show()
            self._context.sound.emit("error")
            return
        self.accept()
        self._context.changed.emit(_CHANGED)
        self._context.backstage.sync_now()
        said = tr("Dicatat. {customer} memegang {n} {name}.", customer=self._customer[1][:40], n=held.quantity, name=self._goods[1][:40])
        self._context.told.emit("good", said)
