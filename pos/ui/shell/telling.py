"""Saying something in a toast, where it is seen: over the dialog that is open, else over the window. Owns no sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from pos.ui.widgets.toast import ToastStack


class Telling(QObject):
    """The voice of the window."""

    def __init__(self, toasts: ToastStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toasts = toasts

    def tell(self, kind: str, sentence: str) -> None:
        """A kind (`good`, `info`, `fault`) and one or two sentences, the first of which becomes the title."""
        title, stop, rest = sentence.partition(". ")
        self._where().show_toast(kind, title if stop else sentence.removesuffix("."), rest)

    def offer(self, title: str, sentence: str, word: str, act: Callable[[], object]) -> None:
        """The same with one way on. Saying it again moves it to the front."""
        whole = f"{title}. {sentence}"
        for toast in self._toasts.toasts:
            if toast.accessibleName() == whole:
                toast.close_now()
        self._toasts.show_toast("fault", title, sentence, [(word, act, False)])

    def _where(self) -> ToastStack:
        dialog: QWidget | None = QApplication.activeModalWidget()
        if dialog is None or dialog is self._toasts.window():
            return self._toasts
        found = dialog.findChild(ToastStack)
        return found if isinstance(found, ToastStack) else ToastStack(dialog)
