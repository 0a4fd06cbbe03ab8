"""Searching goods as somebody types: by beginnings of words and codes in popularity order, and by likeness when nothing begins so.

Owns what is kept of the vocabulary in memory. rapidfuzz is imported at the first mistyped word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from pos.domain.barcode import match_key
from pos.local_db.engine import Readers
from pos.local_db.goods_queries import HITS_OF_MATCH, GoodsQueries
from pos.local_db.words import prefix_match, typed_words
from pos.services.ports import Clock
from pos.services.views import GoodsFilter, GoodsHit, GoodsRow

_ANY: Final = "SELECT 1 FROM product_search WHERE product_search MATCH ? LIMIT 1"
_VOCABULARY: Final = "SELECT term FROM known_word WHERE term >= 'a'"
"""Figures sort before letters: the codes, most of the terms, are not even read."""
_LIKE_AT_MOST: Final = 6
"""Words that a mistyped one may have meant."""
_SHORTEST_MISTYPED: Final = 3
_SHORTEST_HALF: Final = 3
_NOTHING: Final = ""


class SearchQueries(GoodsQueries):
    """The search's part of `services.ports.Queries`."""

    def __init__(self, readers: Readers, clock: Clock, goods_version: Callable[[], int]) -> None:
        super().__init__(readers, clock)
        self._goods_version = goods_version
        self._vocabulary: tuple[int, list[str]] = (-1, [])

    def search(self, text: str, limit: int = 24) -> list[GoodsHit]:
        words = typed_words(text)
        if not words:
            return []
        now = self._clock.now()
        rows = self._rows(HITS_OF_MATCH, (now, prefix_match(words), limit))
        if not rows and (match := self._otherwise(text, words)):
            rows = self._rows(HITS_OF_MATCH, (now, match, limit))
        return [GoodsHit(*row) for row in rows]

    def goods(self, which: GoodsFilter, text: str, offset: int, limit: int) -> list[GoodsRow]:
        match = self._match(text)
        return [] if match == _NOTHING else self.goods_page(which, match, offset, limit)

    def goods_total(self, which: GoodsFilter, text: str) -> int:
        match = self._match(text)
        if match is None:
            return self.goods_counts()[which]
        return 0 if match == _NOTHING else self.goods_found(which, match)

    def goods_uids(self, which: GoodsFilter, text: str) -> list[str]:
        match = self._match(text)
        return [] if match == _NOTHING else self.uids_of_page(which, match)

    def _match(self, text: str) -> str | None:
        """The FTS5 expression for a text: None when nothing is asked, "" when nothing can be found."""
        words = typed_words(text)
        if not words:
            return _NOTHING if text.strip() else None
        match = prefix_match(words)
        return match if self._finds(match) else self._otherwise(text, words)

    def _finds(self, match: str) -> bool:
        return self._row(_ANY, (match,)) is not None

    def _otherwise(self, text: str, words: list[str]) -> str:
        """Another expression for words that found nothing: the same code written otherwise, words run together, mistyped words."""
        return next((match for match in self._guesses(text, words) if match and self._finds(match)), _NOTHING)

    def _guesses(self, text: str, words: list[str]) -> Iterable[str]:
        if len(words) == 1 and words[0].isdigit():
            yield self._code(text)
            return
        yield from self._together(words)
        yield self._likeness(words, sure=True)
        yield from self._apart(words)
        yield self._likeness(words, sure=False)

    def _together(self, words: list[str]) -> Iterable[str]:
        """`indo mie` for indomie."""
        return (prefix_match([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]) for at in range(len(words) - 1))

    def _apart(self, words: list[str]) -> Iterable[str]:
        """`tehbotol` for teh botol."""
        for at, word in enumerate(words):
            for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
                yield prefix_match([*words[:at], word[:cut], word[cut:], *words[at + 1 :]])

    def _code(self, text: str) -> str:
        """The stored writing of a typed code: with the zero that a spreadsheet has eaten, or without the one that a scanner adds."""
        row = self._row("SELECT code FROM barcode WHERE key = ?", (match_key(text),))
        return prefix_match(typed_words(row[0])) if row else _NOTHING

    def _likeness(self, words: list[str], *, sure: bool) -> str:
        """Every word as it is, or as known words that it may have meant: when `sure` only where nothing begins so."""
        parts = []
        for word in words:
            choices = [word] if self._finds(prefix_match([word])) else []
            if not (sure and choices):
                choices += self._like(word, sure=sure)
            if not choices:
                return _NOTHING
            parts.append("(" + " OR ".join(f'"{choice}"*' for choice in choices) + ")")
        return " AND ".join(parts)

    def _like(self, word: str, *, sure: bool) -> list[str]:
        """Known words that differ from a typed one by a slip or two of the fingers; when `sure` only those that differ least."""
        if len(word) < _SHORTEST_MISTYPED:
            return []
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        slips = 1 if len(word) <= 4 else 2
        known = self._words()
        found = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=_LIKE_AT_MOST)
        if not found:
            # perhaps the word is not written to its end yet
            starts = list(dict.fromkeys(name[: len(word)] for name in known if len(name) > len(word)))
            found = extract(word, starts, scorer=OSA.distance, score_cutoff=slips, limit=_LIKE_AT_MOST)
        most = min((distance for _, distance, _ in found), default=0) if sure else slips
        return [name for name, distance, _ in found if distance <= most]

    def _words(self) -> list[str]:
        """Every word that goods are known by, codes aside; kept until goods change."""
        version = self._goods_version()
        if self._vocabulary[0] != version:
            self._vocabulary = version, [row[0] for row in self._rows(_VOCABULARY) if len(row[0]) >= _SHORTEST_MISTYPED]
        return self._vocabulary[1]
