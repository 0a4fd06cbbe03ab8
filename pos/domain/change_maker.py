"""Which notes and coins to give back, out of what the drawer holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pos.domain.money import DENOMINATIONS, Rupiah, split_notes

_LOOK_BELOW: Final = 4
"""So many pieces fewer of a note than would go are tried too: 5.000 and 2.000 do not divide each other."""
_PENALTY: Final = 10_000
"""Above any number of pieces: what cannot be made weighs more than how many pieces it takes."""


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """How to give an amount back.

    Attributes:
        notes: denomination in rupiah -> pieces, the largest first.
        shortfall: rupiah that cannot be made of what is there: *titipan* or rounding, the cashier's choice.
    """

    notes: Mapping[Rupiah, int]
    shortfall: Rupiah = 0

    @property
    def given(self) -> Rupiah:
        """Rupiah that the notes come to."""
        return sum(note * count for note, count in self.notes.items())


def make_change(amount: Rupiah, held: Mapping[Rupiah, int] | None = None) -> ChangePlan:
    """`amount` (>= 0) with the least shortfall, and of those in the fewest pieces.

    Args:
        held: denomination -> pieces in the drawer; what is not named there is not there. None: as many as are needed of each.
    """
    if held is None:
        notes, rest = split_notes(amount)
        return ChangePlan(notes, rest)
    # what no coin is small enough for
    crumbs = amount % DENOMINATIONS[-1]
    pieces = tuple((note, max(0, held.get(note, 0))) for note in DENOMINATIONS)

    @cache
    def best(place: int, rest: Rupiah) -> tuple[int, tuple[int, ...]]:
        """(weight, pieces of each denomination from `place` on) for `rest`."""
        if place == len(pieces) or rest == 0:
            return rest * _PENALTY, (0,) * (len(pieces) - place)
        note, there = pieces[place]
        most = min(there, rest // note)
        tries = []
        for count in range(most, max(-1, most - _LOOK_BELOW), -1):
            weight, others = best(place + 1, rest - count * note)
            tries.append((weight + count, (count, *others)))
        return min(tries, key=lambda found: found[0])

    _, counts = best(0, amount - crumbs)
    notes = {note: count for (note, _), count in zip(pieces, counts, strict=True) if count}
    return ChangePlan(notes, amount - sum(note * count for note, count in notes.items()))


def after_sale(held: Mapping[Rupiah, int], received: Rupiah, change: Rupiah) -> Mapping[Rupiah, int]:
    """What the drawer probably holds after a customer gave `received` and got `change` back: the fewest notes each way. An estimate."""
    out = dict(held)
    for note, count in split_notes(received)[0].items():
        out[note] = out.get(note, 0) + count
    for note, count in make_change(change, out).notes.items():
        out[note] -= count
    return out
