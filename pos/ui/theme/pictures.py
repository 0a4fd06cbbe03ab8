"""Icons, drawings, banknotes and the awning as pixmaps, rendered once a size, theme and pixel ratio. Owns the cache; draws no widget.

Sizes are device-independent pixels as they are to be seen: whoever asks has scaled them with `look().px` already.
"""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Final, TypeAlias

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage, QPainter, QPainterPath, QPen, QPixmap

from pos.domain.category import tile_colour
from pos.domain.money import Rupiah, format_figure
from pos.resources import resource_path
from pos.services.goods_views import PHOTO
from pos.ui.theme.look import look
from pos.ui.theme.tokens import NOTES, TILE_COLOURS, Token

MOST_KEPT: Final = 800
"""Pixmaps kept; the one not asked for longest goes first."""
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="{width}" '
    'stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)
_PASSING: Final = "~"
_VOWELS: Final = frozenset("aeiouAEIOU")

Photos: TypeAlias = Callable[[str], bytes | None]
"""A photo's bytes by its name; None for one that is not there any more."""


class _Shop:
    """Where the shop's own photos come from: none until a shop is open."""

    photos: Photos = staticmethod(lambda name: None)
    passing = b""


_cache: OrderedDict[Hashable, QPixmap] = OrderedDict()


class UnknownPicture(LookupError):
    """No bundled icon or drawing has this name: a slip in the code, never of the person at the till."""


def icon(name: str, token: Token, px: int) -> QPixmap:
    """A Lucide icon in one colour. Raises UnknownPicture for a name that is not bundled."""
    return tinted(name, look().colour(token), px)


def tinted(name: str, colour: QColor, px: int) -> QPixmap:
    """A Lucide icon in any colour. Raises UnknownPicture."""
    body = icons().get(name)
    if body is None:
        raise UnknownPicture(f"no icon {name!r} in resources/icons/lucide.json")
    shade = colour.name()
    svg = _SVG.format(colour=shade, width="2.3" if px <= 20 else "2", body=body)
    return _kept(("icon", name, shade, px), px, px, lambda painter: _render(painter, svg.encode(), px))


@lru_cache(maxsize=1)
def icons() -> dict[str, str]:
    """Name -> SVG body of every bundled icon."""
    found: dict[str, str] = json.loads(resource_path("icons", "lucide.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=256)
def has_drawing(name: str) -> bool:
    """Whether there is a bundled drawing of this name."""
    return name.isidentifier() and resource_path("drawings", f"{name}.svg").is_file()


def drawing(name: str, px: int) -> QPixmap:
    """A drawing in a square of `px`. Raises UnknownPicture for a name that is not bundled."""
    if not has_drawing(name):
        raise UnknownPicture(f"no drawing {name!r} in resources/drawings")
    return _kept(("drawing", name, px), px, px, lambda painter: _render(painter, resource_path("drawings", f"{name}.svg").read_bytes(), px))


def photos_from(photos: Photos) -> None:
    """From where photos are read when they are first painted."""
    _Shop.photos = staticmethod(photos)


def show_once(data: bytes) -> str:
    """A photo that is not stored yet: the name under which it can be painted until another one is shown so."""
    _Shop.passing = data
    return f"{PHOTO}{_PASSING}{zlib.crc32(data):08x}"


def is_photo(name: str) -> bool:
    """Whether a picture's name is a photo's, and no drawing's."""
    return name.startswith(PHOTO)


def photo(name: str, width: int, height: int) -> QPixmap | None:
    """A photo that fills a rectangle, what stands over it cut off; None when it is not there any more or cannot be read."""
    key = ("photo", name, width, height)
    image = QImage() if _is_kept(key) else QImage.fromData(_bytes_of(name))
    if image.isNull() and not _is_kept(key):
        return None

    def paint(painter: QPainter) -> None:
        ratio = painter.device().devicePixelRatioF()
        size = QSize(round(width * ratio), round(height * ratio))
        full = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
        left, top = (full.width() - size.width()) // 2, (full.height() - size.height()) // 2
        painter.drawImage(QRectF(0, 0, width, height), full, QRectF(left, top, size.width(), size.height()))

    return _kept(key, width, height, paint)


def _bytes_of(name: str) -> bytes:
    key = name.removeprefix(PHOTO)
    return _Shop.passing if key.startswith(_PASSING) else _Shop.photos(key) or b""


def paint_photo(painter: QPainter, rect: QRectF, name: str, radius: float) -> bool:
    """A photo with rounded corners. False when there is none to paint."""
    pixmap = photo(name, max(1, round(rect.width())), max(1, round(rect.height()))) if is_photo(name) else None
    if pixmap is None:
        return False
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(rect.topLeft(), pixmap)
    painter.restore()
    return True


def goods_ground(category: str, drawing: str = "") -> tuple[QColor, QColor]:
    """Ground of a tile, and the text that can be read on it, in the theme in use."""
    ink = TILE_COLOURS[look().theme][tile_colour(category, drawing)]
    return QColor(ink.ground), QColor(ink.text)


@lru_cache(maxsize=2048)
def monogram(name: str) -> str:
    """Two letters for goods without a drawing: of two words their firsts (`Kerupuk soto` Ks), of one the first and the next consonant."""
    words = [letters for word in name.split() if (letters := "".join(sign for sign in word if sign.isalnum()))]
    if not words:
        return "?"
    first = words[0]
    if len(words) > 1:
        return first[0].upper() + words[1][0].lower()
    second = next((sign for sign in first[1:] if sign not in _VOWELS), first[1:2])
    return first[0].upper() + second.lower()


def paint_goods(painter: QPainter, rect: QRectF, name: str, category: str, drawing_name: str, radius: float) -> None:
    """The goods' photo, else the ground of their category with their drawing, or their monogram where there is none."""
    if paint_photo(painter, rect, drawing_name, radius):
        return
    ground, text = goods_ground(category, drawing_name)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)
    side = min(rect.width(), rect.height())
    if has_drawing(drawing_name):
        px = round(side * 0.86)
        painter.drawPixmap(round(rect.center().x() - px / 2), round(rect.center().y() - px / 2), drawing(drawing_name, px))
        return
    painter.setPen(text)
    painter.setFont(look().exact_font(max(11, round(side * 0.42)), 800))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, monogram(name))


def awning(width: int, height: int) -> QPixmap:
    """A shop's awning: stripes that end in scallops."""
    return _kept(("awning", look().theme, width, height), width, height, lambda painter: _paint_awning(painter, width, height))


def note(amount: Rupiah, width: int, height: int) -> QPixmap:
    """A banknote: its fill, an inner line, some arcs and its figure. Never a picture of the real one. Raises UnknownPicture."""
    if amount not in NOTES:
        raise UnknownPicture(f"no banknote of {amount}")
    return _kept(("note", amount, width, height), width, height, lambda painter: _paint_note(painter, amount, width, height))


def forget() -> None:
    """Drop every kept pixmap; they are rendered again when they are asked for."""
    _cache.clear()


def kept() -> int:
    """How many pixmaps are kept now."""
    return len(_cache)


def _is_kept(key: Hashable) -> bool:
    return (key, _ratio()) in _cache


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def _kept(key: Hashable, width: int, height: int, paint: Callable[[QPainter], None]) -> QPixmap:
    ratio = _ratio()
    full = (key, ratio)
    found = _cache.get(full)
    if found is not None:
        _cache.move_to_end(full)
        return found
    pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    _cache[full] = pixmap
    if len(_cache) > MOST_KEPT:
        _cache.popitem(last=False)
    return pixmap


def _render(painter: QPainter, svg: bytes, px: int) -> None:
    from PySide6.QtSvg import QSvgRenderer

    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, px, px))


def _paint_awning(painter: QPainter, width: int, height: int) -> None:
    stripe = max(8.0, height * 0.72)
    count = max(1, round(width / stripe))
    stripe = width / count
    painter.setPen(Qt.PenStyle.NoPen)
    for at in range(count):
        painter.setBrush(look().colour(Token.AWN1 if at % 2 == 0 else Token.AWN2))
        path = QPainterPath()
        radius = min(stripe / 2, height)
        path.addRect(QRectF(at * stripe, 0, stripe, height - radius))
        path.addEllipse(QRectF(at * stripe, height - 2 * radius, stripe, 2 * radius))
        path.setFillRule(Qt.FillRule.WindingFill)
        painter.drawPath(path)


def _paint_note(painter: QPainter, amount: Rupiah, width: int, height: int) -> None:
    colours = NOTES[amount]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.fill))
    painter.drawRoundedRect(QRectF(0, 0, width, height), 7, 7)
    line = QColor(colours.line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(0, 0, width, height), 7, 7)
    painter.setClipPath(clip)
    line.setAlphaF(0.5)
    painter.setPen(QPen(line, 1))
    for radius in (0.26, 0.38, 0.5):
        painter.drawEllipse(QRectF(width - height * radius, height / 2 - height * radius, 2 * height * radius, 2 * height * radius))
    line.setAlphaF(0.8)
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(QRectF(4.5, 4.5, width - 9, height - 9), 4, 4)
    painter.setPen(look().colour(Token.PUTIH))
    figure, px = format_figure(amount), max(14, round(height * 0.31))
    while px > 14 and QFontMetricsF(look().exact_font(px, 800)).horizontalAdvance(figure) > width - 20:
        px -= 1
    painter.setFont(look().exact_font(px, 800))
    painter.drawText(QRectF(11, 0, width - 13, height), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure)
