"""The printer of receipts: where it is, how wide its paper is, and the page that shows whether it is so. Owns no printing.

Here as in the guide; all printers of the shop have a room of their own (`pos.ui.printers`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import PrinterRole, PrintJob, PrintState
from pos.services.paper import print_page, print_test_page
from pos.services.paper_views import FoundPrinter
from pos.services.preferences import PrinterChoice, printer_for
from pos.ui.context import PaperPicture, UiContext
from pos.ui.language import later, tr
from pos.ui.messages import print_state_text
from pos.ui.operations import attempt
from pos.ui.printers.adding import add_printer, keep_printer
from pos.ui.printers.choosing import changed_address, without_printer
from pos.ui.printers.find import FindPrinters
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.note import Note
from pos.ui.settings.typed import ON_SCREEN, printer_address
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_TROUBLE: Final = (PrintState.FAILED, PrintState.UNKNOWN)
_WIDTHS: Final = {32: ("58 mm · 32", 384), 42: ("80 mm · 42", 512), 48: ("80 mm · 48", 576)}
"""Letters a line -> how a person chooses them, and dots; the figures need no translation."""


class PrinterForm(QWidget):
    """Address, width of the paper, test page.

    Args:
        sets_up: the page that is printed is the one whose questions tell width and letters, and printers are looked for.

    Signals:
        tested(): a page was queued.

    Attributes:
        finder: looks for printers; None where they are only typed.
    """

    tested = Signal()

    def __init__(self, context: UiContext, sets_up: bool = False) -> None:
        super().__init__()
        self._context, self._sets_up = context, sets_up
        self._document = ""
        self.finder = FindPrinters(context) if sets_up else None
        self.address = TextField()
        self.width_choice = ChoiceRow(
            later("Lebar kertas · huruf sebaris"), [(str(columns), words) for columns, (words, _) in _WIDTHS.items()]
        )
        self.test_button = ActionButton("", "printer")
        self.screen_button = ActionButton("", "monitor")
        self.all_button = None if sets_up else ActionButton("", "printer")
        self.note = Note()
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        row.addWidget(self.test_button, 1)
        row.addWidget(self.screen_button, 1)
        if self.all_button is not None:
            row.addWidget(self.all_button, 1)
            on_click(self.all_button, lambda: context.go.emit("printers#devices"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        if self.finder is not None:
            box.addWidget(self.finder)
            self.finder.chosen.connect(self._choose_found)
        box.addWidget(self.address)
        box.addWidget(self._hint)
        box.addWidget(self.width_choice)
        box.addLayout(row)
        box.addWidget(self.note)
        self.address.editingFinished.connect(self.apply)
        self.width_choice.chosen.connect(self._choose_width)
        on_click(self.test_button, self.print_test)
        on_click(self.screen_button, self._choose_screen)
        self.retranslate()
        self.refresh()

    @property
    def printer(self) -> PrinterChoice:
        """The shop's printer of receipts; one without an address where it has none."""
        return printer_for(self._context.preferences.printers, PrinterRole.STRUK) or PrinterChoice("", "")

    def refresh(self) -> None:
        """Show what is set, and how the last page of this visit went."""
        if not self.address.hasFocus():
            self.address.setText(self.printer.address)
        self.width_choice.show_value(str(self._columns()))
        if self._document:
            self._say_job()

    def apply(self) -> bool:
        """Take the typed address; False when it can be none, which is said in place."""
        try:
            address = printer_address(self.address.text())
        except ShopError as error:
            self.address.set_faulty(True)
            self.note.say_error(error)
            return False
        self.address.set_faulty(False)
        if address != self.printer.address:
            self.note.clear()
            self._document = ""
            self._take(address)
        self.address.setText(address)
        return True

    def print_test(self) -> bool:
        """Queue the page for the typed printer; what comes of it is said below the button."""
        if not self.apply():
            return False
        till, printer = self._context.till, self.printer
        try:
            if self._sets_up and printer.address:
                self._document = print_page(till, printer.ref, self._context.backstage.printers.set_up_page(printer))
            else:
                self._document = print_test_page(till)
        except ShopError as error:
            self.note.say_error(error)
            return False
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))
        self._say_job()
        self.tested.emit()
        return True

    def preview(self) -> PaperPicture | None:
        """The page as it would come out, without printing it; None when the paper cannot be drawn."""
        pictures: list[PaperPicture] = []
        attempt(self._context, self._drawn, pictures.append)
        return pictures[0] if pictures else None

    def retranslate(self) -> None:
        self.address.set_words(tr("Alamat printer"), tr("misalnya 192.168.1.50"), tr("Alamat printer"))
        self._hint.setText(tr("Alamat jaringannya ada di halaman tes bawaan printer. Untuk berkas atau kabel: /dev/usb/lp0."))
        self.width_choice.retranslate()
        self.test_button.setText(tr("Cetak halaman atur") if self._sets_up else tr("Cetak halaman tes"))
        self.screen_button.setText(tr("Kertas di layar"))
        if self.all_button is not None:
            self.all_button.setText(tr("Semua printer"))
        if self.finder is not None:
            self.finder.retranslate()
        self.note.retranslate()
        if self._document:
            self._say_job()

    def _drawn(self) -> PaperPicture:
        till, backstage, printer = self._context.till, self._context.backstage, self.printer
        if self._sets_up:
            return backstage.draw_paper(backstage.printers.set_up_page(printer), printer.ref)
        return backstage.draw_paper(till.paper.test_page(till.store.read.shop(), till.clock.now()), printer.ref)

    def _take(self, address: str) -> None:
        """Another address for the printer of receipts: the first one, another place of the one there is, or none."""
        printers = self._context.preferences.printers
        if not address:
            change(self._context, printers=without_printer(printers, self.printer.ref))
        elif not self.printer.address:
            add_printer(self._context, FoundPrinter(address, tr("Kasir")))
        else:
            keep_printer(self._context, changed_address(self.printer, address))

    def _choose_found(self, found: FoundPrinter) -> None:
        self.address.setText(found.address)
        if self.apply() and found.profile:
            keep_printer(self._context, replace(self.printer, profile=found.profile, columns=0, dots=0))

    def _columns(self) -> int:
        if self.printer.columns:
            return self.printer.columns
        kinds = {kind.name: kind.columns for kind in self._context.backstage.printer_profiles()}
        return kinds.get(self.printer.profile, min(_WIDTHS))

    def _choose_width(self, columns: str) -> None:
        if self.printer.address:
            keep_printer(self._context, replace(self.printer, columns=int(columns), dots=_WIDTHS[int(columns)][1]))

    def _choose_screen(self) -> None:
        self.address.setText(ON_SCREEN)
        self.apply()

    def _job(self) -> PrintJob | None:
        jobs = self._context.till.store.read.print_jobs_of(self._document)
        return jobs[-1] if jobs else None

    def _say_job(self) -> None:
        job = self._job()
        if job is None:
            return
        if job.state in _TROUBLE:
            self.note.say_error(ShopError(ErrorCode.PRINTER_NOT_FOUND, address=self.printer.address))
            return
        tone = Tone.GOOD if job.state.is_final else Tone.WAITING
        page = tr("Halaman atur") if self._sets_up else tr("Halaman tes")
        self.note.say(tone, tr("{page}: {state}.", page=page, state=print_state_text(job.state)))
