"""Chips beside each other, and in further rows where there is no room. Owns their places only."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.widgets.pill import Chip


class ChipRow(QWidget):
    """As high as its chips need at its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, chip: Chip) -> None:
        """One more, at the end."""
        chip.setParent(self)
        self._chips.append(chip)

    def retranslate(self) -> None:
        """The words are others: they take another width."""
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), self._lay_out(False))

    def minimumSizeHint(self) -> QSize:
        widest = max((chip.sizeHint().width() for chip in self._chips), default=0)
        return QSize(widest, self._lay_out(False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.setFixedHeight(self._lay_out(True))

    def _lay_out(self, move: bool) -> int:
        """Pixels that all rows take at the present width; the chips are put there if they are to move."""
        gap = look().px(8)
        x = y = high = 0
        for chip in self._chips:
            size = chip.sizeHint()
            if x and x + size.width() > self.width():
                x, y, high = 0, y + high + gap, 0
            if move:
                chip.setGeometry(x, y, size.width(), size.height())
            x, high = x + size.width() + gap, max(high, size.height())
        return y + high
