"""Ears and voice of the window: scanner, sounds, toasts, and the catcher of bugs. Owns that they begin and end together."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject

from pos.ui.language import tr
from pos.ui.scanner import Scanner
from pos.ui.shell.bugs import BugCatcher
from pos.ui.shell.program import the_program
from pos.ui.shell.qt_words import QtWords
from pos.ui.shell.telling import Telling
from pos.ui.shell.window import ShellWindow
from pos.ui.sounds import Sounds

_log = logging.getLogger(__name__)


class Senses(QObject):
    """Made behind the first paint.

    Attributes:
        scanner: watches every window that gets the focus.
        sounds: what was played.
        telling: toasts.
    """

    def __init__(self, window: ShellWindow, sounds: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sounds = Sounds(sounds, self)
        self.telling = Telling(window.toasts, self)
        self.scanner = Scanner(lambda: time.monotonic_ns() // 1_000_000, self)
        self.scanner.watch_application(the_program())
        self._bugs = BugCatcher(self)
        self._bugs.caught.connect(self._tell_bug)
        self._bugs.install()
        self._qt_words = QtWords(self)

    def fall_silent(self) -> None:
        """The window closes."""
        self.sounds.stop()
        self._bugs.uninstall()
        self._qt_words.leave()
        self.scanner.enabled = False
        self.scanner.deleteLater()

    def _tell_bug(self, kind: str) -> None:
        _log.info("told of a bug: %s", kind)
        self.telling.tell("fault", tr("Ada yang tidak beres. Sudah dicatat, jualan tetap bisa jalan."))
