"""Barcodes as bars: which symbol a code is drawn as, and its modules. Pure; python-barcode does the drawing, behind checks of our own.

Owns the choice: what is a right EAN or UPC is drawn as that, everything else as Code 128 exactly as it is written. Knows neither paper
nor screen; both draw from here, so a label is scanned the same wherever it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

LONGEST: Final = 32
"""Characters of a Code 128 on a label; longer is no code that a shop would scan."""


class Symbol(StrEnum):
    EAN13 = "EAN-13"
    EAN8 = "EAN-8"
    UPCA = "UPC-A"
    CODE128 = "Code 128"


@dataclass(frozen=True, slots=True)
class Bars:
    """A symbol to draw.

    Attributes:
        modules: `1` black, `0` white, each a module wide, without quiet zones.
        quiet: modules that must stay white on the left and on the right (GS1 General Specifications, 5.2 and 5.4; Code 128: 10).
        text: what stands below it: what a scanner says.
    """

    symbol: Symbol
    modules: str
    quiet: tuple[int, int]
    text: str


_QUIET: Final = {Symbol.EAN13: (11, 7), Symbol.EAN8: (7, 7), Symbol.UPCA: (9, 9), Symbol.CODE128: (10, 10)}


@lru_cache(maxsize=512)
def bars_of(code: str) -> Bars | None:
    """How a code is drawn, or None where it cannot be: empty, too long, or with signs that no barcode has."""
    text = code.strip()
    if not text or len(text) > LONGEST or not (text.isascii() and text.isprintable()):
        return None
    symbol, digits = _symbol_of(text)
    return Bars(symbol, _modules(symbol, digits), _QUIET[symbol], digits)


def _symbol_of(text: str) -> tuple[Symbol, str]:
    """The symbol, and the digits as they stand below it. Of a wrong check digit nothing is corrected: it is drawn as it is written."""
    if text.isdigit():
        # a UPC whose zeros a spreadsheet ate is whole again
        whole = text.zfill(12) if 9 <= len(text) <= 11 else text
        symbol = {8: Symbol.EAN8, 12: Symbol.UPCA, 13: Symbol.EAN13}.get(len(whole))
        if symbol is not None and _checks(whole):
            return symbol, whole
    return Symbol.CODE128, text


def _checks(digits: str) -> bool:
    from stdnum import ean

    return bool(ean.calc_check_digit(digits[:-1]) == digits[-1])


def _modules(symbol: Symbol, text: str) -> str:
    # not at the top: it brings Pillow, which no struk needs
    from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13
    from barcode.upc import UniversalProductCodeA

    if symbol is Symbol.CODE128:
        return _code128(text)
    drawers = {Symbol.EAN13: EuropeanArticleNumber13, Symbol.EAN8: EuropeanArticleNumber8, Symbol.UPCA: UniversalProductCodeA}
    return str(drawers[symbol](text).build()[0])


def _code128(text: str) -> str:
    """Code 128 (ISO/IEC 15417): digits two by two in set C, everything else in set B.

    The library's own composition loses the first two digits of what begins with 99, which a label must not; its table of bars is right.
    """
    from barcode.charsets.code128 import CODES, STOP

    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    return "".join(str(CODES[value]) for value in (*values, check)) + str(STOP) + "11"


def _values(text: str) -> list[int]:
    start_b, start_c, to_b = 104, 105, 100
    if len(text) < 2 or not text.isdigit():
        return [start_b, *(ord(sign) - 32 for sign in text)]
    even = len(text) - len(text) % 2
    values = [start_c, *(int(text[place : place + 2]) for place in range(0, even, 2))]
    return values if even == len(text) else [*values, to_b, ord(text[-1]) - 32]
