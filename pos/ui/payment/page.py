"""Taking the money, and KEMBALI when it is done. Acts through the counter; a sale is made once, however often a key is hit.

Digits go to the amount, letters choose the way to pay, Enter does nothing: a scanner sends it. After the sale the page closes itself, or
with the next scan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import Sale, Tender
from pos.services import paper
from pos.ui.context import UiContext
from pos.ui.keys import Action
from pos.ui.language import tr
from pos.ui.operations import attempt, tell
from pos.ui.payment.change import ChangeBlock
from pos.ui.payment.done import DonePanel
from pos.ui.payment.entry import Entry
from pos.ui.payment.parts import PartsDialog
from pos.ui.payment.taking import Taking
from pos.ui.payment.titipan import TitipanDialog
from pos.ui.payment.ways import WAYS
from pos.ui.payment.words import LETTERS, SPLIT_LETTER, back_of, other_way
from pos.ui.sale.counter import Counter
from pos.ui.sale.shortcuts import shortcut
from pos.ui.sale.words import receipt_state
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.dialog import Dialog

SECONDS: Final = 3
"""How long KEMBALI stays by itself."""
_COMPACT_BELOW: Final = 1080
_BREATH_MS: Final = 250


class PaymentPage(QWidget):
    """A page of the sale screen.

    Signals:
        left(): back to the counter: nothing was sold, or it is done.
        hold(): the basket is to be put aside while its money is waited for.
        customer(): somebody has to be chosen.
    """

    left = Signal()
    hold = Signal()
    customer = Signal()

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
        self.taking = Taking(context, counter, self)
        self.entry = Entry()
        self.desk, self.part_desk, self.transfer = self.entry.desk, self.entry.part_desk, self.entry.transfer
        self.change, self.done = ChangeBlock(), DonePanel()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self.retranslate()

    # --- from outside ------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Every word anew."""
        for part in (self.entry, self.change, self.done):
            part.retranslate()
        if self._sale is None:
            self._show()

    @property
    def is_done(self) -> bool:
        """Whether the sale is made and KEMBALI is shown."""
        return self._sale is not None

    def begin(self, number: str, keep: bool = False) -> None:
        """Take the money for the basket on the counter; `keep` what was counted before one more good was scanned."""
        self._sale, self._number = None, number
        self._timer.stop()
        self._left.setCurrentIndex(0)
        if not keep:
            self.entry.clear()
        self.taking.begin()
        self.entry.titipan_button.setVisible(bool(self._context.till.store.read.open_titipan("", 1)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sale: Sale) -> None:
        """The sale is made: KEMBALI, for three seconds or until the next scan."""
        self._sale = sale
        self.taking.over()
        self._since.start()
        self._seconds = SECONDS
        self.change.show_done(sale, back_of(self._context.till.store.read, sale))
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
        self._left = QStackedWidget()
        self._left.addWidget(self.entry)
        self._left.addWidget(self.done)
        for part in (self.change, self._left):
            # widths are shares of the window, whatever stands in the parts
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look().px(14))
        self._row.addWidget(self._left, 774)
        self._row.addWidget(self.change, 450)

    def _connect(self) -> None:
        taking, flow, entry = self.taking, self.taking.flow, self.entry
        taking.shown.connect(self._show)
        taking.customer_wanted.connect(self.customer)
        for panel in (self.desk, self.part_desk):
            panel.refused.connect(lambda error: tell(self._context, error))
        self.desk.changed.connect(lambda _typed: self._show_money())
        self.part_desk.go_on.connect(taking.ask)
        for head in (entry.summary, entry.way_keys):
            head.back.connect(self._back)
        entry.summary.removed.connect(taking.remove)
        entry.summary.more.connect(self._show_parts)
        on_click(entry.parts_button, self._show_parts)
        entry.summary.drop_exchange.connect(taking.drop_exchange)
        for ways in (entry.ways, entry.way_keys):
            ways.chosen.connect(self._choose)
            ways.split.connect(taking.toggle_split)
        entry.qris.confirm.connect(flow.confirm)
        entry.qris.renew.connect(flow.renew)
        entry.qris.sticker.connect(flow.use_sticker)
        entry.qris.hold.connect(self.hold)
        entry.credit.choose.connect(self.customer)
        self.change.finish.connect(self.finish)
        self.done.reprint.connect(self.reprint)
        on_click(entry.titipan_button, self._choose_titipan)
        self._counter.shown.connect(self._basket_shown)
        self._context.changed.connect(self._changed)
        actions: dict[Action, Callable[[], object]] = {
            Action.PAY: self.finish,
            Action.EXACT_CASH: self._exactly,
            Action.REPRINT: self.reprint,
            Action.HOLD: self._hold,
            Action.CUSTOMER: self._customer,
        }
        for action, act in actions.items():
            shortcut(self, action, act)

    # --- acting ------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """F9 and SELESAI: take the money; when it is sold, the next nota. A second hit right behind the first does nothing."""
        if self._sale is not None:
            if self._since.elapsed() > QApplication.doubleClickInterval() + _BREATH_MS:
                self.close_done()
            return
        if self.taking.waits_for_amount:
            self.part_desk.send()
            return
        before = self.taking.tenders
        if not self.taking.finish(self.desk.tendered, self.change.leftover, self.transfer.reference.text()):
            self._context.sound.emit("error")
            self.change.say_short()
        elif self._sale is None and self.taking.tenders.parts != before.parts:
            # a part was recorded: the next one begins with nothing counted
            self.entry.clear()
            self._show()

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
        """F12: the rest paid in cash to the rupiah, and done."""
        if self._sale is None:
            if self.taking.tenders.tender is not Tender.CASH:
                self._choose(Tender.CASH)
            self.desk.put_exactly()
            self.finish()

    def _choose(self, tender: Tender) -> None:
        """Another way to pay; what lies counted on the counter and is not enough becomes a part."""
        parts = self.taking.tenders.parts
        self.taking.choose(tender, self.desk.tendered)
        if self.taking.tenders.parts != parts or tender is not Tender.CASH:
            self.desk.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self) -> None:
        if self._sale is None:
            self.hold.emit()

    def _customer(self) -> None:
        if self._sale is None:
            self.customer.emit()

    def _show_parts(self) -> None:
        tenders = self.taking.tenders
        dialog = PartsDialog(tenders.parts, 0 if tenders.is_covered else tenders.due, self.window())
        dialog.removed.connect(self.taking.remove)
        self._open(dialog)

    def _choose_titipan(self) -> None:
        dialog = TitipanDialog(self._context, self._counter.basket, self.window())
        dialog.chosen.connect(self.taking.add_titipan)
        self._open(dialog)

    def _open(self, dialog: Dialog) -> None:
        """Over the page; afterwards the keys are the page's again."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: self._keys_back())
        dialog.open()

    def _keys_back(self) -> None:
        self.window().activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

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
            self.taking.flow.stop()
            self.left.emit()

    def _basket_shown(self, _basket: object, _touched: str) -> None:
        """Another customer was put on the basket: prices, book and titipan are others."""
        if self._sale is None and self.isVisible():
            self.taking.begin(keep=self.taking.tenders.tender)

    def _changed(self, changed: Changed) -> None:
        if changed.print_jobs:
            self.refresh_print()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Everything as `taking` has it."""
        if self._sale is None:
            now = self._context.till.clock.now()
            self.entry.show_taking(self.taking, self._counter.basket, self._counter.due, self._number, now)
            self._show_money()

    def _show_money(self) -> None:
        if self._sale is not None:
            return
        taking, tenders = self.taking, self.taking.tenders
        if tenders.tender is not Tender.CASH and not tenders.is_covered:
            self.change.show_other(other_way(taking))
            return
        typed = self.desk.tendered
        self.change.titipan_allowed = self._context.till.rules.titipan
        due = 0 if tenders.is_covered else tenders.due
        self.change.show_money(due, typed.amount + taking.back, taking.held_with(typed), partly=tenders.split)

    # --- keys and sizes ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape:
            self._back()
        elif self._sale is not None:
            if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                super().keyPressEvent(event)
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self._digit(text)
        elif key == Qt.Key.Key_Backspace:
            self._digit("back")
        elif not self._letter(text.upper()) and key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _digit(self, key: str) -> None:
        if self.taking.waits_for_amount:
            self.part_desk.press(key)
        elif self.taking.tenders.tender is Tender.CASH:
            self.desk.press(key)

    def _letter(self, letter: str) -> bool:
        """T, Q, R, B choose the way to pay, G pays in parts: digits are always money."""
        if letter == SPLIT_LETTER:
            self.taking.toggle_split()
            return True
        tender = next((tender for tender in WAYS if LETTERS[tender] == letter), None)
        if tender is not None:
            self._choose(tender)
        return tender is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() * 100 < _COMPACT_BELOW * look().scale_percent
        self.entry.set_compact(compact)
        self._show()
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
