"""The keys of the sale in a row, each with its picture, its word and its key cap. Owns which can be pressed now.

Ctrl+Y has no button of its own: it is in the help, and who needs it has just pressed Ctrl+Z.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.domain.basket import Basket
from pos.ui.keys import Action, key_of
from pos.ui.language import later, tr
from pos.ui.widgets.buttons import StripButton, on_click


class StripKey(NamedTuple):
    """One key: its word, its icon."""

    word: str
    icon: str


KEYS: Final[dict[Action, StripKey]] = {
    Action.QUANTITY: StripKey(later("Jumlah"), "hash"),
    Action.HOLD: StripKey(later("Simpan dulu"), "pause"),
    Action.RECALL: StripKey(later("Lanjutkan"), "play"),
    Action.PRICE_CHECK: StripKey(later("Cek harga"), "scan-search"),
    Action.DISCOUNT: StripKey(later("Potongan"), "percent"),
    Action.UNDO: StripKey(later("Urungkan"), "undo-2"),
}


class KeyStrip(QWidget):
    """The row.

    Signals:
        pressed(Action): a key of it.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Action, StripButton] = {}
        self._held = 0
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for action, key in KEYS.items():
            button = StripButton("", key.icon, key_of(action))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            on_click(button, lambda action=action: self.pressed.emit(action))  # type: ignore[misc]
            row.addWidget(button, 1)
            self.buttons[action] = button
        self.retranslate()

    def retranslate(self) -> None:
        for action, key in KEYS.items():
            self.buttons[action].setText(tr(key.word))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Equal widths where every word has room in them; else each as its word needs. Where that is too much, the discount goes: its key
        still works, and the line's own page has the button."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() + 8 for button in self.buttons.values()) - 8
        self.buttons[Action.DISCOUNT].setVisible(self.width() >= needed)
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        widest = max(button.sizeHint().width() for button in shown)
        equal = self.width() >= len(shown) * (widest + 8)
        for place in range(len(self.buttons)):
            self._row.setStretch(place, 1 if equal else 0)

    def minimumSizeHint(self) -> QSize:
        """Without the button that may go."""
        least = [button.minimumSizeHint() for action, button in self.buttons.items() if action is not Action.DISCOUNT]
        return QSize(sum(size.width() + 8 for size in least) - 8, max(size.height() for size in least))

    def show_state(self, basket: Basket, held: int) -> None:
        """Pale what would do nothing now."""
        self.buttons[Action.QUANTITY].setEnabled(bool(basket.lines))
        self.buttons[Action.HOLD].setEnabled(bool(basket.lines))
        self.buttons[Action.RECALL].setEnabled(held > 0)
        if held != self._held:
            self._held = held
            self.buttons[Action.RECALL].set_count(held)
        self.buttons[Action.DISCOUNT].setEnabled(bool(basket.lines))
        self.buttons[Action.UNDO].setEnabled(basket.can_undo)
