"""Kasir: goods at the left, the basket and TOTAL at the right, the payment page over both. Owns which of the two shows, and the keys.

Everything on it goes through `Counter`; the screen holds nothing that the store does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Product
from pos.domain.sale import Sale
from pos.services import paper
from pos.ui.context import Screen, UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import short_code
from pos.ui.operations import attempt, tell
from pos.ui.sale.basket_panel import BasketPanel
from pos.ui.sale.counter import Counter
from pos.ui.sale.goods_panel import GoodsPanel
from pos.ui.sale.shortcuts import shortcut
from pos.ui.sale.total_block import TotalBlock
from pos.ui.sale.words import receipt_state
from pos.ui.theme.look import look

if TYPE_CHECKING:
    from pos.ui.payment.page import PaymentPage
    from pos.ui.widgets.dialog import Dialog

_COMPACT_BELOW: Final = 1080
_BASKET_WIDTH: Final = 484
_BASKET_COMPACT: Final = 404


class SaleScreen(Screen):
    """Selling."""

    key = "sale"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.counter = Counter(context, self)
        self._last: Sale | None = None
        self._session_open = False
        self._held = 0
        self._goods_known = False
        self._money_counted = False
        self.goods, self.basket, self.total = GoodsPanel(context), BasketPanel(), TotalBlock()
        self._payment: PaymentPage | None = None
        self._build()
        self._connect()

    @property
    def payment(self) -> PaymentPage:
        """The payment page, made when money is taken for the first time."""
        if self._payment is None:
            from pos.ui.payment.page import PaymentPage

            self._payment = PaymentPage(self.context, self.counter)
            self._payment.left.connect(self._to_counter)
            self._pages.addWidget(self._payment)
        return self._payment

    # --- what the shell asks ----------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        """Read again what concerns the sale."""
        every = changed is None
        if every or (changed is not None and (changed.goods or changed.stock)) or not self._goods_known:
            self._goods_known = True
            self.goods.reload()
        if every or (changed is not None and changed.session):
            self._show_session()
        if every or (changed is not None and (changed.sales or changed.shop or changed.session)):
            self._read_last()
        if every or (changed is not None and changed.basket):
            self._held = len(self.context.till.store.read.held_baskets())
            self.counter.reload()
        if every and self._pages.currentIndex() == 0:
            self.goods.take_focus()
        if changed is not None and changed.print_jobs:
            if self._payment is not None:
                self._payment.refresh_print()
            self._show_last()

    def scanned(self, code: str) -> bool:
        """A scan is the next line, whatever shows: in KEMBALI it begins the next basket, while money is counted it joins this one."""
        if self._payment is not None and self._payment.is_done:
            self._payment.close_done()
        self.basket.rows.editor.settle()
        taken = self.counter.scan(code, self.goods.take_count())
        if taken and self._pages.currentIndex() == 1:
            self._money_counted = True
            self._to_counter()
        return True

    def retranslate(self) -> None:
        """Every word anew; basket and choice stay."""
        for part in (self.goods, self.basket, self.total, self._payment):
            if part is not None:
                part.retranslate()

    def help_text(self) -> str:
        """What F1 says here."""
        return "\n".join(
            (
                tr("Pindai barang: langsung masuk keranjang, apa pun yang sedang terbuka."),
                tr("Ketik nama di kolom cari, pilih dengan panah, lalu Enter."),
                tr("Ketik 5* lalu pindai: lima sekaligus. + dan - mengubah jumlah baris yang dipilih."),
                tr("{pay} bayar, {exact} uang pas, {hold} simpan, {recall} lanjutkan.", **_keys()),
                tr("Salah pindai? {undo} mengurungkan, {remove} menghapus baris.", **_keys()),
                tr("{check} cek harga tanpa masuk keranjang, {reprint} cetak ulang struk terakhir.", **_keys()),
            )
        )

    def clear_right(self) -> int:
        """Toasts leave the basket and the counter free; while money is counted they stand over its summary."""
        return self.width() if self._pages.currentIndex() == 1 else self._right.width() + 16

    def orders_wait(self) -> bool:
        """While money is counted, sound and pill are enough."""
        return self._pages.currentIndex() == 1

    # --- making ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(6))
        column.addWidget(self.basket, 1)
        column.addWidget(self.total)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.goods, 1)
        row.addWidget(self._right)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 16, 16)
        box.addWidget(self._pages)
        self._page = page

    def _connect(self) -> None:
        counter, rows = self.counter, self.basket.rows
        counter.shown.connect(self._shown)
        counter.chosen.connect(self.basket.choose)
        counter.unknown.connect(self._unknown)
        counter.sold.connect(self._sold)
        rows.picked.connect(counter.choose)
        rows.editor.stepped.connect(counter.step_quantity)
        rows.editor.typed.connect(counter.type_quantity)
        rows.editor.removed.connect(counter.remove)
        rows.editor.left.connect(self.goods.take_focus)
        self.goods.wanted.connect(counter.add)
        self.goods.typed_code.connect(counter.scan)
        self.goods.new_goods.connect(lambda name: self._new_goods("", name))
        self.goods.moved.connect(counter.choose_next)
        self.goods.step.connect(counter.step_quantity)
        self.goods.act.connect(self._act)
        self.total.exact.connect(self._pay_exactly)
        self.total.quick.connect(self._pay_quick)
        self.total.pay.connect(self.pay)
        self.basket.last.reprint.connect(self.reprint)
        for action in self._actions():
            shortcut(self._page, action, lambda action=action: self._act(action))  # type: ignore[misc]

    def _actions(self) -> dict[Action, Callable[[], object]]:
        return {
            Action.SEARCH: self.goods.begin_search,
            Action.QUANTITY: self._quantity,
            Action.HOLD: self.hold,
            Action.RECALL: self.recall,
            Action.PRICE_CHECK: self.check_price,
            Action.PAY: self.pay,
            Action.EXACT_CASH: self._pay_exactly,
            Action.REPRINT: self.reprint,
            Action.REMOVE_LINE: self.counter.remove,
            Action.UNDO: self.counter.undo,
            Action.REDO: self.counter.redo,
        }

    # --- acting ------------------------------------------------------------------------------------------------------

    def _act(self, action: Action) -> None:
        if action is not Action.QUANTITY:
            self.basket.rows.editor.settle()
        self._actions()[action]()

    def pay(self) -> None:
        """F9: to the money; with the drawer closed, to opening it."""
        if not self._session_open:
            if self.counter.basket.lines:
                self.context.told.emit("info", tr("Kasir belum dibuka. Hitung uang di laci dulu, keranjangnya tetap ada."))
            self.context.go.emit("drawer")
        elif not self.counter.basket.lines:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
        else:
            self.payment.begin(self.basket.number, keep=self._money_counted)
            self._money_counted = False
            self._turn(1)

    def hold(self) -> None:
        """F4: put the basket aside."""
        if self.counter.hold():
            self._reload_held()
            self.context.told.emit("good", tr("Keranjang disimpan. Lanjutkan dengan {key}.", key=key_of(Action.RECALL)))

    def recall(self) -> None:
        """F5: the baskets that were put aside."""
        from pos.ui.sale.dialogs import HeldDialog

        dialog = HeldDialog(self.context, self.counter, self.context.till.store.read.held_baskets(), self.window())
        dialog.finished.connect(self._reload_held)
        self._open(dialog)

    def check_price(self) -> None:
        """F7: what something costs."""
        from pos.ui.sale.dialogs import PriceCheckDialog

        self._open(PriceCheckDialog(self.context, self.counter, self.window()))

    def reprint(self) -> None:
        """F11: the last struk once more."""
        sale = self.context.till.store.read.last_sale()
        if sale is None:
            tell(self.context, ShopError(ErrorCode.SALE_NOT_FOUND))
        elif attempt(self.context, lambda: paper.reprint(self.context.till, sale.uid)):
            self.context.backstage.print_now()
            self.context.told.emit("good", tr("Salinan struk dikirim ke printer."))

    def _pay_exactly(self) -> None:
        if self._may_pay():
            self.counter.pay_exactly()

    def _pay_quick(self, amount: int) -> None:
        if self._may_pay():
            self.counter.pay(amount)

    def _may_pay(self) -> bool:
        """Whether there is a drawer and something to pay; else that is said, or the way there is opened."""
        if self._session_open and self.counter.basket.lines:
            return True
        self.pay()
        return False

    def _quantity(self) -> None:
        if self.counter.line is None:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
        else:
            self.basket.rows.editor.begin_typing()

    def _new_goods(self, code: str, name: str = "") -> None:
        from pos.ui.sale.dialogs import NewGoodsDialog

        dialog = NewGoodsDialog(self.context, self.counter, code, name, self.window())
        dialog.accepted.connect(lambda: self._made(dialog.product))
        self._open(dialog)

    def _made(self, product: Product | None) -> None:
        self.goods.field.clear()
        if product is not None:
            self.counter.add(product.units[0].uid)
            self.context.changed.emit(Changed(goods=True, outbox=True))
            self.context.backstage.sync_now()

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.goods.take_focus)
        dialog.open()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _shown(self, basket: Basket, touched: str) -> None:
        self.basket.show_basket(basket, self.counter.selected, touched)
        self.total.show_basket(basket, self.counter.due)
        self.goods.show_state(basket, self._held)
        self._show_last()

    def _unknown(self, code: str) -> None:
        sentence = tr("Kode {typed} belum ada di daftar. Tambah barang ini?", typed=short_code(code))
        self.context.offered.emit(tr("Belum terdaftar"), sentence, tr("Tambah barang"), lambda: self._new_goods(code))

    def _sold(self, sale: Sale) -> None:
        self._last = sale
        self._money_counted = False
        self._show_number()
        self.payment.show_done(sale)
        self._turn(1)

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.clear_changed.emit()

    def _to_counter(self) -> None:
        self._turn(0)
        self._shown(self.counter.basket, "")
        self.goods.take_focus()

    def _show_session(self) -> None:
        self._session_open = self.context.till.store.read.session() is not None
        self.total.show_session(self._session_open)
        self.basket.show_session(self._session_open)

    def _read_last(self) -> None:
        """The last sale: of this session its change stays in sight."""
        read = self.context.till.store.read
        last, session = read.last_sale(), read.session()
        self._show_number()
        self._last = last if last is not None and session is not None and last.session_uid == session.uid else None
        self._show_last()

    def _show_number(self) -> None:
        self.basket.show_number(str(self.context.till.store.read.next_sale()))

    def _show_last(self) -> None:
        if self.counter.basket.lines or self._last is None:
            self.basket.show_last(None)
        else:
            self.basket.show_last(self._last, receipt_state(self.context, self._last.uid))

    def _reload_held(self) -> None:
        self._held = len(self.context.till.store.read.held_baskets())
        self.goods.show_state(self.counter.basket, self._held)

    # --- keys and sizes ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits that nothing else wants are a search."""
        text = event.text()
        plain = len(text) == 1 and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and self._pages.currentIndex() == 0:
            if text in ("+", "-") and not self.goods.field.text():
                self.counter.step_quantity(1 if text == "+" else -1)
                return
            self.goods.take_focus()
            self.goods.field.insert(text)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < look().px(_COMPACT_BELOW)
        self._right.setFixedWidth(look().px(_BASKET_COMPACT if compact else _BASKET_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._pages.currentIndex() == 0:
            self.goods.take_focus()


def _keys() -> dict[str, str]:
    return {
        "pay": key_of(Action.PAY),
        "exact": key_of(Action.EXACT_CASH),
        "hold": key_of(Action.HOLD),
        "recall": key_of(Action.RECALL),
        "undo": key_of(Action.UNDO),
        "remove": key_of(Action.REMOVE_LINE),
        "check": key_of(Action.PRICE_CHECK),
        "reprint": key_of(Action.REPRINT),
    }
