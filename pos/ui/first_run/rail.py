"""The guide's rail: awning, welcome, and the steps with a tick at those that are done. Owns how it looks; which step is on is told."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.first_run.steps import STEPS, WORDS, Step
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import awning, icon
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import on_click, settle
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.painting import CENTRE, LEFT, fitting_font, paint_focus, paint_ground, paint_pixmap, painter_on
from pos.ui.widgets.text import ElidedText, Text

_AWNING: Final = 44
_ROW: Final = 72
_GROUND: Final = 56
_DISC: Final = 19
_LINE: Final = 3.0


class StepMark(QAbstractButton):
    """One step: its number in a disc, or a tick, on the line that joins them."""

    def __init__(self, number: int, last: bool) -> None:
        super().__init__()
        self._number, self._last = number, last
        self.done = self.done_before = False
        self.setCheckable(True)
        settle(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, current: bool, done: bool, done_before: bool) -> None:
        """`done_before`: the step above it is done, so the line comes to it in turmeric."""
        self.done, self.done_before = done, done_before
        self.setChecked(current)
        self.update()

    def set_words(self, words: str, state: str) -> None:
        self.setText(words)
        self.setShortcut(QKeySequence())
        self.setAccessibleName(words)
        self.setAccessibleDescription(state)

    def sizeHint(self) -> QSize:
        return QSize(look().px(220), look().px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(_GROUND))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        middle, x = rect.center().y(), rect.left() + look().px(38)
        ground = QRectF(rect.left(), middle - look().px(_GROUND) / 2, rect.width(), look().px(_GROUND))
        if self.isChecked() or self.underMouse():
            paint_ground(painter, ground, look().colour(Token.TUA_BTN), None, 14)
        if self.hasFocus():
            paint_focus(painter, ground, 14, look().colour(Token.KUNYIT))
        self._paint_line(painter, x, middle)
        self._paint_disc(painter, QPointF(x, middle))
        left = x + look().px(_DISC + 15)
        room = rect.right() - look().px(6) - left
        painter.setPen(look().colour(Token.DI_TUA if self.isChecked() else Token.DI_TUA2))
        painter.setFont(fitting_font(self.text(), room, Role.SUB, 700 if self.isChecked() else 500, 17))
        painter.drawText(QRectF(left, rect.top(), room + 1, rect.height()), LEFT, self.text())
        painter.end()

    def _paint_line(self, painter: QPainter, x: float, middle: float) -> None:
        radius = look().px(_DISC)
        for upper, lower, done in ((0.0, middle - radius, self.done_before), (middle + radius, float(self.height()), self.done)):
            if (upper == 0.0 and self._number == 1) or (upper > 0 and self._last):
                continue
            painter.setPen(QPen(look().colour(Token.KUNYIT if done else Token.TUA_BTN), _LINE))
            painter.drawLine(QPointF(x, upper), QPointF(x, lower))

    def _paint_disc(self, painter: QPainter, centre: QPointF) -> None:
        radius = look().px(_DISC)
        full = self.done or self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if full else QPen(look().colour(Token.DI_TUA2), 2))
        painter.setBrush(look().colour(Token.KUNYIT if full else Token.REL))
        painter.drawEllipse(centre, radius, radius)
        if self.done and not self.isChecked():
            paint_pixmap(painter, icon("check", Token.DI_KUNYIT, look().px(26)), centre)
            return
        painter.setPen(look().colour(Token.DI_KUNYIT if full else Token.DI_TUA))
        painter.setFont(look().font(Role.BACA, 700))
        painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), CENTRE, str(self._number))


class GuideRail(QWidget):
    """Signals:
    wanted(Step): a step was pressed.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._done: frozenset[Step] = frozenset()
        self._current = STEPS[0]
        self._welcome = Text("", Role.JUDUL, Token.DI_TUA, 800)
        self._shop = ElidedText("", Role.BACA, Token.DI_TUA2, 500)
        self._foot = Text("", Role.BACA, Token.DI_TUA2, 400, wrap=True)
        self.marks = {step: StepMark(number, step is STEPS[-1]) for number, step in enumerate(STEPS, start=1)}
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._welcome)
        words.addWidget(self._shop)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(look().px(12))
        self._drawing = DrawingLabel("toko", 72)
        head.addWidget(self._drawing)
        head.addLayout(words, 1)
        box = QVBoxLayout(self)
        side = look().px(18)
        box.setContentsMargins(side, look().px(_AWNING + 18), side, side)
        box.setSpacing(0)
        box.addLayout(head)
        box.addSpacing(look().px(12))
        for step, mark in self.marks.items():
            on_click(mark, lambda step=step: self._pressed(step))  # type: ignore[misc]
            box.addWidget(mark)
        box.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(look().px(12), 0, look().px(12), 0)
        foot.addWidget(self._foot)
        box.addLayout(foot)
        self.show_progress(STEPS[0], frozenset())

    def set_wide(self, wide: bool) -> None:
        """As wide as the sketch, or narrower where the window is."""
        self.setFixedWidth(look().px(330 if wide else 280))
        self._drawing.set_px(72 if wide else 56)
        self._welcome.set_role(Role.JUDUL if wide else Role.SUB, 800)

    def show_progress(self, current: Step, done: frozenset[Step]) -> None:
        """Which step is on, which are done."""
        self._current, self._done = current, done
        before = False
        for step, mark in self.marks.items():
            mark.set_state(step is current, step in done, before)
            before = step in done
        self._say_states()

    def retranslate(self, shop: str) -> None:
        self._welcome.setText(tr("Selamat datang"))
        self._shop.setText(shop or tr("Toko baru"))
        self._foot.setText(tr("Bisa dilewati. Nanti ada lagi di Pengaturan."))
        self._say_states()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), look().colour(Token.REL))
        painter.drawPixmap(0, 0, awning(self.width(), look().px(_AWNING)))
        painter.end()

    def _pressed(self, step: Step) -> None:
        # which one is on is said by the screen, which may refuse to leave the present one
        self.show_progress(self._current, self._done)
        self.wanted.emit(step)

    def _say_states(self) -> None:
        for step, mark in self.marks.items():
            state = tr("langkah ini") if step is self._current else tr("sudah") if step in self._done else tr("belum")
            mark.set_words(tr(WORDS[step].name), state)
