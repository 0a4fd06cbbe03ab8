"""Goods as tiles, most sold first, a page at a time. Owns paging and painting; what a tap does is the screen's.

A tile is a button of its own, so that the keyboard, a finger and a screen reader find it. Only a page of tiles exists, however many
goods the shop has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.domain.money import format_rupiah
from pos.services.views import GoodsHit
from pos.ui.language import tr
from pos.ui.sale.words import minus_figure, size_text, spoken_hit
from pos.ui.theme.look import look
from pos.ui.theme.pictures import drawing, goods_ground, has_drawing, monogram, paint_photo
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import settle
from pos.ui.widgets.painting import CENTRE, LEFT, RIGHT, paint_focus, painter_on, text_width

GAP: Final = 10
_LEAST_WIDTH: Final = 174
_HEIGHT: Final = 146
_PADDING: Final = 12
_TIGHT: Final = 0.93
_RADIUS: Final = 14

Fetch: TypeAlias = Callable[[int, int], list[GoodsHit]]
"""(limit, offset) -> hits, most sold first."""


class GoodsTile(QAbstractButton):
    """One good: its drawing on its category's ground, what a tap sells, its price, and how much of it is on the counter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hit: GoodsHit | None = None
        self._badge = ""
        settle(self)

    def show_hit(self, hit: GoodsHit, badge: str) -> None:
        """Show a good, and `5×` in its corner when five are on the counter."""
        if hit == self.hit and badge == self._badge:
            return
        self.hit, self._badge = hit, badge
        self.setText(hit.name)
        self.setAccessibleName(hit.name)
        self.setAccessibleDescription(spoken_hit(hit) + (f", {badge}" if badge else ""))
        self.setToolTip(hit.name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(_LEAST_WIDTH), look().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        hit = self.hit
        if hit is None:
            return
        painter = painter_on(self)
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground_height = card.height() - _words_height()
        ground, ink = goods_ground(hit.category, hit.drawing)
        self._paint_card(painter, card, ground, ground_height)
        self._paint_picture(painter, hit, ground_height, ink)
        self._paint_size(painter, hit, ground_height, ink)
        self._paint_badge(painter)
        self._paint_words(painter, hit, ground_height)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), _RADIUS)
        painter.end()

    def _paint_card(self, painter: QPainter, card: QRectF, ground: QColor, ground_height: float) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(card, _RADIUS, _RADIUS)
        painter.fillPath(shape, look().colour(Token.TEKAN if self.isDown() else Token.KERTAS))
        painter.save()
        painter.setClipRect(QRectF(card.left(), card.top(), card.width(), ground_height))
        painter.fillPath(shape, ground.darker(108) if self.isDown() else ground)
        painter.restore()
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawPath(shape)

    def _paint_picture(self, painter: QPainter, hit: GoodsHit, ground_height: float, ink: QColor) -> None:
        side = round(min(ground_height - 6, self.width() * 0.44))
        left = look().px(_PADDING)
        if paint_photo(painter, QRectF(left, (ground_height - side) / 2 + 1, side, side), hit.drawing, 10):
            return
        if has_drawing(hit.drawing):
            painter.drawPixmap(QPointF(left, (ground_height - side) / 2 + 1), drawing(hit.drawing, side))
            return
        painter.setFont(look().font(Role.ANGKA, 800))
        painter.setPen(ink)
        painter.drawText(QRectF(left + 2, 0, side + 20, ground_height), LEFT, monogram(hit.name))

    def _paint_size(self, painter: QPainter, hit: GoodsHit, ground_height: float, ink: QColor) -> None:
        font = look().font(Role.BACA, 600)
        painter.setFont(font)
        painter.setPen(ink)
        room = QRectF(look().px(84), ground_height - look().px(31), self.width() - look().px(84 + 10), look().px(28))
        text = QFontMetrics(font).elidedText(size_text(hit), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, RIGHT, text)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._badge:
            return
        font = look().font(Role.BACA, 800)
        height = look().px(32)
        width = max(height + 8.0, text_width(self._badge, font) + 2 * look().px(11))
        badge = QRectF(self.width() - width - 7, 7, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(Token.DAUN))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look().colour(Token.DI_DAUN))
        painter.drawText(badge, CENTRE, self._badge)

    def _paint_words(self, painter: QPainter, hit: GoodsHit, top: float) -> None:
        left, room = look().px(_PADDING), self.width() - 2 * look().px(_PADDING)
        font = look().font(Role.BACA, 600)
        lines = two_lines(hit.name, hit.size, QFontMetrics(font), room)
        line_height = QFontMetricsF(font).height() * _TIGHT
        price_font = look().font(Role.SUB, 800)
        price_height = QFontMetricsF(price_font).height()
        height = self.height() - top
        block = line_height * len(lines) + price_height
        y = top + (height - block) / 2 - 1
        painter.setFont(font)
        painter.setPen(look().colour(Token.TINTA))
        for line in lines:
            painter.drawText(QRectF(left, y, room, line_height), LEFT | Qt.TextFlag.TextDontClip, line)
            y += line_height
        painter.setFont(price_font)
        price = format_rupiah(hit.price)
        painter.drawText(QRectF(left, y, room, price_height), LEFT, price)
        self._paint_minus(painter, hit, QRectF(left, y, room, price_height), text_width(price, price_font) + look().px(8))

    def _paint_minus(self, painter: QPainter, hit: GoodsHit, row: QRectF, taken: float) -> None:
        """More was sold than the till knew of: said beside the price, in words where there is room for them."""
        if hit.on_hand >= 0:
            return
        font = look().font(Role.BACA, 600)
        figure = minus_figure(hit)
        text = next((text for text in (tr("stok {figure}", figure=figure), figure) if taken + text_width(text, font) <= row.width()), "")
        painter.setFont(font)
        painter.setPen(look().colour(Token.BATA_TEKS))
        painter.drawText(row, RIGHT, text)


def _words_height() -> float:
    """Room for two lines of a name and the price."""
    return 2 * _TIGHT * QFontMetricsF(look().font(Role.BACA, 600)).height() + QFontMetricsF(look().font(Role.SUB, 800)).height() + 4


def two_lines(name: str, size: str, metrics: QFontMetrics, room: int) -> list[str]:
    """A name in one line, else in two, else the second elided in its middle so that its last word (often the size) stays.

    The size is said beside the drawing already: it is left out of a name that ends in it when the name would not fit.
    """
    if metrics.horizontalAdvance(name) <= room:
        return [name]
    if size and name.endswith(size) and len(name) > len(size) + 1:
        name = name.removesuffix(size).rstrip(" ,-(")
        if metrics.horizontalAdvance(name) <= room:
            return [name]
    words = name.split()
    first = words[0]
    taken = 1
    while taken < len(words) and metrics.horizontalAdvance(f"{first} {words[taken]}") <= room:
        first = f"{first} {words[taken]}"
        taken += 1
    rest = " ".join(words[taken:])
    first = metrics.elidedText(first, Qt.TextElideMode.ElideMiddle, room)
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideMiddle, room)] if rest else [first]


class TileGrid(QWidget):
    """As many tiles as fit, and further pages.

    Signals:
        tapped(GoodsHit): this good is wanted.
        paged(int, int): page shown, from 0, and how many there are.
    """

    tapped = Signal(object)
    paged = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fetch: Fetch = lambda limit, offset: []
        self._total = 0
        self._page = 0
        self._tiles: list[GoodsTile] = []
        self._badges: Mapping[str, str] = {}
        self._wheel = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look().changed.connect(self._arrange)

    @property
    def columns(self) -> int:
        return max(1, (self.width() + GAP) // (look().px(_LEAST_WIDTH) + GAP))

    @property
    def rows(self) -> int:
        return max(1, (self.height() + GAP) // (look().px(_HEIGHT) + GAP))

    @property
    def pages(self) -> int:
        return max(1, -(-self._total // (self.columns * self.rows)))

    @property
    def page(self) -> int:
        return self._page

    def tiles(self) -> list[GoodsTile]:
        """The tiles that show a good now, in reading order."""
        return [tile for tile in self._tiles if tile.hit is not None and not tile.isHidden()]

    def use(self, fetch: Fetch, total: int, page: int = 0) -> None:
        """Show goods from another source, `total` of them."""
        self._fetch, self._total, self._page = fetch, total, page
        self._arrange()

    def turn(self, step: int) -> None:
        """Pages further (1) or back (-1), stopping at both ends."""
        page = max(0, min(self.pages - 1, self._page + step))
        if page != self._page:
            self._page = page
            self._fill()

    def show_badges(self, badges: Mapping[str, str]) -> None:
        """How much of each unit is on the counter."""
        self._badges = badges
        for tile in self.tiles():
            if tile.hit is not None:
                tile.show_hit(tile.hit, badges.get(tile.hit.unit_uid, ""))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * look().px(_LEAST_WIDTH) + GAP, look().px(_HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(4 * look().px(_LEAST_WIDTH) + 3 * GAP, 3 * look().px(_HEIGHT) + 2 * GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        if abs(self._wheel) >= 120:
            self.turn(-1 if self._wheel > 0 else 1)
            self._wheel = 0
        event.accept()

    def _arrange(self) -> None:
        if self.width() < look().px(_LEAST_WIDTH) or self.height() <= 0:
            return
        columns, rows = self.columns, self.rows
        self._make(columns * rows)
        width = (self.width() - GAP * (columns - 1)) / columns
        height = (self.height() - GAP * (rows - 1)) / rows
        for place, tile in enumerate(self._tiles):
            row, column = divmod(place, columns)
            left, top = column * (width + GAP), row * (height + GAP)
            tile.setGeometry(round(left), round(top), round(left + width) - round(left), round(top + height) - round(top))
        self._page = min(self._page, self.pages - 1)
        self._fill()

    def _make(self, how_many: int) -> None:
        while len(self._tiles) < how_many:
            tile = GoodsTile(self)
            tile.clicked.connect(self._clicked)
            self._tiles.append(tile)
        for tile in self._tiles[how_many:]:
            tile.hide()
            tile.deleteLater()
        del self._tiles[how_many:]

    def _fill(self) -> None:
        per_page = len(self._tiles)
        hits = self._fetch(per_page, self._page * per_page) if per_page else []
        for place, tile in enumerate(self._tiles):
            if place < len(hits):
                tile.show_hit(hits[place], self._badges.get(hits[place].unit_uid, ""))
            else:
                tile.hit = None
            tile.setVisible(place < len(hits))
        self.paged.emit(self._page, self.pages)

    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, GoodsTile) and tile.hit is not None:
            self.tapped.emit(tile.hit)
