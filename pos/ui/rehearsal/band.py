"""The band over every page of a rehearsal: what this is, and the one key that ends it. Owns its place over the window's pages."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPolygonF, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.ui.keys import keys_now
from pos.ui.language import tr
from pos.ui.shell.window import ShellWindow
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.painting import painter_on
from pos.ui.widgets.text import ElidedText, Text

_HEIGHT: Final = 58
_STRIPES: Final = 92
_END_KEYS: Final = ("Ctrl+Q", "Shift+F12", "Shift+F11")
"""The first of them that this shop has not given to something else."""


class RehearsalBand(QWidget):
    """Lies over the top of a window, which makes room for it; closing the window is the end of the rehearsal.

    Attributes:
        done: ends the rehearsal.
    """

    def __init__(self, window: ShellWindow) -> None:
        super().__init__(window)
        self._key = next(key for key in _END_KEYS if key not in keys_now().values() or key == _END_KEYS[-1])
        self._name = Text("", Role.JUDUL, Token.DI_BATA, 800)
        self._words = ElidedText("", Role.BACA, Token.DI_BATA, 600)
        self.done = ActionButton("", "log-out", self._key)
        self.done.setMinimumHeight(look().px(48))
        row = QHBoxLayout(self)
        row.setContentsMargins(look().px(_STRIPES), look().px(4), look().px(14), look().px(4))
        row.setSpacing(look().px(16))
        row.addWidget(self._name)
        row.addWidget(self._words, 1)
        row.addWidget(self.done)
        on_click(self.done, window.close)
        self._shortcut = QShortcut(QKeySequence(self._key), window)
        self._shortcut.activated.connect(window.close)
        window.installEventFilter(self)
        window.make_room_above(look().px(_HEIGHT))
        self.retranslate()
        self._place()
        self.show()

    def retranslate(self) -> None:
        """Every word anew; the window's title too."""
        self._name.setText(tr("LATIHAN"))
        said = tr("Boleh salah: semuanya dibuang setelah selesai.")
        self._words.setText(said)
        self.done.setText(tr("Selesai latihan"))
        self.setAccessibleName(f"{tr('LATIHAN')}. {said}")
        self.window().setWindowTitle(f"{tr('LATIHAN')} – e-Peken POS")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() in (QEvent.Type.ChildAdded, QEvent.Type.LayoutRequest):
            # whatever is laid over the pages stays below it
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), look().colour(Token.BATA))
        self._stripes(painter)
        painter.end()

    def _stripes(self, painter: QPainter) -> None:
        """As on a barrier: seen from the street, whatever is read of it."""
        height, step = float(self.height()), float(look().px(16))
        painter.setClipRect(QRect(0, 0, look().px(_STRIPES - 18), self.height()))
        painter.setPen(look().colour(Token.DI_BATA))
        painter.setBrush(look().colour(Token.DI_BATA))
        left = -height
        while left < look().px(_STRIPES):
            corners = (QPointF(left, height), QPointF(left + height, 0), QPointF(left + height + step, 0), QPointF(left + step, height))
            painter.drawPolygon(QPolygonF(corners))
            left += 2 * step
        painter.setClipping(False)

    def _place(self) -> None:
        self.setGeometry(0, 0, self.window().width(), look().px(_HEIGHT))


def wear_band(window: ShellWindow) -> None:
    """Put the band over a window, or say its words anew."""
    band = window.findChild(RehearsalBand)
    if band is None:
        RehearsalBand(window)
    else:
        band.retranslate()
