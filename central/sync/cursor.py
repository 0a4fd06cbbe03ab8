"""The cursor: where in a shop's feed a till stands. Opaque to tills: `timeline.feed.seq`.

`feed` is `<epoch>-<floor>`, and an `a` behind it while a reading from the feed's start goes on. The epoch says whose own movements are
left out, but a reading from the start is told everything; the floor is the shop's tombstone floor when the reading began, so that a
reading that began above it is not sent back by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from central.shop_work import Book

_FORM: Final = re.compile(r"([0-9a-f]{1,32})\.([0-9]{1,15})-([0-9]{1,15})(a?)\.([0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to `seq` was told. `everything`: the till's own movements, too. `epoch`: 0 where it is not known."""

    timeline: str
    epoch: int
    floor: int
    everything: bool
    seq: int

    def __str__(self) -> str:
        return f"{self.timeline}.{self.epoch}-{self.floor}{'a' if self.everything else ''}.{self.seq}"

    def from_the_future(self, book: Book) -> bool:
        """Whether the till was told more than this server has: it was put back."""
        return self.timeline == book.timeline and self.seq > book.feed_seq

    def too_old(self, book: Book) -> bool:
        """Whether what the till was not told is known here no more."""
        return self.timeline != book.timeline or (self.seq < book.feed_floor and self.floor < book.feed_floor)


def read_cursor(text: str, book: Book) -> Cursor:
    """The cursor that a till sent; an empty one is the feed's beginning, and what is no cursor of ours is too old."""
    if not text:
        return Cursor(book.timeline, 0, book.feed_floor, True, 0)
    found = _FORM.fullmatch(text)
    if found is None:
        return Cursor("", 0, 0, True, 0)
    return Cursor(found[1], int(found[2]), int(found[3]), bool(found[4]), int(found[5]))
