"""A screen's action: a short verb tried at once, or long work off the UI thread with progress and a way to cancel.

A known failure becomes a sentence and a sound; a bug goes to the hook of `pos.ui.shell.bugs`, and the till goes on. Owns no rule and
draws nothing: who starts long work listens to its signals and shows them, as the import of goods does.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.context import UiContext
from pos.ui.messages import error_sentence

T = TypeVar("T")

Progress: TypeAlias = Callable[[int, int], bool]
"""Told (done, total) by the work; answers False when it should stop."""

SLOW_MS: Final = 1_000
"""Longer than this and what is going on must be shown."""


def tell(context: UiContext, error: ShopError) -> None:
    """Say a known failure: a toast with the next step, and its sound."""
    context.sound.emit("unknown" if error.code is ErrorCode.UNKNOWN_BARCODE else "error")
    context.told.emit("fault", error_sentence(error))


def attempt(context: UiContext, verb: Callable[[], T], then: Callable[[T], object] | None = None) -> bool:
    """Do a short verb now, then `then` with what it gave. False when a known failure was said instead."""
    try:
        result = verb()
    except ShopError as error:
        tell(context, error)
        return False
    if then is not None:
        then(result)
    return True


class Operation(QObject):
    """Long work in a thread of its own, answered on the main thread. Keeps itself alive until it ends.

    Signals:
        progressed(int, int): done, total.
        slow(): it takes longer than a second: show it.
        ended(): whatever came of it; `done` or `failed` was called before.
    """

    progressed = Signal(int, int)
    slow = Signal()
    ended = Signal()
    _arrived = Signal(object)

    def __init__(
        self,
        context: UiContext,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[ShopError], object] | None = None,
    ) -> None:
        super().__init__(context)
        self._context = context
        self._work = work
        self._done: Callable[[Any], object] = done
        self._failed = failed
        self._cancelled = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.slow)
        # queued even when the work was done before anyone could listen to `ended`
        self._arrived.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._executor = ThreadPoolExecutor(1, "operation")

    def start(self) -> None:
        self._timer.start(SLOW_MS)
        self._executor.submit(self._work, self._progress).add_done_callback(self._leave)
        # nothing else comes: the thread ends with its work, also when the screen that asked is gone by then
        self._executor.shutdown(wait=False)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what it gives then is still handed to `done`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def _progress(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return not self._cancelled.is_set()

    def _leave(self, future: Future[Any]) -> None:
        """Still on the work's thread: only carries the answer over, unless nobody is there to hear it."""
        if isValid(self):
            self._arrived.emit(future)

    def _arrive(self, future: Future[Any]) -> None:
        self._timer.stop()
        error = future.exception()
        try:
            self._answer(future, error)
        finally:
            self.ended.emit()
            self.deleteLater()

    def _answer(self, future: Future[Any], error: BaseException | None) -> None:
        if error is None:
            self._done(future.result())
        elif isinstance(error, ShopError):
            (self._failed or self._say)(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    def _say(self, error: ShopError) -> None:
        tell(self._context, error)


def run(
    context: UiContext,
    work: Callable[[Progress], T],
    done: Callable[[T], object],
    failed: Callable[[ShopError], object] | None = None,
) -> Operation:
    """Start long work; without `failed` a known failure is said in a toast."""
    operation = Operation(context, work, done, failed)
    operation.start()
    return operation
