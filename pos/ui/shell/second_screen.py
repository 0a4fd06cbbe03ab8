"""Whether the customer has a screen: made when the settings ask for it, and not imported before. Owns nothing that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.ui.context import UiContext
from pos.ui.shell.window import ShellWindow

if TYPE_CHECKING:
    from pos.ui.customer_display.display import CustomerDisplay


class SecondScreen(QObject):
    """Follows `Preferences.customer_display`.

    Attributes:
        display: what the customer sees; None while it is off.
    """

    def __init__(self, context: UiContext, window: ShellWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._window = context, window
        self._wanted = "off"
        self.display: CustomerDisplay | None = None
        context.preferences_changed.connect(self._follow)
        window.closing.connect(self.close)
        self._follow()

    def close(self) -> None:
        """It is switched off, or the till closes."""
        if self.display is not None:
            self.display.close()
            self.display.deleteLater()
            self.display = None

    def _follow(self) -> None:
        wanted = self._context.preferences.customer_display
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.close()
        if wanted != "off":
            from pos.ui.customer_display.display import CustomerDisplay

            self.display = CustomerDisplay(self._context, self._window, self)
