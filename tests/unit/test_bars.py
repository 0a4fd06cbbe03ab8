"""What stands below a barcode is what a scanner says: every code that a shop has or invents, read back by zxing-cpp."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.barcode import match_key
from pos.services.bars import LONGEST, Bars, Symbol, bars_of


def scanned(bars: Bars, dots: int = 2) -> str:
    """What a scanner reads of the bars with just their quiet zones, `dots` a module."""
    modules = "0" * bars.quiet[0] + bars.modules + "0" * bars.quiet[1]
    row = np.array([0 if module == "1" else 255 for module in modules], np.uint8)
    (found,) = zxingcpp.read_barcodes(np.kron(row, np.ones((48, dots))).astype(np.uint8))
    return found.text


@pytest.mark.parametrize(
    ("code", "symbol", "text"),
    [
        ("8991002105485", Symbol.EAN13, "8991002105485"),
        ("089686010947", Symbol.UPCA, "089686010947"),
        ("89686010947", Symbol.UPCA, "089686010947"),
        ("12345670", Symbol.EAN8, "12345670"),
        ("2100001012347", Symbol.CODE128, "2100001012347"),
        ("8991002105480", Symbol.CODE128, "8991002105480"),
        ("18991002105482", Symbol.CODE128, "18991002105482"),
        ("001", Symbol.CODE128, "001"),
        ("xxxx", Symbol.CODE128, "xxxx"),
        ("RAK 3-B", Symbol.CODE128, "RAK 3-B"),
        ("99", Symbol.CODE128, "99"),
        ("9912", Symbol.CODE128, "9912"),
    ],
)
def test_a_code_is_drawn_as_what_it_is_and_never_corrected(code: str, symbol: Symbol, text: str) -> None:
    bars = bars_of(code)
    assert bars is not None
    assert (bars.symbol, bars.text) == (symbol, text)
    assert match_key(scanned(bars)) == match_key(code)


@pytest.mark.parametrize("code", ["", "   ", "é", "康师傅", "a\x00b", "\x1bp\x00", "A" * (LONGEST + 1), "7" * 64])
def test_what_no_barcode_holds_is_not_drawn(code: str) -> None:
    assert bars_of(code) is None


def test_numbers_all_over_the_four_digits_are_read_as_they_are_written() -> None:
    wrong = [code for code in (f"{number:04d}" for number in range(0, 10_000, 13)) if scanned(_drawn(code)) != code]
    assert wrong == []


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.one_of(
        st.text("0123456789", min_size=1, max_size=LONGEST),
        st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST),
        st.text("0123456789ABC -/.", min_size=1, max_size=LONGEST).map(str.strip).filter(bool),
    )
)
def test_any_code_is_read_as_it_is_written(code: str) -> None:
    assert match_key(scanned(_drawn(code))) == match_key(code)


def _drawn(code: str) -> Bars:
    bars = bars_of(code)
    assert bars is not None
    return bars
