"""The shop's logo for paper: chosen from any picture, seen as it prints, taken off again. Owns the choice; backstage makes it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import run
from pos.ui.settings.changing import change
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.files import choose_file
from pos.ui.widgets.text import Text

_KINDS: Final = ("png", "jpg", "jpeg", "webp", "gif", "bmp")
_PICTURE: Final = QSize(112, 64)


class LogoRow(QWidget):
    """A small picture, what it is, and two buttons."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._title = Text("", Role.BACA, Token.TINTA2, 500)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(look().px(_PICTURE.width()), look().px(_PICTURE.height()))
        self.choose = ActionButton("", "image")
        self.remove = ActionButton("", "trash-2")
        self.note = Note()
        row = QHBoxLayout()
        row.setSpacing(look().px(10))
        for part in (self._picture, self.choose, self.remove):
            row.addWidget(part)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(6))
        box.addWidget(self._title)
        box.addLayout(row)
        box.addWidget(self.note)
        on_click(self.choose, self._ask)
        on_click(self.remove, lambda: change(self._context, paper_logo=""))
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        path = self._context.backstage.page_logo()
        picture = QPixmap(path) if path else QPixmap()
        self._picture.setVisible(not picture.isNull())
        self.remove.setVisible(bool(self._context.preferences.paper_logo))
        if not picture.isNull():
            # on white, as on paper
            size = self._picture.size() - QSize(8, 8)
            self._picture.setPixmap(picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
            self._picture.setStyleSheet("background: #FFFFFF; border-radius: 8px;")

    def retranslate(self) -> None:
        self._title.setText(tr("Logo toko"))
        self._picture.setAccessibleName(tr("Logo toko"))
        self.choose.setText(tr("Pilih gambar"))
        self.remove.setText(tr("Tanpa logo"))
        self.note.retranslate()

    def take(self, path: str) -> None:
        """Make the logo out of a picture, off the UI thread: one of a phone takes a second."""
        self.choose.setEnabled(False)
        self.note.say(Tone.INFORMATION, tr("Gambar sedang disiapkan untuk kertas…"))

        def done(name: str) -> None:
            self.choose.setEnabled(True)
            self.note.clear()
            if name:
                change(self._context, paper_logo=name)

        def refused(error: ShopError) -> None:
            self.choose.setEnabled(True)
            self.note.say_error(error)

        backstage = self._context.backstage
        run(self._context, lambda progress: backstage.take_logo(path, progress), done, refused)

    def _ask(self) -> None:
        choose_file(self, tr("Pilih gambar logo"), [f".{kind}" for kind in _KINDS], self.take)
