"""Who brought it: chosen among the suppliers, or written down anew. Owns what is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_rupiah
from pos.domain.supplier import Supplier
from pos.services import suppliers
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.stock.rows import Line, LineList
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import SearchField


class SupplierDialog(Dialog):
    """Accepted with a choice.

    Signals:
        chosen(str): uid of the supplier; empty for none.
    """

    chosen = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Dari siapa?"), parent, 560)
        self._context = context
        self.field = SearchField(tr("Nama pemasok"), tr("Cari, atau tulis nama yang baru"))
        self.found = LineList()
        self.found.setAccessibleName(tr("Daftar pemasok"))
        self.found.setFixedHeight(look().px(73 * 3 + 4))
        self.body.addWidget(self.field)
        self.body.addWidget(self.found)
        on_click(self.add_button(tr("Beli di pasar, tanpa nama")), lambda: self._choose(""))
        self.new = self.add_button(tr("Pemasok baru"), Kind.PRIMARY, "user-plus")
        on_click(self.new, self._add)
        self.field.textChanged.connect(lambda _text: self._look_up())
        self.found.wanted.connect(self._choose)
        self._look_up()
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """A scan is nobody's name; nothing of it is typed."""
        self._context.sound.emit("error")
        return True

    def _look_up(self) -> None:
        rows = self._context.till.store.read.suppliers(self.field.text().strip())
        lines = [
            Line(
                row.supplier.uid,
                row.supplier.name,
                tr("tempo {n} hari", n=row.supplier.terms_days) if row.supplier.terms_days else tr("tanpa tempo"),
                format_rupiah(row.balance) if row.balance else "",
                tr("belum dibayar") if row.balance > 0 else "",
            )
            for row in rows
        ]
        self.found.rows.show(lines)
        self.new.setEnabled(bool(self.field.text().strip()))

    def _add(self) -> None:
        def added(supplier: Supplier) -> None:
            self._context.changed.emit(Changed(suppliers=True))
            self._choose(supplier.uid)

        attempt(self._context, lambda: suppliers.add_supplier(self._context.till, self.field.text()), added)

    def _choose(self, uid: str) -> None:
        self.accept()
        self.chosen.emit(uid)
