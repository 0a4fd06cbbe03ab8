"""What opens over the sale, and what becomes of it: the screen's way to its dialogues. Owns none of them and no widget.

Each dialogue's module is imported when it is opened first: the start does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.basket import BasketLine
from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.context import UiContext
from pos.ui.operations import tell
from pos.ui.sale.counter import Counter

if TYPE_CHECKING:
    from pos.domain.product import Product
    from pos.domain.scale_label import ScaleLabel
    from pos.ui.widgets.dialog import Dialog


class Openings(QObject):
    """Opens dialogues over `window`.

    Signals:
        made(): goods that nobody knew are in the list now, and on the counter.
    """

    made = Signal()

    def __init__(
        self, context: UiContext, counter: Counter, window: Callable[[], QWidget], after: Callable[[], object], parent: QObject
    ) -> None:
        """`after` is called whenever one has closed."""
        super().__init__(parent)
        self.context, self.counter, self._window, self._after = context, counter, window, after

    def edit_line(self) -> None:
        """The chosen line whole: quantity, unit, price, discount."""
        line = self._line()
        if line is None:
            return
        from pos.ui.sale.line_dialog import LineDialog

        dialog = LineDialog(self.context, self.counter, line, self._window())
        dialog.discount.connect(self.discount)
        dialog.pack.connect(self.pack)
        dialog.deposit.connect(self.deposit)
        dialog.finished.connect(lambda result: self.edit_line() if result == LineDialog.AGAIN else None)
        self._open(dialog)

    def discount(self) -> None:
        """F8: something off the chosen line or the whole basket."""
        if self._line() is None:
            return
        from pos.ui.sale.discount_dialog import LINE, DiscountDialog

        self._open(DiscountDialog(self.context, self.counter, LINE, self._window()))

    def basket_discount(self) -> None:
        """The discount of the whole basket."""
        from pos.ui.sale.discount_dialog import BASKET, DiscountDialog

        self._open(DiscountDialog(self.context, self.counter, BASKET, self._window()))

    def customer(self) -> None:
        """F6: who buys."""
        from pos.ui.sale.customer_dialog import CustomerDialog

        dialog = CustomerDialog(self.context, self.counter, self._window())
        dialog.give_back.connect(self._give_back)
        self._open(dialog)

    def recall(self) -> None:
        """F5: the baskets that were put aside."""
        from pos.ui.sale.held_dialog import HeldDialog

        self._open(HeldDialog(self.context, self.counter, self.context.till.store.read.held_baskets(), self._window()))

    def check_price(self) -> None:
        """F7: what something costs."""
        from pos.ui.sale.dialogs import PriceCheckDialog

        self._open(PriceCheckDialog(self.context, self.counter, self._window()))

    def pack(self) -> None:
        """What the chosen goods come out of when they run out."""
        line = self._line()
        if line is None:
            return
        from pos.ui.sale.pack_dialog import PackDialog

        self._open(PackDialog(self.context, self.counter, line, self._window()))

    def deposit(self) -> None:
        """Pieces of the chosen goods that the customer takes along or brings back; first it is asked who that is."""
        line, basket = self._line(), self.counter.basket
        if line is None:
            return
        if not basket.customer_uid:
            tell(self.context, ShopError(ErrorCode.DEPOSIT_NEEDS_CUSTOMER))
            self.customer()
            return
        self._deposit((basket.customer_uid, basket.customer_name), (line.product_uid, line.name), lends=True)

    def new_goods(self, code: str, name: str = "") -> None:
        """Something that nobody knew: named, priced, and sold at once. A label of a scale names its goods by their own number."""
        from pos.ui.sale.dialogs import NewGoodsDialog

        label = self._label(code)
        dialog = NewGoodsDialog(self.context, self.counter, label.item if label else code, name, self._window(), weighed=label is not None)
        dialog.accepted.connect(lambda: self._made(dialog.product, code if label else ""))
        self._open(dialog)

    def _label(self, code: str) -> ScaleLabel | None:
        patterns = self.context.till.rules.label_patterns
        if not patterns:
            return None
        from pos.domain.scale_label import read_label

        try:
            return read_label(code, patterns)
        except ShopError:
            # misread as a label; as a code of its own it may be right
            return None

    def _made(self, product: Product | None, label: str) -> None:
        if product is None:
            return
        if label:
            self.counter.scan(label)
        else:
            self.counter.add(product.units[product.sell_unit].uid)
        self.made.emit()
        self.context.changed.emit(Changed(goods=True, outbox=True))
        self.context.backstage.sync_now()

    def _give_back(self, customer_uid: str, product_uid: str) -> None:
        basket = self.counter.basket
        product = self.context.till.store.read.product(product_uid)
        name = product.name if product is not None else ""
        self._deposit((customer_uid, basket.customer_name), (product_uid, name), lends=False)

    def _deposit(self, customer: tuple[str, str], goods: tuple[str, str], *, lends: bool) -> None:
        from pos.ui.sale.deposit_dialog import BACK, LEND, DepositDialog

        self._open(DepositDialog(self.context, customer, goods, LEND if lends else BACK, self._window()))

    def _line(self) -> BasketLine | None:
        """The chosen line; without one that is said."""
        if self.counter.line is None:
            tell(self.context, ShopError(ErrorCode.EMPTY_BASKET))
        return self.counter.line

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        """Back to the counter: not every desktop gives the keys back to the window by itself."""
        if QApplication.activeModalWidget() is None:
            self._window().activateWindow()
        self._after()
