"""Locks the till when nobody touched it for a while, or when somebody asks for the tiles; opens it for who signs in.

Behind it everything goes on: line, paper, orders that come. Questions that were open are put away, and come back for the same person
only. Owns when it is locked; who may open it is `pos.services.people`'s, and whether PINs count here `Queries.signed`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from pos.domain.changed import Changed
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.shell.senses import Senses
from pos.ui.shell.window import ShellWindow

if TYPE_CHECKING:
    from pos.domain.people import User
    from pos.ui.lock.screen import LockScreen

_LOOK_MS: Final = 5_000
_MINUTE_MS: Final = 60_000


class Guard(QObject):
    """The lock of the window.

    Signals:
        opened(): somebody signed in.
    """

    opened = Signal()

    def __init__(self, context: UiContext, window: ShellWindow, senses: Senses, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._window, self._senses = context, window, senses
        self._screen: LockScreen | None = None
        self._away: list[QDialog] = []
        self._was = ""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        context.changed.connect(self._changed)

    @property
    def locked(self) -> bool:
        return self._screen is not None

    def begin(self) -> None:
        """The till starts: where PINs count, nobody is at the counter yet."""
        if self._context.till.store.read.signed().guarded:
            self.lock()

    def change_cashier(self) -> None:
        """The tiles, at once. Where nobody is on the list there is nobody to change to."""
        if self.locked:
            return
        if self._context.till.store.read.users():
            self.lock()
        else:
            self._context.told.emit("info", tr("Belum ada daftar orang. Tambahkan di Lainnya, Orang."))

    def lock(self) -> None:
        """Cover everything. What is open is put away, and the basket is in the store."""
        if self.locked:
            return
        from pos.ui.lock.screen import LockScreen

        signed = self._context.till.store.read.signed()
        self._context.approval = None
        self._was = signed.user_uid
        self._put_away()
        screen = self._screen = LockScreen(self._context, can_go_back=not signed.guarded)
        screen.opened.connect(self._open)
        screen.left.connect(self._leave)
        self._window.cover(screen)
        # a question that was put away had the keyboard
        self._window.activateWindow()
        screen.begin()

    def refuse(self, code: str) -> bool:
        """A scan came. True when it is locked: then it is refused where it is seen, and goes nowhere."""
        if self._screen is None:
            return False
        self._context.sound.emit("error")
        self._screen.refuse_scan()
        return True

    def tell_orders(self, unseen: int) -> None:
        """How many online orders wait: said on the lock screen too, without a name."""
        if self._screen is not None:
            self._screen.tell_orders(unseen)

    def _look(self) -> None:
        """Whether nobody has touched the till for as long as the shop says."""
        after = self._context.preferences.lock_after_minutes
        if self.locked or not after or self._senses.scanner.idle_ms < after * _MINUTE_MS or not self._window.screen_shown:
            return
        if self._window.screen_shown.key != "first_run" and self._context.till.store.read.signed().guarded:
            self.lock()

    def _changed(self, changed: Changed) -> None:
        """Whoever was at the counter works here no more: nobody is there."""
        if changed.shop and not self.locked:
            signed = self._context.till.store.read.signed()
            if signed.guarded and not signed.user_uid:
                self.lock()

    def _put_away(self) -> None:
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.hide()
            self._away.append(dialog)

    def _open(self, user: User) -> None:
        self._uncover()
        same = user.uid == self._was
        away, self._away = self._away, []
        for dialog in reversed(away):
            if same:
                dialog.show()
            else:
                # what somebody else began is not this one's to finish
                dialog.reject()
        self._context.changed.emit(Changed(shop=True))
        self._context.told.emit("good", tr("Halo, {name}.", name=user.name))
        self.opened.emit()

    def _leave(self) -> None:
        """Back without a change, where no PIN counts."""
        self._uncover()
        away, self._away = self._away, []
        for dialog in reversed(away):
            dialog.show()
        self.opened.emit()

    def _uncover(self) -> None:
        self._screen = None
        self._window.uncover()
