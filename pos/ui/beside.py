"""Another window of this program in a process of its own, so that nothing of it is mixed into this shop's data. Owns the process; it ends
with this program.
"""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, Signal

_END_MS: Final = 20_000
"""A demo's own server needs a moment to end well."""


class Beside(QObject):
    """Signals:
    ended(bool, str): it is closed, or could not be opened: whether it ended well, and the last line that it said of its trouble.

    Attributes:
        process: None until it was started.
    """

    ended = Signal(bool, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.process: QProcess | None = None

    def start(self, words: tuple[str, ...]) -> None:
        """Python's own words after the program's name (`-m pos demo`). It takes some seconds until its window is there."""
        process = QProcess(QCoreApplication.instance())
        environment = QProcessEnvironment.systemEnvironment()
        # it has a folder of its own: the name of this shop's must not reach it
        environment.remove("EPEKEN_POS_DATA")
        process.setProcessEnvironment(environment)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broken)
        QCoreApplication.instance().aboutToQuit.connect(self.close_it)  # type: ignore[union-attr]
        self.process = process
        process.start(sys.executable, list(words))

    def close_it(self) -> None:
        """End it and wait; nothing when it is not open."""
        if self.process is not None and self.process.state() != QProcess.ProcessState.NotRunning:
            self.process.terminate()
            self.process.waitForFinished(_END_MS)

    def _ended(self, code: int) -> None:
        if code == 0 or self.process is None:
            self.ended.emit(True, "")
            return
        said = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        self.ended.emit(False, said.splitlines()[-1] if said else "")

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(False, "")
