"""Pairs of goods that may be one, as Qt rows. Draws two names and why; reads no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.product import Product
from pos.services.twins import TwinReason, Twins
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, elide_middle, paint_focus, paint_ground

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
ROW_PX: Final = 92


def reason_text(twins: Twins) -> str:
    """`barcodenya sama`, `namanya 93% sama`"""
    if twins.reason is TwinReason.CODE:
        return tr("barcodenya sama")
    return tr("namanya sama") if twins.likeness == 100 else tr("namanya {n}% sama", n=twins.likeness)


class TwinsModel(QAbstractListModel):
    """The pairs, the surest first."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[Twins] = []
        self._goods: Mapping[str, Product] = {}

    def show(self, pairs: Sequence[Twins], goods: Mapping[str, Product]) -> None:
        """Others; a pair of which one is gone by now is left out."""
        self.beginResetModel()
        self._goods = goods
        self._pairs = [twins for twins in pairs if twins.one_uid in goods and twins.other_uid in goods]
        self.endResetModel()

    def drop(self, place: int, gone_uid: str = "") -> None:
        """Without the pair at a place, and without all others of a product that is gone."""
        self.beginResetModel()
        del self._pairs[place]
        self._pairs = [twins for twins in self._pairs if gone_uid not in twins.pair]
        self.endResetModel()

    def pair_at(self, place: int) -> Twins | None:
        return self._pairs[place] if 0 <= place < len(self._pairs) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW):
            return None
        twins = self._pairs[index.row()]
        one, other = self._goods[twins.one_uid].name, self._goods[twins.other_uid].name
        if role == ROW:
            return one, other, reason_text(twins)
        return f"{one}, {other}, {reason_text(twins)}"


class TwinsDelegate(QStyledItemDelegate):
    """Both names, one below the other, and why they may be one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            paint_ground(painter, QRectF(rect).adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
            paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        else:
            painter.setPen(QPen(look().colour(Token.GARIS), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and not chosen:
            paint_focus(painter, QRectF(rect).adjusted(4, 2, -4, -2), 10)
        line = QRectF(rect).adjusted(look().px(18), look().px(6), -look().px(10), 0)
        line.setHeight(look().px(27))
        bold, plain = look().font(Role.BACA, 600), look().font(Role.BACA, 400)
        one, other, why = index.data(ROW)
        for text, font, token in ((one, bold, Token.TINTA), (other, bold, Token.TINTA), (why, plain, Token.TINTA2)):
            painter.setPen(look().colour(token))
            painter.setFont(font)
            painter.drawText(line, LEFT, elide_middle(text, font, line.width()))
            line.translate(0, look().px(26))
        painter.restore()
