"""One line of the basket whole: how much, in which unit, at which price, what is taken off; and why it costs what it costs.

Owns what is being entered. Acts through the counter; a unit that is tapped counts at once, quantity and price when they are saved.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.basket import Basket, BasketLine
from pos.domain.entry import Entry
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah, line_amount
from pos.domain.pricing import PriceChoice, choose_price
from pos.domain.product import Product, Regulation, is_loose_stick
from pos.domain.quantity import format_quantity
from pos.domain.weighing import is_divisible
from pos.services.selling_lines import amount_to_quantity
from pos.ui.context import UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.sale.counter import Counter
from pos.ui.sale.price_words import price_list_text
from pos.ui.sale.quantity_entry import QuantityEntry
from pos.ui.sale.words import discount_words, own_off, reason_words
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import CounterBlock
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.goods import GoodsPicture
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import ElidedText, Text

_LEFT: Final = 400
_RETURNED: Final = frozenset({"galon", "gas", "tabung", "krat", "jerigen"})


class LineDialog(Dialog):
    """*Ubah baris*.

    Signals:
        discount(): something is to be taken off this line.
        pack(): what is opened when these goods run out is to be said.
        deposit(): pieces of these goods are lent or come back.
    """

    AGAIN: Final = 2
    """Result of a dialogue that is to be opened once more for the same line."""
    discount = Signal()
    pack = Signal()
    deposit = Signal()

    def __init__(self, context: UiContext, counter: Counter, line: BasketLine, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ubah baris"), parent, 860)
        self._context, self._counter, self._line = context, counter, line
        product = context.till.store.read.product(line.product_uid)
        self._product: Product | None = product
        self._wanted: Rupiah | None = None
        ladder = {unit.name: unit.factor for unit in product.units} if product is not None else {}
        self.entry = QuantityEntry(line, ladder, context.till.clock, context.backstage.scale())
        self.units: dict[str, Chip] = {}
        self.price = AmountField(tr("Harga per {unit}", unit=line.unit_name), label=tr("Harga per {unit}", unit=line.unit_name))
        self.price.set_amount(line.unit_price)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self.outcome = _Result()
        self.body.addLayout(self._head())
        columns = QHBoxLayout()
        columns.setSpacing(look().px(16))
        self.entry.setFixedWidth(look().px(_LEFT))
        columns.addWidget(self.entry)
        columns.addLayout(self._right(), 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self.trouble)
        self._add_buttons()
        self.entry.changed.connect(self._show)
        self.price.amount_changed.connect(self._show)
        self.entry.confirmed.connect(self._save)
        self.price.returnPressed.connect(self._save)
        counter.shown.connect(self._shown)
        self._show()
        self.entry.begin()

    def scanned(self, code: str) -> bool:
        """The next good comes: what was entered so far counts, as it does on the row."""
        if not self.entry.touched or self._apply():
            self.accept()
        self._counter.scan(code)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        self.entry.close_scale()
        super().hideEvent(event)

    # --- making ------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        picture = GoodsPicture(56, 10)
        picture.set_goods(self._line.name, self._line.category, self._line.drawing)
        row = QHBoxLayout()
        row.setSpacing(look().px(14))
        row.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedText(self._line.name, Role.SUB, Token.TINTA, 700))
        self.explained = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        words.addWidget(self.explained)
        row.addLayout(words, 1)
        return row

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(look().px(10))
        column.addWidget(self.outcome)
        if self._product is not None and len(self._product.units) > 1:
            column.addWidget(Text(tr("Satuan"), Role.BACA, Token.TINTA2, 500))
            column.addLayout(self._unit_row(self._product))
        prices = QHBoxLayout()
        prices.setSpacing(8)
        prices.addWidget(self.price, 1)
        self.listed = ActionButton(tr("Harga daftar"), "rotate-ccw")
        on_click(self.listed, self._use_listed)
        prices.addWidget(self.listed)
        column.addLayout(prices)
        column.addLayout(self._acts())
        column.addStretch(1)
        return column

    def _acts(self) -> QGridLayout:
        """What opens from here, two in a row."""
        off = own_off(self._line)
        words = tr("Potongan {amount}", amount=format_rupiah(off)) if off else tr("Potongan")
        acts = [(words, "percent", self.discount), (tr("Kemasan"), "package-open", self.pack)]
        if lends_out(self._line):
            acts.append((tr("Titipan wadah"), "hand-coins", self.deposit))
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, (text, icon, signal) in enumerate(acts):
            button = ActionButton(text, icon)
            on_click(button, lambda signal=signal: self._leave_for(signal))  # type: ignore[misc]
            grid.addWidget(button, place // 2, place % 2)
        return grid

    def _unit_row(self, product: Product) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for unit in product.units:
            chip = Chip(unit.name)
            chip.setChecked(unit.uid == self._line.unit_uid)
            allowed = self._context.till.rules.loose_sticks or not is_loose_stick(product.regulation, unit.name)
            chip.setEnabled(allowed and bool(unit.prices))
            if not allowed:
                chip.setToolTip(error_sentence(ShopError(ErrorCode.LOOSE_STICK, name=product.name)))
            chip.clicked.connect(lambda _checked=False, uid=unit.uid: self._use_unit(uid))
            self.units[unit.uid] = chip
            row.addWidget(chip)
        row.addStretch(1)
        return row

    def _add_buttons(self) -> None:
        remove = self.add_button(tr("Hapus baris"), Kind.QUIET, "trash-2", key_of(Action.REMOVE_LINE))
        on_click(remove, self._remove)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.save = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        on_click(self.save, self._save)

    # --- showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """What it would come to, as far as it can be read."""
        self.trouble.hide()
        line = self._line
        changed = line.price is not None and line.price.instead_of is not None
        self.listed.setEnabled(changed)
        try:
            quantity, choice, asked = self._preview(self.entry.entry())
        except ShopError as error:
            self.outcome.show_trouble(error_sentence(error) if self.entry.touched else "")
            self.explained.setText(reason_words(line)[0])
            return
        self.outcome.show_amount(line, quantity, choice.amount, asked)
        self.explained.setText(price_list_text(self._context.till, line, quantity, self._counter.basket.customer_group))

    def _preview(self, entry: Entry) -> tuple[int, PriceChoice, Rupiah]:
        """(base units, price, rupiah that were asked for or 0)"""
        till, line, group = self._context.till, self._line, self._counter.basket.customer_group
        quantity = entry.quantity or amount_to_quantity(till, line, entry.rupiah, group).quantity
        unit = till.store.read.unit(line.unit_uid)
        if unit is None:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        choice = choose_price(unit.prices, quantity, line.factor, till.clock.now(), group)
        if line.price is not None and line.price.instead_of is not None:
            choice = choice.changed_to(line.unit_price)
        if self._price_touched():
            choice = choice.changed_to(self._typed_price())
        return quantity, choice, entry.rupiah

    def _typed_price(self) -> Rupiah:
        """Rupiah for one unit. Raises ShopError UNCLEAR_AMOUNT, AMOUNT_OUT_OF_RANGE."""
        amount = self.price.amount()
        if amount < 0:
            raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.price.text()[:40])
        return amount

    def _price_touched(self) -> bool:
        return self.price.text().replace(".", "") != str(self._line.unit_price)

    # --- acting ------------------------------------------------------------------------------------------------------

    def _use_unit(self, unit_uid: str) -> None:
        if unit_uid != self._line.unit_uid and not self._counter.change_unit(self._line.uid, unit_uid):
            for uid, chip in self.units.items():
                chip.setChecked(uid == self._line.unit_uid)
            return
        # another unit has other prices, another ladder of words: the dialogue is made anew for it
        self.done(LineDialog.AGAIN)

    def _use_listed(self) -> None:
        if self._counter.set_price(self._line.uid, None):
            self.done(LineDialog.AGAIN)

    def _save(self) -> None:
        # the basket that came of it may have closed this already
        if self._apply() and self.isVisible():
            self.accept()

    def _apply(self) -> bool:
        """Quantity, then price. False when either was refused, which is said here."""
        line = self._line
        try:
            entry = self.entry.entry() if self.entry.touched else None
            price = self._typed_price() if self._price_touched() else None
        except ShopError as error:
            self._complain(error)
            return False
        if entry is not None and not self._counter.enter(line.uid, entry):
            return False
        if price is None:
            return True
        self._wanted = price
        return self._counter.set_price(line.uid, price)

    def _shown(self, basket: Basket, touched: str) -> None:
        """The owner's PIN came after the save: the price that was wanted is there."""
        line = next((line for line in basket.lines if line.uid == self._line.uid), None)
        if self._wanted is not None and line is not None and line.unit_price == self._wanted:
            self.accept()

    def _complain(self, error: ShopError) -> None:
        self.trouble.setText(error_sentence(error))
        self.trouble.show()
        self._context.sound.emit("error")

    def _remove(self) -> None:
        self._counter.remove_line(self._line.uid)
        self.accept()

    def _leave_for(self, signal: Signal) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined]


class _Result(CounterBlock):
    """What a line would come to: quantity and price, and the amount in figures to be said aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail = Text("", Role.BACA, Token.DI_TUA2, 500, wrap=True)
        self.amount = MoneyLabel(0, Role.ANGKA)
        self.amount.set_most(48)
        self.note = Text("", Role.BACA, Token.KUNYIT, 600, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(10), look().px(16), look().px(10))
        box.setSpacing(2)
        for part in (self.detail, self.amount, self.note):
            box.addWidget(part)

    def show_amount(self, line: BasketLine, quantity: int, unit_price: Rupiah, asked: Rupiah) -> None:
        """`280 g × Rp18.000/kg`, Rp5.040, `Rp40 lebih dari Rp5.000`."""
        gross = line_amount(unit_price, quantity, line.factor)
        off = line.own.off(gross) if line.own is not None else 0
        per = f"/{line.unit_name}" if is_divisible(line.base_unit) else ""
        self.detail.setText(f"{_how_much(line, quantity)} × {format_rupiah(unit_price)}{per}")
        self.amount.set_amount(gross - off)
        self.note.setText(self._said_of(line, gross, off, asked))
        self.note.setVisible(bool(self.note.text()))

    def show_trouble(self, sentence: str) -> None:
        """It cannot be read yet; why."""
        self.detail.setText("")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _said_of(self, line: BasketLine, gross: Rupiah, off: Rupiah, asked: Rupiah) -> str:
        parts = []
        if line.own is not None and off:
            parts.append(f"{discount_words(line.own)} {format_rupiah(-off)}")
        if asked and gross > asked:
            parts.append(tr("{amount} lebih dari {asked}", amount=format_rupiah(gross - asked), asked=format_rupiah(asked)))
        elif asked and gross < asked:
            parts.append(tr("{amount} kurang dari {asked}", amount=format_rupiah(asked - gross), asked=format_rupiah(asked)))
        elif asked:
            parts.append(tr("pas {asked}", asked=format_rupiah(asked)))
        return " · ".join(parts)


def lends_out(line: BasketLine) -> bool:
    """Whether goods go out in something that comes back: a galon, a gas bottle, a crate."""
    return line.regulation is Regulation.LPG_3KG or line.unit_name.casefold() in _RETURNED or line.drawing in _RETURNED


def _how_much(line: BasketLine, quantity: int) -> str:
    """`280 g` below a kilo, else in the line's own unit: what the scale shows is what is said."""
    if is_divisible(line.base_unit) and quantity < 1_000:
        return f"{quantity} {'ml' if line.base_unit.value == 'ml' else 'g'}"
    return f"{format_quantity(quantity, line.factor)} {line.unit_name}"
