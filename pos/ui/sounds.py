"""The till's four sounds: a thin player over what the machine has. Owns no meaning; every sound has a twin on the screen.

QtMultimedia is not used: it would add 26 MB for four short noises.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QStandardPaths
from PySide6.QtWidgets import QApplication

from pos.resources import resource_path

NAMES: Final = ("accepted", "unknown", "error", "new_order")
_PLAYERS: Final = (("pw-play", ()), ("paplay", ()), ("aplay", ("-q",)))


class Sounds(QObject):
    """Plays a sound by name, or the desktop's beep where nothing can play a file.

    Attributes:
        enabled: off means silent; a sound that is left out is no failure.
        played: names asked for since the start, for the scanner test page and the tests.
    """

    def __init__(self, enabled: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.enabled = enabled
        self.played: list[str] = []
        self._process: QProcess | None = None
        self._player: tuple[str, tuple[str, ...]] | None = None
        self._looked = False

    def play(self, name: str) -> None:
        """Play one of NAMES without waiting for it; a new one cuts the last one short."""
        self.played = [*self.played[-99:], name]
        if not self.enabled or name not in NAMES:
            return
        file = resource_path("sounds", f"{name}.wav")
        if sys.platform == "win32":
            _play_windows(file)
        elif (player := self._find_player()) is not None:
            self._start(player[0], [*player[1], str(file)])
        elif name != "accepted":
            QApplication.beep()

    def stop(self) -> None:
        """End what is playing; called when the till closes."""
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(500)

    def _find_player(self) -> tuple[str, tuple[str, ...]] | None:
        if not self._looked:
            self._looked = True
            found = ((QStandardPaths.findExecutable(program), options) for program, options in _PLAYERS)
            self._player = next(((path, options) for path, options in found if path), None)
        return self._player

    def _start(self, program: str, arguments: list[str]) -> None:
        if self._process is None:
            self._process = QProcess(self)
            self._process.setStandardOutputFile(QProcess.nullDevice())
            self._process.setStandardErrorFile(QProcess.nullDevice())
        if self._process.state() != QProcess.ProcessState.NotRunning:
            # a till that scans fast must not pile up players
            return
        self._process.start(program, arguments)


def _play_windows(file: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
