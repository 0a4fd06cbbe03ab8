"""What a buyer writes beside an order, without the numbers of a person: the city keeps no phone, NIK or NIP that nobody asked for.

The till takes them out of what other servers tell it, too, by the same rules (`pos.domain.privacy`, which this server does not know).
"""

from __future__ import annotations

import re
from typing import Final

_NUMBERS: Final = (
    re.compile(r"(?<![\w.])\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\w)"),
    re.compile(r"(?<![\w.])(?:\d{4}[ .-]?){3}\d{4}(?!\w)"),
)
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+?62|0)[ .-]?8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)")


def without_numbers(text: str) -> str:
    """Of a phone its last four digits stay, as in the buyer's own row; of NIK and NIP nothing."""
    for pattern in _NUMBERS:
        text = pattern.sub("****", text)
    return _PHONE.sub(lambda found: "****" + "".join(sign for sign in found.group() if sign.isdigit())[-4:], text)
