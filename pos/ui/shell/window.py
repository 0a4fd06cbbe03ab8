"""The one window: rail, header, and the room one is in. Owns places and sizes; what happens in it is `pos.ui.application`'s.

The rail folds into *Menu* where the window is narrow; a first run has the whole window to itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.ui.keys import Action, key_of
from pos.ui.shell.rooms import BEHIND, FIRST_RUN, MENU, RAIL, SALE
from pos.ui.shell.skeleton import SaleSkeleton, paint_window
from pos.ui.theme.look import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from pos.ui.context import Screen
    from pos.ui.shell.header import Header
    from pos.ui.shell.menu import Menu
    from pos.ui.shell.rail import Rail
    from pos.ui.shell.room_toasts import RoomToasts

_FOLDS_BELOW: Final = 1280


class ShellWindow(QWidget):
    """The window. Its first paint is of shapes only; `furnish` makes what stands in it.

    Attributes:
        rail, header: there from `furnish` on.

    Signals:
        painted(): its first paint is done.
        closing(): the person closes it.
        wanted(str): key of a room.
        help_wanted(): explain the screen.
        cashier_wanted(): the tiles of who is at the counter.
    """

    painted = Signal()
    closing = Signal()
    wanted = Signal(str)
    help_wanted = Signal()
    cashier_wanted = Signal()

    rail: Rail
    header: Header
    _pages: QStackedWidget

    def __init__(self, expects: str) -> None:
        super().__init__()
        self.setWindowTitle("e-Peken POS")
        self.screen_shown: Screen | None = None
        self._was_painted = self._furnished = False
        self._cover: QWidget | None = None
        self._expects, self._bare = expects, expects == FIRST_RUN
        self._counts: dict[str, int] = {}
        self._menu: Menu | None = None
        self._toasts: RoomToasts | None = None

    def furnish(self) -> None:
        """Make rail, header and the place of the rooms: called once, behind the first paint."""
        from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

        from pos.ui.shell.header import Header
        from pos.ui.shell.rail import Rail

        self._furnished = True
        self.rail, self.header = Rail(), Header()
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget() if self._bare else SaleSkeleton())
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.rail.wanted.connect(self._want)
        self.rail.help_wanted.connect(self.help_wanted)
        self.header.wanted.connect(self.wanted)
        self.header.cashier_wanted.connect(self.cashier_wanted)
        self.header.menu_wanted.connect(lambda: self._want(MENU))
        self.rail.show_room(self._expects)
        self._fold()

    def appear(self, size: tuple[int, int] | None) -> None:
        """Show it in a size in px; None fills the screen."""
        if size is not None:
            self.resize(*size)
            self.show()
            return
        # what it goes back to when it is made smaller: on the screen as a whole
        self.setGeometry(self.screen().availableGeometry().adjusted(24, 48, -24, -24))
        self.showMaximized()

    @property
    def toasts(self) -> RoomToasts:
        """Where short words stand; made when the first are said."""
        if self._toasts is None:
            from pos.ui.shell.room_toasts import RoomToasts

            self._toasts = RoomToasts(self)
        return self._toasts

    @property
    def folded(self) -> bool:
        """Whether the rail is folded into the menu."""
        return self.width() < look().px(_FOLDS_BELOW)

    def show_screen(self, screen: Screen) -> None:
        """Go into a room."""
        self._close_menu()
        self.screen_shown = screen
        self._bare = screen.key == FIRST_RUN
        if self._pages.indexOf(screen) < 0:
            self._pages.addWidget(screen)
            screen.clear_changed.connect(self._turned)
        self.rail.show_room(screen.key)
        self._fold()
        if self._cover is not None:
            return
        self._pages.setCurrentWidget(screen)
        if not screen.isAncestorOf(self.focusWidget()):
            # a key that is hit now is for the room, and not for what is next to it
            screen.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._toasts is not None:
            # what did not work there is no matter here
            self._toasts.pass_on("fault")
        self._turned()

    def show_page(self, page: QWidget) -> None:
        """Something that is no room: why the shop could not be opened."""
        self.screen_shown = None
        self._bare = True
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._fold()

    @property
    def covered(self) -> bool:
        """Whether something is over everything."""
        return self._cover is not None

    def cover(self, page: QWidget) -> None:
        """Put something over everything: rail, header, room and toasts go on behind it."""
        self._close_menu()
        self._cover = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._fold()
        self._turned()

    def uncover(self) -> None:
        """Take it away: the room that one was in shows again."""
        page, self._cover = self._cover, None
        if page is None:
            return
        self._pages.removeWidget(page)
        page.hide()
        page.deleteLater()
        if self.screen_shown is not None:
            self.show_screen(self.screen_shown)

    def show_keys(self) -> None:
        """Other keys are in use: what prints them by itself is painted again."""
        self.rail.update()
        self._close_menu()

    def show_waiting(self) -> None:
        """The empty ground or the sale's shapes again, while the shop is opened."""
        page = self._pages.currentWidget()
        self._pages.setCurrentIndex(0)
        if page is not self._pages.widget(0):
            self._pages.removeWidget(page)
            page.deleteLater()

    def make_room_above(self, height: int) -> None:
        """Something lies over the first `height` pixels from now on; every page begins below it."""
        # first, or the window would grow by what the rail gives away
        self.rail.hide_logo()
        self.setContentsMargins(0, height, 0, 0)

    def drop_screen(self, screen: Screen) -> None:
        """A room is made anew: the old one goes."""
        if self.screen_shown is screen:
            self.screen_shown = None
        self._pages.removeWidget(screen)
        screen.hide()
        screen.deleteLater()

    def show_count(self, key: str, count: int) -> None:
        """How many wait in a room."""
        self._counts[key] = count
        self.rail.show_count(key, count)

    def retranslate(self) -> None:
        """Every word anew."""
        self.rail.retranslate()
        self.header.retranslate()
        if self._toasts is not None:
            # they were said in the other language
            self._toasts.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._furnished and not self._bare:
            paint_window(self, self.folded)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody needed: away with what was said of the last scan, else back to the counter."""
        if event.key() != Qt.Key.Key_Escape or self._cover is not None:
            super().keyPressEvent(event)
            return
        passed = self._toasts is not None and self._toasts.pass_on()
        if not passed and self.screen_shown is not None and self.screen_shown.key not in (SALE, FIRST_RUN):
            self.wanted.emit(SALE)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._close_menu()
        if self._furnished:
            self._fold()

    def _fold(self) -> None:
        bare = self._bare or self._cover is not None
        self.rail.setVisible(not bare and not self.folded)
        self.header.setVisible(not bare)
        self.header.set_compact(self.folded)

    def _turned(self) -> None:
        """Another room, or another page of it: what was said of a scan belongs to the one before."""
        if self._toasts is not None:
            self._toasts.pass_on()
            self._toasts.place()

    def _want(self, key: str) -> None:
        if key != MENU:
            self.wanted.emit(key)
            return
        from pos.ui.shell.menu import Menu

        self._close_menu()
        here = self.screen_shown.key if self.screen_shown is not None else ""
        if self.folded:
            at, rooms, help_key = QPoint(14, self.header.y() + self.header.height()), (*RAIL, *BEHIND), key_of(Action.HELP)
        else:
            at, rooms, help_key = self.rail.more.mapTo(self, QPoint(self.rail.width() - 2, -40)), BEHIND, ""
        self._menu = Menu(self, rooms, here, self._counts, at, help_key)
        self._menu.wanted.connect(self.wanted)
        self._menu.help_wanted.connect(self.help_wanted)
        self._menu.destroyed.connect(self._menu_gone)

    def _menu_gone(self) -> None:
        self._menu = None

    def _close_menu(self) -> None:
        if self._menu is not None:
            menu, self._menu = self._menu, None
            menu.destroyed.disconnect(self._menu_gone)
            menu.close_menu()
