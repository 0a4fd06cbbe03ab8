"""When the shop could not be opened: what is, what to do, and to try again. Owns no rule; its words come from `messages`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.ui.language import tr
from pos.ui.messages import error_words
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.goods import DrawingLabel
from pos.ui.widgets.text import Text


class StartTrouble(QWidget):
    """A calm page over the whole window.

    Signals:
        again(): try to open the shop once more.
        leave(): close the window.
    """

    again = Signal()
    leave = Signal()

    def __init__(self, error: ShopError | None, parent: QWidget | None = None) -> None:
        """`error` None: a bug, which is in the log."""
        super().__init__(parent)
        title, sentence = tr("Toko belum bisa dibuka"), tr("Rinciannya ada di catatan program. Coba lagi, atau hubungi petugas e-Peken.")
        if error is not None:
            title, sentence = error_words(error)
        words = (Text(title, Role.ANGKA, Token.TINTA, 800, wrap=True), Text(sentence, Role.SUB, Token.TINTA2, 400, wrap=True))
        again, leave = ActionButton(tr("Coba lagi"), "refresh-cw", kind=Kind.PRIMARY), ActionButton(tr("Tutup"))
        on_click(again, self.again.emit)
        on_click(leave, self.leave.emit)
        column = QVBoxLayout()
        column.setSpacing(look().px(12))
        column.addStretch(1)
        column.addWidget(DrawingLabel("kosong_luring", 160), 0, Qt.AlignmentFlag.AlignHCenter)
        for text in words:
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMinimumWidth(look().px(620))
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(again)
        buttons.addStretch(1)
        column.addSpacing(look().px(8))
        column.addLayout(buttons)
        column.addStretch(2)
        box = QVBoxLayout(self)
        box.addLayout(column)
