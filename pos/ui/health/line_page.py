"""Kirim data: how the line is, what waits, what is stuck and its ways on, and who this till is to the server. Owns the page.

The till sells through all of it; what is pressed here only tells the line's verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.people import Act
from pos.services.line import see_problem, settle_edit
from pos.services.line_views import EditRow
from pos.ui.context import UiContext
from pos.ui.health.cards import OperationsCard
from pos.ui.health.line_cards import AsideCard, EditsCard
from pos.ui.health.line_facts import LineFacts, read_line_facts
from pos.ui.health.line_words import banners, identity_rows, line_rows, quality_rows, quality_word, waiting_rows
from pos.ui.health.row_view import RowView, Way
from pos.ui.health.rows import HealthRow, State
from pos.ui.health.stuck import stuck_operations
from pos.ui.language import tr
from pos.ui.lock.approve import with_approval
from pos.ui.operations import Operation, Progress, attempt, run
from pos.ui.settings.changing import change
from pos.ui.settings.columns import Columns, Panel
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, on_click
from pos.ui.widgets.card import Rule
from pos.ui.widgets.files import choose_folder, choose_place
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import StateBadge
from pos.ui.widgets.rows import Rows
from pos.ui.widgets.text import Text

T = TypeVar("T")

_BANNERS: Final = 2
_TOLD: Final = Changed(outbox=True, goods=True)


class LinePage(QWidget):
    """Rows of states; above them what a person must look at, below them what waits and how the line does."""

    def __init__(self, context: UiContext, note: Note) -> None:
        super().__init__()
        self._context, self._note = context, note
        self._working: Operation | None = None
        self._banners = [Notice() for _ in range(_BANNERS)]
        self.operations, self.aside, self.edits = OperationsCard(), AsideCard(), EditsCard()
        self.rows: dict[str, RowView] = {}
        self._states = Panel()
        self._states.body.setSpacing(0)
        self._waiting, self._quality, self._identity = Rows(), Rows(), Rows()
        self._nothing = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._verdict = StateBadge()
        self.history, self.leave = ActionButton("", "history"), ActionButton("", "unlink")
        self._panels = (Panel(self._nothing, self._waiting), Panel(self._quality, self._verdict), self._own_panel())
        self._lay_out()
        self.operations.seen.connect(self._seen)
        self.aside.again.connect(self._again)
        self.aside.export.connect(self._ask_where)
        self.edits.settled.connect(self._settle)
        on_click(self.history, self._ask_history)
        on_click(self.leave, lambda: context.go.emit("settings#central"))

    def refresh(self) -> None:
        """Read and say everything anew. Raises ShopError."""
        backstage = self._context.backstage
        facts = read_line_facts(self._context.till, backstage.line, backstage.last_sync_error())
        said = banners(facts)
        for place, notice in enumerate(self._banners):
            notice.tell(*(said[place] if place < len(said) else ("info", "", Tone.QUIET)))
        self.operations.show_operations(stuck_operations(list(facts.problems)))
        self.aside.show_aside(facts.aside)
        uids = list({edit.product_uid for edit in facts.edits})
        self.edits.show_edits(facts.edits, self._context.till.store.read.known_products(uids) if uids else {})
        self._show_states(facts)
        self._show_figures(facts)

    def retranslate(self) -> None:
        for card in (self.operations, self.aside, self.edits):
            card.retranslate()
        for panel, title in zip(self._panels, (tr("Yang menunggu"), tr("Mutu sambungan"), tr("Komputer ini")), strict=True):
            panel.set_title(title)
        self.history.setText(tr("Ambil riwayat toko"))
        self.history.setToolTip(tr("Untuk komputer pengganti: penjualan 31 hari terakhir diambil dari e-Peken."))
        self.leave.setText(tr("Lepas dari toko"))

    def _own_panel(self) -> Panel:
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(8))
        row.addWidget(self.history)
        row.addWidget(self.leave)
        row.addStretch(1)
        return Panel(self._identity, ways)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(14))
        waiting, quality, own = self._panels
        parts: tuple[QWidget, ...] = (
            *(*self._banners, self.operations, self.aside, self.edits, self._states),
            Columns((waiting, 1), (quality, 1), wide=760),
            own,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)

    # --- saying ------------------------------------------------------------------------------------------------------

    def _show_states(self, facts: LineFacts) -> None:
        for row in line_rows(facts):
            view = self.rows.get(row.key)
            if view is None:
                if self.rows:
                    self._states.body.addWidget(Rule())
                view = self.rows[row.key] = RowView()
                self._states.body.addWidget(view)
            view.show_row(row, self._way(row))

    def _show_figures(self, facts: LineFacts) -> None:
        waiting = waiting_rows(facts.kinds, facts.now)
        self._waiting.show_rows(waiting)
        self._waiting.setVisible(bool(waiting))
        self._nothing.setVisible(not waiting)
        self._nothing.setText(tr("Tidak ada. Semua catatan toko ini sudah sampai di server.") if facts.line.paired else tr("Belum ada."))
        word, tone = quality_word(facts.quality)
        self._verdict.set("signal", word, tone)
        self._quality.show_rows(quality_rows(facts.quality))
        self._identity.show_rows(identity_rows(facts))
        self.history.setVisible(facts.line.paired)
        self.leave.setVisible(facts.line.paired)

    def _way(self, row: HealthRow) -> Way | None:
        if row.key == "line" and row.state is State.UNKNOWN:
            return Way(tr("Sambungkan"), "link", lambda: self._context.go.emit("settings#central"))
        if row.key != "mirror":
            return None
        if row.state in (State.UNKNOWN, State.FAULT):
            return Way(tr("Pilih flashdisk"), "usb", lambda: choose_folder(self, tr("Flashdisk kiriman"), self._choose_stick))
        return Way(tr("Tulis sekarang"), "download", self.write_stick)

    # --- what a person wants -----------------------------------------------------------------------------------------

    def write_stick(self) -> None:
        """What is unsent to the stick, now."""
        desk = self._context.backstage.line
        self._work(desk.mirror_now, self._written, tr("Sedang ditulis ke flashdisk."))

    def _choose_stick(self, folder: str) -> None:
        change(self._context, mirror_folder=folder)
        if self._context.preferences.mirror_folder == folder:
            self.write_stick()

    def _written(self, count: int) -> None:
        self._note.say(Tone.GOOD, tr("{n} catatan ditulis ke flashdisk kiriman.", n=count))
        self._told()

    def _seen(self, operation: str) -> None:
        attempt(self._context, lambda: see_problem(self._context.till, operation), lambda _: self._told())

    def _again(self, operation: str) -> None:
        attempt(self._context, lambda: self._context.backstage.line.send_aside_again(operation), lambda _: self._told())

    def _ask_where(self, operation: str) -> None:
        proposed = Path.home() / f"disisihkan-{operation[:8]}.json"
        choose_place(self, tr("Simpan berkas"), proposed, lambda target: self._export(operation, target))

    def _export(self, operation: str, target: str) -> None:
        done = tr("Disimpan sebagai {name}. Berikan ke petugas e-Peken.", name=Path(target).name)
        desk = self._context.backstage.line
        attempt(self._context, lambda: desk.export_aside(operation, target), lambda _: self._note.say(Tone.GOOD, done))

    def _settle(self, edit: EditRow, shops: bool) -> None:
        def settled(_: None) -> None:
            self._context.backstage.sync_now()
            self._told()

        till = self._context.till
        with_approval(self._context, Act.PRICE_CHANGE, lambda approval: settle_edit(till, edit, shops=shops, approval=approval), settled)

    def _ask_history(self) -> None:
        def asked(_: None) -> None:
            self._note.say(Tone.INFORMATION, tr("Riwayat 31 hari terakhir sedang diambil. Jualan tetap bisa."))

        attempt(self._context, self._context.backstage.line.ask_history, asked)

    def _told(self) -> None:
        self._context.changed.emit(_TOLD)

    def _work(self, work: Callable[[], T], done: Callable[[T], object], sentence: str) -> None:
        if self._working is not None:
            return

        def job(progress: Progress) -> T:
            found = work()
            progress(1, 1)
            return found

        self._working = run(self._context, job, done, self._failed)
        self._working.slow.connect(lambda: self._note.say(Tone.WAITING, sentence))
        self._working.ended.connect(self._ended)

    def _failed(self, error: ShopError) -> None:
        self._note.say_error(error)
        self._told()

    def _ended(self) -> None:
        self._working = None
