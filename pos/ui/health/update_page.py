"""Pembaruan: which program runs, whether there is a newer one, how far it is, and when it is put in. Owns the page, never the update.

Nothing here stands in the way of a sale: what is fetched is fetched beside it, and put in when the program is closed.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.people import Act
from pos.domain.update import Stage, Wanted, Why
from pos.services.permission import change_settings
from pos.services.update_desk import UpdateState
from pos.ui.context import UiContext
from pos.ui.health.row_view import RowView, Way
from pos.ui.health.rows import HealthRow, State
from pos.ui.health.update_words import notes_of, row_of
from pos.ui.language import later, tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import Operation, Progress, run
from pos.ui.settings.changing import change
from pos.ui.settings.choices import ChoiceRow
from pos.ui.settings.columns import Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.bar import StockBar
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Rule
from pos.ui.widgets.files import choose_folder
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

_LOOK_MS: Final = 500
"""While it shows, how far a download is is said anew so often."""


class UpdatePage(QWidget):
    """The program, what is new, the ways on, and how the owner wants it."""

    def __init__(self, context: UiContext, note: Note) -> None:
        super().__init__()
        self._context, self._note = context, note
        self._working: Operation | None = None
        self._shown: UpdateState | None = None
        self.program, self.update_row = RowView(), RowView()
        self._bar = StockBar()
        self._stale = Notice()
        self._notes = Text("", Role.BACA, Token.TINTA, 400, wrap=True)
        self.look_again, self.stick = ActionButton("", "refresh-cw", kind=Kind.NEXT, role=Role.SUB), ActionButton("", "usb")
        self.fetch = ActionButton("", "download", kind=Kind.NEXT, role=Role.SUB)
        self.restart = ActionButton("", "power", kind=Kind.NEXT, role=Role.SUB)
        self.mode = ChoiceRow(
            later("Versi baru"),
            [("auto", later("ambil dan pasang sendiri")), ("ask", later("tanya dulu"))],
            later("Selalu dipasang waktu program ditutup, tidak pernah di tengah jualan."),
        )
        self._news = Panel(self._notes)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        on_click(self.look_again, self.look_now)
        on_click(self.stick, lambda: choose_folder(self, tr("Folder pembaruan"), self.take_from))
        on_click(self.fetch, lambda: self._want(Wanted.CLOSING))
        on_click(self.restart, lambda: self._want(Wanted.NOW))
        self.mode.chosen.connect(lambda key: change(context, updates=key))

    def refresh(self) -> None:
        """Say everything anew."""
        state = self._context.backstage.updates.state()
        self._shown = state
        self.program.show_row(self._program_row(state), None)
        self.update_row.show_row(row_of(state), self._way(state))
        loading = state.update.stage is Stage.LOADING
        self._bar.setVisible(loading)
        self._bar.set(state.here / max(1, state.update.size), Token.NILA)
        self._stale.tell("clock-alert", self._stale_text() if state.stale else "", Tone.WAITING)
        notes = notes_of(state.update)
        self._notes.setText(notes)
        self._news.setVisible(bool(notes))
        # one next step at a time
        asks = state.update.stage is Stage.FOUND and self._is_asked(state)
        may_restart = state.is_ready and state.update.why is not Why.BY_HAND
        self.restart.setVisible(may_restart)
        self.fetch.setVisible(asks)
        self.look_again.setVisible(not may_restart and not asks)
        for button in (self.look_again, self.stick):
            button.setEnabled(state.known_program and self._working is None)
        self.mode.show_value(self._context.preferences.updates)

    def retranslate(self) -> None:
        self._news.set_title(tr("Yang baru"))
        self.look_again.setText(tr("Cek sekarang"))
        self.stick.setText(tr("Dari flashdisk"))
        self.fetch.setText(tr("Ambil dan pasang"))
        self.restart.setText(tr("Tutup, pasang, buka lagi"))
        self.mode.retranslate()
        self.refresh()

    def look_now(self) -> None:
        """Ask the server; what comes of it shows by itself."""
        self._context.backstage.updates.look_now()
        self._note.say(Tone.INFORMATION, tr("Sedang dicek. Hasilnya tampil di bawah."))
        QTimer.singleShot(4_000, self._note, self._note.clear)

    def take_from(self, folder: str) -> None:
        """A stick with a manifest."""
        if self._working is not None:
            return
        desk = self._context.backstage.updates

        def work(progress: Progress) -> str:
            return desk.take_from(folder, progress)

        self._working = run(self._context, work, self._taken, self._note.say_error)
        self._working.slow.connect(lambda: self._note.say(Tone.WAITING, tr("Sedang disalin dari flashdisk.")))
        self._working.ended.connect(self._ended)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(look().px(8))
        ways.addWidget(self.look_again)
        ways.addWidget(self.fetch)
        ways.addWidget(self.stick)
        ways.addStretch(1)
        ways.addWidget(self.restart)
        states = Panel()
        states.body.setSpacing(0)
        for part in (self.program, Rule(), self.update_row, self._bar, self._stale):
            states.body.addWidget(part)
        states.body.addSpacing(look().px(14))
        states.body.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(14))
        for card in (states, self._news, Panel(self.mode)):
            column.addWidget(card)
        column.addStretch(1)

    def _program_row(self, state: UpdateState) -> HealthRow:
        title = tr("Program ini")
        return HealthRow("program", "info", title, State.GOOD, tr("Versi {version}", version=state.version), tr("Kasir toko e-Peken."))

    def _stale_text(self) -> str:
        return tr("Daftar pembaruan di server sudah lama tidak diperbarui. Beri tahu petugas e-Peken; jualan jalan terus.")

    def _way(self, state: UpdateState) -> Way | None:
        stage = state.update.stage
        if stage is Stage.READY and self._is_asked(state):
            return Way(tr("Pasang waktu ditutup"), "check", lambda: self._want(Wanted.CLOSING))
        if stage is Stage.ROLLED_BACK:
            return Way(tr("Coba lagi"), "refresh-cw", lambda: self._want(Wanted.CLOSING))
        return None

    def _is_asked(self, state: UpdateState) -> bool:
        """Whether it waits for the owner's word."""
        return self._context.preferences.updates == "ask" and state.update.wanted is Wanted.NOT_ASKED

    def _want(self, wanted: Wanted) -> None:
        """By who may change how the till is; then the page, or the window, goes on."""
        desk, till = self._context.backstage.updates, self._context.till

        def then(_: None) -> None:
            desk.want(wanted)
            self.refresh()
            if wanted is Wanted.NOW:
                # after the button's own turn: the window goes with all that is in it
                QTimer.singleShot(0, self.window(), self.window().close)

        with_approval(self._context, Act.SETTINGS, lambda approval: change_settings(till, ["updates"], approval), then)

    def _taken(self, version: str) -> None:
        if version:
            self._note.say(Tone.GOOD, tr("Versi {version} sudah disalin dan diperiksa. Flashdisk boleh dicabut.", version=version))
        else:
            self._note.say(Tone.INFORMATION, tr("Di flashdisk itu versi yang sama. Tidak ada yang perlu dipasang."))

    def _ended(self) -> None:
        self._working = None
        self.refresh()

    def _look(self) -> None:
        if self._context.backstage.updates.state() != self._shown:
            self.refresh()
