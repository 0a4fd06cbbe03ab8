"""What is typed for a line: pieces, kilos, grams, rupiah; and what nobody can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.entry import Entry, read_entry
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.quantity import BaseUnit

GRAM, ML, PCS = BaseUnit.GRAM, BaseUnit.ML, BaseUnit.PCS


@pytest.mark.parametrize(
    ("typed", "factor", "base", "entry"),
    [
        ("3", 1, PCS, Entry(3)),
        ("1,5", 1_000, GRAM, Entry(1_500)),
        ("400 g", 1_000, GRAM, Entry(400)),
        ("400gr", 1_000, GRAM, Entry(400)),
        ("2 ons", 1_000, GRAM, Entry(200)),
        ("0,25 kg", 100, GRAM, Entry(250)),
        ("250 ml", 1_000, ML, Entry(250)),
        ("1,5 Liter", 1, ML, Entry(1_500)),
        ("2 dus", 1, PCS, Entry(80)),
        ("Rp5.000", 1_000, GRAM, Entry(rupiah=5_000)),
        ("rp 5000", 1_000, GRAM, Entry(rupiah=5_000)),
        ("RP.12.500", 1, PCS, Entry(rupiah=12_500)),
    ],
)
def test_a_quantity_is_read_in_the_words_of_the_shop(typed: str, factor: int, base: BaseUnit, entry: Entry) -> None:
    assert read_entry(typed, factor, base, {"bungkus": 1, "dus": 40}) == entry


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", ErrorCode.UNCLEAR_QUANTITY),
        ("rp", ErrorCode.UNCLEAR_AMOUNT),
        ("Rp5,000", ErrorCode.UNCLEAR_AMOUNT),
        ("Rp-5000", ErrorCode.AMOUNT_OUT_OF_RANGE),
        ("Rp0", ErrorCode.AMOUNT_OUT_OF_RANGE),
        ("Rp" + "9" * 30, ErrorCode.AMOUNT_OUT_OF_RANGE),
        ("5 dus", ErrorCode.UNCLEAR_QUANTITY),
        ("5 galon", ErrorCode.UNCLEAR_QUANTITY),
        ("400 ml", ErrorCode.UNCLEAR_QUANTITY),
        ("1.500 g", ErrorCode.UNCLEAR_QUANTITY),
        ("0,0005 kg", ErrorCode.UNCLEAR_QUANTITY),
        ("0", ErrorCode.QUANTITY_OUT_OF_RANGE),
        ("0 g", ErrorCode.QUANTITY_OUT_OF_RANGE),
        ("-3", ErrorCode.UNCLEAR_QUANTITY),
        ("+3", ErrorCode.UNCLEAR_QUANTITY),
        ("9" * 30, ErrorCode.UNCLEAR_QUANTITY),
        ("9" * 9 + " kg", ErrorCode.QUANTITY_OUT_OF_RANGE),
        ("5\n000", ErrorCode.UNCLEAR_QUANTITY),
        ("5😀", ErrorCode.UNCLEAR_QUANTITY),
        ("😀", ErrorCode.UNCLEAR_QUANTITY),
        ("٣", ErrorCode.UNCLEAR_QUANTITY),
        ("1e3", ErrorCode.UNCLEAR_QUANTITY),
        ("5*", ErrorCode.UNCLEAR_QUANTITY),
    ],
)
def test_what_is_unclear_is_refused_and_never_guessed(typed: str, code: ErrorCode) -> None:
    with pytest.raises(ShopError) as refused:
        read_entry(typed, 1_000, GRAM)
    assert refused.value.code is code


@given(st.text(max_size=60), st.sampled_from([1, 40, 1_000]), st.sampled_from(list(BaseUnit)))
def test_no_text_makes_it_fail_and_what_is_read_is_more_than_nothing(typed: str, factor: int, base: BaseUnit) -> None:
    try:
        entry = read_entry(typed, factor, base, {"dus": 40})
    except ShopError:
        return
    assert (entry.quantity > 0) != (entry.rupiah > 0)
