"""Moments, quantities and codes as they stand on paper. Pure; the screen has its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pos.domain.quantity import format_quantity

WIB: Final = timezone(timedelta(hours=7), "WIB")
_CODE_HEAD: Final = 2


def moment(at: int) -> str:
    """UTC ms as `23/11/2026 14:05 WIB` (shop.md, The day)."""
    return f"{_wib(at):%d/%m/%Y %H:%M} WIB"


def day(at: int, months: Sequence[str] = ()) -> str:
    """UTC ms as `23/11/2026`, or with the names of `months` (January first) as `23 November 2026`."""
    when = _wib(at)
    return f"{when.day} {months[when.month - 1]} {when.year}" if months else f"{when:%d/%m/%Y}"


def slot(since: int, until: int) -> str:
    """A time to pick up as `23/11 16.00-17.00`, or `23/11 16.00` without an end. UTC ms."""
    end = f"-{_wib(until):%H.%M}" if until else ""
    return f"{_wib(since):%d/%m %H.%M}{end}"


def quantity(amount: int, factor: int, unit_name: str) -> str:
    """Base units in the unit they were sold in: `1,5 kg`, `3 pcs`."""
    return f"{format_quantity(amount, factor)} {unit_name}".rstrip()


def spoken_code(short_code: str) -> str:
    """A short code as people say it: `7K241` -> `7K-241`."""
    if "-" in short_code or len(short_code) <= _CODE_HEAD:
        return short_code
    return f"{short_code[:_CODE_HEAD]}-{short_code[_CODE_HEAD:]}"


def _wib(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(WIB)
