"""One unit of a product: what it holds, its prices with what they bring, its codes. Owns what is typed; the draft owns the unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.barcode import CodeVerdict
from pos.domain.errors import ShopError
from pos.domain.ladder import LONGEST_UNIT_NAME
from pos.domain.money import format_rupiah
from pos.domain.product import Barcode, Price, is_loose_stick
from pos.domain.quantity import BaseUnit, parse_quantity
from pos.services.goods_editing import check_code
from pos.ui.context import UiContext
from pos.ui.goods.delegate import code_text
from pos.ui.goods.editor.draft import Draft, DraftUnit
from pos.ui.goods.editor.rows import TONE_INK, GoneRow, RowList, small_button
from pos.ui.goods.editor.rule_form import RuleForm
from pos.ui.goods.editor.words import BASE_UNITS, margin_text, price_words
from pos.ui.goods.words import VERDICTS
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import CheckRow, Kind, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text


class UnitForm(QWidget):
    """The chosen unit.

    Signals:
        changed(): something of the unit is otherwise now.
        dropped(): the unit is to go.
    """

    changed = Signal()
    dropped = Signal()

    def __init__(self, context: UiContext, draft: Draft, unit: DraftUnit, product_uid: str) -> None:
        super().__init__()
        self._context, self._draft, self.unit, self._product_uid = context, draft, unit, product_uid
        self._now = context.till.clock.now()
        self.name = TextField(tr("Nama satuan"), tr("misalnya dus"), label=tr("Nama satuan"))
        self.name.setMaxLength(LONGEST_UNIT_NAME)
        self.count = TextField(tr("Isi"), label=tr("Isi"))
        self.count.setMaxLength(9)
        self._of = {uid: Chip(words) for uid, words in self._below()}
        self._in = Text(tr("Isinya dihitung dalam"), Role.BACA, Token.TINTA2, 500)
        self.retail = AmountField(tr("Harga eceran"), label=tr("Harga eceran"))
        self._brings = Text("", Role.BACA, Token.TINTA2, 500)
        self.sold = CheckRow(tr("Satuan yang dijual sehari-hari"))
        self._prices = RowList(tr("Harga lain"), tr("Belum ada. Tambah harga grosir, langganan, atau harga mulai tanggal tertentu."))
        self.add_price = small_button(tr("Tambah harga"), "plus", lambda: self._write(None))
        groups = context.till.store.read.customer_groups()
        self.form = RuleForm(groups, lambda amount: draft.margin(unit.uid, amount), context.till.rules.wholesale_from)
        self._codes = RowList(tr("Barcode"), tr("Belum ada. Pindai bungkusnya, atau ketik kodenya."))
        self.code = TextField(tr("Barcode baru"), tr("pindai atau ketik"), label=tr("Barcode baru"))
        self.code.setMaxLength(64)
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._law = Notice("triangle-alert", "", Tone.WAITING)
        self.drop = small_button(tr("Hapus satuan ini"), "trash-2", self.dropped.emit, Kind.DANGER)
        self._build()
        self._load()
        self._connect()

    def _below(self) -> Sequence[tuple[str, str]]:
        """What it can be counted in: the base unit by its own word where no unit is that, and every other unit."""
        others = [(unit.uid, unit.name) for unit in self._draft.units if unit is not self.unit]
        based = any(unit.count == 1 and not unit.of for unit in self._draft.units if unit is not self.unit)
        return others if based and self.unit.of else [("", tr(BASE_UNITS[self._draft.base_unit])), *others]

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(look().px(10))
        names.addWidget(self.name, 2)
        names.addWidget(self.count, 1)
        of = QHBoxLayout()
        of.setSpacing(look().px(8))
        of.addWidget(self._in)
        group = QButtonGroup(self)
        for chip in self._of.values():
            group.addButton(chip)
            of.addWidget(chip)
        of.addStretch(1)
        money = QHBoxLayout()
        money.setSpacing(look().px(14))
        money.addWidget(self.retail, 1)
        money.addWidget(self._brings, 1)
        adding = QHBoxLayout()
        adding.addWidget(self.add_price)
        adding.addStretch(1)
        typing = QHBoxLayout()
        typing.setSpacing(look().px(8))
        typing.addWidget(self.code, 1)
        self.add_code = small_button(tr("Tambah kode"), "plus", self._type_code)
        typing.addWidget(self.add_code)
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(14), side, look().px(14))
        box.setSpacing(look().px(10))
        box.addLayout(names)
        box.addWidget(self._law)
        box.addLayout(of)
        box.addLayout(money)
        box.addWidget(self.sold)
        box.addWidget(self._prices)
        box.addLayout(adding)
        box.addWidget(self.form)
        box.addWidget(self._codes)
        box.addLayout(typing)
        box.addWidget(self._trouble)
        box.addWidget(self.drop)
        box.addStretch(1)

    def _load(self) -> None:
        unit = self.unit
        self.name.setText(unit.name)
        self.count.setText(str(unit.count))
        if unit.of in self._of:
            self._of[unit.of].setChecked(True)
        retail = unit.retail(self._now)
        self.retail.set_amount(retail.amount if retail else None)
        self.sold.setChecked(self._draft.sold == unit.uid)
        self.sold.setEnabled(self._draft.sold != unit.uid)
        self.drop.setVisible(len(self._draft.units) > 1)
        # the piece itself holds nothing; what is weighed may say how much of it is one
        whole = unit.count == 1 and not unit.of and self._draft.base_unit is BaseUnit.PCS
        for part in (self.count, self._in, *self._of.values()):
            part.setVisible(not whole)
        self.form.hide()
        self._show_prices()
        self._show_codes()
        self._say_margin()
        self._warn()

    def _connect(self) -> None:
        self.name.textChanged.connect(self._named)
        self.count.textChanged.connect(lambda _text: self._counted())
        for uid, chip in self._of.items():
            on_click(chip, lambda uid=uid: self._count_in(uid))  # type: ignore[misc]
        self.retail.textChanged.connect(lambda _text: self._priced())
        on_click(self.sold, self._sell_this)
        self.form.made.connect(self._take_price)
        self.form.left.connect(self._leave_form)
        self.code.returnPressed.connect(self._type_code)

    # --- what is typed ------------------------------------------------------------------------------------------

    def take(self) -> bool:
        """Read what is typed for the last time; False when a field says what it is not."""
        if self._read(self.count, lambda: parse_quantity(self.count.text(), 1)) is None:
            return False
        return not self.retail.text().strip() or self._read(self.retail, self.retail.amount) is not None

    def _read(self, field: TextField, value: Callable[[], int]) -> int | None:
        try:
            read = value()
        except ShopError as error:
            field.set_faulty(True)
            field.setFocus()
            self._say(error)
            return None
        field.set_faulty(False)
        self._trouble.tell("triangle-alert", "", Tone.FAULT)
        return read

    def _say(self, error: ShopError) -> None:
        self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
        self._context.sound.emit("error")

    def _named(self, text: str) -> None:
        self.unit.name = text
        self._warn()
        self.changed.emit()

    def _warn(self) -> None:
        """A single cigarette is no unit to sell: it is kept all the same, and the counter asks (PP 28/2024 art. 434)."""
        loose = is_loose_stick(self._draft.regulation, self.unit.name)
        said = tr("Rokok batangan tidak boleh dijual (PP 28/2024). Kasir menolaknya, kecuali diizinkan di Pengaturan.") if loose else ""
        self._law.tell("triangle-alert", said, Tone.WAITING)

    def _counted(self) -> None:
        try:
            self.unit.count = parse_quantity(self.count.text(), 1)
        except ShopError:
            # said when it is to be kept: half a figure is no mistake
            return
        self._say_margin()
        self.changed.emit()

    def _count_in(self, uid: str) -> None:
        self.unit.of = uid
        self._say_margin()
        self.changed.emit()

    def _sell_this(self) -> None:
        self._draft.sold = self.unit.uid
        self.sold.setChecked(True)
        self.sold.setEnabled(False)
        self.changed.emit()

    # --- prices -------------------------------------------------------------------------------------------------

    def _priced(self) -> None:
        text = self.retail.text().strip()
        try:
            amount = self.retail.amount() if text else None
        except ShopError:
            return
        if amount is not None:
            self.unit.set_retail(amount, self._now)
        else:
            held = self.unit.retail(self._now)
            self.unit.prices = [price for price in self.unit.prices if price is not held]
        self._say_margin()
        self.changed.emit()

    def _say_margin(self) -> None:
        held = self.unit.retail(self._now)
        words, tone = margin_text(self._draft.margin(self.unit.uid, held.amount), held.amount) if held else ("", Tone.QUIET)
        self._brings.setText(words)
        self._brings.set_token(TONE_INK.get(tone, Token.TINTA2))

    def _show_prices(self) -> None:
        self._prices.show_rows([self._price_row(price) for price in self.unit.others(self._now)])

    def _price_row(self, price: Price) -> GoneRow:
        said, tone = margin_text(self._draft.margin(self.unit.uid, price.amount), price.amount)
        row = GoneRow(f"{price_words(price, self._now)}: {format_rupiah(price.amount)}", said, tone, pencil=True)
        row.removed.connect(lambda: self._drop_price(price))
        row.changed.connect(lambda: self._write(price))
        return row

    def _write(self, price: Price | None) -> None:
        self.form.begin(price, self._now)
        self.form.show()
        self.add_price.hide()

    def _leave_form(self) -> None:
        self.form.hide()
        self.add_price.show()

    def _take_price(self, price: Price, instead: Price | None) -> None:
        self.unit.put_price(price, instead)
        self._leave_form()
        self._show_prices()
        retail = self.unit.retail(self._now)
        self.retail.set_amount(retail.amount if retail else None)
        self.changed.emit()

    def _drop_price(self, price: Price) -> None:
        self.unit.prices = [other for other in self.unit.prices if other is not price]
        self._show_prices()
        self.changed.emit()

    # --- codes --------------------------------------------------------------------------------------------------

    def take_code(self, typed: str) -> bool:
        """A code that was scanned or typed; one that cannot be this unit's is said. Whether it was taken."""
        try:
            made = self._draft.add_code(self.unit.uid, typed)
            self._check(made)
        except ShopError as error:
            self.code.set_faulty(True)
            self._say(error)
            return False
        self.code.set_faulty(False)
        self.code.clear()
        note = ""
        if made.verdict in (CodeVerdict.CHECK_DIGIT_WRONG, CodeVerdict.INVENTED):
            note = tr("Kode ini bukan barcode pabrik. Tetap dipakai, dan ditandai.")
        self._trouble.tell("info", note, Tone.WAITING)
        self._context.sound.emit("accepted")
        self._show_codes()
        self.changed.emit()
        return True

    def _check(self, code: Barcode) -> None:
        try:
            check_code(self._context.till.store.read, code.key, self._product_uid)
        except ShopError:
            self.unit.codes.remove(code)
            raise

    def _type_code(self) -> None:
        self.take_code(self.code.text())

    def _show_codes(self) -> None:
        rows = []
        for code in self.unit.codes:
            words, tone = VERDICTS[code.verdict]
            row = GoneRow(code_text(code.code), "", tone, tr(words))
            row.removed.connect(lambda code=code: self._drop_code(code))
            rows.append(row)
        self._codes.show_rows(rows)

    def _drop_code(self, code: Barcode) -> None:
        self.unit.codes.remove(code)
        self._show_codes()
        self.changed.emit()
