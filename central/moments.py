"""The booked time of an operation: the till's clock within limits. Owns the limits; pure.

A hybrid clock: never before what the same till told before it, never far beyond the server's receipt. Reports go by it; no outcome does.
"""

from __future__ import annotations

from typing import Final

MAX_MOMENT: Final = 2**53
"""UTC ms. A till's clock beyond it is kept as this and flagged: no clock decides whether a sale counts."""
AHEAD_MS: Final = 5 * 60_000
"""How far a till's clock may be ahead of the receipt, or jump back, before it is moved and flagged."""
FIRST: Final = 1_704_067_200_000
"""2024: before it there was no till. A clock that says so was never set."""


def clean(at: int) -> int:
    """`at` as it can be kept."""
    return min(max(at, 0), MAX_MOMENT)


def book(at: int, before: int, now: int) -> tuple[int, tuple[str, ...]]:
    """The booked time of an operation, and flags.

    Args:
        at: the till's clock, as it came. before: the booked time of the operation before it in its chain, 0 for none. now: the receipt.
    """
    flags: tuple[str, ...] = ("clock_absurd",) if clean(at) != at else ()
    if at > now + AHEAD_MS:
        return max(now, before), (*flags, "clock_ahead")
    if at < FIRST:
        return before or now, (*flags, "clock_behind")
    if at < before - AHEAD_MS:
        return before, (*flags, "clock_behind")
    return max(at, before), flags
