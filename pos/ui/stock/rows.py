"""A list of rows with two lines at each side, painted and not built: it holds ten thousand. Owns how a row looks, never what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, RIGHT, elide_middle, paint_focus, paint_ground, text_width
from pos.ui.widgets.scroll import bare_list

Index = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
"""Role of the whole `Line`."""
_HEIGHT: Final = 73
_EDGE: Final = 18


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is and more about it at the left, a figure and more about that at the right.

    Attributes:
        key: what the row is of, for who chose it.
        token, below_token: colours of the two at the right.
    """

    key: str
    title: str
    below: str = ""
    right: str = ""
    right_below: str = ""
    token: Token = Token.TINTA
    below_token: Token = Token.TINTA2

    @property
    def spoken(self) -> str:
        """All of it for a screen reader."""
        return ", ".join(part for part in (self.title, self.below, self.right, self.right_below) if part)


class LinesModel(QAbstractListModel):
    """The rows in their order. What is long is read in pages, as it is scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._more: Callable[[], Sequence[Line]] | None = None

    def show(self, lines: Sequence[Line], more: Callable[[], Sequence[Line]] | None = None) -> None:
        """Other rows. `more` gives the next page of them; an empty one is the end."""
        self.beginResetModel()
        self.lines, self._more = list(lines), more
        self.endResetModel()

    def canFetchMore(self, parent: Index | None = None) -> bool:
        return self._more is not None

    def fetchMore(self, parent: Index | None = None) -> None:
        found = self._more() if self._more is not None else ()
        if not found:
            self._more = None
        # one that was touched meanwhile stands among the first already
        known = {line.key for line in self.lines}
        new = [line for line in found if line.key not in known]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(new) - 1)
            self.lines += new
            self.endInsertRows()

    def drop(self, key: str) -> None:
        """A row that is no more."""
        place = self.place_of(key)
        if place is not None:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.lines[place]
            self.endRemoveRows()

    def put(self, line: Line, top: bool = False) -> int:
        """One row that is new, at the end or at the top, or says something else. Returns its place."""
        place = self.place_of(line.key)
        if place is None:
            place = 0 if top else len(self.lines)
            self.beginInsertRows(QModelIndex(), place, place)
            self.lines.insert(place, line)
            self.endInsertRows()
        else:
            self.lines[place] = line
            self.dataChanged.emit(self.index(place), self.index(place))
        return place

    def place_of(self, key: str) -> int | None:
        """Where a row stands."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class LineDelegate(QStyledItemDelegate):
    """Paints one row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, look().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(ROW)
        if not isinstance(line, Line):
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, rect, option.state)  # type: ignore[attr-defined]
        px = look().px
        high = px(27)
        whole = rect.adjusted(px(_EDGE), 0, -px(_EDGE), 0)
        upper = QRectF(whole.x(), whole.center().y() - high, whole.width(), high) if line.below or line.right_below else whole
        self._line(painter, upper, line.title, line.right, 700, line.token)
        if line.below or line.right_below:
            self._line(painter, upper.translated(0, high), line.below, line.right_below, 400, line.below_token)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRectF, left: str, right: str, weight: int, token: Token) -> None:
        """The figure is never cut; the words give way."""
        strong = weight > 400
        font = look().font(Role.BACA, weight)
        painter.setFont(font)
        painter.setPen(look().colour(token))
        painter.drawText(rect, RIGHT, right)
        room = rect.width() - (text_width(right, font) + look().px(14) if right else 0)
        painter.setFont(look().font(Role.BACA, 600 if strong else 400))
        painter.setPen(look().colour(Token.TINTA if strong else Token.TINTA2))
        painter.drawText(rect, LEFT, elide_middle(left, look().font(Role.BACA, 600 if strong else 400), room))


class LineList(QListView):
    """The list.

    Signals:
        wanted(str): key of the row that a person clicked, or chose with Enter.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LinesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LineDelegate(self))
        bare_list(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._want)
        self.activated.connect(self._want)
        look().changed.connect(self.doItemsLayout)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(_HEIGHT))

    def choose(self, key: str) -> None:
        """Show a row as chosen, without telling anyone."""
        place = self.rows.place_of(key)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place))
            self.scrollTo(self.rows.index(place))

    def _want(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if isinstance(line, Line):
            self.wanted.emit(line.key)


def _ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        paint_ground(painter, rect.adjusted(4, 2, -4, -2), look().colour(Token.DAUN_MUDA), None, 10)
        paint_ground(painter, QRectF(rect.x() + 4, rect.y() + 2, 6, rect.height() - 4), look().colour(Token.DAUN), None, 3)
        return
    painter.setPen(QPen(look().colour(Token.GARIS), 1))
    painter.drawLine(QPointF(rect.x() + 16, rect.bottom() - 0.5), QPointF(rect.right() - 16, rect.bottom() - 0.5))
    if state & QStyle.StateFlag.State_HasFocus:
        paint_focus(painter, rect.adjusted(4, 2, -4, -2), 10)
