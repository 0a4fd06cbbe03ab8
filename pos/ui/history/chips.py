"""What narrows the list of notas: of today, only what was taken back; and the way to money that came late. Own which are on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.tokens import Token
from pos.ui.widgets.buttons import on_click
from pos.ui.widgets.pill import Chip


class HistoryChips(QWidget):
    """A row of them.

    Signals:
        changed(): another one is on.
        late(): the money that came late is to be seen.
    """

    changed = Signal()
    late = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._corrections = Chip(), Chip()
        self._late = Chip("", "clock-alert")
        self._waiting = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for chip in (self._today, self._corrections):
            chip.setCheckable(True)
            on_click(chip, self.changed.emit)
            row.addWidget(chip)
        self._late.setCheckable(False)
        on_click(self._late, self.late.emit)
        row.addWidget(self._late)
        row.addStretch(1)
        self._late.hide()

    def retranslate(self) -> None:
        """Every word anew."""
        self._today.setText(tr("Hari ini"))
        self._corrections.setText(tr("Retur"))
        self._late.setText(tr("Terlambat"))

    def refresh(self, late: int) -> None:
        """How much late money waits for somebody; none hides the way there."""
        self._late.set_count(str(late), Token.BATA_TEKS)
        self._late.setAccessibleName(tr("Uang QRIS yang terlambat: {n}", n=late))
        self._late.setVisible(late > 0)
        self._waiting = late > 0

    @property
    def today(self) -> bool:
        """Only notas of today."""
        return self._today.isChecked()

    @property
    def corrections(self) -> bool:
        """Only what was taken back."""
        return self._corrections.isChecked()

    @property
    def narrows(self) -> bool:
        """Whether any of them is on."""
        return self.today or self.corrections

    @property
    def needed(self) -> bool:
        """Whether there is something here to press although there is no nota: one of them is on, or late money waits."""
        return self.narrows or self._waiting
