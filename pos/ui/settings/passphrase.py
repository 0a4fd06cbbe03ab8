"""The passphrase of a sealed copy, typed without being shown; twice where one is being chosen. Owns what is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.language import tr
from pos.ui.settings.note import Note
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.text import Text


class PassphraseDialog(Dialog):
    """Asks for a passphrase, twice where one is being chosen."""

    def __init__(self, title: str, words: str, twice: bool, parent: QWidget | None) -> None:
        super().__init__(title, parent, 520)
        self._fields = [TextField(tr("Kata sandi"), tr("paling sedikit 8 huruf"), label=tr("Kata sandi"))]
        if twice:
            self._fields.append(TextField(tr("Sekali lagi"), tr("ketik yang sama"), label=tr("Sekali lagi")))
        self.note = Note()
        self.body.addWidget(Text(words, Role.BACA, Token.TINTA2, wrap=True))
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(self._typed)
            self.body.addWidget(field)
        self.body.addWidget(self.note)
        self.cancel = self.add_button(tr("Batal"))
        on_click(self.cancel, self.reject)
        self.go_on = self.add_button(tr("Lanjut"), Kind.PRIMARY, "check")
        on_click(self.go_on, self._go_on)
        self._typed()

    def passphrase(self) -> str:
        return self._fields[0].text()

    def _typed(self) -> None:
        self.go_on.setEnabled(all(field.text() for field in self._fields))

    def _go_on(self) -> None:
        if len({field.text() for field in self._fields}) > 1:
            self.note.say(Tone.FAULT, tr("Dua kata sandinya belum sama. Ketik ulang yang kedua."))
        elif len(self._fields) > 1 and len(self.passphrase()) < 8:
            self.note.say_error(ShopError(ErrorCode.COPY_PASSPHRASE_SHORT, least=8))
        else:
            self.accept()
