"""Barang baru: a name, a price and perhaps a code, kept at once and to be looked at later. Owns what is typed, not the verb."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.barcode import match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.services.goods import add_unknown
from pos.services.goods_editing import check_code
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence, short_code
from pos.ui.shell.pills import Tone
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

_LONGEST_NAME: Final = 120


class NewProductDialog(Dialog):
    """Asks for what a product needs to be sold.

    Signals:
        made(str): uid of the product that was kept.
        more(str, str): name and code so far, where everything is to be filled in at once.
    """

    made = Signal(str)
    more = Signal(str, str)

    def __init__(self, context: UiContext, code: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Barang baru"), parent, width=560)
        self._context = context
        said = (
            tr("Kode {code} belum terdaftar.", code=short_code(code))
            if code
            else tr("Pindai barcodenya kalau ada, lalu isi nama dan harga.")
        )
        self._said = Text(said, Role.BACA, Token.TINTA2, 400, wrap=True)
        self._code = TextField(tr("Barcode"), label=tr("Barcode"))
        self._code.setMaxLength(64)
        self._code.setText(code)
        self._name = TextField(tr("Nama barang"), label=tr("Nama barang"))
        self._name.setMaxLength(_LONGEST_NAME)
        self._price = AmountField(tr("Harga jual"), label=tr("Harga jual"))
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._fields = {
            ErrorCode.UNCLEAR_AMOUNT: self._price,
            ErrorCode.AMOUNT_OUT_OF_RANGE: self._price,
            ErrorCode.CODE_TAKEN: self._code,
        }
        for part in (self._said, self._code, self._name, self._price, self._trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        on_click(self.add_button(tr("Isi lengkap"), icon="sliders-horizontal"), self._fill_in)
        on_click(self.add_button(tr("Simpan"), Kind.PRIMARY, "check"), self._save)
        self._code.returnPressed.connect(self._name.setFocus)
        self._name.returnPressed.connect(self._price.setFocus)
        self._price.returnPressed.connect(self._save)
        self._name.setFocus()

    def scanned(self, code: str) -> bool:
        """A code was scanned while this stands: it is this product's, unless one is written already."""
        if not self._code.text():
            self._code.setText(code)
        return True

    def _fill_in(self) -> None:
        self.accept()
        self.more.emit(self._name.text().strip(), self._code.text().strip())

    def _save(self) -> None:
        for field in (self._code, self._name, self._price):
            field.set_faulty(False)
        till, code, name = self._context.till, self._code.text().strip(), self._name.text().strip()
        if not name:
            self._complain(self._name, tr("Isi namanya dulu."))
            return
        try:
            if code:
                check_code(till.store.read, match_key(code), "")
            price = self._price.amount()
            product = add_unknown(till, code, name, price)
        except ShopError as error:
            field = self._fields.get(error.code, self._name)
            self._complain(field, error_sentence(error))
            return
        self.accept()
        self.made.emit(product.uid)

    def _complain(self, field: TextField, sentence: str) -> None:
        field.set_faulty(True)
        field.setFocus()
        self._trouble.tell("triangle-alert", sentence, Tone.FAULT)
        self._context.sound.emit("error")
