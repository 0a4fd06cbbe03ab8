"""A line of a delivery, looked at: unit, how many, what they cost, how long they keep. Owns what is typed; the verbs own the rules."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import format_quantity, parse_quantity
from pos.domain.receiving import ReceiptLine
from pos.services import receiving
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.stock.words import day_text, read_day
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.text import Text

_EACH: Final = "each"
_ALL: Final = "all"
_MOST_UNITS: Final = 4


class LineDialog(Dialog):
    """Accepted once everything is kept.

    Signals:
        removed(ReceiptLine): the line was taken off.
    """

    removed = Signal(object)

    def __init__(self, context: UiContext, draft_uid: str, line: ReceiptLine, parent: QWidget | None = None) -> None:
        super().__init__(line.name[:60], parent, 620)
        self._context, self._draft, self._line = context, draft_uid, line
        product = context.till.store.read.product(line.product_uid)
        units = product.units[:_MOST_UNITS] if product is not None else ()
        self.units = Segments([(unit.uid, unit.name) for unit in units])
        self.units.setVisible(len(units) > 1)
        if any(unit.uid == line.unit_uid for unit in units):
            self.units.choose(line.unit_uid)
        self.count = TextField(tr("Jumlah"), label=tr("Jumlah"), role=Role.SUB)
        self.count.setText(format_quantity(line.quantity, line.factor).replace(".", ""))
        by_all = line.unit_cost is None and line.amount is not None
        self.ways = Segments([(_EACH, tr("Harga satuan")), (_ALL, tr("Harga semua"))])
        self.ways.choose(_ALL if by_all else _EACH)
        self.cost = AmountField(tr("Harga kulakan"), label=tr("Harga kulakan"))
        self.cost.set_amount(line.amount if by_all else line.unit_cost)
        self.keeps = TextField(tr("Baik sampai"), tr("25/11/2027"), label=tr("Baik sampai"))
        self.keeps.setText(day_text(line.expires_on) if line.expires_on else "")
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        both = QHBoxLayout()
        both.setSpacing(look().px(12))
        both.addWidget(self.count, 1)
        both.addWidget(self.keeps, 1)
        self.body.addWidget(self.units)
        self.body.addLayout(both)
        for part in (self.ways, self.cost, self.trouble):
            self.body.addWidget(part)
        on_click(self.add_button(tr("Hapus baris"), icon="trash-2"), self._remove)
        on_click(self.add_button(tr("Batal")), self.reject)
        self.yes = self.add_button(tr("Simpan"), Kind.PRIMARY, "check")
        on_click(self.yes, self._keep)
        self.count.returnPressed.connect(self.cost.setFocus)
        self.cost.returnPressed.connect(self._keep)
        self.keeps.returnPressed.connect(self._keep)
        self.cost.setFocus()
        self.cost.selectAll()

    def scanned(self, code: str) -> bool:
        """Another good is scanned meanwhile: it waits until this one is done."""
        self._context.sound.emit("error")
        self._complain(None, tr("Simpan dulu baris ini, lalu pindai lagi."))
        return True

    def _remove(self) -> None:
        line = receiving.remove_line(self._context.till, self._draft, self._line.position)
        self.removed.emit(line)
        self.accept()

    def _keep(self) -> None:
        for each in (self.count, self.cost, self.keeps):
            each.set_faulty(False)
        field: TextField = self.count
        try:
            factor = self._chosen_unit()
            quantity = parse_quantity(self.count.text(), factor)
            field = self.keeps
            day = read_day(self.keeps.text())
            field = self.cost
            amount = self.cost.amount() if self.cost.text() else None
            self._write(quantity, day, amount)
        except ShopError as error:
            self._complain(field, error_sentence(error))
            return
        self.accept()

    def _chosen_unit(self) -> int:
        """Change the unit where another one was chosen. Gives its factor."""
        chosen = self.units.current()
        if not chosen or chosen == self._line.unit_uid:
            return self._line.factor
        unit = self._context.till.store.read.unit(chosen)
        if unit is None:
            raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
        self._line = receiving.set_unit(self._context.till, self._draft, self._line.position, unit)
        return self._line.factor

    def _write(self, quantity: int, day: int, amount: int | None) -> None:
        each = self.ways.current() == _EACH
        receiving.set_line(
            self._context.till,
            self._draft,
            self._line.position,
            quantity=quantity,
            day=day,
            unit_cost=amount if each else None,
            amount=None if each else amount,
        )

    def _complain(self, field: TextField | None, sentence: str) -> None:
        if field is not None:
            field.set_faulty(True)
            field.setFocus()
        self._context.sound.emit("error")
        self.trouble.setText(sentence)
        self.trouble.show()
