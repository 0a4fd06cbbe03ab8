"""What the drawer probably holds, note by note: its last count, and what went through it since. An estimate, and it says so.

Owns no fact. Where the counter knew which notes were handed over they are taken as they were, else as the fewest that make the amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.change_maker import after_sale
from pos.domain.money import Rupiah
from pos.services.people_views import CashFlow
from pos.services.ports import Till


@dataclass(frozen=True, slots=True)
class HeldNotes:
    """Notes and coins in the drawer.

    Attributes:
        pieces: denomination -> how many, probably; never below 0.
        counted_at: UTC ms of the count that it goes out from.
        since: how often cash went through the drawer after it: with each, it is less sure.
    """

    pieces: Mapping[Rupiah, int]
    counted_at: int
    since: int


def held_notes(till: Till) -> HeldNotes | None:
    """What the open drawer holds by note; None when it was never counted by note, and nobody can tell."""
    count = till.store.read.last_count()
    if count is None:
        return None
    flows = till.store.read.cash_since(count.uid)
    pieces: Mapping[Rupiah, int] = dict(count.pieces)
    for flow in flows:
        pieces = _after(pieces, flow)
    return HeldNotes({note: max(0, pieces.get(note, 0)) for note in pieces}, count.at, len(flows))


def _after(pieces: Mapping[Rupiah, int], flow: CashFlow) -> Mapping[Rupiah, int]:
    if not flow.notes:
        return after_sale(pieces, flow.received, flow.change)
    out = dict(pieces)
    for note, count in flow.notes:
        out[note] = out.get(note, 0) + count
    return out
