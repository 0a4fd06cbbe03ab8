"""When a line that failed is tried again: exponential with full jitter, the server's own word before it. Owns the count; sleeps never.

The retry always fires: a wait is always finite, and whoever runs the engine after it gets a try.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FIRST_S: Final = 2.0
CAP_S: Final = 300.0
"""Seconds that a failing line waits at most (sync.md, weak lines)."""
LEAST_S: Final = 2.0
"""Seconds between two tries after a failure, however often someone wakes the engine: a sale a second must not hammer a sick server."""


class Backoff:
    """Moments are of `Clock.monotonic`, in seconds."""

    def __init__(self, dice: Callable[[], float]) -> None:
        """`dice`: 0 <= number < 1."""
        self._dice = dice
        self._failures = 0
        self._not_before = 0.0

    @property
    def failing(self) -> bool:
        return self._failures > 0

    def failed(self, now: float, retry_after: float | None = None) -> float:
        """A try has just failed. Returns seconds until the next; `retry_after` is what the server asked for, never cut short."""
        window = min(CAP_S, FIRST_S * 2.0 ** min(self._failures, 16))
        self._failures += 1
        least = max(LEAST_S, retry_after or 0.0)
        self._not_before = now + least
        return max(least, self._dice() * window)

    def succeeded(self) -> None:
        self._failures = 0
        self._not_before = 0.0

    def left(self, now: float) -> float:
        """Seconds until a try is allowed; 0 when it is allowed now."""
        return max(0.0, self._not_before - now)

    def hurry(self) -> None:
        """A person asked: the next try is allowed at once."""
        self._not_before = 0.0
