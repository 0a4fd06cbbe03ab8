"""A QR code as it is shown to a phone: black on white in both themes, its modules on whole pixels, never smaller than 320 px.

Owns the picture; what is in it, and whether it was paid, is somebody else's.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import CENTRE, paint_ground, painter_on

LEAST: Final = 320
"""Pixels, quiet zone included: what a phone reads across a counter."""
QUIET: Final = 4
"""Modules of white round it (ISO/IEC 18004)."""


def qr_modules(text: str) -> list[list[bool]]:
    """The code's modules, quiet zone included; True is dark. Level M, as printed QRIS stickers have it."""
    # not at the top: qrcode brings Pillow, which no cash sale needs
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


class QrCode(QWidget):
    """The code, as large as its place allows. Over: greyed, with words across it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._over = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str, name: str) -> None:
        """Another code; an empty text shows none. `name` is what a screen reader says of it."""
        self._image = _image(qr_modules(text)) if text else None
        self._over = ""
        self.setAccessibleName(name)
        self.update()

    def set_over(self, words: str) -> None:
        """It is not good any more: grey it, and say why. Empty takes that back."""
        self._over = words
        self.update()

    def code_px(self) -> int:
        """Pixels of the code's side as it is painted now, quiet zone included; 0 without one."""
        return 0 if self._image is None else self._module() * self._image.width()

    def sizeHint(self) -> QSize:
        return QSize(LEAST + 20, LEAST + 20)

    def minimumSizeHint(self) -> QSize:
        side = LEAST if self._image is None else self._least() * self._image.width()
        return QSize(side + 12, side + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        if self._image is not None:
            side = self.code_px()
            centre = QRectF(self.rect()).center()
            square = QRectF(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)
            paint_ground(painter, square.adjusted(-6, -6, 6, 6), QColor("#FFFFFF"), look().colour(Token.GARIS_KUAT), 14, 1.0)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(square, self._image)
            if self._over:
                self._paint_over(painter, square)
        painter.end()

    def _module(self) -> int:
        """Whole pixels a module: as many as fit."""
        assert self._image is not None
        return max(self._least(), (min(self.width(), self.height()) - 12) // self._image.width())

    def _least(self) -> int:
        """So many that it is not smaller than a phone wants."""
        assert self._image is not None
        return -(-LEAST // self._image.width())

    def _paint_over(self, painter: QPainter, square: QRectF) -> None:
        veil = QColor("#FFFFFF")
        veil.setAlphaF(0.86)
        painter.fillRect(square, veil)
        painter.setPen(QColor("#8C1C14"))
        painter.setFont(look().font(Role.JUDUL, 800))
        painter.drawText(square.adjusted(24, 0, -24, 0), CENTRE | Qt.TextFlag.TextWordWrap, self._over)


def _image(modules: list[list[bool]]) -> QImage:
    image = QImage(len(modules[0]), len(modules), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    black = QColor("#000000").rgb()
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.setPixel(x, y, black)
    return image
