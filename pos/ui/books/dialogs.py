"""Questions of the books: who a supplier is, how much they are paid and out of what, what is put right. Own what is typed; the verbs own
the rules, and who may is asked by them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.customer import LONGEST_NAME, LONGEST_NOTE
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_figure, format_rupiah
from pos.domain.people import Act
from pos.domain.quantity import parse_quantity
from pos.domain.stock import MovementReason
from pos.domain.supplier import MOST_TERMS_DAYS, Supplier, SupplierEntry
from pos.services import suppliers
from pos.services.stock_moves import take_out
from pos.services.supplier_views import ConsignedGoods
from pos.ui.context import UiContext
from pos.ui.customers.dialogs import Asking
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.text import Text

DRAWER: Final = "drawer"
OUTSIDE: Final = "outside"
MOST_PLACES: Final = 4
"""Places to pay from that stand side by side; a shop has two or three."""


class SupplierForm(Asking):
    """Somebody new, or somebody known.

    Signals:
        kept(Supplier): as the store has them now.
    """

    kept = Signal(object)

    def __init__(self, context: UiContext, supplier: Supplier | None, consigned: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Ubah pemasok") if supplier else tr("Pemasok baru"), parent, 620)
        self._supplier = supplier
        known = supplier or Supplier("", "", consignment=consigned)
        self.name = TextField(tr("Nama pemasok"), tr("misalnya Agen Makmur"), label=tr("Nama pemasok"))
        self.phone = TextField(tr("Nomor HP"), tr("disimpan 4 angka terakhir"), label=tr("Nomor HP (boleh kosong)"))
        self.days = TextField(tr("Tempo bayar"), "0", label=tr("Tempo bayar (hari)"))
        self.note = TextField(tr("Catatan"), label=tr("Catatan (boleh kosong)"))
        self.ways = Segments([("bought", tr("Beli putus")), ("consigned", tr("Titip jual"))])
        self.ways.setAccessibleName(tr("Cara kerja sama"))
        for field, text, longest in (
            (self.name, known.name, 4 * LONGEST_NAME),
            (self.phone, known.phone4, 40),
            (self.days, str(known.terms_days), 40),
            (self.note, known.note, 2 * LONGEST_NOTE),
        ):
            field.setMaxLength(longest)
            field.setText(text)
        self.ways.choose("consigned" if known.consignment else "bought")
        two = QHBoxLayout()
        two.setSpacing(look().px(10))
        two.addWidget(self.phone, 1)
        two.addWidget(self.days, 1)
        self.body.addWidget(self.name)
        self.body.addWidget(self.ways)
        self.body.addLayout(two)
        self.body.addWidget(self.note)
        self.body.addWidget(self.trouble)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._keep)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _days(self) -> int:
        text = self.days.text().strip() or "0"
        if not (text.isascii() and text.isdigit()) or len(text) > 4 or int(text) > MOST_TERMS_DAYS:
            raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=text[:12])
        return int(text)

    def _keep(self) -> None:
        days = self.read(self.days, self._days)
        if days is None:
            return
        till, known = self.context.till, self._supplier
        name, phone, note, consigned = self.name.text(), self.phone.text(), self.note.text(), self.ways.current() == "consigned"
        try:
            if known is None:
                kept = suppliers.add_supplier(till, name, phone, days, note, consigned)
            else:
                changed = replace(known, name=name, phone4=phone, terms_days=days, note=note, consignment=consigned)
                kept = suppliers.change_supplier(till, changed)
        except ShopError as error:
            self.refuse(self.name, error)
            return
        self.accept()
        self.kept.emit(kept)


class PayDialog(Asking):
    """A supplier is paid, in part or in full, out of the drawer or of money beside it.

    Signals:
        booked(SupplierEntry): it is on disk, and what is owed after it.
    """

    booked = Signal(object)

    def __init__(self, context: UiContext, supplier: Supplier, owed: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Bayar {name}", name=supplier.name[:40]), parent, 620)
        self._supplier, self._owed = supplier, owed
        read = context.till.store.read
        places = [(DRAWER, tr("Laci kasir"))] if read.session() else []
        places += [(row.account.uid, row.account.name[:18]) for row in read.accounts()[: MOST_PLACES - 2]]
        self.ways = Segments([*places, (OUTSIDE, tr("Uang lain"))])
        self.ways.setAccessibleName(tr("Dibayar dari"))
        self.amount = AmountField(tr("Dibayar"), label=tr("Dibayar dari {amount}", amount=format_rupiah(owed)), role=Role.ANGKA)
        self.note = TextField(tr("Keterangan"), tr("misalnya: lewat sopir"), label=tr("Keterangan (boleh kosong)"))
        self.note.setMaxLength(2 * LONGEST_NOTE)
        self.amount.set_amount(owed)
        self.body.addWidget(Text(tr("Dibayar dari"), Role.BACA, Token.TINTA2, 400))
        for part in (self.ways, self.amount, self.note, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Catat"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.amount.returnPressed.connect(self._book)
        self.amount.selectAll()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _book(self) -> None:
        amount = self.read(self.amount, self._amount)
        if amount is None:
            return
        till, place, note, uid = self.context.till, self.ways.current(), self.note.text(), self._supplier.uid
        account = place if place not in (DRAWER, OUTSIDE) else ""
        with_approval(
            self.context,
            Act.CASH_OUT,
            lambda approval: suppliers.pay(till, uid, amount, place == DRAWER, account, note, approval),
            self._booked,
            self,
        )

    def _amount(self) -> Rupiah:
        amount = self.amount.amount()
        if amount <= 0:
            raise ShopError(ErrorCode.TENDER_EMPTY)
        if amount > self._owed:
            raise ShopError(ErrorCode.SUPPLIER_PAID_TOO_MUCH, owed=self._owed)
        return amount

    def _booked(self, entry: SupplierEntry) -> None:
        self.accept()
        self.booked.emit(entry)


class AdjustDialog(Asking):
    """What is owed is put right: an old debt from paper, more or less than was booked.

    Signals:
        booked(SupplierEntry): it is on disk.
    """

    booked = Signal(object)

    def __init__(self, context: UiContext, supplier: Supplier, owed: Rupiah, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Koreksi {name}", name=supplier.name[:40]), parent, 620)
        self._supplier = supplier
        self.ways = Segments([("opening", tr("Utang lama")), ("more", tr("Tambah")), ("less", tr("Kurangi"))])
        self.ways.setAccessibleName(tr("Jenis koreksi"))
        self.amount = AmountField(tr("Jumlah"), label=tr("Jumlah"), role=Role.ANGKA)
        self.note = TextField(tr("Alasan"), tr("misalnya: potongan, barang dikembalikan"), label=tr("Alasan"))
        self.note.setMaxLength(2 * LONGEST_NOTE)
        said = tr("Sekarang harus dibayar {owed}. Koreksi menjadi catatan baru; yang lama tetap ada.", owed=format_rupiah(owed))
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        for part in (self.ways, self.amount, self.note, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Catat"), Kind.PRIMARY, "check")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _amount(self) -> Rupiah:
        amount = self.amount.amount()
        if amount <= 0:
            raise ShopError(ErrorCode.TENDER_EMPTY)
        return amount

    def _book(self) -> None:
        amount = self.read(self.amount, self._amount)
        if amount is None:
            return
        way, note = self.ways.current(), self.note.text()
        if way != "opening" and not note.strip():
            self.refuse(self.note, ShopError(ErrorCode.REASON_NEEDED))
            return
        till, uid, change = self.context.till, self._supplier.uid, -amount if way == "less" else amount
        with_approval(
            self.context,
            Act.CASH_OUT,
            lambda approval: suppliers.adjust(till, uid, change, note, way == "opening", approval),
            self._booked,
            self,
        )

    def _booked(self, entry: SupplierEntry) -> None:
        self.accept()
        self.booked.emit(entry)


class SendBackDialog(Asking):
    """Goods on consignment go back to whom they belong: nothing is owed for them.

    Signals:
        booked(): it is on disk.
    """

    booked = Signal()

    def __init__(self, context: UiContext, supplier: Supplier, goods: ConsignedGoods, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("Kembalikan ke {name}", name=supplier.name[:40]), parent, 560)
        self._supplier, self._goods = supplier, goods
        left = format_figure(goods.on_hand)
        self.count = TextField(
            tr("Berapa yang dikembalikan"), label=tr("Berapa {unit}, sisa {n}", unit=goods.base_unit, n=left), role=Role.SUB
        )
        self.note = TextField(tr("Keterangan"), tr("misalnya: sudah kedaluwarsa"), label=tr("Keterangan (boleh kosong)"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.count.setText(str(goods.on_hand))
        self.body.addWidget(Text(goods.name[:80], Role.SUB, wrap=True))
        for part in (self.count, self.note, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Kirim balik"), Kind.PRIMARY, "undo-2")
        self.yes.once = True
        on_click(self.yes, self._book)
        self.count.returnPressed.connect(self._book)
        self.count.selectAll()
        self.count.setFocus(Qt.FocusReason.OtherFocusReason)

    def _book(self) -> None:
        quantity = self.read(self.count, lambda: parse_quantity(self.count.text(), 1))
        if quantity is None:
            return
        if quantity > self._goods.on_hand:
            self.refuse(self.count, ShopError(ErrorCode.STOCK_SHORT, name=self._goods.name[:40]))
            return
        till, goods, note, whom = self.context.till, self._goods.product_uid, self.note.text(), self._supplier.uid
        with_approval(
            self.context,
            Act.STOCK,
            lambda approval: take_out(till, goods, quantity, MovementReason.CONSIGNMENT_RETURN, note, whom, approval),
            self._done,
            self,
        )

    def _done(self, _moved: object) -> None:
        self.accept()
        self.booked.emit()
