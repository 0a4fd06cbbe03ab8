"""Short words over the work that go away by themselves: `N belum terkirim`, a new order. Own their place and time, never their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.painting import paint_ground, paint_pixmap, painter_on
from pos.ui.widgets.text import Text

ToastAction = tuple[str, Callable[[], object], bool]
"""Its word, what it does, and whether it is the one next step."""

_SIGNS: Final[dict[str, tuple[str, Token, Token]]] = {
    "good": ("check", Token.DAUN, Token.DI_DAUN),
    "info": ("info", Token.NILA, Token.DI_NILA),
    "fault": ("triangle-alert", Token.BATA, Token.DI_BATA),
    "order": ("bell-ring", Token.KUNYIT, Token.DI_KUNYIT),
}
_STAYS_MS: Final = {"good": 3_000, "info": 5_000, "fault": 9_000}
"""How long each kind stays; what has buttons, and an order, stays until it is answered."""
_RINGS: Final = 3
_RING_MS: Final = 200
_MOST: Final = 2
WIDTH: Final = 382
"""px at 100 % text."""


class _Disc(QWidget):
    """The sign of a toast in its disc. The bell of an order changes its ring three times, then rests."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._ground, self._ink = _SIGNS.get(kind, _SIGNS["info"])
        self._rings = 0
        side = look().px(60 if kind == "order" else 44)
        self.setFixedSize(side, side)
        if kind == "order" and look().motion:
            self._timer = QTimer(self, interval=_RING_MS)
            self._timer.timeout.connect(self._ring)
            self._timer.start()

    def _ring(self) -> None:
        self._rings += 1
        if self._rings >= 2 * _RINGS:
            self._timer.stop()
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        ring = 3.0 if self._rings % 2 else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._ground))
        painter.drawEllipse(rect.adjusted(ring, ring, -ring, -ring))
        paint_pixmap(painter, picture(self._sign, self._ink, round(rect.width() * 0.56)), QPointF(rect.center()))
        painter.end()


class Toast(QWidget):
    """A green card with a turmeric edge: sign, title, sentence, buttons.

    Signals:
        gone(Toast): it was closed or its time is over.

    Attributes:
        passing: it is about what was done just now, and goes with the next thing that is done.
    """

    gone = Signal(object)

    def __init__(
        self, kind: str, title: str, sentence: str = "", actions: Sequence[ToastAction] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self.title = kind, title
        self.passing = False
        self.setFixedWidth(look().px(WIDTH))
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(14), look().px(14), look().px(10), look().px(14))
        box.setSpacing(look().px(12))
        box.addLayout(self._head(kind, title, sentence))
        if actions:
            box.addLayout(self._row(actions))
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS.get(kind, 0))
        self._timer.timeout.connect(self.close_now)
        if kind in _STAYS_MS and not actions:
            self._timer.start()

    def close_now(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.hide()
        self.gone.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(Token.DAUN_TUA), look().colour(Token.KUNYIT), 16, 3.0)
        painter.end()

    def _head(self, kind: str, title: str, sentence: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(look().px(14))
        head.addWidget(_Disc(kind), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look().px(2))
        words.addWidget(Text(title, Role.JUDUL if kind == "order" else Role.SUB, Token.DI_TUA, 700, wrap=True))
        if sentence:
            words.addWidget(Text(sentence, Role.BACA, Token.DI_TUA, wrap=True))
        head.addLayout(words, 1)
        close = IconButton("x", tr("Tutup pesan ini"), kind=Kind.COUNTER)
        on_click(close, self.close_now)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _row(self, actions: Sequence[ToastAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look().px(8))
        for text, act, primary in actions:
            button = ActionButton(text, kind=Kind.NEXT if primary else Kind.COUNTER, role=Role.BACA)
            on_click(button, lambda act=act: self._answer(act))  # type: ignore[misc]
            row.addWidget(button, 2 if primary else 1)
        return row

    def _answer(self, act: Callable[[], object]) -> None:
        self.close_now()
        act()


class ToastStack(QWidget):
    """Where toasts stand: over the lower right of a window, the newest lowest, two at most; an order makes way for nothing but an order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(look().px(8))
        self._toasts: list[Toast] = []
        self._clear_bottom: Callable[[], int] = lambda: 0
        parent.installEventFilter(self)
        self.hide()

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """Those that are shown now, the newest last."""
        return tuple(self._toasts)

    def show_toast(self, kind: str, title: str, sentence: str = "", actions: Sequence[ToastAction] = (), passing: bool = False) -> Toast:
        """Show one. `kind`: `good`, `info`, `fault` or `order`; an `order` and one with actions stay until they are answered. What has
        the title of an older one takes its place."""
        for older in [toast for toast in self._toasts if toast.kind == kind and toast.title == title]:
            older.close_now()
        toast = Toast(kind, title, sentence, actions, self)
        toast.passing = passing
        toast.gone.connect(self._gone)
        self._box.addWidget(toast, 0, Qt.AlignmentFlag.AlignRight)
        self._toasts.append(toast)
        while len(self._toasts) > _MOST:
            next((old for old in self._toasts[:-1] if old.kind != "order"), self._toasts[0]).close_now()
        toast.show()
        self._place()
        return toast

    def keep_clear(self, bottom: Callable[[], int]) -> None:
        """Stand above so many pixels at the lower edge."""
        self._clear_bottom = bottom

    def pass_on(self, kind: str = "") -> bool:
        """The next thing is done: what was about the last one goes, and all of a kind. Whether there was any."""
        passed = [toast for toast in self._toasts if toast.passing or toast.kind == kind]
        for toast in passed:
            toast.close_now()
        return bool(passed)

    def clear(self) -> None:
        """Take all of them away."""
        for toast in list(self._toasts):
            toast.close_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _gone(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._box.removeWidget(toast)
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        window = self.parentWidget()
        if not self._toasts or window is None:
            self.hide()
            return
        self.adjustSize()
        margin = look().px(16)
        y = window.height() - self.height() - max(margin, self._clear_bottom())
        self.move(window.width() - self.width() - margin, max(0, y))
        self.show()
        self.raise_()
