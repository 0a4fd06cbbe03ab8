"""Belanja: what to buy from whom, what will not keep, what nobody buys. Owns which list is looked at; reads off the UI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.quantity import format_quantity
from pos.domain.shopping import ShoppingList, as_text
from pos.services import stock_lists, stock_papers
from pos.services.stock_views import DeadRow, ExpiringRow
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.moments import date_text
from pos.ui.operations import attempt, run, tell
from pos.ui.stock.rows import Line, LineList
from pos.ui.stock.words import day_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.files import choose_place
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import Text

BUY: Final = "buy"
EXPIRING: Final = "expiring"
DEAD: Final = "dead"
_WORDS: Final = {BUY: later("Daftar kulakan"), EXPIRING: later("Mau kedaluwarsa"), DEAD: later("Tidak laku")}


class ShoppingPage(QWidget):
    """Three lists.

    Attributes:
        lists: what is to be bought, once it was read.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._which = BUY
        self._asked = 0
        self.lists: list[ShoppingList] = []
        self.chips = {key: Chip() for key in _WORDS}
        self.said = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.lines = LineList()
        self.copy = ActionButton(icon="copy", role=Role.BACA)
        self.save = ActionButton(icon="file-down", role=Role.BACA)
        self.print = ActionButton(icon="printer", kind=Kind.NEXT)
        self._empty = EmptyState("kosong_barang", "", px=130)
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    # --- the room asks ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look through the shop again, off the UI thread."""
        self._asked += 1
        asked, till, which = self._asked, self._context.till, self._which
        reads = {BUY: stock_lists.shopping, EXPIRING: stock_lists.expiring, DEAD: stock_lists.dead}
        run(self._context, lambda _progress: reads[which](till), lambda found: self._show(asked, found))  # type: ignore[operator]

    def scanned(self, code: str) -> bool:
        """A scan asks what a product's card says."""
        unit = self._context.till.store.read.find_unit(code)
        if unit is not None:
            self._context.go.emit(f"stock#card/{unit.product_uid}")
        return unit is not None

    def retranslate(self) -> None:
        for key, chip in self.chips.items():
            chip.setText(tr(_WORDS[key]))
        self.lines.setAccessibleName(tr(_WORDS[self._which]))
        self.copy.setText(tr("Salin teks"))
        self.save.setText(tr("Simpan teks"))
        self.print.setText(tr("Cetak daftar"))
        self._empty.set_words(
            *{
                BUY: (tr("Belum perlu kulakan"), tr("Daftar ini terisi kalau stok di bawah minimum atau hampir habis.")),
                EXPIRING: (tr("Tidak ada yang mau kedaluwarsa"), tr("Isi tanggal kedaluwarsa saat kulakan, supaya diingatkan di sini.")),
                DEAD: (tr("Semua barang laku"), tr("Yang {n} hari tidak terjual tampil di sini.", n=stock_lists.DEAD_DAYS)),
            }[self._which]
        )

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        chips, foot = QHBoxLayout(), QHBoxLayout()
        group = QButtonGroup(self)
        for key, chip in self.chips.items():
            group.addButton(chip)
            chips.addWidget(chip)
            on_click(chip, lambda key=key: self._turn(key))  # type: ignore[misc]
        chips.addStretch(1)
        self.chips[BUY].setChecked(True)
        for row in (chips, foot):
            row.setSpacing(look().px(8))
        foot.addWidget(self.said, 1)
        for button in (self.copy, self.save, self.print):
            foot.addWidget(button)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.lines)
        for page in (ground, self._empty):
            self._stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(chips)
        box.addWidget(self._stack, 1)
        box.addLayout(foot)
        on_click(self.copy, self._copy)
        on_click(self.save, self._save)
        on_click(self.print, self._print)
        self.lines.wanted.connect(lambda key: self._context.go.emit(f"stock#card/{key}"))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _turn(self, which: str) -> None:
        self._which = which
        self.retranslate()
        self.refresh()

    def _show(self, asked: int, found: object) -> None:
        """What was found, unless something else was asked meanwhile."""
        if asked != self._asked or not isinstance(found, list):
            return
        self.lists = [each for each in found if isinstance(each, ShoppingList)]
        lines = [line for each in found for line in _lines_of(each, stock_lists.today(self._context.till))]
        self.lines.rows.show(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        for button in (self.copy, self.save, self.print):
            button.setVisible(self._which == BUY and bool(lines))
        self.said.setText(_sum_of(found))

    # --- what a person does -----------------------------------------------------------------------------------------

    def _text(self) -> str:
        title = tr(
            "Daftar kulakan {shop}, {day}", shop=self._context.till.store.read.shop().name, day=date_text(self._context.till.clock.now())
        )
        return as_text(self.lists, tr("Tanpa pemasok"), title)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._context.told.emit("good", tr("Tersalin. Tempel di pesan untuk agen."))

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        choose_place(self.window(), tr("Simpan teks"), Path(folder) / "daftar-kulakan.txt", self._write)

    def _write(self, path: str) -> None:
        try:
            Path(path).write_text(self._text(), encoding="utf-8")
        except OSError:
            tell(self._context, ShopError(ErrorCode.FOLDER_READ_ONLY))
            return
        self._context.told.emit("good", tr("{file} tersimpan", file=Path(path).name))

    def _print(self) -> None:
        def queued(_none: None) -> None:
            self._context.backstage.print_now()
            self._context.changed.emit(Changed(print_jobs=True))
            self._context.told.emit("good", tr("Dikirim ke printer."))

        attempt(self._context, lambda: stock_papers.print_shopping(self._context.till, self.lists), queued)


def _lines_of(found: object, today: int) -> list[Line]:
    if isinstance(found, ShoppingList):
        who = found.supplier or tr("Tanpa pemasok")
        return [
            Line(
                line.product_uid,
                line.name,
                " · ".join((who, tr("sisa {count}", count=f"{format_quantity(line.on_hand, line.factor)} {line.unit_name}"))),
                f"{line.count} {line.unit_name}",
                tr("kira-kira {amount}", amount=format_rupiah(line.about)) if line.about else "",
            )
            for line in found.lines
        ]
    if isinstance(found, ExpiringRow):
        over = found.expires_on < today
        said = tr("sudah lewat {day}", day=day_text(found.expires_on)) if over else tr("sampai {day}", day=day_text(found.expires_on))
        left = f"{format_quantity(found.left, found.factor)} {found.unit_name}"
        about = tr("Jual yang ini dulu") if not over else tr("Pisahkan dari rak")
        return [Line(found.product_uid, found.name, about, left, said, below_token=Token.BATA_TEKS if over else Token.KUNYIT_TEKS)]
    if isinstance(found, DeadRow):
        sold = tr("terakhir terjual {day}", day=date_text(found.sold_at)) if found.sold_at else tr("belum pernah terjual")
        left = f"{format_quantity(found.on_hand, found.factor)} {found.unit_name}"
        return [Line(found.product_uid, found.name, sold, format_rupiah(found.value), left)]
    return []


def _sum_of(found: list[object]) -> str:
    rupiah = sum(
        each.about if isinstance(each, ShoppingList) else each.value
        for each in found
        if isinstance(each, ShoppingList | ExpiringRow | DeadRow)
    )
    return tr("Semua kira-kira {amount}", amount=format_rupiah(rupiah)) if rupiah else ""
