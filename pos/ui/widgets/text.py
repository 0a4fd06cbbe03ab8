"""Words on the screen in a role and a colour of the theme; they follow it when it changes. Own no wording."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import elide_middle, text_width

_TOGETHER: Final = ("e-Peken", "e\u2011Peken")
"""A name that no line may break at its hyphen, and how it is drawn then."""


class Text(QLabel):
    """Words in one role and colour.

    Args:
        token: the colour.
        weight: instead of the role's own.
        wrap: break into lines where there is no room.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BACA,
        token: Token = Token.TINTA,
        weight: int | None = None,
        wrap: bool = False,
        parent: QWidget | None = None,
        px: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._token, self._weight, self._px = role, token, weight, px
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()
        look().changed.connect(self._dress)

    def setText(self, text: str) -> None:
        """Other words. In words that wrap, e-Peken stays in one piece."""
        super().setText(text.replace(*_TOGETHER) if self.wordWrap() else text)

    def text(self) -> str:
        """The words as they were set."""
        together, apart = _TOGETHER
        return super().text().replace(apart, together)

    def set_token(self, token: Token) -> None:
        """Another colour."""
        if token is not self._token:
            self._token = token
            self._dress()

    def set_role(self, role: Role, weight: int | None = None) -> None:
        """Another size."""
        self._role, self._weight, self._px = role, weight, None
        self._dress()

    def _dress(self) -> None:
        self.setFont(look().font(self._role, self._weight, self._px))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), look().colour(self._token))
        self.setPalette(palette)


class ElidedText(Text):
    """One line that is cut in its middle where there is no room; the whole is its tip and its accessible name."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BACA,
        token: Token = Token.TINTA,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, token, weight, False, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(48), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.contentsRect())
        painter = QPainter(self)
        painter.setPen(look().colour(self._token))
        painter.setFont(self.font())
        text = self.text()
        cut = text if text_width(text, self.font()) <= rect.width() else elide_middle(text, self.font(), rect.width())
        self.setToolTip("" if cut == text else text)
        painter.drawText(rect, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), cut)
        painter.end()
