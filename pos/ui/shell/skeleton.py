"""The sale screen before anything is known: its shapes painted flat, so that the window is there at once. Owns nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import torn_line
from pos.ui.widgets.painting import LEFT, RIGHT, paint_ground, painter_on

_COMPACT_BELOW = 1080


class SaleSkeleton(QWidget):
    """One widget, one paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        px = look().px
        compact = self.width() < px(_COMPACT_BELOW)
        right = px(404 if compact else 484)
        room = QRectF(self.rect()).adjusted(16, 8, -16, -16)
        self._paint_left(painter, QRectF(room.left(), room.top(), room.width() - right - 16, room.height()))
        self._paint_right(painter, QRectF(room.right() - right, room.top(), right, room.height()))
        painter.end()

    def _paint_left(self, painter: QPainter, room: QRectF) -> None:
        px = look().px
        field = QRectF(room.left(), room.top(), room.width(), px(60))
        paint_ground(painter, field, look().colour(Token.KERTAS), look().colour(Token.GARIS_KUAT), 14)
        painter.drawPixmap(QPointF(field.left() + px(18), field.center().y() - px(13)), icon("scan-barcode", Token.TINTA2, px(26)))
        painter.setPen(look().colour(Token.TINTA3))
        painter.setFont(look().font(Role.SUB, 400))
        painter.drawText(field.adjusted(px(54), 0, 0, 0), LEFT, tr("Pindai atau cari barang"))
        top = field.bottom() + px(12) + px(48) + px(12)
        bottom = room.bottom() - px(68) - px(12)
        columns = max(1, int((room.width() + 10) // (px(174) + 10)))
        rows = max(1, int((bottom - top + 10) // (px(150) + 10)))
        width, height = (room.width() - 10 * (columns - 1)) / columns, (bottom - top - 10 * (rows - 1)) / rows
        for place in range(columns * rows):
            row, column = divmod(place, columns)
            tile = QRectF(room.left() + column * (width + 10), top + row * (height + 10), width, height)
            paint_ground(painter, tile, look().colour(Token.KERTAS), look().colour(Token.GARIS), 14, 1.0)

    def _paint_right(self, painter: QPainter, room: QRectF) -> None:
        px = look().px
        block_height = px(252)
        card = QRectF(room.left(), room.top(), room.width(), room.height() - block_height - px(6) - 9)
        painter.save()
        painter.setClipRect(card)
        paint_ground(painter, card.adjusted(0, 0, 0, 20), look().colour(Token.KERTAS), look().colour(Token.GARIS), 16, 1.0)
        painter.restore()
        teeth = [point + QPointF(card.left(), card.bottom()) for point in torn_line(card.width(), 0.5, 8, 12)]
        painter.setPen(look().colour(Token.KERTAS))
        painter.setBrush(look().colour(Token.KERTAS))
        painter.drawPolygon(QPolygonF([card.bottomLeft(), *teeth, card.bottomRight()]))
        block = QRectF(room.left(), room.bottom() - block_height, room.width(), block_height)
        paint_ground(painter, block, look().colour(Token.DAUN_TUA), None, 16)
        painter.setFont(look().font(Role.SUB, 800))
        painter.setPen(look().colour(Token.DI_TUA))
        painter.drawText(QRectF(block.left() + 20, block.top() + 12, 200, px(26)), LEFT, tr("TOTAL"))
        painter.setFont(look().font(Role.BACA, 400))
        painter.setPen(look().colour(Token.DI_TUA2))
        painter.drawText(QRectF(block.left(), block.top() + 12, block.width() - 20, px(26)), RIGHT, tr("Membuka toko…"))
