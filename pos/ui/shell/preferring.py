"""Settings that were changed, applied at once: the sale goes on. Owns what follows from which setting; keeps none of them itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos.services.ports import Till
from pos.services.preferences import Preferences
from pos.ui.context import UiContext
from pos.ui.keys import use_keys
from pos.ui.language import language, set_language
from pos.ui.operations import attempt
from pos.ui.shell.room_keeper import RoomKeeper
from pos.ui.shell.window import ShellWindow
from pos.ui.sounds import Sounds
from pos.ui.theme.look import look


class Preferring(QObject):
    """Hears of every change of the context's preferences.

    Signals:
        applied(): everything but `made_anew` follows the new settings.
        made_anew(str): rooms were dropped; go back to this place.
    """

    applied = Signal()
    made_anew = Signal(str)

    def __init__(
        self,
        context: UiContext,
        keep: Callable[[Preferences], Till],
        window: ShellWindow,
        rooms: RoomKeeper,
        sounds: Sounds,
        parent: QObject | None = None,
    ) -> None:
        """`keep` saves them and gives the till with new paper and rules; it raises ShopError."""
        super().__init__(parent)
        self._context, self._keep_them, self._window, self._rooms, self._sounds = context, keep, window, rooms, sounds
        self._before = context.preferences
        context.preferences_changed.connect(self._apply)

    def adopt(self, preferences: Preferences | None) -> None:
        """Settings that came with the shop itself (a provision file); None for none."""
        if preferences is not None:
            self._context.preferences = preferences
            self._context.preferences_changed.emit()

    def _apply(self) -> None:
        before, now = self._before, self._context.preferences
        self._before = now
        if now != before:
            attempt(self._context, lambda: self._context.set_till(self._keep_them(now)))
        self._sounds.enabled = now.sounds
        if now.language != language():
            set_language(now.language)
            self._window.retranslate()
            self._rooms.retranslate()
        if (now.theme, now.text_scale, now.reduce_motion) != (before.theme, before.text_scale, before.reduce_motion):
            look().use(now.theme, now.text_scale, now.reduce_motion)
        if now.keys != before.keys:
            use_keys(now.keys)
            self._window.show_keys()
        if (now.text_scale, now.keys) != (before.text_scale, before.keys):
            # after the screen that asked for it has its turn behind it
            QTimer.singleShot(0, self._make_anew)
        self.applied.emit()

    def _make_anew(self) -> None:
        self._window.toasts.clear()
        self.made_anew.emit(self._rooms.make_anew())
