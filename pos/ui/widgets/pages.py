"""The pages of one room, one at a time, with a chip for each above them. Owns which one shows; what a page holds is its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.pill import Chip


class Pages(QWidget):
    """Pages by their keys, the first one shown.

    Signals:
        turned(str): key of the page that shows now.
    """

    turned = Signal(str)

    def __init__(self, pages: Mapping[str, tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        """`pages`: key -> (what its chip says, in the source language, and the page)."""
        super().__init__(parent)
        self._words = {key: words for key, (words, _) in pages.items()}
        self._pages = {key: page for key, (_, page) in pages.items()}
        self.shown = next(iter(pages))
        self._stack = QStackedWidget()
        self._chips: dict[str, Chip] = {}
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for key, page in self._pages.items():
            chip = self._chips[key] = Chip()
            group.addButton(chip)
            chips.addWidget(chip)
            on_click(chip, lambda key=key: self.turn(key))  # type: ignore[misc]
            self._stack.addWidget(page)
        chips.addStretch(1)
        self._chips[self.shown].setChecked(True)
        box = QVBoxLayout(self)
        edge = look().px(16)
        box.setContentsMargins(edge, look().px(8), edge, edge)
        box.setSpacing(look().px(12))
        box.addLayout(chips)
        box.addWidget(self._stack, 1)
        self.retranslate()

    def turn(self, key: str) -> None:
        """Show a page."""
        self.shown = key
        self._chips[key].setChecked(True)
        self._stack.setCurrentWidget(self._pages[key])
        self.turned.emit(key)

    def retranslate(self) -> None:
        for key, chip in self._chips.items():
            chip.setText(tr(self._words[key]))
