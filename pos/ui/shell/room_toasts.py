"""Toasts in the window, clear of what the screen wants to be seen. Owns their place and nothing that they say."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from pos.ui.shell.window import ShellWindow
from pos.ui.theme.look import look
from pos.ui.widgets.toast import WIDTH, ToastStack

_SAID_BEFORE: Final = ("good", "info")
_GAP: Final = 8
"""px between toasts and what they stand under or above."""
_WIDEST: Final = 520
"""px at 100 % text: low rather than narrow, where keys are above and below."""


class RoomToasts(ToastStack):
    """Toasts stand at the lower right, but never over what the screen keeps clear (the counter). An order waits while money is counted."""

    def __init__(self, window: ShellWindow) -> None:
        super().__init__(window)
        self._shell = window

    def place(self) -> None:
        """Another screen, or other things to be kept clear. What was done before money is counted needs no saying any more."""
        if self._between() is not None:
            for toast in [toast for toast in self.toasts if toast.kind in _SAID_BEFORE]:
                toast.close_now()
        self._place()

    def _between(self) -> tuple[QWidget, QWidget] | None:
        screen = self._shell.screen_shown
        return screen.toasts_between() if screen is not None else None

    def _place(self) -> None:
        if self._shell.covered:
            # they are for whoever is at the counter
            self.hide()
            return
        screen = self._shell.screen_shown
        waits = screen is not None and screen.orders_wait()
        for toast in self.toasts:
            toast.setVisible(not (waits and toast.kind == "order"))
        between = self._between()
        if between is not None:
            self._fit(*between)
            return
        self._widen(look().px(WIDTH))
        super()._place()
        clear = screen.clear_right() if screen is not None else 0
        if self.toasts and clear:
            least = 16 + (self._shell.rail.width() if self._shell.rail.isVisible() else 0)
            # where the counter takes the whole of a narrow window, its keys are at the bottom
            high = screen is not None and clear >= screen.width() and self._shell.folded
            self.move(max(least, self.x() - clear), self._shell.header.height() + 8 if high else self.y())

    def _fit(self, under: QWidget, above: QWidget) -> None:
        """As many of the newest as there is room for; with large letters an older one waits until that has gone."""
        corner = under.mapTo(self._shell, QPoint(under.width(), under.height()))
        room = above.mapTo(self._shell, QPoint(0, 0)).y() - corner.y() - 2 * _GAP
        self._widen(min(under.width(), look().px(_WIDEST)))
        super()._place()
        shown = [toast for toast in self.toasts if not toast.isHidden()]
        while self.height() > room and len(shown) > 1:
            shown.pop(0).hide()
            super()._place()
        self.move(corner.x() - self.width(), corner.y() + _GAP)

    def _widen(self, width: int) -> None:
        for toast in self.toasts:
            toast.setFixedWidth(width)
