"""Quantities as whole base units, and how they are said in a product's own units."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure

MAX_QUANTITY: Final = 1_000_000_000
"""Base units on one line: a tonne of rice in grams, and an end to slips of the scanner into the quantity."""

_WHOLE = re.compile(r"\d{1,10}")
_DECIMAL = re.compile(r"(\d{1,9}),(\d{1,3})")


class BaseUnit(StrEnum):
    """What stock is counted in."""

    PCS = "pcs"
    GRAM = "gram"
    ML = "ml"


def format_quantity(quantity: int, factor: int) -> str:
    """Base units as figures of a unit: (1500, 1000) -> `1,5`; (5, 1) -> `5`; at most three decimals, never rounded up."""
    sign = "-" if quantity < 0 else ""
    whole, rest = divmod(abs(quantity), factor)
    decimals = f"{rest * 1000 // factor:03d}".rstrip("0") if rest else ""
    return f"{sign}{format_figure(whole)},{decimals}" if decimals else f"{sign}{format_figure(whole)}"


def parse_quantity(typed: str, factor: int) -> int:
    """Read a typed quantity of a unit into base units: (`1,5`, 1000) -> 1500.

    Raises:
        ShopError: UNCLEAR_QUANTITY when it is no quantity or does not come out in whole base units,
            QUANTITY_OUT_OF_RANGE for zero and above MAX_QUANTITY.
    """
    text = typed.strip()
    if _WHOLE.fullmatch(text) and text.isascii():
        quantity = int(text) * factor
    elif (match := _DECIMAL.fullmatch(text)) and text.isascii():
        digits = match.group(2)
        quantity, rest = divmod(int(match.group(1) + digits) * factor, 10 ** len(digits))
        if rest:
            raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=typed[:40])
    else:
        raise ShopError(ErrorCode.UNCLEAR_QUANTITY, typed=typed[:40])
    if not 0 < quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=typed[:40])
    return quantity
