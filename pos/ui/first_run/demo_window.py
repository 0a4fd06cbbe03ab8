"""A look at a demo shop before there is a shop: the same program in a window of its own. Owns the button and what is said of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.beside import Beside
from pos.ui.language import tr
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click

_COMMAND: Final = ("-m", "pos", "demo")


class DemoWindow(QWidget):
    """The button, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.button = ActionButton("", "circle-play")
        self.note = Note()
        self._beside = Beside(self)
        self._beside.ended.connect(self._ended)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.note)
        on_click(self.button, self.open)

    @property
    def process(self) -> QProcess | None:
        """The demo's; None until it was opened."""
        return self._beside.process

    def open(self) -> None:
        """Start it; it takes some seconds until its window is there."""
        self.button.setEnabled(False)
        self.note.say(Tone.WAITING, tr("Toko contoh dibuka di jendela sendiri. Tunggu beberapa detik."))
        self._beside.start(_COMMAND)

    def close_demo(self) -> None:
        """End it and wait; nothing when it is not open."""
        self._beside.close_it()

    def retranslate(self) -> None:
        self.button.setText(tr("Coba dengan toko contoh"))

    def _ended(self, well: bool, said: str) -> None:
        self.button.setEnabled(True)
        if well:
            self.note.clear()
        else:
            self.note.say(Tone.FAULT, said or tr("Toko contoh tidak mau dibuka. Coba lagi nanti."))
