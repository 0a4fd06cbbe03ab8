"""Labels of a scale: what stands in a barcode that a scale or the shop printed itself (GS1 prefixes 20-29). Pure.

A pattern says what each digit is, as the maker of the scale documents it: `2F IIIII WWWWW C`. Blanks are only for the eye.

- a digit stands for itself, `F` for any digit
- `I` item number, `W` weight in grams, `P` price in rupiah, `N` number of pieces
- `V` check digit of a price of 4 or 5 digits (GS1 General Specifications, 7.9.2 to 7.9.4)
- `C` check digit of the whole, last
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

_LENGTHS: Final = (12, 13)
_SHAPE: Final = re.compile(r"2[\dF]*(?:[\dFIWPNV])*C")
_TWO_MINUS: Final = "0246891357"
_THREE: Final = "0369258147"
_FIVE_PLUS: Final = "0516273849"
_FIVE_MINUS: Final = "0594837261"


class LabelKind(StrEnum):
    """What is embedded: the letter of the pattern."""

    WEIGHT = "W"
    PRICE = "P"
    COUNT = "N"


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """One kind of label of a shop: its letters without blanks."""

    letters: str

    @property
    def kind(self) -> LabelKind:
        return next(kind for kind in LabelKind if kind.value in self.letters)

    def digits(self, code: str, letter: str) -> str:
        """The digits of a code that stand where the pattern has `letter`."""
        return "".join(digit for digit, place in zip(code, self.letters, strict=True) if place == letter)

    def fits(self, code: str) -> bool:
        """Whether a code has the pattern's shape; its check digits are another question."""
        return (
            len(code) == len(self.letters)
            and code.isascii()
            and code.isdigit()
            and all(not place.isdigit() or place == digit for digit, place in zip(code, self.letters, strict=True))
        )


@dataclass(frozen=True, slots=True)
class ScaleLabel:
    """A label that was read.

    Attributes:
        item: number of the goods as it stands on the label, with its zeros.
        value: grams, rupiah or pieces, by `kind`; > 0.
        keys: codes under which the shop may have the goods, the likeliest first.
    """

    code: str
    item: str
    kind: LabelKind
    value: int
    keys: tuple[str, ...]


def parse_patterns(text: str) -> tuple[LabelPattern, ...]:
    """The patterns of a setting, with `;` between them; none for an empty one.

    Raises:
        ShopError: LABEL_PATTERN_WRONG with `typed`.
    """
    patterns = []
    for part in text.split(";"):
        letters = "".join(part.upper().split())
        if not letters:
            continue
        if not _is_pattern(letters):
            raise ShopError(ErrorCode.LABEL_PATTERN_WRONG, typed=part.strip()[:40])
        patterns.append(LabelPattern(letters))
    return tuple(patterns)


def _is_pattern(letters: str) -> bool:
    kinds = [kind for kind in LabelKind if kind.value in letters]
    once = all(re.fullmatch(f"[^{letter}]*{letter}*[^{letter}]*", letters) for letter in "IWPN")
    checked = letters.count("V") == 0 or (letters.count("V") == 1 and letters.count("P") in (4, 5))
    return (
        len(letters) in _LENGTHS
        and _SHAPE.fullmatch(letters) is not None
        and letters.count("C") == 1
        and "I" in letters
        and len(kinds) == 1
        and once
        and checked
    )


def read_label(code: str, patterns: tuple[LabelPattern, ...]) -> ScaleLabel | None:
    """What a scanned code says as a label of a scale; None when it is none (no pattern has its shape, or it holds nothing).

    Raises:
        ShopError: LABEL_CHECK_WRONG when it has the shape of one and a check digit is wrong: it was misread, nothing is sold.
    """
    text = code.strip()
    pattern = next((pattern for pattern in patterns if pattern.fits(text)), None)
    if pattern is None:
        return None
    value = int(pattern.digits(text, pattern.kind.value))
    if value == 0:
        return None
    if check_digit(text[:-1]) != text[-1] or not _price_checks(pattern, text):
        raise ShopError(ErrorCode.LABEL_CHECK_WRONG, typed=text)
    item = pattern.digits(text, "I")
    keys = (_bare(pattern, text), item, item.lstrip("0"))
    return ScaleLabel(text, item, pattern.kind, value, tuple(dict.fromkeys(key for key in keys if key)))


def check_digit(digits: str) -> str:
    """The GTIN check digit of what comes before it: threes and ones from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def price_check_digit(price: str) -> str:
    """The check digit of a price of 4 or 5 digits in an in-shop code (GS1 General Specifications, 7.9.3 and 7.9.4)."""
    if len(price) == 4:
        tables = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
        return str(sum(int(table[int(digit)]) for table, digit in zip(tables, price, strict=True)) * 3 % 10)
    tables5 = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)
    total = sum(int(table[int(digit)]) for table, digit in zip(tables5, price, strict=True))
    return str(_FIVE_MINUS.index(str(-total % 10)))


def _price_checks(pattern: LabelPattern, code: str) -> bool:
    said = pattern.digits(code, "V")
    return not said or price_check_digit(pattern.digits(code, "P")) == said


def _bare(pattern: LabelPattern, code: str) -> str:
    """The same label with nothing in it: how many shops have the goods in their list."""
    empty = "".join("0" if place in "WPNV" else digit for digit, place in zip(code, pattern.letters, strict=True))[:-1]
    return empty + check_digit(empty)
