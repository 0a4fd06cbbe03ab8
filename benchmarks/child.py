"""`python -m benchmarks.child WHAT [DATA [CODE]]`: one start of a window, ended at the moment that is asked for; prints its memory in MiB.

`bare` a minimal QMainWindow until its first paint; `painted` the till until its first paint; `ready` the till until a scan of CODE
has become a durable line; `work` the till with its workers running for a while. The parent measures the CPU time of the whole process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """MiB of this process in memory now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 2**20


def end() -> None:
    """Say the memory and end at once: what closing costs is not asked here."""
    print(f"{resident():.1f}", flush=True)
    os._exit(0)


def bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, end)

    application = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    application.exec()


def till(moment: str, folder: Path, code: str = "") -> None:
    from PySide6.QtCore import QTimer

    from pos.app import open_application

    application = open_application(folder, size=(1366, 768), preferences={})
    if moment == "painted":
        application.when_painted(end)
    elif moment == "ready":
        application.when_ready(lambda: _scanned(application, code))
    else:
        application.when_ready(lambda: QTimer.singleShot(5_000, end))
    application.run()


def _scanned(application: object, code: str) -> None:
    from pos.services import selling

    selling.scan(application.till, code)  # type: ignore[attr-defined]
    end()


if __name__ == "__main__":
    what = sys.argv[1]
    if what == "bare":
        bare()
    else:
        till(what, Path(sys.argv[2]), *sys.argv[3:])
