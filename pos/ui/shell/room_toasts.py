"""Toasts in the window, clear of what the screen wants to be seen. Owns their place and nothing that they say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from pos.ui.shell.window import ShellWindow
from pos.ui.widgets.toast import ToastStack

_SAID_BEFORE: Final = ("good", "info")


class RoomToasts(ToastStack):
    """Toasts stand at the lower right, but never over what the screen keeps clear (the counter). An order waits while money is counted."""

    def __init__(self, window: ShellWindow) -> None:
        super().__init__(window)
        self._shell = window

    def place(self) -> None:
        """Another screen, or other things to be kept clear. What was done before money is counted needs no saying any more."""
        if self._under() is not None:
            for toast in [toast for toast in self.toasts if toast.kind in _SAID_BEFORE]:
                toast.close_now()
        self._place()

    def _under(self) -> QWidget | None:
        screen = self._shell.screen_shown
        return screen.toasts_under() if screen is not None else None

    def _place(self) -> None:
        if self._shell.covered:
            # they are for whoever is at the counter
            self.hide()
            return
        screen = self._shell.screen_shown
        waits = screen is not None and screen.orders_wait()
        for toast in self.toasts:
            toast.setVisible(not (waits and toast.kind == "order"))
        super()._place()
        under = self._under()
        if under is not None:
            corner = under.mapTo(self._shell, QPoint(under.width(), under.height()))
            self.move(corner.x() - self.width(), corner.y() + 8)
            return
        clear = screen.clear_right() if screen is not None else 0
        if self.toasts and clear:
            least = 16 + (self._shell.rail.width() if self._shell.rail.isVisible() else 0)
            # where the counter takes the whole of a narrow window, its keys are at the bottom
            high = screen is not None and clear >= screen.width() and self._shell.folded
            self.move(max(least, self.x() - clear), self._shell.header.height() + 8 if high else self.y())
