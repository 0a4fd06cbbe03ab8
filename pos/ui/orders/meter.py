"""Two gauges of the board: the e-Peken cap, and how much of an order is packed. Paint only; each says its figures in words too."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.money import Rupiah, format_rupiah, format_short
from pos.ui.language import tr
from pos.ui.orders.board import CAP_MARK, cap_share
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.bar import paint_bar
from pos.ui.widgets.painting import LEFT, RIGHT, paint_ground, painter_on, text_width

_BAR: Final = 14
_MOST_PIECES: Final = 8


class CapMeter(QWidget):
    """`Omzet e-Peken  Rp21,4 jt / Rp30 jt` over a bar with a mark where it gets tight. Hidden until the server has told a cap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = self._cap = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    def tell(self, used: Rupiah, cap: Rupiah) -> None:
        """Rupiah of this period, and the cap; a cap of 0 hides the meter."""
        self._used, self._cap = used, cap
        said = tr("Omzet e-Peken {used} dari {cap}", used=format_rupiah(used), cap=format_rupiah(cap))
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setVisible(cap > 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(50))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(230), look().px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        line = QRectF(0, 0, self.width(), look().px(27))
        share = cap_share(self._used, self._cap)
        self._paint_words(painter, line)
        bar = QRectF(0, line.bottom() + look().px(3), self.width(), look().px(_BAR))
        paint_bar(painter, bar, share, Token.DAUN if share < 1 else Token.BATA, mark=CAP_MARK)
        painter.end()

    def _paint_words(self, painter: QPainter, line: QRectF) -> None:
        used, cap = format_short(self._used), f" / {format_short(self._cap)}"
        bold, plain = look().font(Role.BACA, 700), look().font(Role.BACA, 400)
        right = line.adjusted(0, 0, -text_width(cap, plain), 0)
        room = right.width() - text_width(used, bold) - look().px(12)
        words = next((w for w in (tr("Omzet e-Peken"), tr("Omzet")) if text_width(w, look().font(Role.BACA)) <= room), "")
        painter.setFont(look().font(Role.BACA))
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(line, LEFT, words)
        painter.setFont(bold)
        painter.drawText(right, RIGHT, used)
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(line, RIGHT, cap)


class Pieces(QWidget):
    """How many of so many are packed: a piece each, or one bar where they would be too small. The words stand beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def tell(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(112 if self._total > 2 else 76), look().px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(48), look().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        height = look().px(12)
        pieces = self._total if 0 < self._total <= _MOST_PIECES else 1
        width = (self.width() - 4.0 * (pieces - 1)) / pieces
        for place in range(pieces):
            rect = QRectF(place * (width + 4), (self.height() - height) / 2, width, height)
            full = min(1.0, max(0.0, self._done * pieces / max(1, self._total) - place))
            paint_ground(painter, rect, look().colour(Token.TEKAN), None, 4)
            if full:
                paint_ground(painter, QRectF(rect.x(), rect.y(), rect.width() * full, height), look().colour(Token.NILA), None, 4)
        painter.end()
