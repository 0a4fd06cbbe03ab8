"""Every price that a product ever had: steps of the everyday price, and a list of all of them with who and when. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QScroller,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pos.domain.money import format_rupiah, format_short
from pos.domain.product import Product
from pos.services.goods_editing import price_steps
from pos.services.goods_views import PriceChange
from pos.ui.context import UiContext
from pos.ui.goods.editor.words import change_words, rule_words, who_words
from pos.ui.language import tr
from pos.ui.moments import date_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.charts.steps import Step, StepChart
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, text_width

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
_MOST_UNITS: Final = 5
_MOST_STEPS: Final = 12


class PricesTab(QWidget):
    """The fourth tab."""

    def __init__(self, context: UiContext, product: Product) -> None:
        super().__init__()
        self._context, self._product = context, product
        units = product.units[:_MOST_UNITS]
        self._units = Segments([(unit.uid, unit.name) for unit in units])
        self._units.setAccessibleName(tr("Satuan"))
        self._units.setVisible(len(units) > 1)
        self.chart = StepChart(format_short)
        self.model = PriceModel(context.till.store.read.price_history(product.uid))
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PriceDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.viewport().setAutoFillBackground(False)
        self.view.setAccessibleName(tr("Riwayat harga"))
        QScroller.grabGesture(self.view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        shown = QWidget()
        inside = QVBoxLayout(shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look().px(8))
        for part in (self._units, self.chart):
            inside.addWidget(part)
        inside.addWidget(self.view, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(shown)
        self._pages.addWidget(
            EmptyState("kosong_nota", tr("Belum ada riwayat"), tr("Harga pertamanya tercatat begitu barang ini disimpan."))
        )
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        box = QVBoxLayout(self)
        side = look().px(20)
        box.setContentsMargins(side, look().px(12), side, look().px(12))
        box.addWidget(self._pages)
        self._units.chosen.connect(self._show)
        sold = product.units[product.sell_unit].uid
        if any(unit.uid == sold for unit in units):
            self._units.choose(sold)
        self._show(sold)

    def _show(self, unit_uid: str) -> None:
        steps = price_steps(self._context.till, self._product.uid, unit_uid)[-_MOST_STEPS:]
        self.chart.show_steps(tr("Harga eceran"), [_step(at, amount) for at, amount in steps])
        self.chart.setVisible(bool(steps))


def _step(at: int, amount: int) -> Step:
    label = date_text(at) if at else tr("dulu")
    return Step(at, amount, f"{label}: {format_rupiah(amount)}", label)


class PriceModel(QAbstractListModel):
    """Changes of prices as Qt rows, the newest first."""

    def __init__(self, changes: Sequence[PriceChange]) -> None:
        super().__init__()
        self._changes = changes

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW):
            return None
        change = self._changes[index.row()]
        if role == ROW:
            return change
        return f"{rule_of(change)}, {change_words(change)}, {who_words(change)}"


def rule_of(change: PriceChange) -> str:
    """`bungkus · Grosir mulai 10, berlaku 01/12/2026`"""
    words = f"{change.unit_name} · {rule_words(change.kind, change.min_quantity, change.group)}"
    return tr("{price}, berlaku {date}", price=words, date=date_text(change.starts_at)) if change.starts_at else words


class PriceDelegate(QStyledItemDelegate):
    """Two lines: which price and what became of it; when, and by whom."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        change = index.data(ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        line = QRectF(rect).adjusted(look().px(8), look().px(4), -look().px(8), 0)
        line.setHeight(look().px(27))
        bold, plain = look().font(Role.BACA, 600), look().font(Role.BACA, 400)
        said = change_words(change)
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(bold)
        painter.drawText(line, RIGHT, said)
        painter.setFont(plain)
        painter.drawText(line, LEFT, elide_middle(rule_of(change), plain, line.width() - text_width(said, bold) - look().px(16)))
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(line.translated(0, look().px(25)), LEFT, who_words(change))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, QRectF(rect), 10)
        painter.restore()
