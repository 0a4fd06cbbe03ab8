"""Which day a moment belongs to, for a shop that may be open past midnight. Pure; WIB is UTC+7 all year."""

from __future__ import annotations

from datetime import date
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

MINUTES: Final = 1_440
_MINUTE_MS: Final = 60_000
_DAY_MS: Final = MINUTES * _MINUTE_MS
_WIB_MS: Final = 7 * 3_600_000
_FIRST: Final = date(1970, 1, 1).toordinal()


def business_day(at: int, cutoff: int = 0) -> date:
    """The day that UTC ms `at` is counted to.

    Args:
        cutoff: minutes after midnight until which it is still the day before (180: a sale at 02.59 is yesterday's).
    """
    return date.fromordinal(_FIRST + (at + _WIB_MS - cutoff * _MINUTE_MS) // _DAY_MS)


def starts_at(day: date, cutoff: int = 0) -> int:
    """UTC ms at which a business day begins."""
    return (day.toordinal() - _FIRST) * _DAY_MS - _WIB_MS + cutoff * _MINUTE_MS


def parse_cutoff(typed: str) -> int:
    """Read a time of day as it is typed (`3`, `03.00`, `3:30`) into minutes after midnight.

    Raises:
        ShopError: UNCLEAR_QUANTITY for what is no time; QUANTITY_OUT_OF_RANGE from noon on: a day has to begin in its morning.
    """
    hours, _, minutes = typed.strip().replace(":", ".").partition(".")
    minutes = minutes or "0"
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hours, minutes)) or int(hours) > 23 or int(minutes) > 59:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=typed[:40])
    found = int(hours) * 60 + int(minutes)
    if found >= MINUTES // 2:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=typed[:40])
    return found


def format_cutoff(cutoff: int) -> str:
    """Minutes after midnight as a time of day: 180 -> `03.00`."""
    return f"{cutoff // 60:02d}.{cutoff % 60:02d}"
