"""A keyboard-wedge scanner and a pair of hands, as key events at a window, each with the time stamp the keyboard would give it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget


class Keyboard:
    """Keys at a window. `at` is the keyboard's own clock in ms and only grows; `post` lets keys wait in the queue of a busy window."""

    def __init__(self, window: QWidget, at: int = 1_000) -> None:
        self.window = window
        self.at = at
        self.post = False

    def key(self, character: str, after_ms: int) -> None:
        """One character, pressed and let go."""
        self.at += after_ms
        code = Qt.Key(ord(character.upper())) if character.isascii() and character.isprintable() else Qt.Key.Key_unknown
        self._send(code, character)

    def enter(self, after_ms: int, code: Qt.Key = Qt.Key.Key_Return) -> None:
        self.at += after_ms
        self._send(code, "\t" if code == Qt.Key.Key_Tab else "\r")

    def _send(self, code: Qt.Key, text: str) -> None:
        handle = self._handle()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self.at)
            if self.post:
                QCoreApplication.postEvent(handle, event)
            else:
                QCoreApplication.sendEvent(handle, event)

    def _handle(self) -> QWindow:
        handle = self.window.window().windowHandle()
        assert handle is not None, "the window is not shown"
        return handle


class WedgeScanner(Keyboard):
    """Types a code as a scanner does: `gap_ms` between characters, then its end key (or none)."""

    def __init__(self, window: QWidget, gap_ms: int = 1, end: Qt.Key | None = Qt.Key.Key_Return, at: int = 1_000) -> None:
        super().__init__(window, at)
        self.gap_ms = gap_ms
        self.end = end

    def scan(self, code: str, pause_ms: int = 200) -> None:
        """One scan, `pause_ms` after whatever came before."""
        for index, character in enumerate(code):
            self.key(character, self.gap_ms if index else pause_ms)
        if self.end is not None:
            self.enter(self.gap_ms, self.end)


class Hands(Keyboard):
    """Types as a person does."""

    def type(self, text: str, gap_ms: int = 120) -> None:
        for character in text:
            self.key(character, gap_ms)
