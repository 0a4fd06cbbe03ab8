"""Taking the money, step by step: tenders chosen and recorded, a QR waited for, the sale made once. Owns the tenders; draws nothing.

Nothing here decides that money came: cash is what the cashier counted, a QR's money is what the store says of it.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain.changed import Changed
from pos.domain.correction import Exchange
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.qris_request import QrisRequest
from pos.domain.sale import Tender, TenderState
from pos.domain.tendering import Leftover, Part
from pos.services import correcting
from pos.services.drawer_notes import held_notes
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt, tell
from pos.ui.payment.qris_flow import QrisFlow
from pos.ui.payment.tendered import Tendered
from pos.ui.payment.tenders import Tenders
from pos.ui.sale.counter import Counter


class Taking(QObject):
    """The money for the basket on the counter.

    Signals:
        shown(): something is otherwise; read it all again.
        customer_wanted(): somebody has to be chosen before it goes on.

    Attributes:
        tenders: how much is paid by now.
        exchange: goods that come back when it is paid, None for none.
        flow: the QR that is shown.
        waits_for_amount: in parts, the next tender is asked how much before anything else.
    """

    shown = Signal()
    customer_wanted = Signal()

    def __init__(self, context: UiContext, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._counter = context, counter
        self.tenders = Tenders()
        self.exchange: Exchange | None = None
        self.waits_for_amount = False
        self.flow = QrisFlow(context, self)
        self._basket_uid = ""
        self._pieces: Mapping[Rupiah, int] | None = None
        self._watched: set[str] = set()
        self.flow.shown.connect(self._flow_shown)
        self.flow.money.connect(self._qris_money)
        context.changed.connect(self._heard)

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def back(self) -> Rupiah:
        """Cash that goes back because goods in exchange are worth more than the new ones."""
        return max(0, self.exchange.amount - self._counter.basket.total) if self.exchange else 0

    @property
    def customer(self) -> Customer | None:
        """Who buys, where that is known."""
        uid = self._counter.basket.customer_uid
        return self._context.till.store.read.customer(uid) if uid else None

    def owed(self) -> Rupiah:
        """What the customer owes by now."""
        uid = self._counter.basket.customer_uid
        return self._context.till.store.read.credit_balance(uid) if uid else 0

    def held_with(self, typed: Tendered) -> Mapping[Rupiah, int] | None:
        """What the drawer probably holds once the money on the counter lies in it; None where nobody counted it by note."""
        if self._pieces is None:
            return None
        held = Tally(dict(self._pieces))
        held.update(dict(typed.pieces))
        return held

    # --- beginning --------------------------------------------------------------------------------------------------

    def begin(self, keep: Tender | None = None) -> None:
        """Take the money for the basket as it is now. What was recorded for the same basket stays.

        Args:
            keep: the way that a person has chosen already; else a QR that still waits is shown again.
        """
        basket, till = self._counter.basket, self._context.till
        read = till.store.read
        same = basket.uid == self._basket_uid
        self._basket_uid = basket.uid
        self.exchange = read.exchange(basket.uid)
        total = basket.total - (min(self.exchange.amount, basket.total) if self.exchange else 0)
        parts = self.tenders.parts if same else ()
        self.tenders = Tenders(total, till.rules.rounding, parts, split=same and self.tenders.split)
        self.waits_for_amount = False
        held = held_notes(till)
        self._pieces = held.pieces if held is not None else None
        self.flow.stop()
        waiting = self._find_qris()
        if keep is not None:
            self.tenders = self.tenders.by(keep)
        elif waiting and self.tenders.rest:
            self.tenders = self.tenders.by(Tender.QRIS).asking(min(waiting, self.tenders.rest))
        if self.tenders.tender is Tender.QRIS:
            self.flow.begin(self._basket_uid, self.tenders.due)
        self.shown.emit()

    def _find_qris(self) -> Rupiah:
        """QRs of this basket from before: money that came is a part. Gives the amount of one that still waits, else 0."""
        waiting = 0
        for request in reversed(self._context.till.store.read.qris_of_basket(self._basket_uid)):
            if request.is_money:
                self._record_qris(request)
            elif request.state is TenderState.WAITING and request.expires_at > self._context.till.clock.now():
                waiting = request.amount
        return waiting

    # --- choosing ---------------------------------------------------------------------------------------------------

    def choose(self, tender: Tender, typed: Tendered) -> None:
        """Pay the rest by another tender. Cash that lies counted on the counter and is not enough becomes a part of its own."""
        if self.tenders.tender is Tender.CASH and tender is not Tender.CASH and 0 < typed.amount < self.tenders.due:
            self._record(Part(Tender.CASH, typed.amount, notes=typed.pieces))
        self.flow.stop()
        self.tenders = self.tenders.by(tender)
        self.waits_for_amount = self.tenders.split and tender is not Tender.CASH
        if tender is Tender.QRIS and not self.waits_for_amount:
            self.flow.begin(self._basket_uid, self.tenders.due)
        self.shown.emit()
        if tender is Tender.CREDIT and not self._counter.basket.customer_uid:
            self.customer_wanted.emit()

    def toggle_split(self) -> None:
        """Pay in parts, or not any more; recorded parts stay."""
        self.tenders = replace(self.tenders, split=not self.tenders.split)
        self.waits_for_amount = self.tenders.split and self.tenders.tender is not Tender.CASH
        if self.waits_for_amount:
            self.flow.stop()
        elif self.tenders.tender is Tender.QRIS and self.flow.request is None:
            self.flow.begin(self._basket_uid, self.tenders.due)
        self.shown.emit()

    def ask(self, amount: Rupiah) -> None:
        """So much of it by the chosen tender."""
        self.tenders = self.tenders.asking(amount)
        self.waits_for_amount = False
        if self.tenders.tender is Tender.QRIS:
            self.flow.begin(self._basket_uid, self.tenders.due)
        self.shown.emit()

    def add_titipan(self, holder: str, amount: Rupiah) -> None:
        """Money that the shop holds pays what it can of the rest."""
        used = min(amount, self.tenders.rest)
        if used > 0 and not any(part.reference == holder for part in self.tenders.parts):
            self._record(Part(Tender.TITIPAN, used, reference=holder))
            self.shown.emit()

    def remove(self, place: int) -> None:
        """Take a recorded part off. A QR's money stays where it is: it is found again."""
        self.tenders = self.tenders.without(place)
        self.shown.emit()

    def drop_exchange(self) -> None:
        """The goods do not come back after all."""
        attempt(self._context, lambda: correcting.drop_exchange(self._context.till), lambda _done: self.begin())

    # --- the end ----------------------------------------------------------------------------------------------------

    def finish(self, typed: Tendered, leftover: Leftover, reference: str) -> bool:
        """Take the present tender's part; sell when everything is paid. False when it is not enough, which was not said yet."""
        tenders = self.tenders
        if tenders.is_covered or (self.exchange and not tenders.total):
            self._pay(tenders.parts, Leftover())
            return True
        if tenders.tender is Tender.CASH:
            return self._finish_cash(typed, leftover)
        if tenders.tender is Tender.QRIS:
            tell(self._context, ShopError(ErrorCode.QRIS_NOT_PAID))
            return True
        if tenders.tender is Tender.CREDIT and not self._counter.basket.customer_uid:
            self.customer_wanted.emit()
            return True
        self._take(Part(tenders.tender, tenders.due, reference=reference if tenders.tender is Tender.TRANSFER else ""))
        return True

    def _finish_cash(self, typed: Tendered, leftover: Leftover) -> bool:
        part = Part(Tender.CASH, typed.amount, notes=typed.pieces)
        if typed.amount < self.tenders.due:
            if not (self.tenders.split and typed.amount):
                return False
            self._record(part)
            self.shown.emit()
            return True
        self._pay((*self.tenders.parts, part), leftover)
        return True

    def _take(self, part: Part) -> None:
        """A part without change: the last one, or one of several."""
        if part.amount == self.tenders.rest:
            self._pay((*self.tenders.parts, part), Leftover())
            return
        self._record(part)
        self.shown.emit()

    def _pay(self, parts: tuple[Part, ...], leftover: Leftover) -> None:
        if self._counter.pay_parts(parts, leftover):
            self.over()

    def over(self) -> None:
        """The sale is made, or the basket is gone: nothing is recorded any more."""
        self.flow.stop()
        self._basket_uid = ""
        self.tenders = Tenders()
        self.exchange = None
        self.waits_for_amount = False

    def _record(self, part: Part) -> None:
        self.tenders = self.tenders.with_part(part)

    # --- QRIS -------------------------------------------------------------------------------------------------------

    def _record_qris(self, request: QrisRequest) -> None:
        known = any(part.reference == request.uid for part in self.tenders.parts)
        if not known and request.amount <= self.tenders.rest:
            self._record(Part(Tender.QRIS, request.amount, request.state, request.uid))

    def _qris_money(self, request: QrisRequest) -> None:
        """Somebody stands for the money: the server by itself, or a person who has just pressed so."""
        self._watched.discard(request.uid)
        self._record_qris(request)
        self.flow.stop()
        if self.tenders.is_covered:
            self._pay(self.tenders.parts, Leftover())
        self.shown.emit()

    def _flow_shown(self) -> None:
        if self.flow.request is not None:
            self._watched.add(self.flow.request.uid)
        self.shown.emit()

    def _heard(self, changed: Changed) -> None:
        """The feed may have told of a QR: of the one that is shown, or of one that was shown before."""
        if not changed.sales:
            return
        self.flow.refresh()
        read = self._context.till.store.read
        for uid in tuple(self._watched):
            request = read.qris_request(uid)
            shown = self.flow.request is not None and self.flow.request.uid == uid
            if request is None or request.sale_uid:
                self._watched.discard(uid)
            elif request.is_money and not shown:
                self._watched.discard(uid)
                self._tell_money(request)

    def _tell_money(self, request: QrisRequest) -> None:
        amount = format_rupiah(request.amount)
        if request.state is TenderState.PAID_LATE:
            sentence = tr("QRIS {amount} masuk terlambat. Cocokkan dengan notanya, atau kembalikan.", amount=amount)
            self._context.offered.emit(tr("Uang terlambat"), sentence, tr("Lihat"), lambda: self._context.go.emit("history#late"))
        elif request.basket_uid == self._counter.basket.uid:
            self._context.told.emit("good", tr("QRIS {amount} sudah masuk. Tekan Bayar untuk menyelesaikan.", amount=amount))
        else:
            self._context.told.emit("good", tr("QRIS {amount} sudah masuk, untuk keranjang yang disimpan.", amount=amount))
