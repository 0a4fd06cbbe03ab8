"""Setting a printer up: its page, three questions about the page, and what the printer says itself. Owns the dialog."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.services.paper import print_page
from pos.services.paper_views import PrinterChecked
from pos.services.preferences import PrinterChoice
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Progress, attempt, run
from pos.ui.printers.adding import keep_printer, learned_to_answer, printer_of
from pos.ui.printers.choosing import with_answers
from pos.ui.printers.questions import SetUpQuestions
from pos.ui.printers.words import checked_sentence
from pos.ui.settings.columns import scrolled
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text


class SetUpDialog(Dialog):
    """Signals:
    printed(): a page was queued.
    """

    printed = Signal()

    def __init__(self, context: UiContext, ref: str, parent: QWidget | None = None) -> None:
        printer = printer_of(context, ref)
        super().__init__(tr("Atur {printer}", printer=printer.name if printer else ""), parent, 760)
        self._context, self._ref, self._asked = context, ref, False
        self._lead = Text(tr("Cetak halaman atur, lihat kertasnya, lalu jawab tiga pertanyaan."), Role.BACA, Token.TINTA2, 400, wrap=True)
        self.print_button = ActionButton(tr("Cetak halaman atur"), "printer", kind=Kind.PRIMARY)
        self.note = Note()
        self.questions = SetUpQuestions(context.backstage.printers.pages(printer) if printer else [])
        self.questions.retranslate()
        self.questions.hide()
        self.questions.learned.connect(self._learned)
        self.questions.answered.connect(self._answered_one)
        on_click(self.print_button, self.print_page)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(12))
        for part in (self._lead, self.print_button, self.note, self.questions):
            column.addWidget(part)
        column.addStretch(1)
        area = scrolled(inside)
        area.setMinimumHeight(min(look().px(500), 500))
        self.body.addWidget(area)
        self.add_button(tr("Selesai"), Kind.QUIET, "check", accept=True)

    def print_page(self) -> None:
        """Queue the page and ask; the printer is asked what it can once it has the page."""
        printer = printer_of(self._context, self._ref)
        if printer is None:
            return
        data = self._context.backstage.printers.set_up_page(printer)
        if not attempt(self._context, lambda: print_page(self._context.till, printer.ref, data)):
            return
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))
        self.questions.ask(printer)
        self.print_button.set_kind(Kind.QUIET)
        self.printed.emit()

    def scanned(self, code: str) -> bool:
        """The code on the paper was scanned; before it is asked for, a scan does nothing here."""
        self.questions.scanned(code)
        return True

    def _learned(self, learned: PrinterChoice) -> None:
        # the questions know the printer of before: what it said of itself meanwhile stays
        now = printer_of(self._context, self._ref)
        if now is not None:
            keep_printer(self._context, with_answers(now, learned))

    def _answered_one(self) -> None:
        """Paper is there, so the printer has time to be asked."""
        if not self._asked:
            self._asked = True
            self.ask_printer()

    def ask_printer(self) -> None:
        """What the printer says of itself, off the UI thread: also whether it tells when it has printed."""
        printer = printer_of(self._context, self._ref)
        if printer is None:
            return
        desk, address = self._context.backstage.printers, printer.address

        def ask(progress: Progress) -> PrinterChecked:
            return desk.check(address, thorough=True)

        run(self._context, ask, self._answered, lambda _: None)

    def _answered(self, checked: PrinterChecked) -> None:
        self.note.say(*checked_sentence(checked))
        if checked.confirms:
            learned_to_answer(self._context, self._ref)
