"""Who stands at the counter: users, their roles, and which acts a role may do. Pure; a PIN is checked by `pos.services.permission`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

LONGEST_NAME: Final = 60
SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 8
MOST_USERS: Final = 40

_RUNS: Final = ("01234567890", "09876543210")
_WAITS: Final = (0, 0, 0, 15, 30, 60, 120, 240, 480, 900)
_SHAPE: Final = re.compile(rf"[0-9]{{{SHORTEST_PIN},{LONGEST_PIN}}}")


class Role(StrEnum):
    """Kasir, pemilik, petugas e-Peken."""

    CASHIER = "cashier"
    OWNER = "owner"
    OFFICER = "officer"


class Act(StrEnum):
    """What not everybody may (shop.md, People)."""

    VOID = "void"
    REFUND = "refund"
    DISCOUNT = "discount"
    """More off than the shop's limit."""
    PRICE_CHANGE = "price_change"
    OPEN_DRAWER = "open_drawer"
    """Without a sale."""
    CASH_OUT = "cash_out"
    CREDIT_OVER = "credit_over"
    """More on credit than the customer's limit."""
    NEGATIVE_STOCK = "negative_stock"
    STOCK = "stock"
    """Goods leave the shelf unsold, a count is booked, a delivery is put right."""
    USERS = "users"
    SETTINGS = "settings"
    CONFIRM_QRIS = "confirm_qris"
    """By hand, where the server said nothing."""
    SEE_DRAWER = "see_drawer"
    """What should be in the drawer, while it is open (X)."""
    SEE_AUDIT = "see_audit"
    """Who did what: it tells what should be in the drawer, too."""
    LET_GO = "let_go"
    """Leaving the shop, removing the program or putting an older copy back although the server has not heard everything."""


CASHIER_MAY: Final = frozenset({Act.CONFIRM_QRIS, Act.SEE_DRAWER})
"""What a cashier may unless the owner says otherwise. A confirmation by hand is told on the Z report, a look at X in the audit log."""
GRANTABLE: Final[tuple[Act, ...]] = tuple(act for act in Act if act not in (Act.USERS, Act.LET_GO))
"""What an owner may let cashiers do. Who may make users could make owners; what is unsent is the owner's own to let go of."""
OFFICER_MAY: Final = frozenset({Act.USERS, Act.SETTINGS, Act.OPEN_DRAWER})
"""Sets up and helps, also where the owner's PIN is lost; touches no money."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works here.

    Attributes:
        name: as it stands on struks and tiles.
        has_pin: without one, a tap on the tile is enough.
        active: False when they work here no more; what they did keeps their name.
        place: order of the tiles, from 0.
    """

    uid: str
    name: str
    role: Role
    has_pin: bool = False
    active: bool = True
    place: int = 0


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is at the counter.

    Attributes:
        user_uid: empty where nobody of the list is signed in.
        name: what facts carry.
        role: CASHIER where nobody of the list is.
        guarded: somebody has a PIN, so roles count. A shop of one person without a PIN may everything.
        cashier_may: what cashiers may without asking.
    """

    user_uid: str
    name: str
    role: Role
    guarded: bool
    cashier_may: frozenset[Act] = CASHIER_MAY


@dataclass(frozen=True, slots=True)
class Approval:
    """A role's answer to one act, given with a PIN. `at` UTC ms; good for a moment only (`APPROVAL_MS`)."""

    act: Act
    user_uid: str
    name: str
    at: int


APPROVAL_MS: Final = 120_000


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row, kept in the store.

    Attributes:
        failures: how many.
        at: of the last one, in ms of the machine's uptime (`Clock.monotonic`): no clock that is set back or forward shortens a wait.
    """

    failures: int = 0
    at: int = 0

    def wait_ms(self, uptime: int) -> int:
        """Milliseconds until the next try, at `uptime` ms. After a restart of the machine its uptime begins anew: what has passed since
        is the least that has passed at all."""
        passed = uptime - self.at if uptime >= self.at else uptime
        return max(0, _WAITS[min(self.failures, len(_WAITS) - 1)] * 1_000 - passed)


def may_do(role: Role, act: Act, cashier_may: Collection[Act] = CASHIER_MAY) -> bool:
    """Whether a role may do something without asking anybody."""
    if role is Role.OWNER:
        return True
    return act in (OFFICER_MAY if role is Role.OFFICER else cashier_may)


def check_pin(pin: str) -> str:
    """A new PIN as it may be kept.

    Raises:
        ShopError: PIN_SHAPE unless it is 4 to 8 digits; PIN_EASY for one digit only and for a run (1234, 8765).
    """
    if not _SHAPE.fullmatch(pin):
        raise ShopError(ErrorCode.PIN_SHAPE)
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise ShopError(ErrorCode.PIN_EASY)
    return pin


def clean_name(typed: str) -> str:
    """A user's name on one line, without control signs, cut at LONGEST_NAME letters.

    Raises:
        ShopError: USER_NAME_EMPTY when no letter or digit is left.
    """
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())[:LONGEST_NAME].strip()
    if not any(sign.isalnum() for sign in name):
        raise ShopError(ErrorCode.USER_NAME_EMPTY)
    return name
