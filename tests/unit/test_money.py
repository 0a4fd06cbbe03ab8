"""How the shop writes, reads, multiplies, rounds and gives back money."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import (
    DENOMINATIONS,
    MAX_AMOUNT,
    RoundingDirection,
    format_rupiah,
    line_amount,
    parse_rupiah,
    round_cash,
    split_notes,
    suggest_tenders,
)

amounts = st.integers(min_value=-MAX_AMOUNT, max_value=MAX_AMOUNT)


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [("12500", 12500), ("12.500", 12500), ("Rp12.500", 12500), ("rp 1.250.000", 1_250_000), (" 0 ", 0), ("-2.000", -2000)],
)
def test_an_amount_is_read_as_shopkeepers_type_it(typed: str, rupiah: int) -> None:
    assert parse_rupiah(typed) == rupiah


@pytest.mark.parametrize(
    "typed",
    ["12,500", "12.50", "1.2500", "12.500,00", "", " ", "Rp", "abc", "1e5", "0x10", "12 500", "--5", "1..000", "12\n500", "٣٠٠٠", "💰"],
)
def test_an_amount_that_can_be_meant_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_rupiah(typed)
    assert refused.value.code in (ErrorCode.UNCLEAR_AMOUNT, ErrorCode.AMOUNT_OUT_OF_RANGE)


def test_thirty_digits_are_out_of_range_not_money() -> None:
    with pytest.raises(ShopError) as refused:
        parse_rupiah("9" * 30)
    assert refused.value.code is ErrorCode.AMOUNT_OUT_OF_RANGE


@given(amounts)
def test_what_is_written_is_read_back(amount: int) -> None:
    written = format_rupiah(amount)
    assert parse_rupiah(written.replace("-Rp", "-")) == amount
    assert written.startswith("-Rp") if amount < 0 else written.startswith("Rp")


@given(st.text(max_size=40))
def test_no_text_makes_reading_an_amount_fail_in_another_way(typed: str) -> None:
    told = None
    try:
        amount = parse_rupiah(typed)
    except ShopError as refused:
        amount, told = 0, refused.code
    assert abs(amount) <= MAX_AMOUNT
    assert told in (None, ErrorCode.UNCLEAR_AMOUNT, ErrorCode.AMOUNT_OUT_OF_RANGE)


def test_a_weighed_line_is_rounded_half_up_to_the_rupiah() -> None:
    assert line_amount(17_500, 400, 1000) == 7000
    assert line_amount(17_501, 500, 1000) == 8751  # 8750.5
    assert line_amount(28_000, 1500, 1000) == 42_000


@given(st.integers(0, 10_000_000), st.integers(-10_000, 10_000), st.integers(1, 50_000))
def test_a_line_is_never_more_than_half_a_rupiah_from_the_exact_amount(price: int, quantity: int, factor: int) -> None:
    assert abs(2 * (line_amount(price, quantity, factor) * factor - price * quantity)) <= factor
    assert line_amount(price, -quantity, factor) == -line_amount(price, quantity, factor)


@given(st.integers(0, 10**9), st.sampled_from([0, 100, 200, 500, 1000]), st.sampled_from(list(RoundingDirection)))
def test_cash_is_rounded_to_the_step_and_by_less_than_a_step(total: int, step: int, direction: RoundingDirection) -> None:
    due = round_cash(total, step, direction)
    if step == 0:
        assert due == total
    else:
        assert due % step == 0
        assert abs(due - total) < step
        assert direction is not RoundingDirection.DOWN or due <= total


@given(st.integers(0, 5_000_000))
def test_change_in_notes_adds_up(change: int) -> None:
    notes, rest = split_notes(change)
    assert sum(note * count for note, count in notes.items()) + rest == change
    assert 0 <= rest < min(DENOMINATIONS)
    assert list(notes) == sorted(notes, reverse=True)


def test_the_next_notes_are_offered() -> None:
    assert suggest_tenders(162_500) == (165_000, 170_000)
    assert suggest_tenders(50_000) == (60_000, 100_000)
    assert all(amount > 47_300 for amount in suggest_tenders(47_300))
