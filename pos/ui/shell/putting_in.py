"""A small window while a program is put in and no till is open, so that nobody wonders whether the computer has died. Owns the waiting.

It can be closed, and the light may go out: what is done goes on by itself, or at the next start.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Final, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.services.preferences import Preferences
from pos.ui.language import tr
from pos.ui.shell.program import the_program
from pos.ui.theme.look import look, start
from pos.ui.widgets.empty import EmptyState

T = TypeVar("T")

_SOON_S: Final = 0.4
"""Seconds below which nothing is shown: most of the time there is hardly anything to do."""
_LOOK_MS: Final = 50


class PuttingInWindow(QWidget):
    """Says what goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("e-Peken POS")
        said = tr("Data toko disalin dulu, lalu program yang baru dicoba. Kira-kira satu menit.")
        box = QVBoxLayout(self)
        side = look().px(24)
        box.setContentsMargins(side, side, side, side)
        box.addWidget(EmptyState("toko", tr("Pembaruan sedang dipasang"), said))
        self.resize(look().px(560), look().px(380))


def show_while(work: Callable[[], T], preferences: Preferences) -> T:
    """Do the work in a thread, with the window over it where it takes its time. Raises what the work raises."""
    with ThreadPoolExecutor(1, "putting in") as thread:
        future = thread.submit(work)
        try:
            return future.result(_SOON_S)
        except NotYet:
            # on Python 3.11 a TimeoutError of the work itself is the same: then it has ended
            if future.done():
                raise
        _wait(future, preferences)
        return future.result()


def _wait(future: Future[T], preferences: Preferences) -> None:
    app = the_program()
    start(app, preferences)
    window = PuttingInWindow()
    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(lambda: app.quit() if future.done() else None)
    timer.start()
    window.show()
    app.exec()
    timer.stop()
    window.close()
    window.deleteLater()
