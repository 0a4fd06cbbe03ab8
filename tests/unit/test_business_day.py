"""Which day a sale belongs to in a shop that is open past midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.business_day import business_day, format_cutoff, parse_cutoff, starts_at
from pos.domain.errors import ErrorCode, ShopError

MIDNIGHT = int(datetime(2026, 11, 25, 17, tzinfo=UTC).timestamp() * 1_000)
"""00.00 on the 26th in Surabaya."""


def test_a_sale_before_the_cut_off_is_yesterdays() -> None:
    assert business_day(MIDNIGHT - 1) == date(2026, 11, 25)
    assert business_day(MIDNIGHT) == date(2026, 11, 26)
    assert business_day(MIDNIGHT + 3 * 3_600_000 - 1, 180) == date(2026, 11, 25)
    assert business_day(MIDNIGHT + 3 * 3_600_000, 180) == date(2026, 11, 26)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(0, 4_000_000_000_000), st.integers(0, 719))
def test_a_day_begins_where_the_day_before_ends(at: int, cutoff: int) -> None:
    day = business_day(at, cutoff)
    assert starts_at(day, cutoff) <= at < starts_at(day + timedelta(days=1), cutoff)


@pytest.mark.parametrize(("typed", "minutes"), [("3", 180), ("03.00", 180), ("3:30", 210), ("0", 0), ("11.59", 719), (" 4.15 ", 255)])
def test_a_time_of_day_is_read_as_it_is_typed(typed: str, minutes: int) -> None:
    assert parse_cutoff(typed) == minutes
    assert parse_cutoff(format_cutoff(minutes)) == minutes


@pytest.mark.parametrize("typed", ["", "jam tiga", "25.00", "3.60", "-1", "3,5", "1" * 30, "😀", "3\n4", "٣"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_cutoff(typed)
    assert refused.value.code is ErrorCode.UNCLEAR_QUANTITY


@pytest.mark.parametrize("typed", ["12.00", "23"])
def test_a_day_begins_in_its_morning(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_cutoff(typed)
    assert refused.value.code is ErrorCode.QUANTITY_OUT_OF_RANGE
