"""One thread a printer, so that none waits for another. Owns the threads; knows nothing of paper.

A bug in a printer's work is written to the log and ends that piece; the thread lives on, and the spool finds the job that it broke off.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Final

_log = logging.getLogger(__name__)

_PATIENCE_S: Final = 10.0
"""Seconds that are waited for a thread at the end: jobs give up within three, and a library may hold one for a moment longer."""


class PrinterThreads:
    """Starts a printer's work in the printer's own thread.

    Args:
        ended: called in that thread after each piece of work.
    """

    def __init__(self, ended: Callable[[], None]) -> None:
        self._ended = ended
        self._threads: dict[str, _PrinterThread] = {}

    def start(self, address: str, work: Callable[[], None]) -> None:
        """Do it soon. Called by one thread only."""
        thread = self._threads.get(address)
        if thread is None:
            thread = self._threads[address] = _PrinterThread(len(self._threads) + 1, self._ended)
            thread.start()
        thread.todo.put(work)

    def close(self) -> None:
        """End them all after the work in hand."""
        for thread in self._threads.values():
            thread.todo.put(None)
        for thread in self._threads.values():
            thread.join(_PATIENCE_S)
        self._threads.clear()


class _PrinterThread(threading.Thread):
    def __init__(self, number: int, ended: Callable[[], None]) -> None:
        super().__init__(name=f"printer {number}")
        self.todo: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._ended = ended

    def run(self) -> None:
        while (work := self.todo.get()) is not None:
            with _Boundary():
                work()
            self._ended()


class _Boundary:
    """Where a bug of a printer's work ends, written to the log whole."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        _log.error("a printer's work met a bug", exc_info=error)
        return True
