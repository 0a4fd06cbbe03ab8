"""How the line does: round trips, failures and bytes of the day, for the page that says so. Any thread may tell it; decides nothing."""

from __future__ import annotations

import statistics
import threading
from collections import deque
from typing import Final

from pos.services.line_views import LineQuality

_LATEST: Final = 21
"""Round trips that the median is of."""
_TELLING_BYTES: Final = 4_096
"""An answer shorter than this tells of the round trip, and not of the line's width."""
_WIB_MS: Final = 7 * 3_600_000
_DAY_MS: Final = 86_400_000


class LineMeter:
    """Moments in UTC ms, durations in seconds. A day is Surabaya's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._trips: deque[float] = deque(maxlen=_LATEST)
        self._speeds: deque[float] = deque(maxlen=5)
        self._day = 0
        self._tried = self._failed = self._sent = self._received = 0
        self.waits = False
        """A long poll stands just now."""

    def answered(self, now: int, seconds: float, sent: int, received: int, *, waited: bool = False) -> None:
        """A request was answered; how long one took that only `waited` says nothing of the line."""
        with self._lock:
            self._turn(now)
            self._tried += 1
            self._sent += sent
            self._received += received
            if waited:
                return
            self._trips.append(seconds)
            if received >= _TELLING_BYTES and seconds > 0:
                self._speeds.append(received / seconds)

    def failed(self, now: int) -> None:
        """A request came to nothing."""
        with self._lock:
            self._turn(now)
            self._tried += 1
            self._failed += 1

    def quality(self, now: int) -> LineQuality:
        """What is to be said of it at UTC ms `now`."""
        with self._lock:
            self._turn(now)
            trip = round(statistics.median(self._trips) * 1_000) if self._trips else 0
            speed = round(statistics.median(self._speeds)) if self._speeds else 0
            return LineQuality(trip, self._tried, self._failed, self._sent, self._received, speed, self.waits)

    def _turn(self, now: int) -> None:
        day = (now + _WIB_MS) // _DAY_MS
        if day != self._day:
            self._day = day
            self._tried = self._failed = self._sent = self._received = 0
