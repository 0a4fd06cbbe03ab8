"""How text becomes words for the two searches: the same for what is kept and for what is typed. Pure.

Lower case, no marks over letters, cut at everything that is neither letter nor digit. FTS5 would do the same by itself; done here, the
two sides cannot differ, also where rows are looked through without FTS5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_RUPIAH: Final = re.compile(r"\brp\.?\s*(?=\d)", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
MOST_WORDS: Final = 8
LONGEST_WORD: Final = 64


def words_of(text: str) -> list[str]:
    """`Kopi Susu 20 g` -> kopi, susu, 20, g."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()
    return _WORD.findall(text.lower())


def kept_words(parts: Iterable[str]) -> str:
    """What an index keeps of some texts: each word once, in the order they came."""
    return " ".join(dict.fromkeys(words_of(" ".join(parts))))


def typed_words(text: str) -> list[str]:
    """The words of a search field, within reason."""
    return [word[:LONGEST_WORD] for word in words_of(text)[:MOST_WORDS]]


def typed_amounts(text: str) -> str:
    """The same text with amounts as plain figures: `Rp12.500` -> `12500`."""
    return _THOUSANDS.sub("", _RUPIAH.sub("", text))


def prefix_match(words: Iterable[str]) -> str:
    """An FTS5 expression: every word is the beginning of a kept one. The words are letters and digits only."""
    return " ".join(f'"{word}"*' for word in words)
