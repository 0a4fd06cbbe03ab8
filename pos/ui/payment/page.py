"""Taking the money, and KEMBALI when it is done. Acts through the counter; a sale is made once, however often a key is hit.

Digits go to the amount, Enter does nothing: a scanner sends it. After the sale the page closes itself, or with the next scan.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import Sale
from pos.services import paper
from pos.ui.context import UiContext
from pos.ui.keys import Action
from pos.ui.language import tr
from pos.ui.operations import attempt, tell
from pos.ui.payment.change import ChangeBlock
from pos.ui.payment.desk import MoneyDesk
from pos.ui.payment.done import DonePanel
from pos.ui.payment.summary import ShortSummary, SummaryCard
from pos.ui.sale.counter import Counter
from pos.ui.sale.shortcuts import shortcut
from pos.ui.sale.words import receipt_state
from pos.ui.theme.look import look
from pos.ui.widgets.choice import ChoiceCard

SECONDS: Final = 3
"""How long KEMBALI stays by itself."""
_COMPACT_BELOW: Final = 1080
_BREATH_MS: Final = 250


class PaymentPage(QWidget):
    """A page of the sale screen.

    Signals:
        left(): back to the counter: nothing was sold, or it is done.
    """

    left = Signal()

    def __init__(self, context: UiContext, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._counter = context, counter
        self._sale: Sale | None = None
        self._number = ""
        self._since = QElapsedTimer()
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._second)
        self.summary, self.short_summary = SummaryCard(), ShortSummary()
        self.cash = ChoiceCard("", "", "banknote", "")
        self.desk, self.change, self.done = MoneyDesk(), ChangeBlock(), DonePanel()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self.retranslate()

    # --- from outside ------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Every word anew."""
        self.cash.set_words(tr("Tunai"), tr("laci terbuka sendiri"))
        for part in (self.desk, self.change, self.done):
            part.retranslate()
        self._show_basket(keep=True)

    @property
    def is_done(self) -> bool:
        """Whether the sale is made and KEMBALI is shown."""
        return self._sale is not None

    def begin(self, number: str, keep: bool = False) -> None:
        """Take the money for the basket on the counter; `keep` what was counted before one more good was scanned."""
        self._sale, self._number = None, number
        self._timer.stop()
        self._left.setCurrentIndex(0)
        self._show_basket(keep)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sale: Sale) -> None:
        """The sale is made: KEMBALI, for three seconds or until the next scan."""
        self._sale = sale
        self._since.start()
        self._seconds = SECONDS
        self.change.show_done(sale.change)
        self.change.bar.show_share(1.0)
        self.refresh_print()
        self._left.setCurrentIndex(1)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()

    def refresh_print(self) -> None:
        """How far the struk of the sale is."""
        if self._sale is not None:
            self.done.show_sale(self._sale, receipt_state(self._context, self._sale.uid))

    def close_done(self) -> None:
        """The next customer: KEMBALI goes."""
        if self._sale is not None:
            self._sale = None
            self._timer.stop()
            self.left.emit()

    # --- making ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        gap = look().px(14)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addWidget(self.summary, 1)
        column.addWidget(self.cash)
        self.cash.setChecked(True)
        middle = QVBoxLayout()
        middle.setSpacing(look().px(10))
        middle.addWidget(self.short_summary)
        middle.addWidget(self.desk, 1)
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        row.addWidget(self._side, 33)
        row.addLayout(middle, 43)
        self._left = QStackedWidget()
        self._left.addWidget(entry)
        self._left.addWidget(self.done)
        for part in (self._side, self.change, self._left):
            # widths are shares of the window, whatever stands in the parts
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._row.addWidget(self._left, 774)
        self._row.addWidget(self.change, 450)

    def _connect(self) -> None:
        self.desk.changed.connect(self._show_money)
        self.desk.refused.connect(lambda error: tell(self._context, error))
        self.summary.back.connect(self._back)
        self.short_summary.back.connect(self._back)
        self.cash.clicked.connect(lambda: self.cash.setChecked(True))
        self.change.finish.connect(self.finish)
        self.done.reprint.connect(self.reprint)
        shortcut(self, Action.PAY, self.finish)
        shortcut(self, Action.EXACT_CASH, self._exactly)
        shortcut(self, Action.REPRINT, self.reprint)

    # --- acting ------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """F9 and SELESAI: sell; when it is sold, the next nota. A second hit right behind the first does nothing."""
        if self._sale is not None:
            if self._since.elapsed() > QApplication.doubleClickInterval() + _BREATH_MS:
                self.close_done()
            return
        if self.change.enough:
            self._counter.pay(self.desk.tendered.amount)
        else:
            self._context.sound.emit("error")
            self.change.say_short()

    def reprint(self) -> None:
        """The struk of the sale once more, as SALINAN."""
        sale = self._sale or self._context.till.store.read.last_sale()
        if sale is None:
            tell(self._context, ShopError(ErrorCode.SALE_NOT_FOUND))
            return
        self._linger()
        attempt(self._context, lambda: paper.reprint(self._context.till, sale.uid), lambda _copy: self._printed())

    def _printed(self) -> None:
        self._context.backstage.print_now()
        self._context.told.emit("good", tr("Salinan struk dikirim ke printer."))
        self.refresh_print()

    def _exactly(self) -> None:
        """F12: paid to the rupiah, and done."""
        if self._sale is None:
            self.desk.put_exactly()
            self.finish()

    def _linger(self) -> None:
        """Someone is at it: the three seconds begin anew."""
        if self._sale is not None:
            self._seconds = SECONDS
            self.change.bar.show_share(1.0)
            self._timer.start()

    def _second(self) -> None:
        self._seconds -= 1
        self.change.bar.show_share(self._seconds / SECONDS)
        if self._seconds <= 0:
            self.close_done()

    def _back(self) -> None:
        if self._sale is not None:
            self.close_done()
        else:
            self.left.emit()

    def _show_basket(self, keep: bool) -> None:
        if self._sale is None:
            for part in (self.summary, self.short_summary):
                part.show_basket(self._counter.basket, self._counter.due, self._number)
            self.desk.begin(self._counter.due, keep)

    def _show_money(self) -> None:
        if self._sale is None:
            self.change.show_money(self._counter.due, self.desk.tendered.amount)

    # --- keys and sizes ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape:
            self._back()
        elif self._sale is None and len(text) == 1 and text.isascii() and text.isdigit():
            self.desk.press(text)
        elif self._sale is None and key == Qt.Key.Key_Backspace:
            self.desk.press("back")
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() * 100 < _COMPACT_BELOW * look().scale_percent
        self._side.setVisible(not compact)
        self.short_summary.setVisible(compact)
        self.done.set_compact(compact)
        self._row.setStretch(0, 500 if compact else 774)
        self._row.setStretch(1, 480 if compact else 450)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Someone went to another room: KEMBALI does not wait there to come back."""
        super().hideEvent(event)
        if self._sale is not None and not event.spontaneous():
            self.close_done()
