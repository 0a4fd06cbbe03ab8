"""Counting a drawer by note and coin, or saying the total at once. A frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pos.domain.money import DENOMINATIONS, Rupiah

MOST: Final = 9_999
"""Pieces of one note: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class CashCount:
    """How many of each note and coin. `typed`: a total said without counting, which then stands for all.

    Attributes:
        pieces: denomination in rupiah -> how many.
    """

    pieces: Mapping[Rupiah, int] = field(default_factory=dict)
    typed: Rupiah | None = None

    @property
    def total(self) -> Rupiah:
        """Rupiah."""
        if self.typed is not None:
            return self.typed
        return sum(note * count for note, count in self.pieces.items())

    @property
    def by_pieces(self) -> bool:
        return self.typed is None

    def with_pieces(self, note: Rupiah, count: int) -> CashCount:
        """Another number of one note, between 0 and MOST; a typed total does not count any more."""
        if note not in DENOMINATIONS:
            raise ValueError(note)
        return CashCount({**self.pieces, note: max(0, min(MOST, count))})

    def with_total(self, total: Rupiah | None) -> CashCount:
        """The total said at once; None goes back to the pieces."""
        return replace(self, typed=total)
