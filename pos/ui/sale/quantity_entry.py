"""How much of a line: typed as a quantity, as rupiah, or taken from the scale; with keys for a finger. Owns what is being entered.

It reads and shows; what is done with the entry is the dialogue's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.basket import BasketLine
from pos.domain.entry import Entry, read_entry
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure
from pos.domain.quantity import BaseUnit, format_quantity
from pos.domain.weighing import ScaleReading, WeightState, grams_as_quantity, is_divisible, weight_of
from pos.services.ports import Clock
from pos.services.ports.counter import Scale
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.keypad import Keypad
from pos.ui.widgets.money import AmountField
from pos.ui.widgets.text import Text

QUANTITY: Final = "quantity"
RUPIAH: Final = "rupiah"
SCALE: Final = "scale"
_LOOK_MS: Final = 100
_LONGEST: Final = 24
_RUPIAH_KEYS: Final = (2_000, 5_000, 10_000, 20_000)
_GRAM_KEYS: Final = (100, 250, 500, 1_000)
_PIECE_KEYS: Final = (2, 3, 5, 10)


class QuantityEntry(QWidget):
    """Segments, a field, quick amounts and a keypad.

    Signals:
        changed(): what `entry` gives may be another now.
        confirmed(): Enter in the field.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, line: BasketLine, ladder: dict[str, int], clock: Clock, scale: Scale | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line, self._ladder, self._clock = line, ladder, clock
        self._scale = scale if line.base_unit is BaseUnit.GRAM else None
        self._start = format_quantity(line.quantity, line.factor).replace(".", "")
        self.quantity = TextField(tr("Jumlah"), label=tr("Jumlah dalam {unit}", unit=line.unit_name), role=Role.SUB)
        self.quantity.setMaxLength(_LONGEST)
        self.quantity.setText(self._start)
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.rupiah = AmountField(tr("Beli seharga"), label=tr("Beli seharga"))
        self.rupiah.setMaxLength(_LONGEST)
        self.weight = Text("–", Role.ANGKA, Token.TINTA, 800, px=52)
        self.weight_state = Text("", Role.BACA, Token.TINTA2, 500, wrap=True)
        self.ways = Segments(self._words())
        self.keypad = Keypad()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._build()
        self._connect()

    @property
    def way(self) -> str:
        """QUANTITY, RUPIAH or SCALE."""
        return self.ways.current()

    @property
    def touched(self) -> bool:
        """Whether anything was entered that differs from what the line has."""
        return self.way != QUANTITY or self.quantity.text().strip() != self._start

    def entry(self) -> Entry:
        """What is entered.

        Raises:
            ShopError: what `read_entry` and `weight_of` raise; UNCLEAR_AMOUNT for no rupiah.
        """
        if self.way == SCALE:
            reading = self._scale.reading() if self._scale is not None else None
            grams = weight_of(reading, self._clock.monotonic())
            return Entry(quantity=grams_as_quantity(grams, self._line.base_unit, self._line.name))
        if self.way == RUPIAH:
            amount = self.rupiah.amount()
            if amount <= 0:
                raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=self.rupiah.text()[:40])
            return Entry(rupiah=amount)
        return read_entry(self.quantity.text(), self._line.factor, self._line.base_unit, self._ladder)

    def choose(self, way: str) -> None:
        """Enter it another way."""
        self.ways.choose(way)
        self._turned(way)

    def begin(self) -> None:
        """The next key is the first of the entry."""
        field = self._field()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def close_scale(self) -> None:
        """Nobody looks any more: let go of the port."""
        self._timer.stop()
        if self._scale is not None:
            self._scale.stop()

    def _words(self) -> list[tuple[str, str]]:
        words = [(QUANTITY, tr("Berat") if is_divisible(self._line.base_unit) else tr("Jumlah")), (RUPIAH, tr("Rupiah"))]
        return [*words, (SCALE, tr("Timbangan"))] if self._scale is not None else words

    def _build(self) -> None:
        self.weight.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.weight_state.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._fields = QStackedWidget()
        for page in (self.quantity, self.rupiah, self.weight):
            self._fields.addWidget(page)
        self._fields.setFixedHeight(self.quantity.sizeHint().height())
        self._keys = QWidget()
        self._grid = QHBoxLayout(self._keys)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        typed = QWidget()
        below = QVBoxLayout(typed)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(look().px(8))
        below.addWidget(self._keys)
        below.addWidget(self.keypad, 1)
        keys = self.keypad.layout()
        if keys is not None:
            keys.setSpacing(6)
        self._lower = QStackedWidget()
        self._lower.addWidget(typed)
        self._lower.addWidget(self.weight_state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(8))
        column.addWidget(self.ways)
        column.addWidget(self._fields)
        column.addWidget(self._lower, 1)
        self._show_keys()

    def _connect(self) -> None:
        self.ways.chosen.connect(self._turned)
        self.quantity.textChanged.connect(lambda _text: self.changed.emit())
        self.rupiah.amount_changed.connect(self.changed)
        self.quantity.returnPressed.connect(self.confirmed)
        self.rupiah.returnPressed.connect(self.confirmed)
        self.keypad.pressed.connect(self._pressed)

    def _turned(self, way: str) -> None:
        self._fields.setCurrentIndex((QUANTITY, RUPIAH, SCALE).index(way))
        if way == SCALE and self._scale is not None:
            self._scale.start()
            self._timer.start()
            self._look()
        else:
            self.close_scale()
        self._lower.setCurrentIndex(1 if way == SCALE else 0)
        self._show_keys()
        self.begin()
        self.changed.emit()

    def _field(self) -> TextField | None:
        return {QUANTITY: self.quantity, RUPIAH: self.rupiah}.get(self.way)

    def _show_keys(self) -> None:
        """Quick amounts of the way that is chosen."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, typed in self._quick():
            button = ActionButton(text, kind=Kind.QUIET)
            on_click(button, lambda typed=typed: self._take(typed))
            self._grid.addWidget(button, 1)

    def _quick(self) -> list[tuple[str, str]]:
        """(on the button, into the field)"""
        if self.way == RUPIAH:
            return [(format_figure(amount), format_figure(amount)) for amount in _RUPIAH_KEYS]
        if is_divisible(self._line.base_unit):
            small, large = ("ml", "1 liter") if self._line.base_unit is BaseUnit.ML else ("g", "1 kg")
            return [(f"{amount} {small}" if amount < 1_000 else large, f"{amount} {small}") for amount in _GRAM_KEYS]
        return [(str(count), str(count)) for count in _PIECE_KEYS]

    def _take(self, typed: str) -> None:
        field = self._field()
        if field is not None:
            field.setText(typed)
            self.begin()

    def _pressed(self, key: str) -> None:
        """A key of the pad; the first one replaces what is selected, as on a keyboard."""
        field = self._field()
        if field is None:
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if key == "back":
            field.backspace()
        else:
            field.insert(key)
        # grouped as it is when typed
        field.textEdited.emit(field.text())

    def _look(self) -> None:
        reading = self._scale.reading() if self._scale is not None else None
        self.weight.setText(_grams_text(reading))
        try:
            weight_of(reading, self._clock.monotonic())
        except ShopError as error:
            self.weight_state.set_token(Token.BATA_TEKS)
            self.weight_state.setText(error_sentence(error))
        else:
            self.weight_state.set_token(Token.DAUN_TEKS)
            self.weight_state.setText(tr("Tenang. Tekan Simpan untuk memakainya."))
        self.changed.emit()


def _grams_text(reading: ScaleReading | None) -> str:
    if reading is None or reading.state is WeightState.OVERLOAD:
        return "–"
    return f"{format_quantity(reading.grams, 1_000)} kg"
