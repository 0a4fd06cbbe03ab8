"""Who buys, in the head of the basket: a pill with the name, or the way to choose one. Owns its looks; choosing is the dialogue's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.domain.basket import Basket
from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import TOUCH, key_cap_size, paint_key_cap, settle
from pos.ui.widgets.painting import LEFT, elide_middle, paint_focus, paint_ground, paint_pixmap, painter_on, step_darker, text_width

_HEIGHT: Final = 42
_SIGN: Final = 22


class CustomerPill(QAbstractButton):
    """`Bu Rina · langganan`, or `Pelanggan` while nobody is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self._name = self._group = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self._say()

    def show_basket(self, basket: Basket) -> None:
        """Another customer, or none."""
        if (basket.customer_name, basket.customer_group) != (self._name, self._group):
            self._name, self._group = basket.customer_name, basket.customer_group
            self._say()

    def _say(self) -> None:
        said = " · ".join(part for part in (self._name, self._group) if part)
        self.setText(said or tr("Pelanggan"))
        self.setAccessibleName(tr("Pelanggan {name}", name=said) if said else tr("Pilih pelanggan"))
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = look().px(14 + _SIGN + 8) + text_width(self.text(), look().font(Role.BACA, 600))
        width += look().px(8) + key_cap_size(key_of(Action.CUSTOMER)).width() + look().px(12)
        return QSize(round(width + 1), max(TOUCH, look().px(TOUCH)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(130), max(TOUCH, look().px(TOUCH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        height = look().px(_HEIGHT)
        rect = QRectF(0, (self.height() - height) / 2, self.width(), height)
        ground, ink = (Token.TERONG_MUDA, Token.TERONG_TEKS) if self._name else (Token.KERTAS, Token.TINTA2)
        fill = step_darker(look().colour(ground), self.isDown(), self.underMouse())
        paint_ground(painter, rect, fill, None if self._name else look().colour(Token.GARIS_KUAT), height / 2)
        x = rect.left() + look().px(14)
        side = look().px(_SIGN)
        paint_pixmap(painter, icon("user", ink, side), QPointF(x + side / 2, rect.center().y()))
        x += side + look().px(8)
        key = key_of(Action.CUSTOMER)
        cap = key_cap_size(key)
        left = rect.right() - look().px(12) - cap.width()
        paint_key_cap(painter, QRectF(left, rect.center().y() - cap.height() / 2, cap.width(), cap.height()), key, look().colour(ink))
        font = look().font(Role.BACA, 600)
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        room = left - look().px(8) - x
        painter.drawText(QRectF(x, rect.top(), room, rect.height()), LEFT, elide_middle(self.text(), font, room))
        if self.hasFocus():
            paint_focus(painter, rect, height / 2)
        painter.end()
