"""Money: figures that are read from a metre away, and the field in which an amount is typed. Own no sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.domain.money import Rupiah, format_figure, format_rupiah, parse_rupiah
from pos.ui.theme.look import look
from pos.ui.theme.tokens import GIANT_LEAST, TYPES, Role, Token
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.painting import LEFT, painter_on, text_width

_GIANT: Final = frozenset({Role.UANG_BESAR, Role.UANG_KEMBALI})
_SMALL_LEAST: Final = 19
_GAP: Final = 0.16
"""Of the digits' size, between `Rp` and the first digit."""
_SIGN_ROOM: Final = 32
"""Pixels for the `Rp` at the left of a small field."""
_NARROWEST: Final = 55
"""Percent of its width that a figure is set in before it is let over the edge: twelve digits at 404 px still fit."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How an amount is set: fonts and places from the left, the baseline from the top of a box of `height`."""

    digits: QFont
    small: QFont
    px: int
    width: float
    sign_at: QPointF
    figure_at: QPointF


class MoneyLabel(QLabel):
    """An amount in giant figures with a raised `Rp` at half their size. It steps down to fit and never elides.

    A giant one never falls below 64 px: when that is still too wide, the `Rp` stands above the first digit, and then the digits are
    set narrower, not lower.

    Args:
        amount: rupiah.
        role: UANG_BESAR and UANG_KEMBALI never fall below 64 px, whatever the block.
        token: colour of the digits; `label_token` of the `Rp`.
        align: right by default, as money stands.
    """

    def __init__(
        self,
        amount: Rupiah = 0,
        role: Role = Role.UANG_BESAR,
        token: Token = Token.DI_TUA,
        parent: QWidget | None = None,
        label_token: Token | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
    ) -> None:
        super().__init__(parent)
        self._role, self._token = role, token
        self._label_token = label_token or (Token.DI_TUA2 if token in (Token.DI_TUA, Token.KUNYIT) else Token.TINTA2)
        self._left = bool(align & Qt.AlignmentFlag.AlignLeft)
        self._most = TYPES[role].px
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_amount(amount)

    @property
    def amount(self) -> Rupiah:
        """Rupiah that are shown."""
        return self._amount

    def set_amount(self, amount: Rupiah) -> None:
        """Show another amount, at once and at the same place."""
        self._amount = amount
        self.setText(format_rupiah(amount))
        self.setAccessibleName(format_rupiah(amount))
        self.update()

    def set_token(self, token: Token) -> None:
        """Another colour of the digits."""
        self._token = token
        self.update()

    def set_most(self, px: int) -> None:
        """The largest digits it may use, in pixels, where the block is narrower (76 at 1024 for TOTAL)."""
        self._most = px
        self.updateGeometry()
        self.update()

    def figure_px(self) -> int:
        """Pixels of the digits at the widget's present width."""
        return self._set(self.width()).px

    def figure_width(self) -> float:
        """Pixels from the first sign to the last digit at the widget's present width."""
        return self._set(self.width()).width

    def sizeHint(self) -> QSize:
        return QSize(round(self._inline(self._most).width + 1), round(self._most * 1.04))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        setting = self._set(self.width())
        painter = painter_on(self)
        x = 0.0 if self._left else self.width() - setting.width
        painter.translate(round(x), 0)
        painter.setPen(look().colour(self._label_token))
        painter.setFont(setting.small)
        painter.drawText(setting.sign_at, self._sign)
        painter.setPen(look().colour(self._token))
        painter.setFont(setting.digits)
        painter.drawText(setting.figure_at, self._figure)
        painter.end()

    @property
    def _sign(self) -> str:
        return "-Rp" if self._amount < 0 else "Rp"

    @property
    def _figure(self) -> str:
        return format_figure(abs(self._amount))

    def _set(self, room: int) -> _Setting:
        least = min(self._most, GIANT_LEAST if self._role in _GIANT else _SMALL_LEAST)
        px = self._most
        setting = self._inline(px)
        while px > least and setting.width > room:
            px -= 1
            setting = self._inline(px)
        return setting if setting.width <= room else self._stacked(px, room)

    def _inline(self, px: int) -> _Setting:
        """`Rp` before the figure, raised to the figure's top."""
        digits, small = self._fonts(px)
        sign = text_width(self._sign, small) + px * _GAP
        cap = QFontMetricsF(digits).capHeight()
        baseline = round((self.height() + cap) / 2)
        top = round(baseline - cap + QFontMetricsF(small).capHeight())
        return _Setting(digits, small, px, sign + text_width(self._figure, digits), QPointF(0, top), QPointF(sign, baseline))

    def _stacked(self, px: int, room: int) -> _Setting:
        """`Rp` above the first digit; the digits narrower until they fit."""
        digits, small = self._fonts(px)
        wide = text_width(self._figure, digits)
        if wide > room:
            digits = QFont(digits)
            digits.setStretch(max(_NARROWEST, int(100 * room / wide)))
            wide = text_width(self._figure, digits)
        small = look().font(self._role, 700, max(_SMALL_LEAST, px * 2 // 5))
        baseline = self.height() - 3
        above = round(baseline - QFontMetricsF(digits).capHeight() - QFontMetricsF(small).descent())
        return _Setting(digits, small, px, wide, QPointF(0, above), QPointF(0, baseline))

    def _fonts(self, px: int) -> tuple[QFont, QFont]:
        return look().font(self._role, None, px), look().font(self._role, 700, max(_SMALL_LEAST, px // 2))


class AmountField(TextField):
    """A field for rupiah: what is typed is grouped at once (`50000` is shown as `50.000`).

    Signals:
        amount_changed(): another amount stands in it; ask `amount`.
    """

    amount_changed = Signal()

    def __init__(
        self, name: str = "", placeholder: str = "", parent: QWidget | None = None, role: Role = Role.SUB, label: str = "", key: str = ""
    ) -> None:
        super().__init__(name, placeholder, parent, label=label, key=key, role=role)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(self._group)
        self.textChanged.connect(lambda _text: self.amount_changed.emit())

    def amount(self) -> Rupiah:
        """Rupiah that stand in it.

        Raises:
            ShopError: UNCLEAR_AMOUNT for nothing or what can be meant in two ways; AMOUNT_OUT_OF_RANGE.
        """
        return parse_rupiah(self.text())

    def set_amount(self, amount: Rupiah | None) -> None:
        """Write an amount into it; None empties it."""
        self.setText("" if amount is None else format_figure(amount))

    def _dress(self) -> None:
        super()._dress()
        if not self._giant:
            margins = self.textMargins()
            margins.setLeft(margins.left() + look().px(_SIGN_ROOM))
            self.setTextMargins(margins)

    @property
    def _giant(self) -> bool:
        return TYPES[self._role].px >= TYPES[Role.ANGKA].px

    def _paint_ground(self, painter: QPainter) -> None:
        super()._paint_ground(painter)
        painter.setPen(look().colour(Token.TINTA2))
        if not self._giant:
            left = self.textMargins().left() - look().px(_SIGN_ROOM) + 2
            painter.setFont(look().font(Role.BACA, 600))
            painter.drawText(QRectF(left, self.textMargins().top(), look().px(_SIGN_ROOM), self._line()), LEFT, "Rp")
            return
        # raised before the figure, as it is said: only the digits are large
        digits = QFontMetricsF(self.font())
        small = look().font(self._role, 700, TYPES[self._role].px // 2)
        x = (
            self.width()
            - self.textMargins().right()
            - digits.horizontalAdvance(self.text() or self.placeholderText())
            - TYPES[self._role].px * _GAP
        )
        top = self.textMargins().top() + (self._line() - digits.capHeight()) / 2
        width = text_width("Rp", small)
        if x - width > self.textMargins().left():
            painter.setFont(small)
            painter.drawText(QPointF(x - width, top + QFontMetricsF(small).capHeight()), "Rp")

    def _line(self) -> float:
        """Pixels of the height in which the digits stand in the middle."""
        margins = self.textMargins()
        return float(self.height() - margins.top() - margins.bottom())

    def _group(self, text: str) -> None:
        plain = text.replace(".", "")
        if not plain.isdecimal() or not plain.isascii() or len(plain) > 15:
            return
        grouped = format_figure(int(plain))
        if grouped != text:
            behind = len(text) - self.cursorPosition() - text[self.cursorPosition() :].count(".")
            self.setText(grouped)
            self.setCursorPosition(_before(grouped, behind))


def _before(grouped: str, digits: int) -> int:
    """Where the cursor stands so that `digits` digits are behind it."""
    at = len(grouped)
    while digits > 0 and at > 0:
        at -= 1
        digits -= grouped[at] != "."
    return at
