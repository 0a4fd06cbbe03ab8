"""The tax in the prices of a shop that is PKP: by its dated rates, from the day it is one, and none before."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.ppn import Ppn, ppn_of

DAYS = st.dates(date(2022, 4, 1), date(2030, 1, 1))


def test_a_price_of_111_has_11_of_tax_in_it() -> None:
    day = date(2026, 11, 25)
    found = ppn_of([(day, 111_000)], day)
    assert (found.base, found.tax) == (100_000, 11_000)


def test_the_rate_of_the_day_counts_and_days_before_the_shop_was_pkp_do_not() -> None:
    days = [(date(2022, 3, 31), 110_000), (date(2022, 4, 1), 111_000), (date(2025, 1, 1), 111_000)]
    assert ppn_of(days, date(2020, 1, 1)) == Ppn(332_000, 32_000)
    assert ppn_of(days, date(2025, 1, 1)) == Ppn(111_000, 11_000)
    assert ppn_of(days, date(2020, 1, 1), date(2024, 12, 31)) == Ppn(221_000, 21_000)
    assert ppn_of(days, date(2027, 1, 1)) == Ppn(0, 0)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.tuples(DAYS, st.integers(-(10**9), 10**11)), max_size=20), DAYS)
def test_base_and_tax_come_to_the_turnover_and_what_is_taken_back_takes_its_tax_along(days: list[tuple[date, int]], since: date) -> None:
    found = ppn_of(days, since)
    assert found.base + found.tax == found.turnover == sum(amount for day, amount in days if day >= since)
    back = ppn_of([*days, *((day, -amount) for day, amount in days)], since - timedelta(days=1))
    assert (back.turnover, back.tax) == (0, 0)
