"""How often a healthy line is asked, and for how much at once. Pure: seconds are handed in; owns no line.

Source of the figures: sync.md, weak lines. The server's own word (`next_sync_in`) is obeyed, so that it can spread the herd; only a till
at which nothing has happened for long asks less often than it is told.
"""

from __future__ import annotations

from typing import Final

OPEN_ORDERS_S: Final = 5.0
IDLE_S: Final = 60.0
LONG_IDLE_S: Final = 120.0
NIGHT_S: Final = 300.0
"""Seconds until the next round: with open orders, without, when nothing has happened for LONG_S, and at night."""
WAITING_S: Final = 300.0
"""The same for a shop where nothing happens while a long poll brings its news: a day of it stays below a megabyte."""
LONG_S: Final = 600.0
"""Seconds after which a shop where nothing happens is asked less often."""
PATIENT_S: Final = 30.0
"""A server that says less than this wants the till soon."""
LONGEST_S: Final = 3_600.0
"""Seconds that a server may send the till away for."""
NIGHT_FROM, NIGHT_UNTIL = 22, 5
"""Hours in Surabaya."""
_WIB_MS: Final = 7 * 3_600_000
_HOUR_MS: Final = 3_600_000

FIRST_PAGE: Final = 100
LEAST_PAGE: Final = 25
MOST_PAGE: Final = 500
SLOW_S, QUICK_S = 8.0, 2.0
"""Seconds for a page: a slower one is followed by a smaller, a quicker one by a larger."""


def is_night(now: int) -> bool:
    """Whether a shop in Surabaya sleeps at UTC ms `now` (the server's clock, where it is known)."""
    hour = (now + _WIB_MS) // _HOUR_MS % 24
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


class Pace:
    """Of one till. Seconds of a clock that only grows."""

    def __init__(self) -> None:
        self._page = FIRST_PAGE
        self._stirred: float | None = None
        self.waits = False
        """A long poll stands: news come by it, and asking is only the base below it."""

    @property
    def page(self) -> int:
        """Changes to ask for at once."""
        return self._page

    def stirred(self, now: float) -> None:
        """Something happened: a sale was told, or the feed had news."""
        self._stirred = now

    def is_quiet(self, now: float) -> bool:
        """Whether nothing has happened for LONG_S."""
        return self._stirred is not None and now - self._stirred >= LONG_S

    def next_in(self, now: float, told_ms: int, open_orders: int, server_time: int) -> float:
        """Seconds until the next round when there is nothing to go on with. `told_ms`: the server's own word, 0 without one."""
        if self._stirred is None:
            self._stirred = now
        quiet = self.is_quiet(now)
        told = min(told_ms / 1000, LONGEST_S)
        if told <= 0:
            told = OPEN_ORDERS_S if open_orders else NIGHT_S if is_night(server_time) else IDLE_S
        if self.waits:
            return max(told, IDLE_S if open_orders or not quiet else WAITING_S)
        # a server that wants this till sooner has its reason: only its everyday word is stretched
        return max(told, LONG_IDLE_S) if quiet and not open_orders and told >= PATIENT_S else told

    def paged(self, seconds: float, changes: int) -> None:
        """A page of so many changes took so long to come."""
        if changes < self._page:
            return
        if seconds > SLOW_S:
            self._page = max(LEAST_PAGE, self._page // 2)
        elif seconds < QUICK_S:
            self._page = min(MOST_PAGE, self._page * 2)

    def failed(self) -> None:
        """A request came to nothing: the next page is a smaller one."""
        self._page = max(LEAST_PAGE, self._page // 2)
