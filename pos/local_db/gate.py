"""Who may write now. Owns the turn of threads at the one writer; knows no database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

PATIENCE_S: Final = 5.0
"""Seconds that the first thread waits at most: a person stands at the counter."""


class WriterGate:
    """One writer at a time; the first thread (the UI's) goes before all others.

    A background thread holds the gate for one small transaction, so the first thread waits at most for that one.
    """

    def __init__(self, first: int | None = None) -> None:
        """`first`: identity of the thread that goes first, by default the main thread's."""
        self._changed = threading.Condition()
        self._first = first if first is not None else threading.main_thread().ident
        self._owner: int | None = None
        self._first_waits = 0

    @property
    def busy(self) -> bool:
        """Whether someone writes just now."""
        return self._owner is not None

    @contextmanager
    def held(self) -> Iterator[None]:
        """The right to write, until the block ends.

        Raises:
            ShopError: STORE_BUSY when the first thread has waited for PATIENCE_S.
            RuntimeError: this thread holds it already; a unit of work within a unit of work is a bug.
        """
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """See `held`."""
        me = threading.get_ident()
        with self._changed:
            if self._owner == me:
                raise RuntimeError("this thread is writing already")
            if me == self._first:
                self._wait_first()
            else:
                self._changed.wait_for(lambda: self._owner is None and not self._first_waits)
            self._owner = me

    def _wait_first(self) -> None:
        self._first_waits += 1
        try:
            if not self._changed.wait_for(lambda: self._owner is None, PATIENCE_S):
                raise ShopError(ErrorCode.STORE_BUSY, detail="writer")
        finally:
            self._first_waits -= 1
            self._changed.notify_all()

    def leave(self) -> None:
        """Let the next one in."""
        with self._changed:
            self._owner = None
            self._changed.notify_all()
