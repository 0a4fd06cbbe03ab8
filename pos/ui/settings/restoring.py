"""Putting a copy of a shop back: which file, its passphrase where it has one, what it holds, and closing the till so that it is taken in.

Owns the questions and two buttons; where they stand is the form's. A copy is only laid ready here: the till takes it in when it is next
opened, so that nothing is pulled from under a sale.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.services.views import CopyFacts
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.moments import moment_text
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.leaving import offer_ways
from pos.ui.settings.note import Note
from pos.ui.settings.passphrase import PassphraseDialog
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.files import choose_file

SEALED: Final = ".epk"


class Restoring(QObject):
    """The way back from a copy.

    Signals:
        working(bool): a copy is being checked, or no more.

    Attributes:
        choose: opens the choice of a file. leave: closes the till; hidden until a copy lies ready.
        note: where everything is said.
    """

    working = Signal(bool)

    def __init__(self, context: UiContext, over: QWidget, note: Note) -> None:
        super().__init__(over)
        self._context, self._over, self.note = context, over, note
        self._reading: Operation | None = None
        self.choose = ActionButton("", "rotate-ccw")
        self.leave = ActionButton("", "power", kind=Kind.PRIMARY)
        self.leave.hide()
        on_click(self.choose, lambda: choose_file(over, tr("Pilih salinan"), (".db", SEALED), self.restore))
        on_click(self.leave, lambda: over.window().close())
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.choose.setText(tr("Pulihkan dari salinan"))
        self.leave.setText(tr("Tutup kasir sekarang"))

    def restore(self, path: str, passphrase: str = "") -> None:
        """Check a copy off the UI thread and lay it ready; what forbids it is said, and nothing is changed then."""
        if self._reading is not None:
            return
        backstage = self._context.backstage

        def work(progress: Progress) -> CopyFacts:
            found = backstage.lay_copy_ready(path, passphrase)
            progress(1, 1)
            return found

        self.note.say(Tone.INFORMATION, tr("Salinan sedang diperiksa."))
        self.working.emit(True)
        self._reading = run(self._context, work, self._laid_ready, lambda error: self._not_laid(error, path, passphrase))
        self._reading.ended.connect(self._ended)

    def _laid_ready(self, facts: CopyFacts) -> None:
        self.leave.show()
        at = moment_text(facts.newest_sale_at) if facts.newest_sale_at else tr("belum pernah jualan")
        self.note.say(
            Tone.WAITING,
            tr(
                "Salinan {shop} siap: {sales} nota, terakhir {at}. Tutup kasir, lalu buka lagi: data yang sekarang disimpan "
                "di antara salinan, tidak hilang.",
                shop=facts.shop or "–",
                sales=facts.sales,
                at=at,
            ),
        )

    def _not_laid(self, error: ShopError, path: str, passphrase: str) -> None:
        if error.code is ErrorCode.COPY_PASSPHRASE_WRONG and not passphrase:
            self.note.clear()
            words = tr("Salinan ini dikunci waktu dibuat.")
            dialog = PassphraseDialog(tr("Kata sandi salinan"), words, twice=False, parent=self._over.window())
            dialog.accepted.connect(lambda: self.restore(path, dialog.passphrase()))
            dialog.open()
        elif error.code is ErrorCode.STILL_UNSENT:
            self.note.say_error(error)
            offer_ways(self._context, error, self._over, self.note, lambda: self.restore(path, passphrase))
        else:
            self.note.say_error(error)

    def _ended(self) -> None:
        self._reading = None
        self.working.emit(False)
