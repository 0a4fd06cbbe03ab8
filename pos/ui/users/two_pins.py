"""A new PIN, typed twice. Owns the digits while they are typed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.lock.pin_pad import PinField


class TwoPins(QWidget):
    """Two fields side by side.

    Attributes:
        first, second: the PIN, and the same once more.
    """

    def __init__(self, word: str = "", parent: QWidget | None = None) -> None:
        """`word`: what the first field is called."""
        super().__init__(parent)
        self.first, self.second = PinField(word), PinField(word)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.first)
        row.addWidget(self.second)
        self.set_word(word)

    def set_word(self, word: str) -> None:
        """Every word anew."""
        again = tr("{pin} sekali lagi", pin=word)
        self.first.set_words(word, tr("4–8 angka"), word)
        self.second.set_words(again, "", again)

    @property
    def typed(self) -> bool:
        return bool(self.first.text() or self.second.text())

    @property
    def same(self) -> bool:
        return self.first.text() == self.second.text()

    def pin(self) -> str:
        return self.first.text()

    def clear(self) -> None:
        """Forget it."""
        self.first.clear()
        self.second.clear()
