"""Keys bound to what they do, from the table of `pos.ui.keys`. A key that is held down does its thing once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos.ui.keys import Action, key_of


def shortcut(page: QWidget, action: Action, act: Callable[[], object]) -> QShortcut:
    """Bind a key while `page` is on the screen, whatever in its window has the focus."""
    bound = QShortcut(QKeySequence(key_of(action)), page)
    bound.setContext(Qt.ShortcutContext.WindowShortcut)
    bound.setAutoRepeat(False)
    bound.activated.connect(lambda: act())
    return bound
