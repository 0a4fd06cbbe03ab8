"""What a closed dialog leaves behind is freed on the UI thread, never by a worker that happens to allocate."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos.ui.shell.garbage import GarbageWatch


class Closed:
    """A dialog's leftovers: it points at itself, so only a search frees it."""

    def __init__(self) -> None:
        self.itself = self


def busy_worker() -> None:
    """Allocates far more than it takes to have Python search."""
    for _ in range(100_000):
        circle: list[object] = []
        circle.append(circle)


def test_a_busy_worker_frees_nothing_of_the_screen(qtbot: QtBot) -> None:
    parent = QObject()
    watch = GarbageWatch(parent)
    gc.collect()
    left = weakref.ref(Closed())
    worker = threading.Thread(target=busy_worker)
    worker.start()
    worker.join()
    assert left() is not None
    watch.look()
    assert left() is None


def test_the_ui_thread_searches_by_itself(qtbot: QtBot) -> None:
    parent = QObject()
    watch = GarbageWatch(parent)
    left = weakref.ref(Closed())
    busy_worker()
    qtbot.waitUntil(lambda: left() is None, timeout=10_000)
    assert not gc.isenabled()
    assert watch.parent() is parent
