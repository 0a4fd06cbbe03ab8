"""What opens over the sale: new goods for an unknown code, the price check, all categories. Each takes a scan that comes meanwhile.

Own what is typed into them; act through the counter and `pos.services.goods`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.pricing import choose_price, rules_now
from pos.domain.product import PriceKind, Product, SellableUnit
from pos.domain.quantity import format_quantity
from pos.services import goods
from pos.services.views import GoodsHit
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import on_hand_text
from pos.ui.language import tr
from pos.ui.messages import error_sentence, short_code
from pos.ui.sale.counter import Counter
from pos.ui.sale.results import Results
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, on_click
from pos.ui.widgets.card import CounterBlock
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField, TextField
from pos.ui.widgets.goods import GoodsPicture
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.text import Text

_LONGEST_NAME: Final = 120


class NewGoodsDialog(Dialog):
    """Name and price of something nobody knew, and it is sold at once.

    Attributes:
        product: what was made, once it was.
    """

    def __init__(
        self, context: UiContext, counter: Counter, code: str, name: str = "", parent: QWidget | None = None, *, weighed: bool = False
    ) -> None:
        super().__init__(tr("Barang baru"), parent, 560)
        self._context, self._counter, self._code = context, counter, code
        self.product: Product | None = None
        said = tr("Kode {code} belum terdaftar.", code=short_code(code)) if code else tr("Barang tanpa kode, misalnya yang ditimbang.")
        self.name = TextField(tr("Nama barang"), label=tr("Nama barang"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setText(name)
        self.price = AmountField(tr("Harga jual"), label=tr("Harga jual"))
        self.weighed = CheckRow(tr("Ditimbang, harga per kg"))
        self.weighed.setChecked(weighed)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        for part in (self.name, self.price, self.weighed, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.save = self.add_button(tr("Simpan dan jual"), Kind.PRIMARY, "package-plus")
        on_click(self.save, self._save)
        self.name.returnPressed.connect(self.price.setFocus)
        self.price.returnPressed.connect(self._save)
        self.name.setFocus()

    def scanned(self, code: str) -> bool:
        """Another good is scanned meanwhile: it goes onto the counter, and what is typed here stays."""
        if code != self._code:
            self._counter.scan(code)
        return True

    def _save(self) -> None:
        self.trouble.hide()
        for field in (self.name, self.price):
            field.set_faulty(False)
        if not self.name.text().strip():
            self._complain(self.name, tr("Isi namanya dulu."))
            return
        try:
            price = self.price.amount()
            self.product = goods.add_unknown(self._context.till, self._code, self.name.text(), price, self.weighed.isChecked())
        except ShopError as error:
            self._complain(self.price, error_sentence(error))
            return
        self.accept()

    def _complain(self, field: TextField, sentence: str) -> None:
        field.set_faulty(True)
        field.setFocus()
        self.trouble.setText(sentence)
        self.trouble.show()
        self._context.sound.emit("error")


class PriceCheckDialog(Dialog):
    """What something costs, without putting it on the counter: by a scan or by its name."""

    def __init__(self, context: UiContext, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cek harga"), parent, 640)
        self._context, self._counter = context, counter
        self._unit: SellableUnit | None = None
        self.field = SearchField(tr("Pindai atau cari barang"), tr("Pindai atau cari barang"), icon="scan-barcode")
        self.results = Results()
        self.results.setFixedHeight(look().px(66 * 3))
        self.results.hide()
        self.answer = self._make_answer()
        self.hint = EmptyState("pemindai", tr("Pindai barangnya"), tr("Harganya tampil di sini, tanpa masuk keranjang."), px=110)
        for part in (self.field, self.results, self.hint, self.answer):
            self.body.addWidget(part)
        self.take = self.add_button(tr("Masukkan keranjang"), Kind.PRIMARY, "shopping-basket")
        self.take.setEnabled(False)
        on_click(self.take, self._take)
        self.field.textChanged.connect(self._look_up)
        self.field.returnPressed.connect(self._enter)
        self.results.chosen.connect(self._hit)
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """Say its price; the basket stays as it is."""
        unit = self._context.till.store.read.find_unit(code)
        if unit is None:
            self._context.sound.emit("unknown")
            self._context.told.emit("fault", error_sentence(ShopError(ErrorCode.UNKNOWN_BARCODE, typed=short_code(code))))
            return True
        self._context.sound.emit("accepted")
        self._show(unit)
        return True

    def _make_answer(self) -> QWidget:
        block = CounterBlock()
        self.picture = GoodsPicture(72, 12)
        self.title = Text("", Role.JUDUL, Token.DI_TUA, 700, wrap=True)
        self.price = MoneyLabel(0, Role.UANG_BESAR)
        self.details = Text("", Role.BACA, Token.DI_TUA2, 500, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(look().px(14))
        head.addWidget(self.picture)
        head.addWidget(self.title, 1)
        box = QVBoxLayout(block)
        box.setContentsMargins(look().px(18), look().px(16), look().px(18), look().px(16))
        box.addLayout(head)
        box.addWidget(self.price)
        box.addWidget(self.details)
        block.hide()
        return block

    def _look_up(self, text: str) -> None:
        hits = self._context.till.store.read.search(text.strip(), 12) if text.strip() else []
        self.results.show_hits(hits)
        self.results.setVisible(bool(hits))
        self.hint.setVisible(not hits and self._unit is None)
        self.answer.setVisible(not hits and self._unit is not None)

    def _enter(self) -> None:
        text = self.field.text().strip()
        if text.isdigit() and self._context.till.store.read.find_unit(text) is not None:
            self.scanned(text)
        else:
            self.results.take()

    def _hit(self, hit: GoodsHit) -> None:
        unit = self._context.till.store.read.unit(hit.unit_uid)
        if unit is not None:
            self._show(unit)

    def _show(self, unit: SellableUnit) -> None:
        self._unit = unit
        self.field.clear()
        self.picture.set_goods(unit.product_name, unit.category, unit.drawing)
        self.title.setText(unit.product_name)
        now, group = self._context.till.clock.now(), self._counter.basket.customer_group
        rules = rules_now(unit.prices, now, group)
        try:
            self.price.set_amount(choose_price(unit.prices, unit.factor, unit.factor, now, group).amount)
        except ShopError:
            # only ever sold by the ten, or without a price yet: what there is stands below
            self.price.set_amount(0)
        parts = [tr("per {unit}", unit=unit.unit_name)]
        parts += [
            tr("grosir {amount} mulai {n}", amount=format_rupiah(price.amount), n=price.min_quantity)
            for price in rules
            if price.kind is PriceKind.WHOLESALE
        ]
        parts += [
            tr("Harga {group} {amount}", group=price.group[:24], amount=format_rupiah(price.amount)) for price in rules if price.group
        ]
        parts += self._other_units(unit, now)
        parts.append(tr("sisa {stock}", stock=on_hand_text(unit.on_hand, unit.factor, unit.unit_name)))
        self.details.setText(" · ".join(parts))
        self.take.setEnabled(True)
        self._look_up("")

    def _other_units(self, unit: SellableUnit, now: int) -> list[str]:
        """`dus (40) Rp124.000`: the other rungs of the ladder that have a price."""
        product = self._context.till.store.read.product(unit.product_uid)
        said = []
        for other in product.units if product is not None else ():
            rules = rules_now(other.prices, now)
            if other.uid != unit.unit_uid and rules:
                said.append(f"{other.name} ({format_quantity(other.factor, 1)}) {format_rupiah(rules[0].amount)}")
        return said

    def _take(self) -> None:
        if self._unit is not None and self._counter.add(self._unit.unit_uid):
            self.accept()


class CategoryDialog(Dialog):
    """All categories with how many goods each has. Accepted with `category` chosen; empty for all."""

    def __init__(self, categories: list[tuple[str, int]], parent: QWidget | None = None) -> None:
        super().__init__(tr("Semua kategori"), parent, 700)
        self.category = ""
        board = QWidget()
        grid = QGridLayout(board)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setSpacing(8)
        for place, (name, count) in enumerate([("", sum(count for _, count in categories)), *categories]):
            button = ActionButton(f"{name or tr('Terlaris')} · {count}", kind=Kind.QUIET)
            button.setAccessibleName(name or tr("Terlaris"))
            on_click(button, lambda name=name: self._take(name))  # type: ignore[misc]
            grid.addWidget(button, place // 3, place % 3)
        area = scrolled(board)
        rows = -(-(len(categories) + 1) // 3)
        area.setMinimumHeight(min(look().px(400), rows * look().px(62)))
        self.body.addWidget(area)

    def scanned(self, code: str) -> bool:
        """Not for this list: it steps aside."""
        self.reject()
        return False

    def _take(self, name: str) -> None:
        self.category = name
        self.accept()
