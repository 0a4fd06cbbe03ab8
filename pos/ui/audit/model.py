"""Entries of the audit log as Qt rows, read in pages as someone scrolls down, and how a row is painted. Owns no store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.services.people_views import AuditRow, AuditSearch
from pos.services.ports import Queries
from pos.ui.audit.details import details_text
from pos.ui.audit.words import row_text
from pos.ui.moments import moment_text
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, text_width

Index = QModelIndex | QPersistentModelIndex

ENTRY: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `AuditRow`."""
PAGE: Final = 60
_ROW: Final = 72
WORRYING: Final = frozenset({"pin_wrong", "pin_reset", "void", "drawer_opened", "late_money_returned", "write_off"})
"""What an owner looks at first."""


class AuditModel(QAbstractListModel):
    """The newest first; the next page is read when the list is scrolled to its end."""

    def __init__(self, read: Callable[[], Queries]) -> None:
        super().__init__()
        self._read = read
        self._search = AuditSearch()
        self._rows: list[AuditRow] = []
        self._whole = True

    def show(self, search: AuditSearch) -> None:
        """Those that are asked for."""
        self.beginResetModel()
        self._search = search
        self._rows = self._read().audit(search, 0, PAGE)
        self._whole = len(self._rows) < PAGE
        self.endResetModel()

    def clear(self) -> None:
        """Nothing: whoever looks now need not be who may."""
        self.beginResetModel()
        self._rows, self._whole = [], True
        self.endResetModel()

    def canFetchMore(self, parent: Index | None = None) -> bool:
        return not self._whole

    def fetchMore(self, parent: Index | None = None) -> None:
        more = self._read().audit(self._search, len(self._rows), PAGE)
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
        if role == ENTRY:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row_text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (moment_text(row.at), row.actor, row_text(row), details_text(row)) if part)
        return None


class AuditDelegate(QStyledItemDelegate):
    """When and who at the left, what and how much at the right of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().px(400), look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: AuditRow = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, rect.adjusted(2, 1, -2, -1), look().colour(Token.DAUN_MUDA), None, 10)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect.adjusted(2, 1, -2, -1), 10)
        painter.setPen(QPen(look().colour(Token.GARIS), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._words(painter, rect.adjusted(look().px(14), look().px(6), -look().px(14), -look().px(6)), row)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, row: AuditRow) -> None:
        half = rect.height() / 2
        strong, plain = look().font(Role.BACA, 700), look().font(Role.BACA, 400)
        when = moment_text(row.at)
        room = text_width(when, plain) + look().px(14)
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(QRectF(rect.left(), rect.top(), rect.width(), half), RIGHT, when)
        painter.setFont(strong)
        painter.setPen(look().colour(Token.BATA_TEKS if row.action in WORRYING else Token.TINTA))
        painter.drawText(
            QRectF(rect.left(), rect.top(), rect.width() - room, half), LEFT, elide_middle(row_text(row), strong, rect.width() - room)
        )
        below = " · ".join(part for part in (row.actor, details_text(row)) if part)
        painter.setFont(plain)
        painter.setPen(look().colour(Token.TINTA2))
        painter.drawText(QRectF(rect.left(), rect.top() + half, rect.width(), half), LEFT, elide_middle(below, plain, rect.width()))
