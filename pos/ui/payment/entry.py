"""Before the sale: what is being paid, the ways to pay, and the panel of the chosen one. Shows what `Taking` has; acts on nothing.

In a narrow window there is no summary: the ways are keys above the panel, and the total stands with the money.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.credit import due_at
from pos.domain.money import Rupiah
from pos.domain.sale import Tender
from pos.ui.language import tr
from pos.ui.payment.desk import MoneyDesk
from pos.ui.payment.other_panels import CreditPanel, PartDesk, SplitNote, TransferPanel
from pos.ui.payment.parts import paid_text
from pos.ui.payment.qris_panel import QrisPanel
from pos.ui.payment.summary import SummaryCard
from pos.ui.payment.taking import Taking
from pos.ui.payment.ways import WayCards, WayKeys
from pos.ui.payment.words import way_lines
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind


class Entry(QWidget):
    """The left of the payment page.

    Attributes:
        summary, ways, way_keys, desk, part_desk, qris, transfer, credit, titipan_button, parts_button: its parts, for whoever acts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = SummaryCard()
        self.ways, self.way_keys, self.split_note = WayCards(), WayKeys(), SplitNote()
        self.titipan_button = ActionButton("", "hand-coins", kind=Kind.FILL)
        self.parts_button = ActionButton("", "split", kind=Kind.FILL)
        self.desk, self.part_desk, self.qris = MoneyDesk(), PartDesk(), QrisPanel()
        self.transfer, self.credit = TransferPanel(), CreditPanel()
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(11))
        column.addWidget(self.summary, 1)
        column.addWidget(self.ways)
        self._side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._panels = QStackedWidget()
        for panel in (self.desk, self.part_desk, self.qris, self.transfer, self.credit):
            self._panels.addWidget(panel)
        # widths are shares of the window, whatever stands in the panels
        self._panels.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._compact = False
        middle = QVBoxLayout()
        middle.setSpacing(look().px(10))
        for above in (self.way_keys, self.split_note, self.parts_button):
            middle.addWidget(above)
        middle.addWidget(self._panels, 1)
        middle.addWidget(self.titipan_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(self._side, 33)
        row.addLayout(middle, 43)
        # what is not there yet must not make the window larger than it is
        for later in (self.split_note, self.parts_button, self.titipan_button):
            later.hide()
        self.set_compact(compact=False)

    def retranslate(self) -> None:
        """Every word anew."""
        for part in (self.ways, self.way_keys, self.desk, self.part_desk, self.qris, self.transfer, self.credit):
            part.retranslate()
        self.titipan_button.setText(tr("Pakai titipan"))

    def clear(self) -> None:
        """Nothing is counted, typed or tapped any more."""
        self.desk.clear()
        self.transfer.begin(0)

    def set_compact(self, compact: bool) -> None:
        """A narrow window."""
        self._compact = compact
        self._side.setVisible(not compact)
        self.way_keys.setVisible(compact)
        self.qris.set_compact(compact)
        self._fold(parts=False)

    def _fold(self, *, parts: bool) -> None:
        """In a narrow window the parts are behind a button, which takes the place of the quick amounts."""
        self.parts_button.setVisible(self._compact and parts)
        self.desk.set_dense(self._compact and parts)

    def show_taking(self, taking: Taking, basket: Basket, cash_due: Rupiah, number: str, now: int) -> None:
        """What is paid by now, and the panel of the chosen way. `cash_due`: the whole in cash, rounded; `now` UTC ms."""
        tenders = taking.tenders
        exchange = min(taking.exchange.amount, basket.total) if taking.exchange else 0
        left = 0 if tenders.is_covered else tenders.due
        due = cash_due if tenders.tender is Tender.CASH and not tenders.parts else tenders.total
        self.summary.show_basket(basket, due, number, exchange)
        self.summary.parts.show_parts(tenders.parts, left)
        # where the summary has no place, the total stands with the money
        self.desk.show_total(due if self._compact else None)
        self.ways.say(way_lines(taking.customer, taking.owed()))
        for ways in (self.ways, self.way_keys):
            ways.show_way(tenders.tender, tenders.split)
        # where there is little room, the key of the row says so
        self.split_note.show_rest(tenders.split and not self._compact, left)
        self._panels.setCurrentWidget(self._panel(taking, now))
        self.parts_button.setText(paid_text(tenders.parts))
        self._fold(parts=bool(tenders.parts))
        if tenders.tender is Tender.CASH:
            self.desk.begin(left)

    def _panel(self, taking: Taking, now: int) -> QWidget:
        """The panel of the chosen way, filled in."""
        tenders = taking.tenders
        if taking.waits_for_amount:
            if self._panels.currentWidget() is not self.part_desk or self.part_desk.tender is not tenders.tender:
                self.part_desk.begin(tenders.tender, tenders.rest)
            return self.part_desk
        if tenders.tender is Tender.QRIS:
            request = taking.flow.request
            if request is not None:
                self.qris.show_request(request, taking.flow.left_ms)
            else:
                self.qris.show_asking(tenders.due)
            return self.qris
        if tenders.tender is Tender.TRANSFER:
            self.transfer.begin(tenders.due, keep=True)
            return self.transfer
        if tenders.tender is Tender.CREDIT:
            customer = taking.customer
            self.credit.show_customer(customer, taking.owed(), tenders.due, due_at(customer, now) if customer else 0)
            return self.credit
        return self.desk
