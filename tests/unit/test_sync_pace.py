"""How often a healthy line is asked, and for how much at once."""

from __future__ import annotations

import pytest

from pos.sync.meter import LineMeter
from pos.sync.pace import FIRST_PAGE, LEAST_PAGE, LONG_S, LONGEST_S, MOST_PAGE, Pace, is_night

NOON = 1_795_582_800_000
"""25 November 2026, 12:00 in Surabaya."""
HOUR = 3_600_000


def asked(now: float = 0.0, told: int = 0, open_orders: int = 0, at: int = NOON, *, waits: bool = False, quiet: float = 0.0) -> float:
    pace = Pace()
    pace.stirred(now - quiet)
    pace.waits = waits
    return pace.next_in(now, told, open_orders, at)


def test_the_night_of_a_shop_is_from_ten_to_five() -> None:
    assert [is_night(NOON + hour * HOUR) for hour in (9, 10, 16, 17)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("open_orders", "at", "quiet", "seconds"),
    [(1, NOON, 0, 5), (0, NOON, 0, 60), (0, NOON, LONG_S, 120), (0, NOON + 12 * HOUR, 0, 300), (2, NOON + 12 * HOUR, LONG_S, 5)],
)
def test_a_server_that_names_no_time_is_asked_as_the_design_says(open_orders: int, at: int, quiet: float, seconds: float) -> None:
    assert asked(9_999, 0, open_orders, at, quiet=quiet) == seconds


def test_the_servers_word_is_obeyed_and_only_its_everyday_word_is_stretched() -> None:
    assert asked(told=37_000) == 37
    assert asked(told=7_000, quiet=LONG_S) == 7
    assert asked(told=61_000, quiet=LONG_S) == 120
    assert asked(told=400_000, quiet=LONG_S) == 400
    assert asked(told=61_000, quiet=LONG_S, open_orders=1) == 61
    assert asked(told=10**10) == LONGEST_S


def test_where_a_long_poll_stands_asking_is_only_the_base_below_it() -> None:
    assert asked(told=5_000, open_orders=1, waits=True) == 60
    assert asked(told=60_000, waits=True) == 60
    assert asked(told=60_000, waits=True, quiet=LONG_S) == 300


def test_something_that_happens_ends_the_long_quiet() -> None:
    pace = Pace()
    assert not pace.is_quiet(0.0)
    assert pace.next_in(0.0, 60_000, 0, NOON) == 60
    assert pace.next_in(LONG_S, 60_000, 0, NOON) == 120
    pace.stirred(LONG_S)
    assert pace.next_in(LONG_S + 1, 60_000, 0, NOON) == 60


def test_pages_grow_on_a_quick_line_and_shrink_on_a_slow_or_failing_one() -> None:
    pace = Pace()
    assert pace.page == FIRST_PAGE
    for _ in range(4):
        pace.paged(0.5, pace.page)
    assert pace.page == MOST_PAGE
    pace.paged(0.5, 3)
    pace.paged(60.0, 3)
    assert pace.page == MOST_PAGE, "a page that is not full tells nothing"
    pace.paged(5.0, MOST_PAGE)
    assert pace.page == MOST_PAGE
    pace.paged(20.0, MOST_PAGE)
    assert pace.page == MOST_PAGE // 2
    for _ in range(9):
        pace.failed()
    assert pace.page == LEAST_PAGE


def test_the_page_of_the_line_tells_its_round_trip_its_day_and_its_width() -> None:
    meter = LineMeter()
    assert meter.quality(NOON).round_trip_ms == 0
    for seconds in (0.1, 0.3, 0.2):
        meter.answered(NOON, seconds, 1_000, 400)
    meter.answered(NOON, 55.0, 900, 300, waited=True)
    meter.answered(NOON, 2.0, 1_000, 16_000)
    meter.failed(NOON)
    told = meter.quality(NOON)
    assert (told.round_trip_ms, told.tried, told.failed) == (250, 6, 1)
    assert (told.sent_bytes, told.received_bytes, told.bytes_per_second) == (4_900, 17_500, 8_000)
    # the next day in Surabaya begins at 17:00 UTC
    after = meter.quality(NOON + 12 * HOUR)
    assert (after.tried, after.sent_bytes, after.round_trip_ms) == (0, 0, 250)
