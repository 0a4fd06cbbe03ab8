"""Opname: counts that go on and that were booked, and the one that is counted now. Owns the choice; the verbs own the rules."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.domain.people import Act
from pos.domain.product import SellableUnit
from pos.domain.quantity import format_quantity
from pos.domain.stock_take import CountLine, StockTake, TakePart
from pos.services import papers, stock_taking
from pos.services.permission import may_now
from pos.services.views import GoodsFilter
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.moments import moment_text
from pos.ui.operations import attempt, run
from pos.ui.stock.count_dialogs import BeginDialog, CountDialog
from pos.ui.stock.pick import PickField
from pos.ui.stock.rows import Line, LineList
from pos.ui.stock.words import moved_text, part_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.text import Text

_SHEET: Final = 500
_LONG: Final = 300
"""Goods from which a count is booked off the UI thread."""


class CountPage(QWidget):
    """The list of counts, or one of them."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._take: StockTake | None = None
        self.list = LineList()
        self.new = ActionButton(icon="scan-barcode", kind=Kind.NEXT)
        self.first = ActionButton(icon="scan-barcode", kind=Kind.NEXT)
        self.back = ActionButton(icon="arrow-left", role=Role.BACA)
        self.drop = ActionButton(icon="trash-2", role=Role.BACA)
        self.sheet = ActionButton(icon="printer", role=Role.BACA)
        self.title, self.sums = Text("", Role.JUDUL), Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self.pick = PickField(context)
        self.lines = LineList()
        self.rest = CheckRow()
        self.book = ActionButton(icon="check", kind=Kind.NEXT)
        self.book.once = True
        self._empty = EmptyState("pemindai", "", "", self.first)
        self._hint = EmptyState("pemindai", "", px=110)
        self._stack, self._whole = QStackedWidget(), QStackedWidget()
        self._build()
        self.retranslate()

    # --- the room asks ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again."""
        if self._take is not None:
            self._take = self._context.till.store.read.stock_take(self._take.uid)
        if self._take is not None:
            self._show()
            return
        takes = self._context.till.store.read.stock_takes()
        self.list.rows.show([_take_line(take) for take in takes])
        self._whole.setCurrentIndex(0 if takes else 2)

    def scanned(self, code: str) -> bool:
        """In a count a scan is one more of it; on the list there is nothing to count into."""
        if self._take is None:
            self._context.told.emit("info", tr("Mulai opname dulu, lalu pindai barang di rak."))
            return True
        return self.pick.scanned(code)

    def retranslate(self) -> None:
        self.list.setAccessibleName(tr("Daftar opname"))
        self.lines.setAccessibleName(tr("Yang sudah dihitung"))
        for button in (self.new, self.first):
            button.setText(tr("Mulai opname"))
        self.back.setText(tr("Kembali"))
        self.drop.setText(tr("Buang"))
        self.sheet.setText(tr("Cetak lembar hitung"))
        self.book.setText(tr("Catat selisih"))
        self.rest.setText(tr("Yang tidak ketemu dianggap habis"))
        self._empty.set_words(tr("Belum pernah opname"), tr("Hitung rak dengan memindai. Toko tetap bisa jualan sambil dihitung."))
        self._hint.set_words(tr("Pindai barang di rak"), tr("Satu pindaian satu barang. Sentuh barisnya untuk mengetik jumlahnya."))
        self.pick.retranslate()
        self.refresh()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        before = QWidget()
        column = QVBoxLayout(before)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(10))
        column.addWidget(_carded(self.list), 1)
        column.addWidget(self.new)
        counting = QWidget()
        head, foot = QHBoxLayout(), QHBoxLayout()
        for row in (head, foot):
            row.setSpacing(look().px(10))
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.sheet)
        head.addWidget(self.drop)
        foot.addWidget(self.rest, 1)
        foot.addWidget(self.book)
        self._stack.addWidget(_carded(self.lines))
        self._stack.addWidget(self._hint)
        box = QVBoxLayout(counting)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(head)
        box.addWidget(self.pick)
        box.addWidget(self.sums)
        box.addWidget(self._stack, 1)
        box.addLayout(foot)
        for page in (before, counting, self._empty):
            self._whole.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)
        for button in (self.new, self.first):
            on_click(button, self._ask_begin)
        on_click(self.back, self._leave)
        on_click(self.drop, self._drop)
        on_click(self.sheet, self._print_sheet)
        on_click(self.book, self._post)
        self.list.wanted.connect(self._open)
        self.lines.wanted.connect(self._edit)
        self.pick.picked.connect(self._count)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _open(self, uid: str) -> None:
        self._take = self._context.till.store.read.stock_take(uid)
        self._show()
        self.pick.field.setFocus()

    def _show(self) -> None:
        take = self._take
        if take is None:
            return
        self._whole.setCurrentIndex(1)
        open_still = not take.posted_at
        self.title.setText(tr("Opname {part}", part=part_text(take)))
        for widget in (self.pick, self.drop, self.book):
            widget.setVisible(open_still)
        self.rest.setVisible(open_still and take.part is not TakePart.SHELF)
        lines = self._context.till.store.read.count_lines(take.uid)
        self.lines.rows.show([_count_row(line) for line in lines])
        self._show_sums()

    def _show_sums(self) -> None:
        if self._take is not None:
            self.book.setEnabled(self._take.counted > 0)
            self._stack.setCurrentIndex(0 if self._take.counted or self._take.posted_at else 1)
            self.sums.setText(_sums(self._take))

    # --- what a person does -----------------------------------------------------------------------------------------

    def _ask_begin(self) -> None:
        dialog = BeginDialog(self._context, self.window())
        dialog.begun.connect(lambda take: self._open(take.uid))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _count(self, unit: SellableUnit) -> None:
        take = self._take
        if take is None:
            return

        def counted(line: CountLine) -> None:
            # one row and the sums: a count of thousands goes on as quickly as it began
            self.lines.rows.put(_count_row(line), top=True)
            self.lines.choose(line.product_uid)
            self._take = self._context.till.store.read.stock_take(take.uid)
            self._show_sums()

        attempt(self._context, lambda: stock_taking.count(self._context.till, take.uid, unit), counted)

    def _edit(self, product_uid: str) -> None:
        take = self._take
        line = (
            next((line for line in self._context.till.store.read.count_lines(take.uid) if line.product_uid == product_uid), None)
            if take
            else None
        )
        if take is None or line is None or take.posted_at:
            return
        dialog = CountDialog(self._context, take, line, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: self.refresh())
        dialog.open()

    def _leave(self) -> None:
        self._take = None
        self.refresh()

    def _drop(self) -> None:
        if self._take is not None:
            uid = self._take.uid
            attempt(self._context, lambda: stock_taking.drop(self._context.till, uid), lambda _none: self._leave())

    def _post(self) -> None:
        take = self._take
        if take is None:
            return
        rest = self.rest.isVisible() and self.rest.isChecked()
        till = self._context.till
        if take.counted >= _LONG and may_now(till, Act.STOCK):
            run(self._context, lambda _progress: stock_taking.post(till, take.uid, rest), self._posted)
            return
        with_approval(
            self._context, Act.STOCK, lambda approval: stock_taking.post(till, take.uid, rest, approval), self._posted, self.window()
        )

    def _posted(self, take: StockTake) -> None:
        self._take = take
        self.rest.setChecked(False)
        self._context.changed.emit(Changed(stock=True, goods=True, outbox=True))
        self._context.backstage.sync_now()
        self._context.told.emit("good", tr("Opname tercatat. {n} barang selisih.", n=take.differing))
        self.refresh()

    def _print_sheet(self) -> None:
        take, till = self._take, self._context.till
        category = take.name if take is not None and take.part is TakePart.CATEGORY else ""
        rows = till.store.read.goods(GoodsFilter.ALL, "", 0, 20_000 if category else _SHEET)
        rows = [row for row in rows if not category or row.category == category][:_SHEET]

        def queued(_none: None) -> None:
            self._context.backstage.print_now()
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.told.emit("good", tr("Dikirim ke printer."))

        attempt(self._context, lambda: papers.print_count_sheet(till, papers.count_sheet(till, rows, category, blind=False)), queued)


def _carded(view: QWidget) -> Card:
    ground = Card()
    inside = QVBoxLayout(ground)
    inside.setContentsMargins(5, 6, 5, 6)
    inside.addWidget(view)
    return ground


def _take_line(take: StockTake) -> Line:
    state = tr("tercatat") if take.posted_at else tr("lanjutkan")
    return Line(
        take.uid,
        tr("Opname {part}", part=part_text(take)),
        " · ".join(part for part in (moment_text(take.started_at), take.cashier, tr("{n} barang dihitung", n=take.counted)) if part),
        format_rupiah(take.gain + take.loss) if take.differing else tr("sama") if take.counted else "",
        state,
        Token.BATA_TEKS if take.gain + take.loss < 0 else Token.DAUN_TEKS,
        Token.TINTA2 if take.posted_at else Token.KUNYIT_TEKS,
    )


def _count_row(line: CountLine) -> Line:
    """A product that was counted; red where some are missing, green where there are more."""
    counted = f"{format_quantity(line.counted, line.factor)} {line.unit_name}"
    about = tr("dihitung {counted}, catatan {seen}", counted=counted, seen=format_quantity(line.seen, line.factor))
    if line.moved:
        about += " · " + tr("{moved} selagi dihitung", moved=moved_text(line.moved, line.factor, line.unit_name))
    if not line.difference:
        return Line(line.product_uid, line.name, about, tr("sama"), "", Token.TINTA2)
    token = Token.BATA_TEKS if line.difference < 0 else Token.DAUN_TEKS
    difference = moved_text(line.difference, line.factor, line.unit_name)
    return Line(line.product_uid, line.name, about, difference, format_rupiah(line.value), token, token)


def _sums(take: StockTake) -> str:
    parts = [tr("{n} barang dihitung", n=take.counted), tr("{n} selisih", n=take.differing)]
    if take.loss:
        parts.append(tr("kurang {amount}", amount=format_rupiah(-take.loss)))
    if take.gain:
        parts.append(tr("lebih {amount}", amount=format_rupiah(take.gain)))
    return " · ".join(parts)
