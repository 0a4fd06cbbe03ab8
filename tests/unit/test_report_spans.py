"""Which days a report is about, what it is compared with, and when the e-Peken cap will be used up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.services.reports import Span, SpanKind, cap_forecast, span_before, span_of

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "first", "last", "compared"),
    [
        (SpanKind.TODAY, MONDAY, MONDAY, (date(2026, 11, 16), date(2026, 11, 16))),
        (SpanKind.YESTERDAY, date(2026, 11, 22), date(2026, 11, 22), (date(2026, 11, 15), date(2026, 11, 15))),
        (SpanKind.WEEK, date(2026, 11, 17), MONDAY, (date(2026, 11, 10), date(2026, 11, 16))),
        (SpanKind.MONTH, date(2026, 11, 1), MONDAY, (date(2026, 10, 1), date(2026, 10, 23))),
        (SpanKind.YEAR, date(2026, 1, 1), MONDAY, (date(2025, 1, 1), date(2025, 11, 23))),
    ],
)
def test_a_span_is_compared_with_the_same_part_of_the_time_before(
    kind: SpanKind, first: date, last: date, compared: tuple[date, date]
) -> None:
    span = span_of(kind, MONDAY)
    assert (span.first, span.last) == (first, last)
    before = span_before(span)
    assert (before.first, before.last) == compared


def test_the_end_of_march_is_compared_with_the_end_of_february() -> None:
    before = span_before(span_of(SpanKind.MONTH, date(2026, 3, 31)))
    assert (before.first, before.last) == (date(2026, 2, 1), date(2026, 2, 28))


def test_the_leap_day_is_compared_with_the_28th() -> None:
    assert span_before(span_of(SpanKind.YEAR, date(2028, 2, 29))).last == date(2027, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 400), st.sampled_from(SpanKind))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_a_span_never_overlaps_what_it_is_compared_with(day: date, days: int, kind: SpanKind) -> None:
    span = Span(kind, day - timedelta(days=days - 1), day) if kind is SpanKind.DAYS else span_of(kind, day)
    before = span_before(span)
    assert before.first <= before.last < span.first
    assert before.days <= span.days + 3


def test_a_cap_of_thirty_million_with_twenty_used_by_the_twentieth_is_reached_on_the_thirtieth() -> None:
    assert cap_forecast(20_000_000, 30_000_000, date(2026, 11, 20)).reached_on == date(2026, 11, 30)
    assert cap_forecast(19_999_999, 30_000_000, date(2026, 11, 20)).reached_on is None, "the month is over before"
    assert cap_forecast(19_999_999, 30_000_000, date(2026, 12, 20)).reached_on == date(2026, 12, 31)


def test_a_cap_that_is_used_up_is_so_today_and_none_that_was_not_told() -> None:
    assert cap_forecast(30_000_000, 30_000_000, MONDAY).reached_on == MONDAY
    assert cap_forecast(5_000_000, 0, MONDAY).reached_on is None
    assert cap_forecast(0, 30_000_000, MONDAY).reached_on is None


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_the_forecast_lies_in_the_month_and_its_day_brings_the_cap(used: int, cap: int, day: date) -> None:
    reached = cap_forecast(used, cap, day).reached_on
    if reached is not None and used < cap:
        assert (reached.year, reached.month) == (day.year, day.month)
        assert reached >= day
        assert used * reached.day >= cap * day.day > used * (reached.day - 1)
