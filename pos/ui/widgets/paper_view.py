"""Paper on the screen, dot for dot, torn off above and below. Owns how it is shown; what is on it comes as dots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QPolygonF
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.card import torn_line
from pos.ui.widgets.painting import mixed

if TYPE_CHECKING:
    from pos.ui.context import PaperPicture

_MARGIN: Final = 24
"""Blank paper beside the dots."""
_TEETH: Final = 9
_BEHIND: Final = 7
"""How far the flat paper behind it looks out."""


class _Sheet(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setFixedSize(1, 1)

    def set_picture(self, picture: PaperPicture | None) -> None:
        self._pixmap = QPixmap() if picture is None else _draw(picture)
        self.setFixedSize(self._pixmap.size() if picture is not None else QSize(1, 1))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.drawPixmap(event.rect(), self._pixmap, event.rect())
        painter.end()


class PaperView(QScrollArea):
    """A paper that can be scrolled. `set_picture(None)` shows none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self._picture: PaperPicture | None = None
        look().changed.connect(self._draw_again)

    @property
    def picture(self) -> PaperPicture | None:
        """What is shown."""
        return self._picture

    def set_picture(self, picture: PaperPicture | None) -> None:
        """Show a paper, from its top; None shows none."""
        self._picture = picture
        self._sheet.set_picture(picture)
        self.verticalScrollBar().setValue(0)

    def _draw_again(self) -> None:
        self._sheet.set_picture(self._picture)


def _draw(picture: PaperPicture) -> QPixmap:
    dots = QImage(picture.grey, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8)
    width, height = picture.width + 2 * _MARGIN, picture.height + 2 * (_TEETH + 8)
    pixmap = QPixmap(width + _BEHIND, height + _BEHIND)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    upper, lower = torn_line(width, _TEETH, 0, 12), torn_line(width, height - _TEETH, height, 12)
    sheet = QPolygonF([*upper, *reversed(lower)])
    ground = look().colour(Token.ALAS)
    painter.setBrush(mixed(ground, QColor("#000000" if not look().dark else "#FFFFFF"), 0.12))
    painter.drawPolygon(sheet.translated(QPointF(_BEHIND - 1, _BEHIND)))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawPolygon(sheet)
    painter.drawImage(QRectF(_MARGIN, _TEETH + 8, picture.width, picture.height), dots)
    painter.end()
    return pixmap
