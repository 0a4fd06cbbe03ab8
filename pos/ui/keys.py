"""Every key of the till in one table, so that it can be printed on its button and changed in one place. Owns no widget and no action.

Letters and digits are never shortcuts: a scanner types them. Bare Enter never pays. F10 is left alone (it opens menus on some desktops).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Action(StrEnum):
    """What a key can do, by the screen's own words."""

    HELP = "help"
    SEARCH = "search"
    QUANTITY = "quantity"
    HOLD = "hold"
    RECALL = "recall"
    PRICE_CHECK = "price_check"
    PAY = "pay"
    EXACT_CASH = "exact_cash"
    REPRINT = "reprint"
    REMOVE_LINE = "remove_line"
    UNDO = "undo"
    REDO = "redo"
    BACK = "back"


DEFAULT_KEYS: Final[Mapping[Action, str]] = {
    Action.HELP: "F1",
    Action.SEARCH: "F2",
    Action.QUANTITY: "F3",
    Action.HOLD: "F4",
    Action.RECALL: "F5",
    Action.PRICE_CHECK: "F7",
    Action.PAY: "F9",
    Action.REPRINT: "F11",
    Action.EXACT_CASH: "F12",
    Action.REMOVE_LINE: "Del",
    Action.UNDO: "Ctrl+Z",
    Action.REDO: "Ctrl+Y",
    Action.BACK: "Esc",
}
"""Action -> key, in the portable spelling that is also printed on the button."""


def key_of(action: Action) -> str:
    """The key of an action as it is printed on its cap, which is also how a shortcut is made of it."""
    return DEFAULT_KEYS[action]
