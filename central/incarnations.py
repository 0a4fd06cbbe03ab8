"""Which incarnation of the server has told which part of a shop's feed.

A server that is put back to an older copy tells other things under numbers that it has given out before. Where its feed is shorter than
a till's cursor, that shows. Where it has grown past the cursor again before the till came, it shows by this alone: the server takes a
new name whenever it finds its database anew, a shop notes the name at the first change of its feed under it, and a cursor carries the
name that told its place.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from central.world import Chance

MOST_KEPT: Final = 32
"""Of a shop. A till that was away for more of them than this reads its shop afresh."""
_LENGTH: Final = 8
_RENAMED: Final = text("UPDATE server SET incarnation = :name WHERE id = 1")


def begin(connection: Connection, chance: Chance) -> None:
    """Take a new name: nobody knows what became of the database while there was no connection to it."""
    connection.execute(_RENAMED, {"name": chance.id()[-_LENGTH:]})


def noted(marks: str, first: int, incarnation: str) -> str:
    """A shop's marks (`first:name`, oldest first, parted by spaces) once its feed goes on from `first` under that name."""
    kept = marks.split()
    if not incarnation or (kept and kept[-1].partition(":")[2] == incarnation):
        return marks
    return " ".join([*kept, f"{first}:{incarnation}"][-MOST_KEPT:])


def mark_at(marks: str, seq: int) -> str | None:
    """The name that told a place of the feed: empty before the first mark, None where that is forgotten."""
    kept = [mark.partition(":") for mark in marks.split()]
    told = [name for first, _, name in kept if int(first) <= seq]
    if told:
        return told[-1]
    return None if len(kept) == MOST_KEPT else ""
