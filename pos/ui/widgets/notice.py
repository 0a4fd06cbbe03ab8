"""A strip inside a card that says one thing: a sign and a sentence on its tone. Owns no wording."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.pictures import icon as picture
from pos.ui.theme.tokens import Role
from pos.ui.tones import Tone
from pos.ui.widgets.painting import paint_ground, paint_pixmap, painter_on
from pos.ui.widgets.pill import TONES
from pos.ui.widgets.text import Text


class Notice(QFrame):
    """One or two sentences that must be seen: waiting, a warning, a remark of the buyer.

    Args:
        icon: name of a bundled icon at the left.
        tone: its colour's meaning; the sentence says it too.
    """

    def __init__(self, icon: str = "info", text: str = "", tone: Tone = Tone.INFORMATION, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self._words = Text(text, Role.BACA, TONES[tone][1], 500, wrap=True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look().px(46), look().px(9), look().px(12), look().px(9))
        self.row.setSpacing(look().px(8))
        self.row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.tell(icon, text, tone)

    def tell(self, icon: str, text: str, tone: Tone) -> None:
        """Say something else; no text hides the strip."""
        self._icon, self._tone = icon, tone
        self._words.set_token(TONES[tone][1])
        self._words.setText(text)
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            # without a parent it would be shown as a window of its own
            self.show()
        self.update()

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground, ink = TONES[self._tone]
        paint_ground(painter, QRectF(self.rect()), look().colour(ground), None, 12)
        paint_pixmap(painter, picture(self._icon, ink, look().px(24)), QPointF(look().px(25), min(self.height() / 2, look().px(24))))
        painter.end()
