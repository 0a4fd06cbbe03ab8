"""Which days' copies are worth their room: a week of days, a month of weeks, a year of months. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

DAYS_KEPT: Final = 7
WEEKS_KEPT: Final = 4
MONTHS_KEPT: Final = 12


def worth_keeping(days: Iterable[date]) -> frozenset[date]:
    """Of the days that have a copy, those to keep: the newest seven, and the newest of each of the newest four weeks (Monday to Sunday)
    and twelve months. Counted by copies and not by the calendar, so that a shop which was shut for a month loses nothing by it.
    """
    newest_first = sorted(set(days), reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    months: dict[tuple[int, int], date] = {}
    for day in newest_first:
        weeks.setdefault(day.isocalendar()[:2], day)
        months.setdefault((day.year, day.month), day)
    return frozenset((*newest_first[:DAYS_KEPT], *list(weeks.values())[:WEEKS_KEPT], *list(months.values())[:MONTHS_KEPT]))
