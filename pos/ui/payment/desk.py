"""Where the money is counted in: the amount, notes and coins to tap, quick amounts, a keypad. Owns what was handed over so far."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.domain.money import COINS, NOTES, Rupiah, format_figure, format_rupiah, suggest_tenders
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.payment.tendered import Tendered, exactly
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.money import MoneyLabel
from pos.ui.widgets.notes import CoinButton, NoteButton
from pos.ui.widgets.text import Text

_QUICK = 2
_SMALL = tuple(coin for coin in COINS if coin not in NOTES)


class ReceivedBox(Card):
    """*Uang diterima* in figures; ringed, since the digits that are typed go here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, radius=14)
        self.set_chosen(True)
        self.label = Text("", Role.BACA, Token.TINTA2, 500)
        self.amount = MoneyLabel(0, Role.UANG_MASUK, Token.TINTA)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(18), look().px(8), look().px(18), look().px(4))
        box.setSpacing(0)
        box.addWidget(self.label)
        box.addWidget(self.amount)


class MoneyDesk(QWidget):
    """The middle of the payment page.

    Signals:
        changed(Tendered): another amount was handed over.
        refused(ShopError): a digit or note too many.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tendered = Tendered()
        self._due: Rupiah = 0
        self._total: Rupiah | None = None
        self._amounts: tuple[Rupiah, ...] = ()
        self.received = ReceivedBox()
        self.notes = {note: NoteButton(note) for note in NOTES}
        self.coins = {coin: CoinButton(format_figure(coin)) for coin in _SMALL}
        self.coin_button, self.note_button = CoinButton(""), CoinButton("")
        self.exact_button = ActionButton("", key=key_of(Action.EXACT_CASH), kind=Kind.FILL)
        self.quick_buttons = [ActionButton("", kind=Kind.FILL) for _ in range(_QUICK)]
        self.keypad = Keypad()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.show_total(self._total)
        self.exact_button.setText(tr("Uang pas"))
        for button, word in ((self.coin_button, tr("Koin")), (self.note_button, tr("Kertas"))):
            button.setText(word)
            button.setAccessibleName(word)
        self.keypad.retranslate()

    def show_total(self, total: Rupiah | None) -> None:
        """Say beside the money what it is for, where nothing else on the page does."""
        self._total = total
        said = tr("Uang diterima")
        self.received.label.setText(said if total is None else tr("{said} · Total {amount}", said=said, amount=format_rupiah(total)))

    def set_dense(self, dense: bool) -> None:
        """Without the quick amounts, where something else needs their place."""
        self._quick.setVisible(not dense)

    @property
    def due(self) -> Rupiah:
        """What is to be paid."""
        return self._due

    def clear(self) -> None:
        """Nothing lies on the counter."""
        self._rows.setCurrentIndex(0)
        self._take(Tendered())

    def begin(self, due: Rupiah) -> None:
        """Another total to pay; what was handed over stays."""
        self._due = due
        self._amounts = suggest_tenders(due, _QUICK)
        for place, button in enumerate(self.quick_buttons):
            button.setVisible(place < len(self._amounts))
            if place < len(self._amounts):
                button.setText(format_figure(self._amounts[place]))
                button.setAccessibleName(format_rupiah(self._amounts[place]))

    def press(self, key: str) -> None:
        """A digit, `000` or `back`, from the keypad or the keyboard."""
        self._try(self.tendered.back if key == "back" else lambda: self.tendered.digits(key))

    def put(self, amount: Rupiah) -> None:
        """A whole amount at once."""
        self._take(exactly(amount))

    def put_exactly(self) -> None:
        """What is to be paid, to the rupiah."""
        self.put(self._due)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, note in enumerate(NOTES[:4]):
            grid.addWidget(self.notes[note], 0, place)
        self._rows = QStackedWidget()
        self._rows.addWidget(_row([*(self.notes[note] for note in NOTES[4:]), self.coin_button]))
        self._rows.addWidget(_row([*self.coins.values(), self.note_button]))
        self._rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._quick = QWidget()
        quick = QHBoxLayout(self._quick)
        quick.setContentsMargins(0, 0, 0, 0)
        quick.setSpacing(10)
        quick.addWidget(self.exact_button, 6)
        for button in self.quick_buttons:
            quick.addWidget(button, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self.received)
        box.addSpacing(2)
        box.addLayout(grid)
        box.addWidget(self._rows)
        box.addWidget(self._quick)
        box.addWidget(self.keypad, 1)

    def _connect(self) -> None:
        for note, button in self.notes.items():
            on_click(button, lambda note=note: self._try(lambda: self.tendered.note(note)))  # type: ignore[misc]
        for coin, coin_button in self.coins.items():
            on_click(coin_button, lambda coin=coin: self._try(lambda: self.tendered.note(coin)))  # type: ignore[misc]
        on_click(self.coin_button, lambda: self._rows.setCurrentIndex(1))
        on_click(self.note_button, lambda: self._rows.setCurrentIndex(0))
        on_click(self.exact_button, self.put_exactly)
        for place, quick in enumerate(self.quick_buttons):
            on_click(quick, lambda place=place: self.put(self._amounts[place]))  # type: ignore[misc]
        self.keypad.pressed.connect(self.press)
        no_focus: list[QAbstractButton] = [*self.notes.values(), *self.coins.values(), self.coin_button, self.note_button]
        for tapped in no_focus:
            tapped.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _try(self, step: Callable[[], Tendered]) -> None:
        try:
            self._take(step())
        except ShopError as error:
            self.refused.emit(error)

    def _take(self, tendered: Tendered) -> None:
        self.tendered = tendered
        self.received.amount.set_amount(tendered.amount)
        for note, button in self.notes.items():
            button.set_count(tendered.count_of(note))
        self.changed.emit(tendered)


def _row(buttons: list[QAbstractButton]) -> QWidget:
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for button in buttons:
        row.addWidget(button, 1)
    return widget
