"""One of some: cards with two lines (ways to pay), and a row of segments. Own which looks chosen; the meaning is the screen's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import TOUCH, key_cap_size, paint_key_cap, settle
from pos.ui.widgets.choosing import tell_choice
from pos.ui.widgets.painting import CENTRE, LEFT, elide_middle, paint_focus, paint_ground, paint_pixmap, painter_on, step_darker, text_width


class ChoiceCard(QAbstractButton):
    """A card to choose: icon, title, a second line, a key. Chosen it is pale green with a green edge and a tick."""

    def __init__(
        self,
        title: str = "",
        sentence: str = "",
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
        token: Token = Token.TINTA2,
    ) -> None:
        super().__init__(parent)
        self._sentence, self._icon, self._key, self._token = sentence, icon, key, token
        self.setCheckable(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(title, sentence)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Title, which is the accessible name, and second line."""
        self._sentence = sentence
        self.setText(title)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        tell_choice(self)

    def sizeHint(self) -> QSize:
        widest = max(text_width(self.text(), look().font(Role.SUB)), text_width(self._sentence, look().font(Role.BACA, 400)))
        return QSize(round(widest) + look().px(64 + 20) + key_cap_size(self._key).width(), look().px(82))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        fill = step_darker(look().colour(Token.DAUN_MUDA if on else Token.KERTAS), self.isDown(), self.underMouse() and self.isEnabled())
        paint_ground(painter, rect, fill, look().colour(Token.DAUN if on else Token.GARIS_KUAT), 14, 2.6 if on else 1.4)
        if self.hasFocus():
            paint_focus(painter, rect, 14)
        self._paint_words(painter, rect, on)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, on: bool) -> None:
        sign = look().px(30)
        dim = not self.isEnabled()
        x = rect.left() + look().px(18)
        if self._icon:
            token = Token.TINTA3 if dim else Token.DAUN_TEKS if on else self._token
            paint_pixmap(painter, picture(self._icon, token, sign), QPointF(x + sign / 2, rect.center().y()))
            x += sign + look().px(16)
        room = rect.right() - look().px(14) - x
        if self._key:
            cap = key_cap_size(self._key)
            left = rect.right() - look().px(14) - cap.width()
            paint_key_cap(painter, QRectF(left, rect.center().y() - cap.height() / 2, cap.width(), cap.height()), self._key)
            room = left - look().px(8) - x
        title, half = look().font(Role.SUB), rect.height() / 2
        upper = QRectF(x, rect.top() + half - look().px(28), room, look().px(28))
        if not self._sentence:
            upper = QRectF(x, rect.top(), room, rect.height())
        painter.setPen(look().colour(Token.TINTA3 if dim else Token.TINTA))
        painter.setFont(title)
        painter.drawText(upper, LEFT, elide_middle(self.text(), title, room - (look().px(36) if on else 0)))
        if on:
            tick = QPointF(x + text_width(self.text(), title) + look().px(24), upper.center().y())
            paint_pixmap(painter, picture("circle-check", Token.DAUN_TEKS, look().px(26)), tick)
        if self._sentence:
            font = look().font(Role.BACA, 400)
            painter.setPen(look().colour(Token.TINTA3 if dim else Token.TINTA2))
            painter.setFont(font)
            lower = QRectF(x, rect.top() + half, room, look().px(27))
            painter.drawText(lower, LEFT, elide_middle(self._sentence, font, room))


class _Segment(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self.text(), look().font(Role.BACA, 700))) + look().px(32), max(TOUCH, look().px(TOUCH)))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(text_width(self.text(), look().font(Role.BACA, 700))) + look().px(12), TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        if on:
            paint_ground(painter, rect, look().colour(Token.KERTAS), look().colour(Token.GARIS_KUAT), 10)
        elif self.isDown() or self.underMouse():
            paint_ground(painter, rect, step_darker(look().colour(Token.TEKAN), self.isDown(), hover=True), None, 10)
        if self.hasFocus():
            paint_focus(painter, rect, 10)
        painter.setPen(look().colour(Token.TINTA3 if not self.isEnabled() else Token.TINTA if on else Token.TINTA2))
        painter.setFont(look().font(Role.BACA, 700 if on else 500))
        painter.drawText(rect, CENTRE, self.text())
        painter.end()


class Segments(QWidget):
    """A few words side by side, one of them chosen.

    Signals:
        chosen(str): the key of the segment that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, segments: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`segments`: key and word of each, from left to right; the first is chosen."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        for key, word in segments:
            button = _Segment(word)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        if segments:
            self.choose(segments[0][0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose(self, key: str) -> None:
        """Show one as chosen, without telling anyone."""
        self._buttons[key].setChecked(True)

    def current(self) -> str:
        """Key of the chosen one; empty when there is none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_words(self, words: Sequence[tuple[str, str]]) -> None:
        """The words anew, after a change of language."""
        for key, word in words:
            self._buttons[key].set_text(word)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter: QPainter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(Token.TEKAN), None, 14)
        painter.end()
