"""What a scanned or typed code means: matching by GTIN-14, and what is wrong with a code that is kept all the same.

Source: GS1 General Specifications, GTIN-8/12/13/14 in a 14-digit field. Real shop lists also hold invented codes
(`001`, `xxxx`) and mistyped EANs; they are kept and flagged, never thrown away.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MAX_CODE: Final = 64


class CodeVerdict(StrEnum):
    """What is known of a code by itself."""

    GOOD = "good"
    """A GTIN with a right check digit."""
    IN_SHOP = "in_shop"
    """Prefix 20-29: given by a shop or a scale."""
    INVENTED = "invented"
    """No GTIN by its shape: `001`, `xxxx`."""
    CHECK_DIGIT_WRONG = "check_digit_wrong"
    """Shaped like a GTIN, mistyped."""


def match_key(code: str) -> str:
    """The key under which a code is stored and looked up.

    Digits of 8 to 14 places become GTIN-14 (zeros in front), so that UPC-A matches with 11, 12 and 13 digits: a scanner
    may add the leading zero, a spreadsheet may eat it. Anything else is matched as written, in capitals.
    """
    text = code.strip()
    if text.isascii() and text.isdigit() and 8 <= len(text) <= 14:
        return text.zfill(14)
    return text.upper()[:MAX_CODE]


def judge(code: str) -> CodeVerdict:
    """What kind of code this is. Uses python-stdnum for the check digit."""
    from stdnum import ean

    text = code.strip()
    if not (text.isascii() and text.isdigit() and 8 <= len(text) <= 14):
        return CodeVerdict.INVENTED
    shaped = text if len(text) in (8, 12, 13, 14) else text.zfill(12 if len(text) < 12 else 14)
    if len(shaped) == 13 and shaped[0] == "2":
        return CodeVerdict.IN_SHOP
    # the check digit alone: length and digits are seen to, and a long spreadsheet asks this 100,000 times
    return CodeVerdict.GOOD if ean.calc_check_digit(shaped[:-1]) == shaped[-1] else CodeVerdict.CHECK_DIGIT_WRONG
