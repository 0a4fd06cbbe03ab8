"""A few lines of text to type into, on the same ground as a `TextField`. Owns no meaning of what is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QPalette, Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import paint_focus, paint_ground, painter_on
from pos.ui.widgets.text import Text

_LINE: Final = 26


class LinesField(QFrame):
    """Some lines of text; Tab goes on to the next field.

    Signals:
        changed(): something was typed.
        finished(): the field was left.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, lines: int = 3, most: int = 200, parent: QWidget | None = None) -> None:
        """`most`: characters that are taken; `lines`: that are seen, and that may be."""
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._label = Text("", Role.BACA, Token.TINTA2, 400)
        self._edit = _Edit()
        self._edit.setTabChangesFocus(True)
        self._edit.setFrameShape(QFrame.Shape.NoFrame)
        self._edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # the ground is painted by hand, below what is typed; the application's own style gives an edit an edge
        self._edit.setStyleSheet("QPlainTextEdit { border: none; background: transparent; padding: 0; min-height: 0; }")
        self._edit.viewport().setAutoFillBackground(False)
        self._edit.document().setDocumentMargin(0)
        self._edit.textChanged.connect(self._typed)
        self._edit.left.connect(self.finished)
        self._edit.installEventFilter(self)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(17), look().px(8), look().px(14), look().px(10))
        box.setSpacing(look().px(2))
        box.addWidget(self._label)
        box.addWidget(self._edit)
        self._dress()
        look().changed.connect(self._dress)

    def set_words(self, name: str, placeholder: str = "") -> None:
        """Label, which is the accessible name, and what to type."""
        self._label.setText(name)
        self._edit.setAccessibleName(name)
        self._edit.setPlaceholderText(placeholder)

    def text(self) -> str:
        """The lines without blanks around them and without empty ones at the end; each ends where it was ended."""
        lines = (" ".join(line.split()) for line in self._edit.toPlainText().splitlines())
        return "\n".join(lines).strip("\n")[: self._most]

    def setText(self, text: str) -> None:
        """Other lines; the cursor stays where nothing changes."""
        if text != self.text():
            self._edit.setPlainText(text)

    def hasFocus(self) -> bool:
        return self._edit.hasFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def sizeHint(self) -> QSize:
        return QSize(look().px(220), look().px(_LINE) * self._lines + look().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect())
        paint_ground(painter, rect, look().colour(Token.KERTAS), look().colour(Token.GARIS_KUAT), 14, 1.4)
        if self._edit.hasFocus():
            paint_focus(painter, rect, 14)
        painter.end()

    def _typed(self) -> None:
        """What is more than may be is not taken, and the cursor stays where it was."""
        text = self._edit.toPlainText()
        kept = "\n".join(text.split("\n")[: self._lines])[: self._most]
        if kept != text:
            place = self._edit.textCursor().position()
            self._edit.blockSignals(True)
            self._edit.setPlainText(kept)
            self._edit.blockSignals(False)
            cursor = self._edit.textCursor()
            cursor.setPosition(min(place, len(kept)))
            self._edit.setTextCursor(cursor)
        self.changed.emit()

    def _dress(self) -> None:
        self._edit.setFont(look().font(Role.BACA))
        palette = self._edit.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, look().colour(Token.TINTA))
        palette.setColor(QPalette.ColorRole.PlaceholderText, look().colour(Token.TINTA3))
        self._edit.setPalette(palette)
        self.updateGeometry()
        self.update()


class _Edit(QPlainTextEdit):
    """Says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # the frame's Esc: leave the room or the field, not this
            event.ignore()
            return
        super().keyPressEvent(event)
