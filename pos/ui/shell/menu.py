"""The menu over the window: rooms behind *Lainnya*, or all of them where the rail is folded away.

Closes by a choice, Esc or a tap beside it. Owns no room.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from pos.ui.language import tr
from pos.ui.shell.rooms import Room
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.card import Card
from pos.ui.widgets.painting import LEFT, badge_size, elide_middle, paint_badge, paint_focus, paint_ground, paint_pixmap, painter_on

_WIDTH: Final = 390
_ROW: Final = 64


class MenuRow(QAbstractButton):
    """A room in the menu: sign, word, what is there."""

    def __init__(self, icon_name: str, word: str, tells: str, count: int, here: bool, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tells, self._count, self._here, self._key = icon_name, tells, count, here, key
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(word)
        self.setAccessibleName(word)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_WIDTH), look().px(_ROW if self._tells else _ROW - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        ground = Token.KUNYIT if self._here else Token.TEKAN if self.isDown() or self.underMouse() else Token.KERTAS
        ink = Token.DI_KUNYIT if self._here else Token.TINTA
        paint_ground(painter, rect, look().colour(ground), None, 12)
        if self.hasFocus():
            paint_focus(painter, rect, 12)
        paint_pixmap(painter, icon(self._icon, ink, look().px(28)), QPointF(look().px(34), rect.center().y()))
        left = look().px(64)
        room = rect.width() - left - look().px(16)
        if self._key:
            cap = key_cap_size(self._key)
            box = QRectF(rect.right() - look().px(14) - cap.width(), rect.center().y() - cap.height() / 2, cap.width(), cap.height())
            paint_key_cap(painter, box, self._key, look().colour(ink))
        if self._count:
            width, _ = badge_size(str(self._count))
            paint_badge(painter, QPointF(rect.right() - look().px(14) - width / 2, rect.center().y()), str(self._count))
        painter.setPen(look().colour(ink))
        painter.setFont(look().font(Role.BACA, 700))
        if not self._tells:
            painter.drawText(QRectF(left, 0, room, rect.height()), LEFT, self.text())
        else:
            half = rect.height() / 2
            painter.drawText(QRectF(left, half - look().px(26), room, look().px(26)), LEFT, self.text())
            font = look().font(Role.BACA, 400)
            painter.setFont(font)
            painter.setPen(look().colour(ink if self._here else Token.TINTA2))
            painter.drawText(QRectF(left, half - 1, room, look().px(26)), LEFT, elide_middle(self._tells, font, room))
        painter.end()


class Menu(QWidget):
    """Covers the window while it is open.

    Signals:
        wanted(str): key of a room.
        help_wanted(): explain the screen.
    """

    wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, window: QWidget, rooms: Sequence[Room], here: str, counts: dict[str, int], at: QPoint, help_key: str = "") -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._card = Card(self)
        rows = [self._row(room, counts.get(room.key, 0), room.key == here) for room in rooms]
        if help_key:
            row = MenuRow("circle-help", tr("Bantuan"), "", 0, False, help_key)
            on_click(row, self._help)
            rows.append(row)
        self._lay_out(rows, window.height() - 16)
        self._card.adjustSize()
        x = max(8, min(at.x(), window.width() - self._card.width() - 8))
        y = max(8, min(at.y(), window.height() - self._card.height() - 8))
        self._card.move(x, y)
        self.setAccessibleName(tr("Menu"))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _row(self, room: Room, count: int, here: bool) -> MenuRow:
        row = MenuRow(room.icon, tr(room.word), tr(room.tells) if room.tells else "", count, here)
        on_click(row, lambda: self._choose(room.key))
        return row

    def _lay_out(self, rows: Sequence[MenuRow], room: int) -> None:
        """Below each other; in two columns where that would be higher than the window."""
        grid = QGridLayout(self._card)
        grid.setContentsMargins(10, 10, 10, 10)
        grid.setSpacing(4)
        high = sum(row.sizeHint().height() + 4 for row in rows) + 20
        each = len(rows) if high <= room else -(-len(rows) // 2)
        for place, row in enumerate(rows):
            row.setMinimumWidth(0)
            grid.addWidget(row, place % each, place // each)

    def close_menu(self) -> None:
        """Away with it."""
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_menu()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_menu()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110 if look().dark else 70))
        painter.end()

    def _choose(self, key: str) -> None:
        self.close_menu()
        self.wanted.emit(key)

    def _help(self) -> None:
        self.close_menu()
        self.help_wanted.emit()
