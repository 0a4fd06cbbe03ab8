"""Buttons: a verb with its icon and its key, a sign with a name, a row to tick. Own how they look and feel; never what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from weakref import ref

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.pictures import tinted
from pos.ui.theme.tokens import TYPES, Role, Token
from pos.ui.widgets.kinds import OFF, OFF_PAINTS, PAINTS, Paint
from pos.ui.widgets.kinds import TOUCH as TOUCH
from pos.ui.widgets.kinds import Kind as Kind
from pos.ui.widgets.painting import (
    CENTRE,
    LEFT,
    badge_size,
    elide_middle,
    fitting_font,
    mixed,
    paint_badge,
    paint_focus,
    paint_ground,
    paint_pixmap,
    painter_on,
    step_darker,
    text_width,
)

_GAP: Final = 10


def key_cap_size(text: str) -> QSize:
    """Width and height of a key cap."""
    width = text_width(text, look().font(Role.TANDA)) + look().px(16)
    return QSize(round(max(width, look().px(30))), look().px(26))


def paint_key_cap(painter: QPainter, rect: QRectF, text: str, ink: QColor | None = None) -> None:
    """A key as it is printed on its button: a small outlined cap. `rect` is what `key_cap_size` asks for."""
    colour = ink if ink is not None else look().colour(Token.TINTA2)
    edge = QColor(colour)
    edge.setAlphaF(0.75)
    paint_ground(painter, rect, None, edge, 6, 1.3)
    painter.setPen(colour)
    painter.setFont(look().font(Role.TANDA))
    painter.drawText(rect, CENTRE, text)


def settle(button: QAbstractButton) -> None:
    """What every painted button is: repainted under the pointer, reached by Tab and not by a click, a hand's breadth large."""
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)


class _Pressed:
    """The action button that the pointer pressed last."""

    button: ref[ActionButton] | None = None


class ActionButton(QPushButton):
    """A verb: icon, word and key cap in the middle of a flat ground.

    Args:
        text: one or two words; the accessible name.
        icon: name of a bundled icon, empty for none.
        key: what its key cap says, empty for none.
        kind: how strong it is.
        role: type role instead of the kind's own.

    Attributes:
        once: a double click is one press: what comes after the first is another question.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        key: str = "",
        kind: Kind = Kind.QUIET,
        parent: QWidget | None = None,
        role: Role | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._icon, self._key, self._role = icon, key, role
        self.once = False
        settle(self)
        # Enter belongs to the scanner: it never presses what happens to be the default
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """The word; also the accessible name. An ampersand is only an ampersand."""
        super().setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)

    def set_key(self, key: str) -> None:
        """What the key cap says; empty takes it away. Binding the key is the screen's."""
        self._key = key
        self._refit()

    def set_icon(self, name: str) -> None:
        """Another icon; empty takes it away."""
        self._icon = name
        self._refit()

    def set_kind(self, kind: Kind) -> None:
        """Make it stronger or paler."""
        self.kind = kind
        self._refit()

    @property
    def role(self) -> Role:
        """The type it is set in: `aksi` for the one next step, `sub` for a panel's own, else `baca`."""
        if self._role is not None:
            return self._role
        return {Kind.NEXT: Role.AKSI, Kind.PRIMARY: Role.SUB}.get(self.kind, Role.BACA)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        _Pressed.button = ref(self)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Who clicks twice by habit means the first button, not the one that has come under the pointer since."""
        if _Pressed.button is not None and _Pressed.button() is self and not self.once:
            super().mouseDoubleClickEvent(event)

    def sizeHint(self) -> QSize:
        return self._size(TYPES[self.role].px)

    def minimumSizeHint(self) -> QSize:
        return self._size(TYPES[Role.BACA].px)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        radius = self._radius()
        paint = paint_of(self)
        paint_ground(painter, rect, fill_of(self, paint), look().colour(paint.edge) if paint.edge else None, radius)
        if self.hasFocus():
            paint_focus(painter, rect, radius, self._focus_colour())
        self._paint_content(painter, rect, paint)
        painter.end()

    def _paint_content(self, painter: QPainter, rect: QRectF, paint: Paint) -> None:
        cap = key_cap_size(self._key) if self._key else QSize(0, 0)
        sign = self._icon_px() if self._icon else 0
        beside = (sign + self._gap() if sign else 0) + (cap.width() + self._gap() if self._key else 0)
        room = rect.width() - beside - self._padding()
        font = fitting_font(self.text(), room, self.role, self._weight(), TYPES[Role.BACA].px)
        text = elide_middle(self.text(), font, room)
        width = text_width(text, font)
        x = rect.center().x() - (width + beside) / 2
        if self._icon:
            paint_pixmap(painter, picture(self._icon, paint.sign, sign), QPointF(x + sign / 2, rect.center().y()))
            x += sign + self._gap()
        ink = look().colour(paint.ink)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(QRectF(x, rect.top(), width + 2, rect.height()), LEFT, text)
        if self._key:
            top = rect.center().y() - cap.height() / 2
            paint_key_cap(painter, QRectF(x + width + self._gap(), top, cap.width(), cap.height()), self._key, ink)

    def _focus_colour(self) -> QColor:
        return look().colour(Token.KUNYIT if self.kind is Kind.COUNTER else Token.FOKUS)

    def _size(self, px: int) -> QSize:
        font = look().font(self.role, self._weight(), px)
        width = text_width(self.text(), font) + 2 * self._padding()
        width += self._icon_px() + self._gap() if self._icon else 0
        width += key_cap_size(self._key).width() + self._gap() if self._key else 0
        return QSize(round(width + 1), max(look().px(self._height()), TOUCH))

    def _height(self) -> int:
        return 76 if self._large() else 54

    def _weight(self) -> int:
        return 800 if self._large() else 700 if self.kind in (Kind.PRIMARY, Kind.NEXT) else 600

    def _radius(self) -> float:
        return 14.0 if self._large() else 12.0

    def _padding(self) -> int:
        return look().px(24 if self._large() else 16)

    def _gap(self) -> int:
        return look().px(16 if self._large() else _GAP)

    def _icon_px(self) -> int:
        return look().px(38 if self._large() else 24)

    def _large(self) -> bool:
        return self.role is Role.AKSI

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()


def paint_of(button: ActionButton | IconButton) -> Paint:
    """What a button is painted with as it is now."""
    return PAINTS[button.kind] if button.isEnabled() else OFF_PAINTS.get(button.kind, OFF)


def fill_of(button: ActionButton | IconButton, paint: Paint) -> QColor | None:
    """Its fill as it is now: one step darker at once while it is pressed, half a step under the pointer."""
    over = button.underMouse() and button.isEnabled()
    if paint.fill is None and not (over or button.isDown()):
        return None
    return step_darker(look().colour(paint.fill or Token.TEKAN), button.isDown(), over and paint.fill is not None)


class StripButton(ActionButton):
    """A key of the strip: icon and key cap above, the word below, and a count beside the icon where there is one to tell."""

    def __init__(self, text: str = "", icon: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon, key, Kind.QUIET, parent)
        self._count = 0

    def set_count(self, count: int) -> None:
        """How many wait behind it; none is not shown."""
        self._count = count
        self.update()

    def sizeHint(self) -> QSize:
        word = text_width(self.text(), look().font(Role.BACA, 600)) + look().px(20)
        above = look().px(24 + 12 + 26) + key_cap_size(self._key).width()
        return QSize(round(max(word, above)), look().px(68))

    def minimumSizeHint(self) -> QSize:
        least = max(key_cap_size(self._key).width() + look().px(20), TOUCH)
        word = round(text_width(self.text(), look().font(Role.BACA, 600, 17))) + 8
        return QSize(max(least, word), look().px(68))

    def _paint_content(self, painter: QPainter, rect: QRectF, paint: Paint) -> None:
        top, side = rect.top() + look().px(21), look().px(14)
        cap = key_cap_size(self._key) if self._key else QSize(0, 0)
        sign, badge = look().px(24), badge_size(str(self._count))[0] if self._count else 0
        x, room = rect.left() + side, rect.width() - cap.width() - 2 * side
        # where there is no room for all three, the count and the key say more than the sign
        if self._icon and room >= sign + badge:
            paint_pixmap(painter, tinted(self._icon, self._sign_colour(), sign), QPointF(x + sign / 2, top))
            x += sign + 2
        if self._count:
            paint_badge(painter, QPointF(x + badge / 2, top), str(self._count))
        if self._key:
            right = rect.right() - look().px(9)
            paint_key_cap(painter, QRectF(right - cap.width(), top - cap.height() / 2, cap.width(), cap.height()), self._key)
        font = fitting_font(self.text(), rect.width() - 8, Role.BACA, 600, 17)
        painter.setPen(look().colour(paint.ink))
        painter.setFont(font)
        below = QRectF(rect.left(), top + look().px(13), rect.width(), rect.height() - look().px(36))
        painter.drawText(below, CENTRE, elide_middle(self.text(), font, rect.width() - 6))

    def _sign_colour(self) -> QColor:
        return look().colour(Token.DAUN_TEKS if self.isEnabled() else Token.TINTA3)


class IconButton(QAbstractButton):
    """A sign that everyone knows, with its name for the screen reader and as a tip.

    Args:
        icon: name of a bundled icon.
        name: accessible name and tip.
        kind: QUIET has an edge, FLAT none, COUNTER stands on the counter.
    """

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, kind: Kind = Kind.QUIET, size: int = TOUCH) -> None:
        super().__init__(parent)
        self.kind = kind
        self._icon, self._size = icon, size
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Accessible name and tip, after a change of language."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def sizeHint(self) -> QSize:
        side = max(TOUCH, look().px(self._size))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        paint = paint_of(self)
        paint_ground(painter, rect, fill_of(self, paint), look().colour(paint.edge) if paint.edge else None, 12)
        if self.hasFocus():
            paint_focus(painter, rect, 12, look().colour(Token.KUNYIT if self.kind is Kind.COUNTER else Token.FOKUS))
        paint_pixmap(painter, picture(self._icon, paint.sign, look().px(24)), rect.center())
        painter.end()


class StepButton(IconButton):
    """Minus or plus beside a quantity: repeats while it is held."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(icon, name, parent, Kind.QUIET, 52)
        self.setAutoRepeat(True)
        self.setAutoRepeatDelay(450)
        self.setAutoRepeatInterval(110)


class CheckRow(QAbstractButton):
    """A row to tick: box, count, words. Ticked rows are pale green.

    Args:
        text: the goods; the accessible name says the count too.
        count: `2×`, set bold before it.
    """

    def __init__(self, text: str = "", count: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self.setCheckable(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """The words; also the accessible name."""
        super().setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(f"{self._count} {text}".strip())

    def set_count(self, count: str) -> None:
        """`2×`"""
        self._count = count
        self.setText(self.text())

    def sizeHint(self) -> QSize:
        width = look().px(46 + 46 + 12) + text_width(self.text(), look().font(Role.BACA))
        return QSize(round(width), max(TOUCH, look().px(TOUCH)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(180), max(TOUCH, look().px(TOUCH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        fill = step_darker(look().colour(Token.DAUN_MUDA if on else Token.CEKUNG), self.isDown(), self.underMouse() and self.isEnabled())
        paint_ground(painter, rect, fill, None if on else look().colour(Token.GARIS), 8, 1.0)
        if self.hasFocus():
            paint_focus(painter, rect, 8)
        side = look().px(28)
        box = QRectF(rect.left() + look().px(8), rect.center().y() - side / 2, side, side)
        paint_check_box(painter, box, on, self.isEnabled())
        ink = look().colour(Token.TINTA if self.isEnabled() else Token.TINTA3)
        x = box.right() + look().px(11)
        painter.setPen(ink)
        if self._count:
            font = look().font(Role.BACA, 700)
            painter.setFont(font)
            width = max(text_width(self._count, font), look().px(26))
            painter.drawText(QRectF(x, rect.top(), width + 2, rect.height()), LEFT, self._count)
            x += width + look().px(12)
        font = look().font(Role.BACA)
        painter.setFont(font)
        room = rect.right() - look().px(8) - x
        painter.drawText(QRectF(x, rect.top(), room + 1, rect.height()), LEFT, elide_middle(self.text(), font, room))
        painter.end()


def paint_check_box(painter: QPainter, box: QRectF, checked: bool, enabled: bool = True) -> None:
    """A box to tick, 28 px or so."""
    if checked:
        paint_ground(painter, box, look().colour(Token.DAUN if enabled else Token.TINTA3), None, 7)
        paint_pixmap(painter, picture("check", Token.DI_DAUN, round(box.width() * 0.8)), box.center())
        return
    ground = look().colour(Token.KERTAS)
    edge = look().colour(Token.GARIS_KUAT)
    paint_ground(painter, box, ground, edge if enabled else mixed(edge, ground, 0.5), 7, 1.6)


def on_click(button: QAbstractButton, act: Callable[[], object]) -> None:
    """Call `act` without the `checked` that Qt hands along."""
    button.clicked.connect(lambda _checked=False: act())
