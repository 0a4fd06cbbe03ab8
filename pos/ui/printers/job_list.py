"""Print jobs as Qt rows, and how a row is painted: what it is, where it goes, how far it is, since when. Owns no store and no printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.services.paper_views import PrintRow
from pos.ui.moments import clock_text, moment_text, wib
from pos.ui.printers.words import job_title, state_badge
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, paint_focus, paint_ground, paint_pixmap, text_width
from pos.ui.widgets.pill import TONES

Index = QModelIndex | QPersistentModelIndex

JOB: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `PrintRow`."""
_ROW: Final = 73


class JobModel(QAbstractListModel):
    """The jobs as they were last read. `name`: of a printer by what jobs are queued under."""

    def __init__(self, name: Callable[[str], str], now: Callable[[], int]) -> None:
        super().__init__()
        self._name, self._now = name, now
        self._rows: list[PrintRow] = []

    def show(self, rows: Sequence[PrintRow]) -> None:
        """These instead of the last ones; where only their states differ, the list stays where it was scrolled to."""
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = list(rows)
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == JOB:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return job_title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((job_title(row), state_badge(row)[1], self.printer(row), self.when(row)))
        return None

    def printer(self, row: PrintRow) -> str:
        """The printer that it goes to, as the shop calls it."""
        return self._name(row.goes_to)

    def when(self, row: PrintRow) -> str:
        """Since when its state holds: `14.05` today, with its date before."""
        at = row.since
        return clock_text(at) if wib(at).date() == wib(self._now()).date() else moment_text(at)

    def place_of(self, job: int) -> int | None:
        """Where a job stands in the list."""
        return next((place for place, row in enumerate(self._rows) if row.id == job), None)


class JobDelegate(QStyledItemDelegate):
    """A job: its name and its time, below them how far it is and where it goes."""

    def __init__(self, model: JobModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(JOB)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if not isinstance(row, PrintRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, rect.adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
            paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        else:
            painter.setPen(QPen(look().colour(Token.GARIS), 1))
            painter.drawLine(QPointF(rect.x() + 20, rect.bottom() - 0.5), QPointF(rect.right() - 16, rect.bottom() - 0.5))
            if state & QStyle.StateFlag.State_HasFocus:
                paint_focus(painter, rect.adjusted(4, 2, -4, -2), 10)
        self._paint_words(painter, rect, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, row: PrintRow) -> None:
        px = look().px
        upper = QRectF(rect.x() + px(20), rect.center().y() - px(27), rect.width() - px(38), px(27))
        lower = upper.translated(0, px(27))
        bold, plain = look().font(Role.BACA, 700), look().font(Role.BACA, 400)
        when = self._model.when(row)
        painter.setPen(look().colour(Token.TINTA2))
        painter.setFont(plain)
        painter.drawText(upper, RIGHT, when)
        room = upper.width() - text_width(when, plain) - px(12)
        painter.setPen(look().colour(Token.TINTA))
        painter.setFont(bold)
        painter.drawText(upper, LEFT, painter.fontMetrics().elidedText(job_title(row), Qt.TextElideMode.ElideRight, round(room)))
        sign, words, tone = state_badge(row)
        ink = TONES[tone][1]
        paint_pixmap(painter, picture(sign, ink, px(22)), QPointF(lower.left() + px(11), lower.center().y()))
        lower = lower.adjusted(px(30), 0, 0, 0)
        painter.setPen(look().colour(ink))
        painter.setFont(look().font(Role.BACA, 600))
        painter.drawText(lower, LEFT, words)
        used = text_width(words, look().font(Role.BACA, 600)) + px(10)
        painter.setPen(look().colour(Token.TINTA2))
        painter.setFont(plain)
        where = painter.fontMetrics().elidedText(self._model.printer(row), Qt.TextElideMode.ElideRight, max(0, round(lower.width() - used)))
        painter.drawText(lower.adjusted(used, 0, 0, 0), LEFT, where)
