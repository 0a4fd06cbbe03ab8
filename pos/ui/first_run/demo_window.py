"""A look at a demo shop before there is a shop: the same program in a window and a process of its own, so that nothing of it is mixed
into this shop's data. Owns the process; it ends with this program.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QCoreApplication, QProcess, QProcessEnvironment, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click

_COMMAND: Final = ("-m", "pos", "demo")
_END_MS: Final = 20_000
"""The demo's own server needs a moment to end well."""


class DemoWindow(QWidget):
    """The button, and what came of it.

    Attributes:
        process: the demo's, None until it was opened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.button = ActionButton("", "circle-play")
        self.note = Note()
        self.process: QProcess | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.note)
        on_click(self.button, self.open)

    def open(self) -> None:
        """Start it; it takes some seconds until its window is there."""
        process = QProcess(QCoreApplication.instance())
        environment = QProcessEnvironment.systemEnvironment()
        # the demo has a scratch folder: the name of this shop's must not reach it
        environment.remove("EPEKEN_POS_DATA")
        process.setProcessEnvironment(environment)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broken)
        QCoreApplication.instance().aboutToQuit.connect(self.close_demo)  # type: ignore[union-attr]
        self.process = process
        self.button.setEnabled(False)
        self.note.say(Tone.WAITING, tr("Toko contoh dibuka di jendela sendiri. Tunggu beberapa detik."))
        process.start(sys.executable, list(_COMMAND))

    def close_demo(self) -> None:
        """End it and wait; nothing when it is not open."""
        if self.process is not None and self.process.state() != QProcess.ProcessState.NotRunning:
            self.process.terminate()
            self.process.waitForFinished(_END_MS)

    def retranslate(self) -> None:
        self.button.setText(tr("Coba dengan toko contoh"))

    def _ended(self, code: int) -> None:
        self.button.setEnabled(True)
        if code == 0 or self.process is None:
            self.note.clear()
            return
        said = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        self.note.say(Tone.FAULT, said.splitlines()[-1] if said else tr("Toko contoh tidak mau dibuka. Coba lagi nanti."))

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.button.setEnabled(True)
            self.note.say(Tone.FAULT, tr("Toko contoh tidak mau dibuka. Coba lagi nanti."))
