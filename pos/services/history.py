"""What a person types into the search of past notas, as a question to the store: days and hours are picked out, the rest is words. Pure.

`23/11`, `23/11/2026`, `hari ini`, `kemarin`, `jam 14`, `14:05`, `14.05`; an hour alone is of today. WIB is UTC+7, without summer time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pos.services.paying_views import SaleSearch

_WIB: Final = timezone(timedelta(hours=7), "WIB")
_DATE: Final = re.compile(r"(?<![\d./])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")
_CLOCK: Final = re.compile(r"(?<![\d./])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.])")
_HOUR: Final = re.compile(r"\bjam\s+([01]?\d|2[0-3])(?![\d:.])", re.IGNORECASE)
_TODAY: Final = re.compile(r"\b(?:hari\s+ini|today)\b", re.IGNORECASE)
_YESTERDAY: Final = re.compile(r"\b(?:kemarin|yesterday)\b", re.IGNORECASE)
_AROUND: Final = timedelta(minutes=10)
"""How far a nota may be from the minute that somebody remembers."""


def read_search(text: str, now: int) -> SaleSearch:
    """What is asked for. What is no date (`31/02`) is left among the words.

    Args:
        now: UTC ms.
    """
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(_WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    text, day = _take_day(text, today)
    text, since, until = _take_clock(text, day or today)
    if since is None and day is not None:
        since, until = day, day + timedelta(days=1)
    words = " ".join(re.sub(r"\bjam\b", " ", text, flags=re.IGNORECASE).split()) if since else " ".join(text.split())
    search = SaleSearch(words)
    return search if since is None or until is None else replace(search, since=_ms(since), until=_ms(until))


def day_search(now: int) -> SaleSearch:
    """Everything of today."""
    return read_search("hari ini", now)


def _take_day(text: str, today: datetime) -> tuple[str, datetime | None]:
    for pattern, back in ((_TODAY, 0), (_YESTERDAY, 1)):
        if pattern.search(text):
            return pattern.sub(" ", text, count=1), today - timedelta(days=back)
    for found in _DATE.finditer(text):
        day = _day(found, today)
        if day is not None:
            return text[: found.start()] + " " + text[found.end() :], day
    return text, None


def _day(found: re.Match[str], today: datetime) -> datetime | None:
    day, month, year = int(found.group(1)), int(found.group(2)), found.group(3)
    full = today.year if year is None else int(year) + (2_000 if len(year) == 2 else 0)
    try:
        date = today.replace(year=full, month=month, day=day)
    except ValueError:
        return None
    # a day without its year is the latest one of that name
    return date.replace(year=full - 1) if year is None and date > today and (month, day) != (2, 29) else date


def _take_clock(text: str, day: datetime) -> tuple[str, datetime | None, datetime | None]:
    clock = _CLOCK.search(text)
    if clock:
        at = day + timedelta(hours=int(clock.group(1)), minutes=int(clock.group(2)))
        return text[: clock.start()] + " " + text[clock.end() :], at - _AROUND, at + _AROUND + timedelta(minutes=1)
    hour = _HOUR.search(text)
    if hour:
        at = day + timedelta(hours=int(hour.group(1)))
        return text[: hour.start()] + " " + text[hour.end() :], at, at + timedelta(hours=1)
    return text, None, None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
