"""Every key of the till in one table, so that it can be printed on its button and changed in one place. Owns no widget and no action.

Letters and digits are never shortcuts: a scanner types them. Bare Enter never pays. F10 is left alone (it opens menus on some desktops).
A shop's own keys are written as `pay=F8;hold=Shift+F4`: only what is not as usual.
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
    CUSTOMER = "customer"
    PRICE_CHECK = "price_check"
    DISCOUNT = "discount"
    EDIT_LINE = "edit_line"
    PAY = "pay"
    EXACT_CASH = "exact_cash"
    REPRINT = "reprint"
    REMOVE_LINE = "remove_line"
    UNDO = "undo"
    REDO = "redo"
    LOCK = "lock"
    """Another cashier, or nobody: the tiles."""
    BACK = "back"


DEFAULT_KEYS: Final[Mapping[Action, str]] = {
    Action.HELP: "F1",
    Action.SEARCH: "F2",
    Action.QUANTITY: "F3",
    Action.HOLD: "F4",
    Action.RECALL: "F5",
    Action.CUSTOMER: "F6",
    Action.PRICE_CHECK: "F7",
    Action.DISCOUNT: "F8",
    Action.EDIT_LINE: "Ctrl+E",
    Action.PAY: "F9",
    Action.REPRINT: "F11",
    Action.EXACT_CASH: "F12",
    Action.REMOVE_LINE: "Del",
    Action.UNDO: "Ctrl+Z",
    Action.REDO: "Ctrl+Y",
    Action.LOCK: "Ctrl+L",
    Action.BACK: "Esc",
}
"""Action -> key, in the portable spelling that is also printed on the button."""


FIXED: Final = frozenset({Action.BACK})
"""Esc closes what is open, everywhere, as people know it."""
_ALLOWED: Final = r"(?:(?:Ctrl\+|Alt\+)?(?:Shift\+)?F(?:[1-9]|1[12])|(?:Ctrl\+)(?:Shift\+)?[A-Z]|Del|Ins|PgUp|PgDown|Pause)"
_TYPING: Final = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"})
"""What every field of text needs."""


class _Mapping:
    """The keys in use."""

    def __init__(self) -> None:
        self.keys: Mapping[Action, str] = DEFAULT_KEYS


_now = _Mapping()


def key_of(action: Action) -> str:
    """The key of an action as it is printed on its cap, which is also how a shortcut is made of it."""
    return _now.keys[action]


def keys_now() -> Mapping[Action, str]:
    """Every action with its key."""
    return _now.keys


def use_keys(written: str) -> None:
    """Use a shop's keys from now on; buttons and shortcuts that were made before are made anew by whoever owns them."""
    _now.keys = read_keys(written)


def read_keys(written: str) -> Mapping[Action, str]:
    """Every action with its key. What cannot be read, may not be used or is another action's key stays as usual: a file of settings from
    a newer program, or a slip in it, must leave no action without a key."""
    if not written:
        return DEFAULT_KEYS
    known = {action.value: action for action in Action}
    wanted = {}
    for part in written.split(";"):
        name, _, key = part.strip().partition("=")
        if name in known and known[name] not in FIXED and is_allowed(key):
            wanted[known[name]] = key
    keys = {**DEFAULT_KEYS, **wanted}
    return keys if len(set(keys.values())) == len(keys) else DEFAULT_KEYS


def write_keys(keys: Mapping[Action, str]) -> str:
    """What is not as usual, in one line; empty when everything is."""
    return ";".join(f"{action.value}={key}" for action, key in keys.items() if key != DEFAULT_KEYS[action])


def is_allowed(key: str) -> bool:
    """Whether a key may stand for an action: in its portable spelling (`Shift+F4`)."""
    # most shops keep the usual keys, and the first paint waits for this module
    import re

    return re.fullmatch(_ALLOWED, key) is not None and key not in _TYPING


def with_key(keys: Mapping[Action, str], action: Action, key: str) -> Mapping[Action, str]:
    """The keys with another one for an action.

    Raises:
        ShopError: KEY_NOT_ALLOWED with `key`; KEY_TAKEN with `key` and `taken` (the Action that has it).
    """
    from pos.domain.errors import ErrorCode, ShopError

    if action in FIXED or not is_allowed(key):
        raise ShopError(ErrorCode.KEY_NOT_ALLOWED, key=key)
    taken = next((other for other, held in keys.items() if held == key and other is not action), None)
    if taken is not None:
        raise ShopError(ErrorCode.KEY_TAKEN, key=key, taken=taken)
    return {**keys, action: key}
