"""Who may write now. Owns the turn of threads at the one writer; knows no database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pos.domain.errors import ErrorCode, ShopError

PATIENCE_S: Final = 5.0
"""Seconds that the first thread waits at most: a person stands at the counter."""


COURTESY_S: Final = 0.012
"""Seconds that the others leave to the first thread after it has written: a line on disk is painted in some five milliseconds."""


class WriterGate:
    """One writer at a time; the first thread (the UI's) goes before all others.

    A background thread holds the gate for one small transaction, so the first thread waits at most for that one; and it stays away for
    COURTESY_S after the first has written, so that what was written is painted without anybody in its way.
    """

    def __init__(self, first: int | None = None) -> None:
        """`first`: identity of the thread that goes first, by default the main thread's."""
        self._changed = threading.Condition()
        self._first = first if first is not None else threading.main_thread().ident
        self._owner: int | None = None
        self._first_waits = 0
        self._first_left = 0.0

    @property
    def busy(self) -> bool:
        """Whether someone writes just now."""
        return self._owner is not None

    @property
    def first_is_here(self) -> bool:
        """Whether the calling thread is the one that goes before all others."""
        return threading.get_ident() == self._first

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
                self._wait_behind()
            self._owner = me

    def _wait_first(self) -> None:
        self._first_waits += 1
        try:
            if not self._changed.wait_for(lambda: self._owner is None, PATIENCE_S):
                raise ShopError(ErrorCode.STORE_BUSY, detail="writer")
        finally:
            self._first_waits -= 1
            self._changed.notify_all()

    def _wait_behind(self) -> None:
        """Until nobody writes or wants to, and the first is done with what it wrote; for that never longer than COURTESY_S."""
        patience = time.monotonic() + COURTESY_S
        self._changed.wait_for(self._is_free)
        while (left := min(self._first_left + COURTESY_S, patience) - time.monotonic()) > 0:
            self._changed.wait(left)
            self._changed.wait_for(self._is_free)

    def _is_free(self) -> bool:
        return self._owner is None and not self._first_waits

    def leave(self) -> None:
        """Let the next one in."""
        with self._changed:
            if self._owner == self._first:
                self._first_left = time.monotonic()
            self._owner = None
            self._changed.notify_all()
