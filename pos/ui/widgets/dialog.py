"""Dialogues and the head of a page: a title, a body, a row of buttons. Own no question and no answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.painting import paint_ground, painter_on, rounded_region
from pos.ui.widgets.text import Text


class Scrim(QWidget):
    """The window behind a dialogue, one flat step darker: it says that it waits."""

    def __init__(self, window: QWidget) -> None:
        # the window is not kept in an attribute: a widget that dies later must never hold the last hand of its parent
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def lift(self) -> None:
        """Take it away."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(0, 0, 0, 130 if look().dark else 96))
        painter.end()


class Dialog(QDialog):
    """A card over the window. Esc and the cross close it as `rejected`.

    Args:
        title: what it is; the accessible name.
        parent: the window it stands over.
        width: pixels at 100 %, 0 for what its content asks.

    Attributes:
        body: where its content goes.
    """

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 0) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self._scrim: Scrim | None = None
        self._title = Text(title, Role.JUDUL)
        self._close = IconButton("x", tr("Tutup jendela ini"), kind=Kind.FLAT)
        # Esc does the same; the first field is to have the focus
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        on_click(self._close, self.reject)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self.body = QVBoxLayout()
        self.body.setSpacing(look().px(12))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look().px(8))
        self._buttons.addStretch(1)
        box = QVBoxLayout(self)
        side = look().px(20)
        box.setContentsMargins(side, look().px(12), side, side)
        box.setSpacing(look().px(14))
        box.addLayout(head)
        box.addLayout(self.body, 1)
        box.addLayout(self._buttons)
        if width:
            self.setMinimumWidth(look().px(width))
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def add_button(self, text: str, kind: Kind = Kind.QUIET, icon: str = "", key: str = "", accept: bool = False) -> ActionButton:
        """A button at the right of the row; `accept` closes the dialogue as accepted. Its `clicked` is the caller's."""
        button = ActionButton(text, icon, key, kind)
        if accept:
            on_click(button, self.accept)
        self._buttons.addWidget(button)
        return button

    def clear_bottom(self) -> int:
        """Pixels at its lower edge where no toast may stand: its buttons."""
        return self.height() - self._buttons.geometry().top() if self._buttons.count() > 1 else 0

    def showEvent(self, event: QShowEvent) -> None:
        parent = self.parentWidget()
        if parent is not None and self._scrim is None:
            self._scrim = Scrim(parent.window())
            self._scrim.show()
        super().showEvent(event)
        self._grow()
        self._centre()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """As high as its words need at its width: a sentence that takes two lines must not be paid for by the fields below it."""
        layout, parent = self.layout(), self.parentWidget()
        if layout is None or not layout.hasHeightForWidth():
            return
        most = parent.window().height() if parent is not None else self.maximumHeight()
        needed = min(layout.minimumHeightForWidth(self.width()), most)
        if needed > self.height():
            self.resize(self.width(), needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":
            # a desktop that blends no windows would paint the corners black
            self.setMask(rounded_region(self.rect(), 16))
        self._centre()

    def _centre(self) -> None:
        """In the middle of its window, whatever the window manager (or none) would do; also after it has grown."""
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            self.move(parent.window().frameGeometry().center() - self.rect().center())

    def hideEvent(self, event: QHideEvent) -> None:
        if self._scrim is not None:
            self._scrim.lift()
            self._scrim = None
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # a scanner's Enter must not answer a question
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_ground(painter, QRectF(self.rect()), look().colour(Token.KERTAS), look().colour(Token.GARIS_KUAT), 16, 1.0)
        painter.end()


class PageHeader(QWidget):
    """The head of a page: its title, a sentence, and room for buttons at the right.

    Attributes:
        buttons: where buttons go.
    """

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(title, Role.ANGKA, px=30)
        self._sentence = Text(sentence, Role.BACA, Token.TINTA2, 400)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(look().px(8))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(words, 1)
        box.addLayout(self.buttons)
        self.set_words(title, sentence)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
