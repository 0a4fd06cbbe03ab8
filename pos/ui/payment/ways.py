"""The ways to pay, each with its letter: cards below the summary, or a row of keys where the window is narrow. Owns which looks chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.sale import Tender
from pos.ui.language import tr
from pos.ui.payment.words import ICONS, LETTERS, SPLIT_LETTER, tender_word
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import TOUCH, ActionButton, IconButton, key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.choice import ChoiceCard
from pos.ui.widgets.painting import CENTRE, fitting_font, paint_focus, paint_ground, paint_pixmap, painter_on, step_darker

WAYS: Final = (Tender.CASH, Tender.QRIS, Tender.TRANSFER, Tender.CREDIT)


class _WayKey(QAbstractButton):
    """A way to pay where there is little room: icon and letter above, the word below."""

    def __init__(self, icon: str, token: Token, letter: str) -> None:
        super().__init__()
        self._icon, self._token, self._letter = icon, token, letter
        self.setCheckable(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, word: str) -> None:
        self.setText(word)
        self.setAccessibleName(word)

    def sizeHint(self) -> QSize:
        return QSize(look().px(88), look().px(58))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(66), max(TOUCH, look().px(54)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        fill = step_darker(look().colour(Token.DAUN_MUDA if on else Token.KERTAS), self.isDown(), self.underMouse())
        paint_ground(painter, rect, fill, look().colour(Token.DAUN if on else Token.GARIS_KUAT), 12, 2.6 if on else 1.4)
        if self.hasFocus():
            paint_focus(painter, rect, 12)
        side, cap = look().px(24), key_cap_size(self._letter)
        middle = rect.top() + look().px(20)
        left = rect.center().x() - (side + look().px(6) + cap.width()) / 2
        paint_pixmap(painter, picture(self._icon, Token.DAUN_TEKS if on else self._token, side), QPointF(left + side / 2, middle))
        at = QRectF(left + side + look().px(6), middle - cap.height() / 2, cap.width(), cap.height())
        paint_key_cap(painter, at, self._letter)
        font = fitting_font(self.text(), rect.width() - 6, Role.BACA, 700 if on else 600, 16)
        painter.setFont(font)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(
            QRectF(rect.left(), middle + look().px(12), rect.width(), rect.bottom() - middle - look().px(14)), CENTRE, self.text()
        )
        painter.end()


class WayCards(QWidget):
    """One below the other, with a second line each.

    Signals:
        chosen(Tender): a person wants to pay by it.
        split(): a person wants to pay in parts.
    """

    chosen = Signal(object)
    split = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = {tender: ChoiceCard("", "", ICONS[tender][0], LETTERS[tender], token=ICONS[tender][1]) for tender in WAYS}
        self.split_button = ActionButton("", "split", SPLIT_LETTER)
        self._lines: Mapping[Tender, str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(11))
        for tender, card in self.cards.items():
            # they give way a little where parts are listed above them
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            card.setMinimumHeight(look().px(54))
            card.setMaximumHeight(look().px(82))
            box.addWidget(card, 1)
            on_click(card, lambda tender=tender: self.chosen.emit(tender))  # type: ignore[misc]
        box.addWidget(self.split_button)
        on_click(self.split_button, self.split.emit)
        self.show_way(Tender.CASH, split=False)

    def retranslate(self) -> None:
        """Every word anew."""
        self.say(self._lines)

    def say(self, lines: Mapping[Tender, str]) -> None:
        """The second line of each way."""
        self._lines = lines
        for tender, card in self.cards.items():
            card.set_words(tender_word(tender), lines.get(tender, ""))
        self.split_button.setText(tr("Bagi cara bayar"))

    def show_way(self, tender: Tender, split: bool) -> None:
        """The one that is chosen, and whether it is paid in parts."""
        for way, card in self.cards.items():
            card.setChecked(way is tender)
        self.split_button.setDown(split)
        self.split_button.setAccessibleDescription(tr("dibayar per bagian") if split else "")


class WayKeys(QWidget):
    """The same in one row, after the way back to the counter.

    Signals:
        chosen(Tender), split(): as those of the cards.
        back(): back to the counter.
    """

    chosen = Signal(object)
    split = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = {tender: _WayKey(*ICONS[tender], LETTERS[tender]) for tender in WAYS}
        self.split_key = _WayKey("split", Token.TINTA2, SPLIT_LETTER)
        self.back_button = IconButton("arrow-left", "", size=54)
        on_click(self.back_button, self.back.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(8))
        row.addWidget(self.back_button)
        for tender, key in self.keys.items():
            row.addWidget(key, 1)
            on_click(key, lambda tender=tender: self.chosen.emit(tender))  # type: ignore[misc]
        row.addWidget(self.split_key, 1)
        on_click(self.split_key, self.split.emit)
        self.retranslate()
        self.show_way(Tender.CASH, split=False)

    def retranslate(self) -> None:
        """Every word anew."""
        for tender, key in self.keys.items():
            key.say(tender_word(tender))
        self.split_key.say(tr("Bagi"))
        self.back_button.set_name(tr("Kembali ke keranjang"))

    def show_way(self, tender: Tender, split: bool) -> None:
        """The one that is chosen, and whether it is paid in parts."""
        for way, key in self.keys.items():
            key.setChecked(way is tender)
        self.split_key.setChecked(split)
