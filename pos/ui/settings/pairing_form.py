"""Pairing with e-Peken by a shown code or a one-time one, and letting go again; what went wrong is said in its place. Owns no rule."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.changing import change
from pos.ui.settings.grant_panel import GrantPanel
from pos.ui.settings.leaving import ask_to_leave
from pos.ui.settings.note import Note
from pos.ui.settings.typed import pairing_code
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, CheckRow, Kind, on_click
from pos.ui.widgets.fields import TextField
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.text import Text

_CODE_FAULTS = frozenset(
    {
        ErrorCode.PAIRING_CODE_WRONG,
        ErrorCode.PAIRING_CODE_USED,
        ErrorCode.PAIRING_CODE_EXPIRED,
        ErrorCode.PAIRING_TOO_MANY_TRIES,
        ErrorCode.PAIRING_OTHER_SHOP,
    }
)
_ADDRESS_FAULTS = frozenset({ErrorCode.NO_LINE, ErrorCode.CENTRAL_UNREADABLE, ErrorCode.TLS_FAILED})


class PairingForm(QWidget):
    """Address, code, button; or, once paired, as whom.

    Signals:
        paired(str): the shop's name.
    """

    paired = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._working: Operation | None = None
        self._again_asked = False
        self.address, self.code = TextField(), TextField()
        self.code.setMaxLength(20)
        self.show_button = ActionButton("", "qr-code", kind=Kind.PRIMARY)
        self.grant = GrantPanel(context)
        self._or = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.connect_button = ActionButton("", "link")
        self.file_choice = CheckRow()
        self.file_choice.hide()
        self.note = Note()
        self._badge = StateBadge("circle-check", "", Tone.GOOD)
        self._as_whom = Text("", Role.SUB, Token.TINTA, 700, wrap=True)
        self._again = ActionButton("", "refresh-cw")
        self.leave_button = ActionButton("", "unlink")
        self._fields, self._done = QWidget(), QWidget()
        self._lay_out()
        on_click(self.connect_button, self.connect_now)
        on_click(self._again, self._ask_again)
        on_click(self.show_button, self.show_code)
        on_click(self.grant.stop_button, self._show_ways)
        on_click(self.leave_button, lambda: ask_to_leave(context, self, self.note, self.refresh))
        self.grant.paired.connect(self._succeeded)
        self.grant.failed.connect(self._failed)
        self.grant.slow.connect(self._say_slow)
        self.address.returnPressed.connect(self.code.setFocus)
        self.address.setText(context.preferences.central_url)
        self.retranslate()

    def _lay_out(self) -> None:
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(look().px(12))
        asked: tuple[QWidget, ...] = (
            *(self.address, self.show_button, self.grant, self._or, self.code, self.file_choice, self.connect_button),
        )
        for part in asked:
            fields.addWidget(part)
        done = QHBoxLayout(self._done)
        done.setContentsMargins(0, 0, 0, 0)
        done.setSpacing(look().px(12))
        done.addWidget(self._as_whom, 1)
        done.addWidget(self._badge)
        done.addWidget(self._again)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(12))
        rows: tuple[QWidget, ...] = (self._done, self._fields, self.note, self.leave_button)
        for part in rows:
            box.addWidget(part)

    @property
    def is_paired(self) -> bool:
        return self._context.till.store.read.line().paired

    def refresh(self) -> None:
        """Show the fields, or as whom the till is paired."""
        paired = self.is_paired
        self._done.setVisible(paired)
        self._fields.setVisible(not paired or self._again_asked)
        self.leave_button.setVisible(paired)
        self._show_ways()
        revoked = self._is_revoked()
        self._again.setVisible(revoked and not self._again_asked)
        if paired:
            self._as_whom.setText(self._context.till.store.read.shop().name)
        if revoked:
            self._badge.set("unlink", tr("Dicabut"), Tone.FAULT)
        else:
            self._badge.set("circle-check", tr("Tersambung"), Tone.GOOD)

    def show_code(self) -> None:
        """Get a code for the officer, and wait for what they say."""
        if self._working is not None:
            return
        self._mark()
        self.note.clear()
        self._keep_choice()
        self.grant.start(self.address.text().strip())
        self._show_ways()

    def connect_now(self) -> None:
        """Try the code that was typed."""
        if self._working is not None:
            return
        self._mark()
        try:
            code = pairing_code(self.code.text())
        except ShopError as error:
            self._failed(error)
            return
        url = self.address.text().strip()
        self._keep_choice()
        self._set_busy(True)
        self._working = run(self._context, lambda progress: self._pair(url, code, progress), self._succeeded, self._failed)
        self._working.slow.connect(self._say_slow)
        self._working.ended.connect(self._ended)

    def retranslate(self) -> None:
        self.address.set_words(tr("Alamat server"), "https://…", tr("Alamat server"))
        self.code.set_words(tr("Kode sekali pakai"), "XXXX-XXXX", tr("Kode sekali pakai"))
        self.file_choice.setText(tr("Simpan kunci di berkas komputer ini"))
        self.connect_button.setText(tr("Menyambungkan…") if self._working else tr("Sambungkan"))
        self.show_button.setText(tr("Tunjukkan kode ke petugas"))
        self._or.setText(tr("Atau ketik kode sekali pakai dari kertas."))
        self.leave_button.setText(tr("Lepas dari toko"))
        self.grant.retranslate()
        self._again.setText(tr("Sambungkan ulang"))
        self.note.retranslate()
        self.refresh()

    def _is_revoked(self) -> bool:
        error = self._context.backstage.last_sync_error()
        return error is not None and error.code is ErrorCode.DEVICE_REVOKED

    def _pair(self, url: str, code: str, progress: Progress) -> str:
        """In the operation's thread."""
        name = self._context.backstage.pair(url, code)
        progress(1, 1)
        return name

    def _keep_choice(self) -> None:
        if self.file_choice.isVisibleTo(self) and self.file_choice.isChecked():
            change(self._context, secrets_in_file=True)

    def _show_ways(self) -> None:
        """While a code is shown nothing else is asked."""
        busy = self.grant.busy
        for part in (self.address, self.show_button, self._or, self.code, self.connect_button):
            part.setVisible(not busy)

    def _succeeded(self, name: str) -> None:
        self._again_asked = False
        self.code.clear()
        self.file_choice.hide()
        change(self._context, central_url=self.address.text().strip())
        self.note.say(Tone.GOOD, tr("Tersambung ke e-Peken sebagai {name}.", name=name))
        self._context.changed.emit(Changed(shop=True, outbox=True))
        self._context.sound.emit("accepted")
        self.refresh()
        self.paired.emit(name)

    def _failed(self, error: ShopError) -> None:
        self._context.sound.emit("error")
        self.note.say_error(error)
        self._mark(error.code)
        self._show_ways()
        if error.code is ErrorCode.NO_KEYRING:
            self.file_choice.show()

    def _mark(self, code: ErrorCode | None = None) -> None:
        """Edge the field that the failure is about; none for None."""
        self.code.set_faulty(code in _CODE_FAULTS)
        self.address.set_faulty(code in _ADDRESS_FAULTS)

    def _say_slow(self) -> None:
        self.note.say(Tone.WAITING, tr("Sedang menghubungi server. Ini bisa sampai setengah menit."))

    def _ended(self) -> None:
        self._working = None
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.address, self.code, self.connect_button):
            part.setEnabled(not busy)
        self.connect_button.setText(tr("Menyambungkan…") if busy else tr("Sambungkan"))
        if busy:
            self.note.clear()

    def _ask_again(self) -> None:
        self._again_asked = True
        self.note.clear()
        self.refresh()
        self.code.setFocus()
