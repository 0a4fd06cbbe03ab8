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
from pos.domain.quantity import BaseUnit
from pos.domain.sale import Sale
from pos.services import paper
from pos.ui.context import Screen, UiContext
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import short_code
from pos.ui.operations import attempt, tell
from pos.ui.sale.basket_panel import BasketPanel
from pos.ui.sale.counter import Counter
from pos.ui.sale.exchange_strip import ExchangeStrip
from pos.ui.sale.goods_panel import GoodsPanel
from pos.ui.sale.openings import Openings
from pos.ui.sale.shortcuts import shortcut
from pos.ui.sale.total_block import TotalBlock
from pos.ui.sale.words import receipt_state
from pos.ui.theme.look import look

if TYPE_CHECKING:
    from pos.ui.payment.page import PaymentPage

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
        self.exchange = ExchangeStrip()
        self._payment: PaymentPage | None = None
        self.openings = Openings(context, self.counter, self.window, self._take_focus, self)
        self._build()
        self._connect()

    @property
    def payment(self) -> PaymentPage:
        """The payment page, made when money is taken for the first time."""
        if self._payment is None:
            from pos.ui.payment.page import PaymentPage

            self._payment = PaymentPage(self.context, self.counter)
            self._payment.left.connect(self._to_counter)
            self._payment.hold.connect(self._hold_unpaid)
            self._payment.customer.connect(self.openings.customer)
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
                tr("{customer} pelanggan, {discount} potongan, {edit} satuan dan harga baris yang dipilih.", **_keys()),
                tr("Ketik Rp5.000 atau 400 g setelah {quantity}: beratnya dihitung sendiri.", **_keys()),
                tr("Salah pindai? {undo} mengurungkan, {remove} menghapus baris.", **_keys()),
                tr("{check} cek harga tanpa masuk keranjang, {reprint} cetak ulang struk terakhir.", **_keys()),
            )
        )

    def clear_right(self) -> int:
        """Toasts leave the basket and the counter free."""
        return self._right.width() + 16

    def toasts_between(self) -> tuple[QWidget, QWidget] | None:
        """While money is counted, every key and way to pay stays free: there is room between the giant figure and the keys below it."""
        change = self.payment.change
        return (change.rule, change.first_key) if self._pages.currentIndex() == 1 else None

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
        column.addWidget(self.exchange)
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
        self.exchange.clicked.connect(counter.drop_exchange)
        counter.chosen.connect(self.basket.choose)
        counter.unknown.connect(self._unknown)
        counter.sold.connect(self._sold)
        rows.picked.connect(counter.choose)
        rows.editor.stepped.connect(counter.step_quantity)
        rows.editor.typed.connect(counter.type_quantity)
        rows.editor.removed.connect(counter.remove)
        rows.editor.left.connect(self.goods.take_focus)
        rows.editor.opened.connect(self.openings.edit_line)
        rows.opened.connect(self.openings.edit_line)
        self.openings.made.connect(self.goods.field.clear)
        self.basket.customer.connect(self.openings.customer)
        self.basket.discount.connect(self.openings.basket_discount)
        self.goods.wanted.connect(counter.add)
        self.goods.typed_code.connect(counter.scan)
        self.goods.new_goods.connect(lambda name: self.openings.new_goods("", name))
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
            Action.RECALL: self.openings.recall,
            Action.CUSTOMER: self.openings.customer,
            Action.PRICE_CHECK: self.openings.check_price,
            Action.DISCOUNT: self.openings.discount,
            Action.EDIT_LINE: self.openings.edit_line,
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

    def _hold_unpaid(self) -> None:
        """F4 while money is waited for: the basket is put aside, its QR stays good, and the next customer is served."""
        self.hold()
        if not self.counter.basket.lines:
            self._to_counter()

    def _take_focus(self) -> None:
        """Back to where the keyboard belongs: the money, or the search."""
        if self._payment is not None and self._pages.currentIndex() == 1:
            self._payment.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.goods.take_focus()

    def hold(self) -> None:
        """F4: put the basket aside."""
        number = self.counter.hold()
        if number:
            self._reload_held()
            self.context.told.emit("good", tr("Disimpan sebagai nomor {n}. Lanjutkan dengan {key}.", n=number, key=key_of(Action.RECALL)))

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
        """F3: of pieces, on the row; of what is weighed, with rupiah and the scale at hand."""
        line = self.counter.line
        if line is None:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
        elif line.base_unit is BaseUnit.PCS:
            self.basket.rows.editor.begin_typing()
        else:
            self.openings.edit_line()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _shown(self, basket: Basket, touched: str) -> None:
        self.basket.show_basket(basket, self.counter.selected, touched)
        exchange = self.counter.exchange
        self.exchange.show_exchange(exchange)
        self.total.show_basket(basket, self.counter.due, exchange.amount if exchange is not None else 0)
        self.goods.show_state(basket, self._held)
        self._show_last()
        self.context.customer.emit(basket)

    def _unknown(self, code: str) -> None:
        sentence = tr("Kode {typed} belum ada di daftar. Tambah barang ini?", typed=short_code(code))
        self.context.offered.emit(tr("Belum terdaftar"), sentence, tr("Tambah barang"), lambda: self.openings.new_goods(code))

    def _sold(self, sale: Sale) -> None:
        self._last = sale
        self._money_counted = False
        self.context.customer.emit(sale)
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
        "customer": key_of(Action.CUSTOMER),
        "discount": key_of(Action.DISCOUNT),
        "edit": key_of(Action.EDIT_LINE),
        "quantity": key_of(Action.QUANTITY),
    }
