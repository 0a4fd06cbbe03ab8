"""Beginning a rehearsal from the open till: the copy is laid, and a window of its own opens over this one. This one goes on beneath it: its
basket, its line, its orders. Owns the order of steps; the copy is `pos.app.rehearsal`'s.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from pos.ui.beside import Beside
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Progress, run
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.text import Text

_COMMAND: Final = ("-m", "pos", "--data")


class Rehearsing(QWidget):
    """The button, and what came of it: in the settings, and on the page of who is at the counter.

    Attributes:
        beside: the rehearsal's window; None until it was opened. It outlives this widget.
    """

    def __init__(self, context: UiContext, hint: bool = True) -> None:
        super().__init__()
        self._context = context
        self.beside: Beside | None = None
        self._hint = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.button = ActionButton("", "book-open")
        self.note = Note()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        for part in (self._hint, self.button, self.note):
            box.addWidget(part)
        # only now: shown without a parent it would be a window of its own for a moment, and take the keyboard with it
        self._hint.setVisible(hint)
        on_click(self.button, self.begin)
        # in a rehearsal there is none to begin
        self.button.setVisible(not context.backstage.rehearsal)
        self.retranslate()

    def retranslate(self) -> None:
        self._hint.setText(
            tr(
                "Kasir baru belajar di salinan toko ini: pindai, bayar, batal, tutup kasir. Setiap layar dan kertas bertanda LATIHAN, "
                "tidak ada yang terkirim, dan salinannya dibuang setelah selesai."
            )
        )
        self.button.setText(tr("Mulai latihan"))
        self.note.retranslate()

    def begin(self) -> None:
        """Lay the copy off the UI thread, then open the window."""
        self.button.setEnabled(False)
        self.note.say(Tone.WAITING, tr("Salinan untuk latihan sedang disiapkan. Jendelanya terbuka sebentar lagi."))
        backstage = self._context.backstage

        def lay(progress: Progress) -> str:
            folder = backstage.lay_rehearsal()
            progress(1, 1)
            return folder

        run(self._context, lay, self._open, self.note.say_error).ended.connect(lambda: self._let_go(self.beside is not None))

    def _open(self, folder: str) -> None:
        beside = self.beside = Beside(QCoreApplication.instance())
        beside.ended.connect(self._ended)
        # the page that it began on may be gone by then
        context = self._context
        beside.ended.connect(lambda _well, _said: context.backstage.end_rehearsal())
        beside.start((*_COMMAND, folder, "run"))

    def _let_go(self, playing: bool) -> None:
        if isValid(self) and not playing:
            self.button.setEnabled(True)

    def _ended(self, well: bool, said: str) -> None:
        self.beside = None
        self.button.setEnabled(True)
        if well:
            self.note.say(Tone.GOOD, tr("Latihan selesai, salinannya sudah dibuang. Ini kasir yang sungguhan."))
        else:
            self.note.say(Tone.FAULT, said or tr("Jendela latihan tertutup sendiri. Kasir yang sungguhan tidak berubah."))
