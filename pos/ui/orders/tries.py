"""How often a short code may be typed wrong before one waits. Pure: seconds are handed in.

Source: a short code has few letters, so guessing is made slow; a scanned code is signed and needs no limit.
"""

from __future__ import annotations

from typing import Final

from pos.domain.errors import ErrorCode, ShopError

FREE_TRIES: Final = 5
WAIT_S: Final = 30.0
"""Seconds after the fifth wrong code; each further one doubles it, up to LONGEST_S."""
LONGEST_S: Final = 480.0


class CodeTries:
    """Counts wrong codes since the last right one. Times in seconds of a clock that only grows."""

    def __init__(self) -> None:
        self._wrong = 0
        self._until = 0.0

    def check(self, now: float) -> None:
        """Raises ShopError PICKUP_TOO_MANY_TRIES with `seconds` while one has to wait."""
        left = self._until - now
        if left > 0:
            raise ShopError(ErrorCode.PICKUP_TOO_MANY_TRIES, seconds=max(1, round(left)))

    def wrong(self, now: float) -> None:
        """A code matched no order."""
        self._wrong += 1
        if self._wrong >= FREE_TRIES:
            self._until = now + min(LONGEST_S, WAIT_S * 2 ** (self._wrong - FREE_TRIES))

    def right(self) -> None:
        """A code matched: all is forgotten."""
        self._wrong, self._until = 0, 0.0
