"""A photo of goods, chosen as a file or pasted, made small: what is stored is a square's worth of JPEG. Touches no store.

`read_photo` is for a worker thread: a phone's photo takes half a second on an old machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter

from pos.domain.errors import ErrorCode, ShopError
from pos.services.goods_editing import MOST_PICTURE

KINDS: Final = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif")
SIDE: Final = 320
"""Pixels of its longer side: the largest that a screen of the till shows, twice."""
_MOST_FILE: Final = 40 * 1024 * 1024
_MOST_PIXELS: Final = 60_000_000
_QUALITIES: Final = (85, 70, 50, 30)


def read_photo(path: str) -> bytes:
    """A picture file as it is to be stored.

    Raises:
        ShopError: PICTURE_UNREADABLE; PICTURE_TOO_LARGE for more bytes or pixels than any camera makes.
    """
    try:
        size = Path(path).stat().st_size
    except OSError:
        raise ShopError(ErrorCode.PICTURE_UNREADABLE) from None
    if size > _MOST_FILE:
        raise ShopError(ErrorCode.PICTURE_TOO_LARGE)
    reader = QImageReader(path)
    # by its first bytes, not by its name
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid():
        if whole.width() * whole.height() > _MOST_PIXELS:
            raise ShopError(ErrorCode.PICTURE_TOO_LARGE)
        # twice the size is read and then made small: decoding whole would cost ten times as much
        reader.setScaledSize(whole.scaled(QSize(2 * SIDE, 2 * SIDE), Qt.AspectRatioMode.KeepAspectRatio).boundedTo(whole))
    image = reader.read()
    if image.isNull():
        raise ShopError(ErrorCode.PICTURE_UNREADABLE)
    return small_photo(image)


def small_photo(image: QImage) -> bytes:
    """A picture as it is to be stored. Raises ShopError PICTURE_UNREADABLE, PICTURE_TOO_LARGE."""
    if image.isNull():
        raise ShopError(ErrorCode.PICTURE_UNREADABLE)
    if max(image.width(), image.height()) > SIDE:
        image = image.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    # what is see-through would turn black in a JPEG
    flat.fill(QColor("#FFFFFF"))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    for quality in _QUALITIES:
        data = _jpeg(flat, quality)
        if 0 < len(data) <= MOST_PICTURE:
            return data
    raise ShopError(ErrorCode.PICTURE_TOO_LARGE)


def _jpeg(image: QImage, quality: int) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(image)
    buffer.close()
    return bytes(kept.data())
