"""The ring that tells how much time is left: its arc, its figure, its unit. Owns no clock; it is repainted when it is told to."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.painting import CENTRE, painter_on


class Ring(QWidget):
    """A deadline: `share` of the time that is left as an arc from the top, clockwise; figure and unit inside."""

    def __init__(self, side: int = 58, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._share, self._figure, self._unit, self._token = 0.0, "", "", Token.DAUN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, share: float, figure: str, unit: str, token: Token = Token.DAUN, spoken: str = "") -> None:
        """Show another state. `token`: DAUN calm, KUNYIT soon, BATA late. `spoken`: the whole for the screen reader and the tip."""
        self._share, self._figure, self._unit, self._token = min(1.0, max(0.0, share)), figure, unit, token
        self.setAccessibleName(spoken or f"{figure} {unit}")
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(self._side), look().px(self._side))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        side, thick = float(min(self.width(), self.height())), self.width() * 0.1
        rect = QRectF(thick / 2 + 0.5, thick / 2 + 0.5, side - thick - 1, side - thick - 1)
        painter.setPen(QPen(look().colour(Token.TEKAN), thick))
        painter.drawEllipse(rect)
        if self._share > 0:
            pen = QPen(look().colour(self._token), thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(rect, 90 * 16, -round(self._share * 360 * 16))
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(look().exact_font(round(side * 0.345), 800))
        painter.drawText(QRectF(0, side * 0.17, side, side * 0.38), CENTRE, self._figure)
        painter.setFont(look().exact_font(round(side * 0.276), 500))
        painter.drawText(QRectF(0, side * 0.48, side, side * 0.32), CENTRE, self._unit)
        painter.end()
