"""Opening the shop behind the painted window, in a thread of its own. Owns the thread and nothing that it brings."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pos.domain.errors import ShopError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class _Answer(Generic[T]):
    """What came of it: the shop, or a known failure, or a bug that is in the log."""

    def __init__(self) -> None:
        self.brought: T | None = None
        self.known: ShopError | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        from pos.domain.errors import ShopError

        if isinstance(error, ShopError):
            self.known = error
            return True
        if isinstance(error, Exception):
            _log.critical("the shop could not be opened", exc_info=error)
            return True
        return False


class Loading(QObject, Generic[T]):
    """Calls a loader once each `start`.

    Signals:
        done(object): what it brought, on the main thread.
        failed(object): the ShopError that it met, or None for a bug.
    """

    done = Signal(object)
    failed = Signal(object)
    _arrived = Signal()

    def __init__(self, loader: Callable[[], T], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._thread: threading.Thread | None = None
        self._answer: _Answer[T] | None = None
        self._arrived.connect(self._arrive)

    def start(self) -> None:
        self._thread = threading.Thread(target=self._call, name="loader")
        self._thread.start()

    def stop(self) -> T | None:
        """Wait for the thread. Gives what it brought if nobody was told of it yet: that is the caller's to close then."""
        self._join()
        answer, self._answer = self._answer, None
        return answer.brought if answer is not None else None

    def _call(self) -> None:
        """In the thread: that there is an answer is carried over by a signal."""
        answer = _Answer[T]()
        with answer:
            answer.brought = self._loader()
        self._answer = answer
        self._arrived.emit()

    def _arrive(self) -> None:
        self._join()
        answer, self._answer = self._answer, None
        if answer is None:
            return
        if answer.brought is not None:
            self.done.emit(answer.brought)
        else:
            self.failed.emit(answer.known)

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
