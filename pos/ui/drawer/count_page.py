"""Counting the drawer: note by note, or the sum at once, with the running total on the counter. Owns the count while it is made.

It knows nothing of what should be there: a count that is to mean something is made without seeing it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.money import Rupiah
from pos.ui.context import UiContext
from pos.ui.drawer.count import CashCount
from pos.ui.drawer.counting import CountBoard
from pos.ui.language import tr
from pos.ui.operations import tell
from pos.ui.shell.areas import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card, CounterBlock
from pos.ui.widgets.money import AmountField, MoneyLabel
from pos.ui.widgets.text import Text

COMPACT_BELOW: Final = 1080
RIGHT: Final = 450
RIGHT_COMPACT: Final = 396


class CountPage(QWidget):
    """A count that is made and given.

    Signals:
        given(int, object): the total in rupiah and its pieces ((denomination, how many), ...), which are empty for a sum said at once.

    Attributes:
        board, field: notes and coins; the sum.
        amount: what it comes to so far.
        button: gives the count.
    """

    given = Signal(object, object)

    def __init__(self, context: UiContext, icon: str, may_be_nothing: bool, parent: QWidget | None = None) -> None:
        """`may_be_nothing`: an empty count is one (a float of nothing); else it is asked for first."""
        super().__init__(parent)
        self._context, self._may_be_nothing = context, may_be_nothing
        self.board = CountBoard()
        self.title = Text("", Role.AKSI, Token.KUNYIT, 800)
        self.amount = MoneyLabel(0, Role.UANG_BESAR)
        self.field = AmountField("")
        self.hint = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.button = ActionButton("", icon, kind=Kind.NEXT)
        self.button.once = True
        self.top = QVBoxLayout()
        self._build()
        self.board.changed.connect(self._counted)
        self.field.amount_changed.connect(self._typed)
        self.field.returnPressed.connect(lambda: self.button.setFocus(Qt.FocusReason.TabFocusReason))
        on_click(self.button, self._give)

    def set_words(self, title: str, name: str, button: str, hint: str) -> None:
        """Every word anew; what is counted stays."""
        self.board.retranslate()
        self.title.setText(title)
        self.field.set_words(name, tr("atau ketik jumlahnya"), name)
        self.button.setText(button)
        self.hint.setText(hint)

    def begin(self) -> None:
        """Nothing is counted yet."""
        self.board.begin()
        self.field.set_amount(None)
        self.field.set_faulty(False)
        self._show()

    @property
    def counted(self) -> bool:
        """Whether anything was counted or said."""
        count = self.board.count
        return not count.by_pieces or any(count.pieces.values())

    def right_width(self) -> int:
        """Pixels of the counter at the right."""
        return self._right.width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # whoever comes here with the sum in mind types it
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(look().px(RIGHT_COMPACT if self.width() < look().px(COMPACT_BELOW) else RIGHT))

    # --- making ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)
        column.addStretch(1)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(look().px(18), look().px(16), look().px(12), look().px(12))
        inside.addWidget(scrolled(holder))
        left = QVBoxLayout()
        left.setSpacing(look().px(12))
        left.addLayout(self.top)
        left.addWidget(card, 1)
        self._right = self._make_counter()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._right)

    def _make_counter(self) -> QWidget:
        block = CounterBlock()
        side = look().px(12)
        inside = QVBoxLayout()
        inside.setContentsMargins(side, 0, side, 0)
        inside.setSpacing(look().px(10))
        for part in (self.title, self.amount, self.field, self.hint):
            inside.addWidget(part)
        inside.addStretch(1)
        box = QVBoxLayout(block)
        box.setContentsMargins(side, look().px(18), side, side)
        box.addLayout(inside, 1)
        box.addWidget(self.button)
        self.button.setMinimumHeight(look().px(84))
        return block

    # --- acting ------------------------------------------------------------------------------------------------------

    def _give(self) -> None:
        if self.field.text():
            try:
                self.field.amount()
            except ShopError as error:
                # `12,500` is no amount: it is said, and nothing is opened or closed with it
                self._complain()
                tell(self._context, error)
                return
        if not self._may_be_nothing and not self.counted:
            self._complain()
            self._context.sound.emit("error")
            self._context.told.emit("info", tr("Hitung dulu uangnya. Laci kosong? Ketik 0."))
            return
        count = self.board.count
        pieces = tuple(sorted(((note, many) for note, many in count.pieces.items() if many), reverse=True))
        self.given.emit(count.total, pieces if count.by_pieces else ())

    def _complain(self) -> None:
        self.field.set_faulty(bool(self.field.text()))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _typed(self) -> None:
        self.field.set_faulty(False)
        amount = self._amount()
        if self.field.text() and amount is None:
            # unclear: what was read of its beginning (`12` of `12,500`) counts no more; it is said when the button is pressed
            self.board.blockSignals(True)
            self.board.type_total(None)
            self.board.blockSignals(False)
            self._show()
            return
        self.board.type_total(amount)

    def _amount(self) -> Rupiah | None:
        try:
            return self.field.amount() if self.field.text() else None
        except ShopError:
            return None

    def _counted(self, count: CashCount) -> None:
        if count.by_pieces and self.field.text():
            self.field.blockSignals(True)
            self.field.set_amount(None)
            self.field.blockSignals(False)
        self._show()

    def _show(self) -> None:
        self.amount.set_amount(self.board.count.total)
