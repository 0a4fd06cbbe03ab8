"""One of two goods that may be one: all by which they are told apart, on a card that can be chosen as the one that stays. Reads values."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos.domain.product import Product
from pos.ui.goods import words
from pos.ui.goods.delegate import code_text
from pos.ui.goods.stock_words import ladder_text
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon, paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.choosing import tell_choice
from pos.ui.widgets.painting import LEFT, elide_middle, paint_focus, paint_ground, painter_on


@dataclass(frozen=True, slots=True)
class Side:
    """A product with what is on the shelf (base units) and its photo."""

    product: Product
    on_hand: int
    photo: str = ""


class SideCard(QAbstractButton):
    """A card; checked, it is the one that stays."""

    def __init__(self) -> None:
        super().__init__()
        self._side: Side | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def tell(self, side: Side) -> None:
        """Another product."""
        self._side = side
        self.setText(side.product.name)
        self.setAccessibleName(side.product.name)
        self.setAccessibleDescription(". ".join(f"{head} {said}" for head, said in self.lines()))
        self.update()

    def lines(self) -> list[tuple[str, str]]:
        """(what, how) of everything that tells two products apart."""
        side = self._side
        if side is None:
            return []
        product = side.product
        said = [(tr("Jenis"), words.kind_texts(product)[0]), (tr("Stok"), ladder_text(product, side.on_hand))]
        said += [(unit.name, words.price_text(unit)) for unit in product.units]
        codes = [code_text(code.code) for unit in product.units for code in unit.barcodes]
        said += [(tr("Barcode"), code) for code in codes] or [(tr("Barcode"), tr("tanpa barcode"))]
        return [*said, (tr("Online"), tr("Dijual online") if product.listed_online else tr("Belum online"))]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        tell_choice(self)

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(380))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(230), look().px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        ground = look().colour(Token.DAUN_MUDA if on else Token.KERTAS)
        paint_ground(painter, rect, ground, look().colour(Token.DAUN if on else Token.GARIS_KUAT), 16, 2.6 if on else 1.4)
        if self._side is not None:
            self._paint_head(painter, rect, self._side, on)
            self._paint_lines(painter, rect)
        if self.hasFocus():
            paint_focus(painter, rect, 16)
        painter.end()

    def _paint_head(self, painter: QPainter, rect: QRectF, side: Side, on: bool) -> None:
        px, product = look().px, side.product
        picture = QRectF(px(16), px(16), px(72), px(72))
        paint_goods(painter, picture, product.name, product.category, side.photo or product.drawing, 12)
        room = QRectF(picture.right() + px(12), px(14), rect.width() - picture.right() - px(26), px(50))
        painter.setFont(look().font(Role.BACA, 700))
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, product.name)
        stays = QRectF(room.left(), px(64), room.width(), px(26))
        if on:
            painter.drawPixmap(stays.topLeft(), icon("circle-check", Token.DAUN_TEKS, px(24)))
        font = look().font(Role.BACA, 600)
        painter.setFont(font)
        painter.setPen(look().colour(Token.DAUN_TEKS if on else Token.TINTA2))
        words_room = stays.adjusted(px(30) if on else 0, 0, 0, 0)
        said = tr("Yang tetap ada") if on else tr("Digabung ke sebelah")
        painter.drawText(words_room, LEFT, elide_middle(said, font, words_room.width()))

    def _paint_lines(self, painter: QPainter, rect: QRectF) -> None:
        px = look().px
        top, height = px(102), px(30)
        fits = max(1, int((rect.height() - top - px(10)) // height))
        lines = self.lines()
        shown = lines if len(lines) <= fits else [*lines[: fits - 1], ("", tr("{n} lagi", n=len(lines) - fits + 1))]
        head_room = px(96)
        head, plain = look().font(Role.BACA, 400), look().font(Role.BACA, 600)
        for place, (what, how) in enumerate(shown):
            line = QRectF(px(16), top + place * height, rect.width() - px(32), height)
            painter.setFont(head)
            painter.setPen(look().colour(Token.TINTA2))
            painter.drawText(line, LEFT, elide_middle(what, head, head_room - px(8)))
            painter.setFont(plain)
            painter.setPen(look().colour(Token.TINTA))
            painter.drawText(line.adjusted(head_room, 0, 0, 0), LEFT, elide_middle(how, plain, line.width() - head_room))
