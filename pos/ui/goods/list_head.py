"""The names of the goods list's columns, over the same places as in its rows. Owns words only."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.goods.delegate import places
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, painter_on


class ListHead(QWidget):
    """Stands above the list and does not scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(500), look().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        where = places(self.width() - look().px(14), self.boxes)
        painter.setPen(look().colour(Token.TINTA2))
        painter.setFont(look().font(Role.BACA, 600))
        for words, left, width, flags in (
            (tr("Barang"), where.picture, where.name[0] + where.name[1], LEFT),
            (tr("Harga"), where.price[0], where.price[1], RIGHT),
            (tr("Stok"), where.stock[0], where.stock[1], LEFT),
        ):
            painter.drawText(QRectF(left, 0, width, self.height()), flags, words)
        painter.fillRect(QRectF(0, self.height() - 2, self.width(), 1.4), look().colour(Token.GARIS_KUAT))
        painter.end()
