"""What can be done to the ticked goods, in place of the filters while any are. Does nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.money import format_figure
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, on_click
from pos.ui.widgets.text import Text


class BulkBar(QWidget):
    """A count and four verbs.

    Signals:
        prices(), category(), listing(), labels(): what is wanted for the ticked goods.
        everything(): all that the list shows are to be ticked.
        cleared(): none any more.
    """

    prices = Signal()
    category = Signal()
    listing = Signal()
    labels = Signal()
    everything = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = Text("", Role.BACA, Token.TINTA, 700)
        self._all = ActionButton("", "list-checks", role=Role.BACA)
        self._verbs = [ActionButton("", icon, role=Role.BACA) for icon in ("percent", "layout-grid", "globe", "tag")]
        self._clear = IconButton("x", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(8))
        row.addWidget(self._clear)
        row.addWidget(self._count)
        row.addWidget(self._all)
        row.addStretch(1)
        for button, signal in zip(self._verbs, (self.prices, self.category, self.listing, self.labels), strict=True):
            row.addWidget(button)
            on_click(button, signal.emit)
        on_click(self._all, self.everything.emit)
        on_click(self._clear, self.cleared.emit)
        self.retranslate()

    def tell(self, ticked: int, listed: int) -> None:
        """How many are ticked, and how many the list shows."""
        self._count.setText(tr("{n} dicentang", n=format_figure(ticked)))
        self._all.setText(tr("Semua {n}", n=format_figure(listed)))
        for button in self._verbs:
            button.setEnabled(ticked > 0)

    def retranslate(self) -> None:
        self._clear.set_name(tr("Selesai mencentang"))
        for button, words in zip(self._verbs, (tr("Harga"), tr("Kategori"), tr("Online"), tr("Label")), strict=True):
            button.setText(words)
