"""Bars: how much is on the shelf, how much of a limit is used. Own no number; the figure stands beside them in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.painting import painter_on


def paint_bar(painter: QPainter, rect: QRectF, share: float, token: Token, track: Token = Token.TEKAN, mark: float | None = None) -> None:
    """A rounded track with its filled part; `mark` (0..1) a red line across it."""
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(track))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(look().colour(token))
        width = max(rect.height(), rect.width() * min(1.0, share))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), width, rect.height()), radius, radius)
    if mark is not None:
        painter.fillRect(QRectF(rect.left() + rect.width() * mark - 1, rect.top() - 3, 2.4, rect.height() + 6), look().colour(Token.BATA))


class StockBar(QWidget):
    """How full: 10 px high, with a mark where a limit stands."""

    def __init__(self, parent: QWidget | None = None, thick: int = 10, track: Token = Token.TEKAN) -> None:
        super().__init__(parent)
        self._thick, self._track = thick, track
        self._share, self._token = 0.0, Token.DAUN
        self._mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, share: float, token: Token = Token.DAUN, mark: float | None = None) -> None:
        """0..1 of the track. `token`: DAUN plenty, KUNYIT low, BATA none. `mark` 0..1, None for none."""
        self._share, self._token, self._mark = share, token, mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(150), self._thick + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(40), self._thick + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_bar(
            painter,
            QRectF(0, (self.height() - self._thick) / 2, self.width(), self._thick),
            self._share,
            self._token,
            self._track,
            self._mark,
        )
        painter.end()
