"""The counter: TOTAL, quick amounts, and the one next step. Owns which step that is; how it is done is the screen's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import Rupiah, format_figure, format_rupiah, suggest_tenders
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.sale.words import kinds_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import CounterBlock
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.painting import text_width
from pos.ui.widgets.text import ElidedText, Text

QUICK: Final = 2
"""Amounts beside the exact one."""


def fitting(amounts: Sequence[Rupiah], room: float) -> tuple[Rupiah, ...]:
    """As many of the amounts as stand whole in `room` pixels beside each other: seven figures leave room for one less."""
    font, taken = look().font(Role.BACA, 600), 0.0
    shown: list[Rupiah] = []
    for amount in amounts:
        taken += text_width(format_figure(amount), font) + look().px(16)
        if taken > room:
            break
        shown.append(amount)
    return tuple(shown)


class TotalBlock(CounterBlock):
    """TOTAL in figures for the other side of the counter, and BAYAR or *Buka kasir*.

    Signals:
        exact(): paid exactly.
        quick(int): this amount was handed over.
        pay(): the next step was pressed; what it is depends on the drawer.
    """

    exact = Signal()
    quick = Signal(int)
    pay = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basket = Basket("")
        self._due: Rupiah = 0
        self._exchange: Rupiah = 0
        self._session = True
        self._amounts: tuple[Rupiah, ...] = ()
        self.title = Text("", Role.SUB, Token.DI_TUA, 800)
        self.kinds = ElidedText("", Role.BACA, Token.DI_TUA2, 400)
        self.kinds.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.total = MoneyLabel(0)
        self.exact_button = ActionButton("", key=key_of(Action.EXACT_CASH), kind=Kind.COUNTER)
        self.quick_buttons = [ActionButton("", kind=Kind.COUNTER) for _ in range(QUICK)]
        self.closed_note = Text("", Role.BACA, Token.DI_TUA2, 500)
        self.closed_note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pay_button = ActionButton("", "banknote", key_of(Action.PAY), Kind.NEXT)
        on_click(self.exact_button, self.exact.emit)
        on_click(self.pay_button, self.pay.emit)
        for place, button in enumerate(self.quick_buttons):
            on_click(button, lambda place=place: self.quick.emit(self._amounts[place]))  # type: ignore[misc]
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.title.setText(tr("TOTAL"))
        self.exact_button.setText(tr("Uang pas"))
        self.closed_note.setText(tr("Kasir belum dibuka"))
        self._show_step()
        self._show()

    def show_basket(self, basket: Basket, due: Rupiah, exchange: Rupiah = 0) -> None:
        """Another total; `due` is what it comes to in cash, with the shop's rounding, less `exchange` for goods that come back."""
        self._basket, self._due, self._exchange = basket, due, exchange
        self._show()

    def show_session(self, is_open: bool) -> None:
        """Whether the drawer is open: without it nothing is paid, and the next step is to open it."""
        if is_open != self._session:
            self._session = is_open
            self._show_step()
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _build(self) -> None:
        side = look().px(10)
        head = QHBoxLayout()
        head.setContentsMargins(side, 0, side, 0)
        head.addWidget(self.title)
        head.addWidget(self.kinds, 1)
        money = QHBoxLayout()
        money.setContentsMargins(side, 0, side, 0)
        money.addWidget(self.total)
        # digits have no descenders: the figure needs its own height and no more
        self.total.setFixedHeight(look().px(66))
        quick = QWidget()
        row = QHBoxLayout(quick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.exact_button)
        for button in self.quick_buttons:
            button.setMinimumWidth(look().px(88))
            button.hide()
            row.addWidget(button, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(quick)
        self._middle.addWidget(self.closed_note)
        self._middle.setFixedHeight(look().px(52))
        box = QVBoxLayout(self)
        box.setContentsMargins(side, look().px(11), side, side)
        box.setSpacing(7)
        box.addLayout(head)
        box.addLayout(money)
        box.addWidget(self._middle)
        box.addWidget(self.pay_button)

    def _show(self) -> None:
        basket, due = self._basket, self._due
        rest = max(0, basket.total - self._exchange)
        self.total.set_amount(rest)
        said = kinds_text(basket) if basket.lines else ""
        self.kinds.setText(tr("tunai {amount}", amount=format_rupiah(due)) if due != rest else said)
        self._show_quick(suggest_tenders(due, QUICK) if basket.lines else ())
        self.exact_button.setVisible(bool(basket.lines))
        self.pay_button.setEnabled(bool(basket.lines) or not self._session)

    def _show_step(self) -> None:
        """BAYAR, or the way to it."""
        self._middle.setCurrentIndex(0 if self._session else 1)
        if self._session:
            self.pay_button.setText(tr("BAYAR"))
            self.pay_button.setAccessibleName(tr("Bayar"))
            self.pay_button.set_icon("banknote")
        else:
            self.pay_button.setText(tr("Buka kasir"))
            self.pay_button.set_icon("lock-open")

    def _show_quick(self, amounts: Sequence[Rupiah]) -> None:
        amounts = fitting(amounts, self.width() - 2 * look().px(10) - 16 - self.exact_button.sizeHint().width())
        if amounts == self._amounts:
            return
        self._amounts = amounts
        for place, button in enumerate(self.quick_buttons):
            button.setVisible(place < len(amounts))
            if place < len(amounts):
                button.setText(format_figure(amounts[place]))
                button.setAccessibleName(format_rupiah(amounts[place]))
