"""Toasts in the window, clear of what the screen wants to be seen. Owns their place and nothing that they say."""

from __future__ import annotations

from pos.ui.shell.window import ShellWindow
from pos.ui.widgets.toast import ToastStack


class RoomToasts(ToastStack):
    """Toasts stand at the lower right, but never over what the screen keeps clear (the counter)."""

    def __init__(self, window: ShellWindow) -> None:
        super().__init__(window)
        self._shell = window

    def place(self) -> None:
        """Another screen, or other things to be kept clear."""
        self._place()

    def _place(self) -> None:
        super()._place()
        screen = self._shell.screen_shown
        clear = screen.clear_right() if screen is not None else 0
        if self.toasts and clear:
            least = 16 + (self._shell.rail.width() if self._shell.rail.isVisible() else 0)
            self.move(max(least, self.x() - clear), self.y())
