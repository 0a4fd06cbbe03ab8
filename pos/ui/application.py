"""The till as a program with a window: paints first, loads behind it, and then lets screens, scanner, sounds and workers meet.

Owns which room shows and who hears of what; owns no rule, no file and no connection: those come from the loader (`pos.app`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from pos.ui.keys import Action, use_keys
from pos.ui.language import set_language, tr
from pos.ui.one_instance import OneInstance
from pos.ui.shell.loading import Loading
from pos.ui.shell.program import the_program
from pos.ui.shell.room_keeper import RoomKeeper
from pos.ui.shell.rooms import FIRST_RUN, SALE
from pos.ui.shell.scans import Took, close_popups, offer
from pos.ui.shell.window import ShellWindow
from pos.ui.theme.look import look, start

if TYPE_CHECKING:
    from pos.domain.changed import Changed
    from pos.domain.errors import ShopError
    from pos.services.ports import Till
    from pos.services.preferences import Preferences
    from pos.ui.context import Screen, UiContext
    from pos.ui.lock.guard import Guard
    from pos.ui.shell.loaded import Loaded
    from pos.ui.shell.second_screen import SecondScreen
    from pos.ui.workers import Round, Worker

_PILLS_MS: Final = 30_000
"""How often the pills are looked at by themselves: they tell ages."""
_IDLE_MS: Final = 30_000


class Application(QObject):
    """One till in one window.

    Attributes:
        window: the window.
        senses: scanner, sounds, toasts and the catcher of bugs; there from the first paint on.
        sounds, telling: of them, for who asks often.
    """

    def __init__(
        self,
        loader: Callable[[], Loaded],
        preferences: Preferences,
        size: tuple[int, int] | None = None,
        instance: OneInstance | None = None,
        expects: str = SALE,
    ) -> None:
        """Make the window and show it; the loader is called behind its first paint, in a thread of its own.

        Args:
            size: of the window in px; None fills the screen.
            instance: claimed already; released at the end.
            expects: the screen that is likely to open first.
        """
        self._app = the_program()
        super().__init__()
        self._preferences, self._instance = preferences, instance
        self._loading = Loading(loader, self)
        self._loading.done.connect(self._begin)
        self._loading.failed.connect(self._show_trouble)
        self._context: UiContext | None = None
        self._guard: Guard | None = None
        self._second: SecondScreen | None = None
        self._loaded: Loaded | None = None
        self._workers: list[Worker] = []
        self._early_scans: list[str] = []
        self._on_painted: list[Callable[[], object]] = []
        self._on_ready: list[Callable[[], object]] = []
        self._painted = self._ready = self._closed = False
        self._result = 0
        set_language(preferences.language)
        use_keys(preferences.keys)
        start(self._app, preferences, later=True)
        self.window = ShellWindow(expects)
        self._rooms = RoomKeeper(self.window, lambda: self.context, self)
        self.window.painted.connect(self._first_paint)
        self.window.closing.connect(self.close)
        self.window.appear(size)

    def _come_alive(self) -> None:
        """What the first paint did not wait for: ears, voice, keys."""
        from pos.ui.shell.senses import Senses
        from pos.ui.shell.window_keys import WindowKeys

        self.window.furnish()
        look().complete()
        self.senses = Senses(self.window, self._preferences.sounds, self)
        self.sounds, self.telling = self.senses.sounds, self.senses.telling
        self.senses.scanner.scanned.connect(self._scanned)
        self.window.wanted.connect(self.go)
        self.window.help_wanted.connect(self.show_help)
        if self._instance is not None:
            self._instance.raise_asked.connect(self.come_to_front)
        self._keys = WindowKeys(self.window, {Action.HELP: self.show_help, Action.LOCK: self.change_cashier}, self)
        self.window.cashier_wanted.connect(self.change_cashier)
        self._pill_timer = QTimer(self, interval=_PILLS_MS)
        self._pill_timer.timeout.connect(self._look_around)
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._tidy)

    # --- from outside ------------------------------------------------------------------------------------------------

    @property
    def context(self) -> UiContext:
        """What screens are given. RuntimeError before the store is loaded."""
        if self._context is None:
            raise RuntimeError("the shop is not loaded yet")
        return self._context

    @property
    def till(self) -> Till:
        return self.context.till

    def screen_key(self) -> str:
        """Key of the room that shows; empty before the store is loaded."""
        screen = self.window.screen_shown
        return screen.key if screen is not None else ""

    def screen(self, key: str) -> Screen:
        """A room, made if nobody was in it yet."""
        return self._rooms.screen(key)

    def go(self, key: str) -> None:
        """Go into a room by its key, or to a part of it (`settings#printer`). Nowhere if there is none, or while it is locked."""
        if self._context is not None and not self.locked and self._rooms.go(key):
            self._look_around()

    @property
    def locked(self) -> bool:
        """Whether the lock screen is over everything."""
        return self._guard is not None and self._guard.locked

    def change_cashier(self) -> None:
        """The tiles of who is at the counter, over everything; the basket stays."""
        if self._guard is not None and QApplication.activeModalWidget() is None:
            self._guard.change_cashier()

    def import_sheet(self, path: str) -> None:
        """Open the import of a spreadsheet over the window."""
        from pos.ui.goods.importing.dialog import ImportDialog

        dialog = ImportDialog(self.context, path)
        if dialog.parent() is None:
            dialog.setParent(self.window, dialog.windowFlags())
        dialog.open()

    def show_help(self) -> None:
        """F1: explain the room one is in."""
        screen = self.window.screen_shown
        if screen is not None and QApplication.activeModalWidget() is None:
            from pos.ui.shell.help import help_of, help_of_lock

            dialog = help_of_lock(self.window) if self.locked else help_of(screen, self.window)
            dialog.open()

    def come_to_front(self) -> None:
        """The program was started a second time: here it is."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        window.raise_()
        window.activateWindow()

    def when_painted(self, then: Callable[[], object]) -> None:
        """Call `then` after the first paint; at once if that was."""
        if self._painted:
            then()
        else:
            self._on_painted.append(then)

    def when_ready(self, then: Callable[[], object]) -> None:
        """Call `then` when the store is loaded and the first room is painted; at once if that was."""
        if self._ready:
            then()
        else:
            self._on_ready.append(then)

    def run(self) -> int:
        """Until the window is closed. 1 when the shop could not be opened."""
        self._app.exec()
        self.close()
        return self._result

    def close(self) -> None:
        """Stop the workers, close the shop, let the folder go. Doing it again changes nothing."""
        if self._closed:
            return
        self._closed = True
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.hide()
        if self._second is not None:
            self._second.close()
        if self._loaded is not None and self._loaded.stopping is not None:
            self._loaded.stopping()
        for worker in self._workers:
            worker.stop()
        # a shop that is being opened just now is closed as soon as it is open
        loaded = self._loading.stop() or self._loaded
        if loaded is not None:
            loaded.close()
        if self._painted:
            self._fall_silent()
        if self._instance is not None:
            self._instance.release()
        # its widgets must hear of nothing any more: what they would read is closed
        self.window.deleteLater()
        self._app.quit()

    def _fall_silent(self) -> None:
        self._pill_timer.stop()
        self._idle.stop()
        self.senses.fall_silent()

    # --- loading behind the painted window ---------------------------------------------------------------------------

    def _first_paint(self) -> None:
        self._painted = True
        waiting, self._on_painted = self._on_painted, []
        for then in waiting:
            then()
        self._come_alive()
        self._loading.start()

    def _show_trouble(self, error: ShopError | None) -> None:
        from pos.ui.shell.trouble import StartTrouble

        self._result = 1
        self._listen()
        page = StartTrouble(error)
        page.again.connect(self._try_again)
        page.leave.connect(self.window.close)
        self.window.show_page(page)

    def _try_again(self) -> None:
        self._result = 0
        self.window.show_waiting()
        self._loading.start()

    def _begin(self, loaded: Loaded) -> None:
        from pos.ui.context import UiContext
        from pos.ui.lock.guard import Guard
        from pos.ui.shell.alerts import OrderAlarm
        from pos.ui.shell.preferring import Preferring

        self._loaded = loaded
        context = self._context = UiContext(loaded.till, self._preferences, loaded.backstage)
        context.changed.connect(self._changed)
        context.go.connect(self.go)
        preferring = Preferring(context, loaded.keep, self.window, self._rooms, self.sounds, self)
        preferring.applied.connect(self._preferred)
        preferring.made_anew.connect(self.go)
        context.told.connect(self.telling.tell)
        context.offered.connect(self.telling.offer)
        context.sound.connect(self._sound)
        self._alarm = OrderAlarm(context, self.window.toasts, self.go, self)
        preferring.adopt(loaded.preferences)
        self.go(loaded.first_screen)
        self._guard = Guard(context, self.window, self.senses, self)
        self._guard.opened.connect(self._unlocked)
        if loaded.first_screen != FIRST_RUN:
            self._guard.begin()
        QTimer.singleShot(0, self._first_room_painted)

    def _first_room_painted(self) -> None:
        if self._closed or self._loaded is None:
            return
        from pos.ui.shell.second_screen import SecondScreen

        self._pill_timer.start()
        self._idle.start()
        self._second = SecondScreen(self.context, self.window, self)
        self.telling.tell_all(self._loaded.say)
        early, self._early_scans = self._early_scans, []
        for code in early:
            self._scanned(code)
        self._ready = True
        waiting, self._on_ready = self._on_ready, []
        for then in waiting:
            then()
        # line, paper and a second start come behind the first scan: each brings modules of its own
        if not self._closed:
            self._start_workers(self._loaded)
            self._listen()

    def _listen(self) -> None:
        if self._instance is not None:
            self._instance.listen()

    def _start_workers(self, loaded: Loaded) -> None:
        from pos.ui.workers import Worker

        wake: dict[str, Callable[[], None]] = {}
        works = (("sync", loaded.sync_once), ("print", loaded.print_once), ("wait", loaded.wait_once), ("update", loaded.update_once))
        for name, once in works:
            if once is None:
                continue
            worker = Worker(name, once, self)
            worker.changed.connect(self._changed)
            worker.new_orders.connect(self._new_orders)
            worker.rounded.connect(self._rounded)
            self._workers.append(worker)
            wake[name] = worker.wake
        loaded.attach(wake.get("sync", _nothing), wake.get("print", _nothing), wake.get("update", _nothing))
        for worker in self._workers:
            worker.start()

    # --- what happens ------------------------------------------------------------------------------------------------

    def _changed(self, changed: Changed) -> None:
        self._idle.start()
        screen = self.window.screen_shown
        if screen is not None:
            screen.refresh(changed)
        self._look_around()

    def _rounded(self, came: Round) -> None:
        self.telling.tell_all(came.say)
        self._alarm.lost(came.lost_steps)
        self._look_around()

    def _new_orders(self, uids: tuple[str, ...]) -> None:
        if self.screen_key() != "orders" or self.locked:
            self._alarm.came(uids)
        else:
            self.context.sound.emit("new_order")

    def _look_around(self) -> None:
        """Header, pills, the count on the rail, and whether new orders still ring."""
        if self._context is None or self._closed:
            return
        from pos.ui.shell.state import show_state

        unseen = show_state(self.window, self._context)
        if self.screen_key() != FIRST_RUN:
            self._alarm.look(unseen, self.screen_key() == "orders" and not self.locked)
            if self._guard is not None:
                self._guard.tell_orders(unseen)

    def _scanned(self, code: str) -> None:
        if self._context is None:
            self._early_scans.append(code)
            return
        self._idle.start()
        if self._guard is not None and self._guard.refuse(code):
            return
        close_popups()
        with self.telling.of_a_scan():
            took = offer(code, QApplication.activeModalWidget(), self.window.screen_shown, _is_pickup)
            if took is Took.REFUSED:
                self._sound("error")
                self.telling.tell("fault", tr("Tutup dulu jendela ini, lalu pindai lagi."))
            elif took in (Took.PICKUP, Took.SALE):
                room = "orders" if took is Took.PICKUP else SALE
                self.go(room)
                self.screen(room).scanned(code)

    def _sound(self, name: str) -> None:
        self._idle.start()
        self.sounds.play(name)

    def _tidy(self) -> None:
        tidy = self._loaded.tidy if self._loaded is not None else None
        if tidy is not None and self._context is not None:
            from pos.ui.operations import attempt

            attempt(self._context, tidy)

    def _preferred(self) -> None:
        """Another theme, language, size or printer."""
        self._preferences = self.context.preferences
        self._keys.bind()
        self._look_around()

    def _unlocked(self) -> None:
        """Somebody is at the counter."""
        screen = self.window.screen_shown
        if screen is not None:
            screen.refresh(None)
        self._look_around()


def _is_pickup(code: str) -> bool:
    from pos.ui.orders.handing import is_pickup_code

    return is_pickup_code(code)


def _nothing() -> None:
    """There is no such worker to wake."""
