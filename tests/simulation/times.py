"""The one time of a played city, and tills' clocks beside it. Owns no timers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.simulation.counter import PlayedTill

START: Final = 1_795_500_000_000
"""24 November 2026, 06:00 in Surabaya, UTC ms."""
YEAR_MS: Final = 31_557_600_000


class CityTime:
    """True time: the server's clock shows it, and nobody's monotonic clock runs otherwise."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> int:
        """UTC ms."""
        return self.at

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return (self.at - START) / 1000

    def pass_by(self, seconds: float) -> None:
        self.at += round(seconds * 1000)


class TillClock:
    """`ports.Clock` of a till, wrong by `skew_ms`. Who is handed a till's clock is handed its line: the client makes its own transport."""

    def __init__(self, time: CityTime) -> None:
        self._time = time
        self.skew_ms = 0
        self.till: PlayedTill | None = None

    def now(self) -> int:
        return self._time.at + self.skew_ms

    def monotonic(self) -> float:
        return self._time.seconds
