"""What the machine gives: its clock, its randomness, and the place of its keys. Time and ids are handed in, so that tests need neither."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from pos.services.ports import Secrets


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


class RandomIds:
    """Ids from the system's randomness."""

    def new(self) -> str:
        return os.urandom(16).hex()


class ChosenSecrets:
    """`services.ports.Secrets` at the place that the preferences name now; the line keeps this one while the place changes."""

    def __init__(self, place: Callable[[], Secrets]) -> None:
        self._place = place

    def get(self, name: str) -> str | None:
        return self._place().get(name)

    def set(self, name: str, value: str) -> None:
        self._place().set(name, value)

    def delete(self, name: str) -> None:
        self._place().delete(name)
