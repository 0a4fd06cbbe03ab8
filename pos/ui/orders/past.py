"""Riwayat: orders that are done with, newest first, and what became of the chosen one. Reads; changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pos.domain.money import format_rupiah
from pos.domain.order import Order, OrderStatus
from pos.ui.language import tr
from pos.ui.messages import order_status_text
from pos.ui.moments import moment_text
from pos.ui.orders import board
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.card import Card, Rule
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, paint_pixmap, text_width
from pos.ui.widgets.pill import TONES, StateBadge
from pos.ui.widgets.scroll import bare_list
from pos.ui.widgets.text import ElidedText, Text

Index = QModelIndex | QPersistentModelIndex

ORDER: Final = Qt.ItemDataRole.UserRole
_ROW: Final = 73


def sign_of(order: Order) -> tuple[str, Tone]:
    """Icon and tone of what became of an order; the words stand beside it."""
    if order.status is OrderStatus.PICKED_UP:
        return "package-check", Tone.GOOD
    if order.status in (OrderStatus.REJECTED, OrderStatus.EXPIRED, OrderStatus.NO_SHOW):
        return "package-x", Tone.FAULT
    return "circle-minus", Tone.QUIET


def when(order: Order) -> int:
    """UTC ms of the last thing that is known to have happened here."""
    return order.handed_over_at or order.placed_at


class PastModel(QAbstractListModel):
    """Finished orders as rows."""

    def __init__(self) -> None:
        super().__init__()
        self._orders: list[Order] = []

    def show(self, orders: Sequence[Order]) -> None:
        self.beginResetModel()
        self._orders = list(orders)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._orders)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        order = self._orders[index.row()]
        if role == ORDER:
            return order
        if role == Qt.ItemDataRole.DisplayRole:
            return f"#{order.number} {order.buyer}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            status = order_status_text(order.status, order.status_text)
            return f"#{order.number} {order.buyer}, {board.goods_text(order)}, {status}, {moment_text(when(order))}"
        return None


class PastDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        order = index.data(ORDER)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if not isinstance(order, Order):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, rect.adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
            paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        else:
            painter.setPen(QPen(look().colour(Token.GARIS), 1))
            painter.drawLine(QPointF(rect.x() + look().px(70), rect.bottom() - 0.5), QPointF(rect.right() - 16, rect.bottom() - 0.5))
            if state & QStyle.StateFlag.State_HasFocus:
                paint_focus(painter, rect.adjusted(4, 2, -4, -2), 10)
        _paint_row(painter, rect, order)
        painter.restore()


def _paint_row(painter: QPainter, rect: QRectF, order: Order) -> None:
    px = look().px
    name, tone = sign_of(order)
    ground, ink = TONES[tone]
    centre = QPointF(rect.x() + px(42), rect.center().y())
    paint_ground(painter, QRectF(centre.x() - px(21), centre.y() - px(21), px(42), px(42)), look().colour(ground), None, px(21))
    paint_pixmap(painter, picture(name, ink, px(24)), centre)
    upper = QRectF(rect.x() + px(76), rect.center().y() - px(26), rect.width() - px(96), px(26))
    lower = upper.translated(0, px(26))
    plain, bold = look().font(Role.BACA, 400), look().font(Role.SUB, 700)
    amount = format_rupiah(order.total)
    painter.setPen(look().colour(Token.TINTA))
    painter.setFont(bold)
    painter.drawText(upper, RIGHT, amount)
    room = upper.width() - text_width(amount, bold) - px(16)
    painter.drawText(upper, LEFT, elide_middle(f"#{order.number}  {order.buyer}", bold, room))
    status = order_status_text(order.status, order.status_text)
    painter.setFont(plain)
    painter.setPen(look().colour(TONES[tone][1] if tone is not Tone.QUIET else Token.TINTA2))
    painter.drawText(lower, RIGHT, status)
    painter.setPen(look().colour(Token.TINTA2))
    room = lower.width() - text_width(status, plain) - px(16)
    painter.drawText(lower, LEFT, elide_middle(moment_text(when(order)), plain, room))


class PastOrders(QWidget):
    """The list and the chosen order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PastModel()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PastDelegate(self.view))
        bare_list(self.view)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.view)
        self._detail = _Detail()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(ground, 3)
        row.addWidget(self._detail, 2)
        self._empty = EmptyState("kosong_papan", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        self.retranslate()

    def show_orders(self, orders: Sequence[Order]) -> None:
        """Newest first; the one that was chosen stays chosen."""
        chosen = self._detail.uid
        self.model.show(orders)
        self._stack.setCurrentIndex(0 if orders else 1)
        place = next((place for place, order in enumerate(orders) if order.uid == chosen), 0)
        if orders:
            self.view.setCurrentIndex(self.model.index(place))

    def retranslate(self) -> None:
        self.view.setAccessibleName(tr("Pesanan yang sudah selesai"))
        self._empty.set_words(tr("Belum ada riwayat"), tr("Pesanan yang sudah diambil, ditolak, atau dibatalkan terkumpul di sini."))
        self._chosen(self.view.currentIndex())

    def _chosen(self, index: Index) -> None:
        order = index.data(ORDER) if index.isValid() else None
        self._detail.tell(order if isinstance(order, Order) else None)


class _Detail(Card):
    """What became of one order. Its parts are made anew for each."""

    def __init__(self) -> None:
        super().__init__()
        self.uid = ""
        self._inside: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(look().px(18), look().px(16), look().px(18), look().px(16))
        self.setMinimumWidth(look().px(300))

    def tell(self, order: Order | None) -> None:
        if self._inside is not None:
            self._inside.hide()
            self._box.removeWidget(self._inside)
            self._inside.deleteLater()
        self.uid = order.uid if order else ""
        self._inside = QWidget()
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(8))
        if order is not None:
            self._fill(box, order)
        box.addStretch(1)
        self._box.addWidget(self._inside)

    def _fill(self, box: QVBoxLayout, order: Order) -> None:
        head = QHBoxLayout()
        head.addWidget(Text(f"#{order.number}", Role.JUDUL, Token.TINTA, 800), 1)
        name, tone = sign_of(order)
        head.addWidget(StateBadge(name, order_status_text(order.status, order.status_text), tone))
        box.addLayout(head)
        phone = tr("HP ··{last4}", last4=order.buyer_phone4) if order.buyer_phone4 else ""
        who = " · ".join(part for part in (order.buyer, order.buyer_kind, phone) if part)
        box.addWidget(ElidedText(who, Role.BACA, Token.TINTA2, 400))
        for words, said in (
            (tr("Masuk"), moment_text(order.placed_at)),
            (tr("Diserahkan"), moment_text(order.handed_over_at) if order.handed_over_at else ""),
            (tr("Total"), board.paid_text(order)),
        ):
            if said:
                box.addWidget(Rule())
                box.addLayout(_row(words, said))
        box.addWidget(Rule())
        for line in order.lines:
            row = QHBoxLayout()
            row.setSpacing(look().px(10))
            count = Text(board.count_text(line), Role.BACA, Token.TINTA, 700)
            count.setMinimumWidth(look().px(36))
            row.addWidget(count)
            row.addWidget(ElidedText(board.line_text(line)), 1)
            row.addWidget(Text(format_rupiah(line.amount), Role.BACA, Token.TINTA, 600))
            box.addLayout(row)
        if order.note:
            box.addWidget(Notice("message-circle", order.note, Tone.INFORMATION))
        if order.reason:
            box.addWidget(Notice("info", tr("Alasan: {reason}", reason=order.reason), Tone.QUIET))


def _row(words: str, said: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(Text(words, Role.BACA, Token.TINTA2, 400), 1)
    row.addWidget(Text(said, Role.BACA, Token.TINTA, 600))
    return row
