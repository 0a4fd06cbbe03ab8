"""*Potongan*: what is taken off a line or the whole basket, in rupiah or percent, and why. Owns what is being entered.

Over the shop's limit the owner's PIN is asked in place; who may is the verb's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import LONGEST_REASON, Discount, DiscountKind, format_percent, parse_percent
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_figure, format_rupiah, parse_rupiah
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.messages import error_sentence
from pos.ui.sale.counter import Counter
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import CounterBlock
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import ElidedText, Text

LINE: Final = "line"
BASKET: Final = "basket"
_REASONS: Final = (later("langganan"), later("tawar"), later("promo"), later("kemasan rusak"))
_PERCENTS: Final = (500, 1_000, 2_000)
_AMOUNTS: Final = (500, 1_000, 5_000)
_LONGEST: Final = 20


class DiscountDialog(Dialog):
    """Which, how much, why; and what it comes to."""

    def __init__(self, context: UiContext, counter: Counter, scope: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Potongan"), parent, 760)
        self._context, self._counter = context, counter
        self._line: BasketLine | None = counter.line
        self._saving = False
        self.scope = Segments([(LINE, tr("Baris ini")), (BASKET, tr("Seluruh nota"))])
        self.kind = Segments([(DiscountKind.AMOUNT.value, tr("Rupiah")), (DiscountKind.PERCENT.value, tr("Persen"))])
        self.value = TextField(tr("Besar potongan"), label=tr("Besar potongan"), role=Role.SUB)
        self.value.setMaxLength(_LONGEST)
        self.reason = TextField(tr("Alasan"), label=tr("Alasan"))
        self.reason.setMaxLength(LONGEST_REASON)
        self.reasons = [Chip(tr(reason)) for reason in _REASONS]
        self.about = ElidedText("", Role.BACA, Token.TINTA2, 500)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self.before = Text("", Role.BACA, Token.DI_TUA2, 500)
        self.after = MoneyLabel(0, Role.ANGKA)
        self.after.set_most(48)
        self.limit = Text("", Role.BACA, Token.KUNYIT, 600, wrap=True)
        self._build()
        self._connect()
        self.scope.choose(scope if self._line is not None else BASKET)
        self._read_scope()

    def scanned(self, code: str) -> bool:
        """The next good comes: this steps aside."""
        self.reject()
        self._counter.scan(code)
        return True

    def _build(self) -> None:
        block = CounterBlock()
        box = QVBoxLayout(block)
        box.setContentsMargins(look().px(16), look().px(10), look().px(16), look().px(10))
        box.setSpacing(2)
        for part in (self.before, self.after, self.limit):
            box.addWidget(part)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(8)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in self.reasons:
            chips.addWidget(chip)
        chips.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(14))
        grid.setVerticalSpacing(look().px(10))
        grid.addWidget(self.scope, 0, 0)
        grid.addWidget(self.kind, 0, 1)
        grid.addWidget(self.value, 1, 0)
        grid.addWidget(block, 1, 1, 2, 1)
        grid.addLayout(self._keys, 2, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.about)
        self.body.addLayout(grid)
        self.body.addLayout(chips)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.trouble)
        self.away = self.add_button(tr("Tanpa potongan"), Kind.QUIET, "x")
        on_click(self.away, lambda: self._give(None))
        on_click(self.add_button(tr("Batal")), self.reject)
        self.save = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        on_click(self.save, self._save)

    def _connect(self) -> None:
        self.scope.chosen.connect(lambda _key: self._read_scope())
        self.kind.chosen.connect(lambda _key: self._turned())
        self.value.textChanged.connect(lambda _text: self._show())
        self.value.returnPressed.connect(self._save)
        self.reason.returnPressed.connect(self._save)
        self._counter.shown.connect(self._shown)
        for chip in self.reasons:
            chip.clicked.connect(lambda _checked=False, chip=chip: self._take_reason(chip))

    # --- which -------------------------------------------------------------------------------------------------------

    def _for_line(self) -> BasketLine | None:
        return self._line if self.scope.current() == LINE else None

    def _read_scope(self) -> None:
        """What is agreed on there already."""
        line, basket = self._for_line(), self._counter.basket
        held = line.own if line is not None else basket.off
        self.about.setText(line.name if line is not None else tr("{n} jenis barang", n=len(basket.lines)))
        self.away.setEnabled(held is not None)
        self.kind.choose(held.kind.value if held is not None else DiscountKind.AMOUNT.value)
        self.reason.setText(held.reason if held is not None else "")
        self.value.setText(_typed(held))
        self._turned()

    def _turned(self) -> None:
        while (item := self._keys.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        percent = self.kind.current() == DiscountKind.PERCENT.value
        for amount in _PERCENTS if percent else _AMOUNTS:
            text = format_percent(amount) if percent else format_rupiah(amount)
            button = ActionButton(text)
            typed = text.removesuffix("%") if percent else format_figure(amount)
            on_click(button, lambda typed=typed: self._type(typed))
            self._keys.addWidget(button, 1)
        self.value.setFocus()
        self.value.selectAll()
        self._show()

    def _type(self, typed: str) -> None:
        self.value.setText(typed)
        self.value.setFocus()

    def _take_reason(self, chosen: Chip) -> None:
        for chip in self.reasons:
            chip.setChecked(chip is chosen)
        self.reason.setText(chosen.text())
        self.value.setFocus()

    # --- how much ----------------------------------------------------------------------------------------------------

    def _discount(self) -> Discount:
        """What is entered. Raises ShopError UNCLEAR_AMOUNT, UNCLEAR_QUANTITY, AMOUNT_OUT_OF_RANGE, QUANTITY_OUT_OF_RANGE."""
        reason = self.reason.text()
        if self.kind.current() == DiscountKind.PERCENT.value:
            return Discount(DiscountKind.PERCENT, parse_percent(self.value.text()), reason)
        amount = parse_rupiah(self.value.text())
        if amount <= 0:
            raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.value.text()[:40])
        return Discount(DiscountKind.AMOUNT, amount, reason)

    def _of(self) -> Rupiah:
        """What it is taken off."""
        line = self._for_line()
        if line is not None:
            return line.gross
        return sum(item.gross - (item.discount - item.share) for item in self._counter.basket.lines)

    def _show(self) -> None:
        self.trouble.hide()
        whole = self._of()
        try:
            off = self._discount().off(whole)
        except ShopError:
            off = 0
        self.before.setText(f"{format_rupiah(whole)} {format_rupiah(-off)}" if off else format_rupiah(whole))
        self.after.set_amount(whole - off)
        limit = self._context.till.rules.discount_limit
        over = off * 10_000 > whole * limit
        self.limit.setText(tr("Di atas {limit}: perlu izin pemilik.", limit=format_percent(limit)) if over else "")
        self.limit.setVisible(over)

    # --- giving ------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        try:
            discount = self._discount()
        except ShopError as error:
            self.trouble.setText(error_sentence(error))
            self.trouble.show()
            self._context.sound.emit("error")
            self.value.setFocus()
            return
        self._give(discount)

    def _give(self, discount: Discount | None) -> None:
        line = self._for_line()
        # with a PIN asked for in between, the basket that comes of it closes this
        self._saving = True
        self._counter.take_off(line.uid if line is not None else "", discount)

    def _shown(self, basket: Basket, touched: str) -> None:
        if self._saving:
            self.accept()


def _typed(discount: Discount | None) -> str:
    if discount is None:
        return ""
    if discount.kind is DiscountKind.PERCENT:
        return format_percent(discount.value).removesuffix("%")
    return format_figure(discount.value)
