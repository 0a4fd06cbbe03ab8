"""Which goods are ticked, and the list in which they are: boxes, Ctrl, Shift, Space, Ctrl+A. Owns the ticks; does nothing with them.

Ticks are of goods, not of rows: they stay through filters and searches until somebody clears them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from pos.services.views import GoodsRow
from pos.ui.goods.model import ROW, GoodsModel
from pos.ui.theme.look import look

BOX: Final = 50
"""Pixels at a row's left in which a touch ticks it."""
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Ticks(QObject):
    """The ticked goods, in the order in which they were ticked.

    Signals:
        changed(): others are ticked now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._uids: dict[str, None] = {}
        self.choosing = False
        """Boxes are shown."""

    def __len__(self) -> int:
        return len(self._uids)

    def __contains__(self, uid: object) -> bool:
        return uid in self._uids

    @property
    def uids(self) -> tuple[str, ...]:
        return tuple(self._uids)

    def flip(self, uid: str) -> None:
        """Tick it, or not any more."""
        if uid in self._uids:
            del self._uids[uid]
        else:
            self._uids[uid] = None
        self._tell()

    def add(self, uids: Iterable[str]) -> None:
        """Tick all of these."""
        self._uids.update(dict.fromkeys(uids))
        self._tell()

    def clear(self) -> None:
        """None, and no boxes."""
        self._uids.clear()
        self.choosing = False
        self.changed.emit()

    def begin(self) -> None:
        """Show the boxes, though nothing is ticked yet."""
        self.choosing = True
        self.changed.emit()

    def _tell(self) -> None:
        self.choosing = True
        self.changed.emit()


class GoodsView(QListView):
    """The goods list. The chosen row is shown beside it; ticks are for what is done to many.

    Signals:
        undone(): what was done to many is to be taken back.
    """

    undone = Signal()

    def __init__(self, ticks: Ticks, everything: Callable[[], Iterable[str]], parent: QWidget | None = None) -> None:
        """`everything`: uids of all that the list shows now."""
        super().__init__(parent)
        self._ticks, self._everything = ticks, everything
        self._anchor = -1
        ticks.changed.connect(self.viewport().update)

    def _uid_at(self, place: int) -> str:
        row = self.model().index(place, 0).data(ROW)
        return row.product_uid if isinstance(row, GoodsRow) else ""

    def tick_between(self, one: int, other: int) -> None:
        """Tick every row from one place to another."""
        first, last = sorted((one, other))
        self._ticks.add(uid for place in range(first, last + 1) if (uid := self._uid_at(place)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.indexAt(event.position().toPoint()).row()
        if event.button() is not Qt.MouseButton.LeftButton or place < 0:
            super().mousePressEvent(event)
            return
        before = self.currentIndex().row() if self._anchor < 0 else self._anchor
        # the row is chosen by any press; only whether it is ticked depends on where and with which key
        super().mousePressEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.tick_between(max(0, before), place)
            return
        self._anchor = place
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or (self._ticks.choosing and event.position().x() < look().px(BOX)):
            self._ticks.flip(self._uid_at(place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._ticks.choosing and event.position().x() < look().px(BOX):
            # two quick touches of a box are two touches
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        step = _STEPS.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._ticks.add(self._everything())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif event.key() == Qt.Key.Key_Space and place >= 0:
            self._anchor = place
            self._ticks.flip(self._uid_at(place))
        elif step and place >= 0 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            after = max(0, min(self.model().rowCount() - 1, place + step))
            self.tick_between(place, after)
            self.setCurrentIndex(self.model().index(after, 0))
        elif event.key() == Qt.Key.Key_Escape and self._ticks.choosing:
            self._ticks.clear()
        else:
            super().keyPressEvent(event)


def said_with_tick(model: GoodsModel, ticks: Ticks) -> None:
    """A row says whether it is ticked to a screen reader too."""
    model.ticked = lambda uid: uid in ticks
