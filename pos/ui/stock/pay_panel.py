"""How a delivery is paid: supplier, their paper, discount, transport, now or later. Owns what is typed; keeps each change at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.receiving import AGREED, ALL, PaidFrom, ReceiptDraft, ReceiptHead
from pos.domain.supplier import Supplier, due_at
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.moments import DAY_MS, date_text
from pos.ui.stock.words import read_day
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text

_WHOLE: Final = "whole"
_PART: Final = "part"
_LATER: Final = "later"
_WIB_MS: Final = 25_200_000


def _due_text(head: ReceiptHead, supplier: Supplier | None, now: int) -> str:
    """The day that what is owed is due, as it would be booked now; empty for none."""
    at = head.due_at if head.due_at != AGREED else due_at(supplier, now) if supplier is not None else 0
    return date_text(at) if at else ""


class PayPanel(QWidget):
    """Everything of a delivery but its goods.

    Attributes:
        sums: what it comes to and what of it is owed; whoever shows the panel gives them a place that is never scrolled away.

    Signals:
        changed(ReceiptHead): a person said something else.
    """

    changed = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._draft: ReceiptDraft | None = None
        self.supplier = ActionButton(icon="truck", role=Role.BACA)
        self.paper, self.due = TextField(), TextField()
        self.discount, self.transport, self.part = AmountField(), AmountField(), AmountField()
        self.sums = Rows()
        self.how = Segments([(_WHOLE, ""), (_PART, ""), (_LATER, "")])
        self.source = Segments([(PaidFrom.DRAWER.value, ""), (PaidFrom.OUTSIDE.value, "")])
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        self.paper.set_words(tr("Nomor nota mereka"), label=tr("Nomor nota mereka"))
        self.discount.set_words(tr("Potongan"), label=tr("Potongan"))
        self.transport.set_words(tr("Ongkos angkut"), label=tr("Ongkos"))
        self.due.set_words(tr("Jatuh tempo"), tr("25/11/2027"), label=tr("Jatuh tempo"))
        self.part.set_words(tr("Dibayar sekarang"), label=tr("Dibayar sekarang"))
        self.how.set_words([(_WHOLE, tr("Lunas")), (_PART, tr("Sebagian")), (_LATER, tr("Utang"))])
        self.source.set_words([(PaidFrom.DRAWER.value, tr("Dari laci")), (PaidFrom.OUTSIDE.value, tr("Luar laci"))])
        if self._draft is not None:
            self.show_draft(self._draft)

    def show_draft(self, draft: ReceiptDraft) -> None:
        """As it is on disk. A field that is being typed into is left alone."""
        self._draft = draft
        head = draft.head
        supplier = self._context.till.store.read.supplier(head.supplier_uid) if head.supplier_uid else None
        self.supplier.setText(supplier.name[:28] if supplier is not None else tr("Pilih pemasok"))
        for field, amount in ((self.discount, head.discount), (self.transport, head.transport), (self.part, max(0, head.paid))):
            if not field.hasFocus():
                field.set_amount(amount or None)
        if not self.paper.hasFocus():
            self.paper.setText(head.paper)
        if not self.due.hasFocus():
            self.due.setText(_due_text(head, supplier, self._context.till.clock.now()))
        fixing = bool(draft.corrects)
        self.supplier.setEnabled(not fixing)
        self.how.setVisible(supplier is not None and not fixing)
        self.how.choose(_WHOLE if head.paid == ALL else _PART if head.paid > 0 else _LATER)
        self._show_ways(head, fixing)
        self.source.choose(head.paid_from.value)
        self.sums.show_rows(self._rows(draft))

    def _show_ways(self, head: ReceiptHead, fixing: bool) -> None:
        named = bool(head.supplier_uid)
        self.part.setVisible(named and not fixing and head.paid >= 0 and self.how.current() == _PART)
        self.source.setVisible(not fixing and not (named and head.paid == 0))
        self.due.setVisible(named and not fixing and head.paid != ALL)

    def _rows(self, draft: ReceiptDraft) -> list[Row]:
        head, total = draft.head, draft.total
        rows = [Row(tr("Total"), format_rupiah(total), strong=True)]
        owed = max(0, total) - head.paid_of(max(0, total))
        supplier = self._context.till.store.read.supplier(head.supplier_uid) if head.supplier_uid else None
        if supplier is not None and supplier.consignment:
            rows.append(Row(tr("Titip jual dibayar kalau laku"), ""))
        elif owed and not draft.corrects:
            rows.append(Row(tr("Jadi utang"), format_rupiah(owed), strong=True))
        return rows

    def _build(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(look().px(10))
        both.addWidget(self.discount)
        both.addWidget(self.transport)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(14), look().px(12), look().px(14), look().px(12))
        box.setSpacing(look().px(10))
        box.addWidget(self.supplier)
        box.addWidget(self.paper)
        box.addLayout(both)
        box.addWidget(self.how)
        box.addWidget(self.part)
        box.addWidget(self.due)
        box.addWidget(self.source)
        box.addWidget(self.trouble)
        box.addStretch(1)
        for field in (self.paper, self.discount, self.transport, self.part, self.due):
            field.editingFinished.connect(self.keep)
        self.how.chosen.connect(self._chose_how)
        self.source.chosen.connect(lambda key: self._say(paid_from=PaidFrom(key)))

    def keep(self) -> bool:
        """What is typed becomes the draft's. False when a figure is unclear, and that is said."""
        self.trouble.hide()
        found: dict[str, Rupiah] = {}
        for name, field in (("discount", self.discount), ("transport", self.transport), ("paid", self.part)):
            field.set_faulty(False)
            try:
                found[name] = field.amount() if field.text() else 0
                if found[name] < 0:
                    raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=field.text())
            except ShopError as error:
                field.set_faulty(True)
                self.trouble.setText(error_sentence(error))
                self.trouble.show()
                return False
        try:
            due = self._due()
        except ShopError as error:
            self.due.set_faulty(True)
            self.trouble.setText(error_sentence(error))
            self.trouble.show()
            return False
        self.due.set_faulty(False)
        paid = found["paid"] if self.how.current() == _PART else ALL if self.how.current() == _WHOLE else 0
        self._say(paper=self.paper.text(), discount=found["discount"], transport=found["transport"], paid=paid, due_at=due)
        return True

    def _due(self) -> int:
        """What is typed as the day it is due, in UTC ms; the days agreed while nobody typed another. Raises ShopError UNCLEAR_DATE."""
        draft = self._draft
        if draft is None or self.due.isHidden():
            return AGREED if draft is None else draft.head.due_at
        supplier = self._context.till.store.read.supplier(draft.head.supplier_uid)
        if self.due.text() == _due_text(draft.head, supplier, self._context.till.clock.now()):
            return draft.head.due_at
        day = read_day(self.due.text())
        return day * DAY_MS - _WIB_MS if day else 0

    def _chose_how(self, key: str) -> None:
        self._say(paid={_WHOLE: ALL, _LATER: 0}.get(key, max(1, (self._draft.total if self._draft else 0) // 2)))
        if key == _PART:
            self.part.setFocus()
            self.part.selectAll()

    def _say(self, **fields: object) -> None:
        if self._draft is None:
            return
        head = replace(self._draft.head, **fields)  # type: ignore[arg-type]  # names are those of ReceiptHead
        if head != self._draft.head:
            self.changed.emit(head)
