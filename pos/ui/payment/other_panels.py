"""The middle of the payment page for what is neither cash nor QRIS: a transfer with its reference, a customer's book, a part's amount.

Own what was typed into them; the sums and the limit come from outside.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.sale import Tender
from pos.domain.tendering import LONGEST_REFERENCE
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.moments import date_text
from pos.ui.payment.desk import ReceivedBox
from pos.ui.payment.tendered import Tendered, exactly
from pos.ui.payment.words import tender_word
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, Rule
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import ElidedText, Text


class TransferPanel(QWidget):
    """A transfer: how much, and what it can be found by later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ReceivedBox()
        self.reference = TextField()
        self.reference.setMaxLength(4 * LONGEST_REFERENCE)
        self.note = Notice("eye", "", Tone.INFORMATION)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        column.addWidget(self.box)
        column.addWidget(self.reference)
        column.addWidget(self.note)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.box.label.setText(tr("Ditransfer"))
        self.reference.set_words(tr("Nomor referensi"), tr("boleh kosong"), tr("Nomor referensi atau nama bank"))
        self.note.tell(
            "eye", tr("Lihat dulu di rekening toko: uangnya harus sudah masuk. Nomor rekening tidak disimpan utuh."), Tone.INFORMATION
        )

    def begin(self, amount: Rupiah, keep: bool = False) -> None:
        """Another amount; `keep` what was typed beside it."""
        self.box.amount.set_amount(amount)
        if not keep:
            self.reference.clear()


class CreditPanel(QWidget):
    """A customer's book: who, how much is owed by now, how much afterwards, until when.

    Signals:
        choose(): a customer is to be chosen.
    """

    choose = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ReceivedBox()
        self.name = ElidedText("", Role.JUDUL, Token.TINTA, 700)
        self.rows = Rows()
        self.over = Notice("triangle-alert", "", Tone.WAITING)
        self.nobody = EmptyState("toko", "", px=110)
        self.button = ActionButton("", "users", key_of(Action.CUSTOMER), Kind.QUIET)
        on_click(self.button, self.choose.emit)
        self.card = Card(radius=14)
        inside = QVBoxLayout(self.card)
        side = look().px(18)
        inside.setContentsMargins(side, look().px(12), side, look().px(12))
        inside.setSpacing(look().px(6))
        inside.addWidget(self.name)
        inside.addWidget(Rule())
        inside.addWidget(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        column.addWidget(self.box)
        column.addWidget(self.card)
        column.addWidget(self.over)
        column.addWidget(self.nobody, 1)
        column.addStretch(1)
        column.addWidget(self.button)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.box.label.setText(tr("Dicatat sebagai bon"))
        self.nobody.set_words(tr("Bon untuk siapa?"), tr("Pilih pelanggannya dulu."))

    def show_customer(self, customer: Customer | None, owed: Rupiah, amount: Rupiah, due_at: int) -> None:
        """Whose book it goes into; None while nobody is chosen."""
        self.box.amount.set_amount(amount)
        self.card.setVisible(customer is not None)
        self.nobody.setVisible(customer is None)
        self.button.setText(tr("Pelanggan lain") if customer else tr("Pilih pelanggan"))
        self.button.set_kind(Kind.QUIET if customer else Kind.PRIMARY)
        self.over.tell("triangle-alert", "", Tone.WAITING)
        if customer is None:
            return
        self.name.setText(f"{customer.name} · …{customer.phone4}" if customer.phone4 else customer.name)
        after = owed + amount
        rows = [
            Row(tr("Utang sekarang"), format_rupiah(owed)),
            Row(tr("Batas bon"), format_rupiah(customer.limit) if customer.limit else tr("belum diberi")),
            Row(tr("Setelah nota ini"), format_rupiah(after), strong=True),
        ]
        if due_at:
            rows.append(Row(tr("Jatuh tempo"), date_text(due_at)))
        self.rows.show_rows(rows)
        if after > customer.limit:
            said = tr("Lewat batas {amount}. Pemilik mengizinkan dengan PIN.", amount=format_rupiah(after - customer.limit))
            self.over.tell("triangle-alert", said, Tone.WAITING)


class PartDesk(QWidget):
    """How much of the rest is paid by one tender, where a total is paid in parts.

    Signals:
        go_on(int): so much of it.
        refused(ShopError): a digit too many.

    Attributes:
        tender: what is asked about.
    """

    go_on = Signal(int)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest: Rupiah = 0
        self._fresh = True
        self.tender = Tender.CASH
        self.typed = Tendered()
        self.box = ReceivedBox()
        self.all_button = ActionButton("", kind=Kind.FILL)
        self.keypad = Keypad()
        on_click(self.all_button, lambda: self._take(exactly(self._rest)))
        self.keypad.pressed.connect(self.press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(10))
        column.addWidget(self.box)
        column.addWidget(self.all_button)
        column.addWidget(self.keypad, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.keypad.retranslate()

    def begin(self, tender: Tender, rest: Rupiah) -> None:
        """Ask how much of `rest` is paid by a tender; the whole of it stands there already, and a digit begins anew."""
        self._rest, self.tender = rest, tender
        self.box.label.setText(tr("Bagian {tender}", tender=tender_word(tender)))
        self.all_button.setText(tr("Semua sisa {amount}", amount=format_rupiah(rest)))
        self._take(exactly(rest))
        self._fresh = True

    def press(self, key: str) -> None:
        """A digit, `000` or `back`."""
        before = Tendered() if self._fresh else self.typed
        try:
            after = before.back() if key == "back" else before.digits(key)
        except ShopError as error:
            self.refused.emit(error)
            return
        self._take(after)

    def send(self) -> None:
        """Go on with what stands there; more than is left is refused where it is seen."""
        if self.typed.amount > self._rest:
            self.refused.emit(ShopError(ErrorCode.TENDER_TOO_MUCH, amount=self.typed.amount - self._rest))
        elif self.typed.amount <= 0:
            self.refused.emit(ShopError(ErrorCode.TENDER_EMPTY))
        else:
            self.go_on.emit(self.typed.amount)

    def _take(self, typed: Tendered) -> None:
        self._fresh = False
        self.typed = typed
        self.box.amount.set_amount(typed.amount)


class SplitNote(Text):
    """A line that says that the total is paid in parts, and how much is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Role.BACA, Token.NILA_TEKS, 600, parent=parent)

    def show_rest(self, split: bool, rest: Rupiah) -> None:
        """Nothing where it is not."""
        self.setText(tr("Dibayar per bagian. Sisa {amount}.", amount=format_rupiah(rest)) if split else "")
        self.setVisible(split)
