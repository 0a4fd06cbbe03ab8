"""The rows of the basket: a list that keeps the chosen line in sight, with its buttons on it. Owns scrolling and the glow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem, QWidget

from pos.domain.basket import Basket, BasketLine
from pos.ui.language import tr
from pos.ui.sale.basket_model import LinesModel
from pos.ui.sale.line_delegate import NOTE, RIGHT_MARGIN, ROW_CHOSEN, TEXT_LEFT, LineDelegate
from pos.ui.sale.row_editor import RowEditor
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind, on_click

_GLOW_MS: Final = 80
_GLOW_STEPS: Final = 3
_BAND: Final = 30


class BasketList(QListView):
    """The lines on the counter, the newest last.

    Signals:
        picked(str): uid of a line that was tapped.
        opened(): the chosen line was tapped once more.
    """

    picked = Signal(str)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # its own would be found by looking through every class of widget there is, which the start waits for
        self.setViewport(QWidget())
        self._chosen = ""
        self._glowing, self._glow_left = "", 0
        self._first, self._last = 0, -1
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self._delegate = LineDelegate(lambda: self._chosen, self._glow, self.lines.missing, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.band = ActionButton("", "chevron-up", kind=Kind.FLAT, parent=self)
        self.band.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.band.hide()
        on_click(self.band, self._turn)
        self.editor = RowEditor(self.viewport())
        self.editor.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_GLOW_MS)
        self._timer.timeout.connect(self._fade)
        self.clicked.connect(self._clicked)
        look().changed.connect(self.lay_out)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Isi keranjang"))
        self.editor.retranslate()
        self.viewport().update()

    def show_basket(self, basket: Basket, chosen: str, touched: str) -> None:
        """Other lines, another chosen one; `touched` glows for a moment."""
        self.lines.show(basket)
        self._chosen = chosen
        self.lay_out()
        if touched and look().motion:
            self._glowing, self._glow_left = touched, _GLOW_STEPS
            self._timer.start()

    def choose(self, line_uid: str) -> None:
        """Another line has the buttons."""
        if line_uid != self._chosen:
            self.editor.settle()
            self._chosen = line_uid
            self.lay_out()

    def lay_out(self) -> None:
        """Whole rows only, the chosen one among them with its buttons; the newest stand at the torn edge."""
        heights = self._heights()
        row = self.lines.row_of(self._chosen)
        band = look().px(_BAND) if sum(heights) > self.height() else 0
        self._first, self._last = _window(heights, max(0, row), self._first, self.height() - band)
        slack = self.height() - band - sum(heights[self._first : self._last + 1]) if band else 0
        self.setViewportMargins(0, band + slack, 0, 0)
        self.band.setGeometry(1, 0, self.width() - 2, band + slack)
        self.band.setVisible(band > 0)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(sum(heights[: self._first]))
        if row >= 0:
            self.editor.show_line(self.lines.lines[row])
        self._place_editor()
        self._say_hidden()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_editor()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(300), look().px(ROW_CHOSEN))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _place_editor(self) -> None:
        row = self.lines.row_of(self._chosen)
        if row < 0:
            self.editor.hide()
            return
        place = self.visualRect(self.lines.index(row))
        height = self.editor.sizeHint().height()
        left = look().px(TEXT_LEFT)
        below = len(self._delegate.notes(self.lines.lines[row])) * look().px(NOTE)
        self.editor.setGeometry(left, place.bottom() - below - height - look().px(4), place.width() - left - RIGHT_MARGIN, height)
        self.editor.setVisible(not place.isEmpty())

    def _say_hidden(self) -> None:
        above, below = self._first, len(self.lines.lines) - 1 - self._last
        self.band.set_icon("chevron-up" if above else "chevron-down")
        if above and below:
            self.band.setText(tr("{above} baris di atas, {below} di bawah", above=above, below=below))
        elif above:
            self.band.setText(tr("{n} baris lagi di atas", n=above))
        else:
            self.band.setText(tr("{n} baris lagi di bawah", n=below))

    def _turn(self) -> None:
        """Up while something is hidden there, else down; the choice goes with it."""
        shown = max(1, self._last - self._first)
        self._scroll(-shown if self._first else shown)

    def _scroll(self, rows: int) -> None:
        """A list of whole rows moves by whole rows, and the chosen one is always in sight: so another one is chosen."""
        here = self.lines.row_of(self._chosen)
        wanted = max(0, min(len(self.lines.lines) - 1, here + rows))
        if self.lines.lines and wanted != here:
            self.picked.emit(self.lines.lines[wanted].uid)

    def _heights(self) -> list[int]:
        option = QStyleOptionViewItem()
        return [self._delegate.sizeHint(option, self.lines.index(row)).height() for row in range(self.lines.rowCount())]

    def _clicked(self, index: QModelIndex) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(line, BasketLine):
            return
        if line.uid == self._chosen:
            self.opened.emit()
        else:
            self.picked.emit(line.uid)

    def _glow(self, line_uid: str) -> float:
        return self._glow_left / _GLOW_STEPS if line_uid == self._glowing else 0.0

    def _fade(self) -> None:
        self._glow_left -= 1
        if self._glow_left <= 0:
            self._timer.stop()
        row = self.lines.row_of(self._glowing)
        if row >= 0:
            self.update(self.lines.index(row))


def _window(heights: list[int], chosen: int, first: int, room: int) -> tuple[int, int]:
    """The rows (first, last) to show whole in `room` pixels: the chosen one is among them, and nothing moves without need."""
    if not heights:
        return 0, -1
    first = min(first, chosen)
    taken = sum(heights[first : chosen + 1])
    while first < chosen and taken > room:
        taken -= heights[first]
        first += 1
    last = chosen
    while last + 1 < len(heights) and taken + heights[last + 1] <= room:
        last += 1
        taken += heights[last]
    while last == len(heights) - 1 and first > 0 and taken + heights[first - 1] <= room:
        first -= 1
        taken += heights[first]
    return first, last
