"""Where a scan goes: to the dialog that is open, a buyer's code to the orders, else to the room one is in, else onto the counter.

Never nowhere, never into a field. Owns that order and nothing that comes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from pos.ui.context import Screen


class Took(Enum):
    """Who took a scan."""

    DIALOG = auto()
    SCREEN = auto()
    PICKUP = auto()
    """A buyer's code: the room of orders is its place, wherever it is scanned."""
    SALE = auto()
    REFUSED = auto()
    """A dialog is open that has no use for it; that is said."""


def offer(code: str, dialog: QWidget | None, screen: Screen | None, is_pickup: Callable[[str], bool]) -> Took:
    """Offer a scan to whom it may concern, in their order. SALE and PICKUP are the caller's to do.

    Args:
        dialog: the modal dialog that is open, if any.
        screen: the room one is in.
    """
    if dialog is not None:
        taker = getattr(dialog, "scanned", None)
        if not callable(taker):
            return Took.REFUSED
        if taker(code):
            return Took.DIALOG
    if is_pickup(code):
        return Took.PICKUP
    return Took.SCREEN if screen is not None and screen.scanned(code) else Took.SALE


def close_popups() -> None:
    """An open list or menu steps aside: what is scanned is seen at once."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
