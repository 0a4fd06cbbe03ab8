"""Moments and spans as people say them. UTC milliseconds in, words out; shops of Surabaya live in WIB (UTC+7, no summer time)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pos.ui.language import tr

WIB: Final = timezone(timedelta(hours=7), "WIB")

_MINUTE: Final = 60_000
_HOUR: Final = 60 * _MINUTE
DAY_MS: Final = 24 * _HOUR


def wib(at: int) -> datetime:
    """UTC ms as a WIB date and time."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(WIB)


def clock_text(at: int) -> str:
    """`07.02`"""
    return f"{wib(at):%H.%M}"


def date_text(at: int) -> str:
    """`23/11/2026`"""
    return f"{wib(at):%d/%m/%Y}"


def moment_text(at: int) -> str:
    """`23/11/2026 14.05`"""
    return f"{date_text(at)} {clock_text(at)}"


def span_text(length: int) -> str:
    """How long: `3 mnt`, `2 jam`, `4 hari`. Below a minute: `baru saja`."""
    if length < _MINUTE:
        return tr("baru saja")
    if length < _HOUR:
        return tr("{n} mnt", n=length // _MINUTE)
    if length < DAY_MS:
        return tr("{n} jam", n=length // _HOUR)
    return tr("{n} hari", n=length // DAY_MS)
