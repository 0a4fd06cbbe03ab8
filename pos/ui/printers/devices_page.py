"""The shop's printers: a card for each, what can be done with it, and a further one. Owns which cards there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.printing import PrintState
from pos.services.paper import change_roll, print_test_page
from pos.services.paper_views import FoundPrinter, PrinterChecked
from pos.services.ports import Till
from pos.services.preferences import PrinterChoice
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Progress, attempt, run
from pos.ui.printers.add_dialog import AddDialog
from pos.ui.printers.adding import add_printer, keep_printer, printer_of
from pos.ui.printers.choosing import without_printer
from pos.ui.printers.device_card import DeviceCard
from pos.ui.printers.dialogs import RollDialog
from pos.ui.printers.edit_dialog import EditDialog
from pos.ui.printers.set_up import SetUpDialog
from pos.ui.printers.words import checked_sentence, evidence_sentence
from pos.ui.settings.changing import change
from pos.ui.settings.columns import scrolled
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.empty import EmptyState

_WENT: Final = (PrintState.CONFIRMED, PrintState.SENT)


class DevicesPage(QWidget):
    """Attributes:
    cards: by what jobs are queued under.
    add: asks for a further printer.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.cards: dict[str, DeviceCard] = {}
        self._tests: dict[str, str] = {}
        self.add = ActionButton("", "plus", kind=Kind.PRIMARY)
        self._empty = EmptyState("printer", "", "")
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, look().px(6), 0)
        self._column.setSpacing(look().px(14))
        self._column.addWidget(self._empty, 1)
        self._column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(inside), 1)
        on_click(self.add, self.ask_for_one)
        self.retranslate()

    def refresh(self) -> None:
        """How each printer is now. Raises ShopError."""
        printers, desk = self._context.preferences.printers, self._context.backstage.printers
        rolls = self._context.till.store.read.rolls()
        names = {printer.ref: printer.name for printer in printers}
        if list(self.cards) != list(names):
            self._make_cards(list(names))
        for printer in printers:
            self.cards[printer.ref].tell(printer, desk.now(printer.ref), rolls.get(printer.ref), names.get(printer.stand_in, ""))
        self._say_tests()
        self._empty.setVisible(not printers)

    def retranslate(self) -> None:
        self.add.setText(tr("Tambah printer"))
        self._empty.set_words(tr("Belum ada printer"), tr("Nota tetap tersimpan. Tambah printer untuk mencetaknya."))
        for card in self.cards.values():
            card.retranslate()

    def _make_cards(self, refs: list[str]) -> None:
        for card in self.cards.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {ref: DeviceCard(ref) for ref in refs}
        for place, card in enumerate(self.cards.values()):
            card.checked.connect(self.check)
            card.tested.connect(self._test)
            card.rolled.connect(self._ask_roll)
            card.set_up.connect(self.open_set_up)
            card.edited.connect(self._edit)
            card.retranslate()
            self._column.insertWidget(place + 1, card)
            card.show()

    # --- what is done with one --------------------------------------------------------------------------------------

    def check(self, ref: str) -> None:
        """Ask a printer how it is, off the UI thread."""
        printer = printer_of(self._context, ref)
        if printer is None:
            return
        desk, address = self._context.backstage.printers, printer.address

        def ask(progress: Progress) -> PrinterChecked:
            return desk.check(address)

        self.cards[ref].note.say(Tone.WAITING, tr("Sedang bertanya ke printer."))
        run(self._context, ask, lambda checked: self._say(ref, checked), lambda error: self._say_error(ref, error))

    def _say(self, ref: str, checked: PrinterChecked) -> None:
        if ref in self.cards:
            self.cards[ref].note.say(*checked_sentence(checked))

    def _say_error(self, ref: str, error: ShopError) -> None:
        if ref in self.cards:
            self.cards[ref].note.say_error(error)

    def _test(self, ref: str) -> None:
        printer = printer_of(self._context, ref)
        if printer is None:
            return

        def queued(document: str) -> None:
            self._tests[ref] = document
            self.cards[ref].note.say(Tone.WAITING, tr("Halaman tes dikirim. Lihat printernya."))
            self._printed()

        attempt(self._context, lambda: print_test_page(self._on(printer)), queued)

    def _say_tests(self) -> None:
        """How the test pages of this visit went, as far as it is known. Raises ShopError."""
        for ref, document in list(self._tests.items()):
            jobs = self._context.till.store.read.print_jobs_of(document)
            if ref in self.cards and jobs and jobs[-1].state in _WENT:
                self.cards[ref].note.say(Tone.GOOD, evidence_sentence(jobs[-1].known))
                del self._tests[ref]

    def _ask_roll(self, ref: str) -> None:
        printer = printer_of(self._context, ref)
        if printer is None:
            return
        dialog = RollDialog(printer.name, self.window())
        dialog.chosen.connect(lambda length: self._roll(ref, length))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _roll(self, ref: str, length: int) -> None:
        attempt(self._context, lambda: change_roll(self._context.till, ref, length))
        attempt(self._context, self.refresh)

    def open_set_up(self, ref: str) -> SetUpDialog:
        """The three questions about one printer."""
        dialog = SetUpDialog(self._context, ref, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: attempt(self._context, self.refresh))
        dialog.open()
        return dialog

    def _edit(self, ref: str) -> None:
        printer = printer_of(self._context, ref)
        if printer is None:
            return
        dialog = EditDialog(self._context, printer, self.window())
        dialog.kept.connect(self._keep)
        dialog.dropped.connect(self._drop)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, printer: PrinterChoice) -> None:
        keep_printer(self._context, printer)
        attempt(self._context, self.refresh)

    def _drop(self, ref: str) -> None:
        before = self._context.preferences.printers
        name = next((printer.name for printer in before if printer.ref == ref), "")
        change(self._context, printers=without_printer(before, ref))
        attempt(self._context, self.refresh)

        def back() -> None:
            change(self._context, printers=before)
            attempt(self._context, self.refresh)

        sentence = tr("Cetakan yang masih menunggu di sana menunggu jawaban di halaman Cetakan.")
        self._context.offered.emit(tr("{name} dibuang", name=name), sentence, tr("Batalkan"), back)

    # --- a further one ------------------------------------------------------------------------------------------------

    def ask_for_one(self) -> None:
        """Look for a further printer, or take a typed one."""
        dialog = AddDialog(self._context, self.window())
        dialog.chosen.connect(self._add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.finder.search()

    def _add(self, found: FoundPrinter) -> None:
        printer = add_printer(self._context, found)
        attempt(self._context, self.refresh)
        if printer_of(self._context, printer.ref) is not None:
            # else a PIN is asked for first
            self.open_set_up(printer.ref)

    def _on(self, printer: PrinterChoice) -> Till:
        return replace(self._context.till, paper=self._context.backstage.printers.paper_on(printer))

    def _printed(self) -> None:
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))
