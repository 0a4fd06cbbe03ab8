"""Kartu stok: every movement of a product with its cause and what was there after it. Owns the product and the filter."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.money import format_rupiah
from pos.domain.papers import StockCard
from pos.domain.product import Product, SellableUnit
from pos.domain.quantity import format_quantity
from pos.domain.stock import MovementReason
from pos.services import stock_papers
from pos.services.stock_views import CardRow
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.moments import DAY_MS, moment_text
from pos.ui.operations import attempt, tell
from pos.ui.papers import saving
from pos.ui.stock.out_dialog import OutDialog
from pos.ui.stock.pick import PickField
from pos.ui.stock.rows import Line, LineList
from pos.ui.stock.words import moved_text, reason_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

_ALL: Final = "all"
_GROUPS: Final = {
    _ALL: (),
    "sold": (MovementReason.SALE, MovementReason.ORDER, MovementReason.RETURN),
    "in": (MovementReason.RECEIPT, MovementReason.OPENING),
    "counted": (MovementReason.STOCK_TAKE,),
    "out": (MovementReason.DAMAGED, MovementReason.OWN_USE, MovementReason.CONSIGNMENT_RETURN, MovementReason.REPACK, MovementReason.OTHER),
}
_WORDS: Final = {
    _ALL: later("Semua"),
    "sold": later("Jualan"),
    "in": later("Masuk"),
    "counted": later("Opname"),
    "out": later("Lainnya"),
}
_SPANS: Final = {0: later("Kapan saja"), 7: later("7 hari"), 30: later("30 hari")}
_MOST: Final = 500


class CardPage(QWidget):
    """A product's card."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.product_uid = ""
        self._group, self._days = _ALL, 0
        self.pick = PickField(context)
        self.title, self.about = Text("", Role.JUDUL), Text("", Role.BACA, Token.TINTA2, 400)
        self.kinds = {key: Chip() for key in _GROUPS}
        self.spans = {days: Chip() for days in _SPANS}
        self.lines = LineList()
        self.out = ActionButton(icon="package-x", kind=Kind.NEXT)
        self.print = ActionButton(icon="printer", role=Role.BACA)
        self.pdf = ActionButton(icon="file-down", role=Role.BACA)
        self._hint = EmptyState("kosong_barang", "", px=130)
        self._nothing = EmptyState("kosong_nota", "", px=110)
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    # --- the room asks ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the card again."""
        product = self._context.till.store.read.product(self.product_uid) if self.product_uid else None
        for part in (self.title, self.about, self.out, self.print, self.pdf, *self.kinds.values(), *self.spans.values()):
            part.setVisible(product is not None)
        if product is None:
            self._stack.setCurrentIndex(1)
            return
        unit = product.units[product.sell_unit]
        on_hand = self._context.till.store.read.on_hand(product.uid)
        self.title.setText(product.name[:60])
        self.about.setText(tr("sisa {count}", count=f"{format_quantity(on_hand, unit.factor)} {unit.name}"))
        rows = self._context.till.store.read.stock_card(product.uid, _GROUPS[self._group], self._since(), 0, _MOST)
        self.lines.rows.show([_card_line(row, product) for row in rows])
        self._stack.setCurrentIndex(0 if rows else 2)

    def scanned(self, code: str) -> bool:
        return self.pick.scanned(code)

    def show_product(self, product_uid: str) -> None:
        """The card of another product."""
        self.product_uid = product_uid
        self.refresh()

    def retranslate(self) -> None:
        for key, chip in self.kinds.items():
            chip.setText(tr(_WORDS[key]))
        for days, chip in self.spans.items():
            chip.setText(tr(_SPANS[days]))
        self.lines.setAccessibleName(tr("Kartu stok"))
        self.out.setText(tr("Keluarkan barang"))
        self.print.setText(tr("Cetak"))
        self.pdf.setText(tr("Simpan PDF"))
        self._hint.set_words(tr("Kartu stok barang apa?"), tr("Pindai barangnya, atau cari namanya di atas."))
        self._nothing.set_words(tr("Tidak ada gerak di sini"), tr("Pilih Semua atau waktu yang lebih panjang."))
        self.pick.retranslate()
        self.refresh()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.lines)
        for page in (ground, self._hint, self._nothing):
            self._stack.addWidget(page)
        words, chips, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (words, chips, foot):
            row.setSpacing(look().px(8))
        words.addWidget(self.title, 1)
        words.addWidget(self.about)
        for kinds in (self.kinds, self.spans):
            group = QButtonGroup(self)
            for chip in kinds.values():
                group.addButton(chip)
                chips.addWidget(chip)
            next(iter(kinds.values())).setChecked(True)
            chips.addSpacing(look().px(10))
        chips.addStretch(1)
        for button in (self.print, self.pdf):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.out)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self.pick)
        box.addLayout(words)
        box.addLayout(chips)
        box.addWidget(self._stack, 1)
        box.addLayout(foot)
        self.pick.picked.connect(self._picked)
        for key, chip in self.kinds.items():
            on_click(chip, lambda key=key: self._filter(key, self._days))  # type: ignore[misc]
        for days, chip in self.spans.items():
            on_click(chip, lambda days=days: self._filter(self._group, days))  # type: ignore[misc]
        self.lines.wanted.connect(self._open_cause)
        on_click(self.out, self._take_out)
        on_click(self.print, self._print)
        on_click(self.pdf, self._save)

    # --- what a person does -----------------------------------------------------------------------------------------

    def _picked(self, unit: SellableUnit) -> None:
        self.show_product(unit.product_uid)

    def _filter(self, group: str, days: int) -> None:
        self._group, self._days = group, days
        self.refresh()

    def _since(self) -> int:
        return self._context.till.clock.now() - self._days * DAY_MS if self._days else 0

    def _open_cause(self, key: str) -> None:
        """A sale is shown in the history; the other causes say all they have on the card."""
        reason, _, cause = key.partition(" ")
        uid = cause.partition(" ")[0]
        if reason in (MovementReason.SALE.value, MovementReason.RETURN.value):
            self._context.go.emit(f"history#{uid}")

    def _take_out(self) -> None:
        product = self._context.till.store.read.product(self.product_uid)
        if product is None:
            return
        dialog = OutDialog(self._context, product, self.window())
        dialog.booked.connect(self.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _card(self) -> StockCard:
        return stock_papers.card_of(self._context.till, self.product_uid, _GROUPS[self._group], self._since(), 0)

    def _print(self) -> None:
        def queued(_none: None) -> None:
            self._context.backstage.print_now()
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.told.emit("good", tr("Dikirim ke printer."))

        attempt(self._context, lambda: stock_papers.print_card(self._context.till, self._card()), queued)

    def _save(self) -> None:
        try:
            document = stock_papers.card_page(self._context.till, self._card())
        except ShopError as error:
            tell(self._context, error)
            return
        title, logo = f"{tr('Kartu stok')} {self.title.text()}", self._context.backstage.page_logo()

        def write(path: str) -> None:
            from pos.ui.pdf.page import Page, write_document

            saving.write(self._context, path, lambda: write_document(document, path, Page.A4, title, logo))

        saving.ask_for_pdf(self.window(), title, write)


def _card_line(row: CardRow, product: Product) -> Line:
    unit = product.units[product.sell_unit]
    said = row.number or row.note
    about = " · ".join(part for part in (moment_text(row.at), row.note if row.number else "") if part)
    worth = tr("modal {amount}", amount=format_rupiah(row.cost)) if row.cost else ""
    about = " · ".join(part for part in (about, worth) if part)
    return Line(
        f"{row.reason.value} {row.cause} {row.at} {row.balance}",
        " ".join(part for part in (reason_text(row.reason), said) if part),
        about,
        moved_text(row.quantity, unit.factor, unit.name),
        tr("sisa {count}", count=format_quantity(row.balance, unit.factor)),
        Token.BATA_TEKS if row.quantity < 0 else Token.DAUN_TEKS,
    )
