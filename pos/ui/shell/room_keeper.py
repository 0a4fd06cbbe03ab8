"""The rooms that somebody was in: made when they are first entered, and all of them made anew in another size or with other keys.

Owns the screens; where one may go, and what else happens then, is the application's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.ui.shell.rooms import BY_KEY, SALE, make_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.ui.context import Screen, UiContext
    from pos.ui.shell.window import ShellWindow


class RoomKeeper(QObject):
    """One screen a room."""

    def __init__(self, window: ShellWindow, context: Callable[[], UiContext], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._context = window, context
        self._screens: dict[str, Screen] = {}

    def screen(self, key: str) -> Screen:
        """A room, made if nobody was in it yet."""
        if key not in self._screens:
            self._screens[key] = make_screen(key, self._context())
        return self._screens[key]

    def go(self, key: str) -> bool:
        """Go into a room by its key, or to a part of it (`settings#printer`). False for one that does not exist."""
        room, _, part = key.partition("#")
        if room not in BY_KEY:
            return False
        screen = self.screen(room)
        if self._window.screen_shown is not screen:
            self._window.show_screen(screen)
            screen.refresh(None)
        if part:
            screen.open_part(part)
        return True

    def retranslate(self) -> None:
        """Every word anew."""
        for screen in self._screens.values():
            screen.retranslate()

    def make_anew(self) -> str:
        """Drop every room: another size, other keys. What they show is in the store. Gives the place to go back to."""
        shown = self._window.screen_shown
        here = f"{shown.key}#{shown.part_shown()}" if shown is not None else SALE
        for screen in self._screens.values():
            self._window.drop_screen(screen)
        self._screens.clear()
        return here
