"""The window and the sale screen before anything is known: their shapes painted flat, so that they are there at once. Owns nothing.

What stands here is all that the first paint needs: no widget, no sign, and none of their modules.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import torn_line
from pos.ui.widgets.painting import LEFT, RIGHT, paint_ground, painter_on

RAIL_WIDTH: Final = 96
HEADER_HEIGHT: Final = 64
_COMPACT_BELOW: Final = 1080


def paint_window(window: QWidget, folded: bool) -> None:
    """The whole window: the rail's ground unless it is folded away, the name of the program, the sale screen below."""
    painter = painter_on(window)
    px = look().px
    whole = QRectF(window.rect())
    left = 0 if folded else px(RAIL_WIDTH)
    painter.fillRect(QRectF(0, 0, left, whole.height()), look().colour(Token.REL))
    painter.setPen(look().colour(Token.TINTA))
    painter.setFont(look().font(Role.SUB, 800))
    painter.drawText(QRectF(left + 20, 0, whole.width() - left - 20, px(HEADER_HEIGHT)), LEFT, "e-Peken")
    _paint_sale(painter, whole.adjusted(left, px(HEADER_HEIGHT), 0, 0))
    painter.end()


class SaleSkeleton(QWidget):
    """The sale screen's shapes as a page, for when the shop is opened once more."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        _paint_sale(painter, QRectF(self.rect()))
        painter.end()


def _paint_sale(painter: QPainter, whole: QRectF) -> None:
    px = look().px
    right = px(404 if whole.width() < px(_COMPACT_BELOW) else 484)
    room = whole.adjusted(16, 8, -16, -16)
    _paint_left(painter, QRectF(room.left(), room.top(), room.width() - right - 16, room.height()))
    _paint_right(painter, QRectF(room.right() - right, room.top(), right, room.height()))


def _paint_left(painter: QPainter, room: QRectF) -> None:
    px = look().px
    field = QRectF(room.left(), room.top(), room.width(), px(60))
    paint_ground(painter, field, look().colour(Token.KERTAS), look().colour(Token.GARIS_KUAT), 14)
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


def _paint_right(painter: QPainter, room: QRectF) -> None:
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
