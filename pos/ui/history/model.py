"""Notas as Qt rows, read in pages as someone scrolls down, and how a row is painted. Owns no store and no printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.domain.money import format_rupiah
from pos.domain.printing import PrintState
from pos.domain.sale import SaleKind, short_number
from pos.services.paying_views import SaleSearch
from pos.services.ports import Queries
from pos.services.views import SaleRow
from pos.ui.history.words import goods_parts, mark_text, sent_text, when_text
from pos.ui.language import tr
from pos.ui.messages import print_state_text
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, paint_focus, paint_ground, paint_pixmap, text_width

Index = QModelIndex | QPersistentModelIndex

SALE: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `SaleRow`."""
PAGE: Final = 60
_ROW: Final = 73


class HistoryModel(QAbstractListModel):
    """The newest first; the next page is read when the list is scrolled to its end."""

    def __init__(self, read: Callable[[], Queries], now: Callable[[], int]) -> None:
        super().__init__()
        self._read = read
        self._now = now
        self._search = SaleSearch()
        self._rows: list[SaleRow] = []
        self._whole = True

    def show(self, search: SaleSearch) -> None:
        """Those that match. As many as were read before are read again."""
        held = max(PAGE, len(self._rows)) if search == self._search else PAGE
        self.beginResetModel()
        self._search = search
        self._rows = self._read().find_sales(search, 0, held)
        self._whole = len(self._rows) < held
        self.endResetModel()

    def canFetchMore(self, parent: Index | None = None) -> bool:
        return not self._whole

    def fetchMore(self, parent: Index | None = None) -> None:
        more = self._read().find_sales(self._search, len(self._rows), PAGE)
        self._whole = len(more) < PAGE
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == SALE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("Nota {n}", n=short_number(row.number))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = print_state_text(row.printed) if row.printed is not None else tr("tanpa struk")
            number = tr("Nota {n}", n=short_number(row.number))
            goods = "".join(goods_parts(row))
            said = (number, mark_text(row), self.when(row), format_rupiah(row.total), goods, sent_text(row.synced), state)
            return ", ".join(part for part in said if part)
        return None

    def when(self, row: SaleRow) -> str:
        """`14.05` today, with its date before."""
        return when_text(row.at, self._now())

    def place_of(self, uid: str) -> int | None:
        """Where a sale stands among the rows that were read."""
        return next((place for place, row in enumerate(self._rows) if row.uid == uid), None)


class HistoryDelegate(QStyledItemDelegate):
    """A nota: number and time, what was bought, its total; at the right what is still to be seen to."""

    def __init__(self, model: HistoryModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(SALE)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if not isinstance(row, SaleRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint_ground(painter, rect.adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
            paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        else:
            painter.setPen(QPen(look().colour(Token.GARIS), 1))
            painter.drawLine(QPointF(rect.x() + 20, rect.bottom() - 0.5), QPointF(rect.right() - 16, rect.bottom() - 0.5))
            if state & QStyle.StateFlag.State_HasFocus:
                paint_focus(painter, rect.adjusted(4, 2, -4, -2), 10)
        self._paint_words(painter, rect, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, row: SaleRow) -> None:
        px = look().px
        upper = QRectF(rect.x() + px(20), rect.center().y() - px(26), rect.width() - px(38), px(26))
        lower = upper.translated(0, px(26))
        bold, plain = look().font(Role.SUB, 700), look().font(Role.BACA, 400)
        gone = row.corrected == SaleKind.VOID.value
        painter.setPen(look().colour(Token.TINTA3 if gone else Token.BATA_TEKS if row.total < 0 else Token.TINTA))
        painter.setFont(struck(bold) if gone else bold)
        painter.drawText(upper, RIGHT, format_rupiah(row.total))
        painter.setFont(bold)
        painter.setPen(look().colour(Token.TINTA))
        number = short_number(row.number)
        painter.drawText(upper, LEFT, number)
        painter.setFont(plain)
        mark = mark_text(row)
        painter.setPen(look().colour(Token.BATA_TEKS if mark else Token.TINTA2))
        behind = upper.adjusted(text_width(number, bold) + px(12), 0, -text_width(format_rupiah(row.total), bold) - px(8), 0)
        said = " · ".join(part for part in (mark, self._model.when(row)) if part)
        painter.drawText(behind, LEFT, painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, round(behind.width())))
        painter.setPen(look().colour(Token.TINTA2))
        right = lower.right()
        for name, token in _signs(row):
            paint_pixmap(painter, picture(name, token, px(22)), QPointF(right - px(11), lower.center().y()))
            right -= px(30)
        names, more = goods_parts(row)
        room = right - lower.left() - px(4) - text_width(more, plain)
        painter.drawText(lower, LEFT, painter.fontMetrics().elidedText(names, Qt.TextElideMode.ElideRight, round(room)) + more)


def struck(font: QFont) -> QFont:
    """The same font, struck through: what does not count any more."""
    other = QFont(font)
    other.setStrikeOut(True)
    return other


_PRINT_SIGNS: Final[dict[PrintState | None, tuple[str, Token]]] = {
    PrintState.QUEUED: ("printer", Token.NILA_TEKS),
    PrintState.SENDING: ("printer", Token.NILA_TEKS),
    PrintState.FAILED: ("printer-x", Token.BATA_TEKS),
    PrintState.UNKNOWN: ("circle-help", Token.BATA_TEKS),
}


def _signs(row: SaleRow) -> list[tuple[str, Token]]:
    """From right to left: on the server or not, and the struk where it is not simply out. The panel says them in words."""
    sent = ("cloud-check", Token.TINTA3) if row.synced else ("cloud-upload", Token.KUNYIT_TEKS)
    printed = _PRINT_SIGNS.get(row.printed)
    return [sent, printed] if printed else [sent]
