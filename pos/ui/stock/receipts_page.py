"""Kulakan: deliveries that are being checked, and what was booked; one of them looked at. Owns the choice."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.domain.product import SellableUnit
from pos.domain.quantity import format_quantity
from pos.domain.receiving import Receipt, ReceiptDraft
from pos.services import papers, receipts, receiving, stock_lists
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.operations import attempt, run
from pos.ui.stock.draft_page import DraftPage
from pos.ui.stock.price_dialog import PriceDialog
from pos.ui.stock.rows import Line, LineList
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.text import Text

_MOST: Final = 200
"""Receipts of the list, and lines of one that are shown beside it and looked at for their prices."""
_DRAFT: Final = "draft:"


class ReceiptsPage(QWidget):
    """The list and a receipt beside it; a draft takes the whole page."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._chosen = ""
        self.list = LineList()
        self.new = ActionButton(icon="package-plus", kind=Kind.NEXT)
        self.begin = ActionButton(icon="package-plus", kind=Kind.NEXT)
        self.title, self.about = Text("", Role.JUDUL), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.goods = LineList()
        self.fix = ActionButton(icon="pencil", role=Role.BACA)
        self.prices = ActionButton(icon="tag", role=Role.BACA)
        self.print = ActionButton(icon="printer", role=Role.BACA)
        self.draft = DraftPage(context)
        self._empty = EmptyState("kosong_barang", "", "", self.begin)
        self._whole = QStackedWidget()
        self._build()
        self.retranslate()

    # --- the room asks ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again."""
        read = self._context.till.store.read
        drafts, booked = read.receipt_drafts(), read.receipts(0, _MOST)
        rows = [
            Line(
                f"{_DRAFT}{draft.uid}",
                tr("Perbaikan belum dicatat") if draft.corrects else tr("Belum dicatat"),
                tr("{n} barang, mulai {moment}", n=draft.lines, moment=moment_text(draft.started_at)),
                format_rupiah(max(0, draft.total)),
                tr("lanjutkan"),
                below_token=Token.KUNYIT_TEKS,
            )
            for draft in drafts
        ]
        rows += [
            Line(
                row.uid,
                row.supplier or row.first_names,
                " · ".join(part for part in (moment_text(row.at), row.number, row.paper) if part),
                format_rupiah(row.total),
                tr("perbaikan {number}", number=row.corrects) if row.corrects else tr("diperbaiki") if row.corrected else "",
            )
            for row in booked
        ]
        self.list.rows.show(rows)
        if self._whole.currentWidget() is not self.draft:
            self._whole.setCurrentIndex(0 if rows else 2)
        if booked and not any(row.uid == self._chosen for row in booked):
            self._chosen = booked[0].uid
        self._show()

    def scanned(self, code: str) -> bool:
        """On the list a scan begins a delivery; in a delivery it is a line."""
        if self._whole.currentWidget() is self.draft:
            return self.draft.scanned(code)
        unit = self._context.till.store.read.find_unit(code)
        if isinstance(unit, SellableUnit):
            self._begin()
        return self.draft.scanned(code)

    def open_draft(self, draft: ReceiptDraft) -> None:
        """Go on with a delivery."""
        if self.draft.open(draft.uid):
            self._whole.setCurrentWidget(self.draft)

    def retranslate(self) -> None:
        self.list.setAccessibleName(tr("Daftar kulakan"))
        self.goods.setAccessibleName(tr("Isi kulakan"))
        for button in (self.new, self.begin):
            button.setText(tr("Kulakan baru"))
        self.fix.setText(tr("Perbaiki"))
        self.prices.setText(tr("Usul harga"))
        self.print.setText(tr("Cetak"))
        self._empty.set_words(tr("Belum ada kulakan"), tr("Barang datang? Pindai satu per satu, isi harganya, lalu catat."))
        self.draft.retranslate()
        self._show()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground, panel = Card(), Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.list)
        left = QVBoxLayout()
        left.setSpacing(look().px(10))
        left.addWidget(ground, 1)
        left.addWidget(self.new)
        shown = QVBoxLayout(panel)
        shown.setContentsMargins(look().px(14), look().px(12), look().px(14), look().px(14))
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(8))
        for button in (self.print, self.prices, self.fix):
            buttons.addWidget(button)
        for part in (self.title, self.about):
            shown.addWidget(part)
        shown.addWidget(self.goods, 1)
        shown.addLayout(buttons)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addLayout(left, 1)
        row.addWidget(panel)
        self._panel = panel
        for page in (both, self.draft, self._empty):
            self._whole.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._whole)
        self.list.wanted.connect(self._choose)
        self.draft.left.connect(self._back)
        self.draft.posted.connect(self._posted)
        for button in (self.new, self.begin):
            on_click(button, self._begin)
        on_click(self.fix, self._fix)
        on_click(self.prices, self._prices)
        on_click(self.print, self._print)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.setFixedWidth(self.width() * 48 // 100)

    # --- what a person does -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        receipt = self._context.till.store.read.receipt(self._chosen, _MOST) if self._chosen else None
        self._panel.setVisible(receipt is not None)
        if receipt is None:
            return
        self.list.choose(receipt.uid)
        self.title.setText(receipt.number)
        self.about.setText(self._about(receipt))
        self.goods.rows.show(
            [
                Line(
                    str(line.position),
                    line.name,
                    f"{format_quantity(line.quantity, line.factor)} {line.unit_name}",
                    format_rupiah(line.amount or 0),
                    tr("modal {amount}", amount=format_rupiah(line.cost)) if line.cost != line.amount else "",
                )
                for line in receipt.lines
            ]
            + ([Line("", tr("Selebihnya di kertasnya"))] if len(receipt.lines) == _MOST else [])
        )
        self.fix.setEnabled(not receipt.corrects)

    def _about(self, receipt: Receipt) -> str:
        parts = [moment_text(receipt.at), receipt.cashier, tr("Jumlah {amount}", amount=format_rupiah(receipt.total))]
        if receipt.total > receipt.paid and not receipt.corrects:
            parts.append(tr("utang {amount}", amount=format_rupiah(receipt.total - receipt.paid)))
        return " · ".join(part for part in parts if part)

    def _choose(self, key: str) -> None:
        draft = self._context.till.store.read.receipt_draft(key.removeprefix(_DRAFT)) if key.startswith(_DRAFT) else None
        if draft is not None:
            self.open_draft(draft)
        elif not key.startswith(_DRAFT):
            self._chosen = key
            self._show()

    def _begin(self) -> None:
        attempt(self._context, lambda: receiving.open_draft(self._context.till), self.open_draft)

    def _back(self) -> None:
        self._whole.setCurrentIndex(0)
        self.refresh()

    def _posted(self, receipt: Receipt) -> None:
        self._chosen = receipt.uid
        self._back()
        if not receipt.corrects and len(receipt.lines) <= _MOST and stock_lists.suggestions(self._context.till, receipt):
            self._prices()

    def _fix(self) -> None:
        till, uid = self._context.till, self._chosen
        run(self._context, lambda _progress: receipts.put_right(till, uid), self.open_draft)

    def _prices(self) -> None:
        receipt = self._context.till.store.read.receipt(self._chosen, _MOST)
        if receipt is not None:
            dialog = PriceDialog(self._context, receipt, self.window())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _print(self) -> None:
        def queued(_copy: int) -> None:
            self._context.backstage.print_now()
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.told.emit("good", tr("Dikirim ke printer."))

        till, uid = self._context.till, self._chosen
        run(self._context, lambda _progress: papers.print_goods_receipt(till, receipts.paper_of(till, uid)), queued)
