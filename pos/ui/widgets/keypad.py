"""The keypad for digits under a finger. Owns its keys; what they mean is the field's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role
from pos.ui.widgets.buttons import TOUCH, ActionButton, IconButton, Kind, on_click

_KEYS: Final = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "000", "0")


class _Digit(ActionButton):
    def __init__(self, text: str) -> None:
        super().__init__(text, kind=Kind.QUIET, role=Role.AKSI)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(80))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, TOUCH)

    def _weight(self) -> int:
        return 700


class _Back(IconButton):
    def __init__(self, name: str) -> None:
        super().__init__("delete", name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAutoRepeat(True)

    def sizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(80))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, TOUCH)


class Keypad(QWidget):
    """Seven to nine on top, as on a till.

    Signals:
        pressed(str): `0`..`9`, `000` or `back`.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, digits in enumerate(_KEYS):
            key = _Digit(digits)
            on_click(key, lambda digits=digits: self.pressed.emit(digits))  # type: ignore[misc]
            grid.addWidget(key, place // 3, place % 3)
        self._back = _Back(tr("Hapus satu angka"))
        on_click(self._back, lambda: self.pressed.emit("back"))
        grid.addWidget(self._back, 3, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def retranslate(self) -> None:
        """The name of the back key anew, after a change of language."""
        self._back.set_name(tr("Hapus satu angka"))
