"""The till's own time: the computer's clock as long as it is about right, held close to the server's where that is known, and never turned
back by a little. Owns no deadline: those are the server's.

Source: sync.md, Time: local time, a clamped hybrid clock, and the server's receipt time. Nothing is decided by it; it is what is written on
paper and beside each fact, so that a computer whose battery is dead does not date a day's sales to 1970.
"""

from __future__ import annotations

import threading
from typing import Final

from pos.domain.server_time import CLAMP_MS
from pos.services.ports import Clock

EARLIEST: Final = 1_793_491_200_000
LATEST: Final = 2_398_377_600_000
"""UTC ms: 2026-11-01, when this program did not exist yet, and 2046-01-01. A clock outside of this tells nothing."""


def is_absurd(at: int) -> bool:
    return not EARLIEST <= at <= LATEST


class HybridClock:
    """`services.ports.Clock` over the computer's own. Any thread may ask.

    Attributes:
        machine: the computer's clock as it is, also when it is wrong: what is off is measured by it.
    """

    def __init__(self, machine: Clock, latest: int = 0) -> None:
        """`latest`: the newest moment that the shop's file knows (UTC ms), for a computer that wakes in 1970 without a line."""
        self.machine = machine
        self._lock = threading.Lock()
        self._latest = latest
        self._started = machine.monotonic()
        self._anchor: tuple[int, float] | None = None
        self._given = 0

    def now(self) -> int:
        with self._lock:
            at = self._about_right()
            # a little back is the clock being set; a lot back is a clock that was wrong before
            if 0 < self._given - at <= CLAMP_MS:
                at = self._given
            self._given = at
            return at

    def monotonic(self) -> float:
        return self.machine.monotonic()

    def heard(self, server_time: int) -> None:
        """The server has told its time (UTC ms)."""
        with self._lock:
            self._anchor = server_time, self.machine.monotonic()

    def knows(self, latest: int) -> None:
        """The shop's file knows of this moment: it is no earlier than that."""
        with self._lock:
            self._latest = max(self._latest, latest)

    def here(self, server_moment: int) -> int:
        """A moment of the server's clock (UTC ms) as this clock will show it."""
        with self._lock:
            if self._anchor is None:
                return server_moment
            return server_moment + self._about_right() - self._estimate(self._anchor)

    def _about_right(self) -> int:
        at = self.machine.now()
        if self._anchor is not None:
            estimate = self._estimate(self._anchor)
            return max(estimate - CLAMP_MS, min(estimate + CLAMP_MS, at))
        if is_absurd(at) and not is_absurd(self._latest):
            return self._latest + round((self.machine.monotonic() - self._started) * 1_000)
        return at

    def _estimate(self, anchor: tuple[int, float]) -> int:
        return anchor[0] + round((self.machine.monotonic() - anchor[1]) * 1_000)
