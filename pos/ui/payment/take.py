"""Which notes and coins go back, painted as they lie in the drawer; and the bar that says how long KEMBALI still stays. Own no sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.change_maker import ChangePlan
from pos.domain.money import NOTES, Rupiah, format_figure, format_rupiah
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import note
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.notes import paint_coin
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT, paint_ground, painter_on, text_width

_GAP: Final = 10
_NOTE_HEIGHT: Final = 78
_FEW: Final = 20
"""So many of a coin, or fewer, are worth saying how many are left."""


class NotesToTake(QWidget):
    """Notes and coins from the drawer, two in a row, largest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[tuple[Rupiah, int]] = []
        self._rest: Rupiah = 0
        self._left: Mapping[Rupiah, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_plan(self, plan: ChangePlan, held: Mapping[Rupiah, int] | None = None) -> None:
        """Another amount to give back; `held`: what the drawer probably holds before it, None where nobody knows."""
        self._pieces, self._rest = list(plan.notes.items()), plan.shortfall
        self._left = {piece: held.get(piece, 0) - count for piece, count in self._pieces} if held is not None else {}
        said = [f"{count}× {format_rupiah(piece)}" for piece, count in self._pieces]
        self.setAccessibleName(tr("Ambil dari laci"))
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(96))

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(250))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pieces and not self._rest:
            return
        painter = painter_on(self)
        cells = len(self._pieces) + (1 if self._rest else 0)
        rows = -(-cells // 2)
        width = (self.width() - _GAP) / 2
        height = min(look().px(_NOTE_HEIGHT), (self.height() - _GAP * (rows - 1)) / rows)
        for place in range(cells):
            row, column = divmod(place, 2)
            wide = self.width() if place == cells - 1 and not column and cells > 1 else width
            cell = QRectF(column * (width + _GAP), row * (height + _GAP), wide, height)
            if place < len(self._pieces):
                self._paint_piece(painter, cell, *self._pieces[place])
            else:
                self._paint_rest(painter, cell)
        painter.end()

    def _paint_piece(self, painter: QPainter, cell: QRectF, piece: Rupiah, count: int) -> None:
        if piece in NOTES:
            painter.drawPixmap(cell.topLeft(), note(piece, round(cell.width()), round(cell.height())))
            self._paint_count(painter, QPointF(cell.right() - look().px(32), cell.center().y()), count)
            return
        paint_ground(painter, cell, look().colour(Token.TUA_BTN), None, 12)
        side = min(look().px(48), cell.height() - 8)
        paint_coin(painter, QRectF(cell.left() + look().px(12), cell.center().y() - side / 2, side, side), format_figure(piece))
        x = cell.left() + look().px(24) + side
        left = self._left.get(piece)
        if left is None or left > _FEW or cell.width() < look().px(300):
            painter.setFont(look().font(Role.BACA, 600))
            painter.setPen(look().colour(Token.DI_TUA))
            painter.drawText(QRectF(x, cell.top(), cell.width(), cell.height()), LEFT, tr("koin"))
            self._paint_count(painter, QPointF(cell.right() - look().px(32), cell.center().y()), count)
            return
        painter.setFont(look().font(Role.BACA, 700))
        painter.setPen(look().colour(Token.DI_TUA))
        painter.drawText(
            QRectF(x, cell.top(), cell.width(), cell.height()), LEFT, tr("{n}× koin {figure}", n=count, figure=format_figure(piece))
        )
        painter.setFont(look().font(Role.BACA, 400))
        painter.setPen(look().colour(Token.DI_TUA2))
        room = cell.adjusted(0, 0, -look().px(16), 0)
        painter.drawText(room, RIGHT, tr("sisa {n} di laci", n=max(0, left)))

    def _paint_count(self, painter: QPainter, centre: QPointF, count: int) -> None:
        text, font = f"{count}×", look().font(Role.BACA, 800)
        height = look().px(36)
        width = max(look().px(44), text_width(text, font) + look().px(20))
        pill = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        paint_ground(painter, pill, look().colour(Token.PUTIH), None, height / 2)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(pill, CENTRE, text)

    def _paint_rest(self, painter: QPainter, cell: QRectF) -> None:
        paint_ground(painter, cell, look().colour(Token.TUA_BTN), None, 12)
        painter.setFont(look().font(Role.BACA, 600))
        painter.setPen(look().colour(Token.KUNYIT))
        words = tr("{amount} tanpa koin", amount=format_rupiah(self._rest))
        painter.drawText(cell.adjusted(12, 0, -8, 0), LEFT | Qt.TextFlag.TextWordWrap, words)


class ShrinkingBar(QWidget):
    """Six pixels that shorten once a second: how long KEMBALI still stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """0 shows nothing."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share <= 0:
            return
        painter = painter_on(self)
        paint_ground(painter, QRectF(0, 0, self.width(), 6), look().colour(Token.TUA_BTN), None, 3)
        paint_ground(painter, QRectF(0, 0, self.width() * self._share, 6), look().colour(Token.KUNYIT), None, 3)
        painter.end()
