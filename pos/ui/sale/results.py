"""Hits of the search as a list under the field: picture, whole name, what is left, price. Owns painting and the chosen row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.domain.money import format_rupiah
from pos.services.views import GoodsHit
from pos.ui.language import tr
from pos.ui.sale.words import size_text, spoken_hit, stock_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import paint_goods
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import RIGHT, elide_middle, text_width

_ROW: Final = 66
_PICTURE: Final = 48
_MARGIN: Final = 14

Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """The hits in the order of the search. DisplayRole is the name, UserRole the hit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: list[GoodsHit] = []

    def show(self, hits: list[GoodsHit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{spoken_hit(hit)}, {stock_text(hit)}"
        return hit if role == Qt.ItemDataRole.UserRole else None


class HitDelegate(QStyledItemDelegate):
    """Paints one hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, GoodsHit):
            return
        # here, because it brings hundreds of names that the first scan shall not wait for
        from PySide6.QtWidgets import QStyle

        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        row = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, row, chosen)
        margin, side = look().px(_MARGIN), look().px(_PICTURE)
        paint_goods(painter, QRectF(row.left() + margin, row.center().y() - side / 2, side, side), hit.name, hit.category, hit.drawing, 10)
        left = row.left() + margin + side + look().px(14)
        right = row.right() - margin
        price = format_rupiah(hit.price)
        price_font = look().font(Role.SUB, 800)
        price_width = text_width(price, price_font) + 4
        painter.setFont(price_font)
        painter.setPen(look().colour(Token.TINTA))
        painter.drawText(QRectF(right - price_width, row.top(), price_width, row.height()), RIGHT, price)
        self._paint_words(painter, hit, QRectF(left, row.top(), right - price_width - 12 - left, row.height()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: QRectF, chosen: bool) -> None:
        if chosen:
            painter.fillRect(row, look().colour(Token.DAUN_MUDA))
            painter.fillRect(QRectF(row.left(), row.top(), 6, row.height()), look().colour(Token.DAUN))
            return
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        y = row.bottom() - 0.5
        painter.drawLine(int(row.left() + look().px(_MARGIN)), int(y), int(row.right() - look().px(_MARGIN)), int(y))

    def _paint_words(self, painter: QPainter, hit: GoodsHit, room: QRectF) -> None:
        name_font, detail_font = look().font(Role.BACA, 600), look().font(Role.BACA, 400)
        name_height, detail_height = QFontMetricsF(name_font).height(), QFontMetricsF(detail_font).height()
        top = room.center().y() - (name_height + detail_height) / 2
        painter.setFont(name_font)
        painter.setPen(look().colour(Token.TINTA))
        name = elide_middle(hit.name, name_font, room.width())
        painter.drawText(QRectF(room.left(), top, room.width(), name_height), Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(detail_font)
        painter.setPen(look().colour(Token.TINTA2))
        detail = QFontMetricsF(detail_font).elidedText(f"{size_text(hit)} · {stock_text(hit)}", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), top + name_height, room.width(), detail_height), Qt.AlignmentFlag.AlignLeft, detail)


class Results(QListView):
    """The list. The search field keeps the focus and moves the choice with `step`.

    Signals:
        chosen(GoodsHit): this one is wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(False)
        self.clicked.connect(self._clicked)
        look().changed.connect(self._looks_other)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Hasil pencarian"))

    def show_hits(self, hits: list[GoodsHit]) -> None:
        """Other hits; the first is chosen."""
        self.hits.show(hits)
        if hits:
            self.setCurrentIndex(self.hits.index(0))
            self.scrollToTop()

    def step(self, step: int) -> None:
        """Choose the next (1) or the one before (-1)."""
        row = max(0, min(len(self.hits.hits) - 1, self.currentIndex().row() + step))
        if self.hits.hits:
            self.setCurrentIndex(self.hits.index(row))

    def take(self) -> bool:
        """Want the chosen one. False when there is none."""
        row = self.currentIndex().row()
        if not 0 <= row < len(self.hits.hits):
            return False
        self.chosen.emit(self.hits.hits[row])
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(280), look().px(_ROW))

    def _clicked(self, index: QModelIndex) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, GoodsHit):
            self.chosen.emit(hit)

    def _looks_other(self) -> None:
        self.doItemsLayout()
