"""The rail at the left: the rooms of the till, the room one is in, how many wait there, and help. Owns no room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.keys import Action, key_of
from pos.ui.language import tr
from pos.ui.shell.rooms import BEHIND, MENU, RAIL
from pos.ui.shell.skeleton import RAIL_WIDTH as WIDTH
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import key_cap_size, on_click, paint_key_cap, settle
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.painting import CENTRE, fitting_font, mixed, paint_badge, paint_focus, paint_ground, paint_pixmap, painter_on

_HEIGHT: Final = 80
_SIDE: Final = 4


class RailButton(QAbstractButton):
    """A room: its sign, its word, a count where something waits."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._count = 0
        self._here = False
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_word(self, word: str) -> None:
        """Its word; also the accessible name."""
        self.setText(word)
        self.setAccessibleName(word)
        self.update()

    @property
    def here(self) -> bool:
        """Whether one is in that room."""
        return self._here

    def set_here(self, here: bool) -> None:
        """One is in that room, or in another."""
        self._here = here
        self._describe()

    def set_count(self, count: int) -> None:
        """How many wait there."""
        self._count = count
        self._describe()

    def _describe(self) -> None:
        """A button that leads somewhere is not ticked: where one is, and how many wait, is said beside its name."""
        parts = (tr("di sini") if self._here else "", str(self._count) if self._count else "")
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(WIDTH) - 2 * _SIDE, look().px(_HEIGHT - 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        on = self._here
        if on:
            paint_ground(painter, rect, look().colour(Token.KUNYIT), None, 14)
        elif self.isDown() or self.underMouse():
            share = 0.16 if self.isDown() else 0.08
            paint_ground(painter, rect, mixed(look().colour(Token.REL), look().colour(Token.PUTIH), share), None, 14)
        ink = Token.DI_KUNYIT if on else Token.REL_TEKS
        centre = QPointF(rect.center().x(), rect.top() + look().px(26))
        paint_pixmap(painter, icon(self._icon, ink, look().px(30)), centre)
        painter.setPen(look().colour(ink))
        painter.setFont(fitting_font(self.text(), rect.width() - 4, Role.BACA, 600, 15))
        painter.drawText(QRectF(0, rect.bottom() - look().px(36), rect.width(), look().px(30)), CENTRE, self.text())
        if self._count:
            paint_badge(painter, centre + QPointF(look().px(17), -look().px(10)), str(min(self._count, 99)))
        if self.hasFocus():
            paint_focus(painter, rect, 14, look().colour(Token.PUTIH))
        painter.end()


class HelpButton(QAbstractButton):
    """A question mark and its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            paint_ground(painter, rect, mixed(look().colour(Token.REL), look().colour(Token.PUTIH), 0.1), None, 12)
        key = key_of(Action.HELP)
        cap, side, gap = key_cap_size(key), look().px(26), look().px(5)
        left = rect.center().x() - (cap.width() + side + gap) / 2
        paint_pixmap(painter, icon("circle-help", Token.REL_TEKS, side), QPointF(left + side / 2, rect.center().y()))
        box = QRectF(left + side + gap, rect.center().y() - cap.height() / 2, cap.width(), cap.height())
        paint_key_cap(painter, box, key, look().colour(Token.REL_TEKS))
        if self.hasFocus():
            paint_focus(painter, rect, 12, look().colour(Token.PUTIH))
        painter.end()


class Rail(QWidget):
    """The rail.

    Signals:
        wanted(str): key of a room, or MENU for what is behind *Lainnya*.
        help_wanted(): explain the screen.
    """

    wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {room.key: RailButton(room.icon) for room in RAIL}
        self.more = RailButton("layout-grid")
        self.help = HelpButton()
        self._logo = DrawingLabel("toko", 52)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(6)
        self._box.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignHCenter)
        self._box.addSpacing(12)
        for key, button in self.buttons.items():
            on_click(button, lambda key=key: self.wanted.emit(key))  # type: ignore[misc]
            self._box.addWidget(button)
        on_click(self.more, lambda: self.wanted.emit(MENU))
        self._box.addWidget(self.more)
        self._box.addStretch(1)
        self._box.addWidget(self.help)
        on_click(self.help, self.help_wanted.emit)
        look().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        for room in RAIL:
            self.buttons[room.key].set_word(tr(room.word))
        self.more.set_word(tr("Lainnya"))
        self.help.setAccessibleName(tr("Bantuan"))
        self.help.setToolTip(tr("Bantuan"))

    def show_room(self, key: str) -> None:
        """The room one is in."""
        for own, button in self.buttons.items():
            button.set_here(own == key)
        self.more.set_here(key in {room.key for room in BEHIND})

    def hide_logo(self) -> None:
        """The window needs its height for something else."""
        self._logo.hide()
        # what asks next how high it is must hear of it at once
        self._box.invalidate()
        self.updateGeometry()

    def show_count(self, key: str, count: int) -> None:
        """How many wait in a room."""
        self.buttons[key].set_count(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(Token.REL))
        painter.drawRect(self.rect())
        colour = mixed(look().colour(Token.REL), look().colour(Token.PUTIH), 0.22)
        painter.setPen(QPen(colour, 1))
        y = self.help.geometry().top() - 6
        painter.drawLine(look().px(22), y, self.width() - look().px(22), y)
        painter.end()

    def _fit(self) -> None:
        self.setFixedWidth(look().px(WIDTH))
        self._box.setContentsMargins(_SIDE, 10, _SIDE, 8)
