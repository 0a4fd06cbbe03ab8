"""A delivery while it is checked: goods by scanning, and how they are paid. Every change is on disk before it is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.people import Act, Approval
from pos.domain.product import SellableUnit
from pos.domain.quantity import format_quantity
from pos.domain.receiving import Receipt, ReceiptDraft, ReceiptHead, ReceiptLine
from pos.services import receipts, receiving
from pos.services.permission import may_now
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import attempt, run, tell
from pos.ui.shell.areas import scrolled
from pos.ui.stock.line_dialog import LineDialog
from pos.ui.stock.pay_panel import PayPanel
from pos.ui.stock.pick import PickField
from pos.ui.stock.rows import Line, LineList
from pos.ui.stock.supplier_dialog import SupplierDialog
from pos.ui.stock.words import day_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.text import Text

_SIDE: Final = 400
_PAGE: Final = 100
_NO_MORE: Final = 2**31
_LONG: Final = 300
"""Lines from which posting is done off the UI thread."""


class DraftPage(QWidget):
    """One delivery.

    Signals:
        left(): back to the list.
        posted(Receipt): it is a fact now.
    """

    left = Signal()
    posted = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._draft: ReceiptDraft | None = None
        # product uid -> whether a date is asked for
        self._tracked: dict[str, bool] = {}
        self._last = _NO_MORE
        self.back = ActionButton(icon="arrow-left", role=Role.BACA)
        self.title = Text("", Role.JUDUL)
        self.pick = PickField(context)
        self.lines = LineList()
        self.pay = PayPanel(context)
        self.book = ActionButton(icon="check", kind=Kind.NEXT)
        self.book.once = True
        self.drop = ActionButton(icon="trash-2", role=Role.BACA)
        self._empty = EmptyState("pemindai", "", px=110)
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        self.back.setText(tr("Kembali"))
        self.drop.setText(tr("Buang"))
        self.lines.setAccessibleName(tr("Barang yang datang"))
        self._empty.set_words(tr("Pindai barang yang datang"), tr("Tiap pindaian langsung tersimpan, juga kalau listrik mati."))
        self.pick.retranslate()
        self.pay.retranslate()
        self._show_head()

    def open(self, draft_uid: str) -> bool:
        """Show a draft. False when it is gone."""
        self._draft = self._context.till.store.read.receipt_draft(draft_uid)
        if self._draft is None:
            return False
        self._tracked, self._last = {}, _NO_MORE
        self.lines.rows.show(self._page(), self._page)
        self._show_head()
        self.pick.field.setFocus()
        return True

    def scanned(self, code: str) -> bool:
        return self.pick.scanned(code)

    def _page(self) -> list[Line]:
        """The next lines, the last scanned first."""
        if self._draft is None:
            return []
        lines = self._context.till.store.read.newest_draft_lines(self._draft.uid, self._last, _PAGE)
        self._last = lines[-1].position if lines else 0
        return [_line(line, self._wants_date(line)) for line in lines]

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(look().px(12))
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.drop)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.lines)
        self._stack.addWidget(ground)
        self._stack.addWidget(self._empty)
        left = QVBoxLayout()
        left.setSpacing(look().px(10))
        left.addLayout(head)
        left.addWidget(self.pick)
        left.addWidget(self._stack, 1)
        self._side = Card()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(4, 4, 4, look().px(12))
        side.addWidget(scrolled(self.pay), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(look().px(12), 0, look().px(12), 0)
        foot.addWidget(self.pay.sums)
        foot.addWidget(self.book)
        side.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addLayout(left, 1)
        row.addWidget(self._side)
        on_click(self.back, self.left.emit)
        on_click(self.drop, self._drop)
        on_click(self.book, self._post)
        on_click(self.pay.supplier, self._ask_supplier)
        self.pay.changed.connect(self._set_head)
        self.pick.picked.connect(self._add)
        self.lines.wanted.connect(self._edit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(min(look().px(_SIDE), self.width() * 42 // 100))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_head(self) -> None:
        draft = self._draft
        if draft is None:
            return
        self.title.setText(tr("Perbaiki kulakan") if draft.corrects else tr("Kulakan baru"))
        self.book.setText(tr("Catat perbaikan") if draft.corrects else tr("Catat {amount}", amount=format_rupiah(max(0, draft.total))))
        self.book.setEnabled(draft.lines > 0)
        self._stack.setCurrentIndex(0 if draft.lines else 1)
        self.pay.show_draft(draft)

    def _renew(self) -> None:
        """The sums as they are on disk."""
        if self._draft is not None:
            self._draft = self._context.till.store.read.receipt_draft(self._draft.uid)
        if self._draft is None:
            tell(self._context, ShopError(ErrorCode.RECEIPT_POSTED))
            self.left.emit()
        self._show_head()

    def _wants_date(self, line: ReceiptLine) -> bool:
        if line.expires_on:
            return False
        if line.product_uid not in self._tracked:
            self._tracked[line.product_uid] = self._context.till.store.read.care(line.product_uid).tracks_expiry
        return self._tracked[line.product_uid]

    # --- what a person does -----------------------------------------------------------------------------------------

    def _add(self, unit: SellableUnit) -> None:
        if self._draft is None:
            return
        uid = self._draft.uid
        if attempt(self._context, lambda: receiving.add_unit(self._context.till, uid, unit), self._put):
            self._renew()

    def _put(self, line: ReceiptLine) -> None:
        self.lines.rows.put(_line(line, self._wants_date(line)), top=True)
        self.lines.choose(str(line.position))

    def _edit(self, key: str) -> None:
        draft = self._draft
        if draft is None:
            return
        line = self._context.till.store.read.receipt_draft_line(draft.uid, int(key))
        if line is None:
            self._renew()
            return
        dialog = LineDialog(self._context, draft.uid, line, self.window())
        dialog.removed.connect(self._removed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: self._look_again(draft.uid, int(key)))
        dialog.open()

    def _look_again(self, draft_uid: str, position: int) -> None:
        """A line was in a person's hands."""
        line = self._context.till.store.read.receipt_draft_line(draft_uid, position)
        if line is None:
            self.lines.rows.drop(str(position))
        else:
            self._put(line)
        self._renew()

    def _removed(self, line: ReceiptLine) -> None:
        draft = self._draft
        if draft is None:
            return

        def back() -> None:
            if attempt(self._context, lambda: receiving.restore_line(self._context.till, draft.uid, line)):
                self._look_again(draft.uid, line.position)

        self._context.offered.emit(tr("Baris dihapus"), line.name[:40], tr("Kembalikan"), back)

    def _ask_supplier(self) -> None:
        dialog = SupplierDialog(self._context, self.window())
        dialog.chosen.connect(lambda uid: self.pay._say(supplier_uid=uid))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_head(self, head: ReceiptHead) -> None:
        if self._draft is not None:
            uid = self._draft.uid
            attempt(self._context, lambda: receiving.set_head(self._context.till, uid, head))
            self._renew()

    def _drop(self) -> None:
        draft = self._draft
        if draft is None:
            return
        lines = self._context.till.store.read.receipt_draft_lines(draft.uid)

        def back() -> None:
            if attempt(self._context, lambda: receiving.restore_draft(self._context.till, draft, lines)):
                self._context.changed.emit(Changed(stock=True))

        receiving.drop_draft(self._context.till, draft.uid)
        self.left.emit()
        self._context.offered.emit(tr("Kulakan dibuang"), tr("Belum ada yang dicatat."), tr("Kembalikan"), back)

    def _post(self) -> None:
        if self._draft is None or not self.pay.keep():
            return
        draft, till = self._draft, self._context.till
        self.book.setEnabled(False)
        act = Act.STOCK if draft.corrects else Act.CASH_OUT
        if draft.lines >= _LONG and may_now(till, act):
            run(self._context, lambda _progress: receipts.post(till, draft.uid, draft.total), self._booked, self._refused)
            return

        def do(approval: Approval | None) -> Receipt:
            return receipts.post(till, draft.uid, draft.total, approval)

        with_approval(self._context, act, do, self._booked, self.window())
        self.book.setEnabled(True)

    def _refused(self, error: ShopError) -> None:
        tell(self._context, error)
        self.book.setEnabled(True)

    def _booked(self, receipt: Receipt) -> None:
        self.book.setEnabled(True)
        changed = Changed(stock=True, goods=True, session=True, outbox=True, print_jobs=True, suppliers=True)
        self._context.changed.emit(changed)
        self._context.backstage.sync_now()
        self._context.backstage.print_now()
        self._context.told.emit("good", tr("Kulakan {number} tercatat.", number=receipt.number))
        self.posted.emit(receipt)


def _line(line: ReceiptLine, wants_date: bool) -> Line:
    """A line of a delivery as a row; `wants_date`: these goods have a date, and nobody has typed it."""
    count = f"{format_quantity(line.quantity, line.factor)} {line.unit_name}"
    each = tr("{price} per {unit}", price=format_rupiah(line.unit_cost), unit=line.unit_name) if line.unit_cost is not None else ""
    keeps = tr("sampai {day}", day=day_text(line.expires_on)) if line.expires_on else tr("isi tanggalnya") if wants_date else ""
    missing = line.amount is None
    return Line(
        str(line.position),
        line.name,
        " · ".join(part for part in (count, each) if part),
        tr("isi harga") if missing else format_rupiah(line.amount or 0),
        keeps,
        Token.BATA_TEKS if missing else Token.TINTA,
        Token.KUNYIT_TEKS if wants_date else Token.TINTA2,
    )
