"""The money on the counter while it is counted: digits typed, notes tapped. A frozen value; each key gives the next one.

Typing and tapping add up as hands do: 50000 typed and a note of 2.000 tapped is Rp52.000. A digit after notes starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah


@dataclass(frozen=True, slots=True)
class Tendered:
    """What was handed over so far.

    Attributes:
        typed: digits as typed, without leading zeros.
        notes: notes and coins tapped, in the order of the taps.
    """

    typed: str = ""
    notes: tuple[Rupiah, ...] = ()

    @property
    def amount(self) -> Rupiah:
        return (int(self.typed) if self.typed else 0) + sum(self.notes)

    @property
    def pieces(self) -> tuple[tuple[Rupiah, int], ...]:
        """Notes and coins as far as they are known: those tapped, when nothing was typed beside them."""
        if self.typed or not self.notes:
            return ()
        return tuple(sorted(((note, self.notes.count(note)) for note in set(self.notes)), reverse=True))

    def count_of(self, note: Rupiah) -> int:
        """How often this note was tapped."""
        return self.notes.count(note)

    def digits(self, digits: str) -> Tendered:
        """One or more digits were typed (`7`, `000`).

        Raises:
            ShopError: AMOUNT_OUT_OF_RANGE.
        """
        typed = ((self.typed if not self.notes else "") + digits).lstrip("0")
        return _within(Tendered(typed))

    def note(self, note: Rupiah) -> Tendered:
        """A note or coin was put down. Raises ShopError AMOUNT_OUT_OF_RANGE."""
        return _within(replace(self, notes=(*self.notes, note)))

    def back(self) -> Tendered:
        """Take the last note back, or the last digit."""
        if self.notes:
            return replace(self, notes=self.notes[:-1])
        return replace(self, typed=self.typed[:-1])


def exactly(amount: Rupiah) -> Tendered:
    """A whole amount at once, as from a quick button."""
    return Tendered(str(amount) if amount else "")


def _within(tendered: Tendered) -> Tendered:
    if tendered.amount > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(tendered.amount))
    return tendered
