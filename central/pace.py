"""How often a till shall come: adaptive, and spread so that a city of tills comes evenly.

Owns that rule, and how busy this process is. Pure.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from central.world import HOUR, Settings

_WIB: Final = 7 * HOUR
"""Ahead of UTC, without summer time."""
_DAY_BEGINS, _DAY_ENDS = 5 * HOUR, 22 * HOUR
_DAY: Final = 24 * HOUR
MOST_STRETCHED: Final = 5
FULL: Final = 100


def is_night(now: int) -> bool:
    """Whether shops are shut, in Surabaya."""
    return not _DAY_BEGINS <= (now + _WIB) % _DAY < _DAY_ENDS


def next_sync_in(settings: Settings, device: str, open_orders: bool, now: int, load: int) -> int:
    """Milliseconds until a device shall come again when nothing happens.

    Each device has its own place in the period, by its id: whenever they all start at once (after an outage, in the morning), they
    are spread from the next period on. `load`: how busy the server is, per cent; above half it stretches the pace.
    """
    if settings.poll_ms:
        return settings.poll_ms
    quiet = settings.night_poll_ms if is_night(now) else settings.idle_poll_ms
    period = settings.busy_poll_ms if open_orders else quiet
    if load > FULL // 2:
        period = period * (1 + (MOST_STRETCHED - 1) * min(load - FULL // 2, FULL // 2) // (FULL // 2))
    place = zlib.crc32(device.encode()) % period
    wait = (place - now) % period
    # not sooner than half a period, not later than one and a half
    return wait if wait >= period // 2 else wait + period


class Load:
    """How busy this process is, as its door knows it."""

    def __init__(self, measure: Callable[[], int] | None = None) -> None:
        self.measure = measure

    def level(self) -> int:
        """Per cent of the requests that may wait; 0 where nobody measures."""
        return min(self.measure(), FULL) if self.measure is not None else 0
