"""What is not needed to take in a scan, and is loaded when it is first asked for: paper and wire cost a tenth of a start."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class _Late(Generic[T]):
    """Stands for a T; each attribute is the T's. Made once, by whichever thread asks first."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: T | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made if self._made is not None else self.load(), name)

    def load(self) -> T:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


def late(make: Callable[[], T]) -> T:
    """A T that `make` gives at the first use. What `make` raises is raised there, and tried again."""
    return cast("T", _Late(make))


def load_now(*things: object) -> None:
    """Make those of them that are late. Raises what making them raises."""
    for thing in things:
        if isinstance(thing, _Late):
            thing.load()
