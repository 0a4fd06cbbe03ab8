"""Which printer struks go to, how wide its paper is, and the page that shows whether it is so. Owns no printing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, PrintJob, PrintState
from pos.services.paper import print_test_page
from pos.ui.context import PaperPicture, PrinterKind, UiContext
from pos.ui.language import later, tr
from pos.ui.messages import print_state_text
from pos.ui.operations import attempt
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

_TROUBLE = (PrintState.FAILED, PrintState.UNKNOWN)
_LATELY = 20
"""Print jobs that are looked through for the last test page."""


class PrinterForm(QWidget):
    """Address, width of the paper, test page.

    Signals:
        tested(): a test page was queued.
    """

    tested = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._shown: PrintJob | None = None
        self.address = TextField()
        self.width_choice = ChoiceRow(later("Lebar kertas · huruf sebaris"), _widths(context.backstage.printer_profiles()))
        self.test_button = ActionButton("", "printer")
        self.screen_button = ActionButton("", "monitor")
        self.note = Note()
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        row.addWidget(self.test_button, 1)
        row.addWidget(self.screen_button, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
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

    def refresh(self) -> None:
        """Show what is set, and how the last test page of this visit went."""
        preferences = self._context.preferences
        if not self.address.hasFocus():
            self.address.setText(preferences.printer_address)
        self.width_choice.show_value(preferences.printer_profile)
        if self._shown is not None:
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
        if address != self._context.preferences.printer_address:
            self.note.clear()
            self._shown = None
            change(self._context, printer_address=address)
        self.address.setText(address)
        return True

    def print_test(self) -> bool:
        """Queue the test page for the typed printer; what comes of it is said below the button."""
        if not self.apply():
            return False
        try:
            print_test_page(self._context.till)
        except ShopError as error:
            self.note.say_error(error)
            return False
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))
        self._shown = self._last_test_page()
        self._say_job()
        self.tested.emit()
        return True

    def preview(self) -> PaperPicture | None:
        """The test page as it would come out, without printing it; None when the paper cannot be drawn."""
        pictures: list[PaperPicture] = []
        till = self._context.till
        attempt(
            self._context,
            lambda: self._context.backstage.draw_paper(till.paper.test_page(till.store.read.shop(), till.clock.now())),
            pictures.append,
        )
        return pictures[0] if pictures else None

    def retranslate(self) -> None:
        self.address.set_words(tr("Alamat printer"), tr("misalnya 192.168.1.50"), tr("Alamat printer"))
        self._hint.setText(tr("Alamat jaringannya ada di halaman tes bawaan printer. Untuk berkas atau kabel: /dev/usb/lp0."))
        self.width_choice.retranslate()
        self.test_button.setText(tr("Cetak halaman tes"))
        self.screen_button.setText(tr("Kertas di layar"))
        self.note.retranslate()
        if self._shown is not None:
            self._say_job()

    def _choose_width(self, name: str) -> None:
        change(self._context, printer_profile=name)

    def _choose_screen(self) -> None:
        self.address.setText(ON_SCREEN)
        self.apply()

    def _last_test_page(self) -> PrintJob | None:
        jobs = [job for job in self._context.till.store.read.print_jobs(_LATELY) if job.kind is DocumentKind.TEST_PAGE]
        return max(jobs, key=lambda job: job.id, default=None)

    def _say_job(self) -> None:
        job = self._last_test_page()
        if job is None:
            return
        if job.state in _TROUBLE:
            self.note.say_error(ShopError(ErrorCode.PRINTER_NOT_FOUND, address=job.printer))
            return
        tone = Tone.GOOD if job.state.is_final else Tone.WAITING
        self.note.say(tone, tr("Halaman tes: {state}.", state=print_state_text(job.state)))


def _widths(kinds: Sequence[PrinterKind]) -> list[tuple[str, str]]:
    """One answer for each profile: `58 mm · 32`; the figures need no translation."""
    return [(kind.name, f"{kind.paper_mm} mm · {kind.columns}") for kind in kinds]
