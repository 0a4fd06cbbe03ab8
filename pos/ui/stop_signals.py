"""Ctrl+C and `kill` close the till as its window's cross would. Owns the two signals of the process while it lives."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class StopSignals(QObject):
    """Calls `close` on the main thread when the process is asked to end.

    The event loop runs in C++ and Python's handlers wait for it: a byte on a socket wakes it.
    """

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._close = close
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._before = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._seen) for number in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def end(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before)
        self._near.close()
        self._far.close()

    def _seen(self, number: int, frame: object) -> None:
        """The byte on the socket says it all; this only keeps Python's own handler from ending the process."""

    def _wake(self) -> None:
        self._near.recv(64)
        self._close()
