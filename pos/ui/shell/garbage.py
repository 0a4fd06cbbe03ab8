"""Garbage is looked for on the UI thread alone. Owns when; frees nothing by hand.

Python looks for garbage in whichever thread happens to allocate. A closed dialog that dies in the sync worker's thread takes the program
with it: a Qt object must die on its own thread. So the automatic search is off for good while there is a window, and a timer of the
UI thread searches instead, by Python's own thresholds.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 2_000
"""Between two looks at the counts: a few microseconds when there is nothing to do."""
_OLD: Final = 10
_YOUNG: Final = 700


class GarbageWatch(QObject):
    """Searches for as long as its parent lives. Makes nothing of what the start made: that stays."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def keep_what_is_there(self) -> None:
        """The start is over: what it made is not looked through again."""
        gc.freeze()

    def look(self) -> None:
        """Search as deep as the counts ask for."""
        young, middle, old = gc.get_count()
        if old > _OLD:
            gc.collect(2)
        elif middle > _OLD:
            gc.collect(1)
        elif young > _YOUNG:
            gc.collect(0)
