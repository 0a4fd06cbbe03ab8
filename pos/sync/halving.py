"""What to send when the server refuses a batch whole: halves of it, down to the operation that is not taken. Pure: sends nothing.

Before that one is set aside, a request without any operation must go through: a server, or something on the way, that refuses everything
must not empty the outbox into a drawer for later.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.sync.protocol import MAX_OPERATIONS

REFUSED_WHOLE: Final = frozenset({"unreadable", "body_too_large", "batch_broken", "field_invalid"})
"""Reasons of a problem with status 400 or 413 that a batch can be guilty of."""
FAULT: Final = "internal"
STRIKES: Final = 3
"""So often a fault of the server (500) must follow on the same operations before they are suspected: most faults pass by themselves."""


class Next(Enum):
    """What to do about a refusal."""

    NOTHING = auto()
    """It is no operation's fault, or that is not known yet: the line is tried again in its time."""
    HALVE = auto()
    PROBE = auto()
    """One operation is left: ask without it."""
    SET_ASIDE = auto()


class Halving:
    """How many operations go at once, and how far the search for one that is not taken has come."""

    def __init__(self) -> None:
        self._most = MAX_OPERATIONS
        self._suspect = ""
        self._strikes = 0
        self._probe = self._clear = False

    @property
    def most(self) -> int:
        """Operations that the next request may carry; 0 asks without any."""
        return 0 if self._probe else self._most

    def refused(self, error: ShopError, sent: tuple[str, ...]) -> Next:
        """A request with these operations (ids) failed."""
        if not sent or not self._suspicious(error, sent[0]):
            # a probe that fails, too: nothing is learned, and nothing is set aside for it
            self._probe = self._clear = False
            return Next.NOTHING
        if len(sent) > 1:
            self._most = len(sent) // 2
            self._suspect, self._clear = sent[0], False
            return Next.HALVE
        if self._clear and self._suspect == sent[0]:
            self._suspect, self._clear = "", False
            return Next.SET_ASIDE
        self._suspect, self._probe, self._clear = sent[0], True, False
        return Next.PROBE

    def went_through(self, sent: int) -> None:
        """A request with so many operations was answered."""
        if self._probe:
            self._probe, self._clear = False, True
            return
        if sent:
            self._most = min(MAX_OPERATIONS, max(self._most, sent) * 2)
            self._suspect, self._strikes, self._clear = "", 0, False

    def _suspicious(self, error: ShopError, first: str) -> bool:
        status, reason = error.fields.get("status"), error.fields.get("reason")
        if error.code is ErrorCode.CENTRAL_REFUSED and status in (400, 413) and reason in REFUSED_WHOLE:
            return True
        if status != 500 or reason != FAULT:
            return False
        self._strikes = self._strikes + 1 if self._suspect in ("", first) else 1
        self._suspect = self._suspect or first
        return self._strikes >= STRIKES
