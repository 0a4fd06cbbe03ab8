"""Threads for the engines that know no Qt: one loop that runs a piece of work, tells what it changed, and waits.

Owns threads and waiting; decides nothing of when a line is tried again (that is the engine's). Never terminated: stopped by an event
that is looked at between pieces. Only bound methods of objects of the main thread may be connected to a worker's signals.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from pos.domain.changed import NOTHING, Changed
from pos.domain.errors import ShopError
from pos.services.line_views import LostStep

_log = logging.getLogger(__name__)

AFTER_A_BUG_S: Final = 60.0
"""Seconds to wait after a piece of work broke off with a bug: the log must not fill the disk."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one piece of work came to.

    Attributes:
        changed: for the screens.
        new_orders: uids of orders that were not known before.
        next_in: seconds until the next piece unless woken; 0 is at once.
        error: the known failure that it met, if any; the engine has already chosen `next_in` for it.
        lost_steps: steps with orders that came too late, to be told in words.
        say: (kind, sentence) toasts.
    """

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()
    next_in: float = 60.0
    error: ShopError | None = None
    lost_steps: tuple[LostStep, ...] = ()
    say: tuple[tuple[str, str], ...] = ()


class Worker(QThread):
    """Runs `once` again and again in a thread of its own.

    Signals:
        changed(Changed): after a piece that changed something.
        new_orders(tuple[str, ...]): orders that came in.
        rounded(Round): after every piece, also when nothing changed.
        broke(str): a bug ended a piece; the traceback is in the log. The worker goes on later.
    """

    changed = Signal(object)
    new_orders = Signal(object)
    rounded = Signal(object)
    broke = Signal(str)

    def __init__(self, name: str, once: Callable[[], Round], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._once = once
        self._stopping = threading.Event()
        self._awake = threading.Event()

    @property
    def stopping(self) -> bool:
        """For an engine that looks between two items whether it should end early."""
        return self._stopping.is_set()

    def wake(self) -> None:
        """Do a piece of work now. May be called from any thread."""
        self._awake.set()

    def stop(self) -> None:
        """Ask the loop to end after the piece in hand, and wait for it."""
        self._stopping.set()
        self._awake.set()
        self.wait()

    def run(self) -> None:
        while True:
            # cleared before the look at `stopping`: a stop that comes in between wakes the sleep below
            self._awake.clear()
            if self._stopping.is_set():
                return
            delay = self._piece()
            if delay > 0:
                self._awake.wait(delay)

    def _piece(self) -> float:
        boundary = _Boundary(self.objectName())
        result = Round(next_in=AFTER_A_BUG_S)
        with boundary:
            result = self._once()
        if boundary.bug:
            self.broke.emit(self.objectName())
            return AFTER_A_BUG_S
        if result.changed:
            self.changed.emit(result.changed)
        if result.new_orders:
            self.new_orders.emit(result.new_orders)
        self.rounded.emit(result)
        return result.next_in


class _Boundary:
    """Where a bug of an engine ends: written to the log whole, so that the thread lives on. Known failures come as `Round.error`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bug = False

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if kind is None or error is None or not issubclass(kind, Exception):
            return False
        self.bug = True
        _log.error("the %s worker met a bug", self.name, exc_info=(kind, error, trace))
        return True
