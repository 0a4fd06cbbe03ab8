"""Numbers by which a person is known (phone, NIK, NIP): found in free text, and taken out of what a shop is to keep. Pure.

A shop needs a first name and four digits of a phone, and nothing more of anybody: UU 27/2022, Pasal 16 ayat (2) a, limited to what the
purpose asks.
"""

from __future__ import annotations

import re
from typing import Final

# NIP: 18 digits, often written 8 6 1 3; NIK: 16 digits; a phone of Indonesia with +62 or 0
NIP: Final = re.compile(r"(?<![\w.])\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\w)")
NIK: Final = re.compile(r"(?<![\w.])(?:\d{4}[ .-]?){3}\d{4}(?!\w)")
PHONE: Final = re.compile(r"(?<![\w.])(?:\+?62|0)[ .-]?8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)")

_INSTEAD: Final = "****"


def without_numbers(text: str) -> str:
    """A buyer's own words without the numbers of a person: of a phone its last four digits stay, of NIK and NIP nothing."""
    for pattern in (NIP, NIK):
        text = pattern.sub(_INSTEAD, text)
    return PHONE.sub(lambda found: _INSTEAD + "".join(sign for sign in found.group() if sign.isdigit())[-4:], text)
