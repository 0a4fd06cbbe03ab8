"""A row of the goods list, painted: picture, name and code, price and wholesale, stock with its bar, whether e-Peken shows it.

Owns the places of the columns, which the head above the list shares. Reads a `GoodsRow`; asks no store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.money import format_figure, format_rupiah
from pos.domain.quantity import format_quantity
from pos.services.views import GoodsRow
from pos.ui.goods.model import ROW
from pos.ui.goods.stock_words import StockLevel, bar_share, is_weighed, level
from pos.ui.goods.ticks import BOX, Ticks
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon, paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.bar import paint_bar
from pos.ui.widgets.buttons import paint_check_box
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, text_width

Index = QModelIndex | QPersistentModelIndex

ROW_PX: Final = 73
_PICTURE: Final = 48
BAR_TOKENS: Final[Mapping[StockLevel, Token]] = {StockLevel.PLENTY: Token.DAUN, StockLevel.LOW: Token.KUNYIT, StockLevel.NONE: Token.BATA}
FIGURE_TOKENS: Final[Mapping[StockLevel, Token]] = {
    StockLevel.PLENTY: Token.TINTA,
    StockLevel.LOW: Token.KUNYIT_TEKS,
    StockLevel.NONE: Token.BATA_TEKS,
}
SIGNS: Final[Mapping[StockLevel, tuple[str, Token]]] = {
    StockLevel.LOW: ("triangle-alert", Token.KUNYIT_TEKS),
    StockLevel.NONE: ("circle-x", Token.BATA_TEKS),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Left and width of each column for a row of a width, in pixels."""

    picture: int
    name: tuple[int, int]
    price: tuple[int, int]
    stock: tuple[int, int]
    sign: int


def places(width: int, boxes: bool = False) -> Places:
    """Where things stand in a row: the name takes what the others leave. `boxes`: a box to tick stands before the picture."""
    px = look().px
    roomy = width >= px(700)
    sign = width - px(46 if roomy else 38)
    stock_width = px(150 if roomy else 136)
    stock_left = sign - px(14) - stock_width
    price_width = px(120)
    price_left = stock_left - px(34 if roomy else 20) - price_width
    left = px(BOX) if boxes else px(18)
    name_left = left + px(_PICTURE) + px(12)
    return Places(left, (name_left, price_left - px(12) - name_left), (price_left, price_width), (stock_left, stock_width), sign)


def code_text(code: str) -> str:
    """`8990000000115` -> `899 0000 00011 5`, as it stands under the bars; other codes as they are."""
    if len(code) == 13 and code.isascii() and code.isdigit():
        return f"{code[:3]} {code[3:7]} {code[7:12]} {code[12]}"
    return code


class GoodsDelegate(QStyledItemDelegate):
    """Paints rows of a `GoodsModel`; a page that is not read yet is a blank row."""

    def __init__(self, parent: QObject | None = None, ticks: Ticks | None = None) -> None:
        super().__init__(parent)
        self._ticks = Ticks() if ticks is None else ticks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if not isinstance(row, GoodsRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        _paint_ground(painter, rect, chosen, bool(state & QStyle.StateFlag.State_HasFocus))
        if self._ticks.choosing:
            side = look().px(28)
            box = QRectF(rect.x() + look().px(15), rect.y() + (rect.height() - side) / 2, side, side)
            paint_check_box(painter, box, row.product_uid in self._ticks)
        _RowPainter(painter, rect, row, chosen, self._ticks.choosing).paint()
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, chosen: bool, focus: bool) -> None:
    px = look().px
    if chosen:
        paint_ground(painter, QRectF(rect).adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
        paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
    else:
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawLine(rect.x() + px(78), rect.bottom(), rect.right() - px(16), rect.bottom())
    if focus and not chosen:
        paint_focus(painter, QRectF(rect).adjusted(4, 2, -4, -2), 10)


class _RowPainter:
    """One row while it is painted."""

    def __init__(self, painter: QPainter, rect: QRect, row: GoodsRow, chosen: bool, boxes: bool) -> None:
        self.painter = painter
        self.rect = rect
        self.row = row
        self.chosen = chosen
        self.places = places(rect.width(), boxes)
        self.half = look().px(26)
        self.top = rect.y() + (rect.height() - 2 * self.half) // 2

    def paint(self) -> None:
        side = look().px(_PICTURE)
        picture = QRectF(self.rect.x() + self.places.picture, self.rect.y() + (self.rect.height() - side) / 2, side, side)
        paint_goods(self.painter, picture, self.row.name, self.row.category, self.row.drawing, 10)
        self._name()
        self._price()
        self._stock()
        self._sign()

    def _cell(self, place: tuple[int, int], line: int) -> QRect:
        return QRect(self.rect.x() + place[0], self.top + line * self.half, place[1], self.half)

    def _say(self, place: QRect, text: str, token: Token, font: QFont, flags: Qt.AlignmentFlag) -> float:
        self.painter.setFont(font)
        self.painter.setPen(look().colour(token))
        self.painter.drawText(place, flags, elide_middle(text, font, place.width()))
        return text_width(text, font)

    def _name(self) -> None:
        row = self.row
        self._say(self._cell(self.places.name, 0), row.name, Token.TINTA, look().font(Role.BACA, 600), LEFT)
        plain = look().font(Role.BACA, 400)
        place = self._cell(self.places.name, 1)
        if row.wholesale is not None:
            # a long wholesale price reaches into this line: what stands here makes room
            reach = self.places.price[0] + self.places.price[1] - round(text_width(self._wholesale(row.wholesale), plain)) - look().px(12)
            place.setWidth(min(place.width(), reach - self.places.name[0]))
        if row.needs_review:
            side = look().px(20)
            self.painter.drawPixmap(place.x(), place.y() + (place.height() - side) // 2, icon("eye", Token.KUNYIT_TEKS, side))
            place.setLeft(place.x() + side + 6)
        if row.barcode:
            grouped = code_text(row.barcode)
            self._say(place, grouped if text_width(grouped, plain) <= place.width() else row.barcode, Token.TINTA2, plain, LEFT)
        elif is_weighed(row.unit_name):
            self._say(place, tr("timbang"), Token.TINTA2, plain, LEFT)
        else:
            self._say(place, tr("tanpa barcode"), Token.BATA_TEKS, plain, LEFT)

    def _price(self) -> None:
        row = self.row
        line = 0 if row.wholesale is not None else None
        price = self._cell(self.places.price, 0) if line == 0 else QRect(self._cell(self.places.price, 0).adjusted(0, 0, 0, self.half))
        self._amount(price, format_rupiah(row.price), look().font(Role.SUB, 700, 20), Token.TINTA)
        if row.wholesale is not None:
            token = Token.TINTA if self.chosen else Token.TINTA2
            self._amount(self._cell(self.places.price, 1), self._wholesale(row.wholesale), look().font(Role.BACA, 400), token)

    def _wholesale(self, amount: int) -> str:
        return tr("grosir {amount}", amount=format_figure(amount))

    def _amount(self, place: QRect, text: str, font: QFont, token: Token) -> None:
        """Right-aligned and never cut: a long one reaches into the name's slack."""
        wide = round(text_width(text, font)) + 2
        if wide > place.width():
            place = QRect(place.right() - wide, place.y(), wide, place.height())
        self.painter.setFont(font)
        self.painter.setPen(look().colour(token))
        self.painter.drawText(place, RIGHT, text)

    def _stock(self) -> None:
        row = self.row
        stock = level(row.on_hand, row.min_stock)
        place = self._cell(self.places.stock, 0)
        figure = format_quantity(row.on_hand, row.factor)
        wide = self._say(place, figure, FIGURE_TOKENS[stock], look().font(Role.SUB, 700, 20), LEFT)
        rest = place.adjusted(round(wide) + 6, 0, -look().px(28) if stock in SIGNS else 0, 0)
        self._say(rest, row.unit_name, Token.TINTA2, look().font(Role.BACA, 400), LEFT)
        if stock in SIGNS:
            name, token = SIGNS[stock]
            side = look().px(22)
            self.painter.drawPixmap(place.right() - side, place.y() + (place.height() - side) // 2, icon(name, token, side))
        below = self._cell(self.places.stock, 1)
        bar = QRectF(below.x(), below.y() + look().px(7), below.width(), look().px(10))
        paint_bar(self.painter, bar, bar_share(row.on_hand, row.factor, row.min_stock), BAR_TOKENS[stock])

    def _sign(self) -> None:
        side = look().px(26)
        name, token = ("globe", Token.DAUN_TEKS) if self.row.listed_online else ("globe-off", Token.TINTA3)
        top = self.rect.y() + (self.rect.height() - side) // 2
        self.painter.drawPixmap(self.rect.x() + self.places.sign, top, icon(name, token, side))
