"""QRIS at the payment page: which QR is shown for which amount, asked of the server off the UI thread, and what is known of its money.

Owns the request that is shown. It never decides that something is paid: it reads that in the store, where the feed writes it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.people import Act
from pos.domain.qris_request import IssuedQr, QrisRequest, QrisSource
from pos.domain.sale import TenderState
from pos.services import qris
from pos.ui.context import UiContext
from pos.ui.lock.approve import with_approval
from pos.ui.operations import Operation, attempt, run, tell

TICK_MS: Final = 1_000
ASK_EVERY: Final = 3
"""Ticks between two questions to the server while somebody is looking at the QR."""


class QrisFlow(QObject):
    """One QR at a time, for one basket.

    Signals:
        shown(): another request, another state, or a second less: read `request`, `asking`, `left_ms`.
        money(QrisRequest): somebody stands for the money of the request that is shown.

    Attributes:
        request: what is shown, None before there is one.
        asking: the server is being asked for a QR.
    """

    shown = Signal()
    money = Signal(object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.request: QrisRequest | None = None
        self.asking = False
        self._operation: Operation | None = None
        self._basket_uid, self._amount, self._wanted = "", 0, ""
        self._ticks = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def left_ms(self) -> int:
        """Until the QR is over; 0 for one that has no end."""
        if self.request is None or not self.request.expires_at:
            return 0
        return max(0, self.request.expires_at - self._context.till.clock.now())

    def begin(self, basket_uid: str, amount: Rupiah) -> None:
        """Show a QR for an amount: the one that waits already, or a new one."""
        try:
            qris.check_amount(amount)
        except ShopError as error:
            self.stop()
            tell(self._context, error)
            return
        self._basket_uid, self._amount = basket_uid, amount
        read = self._context.till.store.read
        known = [item for item in read.qris_of_basket(basket_uid) if item.amount == amount and item.state is TenderState.WAITING]
        paired = read.line().paired
        # where a server may issue one, only its own is as good
        waiting = next((item for item in known if self._is_good(item) and (item.source is QrisSource.SERVER or not paired)), None)
        self._timer.start()
        if waiting is not None:
            self._take(waiting)
        else:
            self.renew()

    def stop(self) -> None:
        """The cashier went elsewhere: nothing is shown any more. What was shown can still be paid, and is found again."""
        self._timer.stop()
        self._drop_question()
        self.request = None
        self._context.customer.emit(None)

    def renew(self) -> None:
        """Another QR for the same amount: the server's where there is a line, else the till's own, else the sticker."""
        self._drop_question()
        self.request = None
        line = self._context.till.store.read.line()
        if line.paired:
            self._ask()
        else:
            self._without_line()

    def use_sticker(self) -> None:
        """The customer scans what hangs on the counter."""
        self._drop_question()
        attempt(self._context, lambda: qris.by_sticker(self._context.till, self._basket_uid, self._amount), self._take)

    def confirm(self) -> None:
        """Somebody saw the money and stands for it; where the cashier may not, somebody who may is asked."""
        request = self.request
        if request is not None and not request.is_money:
            till = self._context.till
            with_approval(self._context, Act.CONFIRM_QRIS, lambda approval: qris.confirm_by_hand(till, request.uid, approval), self._take)

    def refresh(self) -> None:
        """Read what is known of the QR that is shown: the feed may have brought something."""
        if self.request is not None:
            known = self._context.till.store.read.qris_request(self.request.uid)
            if known is not None and known != self.request:
                self._take(known)

    def _is_good(self, request: QrisRequest) -> bool:
        return not request.expires_at or request.expires_at > self._context.till.clock.now()

    def _ask(self) -> None:
        self.asking = True
        uid = self._wanted = self._context.till.ids.new()
        amount, reference, backstage = self._amount, self._basket_uid[:8], self._context.backstage
        self._operation = run(self._context, lambda _progress: backstage.issue_qr(uid, amount, reference), self._issued, self._refused)
        self.shown.emit()

    def _issued(self, issued: IssuedQr) -> None:
        if issued.uid != self._wanted:
            # the cashier asked for something else meanwhile; nobody has seen this one
            return
        self._operation, self.asking, self._wanted = None, False, ""
        attempt(self._context, lambda: qris.remember_issued(self._context.till, self._basket_uid, self._amount, issued), self._take)

    def _refused(self, error: ShopError) -> None:
        if not self._wanted:
            return
        self._operation, self.asking, self._wanted = None, False, ""
        if error.code not in (ErrorCode.NO_LINE, ErrorCode.NOT_PAIRED):
            tell(self._context, error)
        self._without_line()

    def _without_line(self) -> None:
        till = self._context.till
        if till.rules.qris_own and qris.own_code(till) is not None:
            attempt(self._context, lambda: qris.make_own(till, self._basket_uid, self._amount), self._take)
        else:
            self.use_sticker()

    def _drop_question(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
        self._operation, self.asking, self._wanted = None, False, ""

    def _take(self, request: QrisRequest) -> None:
        self.asking = False
        self.request = request
        self._context.customer.emit(request)
        self.shown.emit()
        if request.is_money and not request.sale_uid:
            self.money.emit(request)

    def _tick(self) -> None:
        self._ticks += 1
        request = self.request
        if request is None:
            return
        if request.state is TenderState.WAITING:
            if request.expires_at and not self.left_ms:
                qris.expire(self._context.till)
                self.refresh()
            elif request.source is QrisSource.SERVER and self._ticks % ASK_EVERY == 0:
                self._context.backstage.sync_now()
        self.shown.emit()
