"""Questions of the customers' room: who somebody is, how much of a debt is paid, what was owed before. Own what is typed; the verbs own the
rules, and who may is asked by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.credit import CreditEntry
from pos.domain.customer import LONGEST_NAME, LONGEST_NOTE, MOST_DUE_DAYS, Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.people import Act
from pos.domain.sale import Tender
from pos.domain.tendering import LONGEST_REFERENCE
from pos.services import credit, customers
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.messages import error_sentence
from pos.ui.payment.words import tender_word
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.text import Text


class Asking(Dialog):
    """A dialog that says beside its fields what is wrong with them."""

    def __init__(self, context: UiContext, title: str, parent: QWidget | None, width: int) -> None:
        super().__init__(title, parent, width)
        self.context = context
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()

    def scanned(self, code: str) -> bool:
        """A scan is none of what is asked; it is refused where it is seen, and nothing of it is typed."""
        self.context.sound.emit("error")
        self.complain(tr("Tutup dulu jendela ini, lalu pindai lagi."))
        return True

    def complain(self, sentence: str) -> None:
        """What is wrong, and the way on."""
        self.trouble.setText(sentence)
        self.trouble.show()
        self.adjustSize()

    def refuse(self, field: TextField, error: ShopError) -> None:
        """A field that cannot be taken as it is."""
        field.set_faulty(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.sound.emit("error")
        self.complain(error_sentence(error))

    def read(self, field: TextField, value: Callable[[], int]) -> int | None:
        """What a field says; None when it cannot be read, which is said."""
        self.trouble.hide()
        field.set_faulty(False)
        try:
            return value()
        except ShopError as error:
            self.refuse(field, error)
            return None


class CustomerForm(Asking):
    """Somebody new, or somebody known.

    Signals:
        kept(Customer): as the store has them now.
    """

    kept = Signal(object)

    def __init__(self, context: UiContext, customer: Customer | None, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Ubah pelanggan") if customer else tr("Pelanggan baru"), parent, 620)
        self._customer = customer
        rules = context.till.rules
        known = customer or Customer("", "", limit=rules.credit_limit, due_days=rules.credit_days)
        self.name = TextField(tr("Nama panggilan"), tr("misalnya Bu Wati RT 5"), label=tr("Nama panggilan"))
        self.phone = TextField(tr("Nomor HP"), tr("disimpan 4 angka terakhir"), label=tr("Nomor HP (boleh kosong)"))
        self.group = TextField(tr("Kelompok harga"), tr("misalnya langganan"), label=tr("Kelompok harga"))
        self.limit = AmountField(tr("Batas bon"), "0", label=tr("Batas bon"))
        self.days = TextField(tr("Jatuh tempo"), "0", label=tr("Jatuh tempo (hari)"))
        self.note = TextField(tr("Catatan"), label=tr("Catatan (boleh kosong)"))
        for field, text, longest in (
            (self.name, known.name, 4 * LONGEST_NAME),
            (self.phone, known.phone4, 40),
            (self.group, known.group, LONGEST_NAME),
            (self.note, known.note, 2 * LONGEST_NOTE),
            (self.days, str(known.due_days), 40),
        ):
            field.setMaxLength(longest)
            field.setText(text)
        self.limit.set_amount(known.limit)
        self._build()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        two, money = QHBoxLayout(), QHBoxLayout()
        for row, fields in ((two, (self.phone, self.group)), (money, (self.limit, self.days))):
            row.setSpacing(look().px(10))
            for field in fields:
                row.addWidget(field, 1)
        self.body.addWidget(self.name)
        self.body.addLayout(two)
        self.body.addLayout(money)
        self.body.addWidget(self.note)
        self.body.addWidget(self.trouble)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._keep)

    def _days(self) -> int:
        text = self.days.text().strip() or "0"
        if not (text.isascii() and text.isdigit()) or len(text) > 4 or int(text) > MOST_DUE_DAYS:
            raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=text[:12])
        return int(text)

    def _keep(self) -> None:
        limit = self.read(self.limit, lambda: self.limit.amount() if self.limit.text().strip() else 0)
        days = self.read(self.days, self._days) if limit is not None else None
        if limit is None or days is None:
            return
        name, phone, group, note = self.name.text(), self.phone.text(), self.group.text(), self.note.text()
        till, known = self.context.till, self._customer

        def verb() -> Customer:
            if known is None:
                return customers.add_customer(till, name, phone, group, limit, days, note)
            changed = replace(known, name=name, phone4=phone, group=group, limit=limit, due_days=days, note=note)
            return customers.change_customer(till, changed)

        try:
            kept = verb()
        except ShopError as error:
            self.refuse(self.limit if error.code is ErrorCode.AMOUNT_OUT_OF_RANGE else self.name, error)
            return
        self.accept()
        self.kept.emit(kept)


class RepayDialog(Asking):
    """Part of a debt is paid back, or all of it.

    Signals:
        booked(CreditEntry): it is on disk, and what is owed after it.
    """

    booked = Signal(object)

    def __init__(self, context: UiContext, customer: Customer, owed: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Bayar utang {name}", name=customer.name[:40]), parent, 560)
        self._customer, self._owed = customer, owed
        self.ways = Segments([(tender.value, tender_word(tender)) for tender in credit.PAYS_BACK])
        self.amount = AmountField(tr("Dibayar"), label=tr("Dibayar dari utang {amount}", amount=format_rupiah(owed)), role=Role.ANGKA)
        self.received = AmountField(tr("Uang diterima"), label=tr("Uang diterima (kosong = pas)"))
        self.reference = TextField(tr("Nomor referensi"), tr("boleh kosong"), label=tr("Nomor referensi atau nama bank"))
        self.reference.setMaxLength(4 * LONGEST_REFERENCE)
        self.change = Text("", Role.SUB, Token.DAUN_TEKS, 700)
        self.amount.set_amount(owed)
        for part in (self.ways, self.amount, self.received, self.reference, self.change, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Catat"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.ways.chosen.connect(lambda _key: self._show())
        for field in (self.amount, self.received):
            field.amount_changed.connect(self._show)
            field.returnPressed.connect(self._book)
        self._show()
        self.amount.selectAll()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def tender(self) -> Tender:
        """How it is handed over."""
        return Tender(self.ways.current())

    def _show(self) -> None:
        cash = self.tender is Tender.CASH
        self.received.setVisible(cash)
        self.reference.setVisible(self.tender is Tender.TRANSFER)
        self.change.setText(self._change_text() if cash else "")
        self.change.setVisible(cash and bool(self.change.text()))
        self.adjustSize()

    def _change_text(self) -> str:
        try:
            back = self.received.amount() - self.amount.amount()
        except ShopError:
            return ""
        return tr("Kembali {amount}", amount=format_rupiah(back)) if back > 0 else ""

    def _book(self) -> None:
        amount = self.read(self.amount, self._amount)
        received = self._received(amount) if amount is not None else None
        if amount is None or received is None:
            return
        till, tender, reference = self.context.till, self.tender, self.reference.text()
        with_approval(
            self.context,
            Act.CONFIRM_QRIS,
            lambda approval: credit.repay(till, self._customer.uid, amount, tender, received, reference, approval),
            self._booked,
            self,
        )

    def _amount(self) -> Rupiah:
        amount = self.amount.amount()
        if amount <= 0:
            raise ShopError(ErrorCode.TENDER_EMPTY)
        if amount > self._owed:
            raise ShopError(ErrorCode.REPAYMENT_TOO_MUCH, owed=self._owed)
        return amount

    def _received(self, amount: Rupiah) -> Rupiah | None:
        if self.tender is not Tender.CASH or not self.received.text().strip():
            return amount

        def value() -> Rupiah:
            received = self.received.amount()
            if received < amount:
                raise ShopError(ErrorCode.TOO_LITTLE_MONEY, due=amount, missing=amount - received)
            return received

        return self.read(self.received, value)

    def _booked(self, entry: CreditEntry) -> None:
        self.accept()
        self.booked.emit(entry)


class OldDebtDialog(Asking):
    """What was owed on paper before this till, or what will not be asked for any more.

    Signals:
        booked(CreditEntry): it is on disk.
    """

    booked = Signal(object)

    def __init__(self, context: UiContext, customer: Customer, owed: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Utang lama {name}", name=customer.name[:40]), parent, 540)
        self._customer = customer
        self.ways = Segments([("opening", tr("Tambah utang lama")), ("write_off", tr("Hapuskan utang"))])
        self.amount = AmountField(tr("Jumlah"), label=tr("Jumlah"), role=Role.ANGKA)
        added = tr("Utang dari buku kertas ditambahkan ke utangnya sekarang, {owed}.", owed=format_rupiah(owed))
        said = " ".join((added, tr("Menghapuskan berarti toko tidak menagihnya lagi.")))
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        for part in (self.ways, self.amount, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Catat"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.amount.returnPressed.connect(self._book)
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _book(self) -> None:
        amount = self.read(self.amount, self._amount)
        if amount is None:
            return
        till, verb = self.context.till, credit.book_opening if self.ways.current() == "opening" else credit.write_off
        with_approval(self.context, Act.CREDIT_OVER, lambda approval: verb(till, self._customer.uid, amount, approval), self._booked, self)

    def _amount(self) -> Rupiah:
        amount = self.amount.amount()
        if amount <= 0:
            raise ShopError(ErrorCode.TENDER_EMPTY)
        return amount

    def _booked(self, entry: CreditEntry) -> None:
        self.accept()
        self.booked.emit(entry)
