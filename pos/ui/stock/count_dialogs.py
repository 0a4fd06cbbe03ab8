"""What is asked in a count: which goods it is about, and how many of one there are. Own what is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import format_quantity, parse_quantity
from pos.domain.stock_take import LONGEST_SHELF, CountLine, StockTake, TakePart
from pos.services import stock_taking
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.operations import attempt
from pos.ui.stock.rows import Line, LineList
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class BeginDialog(Dialog):
    """Accepted once a count has begun.

    Signals:
        begun(StockTake): it can be counted into.
    """

    begun = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Mulai opname"), parent, 560)
        self._context = context
        words = ((TakePart.ALL, tr("Semua barang")), (TakePart.CATEGORY, tr("Satu kategori")), (TakePart.SHELF, tr("Satu rak")))
        self.parts = Segments([(part.value, word) for part, word in words])
        self.shelf = TextField(tr("Nama rak"), tr("misalnya: rak depan"), label=tr("Nama rak (boleh kosong)"))
        self.shelf.setMaxLength(LONGEST_SHELF)
        self.categories = LineList()
        self.categories.setAccessibleName(tr("Kategori"))
        self.categories.setFixedHeight(look().px(73 * 3 + 4))
        self.categories.rows.show([Line(name, name, tr("{n} barang", n=count)) for name, count in context.till.store.read.categories()])
        said = tr("Toko tetap bisa jualan. Yang terjual sambil dihitung ikut diperhitungkan.")
        for part in (self.parts, self.categories, self.shelf, Text(said, Role.BACA, Token.TINTA2, 400, wrap=True)):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Mulai"), Kind.PRIMARY, "check")
        on_click(self.yes, self._begin)
        self.parts.chosen.connect(self._turn)
        self.categories.wanted.connect(lambda _key: self._turn(self.parts.current()))
        self._turn(TakePart.ALL.value)

    def scanned(self, code: str) -> bool:
        """Counting begins in a moment; nothing of the scan is typed."""
        self._context.sound.emit("error")
        return True

    def _turn(self, key: str) -> None:
        self.categories.setVisible(key == TakePart.CATEGORY.value)
        self.shelf.setVisible(key == TakePart.SHELF.value)
        self.yes.setEnabled(key != TakePart.CATEGORY.value or self.categories.currentIndex().isValid())

    def _begin(self) -> None:
        part = TakePart(self.parts.current())
        chosen = self.categories.currentIndex()
        name = {
            TakePart.CATEGORY: self.categories.rows.lines[chosen.row()].key if chosen.isValid() else "",
            TakePart.SHELF: self.shelf.text(),
        }.get(part, "")

        def begun(take: StockTake) -> None:
            self.accept()
            self.begun.emit(take)

        attempt(self._context, lambda: stock_taking.begin(self._context.till, part, name), begun)


class CountDialog(Dialog):
    """How many there are in all, typed at once; or the line is forgotten. Accepted once it is kept."""

    def __init__(self, context: UiContext, take: StockTake, line: CountLine, parent: QWidget | None = None) -> None:
        super().__init__(line.name[:60], parent, 520)
        self._context, self._take, self._line = context, take, line
        label = tr("Ada berapa {unit}?", unit=line.unit_name)
        self.count = TextField(label, label=label, role=Role.SUB)
        self.count.setText(format_quantity(line.counted, line.factor).replace(".", ""))
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        said = tr("Catatan toko sekarang dipakai sebagai pembanding.")
        for part in (Text(said, Role.BACA, Token.TINTA2, 400, wrap=True), self.count, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Hapus baris"), icon="trash-2"), self._forget)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        on_click(self.yes, self._keep)
        self.count.returnPressed.connect(self._keep)
        self.count.setFocus()
        self.count.selectAll()

    def scanned(self, code: str) -> bool:
        """Keep this one first."""
        self._context.sound.emit("error")
        self._complain(tr("Simpan dulu baris ini, lalu pindai lagi."))
        return True

    def _keep(self) -> None:
        try:
            typed = self.count.text().strip()
            counted = 0 if typed == "0" else parse_quantity(typed, self._line.factor)
            unit = self._context.till.store.read.product(self._line.product_uid)
            if unit is None:
                raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
            named = next((each for each in unit.units if each.name == self._line.unit_name), unit.units[unit.sell_unit])
            sold = self._context.till.store.read.unit(named.uid)
            if sold is None:
                raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
            stock_taking.set_count(self._context.till, self._take.uid, sold, counted)
        except ShopError as error:
            self._complain(error_sentence(error))
            return
        self.accept()

    def _forget(self) -> None:
        line, till, take = self._line, self._context.till, self._take

        def back() -> None:
            attempt(self._context, lambda: stock_taking.restore(till, take.uid, line))

        if attempt(self._context, lambda: stock_taking.forget(till, take.uid, line.product_uid)):
            self.accept()
            self._context.offered.emit(tr("Baris dihapus"), line.name[:40], tr("Kembalikan"), back)

    def _complain(self, sentence: str) -> None:
        self.count.set_faulty(True)
        self._context.sound.emit("error")
        self.trouble.setText(sentence)
        self.trouble.show()
