"""What somebody types to find a nota: days, hours, and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pos.services.history import day_search, read_search
from pos.services.paying_views import SaleSearch
from tests.helpers.shops import MORNING

HOUR = 3_600_000
DAY = 24 * HOUR
MIDNIGHT = MORNING - 7 * HOUR
NOON = MIDNIGHT + 12 * HOUR


@pytest.mark.parametrize(
    ("typed", "words", "since", "until"),
    [
        ("mi goreng", "mi goreng", 0, 0),
        ("hari ini", "", MIDNIGHT, MIDNIGHT + DAY),
        ("Kemarin kopi", "kopi", MIDNIGHT - DAY, MIDNIGHT),
        ("23/11", "", MIDNIGHT - 2 * DAY, MIDNIGHT - DAY),
        ("bu wati 23/11/2026", "bu wati", MIDNIGHT - 2 * DAY, MIDNIGHT - DAY),
        ("23/11/26 12.500", "12.500", MIDNIGHT - 2 * DAY, MIDNIGHT - DAY),
        ("26/11", "", MIDNIGHT + DAY - 365 * DAY, MIDNIGHT + 2 * DAY - 365 * DAY),
        ("jam 14", "", MIDNIGHT + 14 * HOUR, MIDNIGHT + 15 * HOUR),
        ("kemarin jam 9", "", MIDNIGHT - DAY + 9 * HOUR, MIDNIGHT - DAY + 10 * HOUR),
        ("14:05", "", MIDNIGHT + 14 * HOUR - 5 * 60_000, MIDNIGHT + 14 * HOUR + 16 * 60_000),
        ("jam 14.05 sabun", "sabun", MIDNIGHT + 14 * HOUR - 5 * 60_000, MIDNIGHT + 14 * HOUR + 16 * 60_000),
    ],
)
def test_days_and_hours_are_understood(typed: str, words: str, since: int, until: int) -> None:
    assert read_search(typed, NOON) == SaleSearch(words, since, until)


@pytest.mark.parametrize("typed", ["31/02", "12.500", "Rp12.500", "A0-14-7K2F", "1/2/3/4", "99/99", "25:99", "jam tangan", "1.234.567"])
def test_what_is_no_day_and_no_hour_stays_a_word(typed: str) -> None:
    assert read_search(typed, NOON) == SaleSearch(typed)


def test_today_is_the_day_in_surabaya() -> None:
    assert day_search(MIDNIGHT) == SaleSearch("", MIDNIGHT, MIDNIGHT + DAY)
    assert day_search(MIDNIGHT - 1).since == MIDNIGHT - DAY


@hypothesis_settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=40), st.integers(0, 4_000_000_000_000))
def test_nothing_that_is_pasted_there_breaks_it(typed: str, now: int) -> None:
    found = read_search(typed, now)
    assert found.since <= found.until or found.until == 0
