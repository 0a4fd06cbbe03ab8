"""The cursor: where in a shop's feed a till stands. Opaque to tills: `timeline.feed.seq.mark`.

`feed` is `<epoch>-<floor>`, and an `a` behind it while a reading from the feed's start goes on. The epoch says whose own movements are
left out, but a reading from the start is told everything; the floor is the shop's tombstone floor when the reading began, so that a
reading that began above it is not sent back by it. The mark is the incarnation of the server that told the place (`incarnations`); a
cursor of before there were marks has none and is believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from central.incarnations import mark_at
from central.shop_work import Book

_FORM: Final = re.compile(r"([0-9a-f]{1,32})\.([0-9]{1,15})-([0-9]{1,15})(a?)\.([0-9]{1,15})(?:\.([0-9a-f]{0,8}))?")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to `seq` was told. `everything`: the till's own movements, too. `epoch`: 0 where it is not known."""

    timeline: str
    epoch: int
    floor: int
    everything: bool
    seq: int
    mark: str | None
    """None: not known."""

    def __str__(self) -> str:
        place = f"{self.timeline}.{self.epoch}-{self.floor}{'a' if self.everything else ''}.{self.seq}"
        return place if self.mark is None else f"{place}.{self.mark}"

    def from_the_future(self, book: Book) -> bool:
        """Whether the till was told more than this server has, or something else under the same number: it was put back."""
        return self.timeline == book.timeline and (self.seq > book.feed_seq or self._told_by(book) not in (None, self.mark))

    def too_old(self, book: Book) -> bool:
        """Whether what the till was not told is known here no more."""
        if self.timeline != book.timeline or (self.seq < book.feed_floor and self.floor < book.feed_floor):
            return True
        return self.mark is not None and mark_at(book.marks, self.seq) is None

    def _told_by(self, book: Book) -> str | None:
        return None if self.mark is None else mark_at(book.marks, self.seq)


def read_cursor(text: str, book: Book) -> Cursor:
    """The cursor that a till sent; an empty one is the feed's beginning, and what is no cursor of ours is too old."""
    if not text:
        return Cursor(book.timeline, 0, book.feed_floor, True, 0, None)
    found = _FORM.fullmatch(text)
    if found is None:
        return Cursor("", 0, 0, True, 0, None)
    return Cursor(found[1], int(found[2]), int(found[3]), bool(found[4]), int(found[5]), found[6])
