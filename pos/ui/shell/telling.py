"""Saying something in a toast, where it is seen: over the dialog that is open, else over the window. Owns no sentence.

What is said of a scan passes: the next scan, Esc or another room takes it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.toast import ToastStack


class Telling(QObject):
    """The voice of the window."""

    def __init__(self, toasts: ToastStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toasts = toasts
        self._passing = False

    @contextmanager
    def of_a_scan(self) -> Iterator[None]:
        """What was said of the last scan goes; what is said inside is of this one."""
        self._where().pass_on()
        self._toasts.pass_on()
        self._passing = True
        try:
            yield
        finally:
            self._passing = False

    def tell(self, kind: str, sentence: str) -> None:
        """A kind (`good`, `info`, `fault`) and one or two sentences, the first of which becomes the title."""
        title, stop, rest = sentence.partition(". ")
        self._where().show_toast(kind, title if stop else sentence.removesuffix("."), rest, passing=self._passing)

    def tell_all(self, said: Iterable[tuple[str, str]]) -> None:
        """One after the other."""
        for kind, sentence in said:
            self.tell(kind, sentence)

    def offer(self, title: str, sentence: str, word: str, act: Callable[[], object]) -> None:
        """The same with one way on, which is not held out for ever: it passes."""
        self._toasts.show_toast("fault", title, sentence, [(word, act, False)], passing=True)

    def _where(self) -> ToastStack:
        dialog: QWidget | None = QApplication.activeModalWidget()
        if dialog is None or dialog is self._toasts.window():
            return self._toasts
        found = dialog.findChild(ToastStack)
        if isinstance(found, ToastStack):
            return found
        made = ToastStack(dialog)
        if isinstance(dialog, Dialog):
            # it may be answered while something is said
            made.keep_clear(dialog.clear_bottom)
        return made
