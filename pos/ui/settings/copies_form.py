"""Where the shop's copies are laid a second time, a copy under a passphrase, and the way back from one. Owns the questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos.services.views import CopiesState
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.moments import WIB, moment_text
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.changing import change
from pos.ui.settings.note import Note
from pos.ui.settings.passphrase import PassphraseDialog
from pos.ui.settings.restoring import SEALED, Restoring
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.files import choose_folder, choose_place
from pos.ui.widgets.text import Text

T = TypeVar("T")


class CopiesForm(QWidget):
    """The second place, the sealed copy, and the way back."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._working: Operation | None = None
        self._opened: QFileDialog | None = None
        self._where = Text("", Role.BACA, Token.TINTA, 500, wrap=True)
        self._hint = Text("", Role.BACA, Token.TINTA3, 400, wrap=True)
        self.choose, self.forget = ActionButton("", "folder-open"), ActionButton("", "x", kind=Kind.FLAT)
        self.seal = ActionButton("", "lock")
        self.mirror, self._mirrored = ActionButton("", "upload"), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.note = Note()
        self.restoring = Restoring(context, self, self.note)
        self._lay_out()
        on_click(self.choose, lambda: choose_folder(self, tr("Pilih folder kedua"), self._place))
        on_click(self.forget, lambda: self._place(""))
        on_click(self.seal, self._ask_to_seal)
        on_click(self.mirror, lambda: choose_folder(self, tr("Flashdisk kiriman"), self._mirror))
        self.restoring.working.connect(self._wait)
        self.retranslate()

    def refresh(self) -> None:
        """Say where copies lie now."""
        state = self._context.backstage.copies_state()
        self.forget.setVisible(bool(state.place))
        self._where.setText(self._where_text(state))
        mirror = self._context.backstage.line.mirror_state()
        said = (
            tr("Flashdisk kiriman di {place} tidak ada. Colokkan lagi.")
            if mirror.missing
            else tr("Catatan yang belum terkirim juga ditulis ke {place}.")
        )
        self._mirrored.setText(said.format(place=mirror.folder))
        self._mirrored.setVisible(bool(mirror.folder))
        self._where.set_token(Token.BATA_TEKS if state.error is not None else Token.TINTA)

    def retranslate(self) -> None:
        self.choose.setText(tr("Pilih folder kedua"))
        self.forget.setText(tr("Tanpa folder kedua"))
        self.seal.setText(tr("Salinan berkata sandi"))
        self.restoring.retranslate()
        self.mirror.setText(tr("Flashdisk kiriman"))
        self._hint.setText(
            tr(
                "Salinan dibuat sendiri setiap hari, diperiksa, dan disimpan 7 hari, 4 minggu, dan 12 bulan. "
                "Folder kedua di flashdisk menyelamatkan data kalau komputer ini rusak."
            )
        )
        self.note.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        places, ways = QHBoxLayout(), QHBoxLayout()
        for row, buttons in ((places, (self.choose, self.forget)), (ways, (self.seal, self.restoring.choose, self.mirror))):
            row.setSpacing(look().px(8))
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        box.addWidget(self._hint)
        box.addWidget(self._where)
        box.addLayout(places)
        box.addLayout(ways)
        box.addWidget(self._mirrored)
        box.addWidget(self.note)
        box.addWidget(self.restoring.leave)

    def _where_text(self, state: CopiesState) -> str:
        if not state.place:
            return tr("Salinan hanya ada di komputer ini.")
        if state.error is not None:
            return error_sentence(state.error)
        if not state.laid_at:
            return tr("Salinan berikutnya juga ditaruh di {place}.", place=state.place)
        return tr("Salinan kedua di {place}, {at}.", place=state.place, at=moment_text(state.laid_at))

    # --- the second place --------------------------------------------------------------------------------------------

    def _place(self, folder: str) -> None:
        change(self._context, copy_folder=folder)
        self._start(self._lay_elsewhere, lambda _: self.refresh(), tr("Salinan sedang ditaruh di folder kedua."))

    def _lay_elsewhere(self, progress: Progress) -> None:
        self._context.backstage.lay_copy_elsewhere()
        progress(1, 1)

    def _mirror(self, folder: str) -> None:
        """What is unsent goes to a stick as well, from now on."""
        change(self._context, mirror_folder=folder)

        def work(progress: Progress) -> int:
            written = self._context.backstage.line.mirror_now()
            progress(1, 1)
            return written

        self._start(
            work, lambda n: self.note.say(Tone.GOOD, tr("{n} catatan ditulis ke flashdisk kiriman.", n=n)), tr("Salinan sedang dibuat.")
        )

    # --- under a passphrase ------------------------------------------------------------------------------------------

    def _ask_to_seal(self) -> None:
        day = datetime.fromtimestamp(self._context.till.clock.now() / 1000, UTC).astimezone(WIB)
        proposed = Path.home() / f"e-Peken POS {day:%Y-%m-%d}{SEALED}"
        choose_place(self, tr("Simpan salinan"), proposed, self._ask_passphrase)

    def _ask_passphrase(self, target: str) -> None:
        words = tr("Tanpa kata sandi ini salinannya tidak bisa dibuka siapa pun. Catat di tempat yang aman.")
        dialog = PassphraseDialog(tr("Kata sandi salinan"), words, twice=True, parent=self.window())
        dialog.accepted.connect(lambda: self._seal(target, dialog.passphrase()))
        dialog.open()

    def _seal(self, target: str, passphrase: str) -> None:
        def work(progress: Progress) -> str:
            self._context.backstage.seal_copy(target, passphrase)
            progress(1, 1)
            return Path(target).name

        self._start(work, lambda name: self.note.say(Tone.GOOD, tr("Salinan {name} sudah jadi.", name=name)), tr("Salinan sedang dibuat."))

    def _start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        meanwhile: str,
    ) -> None:
        if self._working is not None:
            return
        self._wait(True)
        self.note.say(Tone.INFORMATION, meanwhile)
        self._working = run(self._context, work, done, self.note.say_error)
        self._working.ended.connect(self._ended)

    def _ended(self) -> None:
        self._working = None
        self._wait(False)
        self.refresh()

    def _wait(self, working: bool) -> None:
        for button in (self.choose, self.forget, self.seal, self.restoring.choose):
            button.setEnabled(not working)
