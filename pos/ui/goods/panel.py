"""The chosen product: picture, ladder with prices, stock as it stands on the shelf, codes with what is known of them. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.product import Product, Unit
from pos.ui.goods import words
from pos.ui.goods.delegate import BAR_TOKENS, code_text
from pos.ui.goods.stock_words import bar_share, is_weighed, ladder_text, level, split_ladder
from pos.ui.language import tr
from pos.ui.shell.areas import scrolled
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.pictures import drawing, goods_ground, has_drawing, monogram, paint_photo
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.painting import CENTRE, LEFT, elide_middle, paint_ground, paint_pixmap, painter_on, text_width
from pos.ui.widgets.pill import TONES, StateBadge, paint_pill, pill_width
from pos.ui.widgets.text import ElidedText, Text

_HEAD: Final = 150
_MOST_CELLS: Final = 6


class GoodsPanel(Card):
    """One product, or the words that none is chosen.

    Signals:
        edit(str): uid of the product that is to be changed.
        card(str): uid of the product whose movements are to be seen.
    """

    edit = Signal(str)
    card = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.product_uid = ""
        self._head = _Head()
        self._inside = QWidget()
        self._scroll = scrolled(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = EmptyState("kosong_barang", "", px=112)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, look().px(8))
        box.setSpacing(0)
        box.addWidget(self._head)
        box.addWidget(self._scroll, 1)
        box.addWidget(self._none, 1)
        self._change = ActionButton("", "pencil", "Enter", Kind.SOFT, role=Role.BACA)
        on_click(self._change, lambda: self.edit.emit(self.product_uid))
        self._moved = self._change
        foot = QHBoxLayout()
        foot.setContentsMargins(look().px(16), look().px(6), look().px(16), look().px(6))
        foot.addWidget(self._change)
        box.addLayout(foot)
        self.tell(None, 0)

    def tell(self, product: Product | None, on_hand: int, photo: str = "") -> None:
        """Show a product with what is on the shelf (base units) and its photo; None shows none."""
        self.product_uid = product.uid if product else ""
        self._change.setText(tr("Ubah barang"))
        for part in (self._head, self._scroll, self._change):
            part.setVisible(product is not None)
        self._none.setVisible(product is None)
        self._none.set_words(tr("Pilih satu barang"), tr("Sentuh barangnya, atau pindai barcodenya."))
        if product is None:
            return
        self._head.tell(product, photo)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(look().px(18), look().px(14), look().px(18), look().px(10))
        box.setSpacing(look().px(8))
        self._fill(box, product, on_hand)
        box.addStretch(1)
        self._scroll.setWidget(self._inside)
        self.setTabOrder(self._moved, self._change)
        self._inside.setAutoFillBackground(False)

    def _fill(self, box: QVBoxLayout, product: Product, on_hand: int) -> None:
        if product.needs_review:
            box.addWidget(Notice("eye", tr("Perlu dilihat: barcode atau harganya belum pasti."), Tone.WAITING))
        if rule := words.rule_text(product):
            box.addWidget(Notice("info", rule, Tone.INFORMATION))
        box.addWidget(Text(tr("Satuan dan harga"), Role.SUB, Token.TINTA, 700))
        for depth, unit in enumerate(sorted(product.units, key=lambda unit: unit.factor)):
            box.addLayout(_rung(unit, product, min(depth, 2)))
        self._fill_stock(box, product, on_hand)
        self._fill_codes(box, product)

    def _fill_stock(self, box: QVBoxLayout, product: Product, on_hand: int) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, look().px(8), 0, 0)
        head.addWidget(Text(tr("Stok"), Role.SUB, Token.TINTA, 700))
        said = ElidedText(ladder_text(product, on_hand), Role.BACA, Token.TINTA, 600)
        said.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(said, 1)
        box.addLayout(head)
        sold = product.units[product.sell_unit]
        parts = split_ladder(on_hand, product.units)
        if len(product.units) > 1 and not is_weighed(sold.name) and on_hand > 0 and parts[0][1].factor > 1:
            box.addWidget(_Shelf(parts, product.units))
        else:
            bar = StockBar(thick=12)
            bar.set(bar_share(on_hand, sold.factor, product.min_stock), BAR_TOKENS[level(on_hand, product.min_stock)])
            box.addWidget(bar)
        moved = ActionButton(tr("Kartu stok"), "clipboard-list", kind=Kind.QUIET, role=Role.BACA)
        on_click(moved, lambda: self.card.emit(self.product_uid))
        box.addWidget(moved)
        self._moved = moved

    def _fill_codes(self, box: QVBoxLayout, product: Product) -> None:
        head = Text(tr("Barcode"), Role.SUB, Token.TINTA, 700)
        head.setContentsMargins(0, look().px(8), 0, 0)
        box.addWidget(head)
        codes = [(unit, code) for unit in product.units for code in unit.barcodes]
        if not codes:
            box.addWidget(Text(tr("tanpa barcode"), Role.BACA, Token.TINTA2, 400))
        for unit, code in codes:
            row = QHBoxLayout()
            row.setSpacing(look().px(8))
            said = QVBoxLayout()
            said.setSpacing(0)
            said.addWidget(ElidedText(code_text(code.code), Role.BACA, Token.TINTA, 500))
            if len(product.units) > 1:
                said.addWidget(ElidedText(unit.name, Role.BACA, Token.TINTA2, 400))
            row.addLayout(said, 1)
            verdict, tone = words.VERDICTS[code.verdict]
            row.addWidget(StateBadge("", tr(verdict), tone))
            box.addLayout(row)


class _Head(QWidget):
    """The product's ground with its drawing, name and whether e-Peken shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._product: Product | None = None
        self._photo = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, product: Product, photo: str) -> None:
        self._product, self._photo = product, photo
        self.setAccessibleName(f"{product.name}, {words.kind_texts(product)[0]}, {self._online()[1]}")
        self.setToolTip(product.name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(280), look().px(_HEAD))

    def _online(self) -> tuple[str, str, Token]:
        if self._product is not None and self._product.listed_online:
            return "globe", tr("Dijual online"), Token.DAUN_TEKS
        return "globe-off", tr("Belum online"), Token.TINTA2

    def paintEvent(self, event: QPaintEvent) -> None:
        product = self._product
        if product is None:
            return
        painter = painter_on(self)
        ground, ink = goods_ground(product.category, self._photo or product.drawing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, 30), 16, 16)
        painter.setClipRect(self.rect())
        painter.fillPath(shape, ground)
        side = look().px(112)
        left = look().px(14)
        if paint_photo(painter, QRectF(left, (self.height() - side) / 2, side, side), self._photo, 12):
            pass
        elif has_drawing(product.drawing):
            paint_pixmap(painter, drawing(product.drawing, side), QPointF(left + side / 2, self.height() / 2))
        else:
            painter.setPen(ink)
            painter.setFont(look().font(Role.ANGKA, 800, 46))
            painter.drawText(QRectF(left, 0, side, self.height()), CENTRE, monogram(product.name))
        painter.setPen(ink)
        self._paint_words(painter, product, left + side + look().px(14))
        painter.end()

    def _paint_words(self, painter: QPainter, product: Product, left: float) -> None:
        px = look().px
        room = self.width() - left - px(12)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        height = px(62)
        size = 24
        while size > 17:
            painter.setFont(look().font(Role.JUDUL, 700, size))
            wanted = painter.boundingRect(QRectF(0, 0, room, 400), wrap, product.name)
            if wanted.height() <= height and wanted.width() <= room:
                break
            size -= 1
        used = min(height, painter.boundingRect(QRectF(0, 0, room, 400), wrap, product.name).height())
        whole = used + px(30) + px(40)
        top = max(6.0, (self.height() - whole) / 2)
        painter.drawText(QRectF(left, top, room, used + 2), wrap, product.name)
        plain = look().font(Role.BACA, 500)
        painter.setFont(plain)
        kinds = words.kind_texts(product)
        kind = next((said for said in kinds if text_width(said, plain) <= room), kinds[-1])
        painter.drawText(QRectF(left, top + used, room, px(30)), LEFT, elide_middle(kind, plain, room))
        icon, text, token = self._online()
        pill = QRectF(left, top + used + px(32), min(room, pill_width(icon, text)), px(38))
        paint_pill(painter, pill, icon, text, look().colour(Token.KERTAS), token)


def _rung(unit: Unit, product: Product, depth: int) -> QHBoxLayout:
    """A rung of the ladder: deeper ones stand a little in, joined by an elbow."""
    row = QHBoxLayout()
    row.setSpacing(0)
    if depth:
        row.addWidget(_Elbow(depth))
    card = Card(token=Token.CEKUNG, radius=12)
    grid = QGridLayout(card)
    grid.setContentsMargins(look().px(12), look().px(7), look().px(12), look().px(7))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    grid.addWidget(ElidedText(unit.name, Role.BACA, Token.TINTA, 700), 0, 0)
    priced = words.retail_of(unit) is not None
    price = Text(words.price_text(unit), Role.SUB if priced else Role.BACA, Token.TINTA if priced else Token.TINTA2, 700 if priced else 400)
    grid.addWidget(price, 0, 1)
    below = [(words.rung_text(unit, product), Token.TINTA2), *((said, Token.KUNYIT_TEKS) for said in words.wholesale_texts(unit))]
    for line, (said, token) in enumerate(below, start=1):
        if said:
            grid.addWidget(ElidedText(said, Role.BACA, token, 500), line, 0, 1, 2)
    row.addWidget(card, 1)
    return row


class _Elbow(QWidget):
    """The line from a rung down to the larger one."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self._depth = depth
        self.setFixedWidth(look().px(26) * depth)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(QPen(look().colour(Token.GARIS_KUAT), 1.4))
        x = self.width() - look().px(14)
        middle = self.height() / 2
        painter.drawLine(QPointF(x, -8), QPointF(x, middle))
        painter.drawLine(QPointF(x, middle), QPointF(self.width(), middle))
        painter.end()


class _Shelf(QWidget):
    """Whole packs as boxes, and what is loose as a box that is partly full. The words above say the same."""

    def __init__(self, parts: Sequence[tuple[int, Unit]], units: Sequence[Unit]) -> None:
        super().__init__()
        self._whole, self._pack = parts[0]
        loose = parts[1:]
        self._loose = loose[0][0] if loose else 0
        held = sum(count * unit.factor for count, unit in loose)
        self._share = min(1.0, held / self._pack.factor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(look().px(46))

    def sizeHint(self) -> QSize:
        return QSize(look().px(260), look().px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        boxes = min(self._whole, _MOST_CELLS - 1 if self._loose else _MOST_CELLS)
        more = self._whole - boxes
        gap = look().px(5)
        width = (self.width() - gap * (_MOST_CELLS - 1)) / _MOST_CELLS
        for place in range(boxes):
            cell = QRectF(place * (width + gap), 0, width, self.height())
            paint_ground(painter, cell, look().colour(Token.DAUN), None, 8)
            if more and place == boxes - 1:
                painter.setPen(look().colour(Token.DI_DAUN))
                painter.setFont(look().font(Role.BACA, 700))
                painter.drawText(cell, CENTRE, f"+{more + 1}")
            else:
                paint_pixmap(painter, picture("package", Token.DI_DAUN, look().px(24)), cell.center())
        if self._loose:
            self._paint_loose(painter, QRectF(boxes * (width + gap), 0, width, self.height()))
        painter.end()

    def _paint_loose(self, painter: QPainter, cell: QRectF) -> None:
        paint_ground(painter, cell, look().colour(Token.TEKAN), None, 8)
        full = max(6.0, cell.height() * self._share)
        painter.save()
        painter.setClipRect(QRectF(cell.x(), cell.bottom() - full, cell.width(), full))
        paint_ground(painter, cell, look().colour(TONES[Tone.GOOD][0] if not look().dark else Token.DAUN_MUDA), None, 8)
        painter.restore()
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(look().font(Role.BACA, 700))
        painter.drawText(cell, CENTRE, str(self._loose))
