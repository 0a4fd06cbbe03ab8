"""After the sale: that it is paid, its paper, and the struk once more. Closes itself with the page; owns no timer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import format_rupiah
from pos.domain.printing import PrintState
from pos.domain.sale import Sale, Tender
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.messages import print_state_text
from pos.ui.payment.summary import SoldPaper
from pos.ui.payment.words import payments_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import Text

_TROUBLE = frozenset({PrintState.FAILED, PrintState.UNKNOWN, PrintState.EXPIRED})
_DONE = frozenset({PrintState.SENT, PrintState.CONFIRMED, PrintState.ON_PAPER})


class DonePanel(QWidget):
    """What stands beside KEMBALI when the sale is done.

    Signals:
        reprint(): the struk once more.
    """

    reprint = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sale: Sale | None = None
        self._state: PrintState | None = None
        self.paper = SoldPaper()
        self.picture = DrawingLabel("laci", 120)
        self.title = Text("", Role.ANGKA, Token.DAUN_TEKS, 800)
        self.said = Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self.state = StateBadge("printer", "", Tone.QUIET)
        self.button = ActionButton("", "printer", key_of(Action.REPRINT))
        on_click(self.button, self.reprint.emit)
        for words in (self.title, self.said):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(card)
        side = look().px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(look().px(12))
        column.addStretch(1)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(self.button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(look().px(14))
        self._box.addWidget(self.paper, 38)
        self._box.addWidget(card, 38)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.title.setText(tr("Lunas"))
        self.button.setText(tr("Cetak ulang"))
        if self._sale is not None:
            self.show_sale(self._sale, self._state)

    def set_compact(self, compact: bool) -> None:
        """Below each other where the window is narrow."""
        self.picture.setVisible(not compact)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight)

    def show_sale(self, sale: Sale, state: PrintState | None) -> None:
        """A sale, and how far its struk is; None where none was asked for."""
        self._sale, self._state = sale, state
        self.paper.show_sale(sale)
        self.said.setText(tr("{total} dibayar: {ways}", total=format_rupiah(sale.total), ways=payments_text(sale.payments)))
        self.title.setText(tr("Tercatat bon") if all(part.tender is Tender.CREDIT for part in sale.payments) else tr("Lunas"))
        if state is None:
            self.state.set("printer", tr("Tanpa struk"), Tone.QUIET)
            return
        tone = Tone.FAULT if state in _TROUBLE else Tone.GOOD if state in _DONE else Tone.INFORMATION
        icon = "printer-x" if state in _TROUBLE else "printer-check" if state in _DONE else "printer"
        self.state.set(icon, tr("Struk {state}", state=print_state_text(state)), tone)
