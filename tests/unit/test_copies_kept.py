"""How long a day's copy stays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.retention import DAYS_KEPT, MONTHS_KEPT, WEEKS_KEPT, worth_keeping

TODAY = date(2026, 11, 25)
DAYS = st.sets(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=400)


def kept_day_by_day(days: int) -> list[date]:
    """What is there after so many days of making one and dropping what is not worth it."""
    there: set[date] = set()
    for back in reversed(range(days)):
        there.add(TODAY - timedelta(days=back))
        there = set(worth_keeping(there))
    return sorted(there, reverse=True)


def test_after_two_years_there_is_a_week_of_days_a_month_of_weeks_and_a_year_of_months() -> None:
    kept = kept_day_by_day(730)
    assert kept[:DAYS_KEPT] == [TODAY - timedelta(days=back) for back in range(DAYS_KEPT)]
    assert len({day.isocalendar()[:2] for day in kept}) >= WEEKS_KEPT
    assert {(day.year, day.month) for day in kept} >= {(2026, month) for month in range(1, 12)} | {(2025, 12)}
    assert len(kept) <= DAYS_KEPT + WEEKS_KEPT + MONTHS_KEPT


def test_a_shop_that_was_shut_for_months_keeps_its_last_week() -> None:
    before = {TODAY - timedelta(days=200 + back) for back in range(DAYS_KEPT - 1)}
    assert worth_keeping(before | {TODAY}) == before | {TODAY}


@given(DAYS)
@settings(derandomize=True, deadline=None, max_examples=200)
def test_the_newest_days_always_stay_and_no_more_than_are_worth_it(days: set[date]) -> None:
    kept = worth_keeping(days)
    assert kept <= days
    assert set(sorted(days, reverse=True)[:DAYS_KEPT]) <= kept
    assert len(kept) <= DAYS_KEPT + WEEKS_KEPT + MONTHS_KEPT
    assert worth_keeping(kept) == kept, "dropping twice drops nothing more"
