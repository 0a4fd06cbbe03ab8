"""Where the shop's keys are kept: the system's keyring, or, only because the owner says so here, a file. Owns the question."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.tones import Tone


class KeysForm(QWidget):
    """The keys are moved first, off the UI thread: a keyring may ask its owner to unlock it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._working: Operation | None = None
        self.place = ChoiceRow(
            later("Kunci toko disimpan di"),
            (("keyring", later("Brankas kunci komputer")), ("file", later("Berkas"))),
            later("Pilih berkas hanya kalau komputer ini tidak punya brankas kunci. Halaman Kesehatan akan mengingatkannya."),
        )
        self.note = Note()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self.place)
        box.addWidget(self.note)
        self.place.chosen.connect(self._choose)
        self.refresh()

    def refresh(self) -> None:
        self.place.show_value("file" if self._context.preferences.secrets_in_file else "keyring")

    def retranslate(self) -> None:
        self.place.retranslate()
        self.note.retranslate()

    def _choose(self, key: str) -> None:
        in_file = key == "file"
        if self._working is not None or in_file == self._context.preferences.secrets_in_file:
            return
        self.place.setEnabled(False)
        self.note.clear()
        self._working = run(self._context, lambda progress: self._move(in_file, progress), self._moved, self._failed)
        self._working.ended.connect(self._ended)

    def _move(self, in_file: bool, progress: Progress) -> bool:
        """In the operation's thread."""
        self._context.backstage.move_keys(in_file)
        progress(1, 1)
        return in_file

    def _moved(self, in_file: bool) -> None:
        change(self._context, secrets_in_file=in_file)
        self.note.say(Tone.GOOD, tr("Kunci sudah dipindahkan."))
        self._context.changed.emit(Changed(shop=True))

    def _failed(self, error: ShopError) -> None:
        self.note.say_error(error)

    def _ended(self) -> None:
        self._working = None
        self.place.setEnabled(True)
        self.refresh()
