"""The printer at the right of the guide, with the paper that comes out of it. Owns how it looks; what is on the paper is handed in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.context import PaperPicture
from pos.ui.language import tr
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.painting import LEFT, paint_ground, painter_on
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.text import Text

_WIDTH: Final = 472
_TOP: Final = 40
_HEAD: Final = 56


class PaperPanel(QWidget):
    """Paper hangs out of a printer; below it a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self.paper = PaperView()
        self._foot = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(look().px(4), look().px(_TOP + _HEAD), look().px(4), look().px(20))
        box.addWidget(self.paper, 1)
        box.addWidget(self._foot)
        self.setFixedWidth(look().px(_WIDTH))

    def set_picture(self, picture: PaperPicture | None) -> None:
        self.paper.set_picture(picture)

    def retranslate(self) -> None:
        self._title = tr("Pratinjau kertas")
        self.paper.setAccessibleName(self._title)
        self._foot.setText(tr("Layar dan kertas selalu sama."))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), look().colour(Token.TEKAN))
        left, top = look().px(14), look().px(_TOP)
        head = QRectF(left, top, self.width() - 2 * left, look().px(_HEAD + 18))
        paint_ground(painter, head, look().colour(Token.DAUN_TUA), None, 14)
        slot = QRectF(left + 14, top + look().px(_HEAD) - 8, self.width() - 2 * left - 28, 10)
        paint_ground(painter, slot, look().colour(Token.REL), None, 5)
        painter.setPen(look().colour(Token.DI_TUA))
        painter.setFont(look().font(Role.BACA, 600))
        painter.drawText(QRectF(left + 20, top, head.width() - 70, look().px(_HEAD) - 8), LEFT, self._title)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(Token.KUNYIT))
        painter.drawEllipse(QPointF(head.right() - 24, top + look().px(_HEAD) / 2 - 4), 6, 6)
        painter.end()
