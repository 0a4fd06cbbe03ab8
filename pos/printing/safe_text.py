"""Makes any text harmless and legible for a printer: no byte of a name may ever become a command.

Owns the alphabet of paper. A product's name can hold `ESC p` (opens the drawer) or `GS V` (cuts the paper), a CJK name switches
some printers to two-byte text: what comes out of here has neither. Knows nothing of layout.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

UNKNOWN: Final = "?"

_SIGNS: Final = {
    "×": "x", "÷": ":", "∙": ".", "·": ".", "•": "*", "‣": "*", "–": "-", "—": "-", "‐": "-", "‒": "-", "―": "-", "−": "-", "⁃": "-",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "<", "›": ">", "′": "'", "″": '"',
    "⁄": "/", "∕": "/", "½": "1/2", "¼": "1/4", "¾": "3/4", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "±": "+-",
    "€": "EUR", "£": "GBP", "¥": "YEN", "©": "(C)", "®": "(R)", "°": "o", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "✓": "v", "✔": "v",
}  # fmt: skip


_MIXED = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
"""Between a figure and a fraction: `1½` would come out as `11/2`."""


@lru_cache(maxsize=4096)
def safe_text(text: str, codepage: str = "ascii") -> str:
    """`text` in letters that `codepage` can print, on one line.

    Args:
        codepage: name of a Python codec that is ASCII in its lower half (`ascii`, `cp437`, `cp858`).

    Control characters (C0, DEL, C1) and unseen ones (direction marks, joiners) are dropped, breaks and tabs become a space; the
    rest is NFKC-normalised; what the code page lacks is written with other letters (`é` as `e`, `×` as `x`), or as `?`.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_printable(sign, codepage) for sign in unicodedata.normalize("NFKC", _MIXED.sub(" ", text)))


def _printable(sign: str, codepage: str) -> str:
    if " " <= sign <= "~":
        return sign
    if sign.isspace():
        return " "
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Cf", "Mn", "Me", "Cs"):
        return ""
    if _in_codepage(sign, codepage):
        return sign
    if sign in _SIGNS:
        return _SIGNS[sign]
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if " " <= part <= "~")
    return plain or UNKNOWN


def _in_codepage(sign: str, codepage: str) -> bool:
    """Whether it is one byte of the upper half: a byte of the lower half could be a command."""
    data = sign.encode(codepage, errors="ignore")
    return len(data) == 1 and data[0] >= 0x80
