"""Where bugs end: the traceback goes to the log whole, a calm sentence to the screen, and the till goes on.

Owns `sys.excepthook` and `threading.excepthook` while installed. Known failures never come here: they are `ShopError`s.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger("pos.bug")


class BugCatcher(QObject):
    """Catches what nobody caught, on any thread.

    Signals:
        caught(str): the kind of the bug (`KeyError`), on the main thread; for the small print only.
    """

    caught = Signal(str)

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
        self.caught.emit(kind.__name__)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)
