"""Typing a PIN: a field of dots and a keypad below it. Owns the digits while they are typed, and forgets them once they are handed on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.people import LONGEST_PIN, SHORTEST_PIN
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import TOUCH, ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text

_KEYS: Final = ("7", "8", "9", "4", "5", "6", "1", "2", "3")


class PinField(TextField):
    """Digits as dots: large and in the middle above a keypad, else as large as other fields."""

    def __init__(self, name: str, parent: QWidget | None = None, large: bool = False) -> None:
        self._large = large
        super().__init__(name, parent=parent, role=Role.ANGKA if large else Role.BACA)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        if large:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(LONGEST_PIN)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{LONGEST_PIN}}}"), self))
        # neither the machine's clipboard nor an input method learns it
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)

    @property
    def long_enough(self) -> bool:
        return len(self.text()) >= SHORTEST_PIN

    def take(self) -> str:
        """The digits; the field is empty afterwards."""
        pin = self.text()
        self.clear()
        return pin

    def _height(self) -> int:
        return look().px(64) if self._large else super()._height()


class _Digit(ActionButton):
    def __init__(self, text: str) -> None:
        super().__init__(text, kind=Kind.QUIET, role=Role.AKSI)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(look().px(96), look().px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(64, TOUCH)

    def _weight(self) -> int:
        return 700


class PinPad(QWidget):
    """Field, what is wrong with it, and keys.

    Signals:
        entered(str): a PIN of enough digits was typed and confirmed; the field is empty again.
    """

    entered = Signal(str)

    def __init__(self, word: str, kind: Kind = Kind.PRIMARY, icon: str = "check", parent: QWidget | None = None) -> None:
        """`word`, `icon`: what the confirming button says; `kind`: how strong it is."""
        super().__init__(parent)
        self.field = PinField(tr("PIN"), large=True)
        self.trouble = Text("", Role.BACA, Token.BATA_TEKS, 500, wrap=True)
        self.trouble.hide()
        self.enter = ActionButton(word, icon, kind=kind)
        self.keys = [_Digit(digit) for digit in (*_KEYS, "0")]
        self._back = IconButton("delete", "")
        self._back.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, key in enumerate(self.keys):
            on_click(key, lambda key=key: self._press(key.text()))  # type: ignore[misc]
            grid.addWidget(key, place // 3, place % 3 if key.text() != "0" else 1)
        grid.addWidget(self._back, 3, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addWidget(self.field)
        box.addWidget(self.trouble)
        box.addLayout(grid, 1)
        box.addWidget(self.enter)
        on_click(self._back, self.field.backspace)
        on_click(self.enter, self._enter)
        self.field.returnPressed.connect(self._enter)
        self.field.textChanged.connect(self._typed)
        self.retranslate()
        self._typed("")

    def retranslate(self, word: str = "") -> None:
        """Words anew; `word` for the confirming button."""
        self.field.set_words(tr("PIN"))
        self._back.set_name(tr("Hapus satu angka"))
        if word:
            self.enter.setText(word)

    def begin(self) -> None:
        """Empty, and the keyboard goes into it."""
        self.field.clear()
        self.tell("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str) -> None:
        """What is wrong; empty takes it away."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.field.set_faulty(bool(sentence))

    def wait(self, waits: bool) -> None:
        """While a PIN is being checked, or may not be tried yet, nothing can be typed."""
        for part in (self.field, self._back, *self.keys):
            part.setEnabled(not waits)
        self._typed(self.field.text())
        if not waits:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, digit: str) -> None:
        self.field.insert(digit)

    def _typed(self, text: str) -> None:
        if text:
            self.tell("")
        self.enter.setEnabled(self.field.isEnabled() and self.field.long_enough)

    def _enter(self) -> None:
        if self.enter.isEnabled():
            self.entered.emit(self.field.take())
