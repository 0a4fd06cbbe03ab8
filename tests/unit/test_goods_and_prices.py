"""Codes, quantities, and which price a line takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.barcode import CodeVerdict, judge, match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.pricing import choose_price
from pos.domain.product import Price, PriceKind
from pos.domain.quantity import MAX_QUANTITY, format_quantity, parse_quantity


def test_upc_a_matches_with_and_without_its_leading_zero_and_after_excel_ate_it() -> None:
    assert match_key("089686010947") == match_key("0089686010947") == match_key("89686010947") == "00089686010947"


def test_an_invented_code_is_kept_as_it_is_written() -> None:
    assert match_key(" xxxx ") == "XXXX"
    assert match_key("001") != match_key("1")
    assert judge("001") is CodeVerdict.INVENTED
    assert judge("xxxx") is CodeVerdict.INVENTED


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("8998866200578", CodeVerdict.GOOD),
        ("8998866200579", CodeVerdict.CHECK_DIGIT_WRONG),
        ("089686010947", CodeVerdict.GOOD),
        ("89686010947", CodeVerdict.GOOD),
        ("2100001000004", CodeVerdict.IN_SHOP),
        ("18998866200575", CodeVerdict.GOOD),
    ],
)
def test_a_code_is_judged_by_its_check_digit(code: str, verdict: CodeVerdict) -> None:
    assert judge(code) is verdict


@given(st.text(max_size=100))
def test_no_scan_makes_the_key_fail(code: str) -> None:
    key = match_key(code)
    assert len(key) <= 3 * 64
    assert match_key(key) == key or not key.isascii()


def test_quantities_are_said_in_the_units_of_the_shop() -> None:
    assert format_quantity(1500, 1000) == "1,5"
    assert format_quantity(5, 1) == "5"
    assert format_quantity(-1250, 1000) == "-1,25"
    assert format_quantity(1_200_000, 1000) == "1.200"


@pytest.mark.parametrize(("typed", "factor", "quantity"), [("5", 1, 5), ("1,5", 1000, 1500), ("0,25", 1000, 250), ("2", 40, 80)])
def test_a_typed_quantity_becomes_base_units(typed: str, factor: int, quantity: int) -> None:
    assert parse_quantity(typed, factor) == quantity


@pytest.mark.parametrize("typed", ["1,5", "", "-1", "1.5", "5*", "abc", "1,2345", "٣", "1e3"])
def test_a_quantity_that_is_unclear_for_pieces_is_refused(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_quantity(typed, 1)
    assert refused.value.code is ErrorCode.UNCLEAR_QUANTITY


def test_a_barcode_that_slipped_into_the_quantity_is_out_of_range() -> None:
    with pytest.raises(ShopError) as refused:
        parse_quantity("999999999", 1000)
    assert refused.value.code is ErrorCode.QUANTITY_OUT_OF_RANGE


@given(st.integers(1, MAX_QUANTITY), st.sampled_from([1, 1000]))
def test_what_is_said_is_what_is_typed(quantity: int, factor: int) -> None:
    said = format_quantity(quantity, factor).replace(".", "")
    assert parse_quantity(said, factor) == quantity


RETAIL = Price(PriceKind.RETAIL, 3500)
WHOLESALE = Price(PriceKind.WHOLESALE, 3200, 10)


def test_ten_take_the_wholesale_price_and_nine_are_told_of_it() -> None:
    nine = choose_price([RETAIL, WHOLESALE], 9, 1, at=0)
    ten = choose_price([RETAIL, WHOLESALE], 10, 1, at=0)
    assert (nine.amount, nine.next_quantity, nine.next_amount) == (3500, 10, 3200)
    assert (ten.amount, ten.kind, ten.min_quantity, ten.next_quantity) == (3200, PriceKind.WHOLESALE, 10, None)


def test_wholesale_counts_units_not_base_units() -> None:
    assert choose_price([RETAIL, WHOLESALE], 10, 1000, at=0).amount == 3500
    assert choose_price([RETAIL, WHOLESALE], 10_000, 1000, at=0).amount == 3200


def test_a_price_counts_from_its_start_and_replaces_the_older_one() -> None:
    prices = [RETAIL, Price(PriceKind.RETAIL, 4000, starts_at=100)]
    assert choose_price(prices, 1, 1, at=99).amount == 3500
    assert choose_price(prices, 1, 1, at=100).amount == 4000


def test_a_customer_group_price_is_only_for_the_group() -> None:
    prices = [RETAIL, Price(PriceKind.GROUP, 3000, group="langganan")]
    assert choose_price(prices, 1, 1, at=0).amount == 3500
    assert choose_price(prices, 1, 1, at=0, group="langganan").amount == 3000


def test_goods_without_a_price_are_refused_not_given_away() -> None:
    with pytest.raises(ShopError) as refused:
        choose_price([], 1, 1, at=0)
    assert refused.value.code is ErrorCode.PRODUCT_NOT_FOUND


@given(st.integers(1, 200), st.lists(st.tuples(st.integers(2, 100), st.integers(1, 5000)), max_size=5))
def test_more_never_costs_more_a_piece(quantity: int, tiers: list[tuple[int, int]]) -> None:
    prices = [RETAIL, *(Price(PriceKind.WHOLESALE, amount, start) for start, amount in tiers)]
    assert choose_price(prices, quantity + 1, 1, at=0).amount <= choose_price(prices, quantity, 1, at=0).amount
