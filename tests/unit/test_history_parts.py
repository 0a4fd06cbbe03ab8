"""Which notas a bar or a row of a report stands for: the name of the part says it, and comes back as it was."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.business_day import business_day, starts_at
from pos.services.history_parts import Part, part_name, part_search, read_part

HOUR_MS = 3_600_000
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
KEYS = st.text(min_size=1, max_size=12)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    first = draw(DAYS)
    what = draw(st.sampled_from(["", "product", "category", "cashier", "customer", "tender"]))
    key = draw(KEYS) if what else ""
    if draw(st.booleans()):
        return Part(first, first, draw(st.integers(0, 23)), what, key)
    return Part(first, first + timedelta(days=draw(st.integers(0, 400))), None, what, key)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(parts())
def test_a_part_is_read_as_it_was_named(part: Part) -> None:
    assert read_part(part_name(part)) == part


@pytest.mark.parametrize(
    "name", ["late", "", "a" * 32, "2026-13-01", "2026-11-25T24", "2026-11-25/owner:x", "2026-11-25/cashier:", "2026-11-25..x"]
)
def test_what_is_no_part_is_left_to_others(name: str) -> None:
    assert read_part(name) is None


@settings(derandomize=True, deadline=None, max_examples=200)
@given(DAYS, st.sampled_from([0, 120, 180, 300]))
def test_the_hours_of_a_day_are_all_of_it_and_none_twice(day: date, cutoff: int) -> None:
    spans = sorted((s.since, s.until) for s in (part_search(Part(day, day, hour), cutoff) for hour in range(24)))
    whole = part_search(Part(day, day), cutoff)
    assert (spans[0][0], spans[-1][1]) == (whole.since, whole.until) == (starts_at(day, cutoff), starts_at(day + timedelta(days=1), cutoff))
    assert all(until == following for (_, until), (following, _) in pairwise(spans))
    assert all(until - since == HOUR_MS and business_day(since, cutoff) == day for since, until in spans)
