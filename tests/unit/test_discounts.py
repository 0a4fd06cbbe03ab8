"""Discounts: how they are typed, how far they go, how one on the whole basket falls on the lines, and what a refund gives back of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.discount import WHOLE, Discount, DiscountKind, format_percent, parse_percent, part_of, share_of, spread
from pos.domain.errors import ErrorCode, ShopError

AMOUNTS = st.integers(0, 1_000_000_000)


def test_ten_percent_and_two_thousand_rupiah_off() -> None:
    assert Discount(DiscountKind.PERCENT, 1_000).off(37_000) == 3_700
    assert Discount(DiscountKind.AMOUNT, 2_000).off(37_000) == 2_000
    assert Discount(DiscountKind.PERCENT, 250).off(3_500) == 88, "87,5 is rounded half up"


def test_nothing_is_given_twice_over() -> None:
    assert Discount(DiscountKind.AMOUNT, 50_000).off(37_000) == 37_000
    assert Discount(DiscountKind.AMOUNT, 50_000).off(0) == 0


def test_a_limit_holds_when_the_line_has_shrunk() -> None:
    given_on_a_large_line = Discount(DiscountKind.AMOUNT, 10_000, most=1_000)
    assert given_on_a_large_line.off(100_000) == 10_000
    assert given_on_a_large_line.off(20_000) == 2_000


@pytest.mark.parametrize(("typed", "value"), [("10", 1_000), ("2,5", 250), ("12,25%", 1_225), ("100 %", WHOLE), ("0,5", 50)])
def test_a_percentage_is_read_as_it_is_typed(typed: str, value: int) -> None:
    assert parse_percent(typed) == value


@pytest.mark.parametrize("typed", ["", "x", "-5", "5.5", "1,234", "10%%", "١٠", "😀", "9" * 30, "5\n5", "5,"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_percent(typed)
    assert refused.value.code is ErrorCode.UNCLEAR_QUANTITY


@pytest.mark.parametrize("typed", ["0", "0,0", "101", "999"])
def test_a_percentage_is_more_than_nothing_and_no_more_than_all(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_percent(typed)
    assert refused.value.code is ErrorCode.QUANTITY_OUT_OF_RANGE


@given(st.integers(1, WHOLE))
def test_a_percentage_that_is_said_is_the_one_that_was_typed(value: int) -> None:
    assert parse_percent(format_percent(value)) == value


@given(st.lists(AMOUNTS, max_size=30), st.data())
def test_the_shares_of_a_discount_add_up_to_it_and_none_is_more_than_its_line(weights: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    parts = spread(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    assert parts == spread(total, weights), "the same every time"


@given(st.lists(st.integers(1, 1_000_000), min_size=1, max_size=12), st.data())
def test_no_share_is_a_rupiah_away_from_its_fair_part(weights: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    for part, weight in zip(spread(total, weights), weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_of_equal_lines_the_first_takes_the_odd_rupiah() -> None:
    assert spread(1_000, [5_000, 5_000, 5_000]) == (334, 333, 333)


@given(st.integers(-1_000_000_000, 1_000_000_000), st.lists(st.integers(1, 5_000), min_size=1, max_size=10))
def test_a_line_that_is_returned_in_parts_gives_back_exactly_what_it_was(whole: int, parts: list[int]) -> None:
    quantity, before, back = sum(parts), 0, 0
    for part in parts:
        back += part_of(whole, quantity, before, part)
        before += part
    assert back == whole


def test_how_much_is_off_is_rounded_against_who_gives_it() -> None:
    assert share_of(1_000, 10_000) == 1_000
    assert share_of(1_001, 10_000) == 1_001
    assert share_of(334, 1_000) == 3_340
    assert share_of(1, 3) == 3_334
    assert share_of(0, 0) == 0
