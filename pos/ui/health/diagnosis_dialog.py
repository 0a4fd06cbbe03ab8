"""What is told to an officer far away: a code for a phone, text to read, a file for a stick. Owns the dialogue, not what is in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pos.domain.errors import ShopError
from pos.services.diagnosis import Diagnosis, as_code, as_text, file_name
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Progress, run
from pos.ui.payment.qr_code import QrCode
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.files import choose_folder
from pos.ui.widgets.text import Text

_CODE: int = 500
_TALL: int = 400


class DiagnosisDialog(Dialog):
    """Shows a diagnosis; saves it where somebody says."""

    def __init__(self, context: UiContext, told: Diagnosis, parent: QWidget | None = None) -> None:
        super().__init__(tr("Diagnostik"), parent, width=960)
        self._context, self._told = context, told
        support = context.preferences.support
        said = tr("Hanya angka, kode, dan versi: tidak ada nama, nomor, alamat, atau PIN siapa pun.")
        call = tr("Telepon {number}, lalu tunjukkan kode ini atau kirim berkasnya.", number=support) if support else ""
        self.body.addWidget(Text(f"{said} {call}".strip(), Role.BACA, Token.TINTA2, 400, wrap=True))
        self.code, self.text, self.note = QrCode(), QPlainTextEdit(as_text(told)), Note()
        self.code.setFixedSize(look().px(_CODE), look().px(_CODE))
        self.code.show_text(as_code(told), tr("Kode diagnostik untuk kamera HP"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Isi diagnostik"))
        self.text.setFont(look().font(Role.BACA, 500))
        self.text.setMinimumHeight(look().px(_TALL))
        row = QHBoxLayout()
        row.setSpacing(look().px(16))
        row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(look().px(10))
        right.addWidget(self.text, 1)
        right.addWidget(self.note)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        close = self.add_button(tr("Tutup"))
        on_click(close, self.accept)
        save = self.add_button(tr("Simpan ke flashdisk"), Kind.PRIMARY, "usb")
        on_click(save, lambda: choose_folder(self, tr("Flashdisk atau folder"), self.save))
        save.setFocus()

    def save(self, folder: str) -> None:
        """Write the file, off the UI thread: a stick may be slow."""
        told, backstage = self._told, self._context.backstage
        target = Path(folder) / file_name(told)

        def work(progress: Progress) -> str:
            backstage.save_diagnosis(str(target), as_text(told))
            progress(1, 1)
            return target.name

        run(self._context, work, self._saved, self._failed)

    def _saved(self, name: str) -> None:
        self.note.say(Tone.GOOD, tr("Disimpan: {name}.", name=name))

    def _failed(self, error: ShopError) -> None:
        self.note.say_error(error)
