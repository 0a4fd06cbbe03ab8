"""What stands below the lines of the basket: the discount of the whole, and what the law asks to be remembered. Owns what was waved away.

The age reminder of cigarettes (PP 28/2024: nobody under 21) and the one of LPG 3 kg (each sale is recorded in Pertamina's MAP too) are
shown while such goods are on the counter, once a basket; neither is in anybody's way.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.basket import Basket
from pos.domain.money import format_rupiah
from pos.domain.product import Regulation
from pos.ui.language import later, tr
from pos.ui.sale.words import discount_words
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import settle
from pos.ui.widgets.painting import LEFT, RIGHT, paint_focus, paint_ground, paint_pixmap, painter_on, step_darker, text_width

_HEIGHT: Final = 40
_TOUCH: Final = 48

REMINDERS: Final[dict[tuple[Regulation, ...], tuple[str, str]]] = {
    (Regulation.TOBACCO,): ("21+", later("Rokok: tanyakan umur pembeli")),
    (Regulation.LPG_3KG,): ("MAP", later("LPG 3 kg: catat juga di MAP")),
    (Regulation.TOBACCO, Regulation.LPG_3KG): ("21+ · MAP", later("Tanya umur, lalu catat")),
}
"""Rules that goods on the counter are under -> the mark and the sentence of the one strip that says so."""
_RULES: Final = (Regulation.TOBACCO, Regulation.LPG_3KG)


class FootRow(QAbstractButton):
    """One strip: a sign or a mark, words, an amount or a cross at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self._mark = self._amount = self._icon = ""
        self._ground, self._ink = Token.DAUN_MUDA, Token.DAUN_TEKS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, text: str, *, icon_name: str = "", mark: str = "", amount: str = "", warns: bool = False) -> None:
        """Say something; `warns` in the colour of what must be remembered."""
        self._icon, self._mark, self._amount = icon_name, mark, amount
        self._ground, self._ink = (Token.KUNYIT_MUDA, Token.KUNYIT_TEKS) if warns else (Token.DAUN_MUDA, Token.DAUN_TEKS)
        self.setText(text)
        self.setAccessibleName(" ".join(part for part in (mark, text, amount) if part))
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(260), max(_TOUCH, look().px(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect()).adjusted(8, 3, -8, -3)
        paint_ground(painter, rect, step_darker(look().colour(self._ground), self.isDown(), self.underMouse()), None, 10)
        ink = look().colour(self._ink)
        painter.setPen(ink)
        x = rect.left() + look().px(10)
        if self._mark:
            font = look().font(Role.BACA, 800)
            painter.setFont(font)
            width = text_width(self._mark, font)
            painter.drawText(QRectF(x, rect.top(), width + 2, rect.height()), LEFT, self._mark)
            x += width + look().px(10)
        if self._icon:
            side = look().px(20)
            paint_pixmap(painter, icon(self._icon, self._ink, side), QPointF(x + side / 2, rect.center().y()))
            x += side + look().px(8)
        right = rect.right() - look().px(10)
        if self._amount:
            bold = look().font(Role.BACA, 700)
            painter.setFont(bold)
            width = text_width(self._amount, bold) + 4
            painter.drawText(QRectF(right - width, rect.top(), width, rect.height()), RIGHT, self._amount)
            right -= width + look().px(8)
        else:
            side = look().px(20)
            paint_pixmap(painter, icon("x", self._ink, side), QPointF(right - side / 2, rect.center().y()))
            right -= side + look().px(8)
        font = look().font(Role.BACA, 600)
        painter.setFont(font)
        text = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, right - x)
        painter.drawText(QRectF(x, rect.top(), right - x, rect.height()), LEFT, text)
        if self.hasFocus():
            paint_focus(painter, rect, 10)
        painter.end()


class BasketFoot(QWidget):
    """The strips that the basket needs now, none for most baskets.

    Signals:
        discount(): the discount of the whole basket is to be changed.
    """

    discount = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basket = Basket("")
        self._waved: set[tuple[str, Regulation]] = set()
        self._asked: tuple[Regulation, ...] = ()
        self.off, self.reminder = FootRow(), FootRow()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for row in (self.reminder, self.off):
            row.hide()
            box.addWidget(row)
        self.off.clicked.connect(self.discount)
        self.reminder.clicked.connect(self._wave)
        self.hide()

    def retranslate(self) -> None:
        self.show_basket(self._basket)

    def show_basket(self, basket: Basket) -> None:
        """Other lines, another discount."""
        self._basket = basket
        share = sum(line.share for line in basket.lines)
        if basket.off is not None and share:
            self.off.show_row(discount_words(basket.off), icon_name="corner-down-right", amount=format_rupiah(-share))
        self.off.setVisible(basket.off is not None and share > 0)
        on_counter = {line.regulation for line in basket.lines}
        self._asked = tuple(rule for rule in _RULES if rule in on_counter and (basket.uid, rule) not in self._waved)
        if self._asked:
            mark, sentence = REMINDERS[self._asked]
            self.reminder.show_row(tr(sentence), mark=mark, warns=True)
        self.reminder.setVisible(bool(self._asked))
        self.setVisible(bool(self._asked) or not self.off.isHidden())

    def _wave(self) -> None:
        """Seen: not for this basket any more."""
        here = self._basket.uid
        self._waved = {known for known in self._waved if known[0] == here} | {(here, rule) for rule in self._asked}
        self.show_basket(self._basket)
