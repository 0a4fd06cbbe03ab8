"""What opens over the sale: new goods for an unknown code, held baskets, the price check. Each takes a scan that comes meanwhile.

Own what is typed into them; act through the counter and `pos.services.goods`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.product import PriceKind, Product, SellableUnit
from pos.services import goods
from pos.services.views import GoodsHit
from pos.ui.context import UiContext
from pos.ui.goods.stock_words import on_hand_text
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import error_sentence, short_code
from pos.ui.moments import clock_text, span_text
from pos.ui.sale.counter import Counter
from pos.ui.sale.results import Results
from pos.ui.sale.words import first_names, kinds_text
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.fields import SearchField, TextField
from pos.ui.widgets.goods import GoodsPicture
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.text import ElidedText, Text

_LONGEST_NAME: Final = 120


class NewGoodsDialog(Dialog):
    """Name and price of something nobody knew, and it is sold at once.

    Attributes:
        product: what was made, once it was.
    """

    def __init__(self, context: UiContext, counter: Counter, code: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(tr("Barang baru"), parent, 560)
        self._context, self._counter, self._code = context, counter, code
        self.product: Product | None = None
        said = tr("Kode {code} belum terdaftar.", code=short_code(code)) if code else tr("Barang tanpa kode, misalnya yang ditimbang.")
        self.name = TextField(tr("Nama barang"), label=tr("Nama barang"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setText(name)
        self.price = AmountField(tr("Harga jual"), label=tr("Harga jual"))
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self.body.addWidget(Text(said, Role.BACA, Token.TINTA2, 400, wrap=True))
        for part in (self.name, self.price, self.trouble):
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
            self.product = goods.add_unknown(self._context.till, self._code, self.name.text(), price)
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


class HeldCard(Card):
    """One basket that was put aside: its name or first goods, its age, its total."""

    def __init__(self, basket: Basket, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Token.CEKUNG, 12)
        self.button = ActionButton(tr("Lanjutkan"), "play", kind=Kind.PRIMARY, role=Role.BACA)
        title = ElidedText(basket.label or first_names(basket.lines), Role.BACA, Token.TINTA, 700)
        age = span_text(max(0, now - basket.started_at)) if basket.started_at else ""
        at = clock_text(basket.started_at) if basket.started_at else ""
        details = Text(" · ".join(part for part in (kinds_text(basket), at, age) if part), Role.BACA, Token.TINTA2, 400)
        total = Text(format_rupiah(basket.total), Role.ANGKA, Token.TINTA, 800, px=30)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(16), look().px(12), look().px(14), look().px(14))
        box.setSpacing(look().px(2))
        box.addWidget(title)
        box.addWidget(details)
        row = QHBoxLayout()
        row.addWidget(total, 1)
        row.addWidget(self.button)
        box.addLayout(row)


class HeldDialog(Dialog):
    """The baskets that were put aside, the newest first."""

    def __init__(self, context: UiContext, counter: Counter, held: list[Basket], parent: QWidget | None = None) -> None:
        super().__init__(tr("Keranjang yang disimpan"), parent, 880)
        self._context, self._counter = context, counter
        now = context.till.clock.now()
        board = QWidget()
        grid = QGridLayout(board)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setSpacing(look().px(10))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.cards = [HeldCard(basket, now) for basket in sorted(held, key=lambda basket: -basket.started_at)]
        for place, (card, basket) in enumerate(zip(self.cards, sorted(held, key=lambda basket: -basket.started_at), strict=True)):
            on_click(card.button, lambda uid=basket.uid: self._recall(uid))  # type: ignore[misc]
            grid.addWidget(card, place // 2, place % 2)
        area = scrolled(board)
        area.setMinimumHeight(min(look().px(420), -(-len(held) // 2) * look().px(150)))
        self.body.addWidget(area)
        if not held:
            area.hide()
            sentence = tr("Simpan keranjang dengan {key} saat pembeli masih mengambil barang.", key=key_of(Action.HOLD))
            self.body.addWidget(EmptyState("kosong_keranjang", tr("Belum ada yang disimpan"), sentence))

    def scanned(self, code: str) -> bool:
        """The next customer's goods come: they are more urgent than this list."""
        self.reject()
        self._counter.scan(code)
        return True

    def _recall(self, uid: str) -> None:
        """A basket on the counter is put aside first: nothing is lost, and both hands stay free."""
        busy = bool(self._counter.basket.lines)
        if busy and not self._counter.hold():
            return
        if self._counter.recall(uid):
            if busy:
                self._context.told.emit("good", tr("Keranjang tadi disimpan."))
            self.accept()


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
        retail = [price for price in unit.prices if price.kind is PriceKind.RETAIL and price.starts_at <= self._context.till.clock.now()]
        self.price.set_amount(max(retail, key=lambda price: price.starts_at).amount if retail else 0)
        parts = [tr("per {unit}", unit=unit.unit_name)]
        parts += [
            tr("grosir {amount} mulai {n}", amount=format_rupiah(price.amount), n=price.min_quantity)
            for price in unit.prices
            if price.kind is PriceKind.WHOLESALE
        ]
        parts.append(tr("sisa {stock}", stock=on_hand_text(unit.on_hand, unit.factor, unit.unit_name)))
        self.details.setText(" · ".join(parts))
        self.take.setEnabled(True)
        self._look_up("")

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
