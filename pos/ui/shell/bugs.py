"""Where bugs end: the traceback goes to the log whole, a calm sentence to the screen, and the till goes on.

Owns `sys.excepthook` and `threading.excepthook` while installed. Known failures never come here: they are `ShopError`s.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger("pos.bug")

_SAID_S: Final = 5.0
"""Seconds in which a further bug is not said again: it may come of the saying (a toast that cannot be painted), and would not end."""


class BugCatcher(QObject):
    """Catches what nobody caught, on any thread. Every bug is logged.

    Signals:
        caught(str): the kind of the bug (`KeyError`), on the main thread; for the small print only. Once in a while at most.
    """

    caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said_at = -_SAID_S

    def install(self) -> None:
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("a bug", exc_info=(kind, error, trace))
        now = time.monotonic()
        if now - self._said_at >= _SAID_S:
            # before it is said: a bug in the saying comes back here
            self._said_at = now
            self.caught.emit(kind.__name__)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)
