"""What a cell means: amounts, counts, codes and units of a shop's spreadsheet."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.barcode import CodeVerdict, judge, match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_rupiah
from pos.domain.quantity import BaseUnit
from pos.services.sheets.cells import clean, codes_of, exact_text, is_empty, is_lost_code, parse_amount, parse_stock, unit_of
from tests.helpers.sheets import gtin13, upc


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (8998866200325.0, "8998866200325"),
        (2500.0, "2500"),
        (2500.0000000004, "2500"),
        (2500.5, "2500,5"),
        (1.234, "1,234"),
        (-3.0, "-3"),
        (0.0, "0"),
        (float("nan"), ""),
        (True, "True"),
        (None, ""),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        (datetime.date(2026, 11, 23), "2026-11-23"),
        (7, "7"),
    ],
)
def test_a_workbook_number_comes_back_as_the_text_that_was_typed(value: object, text: str) -> None:
    assert exact_text(value) == text


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_every_barcode_survives_being_a_number(number: int) -> None:
    assert exact_text(float(number)) == str(number)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Mie\u00a0 Sedaap \t Goreng ", "Mie Sedaap Goreng"),
        ("Kopi\x00\x07", "Kopi"),
        ("\ufeffNama", "Nama"),
        ("'8998866200325", "8998866200325"),
        ("'=1+1", "=1+1"),
        ("'", "'"),
        ("Slai O'lai", "Slai O'lai"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_cleaned_away(cell: str, text: str) -> None:
    assert clean(cell) == text


def test_a_dash_or_null_says_nothing() -> None:
    assert [is_empty(text) for text in ("", "-", "NULL", "n/a", "0", "kopi")] == [True, True, True, True, False, False]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12500", 12500),
        ("12.500", 12500),
        ("Rp 12.500", 12500),
        ("Rp12.500,-", 12500),
        ("12.500,00", 12500),
        ("12,500.00", 12500),
        ("12500.00", 12500),
        ("12500,0", 12500),
        ("1.250.000", 1250000),
        ("IDR 3500", 3500),
        ("-2500", -2500),
        ("-Rp 2.500", -2500),
        ("Rp -2.500", -2500),
        ("0", 0),
    ],
)
def test_prices_are_read_as_shops_and_their_programs_write_them(typed: str, amount: int) -> None:
    assert parse_amount(typed) == amount


@pytest.mark.parametrize(
    "typed", ["12,500", "2500,5", "12.5", "1,234", "12.50", "3rb", "12.500/kg", "", "12,50", "1.2500", "2500.75", "1e5", "٣٥٠٠"]
)
def test_a_price_that_can_be_meant_in_two_ways_is_unclear(typed: str) -> None:
    with pytest.raises(ShopError) as caught:
        parse_amount(typed)
    assert caught.value.code is ErrorCode.UNCLEAR_AMOUNT


@given(st.integers(min_value=0, max_value=100_000_000))
def test_what_the_till_writes_it_reads(amount: int) -> None:
    written = format_rupiah(amount)
    assert parse_amount(written) == amount
    assert parse_amount(f"{written},-") == amount
    assert parse_amount(exact_text(float(amount))) == amount


@given(st.decimals(min_value=0, max_value=1_000_000, places=2).filter(lambda amount: amount != amount.to_integral_value()))
def test_a_fraction_of_a_rupiah_is_never_read_as_money(amount: object) -> None:
    with pytest.raises(ShopError):
        parse_amount(exact_text(float(str(amount))))


@pytest.mark.parametrize(
    ("typed", "factor", "base_units"),
    [
        ("24", 1, 24),
        ("1.500", 1, 1500),
        ("24.00", 1, 24),
        ("-3", 1, -3),
        ("18,5", 1000, 18500),
        ("12", 1000, 12000),
        ("0", 1, 0),
        ("-0,5", 1000, -500),
    ],
)
def test_stock_is_counted_in_base_units(typed: str, factor: int, base_units: int) -> None:
    assert parse_stock(typed, factor) == base_units


@pytest.mark.parametrize(
    ("typed", "factor"), [("18,5", 1), ("1.500", 1000), ("banyak", 1), ("2 dus", 1), ("1,2345", 1000), ("9999999999", 1), ("0,3", 1)]
)
def test_unclear_stock_is_not_guessed(typed: str, factor: int) -> None:
    with pytest.raises(ShopError) as caught:
        parse_stock(typed, factor)
    assert caught.value.code is ErrorCode.UNCLEAR_QUANTITY


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("8998866200325", ("8998866200325",)),
        ("8998866200325.0", ("8998866200325",)),
        ("899 8866 200325", ("8998866200325",)),
        ("89686010947", ("089686010947",)),
        ("0089686010947", ("0089686010947",)),
        ("8998866200325; 089686010947", ("8998866200325", "089686010947")),
        ("8998866200325 / 8998866200325", ("8998866200325",)),
        ("A/12", ("A/12",)),
        ("001", ("001",)),
        ("xxxx", ("xxxx",)),
        ("76164217", ("76164217",)),
        ("12345678901", ("12345678901",)),
        ("", ()),
    ],
)
def test_a_code_is_restored_as_it_stands_on_the_pack(cell: str, codes: tuple[str, ...]) -> None:
    assert codes_of(cell) == codes


@given(st.integers(min_value=0, max_value=9_999_999))
def test_a_upc_that_lost_its_zero_is_found_by_the_scanner(number: int) -> None:
    code = upc(number)
    (restored,) = codes_of(exact_text(float(code)))
    assert restored == code
    assert judge(restored) is CodeVerdict.GOOD
    assert {match_key(code), match_key("0" + code), match_key(code[1:])} == {match_key(restored)}


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_good_ean_stays_as_it_is(number: int) -> None:
    code = gtin13(number)
    assert codes_of(code) == (code,)
    assert judge(code) is CodeVerdict.GOOD


def test_a_code_in_powers_of_ten_is_lost() -> None:
    assert [is_lost_code(text) for text in ("8,99887E+12", "8.99887E+12", "9E+12", "8998866200325", "5fa9431a1deec", "A1")] == [
        True
    ] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("", ("pcs", BaseUnit.PCS, 1)),
        ("PCS", ("pcs", BaseUnit.PCS, 1)),
        ("Bks.", ("bungkus", BaseUnit.PCS, 1)),
        ("renceng", ("renteng", BaseUnit.PCS, 1)),
        ("Kg", ("kg", BaseUnit.GRAM, 1000)),
        ("ons", ("ons", BaseUnit.GRAM, 100)),
        ("ltr", ("liter", BaseUnit.ML, 1000)),
        ("jerigen", ("jerigen", BaseUnit.PCS, 1)),
    ],
)
def test_units_get_the_shops_own_names(cell: str, unit: tuple[str, BaseUnit, int]) -> None:
    assert unit_of(cell) == unit
