"""A further printer: found by looking for it, or typed. Owns the dialog; who becomes a printer of the shop is `adding`'s."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.services.paper_views import FoundPrinter
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.printers.find import FindPrinters
from pos.ui.printers.words import where_text
from pos.ui.settings.columns import scrolled
from pos.ui.settings.typed import ON_SCREEN, printer_address
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class AddDialog(Dialog):
    """Signals:
    chosen(FoundPrinter): this one is to be the shop's.
    """

    chosen = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tambah printer"), parent, 720)
        self.address = TextField(tr("Alamat printer"), tr("misalnya 192.168.1.50"), label=tr("Alamat printer"))
        self.finder = FindPrinters(context, self.address.text)
        self.use = ActionButton(tr("Pakai alamat ini"), "check", kind=Kind.PRIMARY)
        self.on_screen = ActionButton(tr("Kertas di layar"), "monitor")
        typed = QHBoxLayout()
        typed.setSpacing(look().px(8))
        typed.addWidget(self.address, 1)
        typed.addWidget(self.use)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        column.addWidget(self.finder)
        column.addWidget(Text(tr("Atau ketik alamatnya, seperti di halaman tes bawaan printer:"), Role.BACA, Token.TINTA2, 400, wrap=True))
        column.addLayout(typed)
        column.addWidget(self.on_screen)
        column.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(min(look().px(470), 470))
        self.body.addWidget(area)
        self.finder.chosen.connect(self._choose)
        on_click(self.use, self.use_typed)
        on_click(self.on_screen, lambda: self._choose(FoundPrinter(ON_SCREEN, tr("Kertas di layar"))))

    def use_typed(self) -> None:
        """Take the typed address; what can be none is said in place."""
        try:
            address = printer_address(self.address.text())
        except ShopError as error:
            self.address.set_faulty(True)
            self.finder.note.say_error(error)
            return
        if address:
            self._choose(FoundPrinter(address, where_text(address)))

    def _choose(self, found: FoundPrinter) -> None:
        self.chosen.emit(found)
        self.accept()
