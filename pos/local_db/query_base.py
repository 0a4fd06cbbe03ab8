"""What every part of the store's reads stands on: the readers and the clock. Owns no statement.

Statements are constant strings. Joins that must go in one order say CROSS JOIN, so that no plan depends on statistics.
"""

from __future__ import annotations

from pos.local_db.engine import Readers
from pos.services.ports import Clock


class QueryBase:
    """One connection a calling thread; every method may be called from any."""

    def __init__(self, readers: Readers, clock: Clock) -> None:
        self._readers = readers
        self._clock = clock
        self._row = readers.row
        self._rows = readers.rows
