"""How often somebody may ask: a bucket of requests each, which fills again with time. In memory, by each process for itself.

Keys are hashes of what was shown (a token) or of an address, so nobody's address is kept; the oldest are forgotten first.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MOST_KEPT: Final = 50_000
MS: Final = 1000


class Buckets:
    """One bucket a key. `now`: a clock in milliseconds."""

    def __init__(self, at_once: int, per_second: int, now: Callable[[], int], most_kept: int = MOST_KEPT) -> None:
        """`at_once`: what a full bucket holds; 0 is no limit at all."""
        self._at_once = at_once
        self._per_second = per_second
        self._now = now
        self._most_kept = most_kept
        self._left: OrderedDict[int, tuple[float, int]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Take one. 0 if there was one, else the seconds until there is."""
        left = self._look(key)
        if left is None:
            return 0
        if left < 1:
            return self._seconds(left)
        self._keep(key, left - 1)
        return 0

    def knows(self, key: str) -> bool:
        """Whether it has asked not long ago."""
        return hash(key) in self._left

    def empty(self, key: str) -> int:
        """0 if there is one left, else the seconds until there is. Takes nothing."""
        left = self._look(key)
        return 0 if left is None or left >= 1 else self._seconds(left)

    def take(self, key: str) -> None:
        """Take one, if there is one."""
        left = self._look(key)
        if left is not None:
            self._keep(key, max(left - 1, 0.0))

    def _look(self, key: str) -> float | None:
        if not self._at_once:
            return None
        left, at = self._left.get(hash(key), (float(self._at_once), 0))
        # a clock that was put back fills nothing and takes nothing
        return min(left + max(self._now() - at, 0) / MS * self._per_second, self._at_once)

    def _keep(self, key: str, left: float) -> None:
        kept = hash(key)
        self._left[kept] = (left, self._now())
        self._left.move_to_end(kept)
        if len(self._left) > self._most_kept:
            self._left.popitem(last=False)

    def _seconds(self, left: float) -> int:
        return max(math.ceil((1 - left) / self._per_second), 1) if self._per_second else 60
