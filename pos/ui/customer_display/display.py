"""The customer's screen: a window of its own on the second screen, or beside the till to try it. Owns its place and what it shows now.

It never takes the keyboard: a scan goes to the till, whatever is clicked. It follows what the counter says, and asks nothing of the store
but the shop's name.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from pos.domain.basket import Basket
from pos.domain.qris_request import QrisRequest
from pos.domain.sale import Sale
from pos.ui.context import UiContext
from pos.ui.customer_display.pages import Pages
from pos.ui.language import tr
from pos.ui.theme.look import look

_THANKS_MS: Final = 12_000
_TRIED: Final = (900, 560)
"""Pixels of the window in which it is tried."""


class CustomerDisplay(QObject):
    """What `Preferences.customer_display` asks for.

    Attributes:
        pages: what is shown; its window.
    """

    def __init__(self, context: UiContext, till_window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._till_window = context, till_window
        self._basket: Basket | None = None
        self._seen: dict[str, tuple[int, int]] = {}
        self._touched = ""
        self.pages = Pages(context.till.store.read.shop().name)
        self.pages.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.pages.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.setWindowTitle(tr("Layar pembeli"))
        self.pages.setAccessibleName(tr("Layar pembeli"))
        self.pages.installEventFilter(self)
        self._rest = QTimer(self, singleShot=True, interval=_THANKS_MS)
        self._rest.timeout.connect(self._welcome)
        context.customer.connect(self._show)
        context.preferences_changed.connect(self._preferred)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._screens_changed)
        app.screenRemoved.connect(self._screens_changed)
        look().changed.connect(self.pages.update)
        self.pages.welcome()
        self.place()
        basket = context.till.store.read.basket()
        if basket.lines:
            self._show(basket)

    def close(self) -> None:
        """The till closes, or the customer's screen is switched off."""
        self._rest.stop()
        self.pages.close()
        self.pages.deleteLater()

    def place(self) -> None:
        """Onto the second screen, whole; where there is none it waits for one. To try it, into a window beside the till."""
        if self._context.preferences.customer_display == "window":
            self.pages.setWindowState(Qt.WindowState.WindowNoState)
            self.pages.resize(*_TRIED)
            self.pages.show()
            return
        other = second_screen(self._till_window.screen(), QGuiApplication.screens())
        if other is None:
            self.pages.hide()
            return
        self.pages.setScreen(other)
        self.pages.setGeometry(other.geometry())
        self.pages.showFullScreen()

    def geometry(self) -> QRect:
        """Where it is."""
        return self.pages.geometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where a desktop gives it the keyboard all the same, the till gets it back."""
        if event.type() == QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self._till_window.activateWindow)
        return False

    def _screens_changed(self, _screen: QScreen) -> None:
        # once Qt has put the windows of a screen that is gone elsewhere
        QTimer.singleShot(0, self.place)

    def _preferred(self) -> None:
        """Another language: what is shown is shown again in it."""
        self.pages.setWindowTitle(tr("Layar pembeli"))
        self.pages.retranslate()
        if self._basket is not None:
            self._show(self._basket)

    def _show(self, seen: object) -> None:
        if isinstance(seen, Sale):
            self._basket = None
            self.pages.thank(seen)
            self._rest.start()
        elif isinstance(seen, QrisRequest):
            self._rest.stop()
            self.pages.show_qr(seen)
        elif isinstance(seen, Basket):
            self._show_basket(seen)
        elif self._basket is not None and self._basket.lines:
            self.pages.show_basket(self._basket, self._touched)

    def _show_basket(self, basket: Basket) -> None:
        """The next basket ends the thanks of the last; an empty one leaves them for a while."""
        amounts = {line.uid: (line.quantity, line.amount) for line in basket.lines}
        self._touched = next((uid for uid in reversed(amounts) if self._seen.get(uid) != amounts[uid]), self._touched)
        self._seen = amounts
        emptied = self._basket is not None and bool(self._basket.lines) and not basket.lines
        self._basket = basket
        if basket.lines:
            self._rest.stop()
            self.pages.show_basket(basket, self._touched)
        elif emptied and not self._rest.isActive():
            self._welcome()

    def _welcome(self) -> None:
        self._rest.stop()
        self.pages.welcome(self._context.till.store.read.shop().name)


def second_screen(own: QScreen, screens: list[QScreen]) -> QScreen | None:
    """A screen that the till is not on; None where there is one only."""
    return next((screen for screen in screens if screen is not own), None)
