"""Labels of a scale: patterns a shop can set, and codes that are read by them, with both kinds of check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.scale_label import LabelKind, LabelPattern, ScaleLabel, check_digit, parse_patterns, price_check_digit, read_label

WEIGHT = parse_patterns("2F IIIII WWWWW C")
PRICED = parse_patterns("21 IIII V PPPPP C; 20 IIIII WWWWW C; 22 IIIII NNNNN C")


def whole(digits: str) -> str:
    return digits + check_digit(digits)


def read_or_refused(code: str, patterns: tuple[LabelPattern, ...]) -> ScaleLabel | ErrorCode | None:
    try:
        return read_label(code, patterns)
    except ShopError as refused:
        return refused.code


def test_a_label_with_a_weight_says_goods_and_grams() -> None:
    label = read_label(whole("200012300485"), WEIGHT)
    assert label is not None
    assert (label.item, label.kind, label.value) == ("00123", LabelKind.WEIGHT, 485)
    assert label.keys == (whole("200012300000"), "00123", "123")


def test_the_first_pattern_that_fits_reads_it() -> None:
    priced = read_label(whole("211234" + price_check_digit("12500") + "12500"), PRICED)
    weighed = read_label(whole("200012300485"), PRICED)
    counted = read_label(whole("220012300006"), PRICED)
    assert priced is not None
    assert (priced.kind, priced.value, priced.item) == (LabelKind.PRICE, 12_500, "1234")
    assert weighed is not None
    assert weighed.kind is LabelKind.WEIGHT
    assert counted is not None
    assert (counted.kind, counted.value) == (LabelKind.COUNT, 6)
    assert read_label(whole("299999900001"), PRICED) is None


def test_the_check_digits_of_a_price_are_those_of_the_standard() -> None:
    """The worked examples of the GS1 General Specifications: 28,75 has 9, 146,85 has 6."""
    assert price_check_digit("2875") == "9"
    assert price_check_digit("14685") == "6"


@pytest.mark.parametrize("code", ["2000123004850", "2112345125004"])
def test_a_label_that_was_misread_is_refused_not_sold(code: str) -> None:
    assert whole(code[:-1]) != code or price_check_digit(code[7:12]) != code[6]
    with pytest.raises(ShopError) as refused:
        read_label(code, PRICED)
    assert refused.value.code is ErrorCode.LABEL_CHECK_WRONG


@pytest.mark.parametrize("code", ["", "x", "8991002105485", "2000", "20001230048511", "２０００１２３００４８５７", whole("200012300000")])
def test_other_codes_are_no_labels_also_one_that_holds_nothing(code: str) -> None:
    assert read_label(code, WEIGHT) is None


@pytest.mark.parametrize(
    "typed",
    [
        "hello",
        "2F IIIII WWWWW",
        "2F IIIII WWWWWC C",
        "2F IIIII PPWWW C",
        "2F WWWWW IIIII I C",
        "1F IIIII WWWWW C",
        "2F IIIIII WWWWWW C",
        "2F FFFFF WWWWW C",
        "2F IIIII FFFFF C",
        "21 IIII V WWWWW C",
        "2F IIIII WWWWW 😀",
    ],
)
def test_a_pattern_that_says_no_label_is_refused_in_the_settings(typed: str) -> None:
    with pytest.raises(ShopError) as refused:
        parse_patterns(typed)
    assert refused.value.code is ErrorCode.LABEL_PATTERN_WRONG


def test_no_pattern_is_a_setting_too() -> None:
    assert parse_patterns("  ; ") == ()
    assert len(parse_patterns("2f iiiii wwwww c")) == 1


@given(st.text(alphabet="0123456789", min_size=12, max_size=13))
def test_no_code_makes_reading_fail_and_what_is_read_has_its_check_digit(code: str) -> None:
    label = read_or_refused(code, PRICED)
    if isinstance(label, ScaleLabel):
        assert code == whole(code[:-1])
        assert label.value > 0
    else:
        assert label in (None, ErrorCode.LABEL_CHECK_WRONG)


@given(st.integers(0, 99_999), st.integers(1, 99_999), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(item: int, grams: int, place: int, off: int) -> None:
    code = whole(f"20{item:05d}{grams:05d}")
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    assert read_or_refused(wrong, WEIGHT) in (None, ErrorCode.LABEL_CHECK_WRONG)
