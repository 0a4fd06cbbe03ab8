"""Keys that work in every room: help, and the tiles of who is at the counter. Owns the shortcuts; what they do is the application's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos.ui.keys import Action, key_of


class WindowKeys(QObject):
    """One shortcut an action, over the whole window."""

    def __init__(self, window: QWidget, acts: Mapping[Action, Callable[[], object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bound: dict[Action, QShortcut] = {}
        for action, act in acts.items():
            shortcut = self._bound[action] = QShortcut(window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self.bind()

    def bind(self) -> None:
        """To the keys in use."""
        for action, shortcut in self._bound.items():
            shortcut.setKey(QKeySequence(key_of(action)))
