"""How the till is, and what waits for a person; the line and the program have pages of their own. Owns their places; the services mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.services.paper import drop_job, retry_job, settle_job
from pos.ui.context import Screen, UiContext
from pos.ui.health.cards import JobsCard
from pos.ui.health.facts import read_facts
from pos.ui.health.line_page import LinePage
from pos.ui.health.row_view import RowView, Way
from pos.ui.health.rows import HealthRow, State, health_rows
from pos.ui.health.stuck import stuck_jobs
from pos.ui.health.support import SupportPanel
from pos.ui.health.update_page import UpdatePage
from pos.ui.language import later, tr
from pos.ui.operations import Operation, Progress, attempt, run
from pos.ui.printers.words import Answer
from pos.ui.settings.columns import Panel, scrolled
from pos.ui.settings.note import Note
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Rule
from pos.ui.widgets.dialog import PageHeader
from pos.ui.widgets.pill import Chip

T = TypeVar("T")

_PARTS: Final = (
    ("all", later("Semua"), "heart-pulse"),
    ("line", later("Kirim data"), "cloud-upload"),
    ("update", later("Pembaruan"), "download"),
)
_AGES_MS: Final = 30_000
"""While it shows, ages are said anew so often."""


class HealthScreen(Screen):
    """The room `health` with its parts: `all`, rows from top to bottom and above them what a person must answer; `line`; and
    `update`."""

    key = "health"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._head = PageHeader("")
        self.send = ActionButton("", "cloud-upload", kind=Kind.NEXT, role=Role.SUB)
        self.note = Note()
        self.jobs = JobsCard()
        self.line, self.update_page = LinePage(context, self.note), UpdatePage(context, self.note)
        self._chips: dict[str, Chip] = {}
        self._pages = QStackedWidget()
        self.rows: dict[str, RowView] = {}
        self._panel = Panel()
        self._panel.body.setSpacing(0)
        self.support = SupportPanel(context, lambda: self._checked[0] if self._checked else None)
        self._working: Operation | None = None
        self._checked: tuple[tuple[str, ...], int] | None = None
        self._ages = QTimer(self, interval=_AGES_MS)
        self._ages.timeout.connect(lambda: self.refresh())
        self._lay_out()
        on_click(self.send, self.send_now)
        self.jobs.answered.connect(self._answer)
        context.preferences_changed.connect(self._read_again)
        self.retranslate()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(14))
        parts: tuple[QWidget, ...] = (self.jobs, self._panel, self.support)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        top, group = QHBoxLayout(), QButtonGroup(self)
        top.setSpacing(look().px(8))
        for (name, _, icon), page in zip(_PARTS, (content, self.line, self.update_page), strict=True):
            chip = self._chips[name] = Chip("", icon)
            on_click(chip, lambda name=name: self.open_part(name))  # type: ignore[misc]
            group.addButton(chip)
            top.addWidget(chip)
            self._pages.addWidget(scrolled(page))
        self._chips["all"].setChecked(True)
        top.addStretch(1)
        top.addWidget(self.send)
        box = QVBoxLayout(self)
        side = look().px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(look().px(14))
        box.addWidget(self._head)
        box.addLayout(top)
        box.addWidget(self.note)
        box.addWidget(self._pages, 1)

    def open_part(self, part: str) -> None:
        if part in self._chips:
            self._chips[part].setChecked(True)
            self._pages.setCurrentIndex([name for name, _, _ in _PARTS].index(part))
            self._say_head()
            self.refresh()

    def part_shown(self) -> str:
        return _PARTS[self._pages.currentIndex()][0]

    def refresh(self, changed: Changed | None = None) -> None:
        try:
            if self.part_shown() == "line":
                self.line.refresh()
            if self.part_shown() == "update":
                self.update_page.refresh()
            read = self.context.till.store.read
            checked, at = self._checked or (None, 0)
            backstage = self.context.backstage
            facts = read_facts(
                self.context.till, self.context.preferences, backstage.last_sync_error(), backstage.printer_state(), checked, at
            )
            jobs = stuck_jobs(read)
        except ShopError as error:
            self.note.say_error(error)
            return
        self.send.setEnabled(facts.line.paired)
        self.jobs.show_jobs(jobs)
        self._show_rows(health_rows(facts))

    def retranslate(self) -> None:
        self._say_head()
        self.send.setText(tr("Kirim sekarang"))
        for name, words, _ in _PARTS:
            self._chips[name].setText(tr(words))
        self.line.retranslate()
        self.update_page.retranslate()
        self.jobs.retranslate()
        self.support.retranslate()
        self.note.retranslate()
        self.refresh()

    def _say_head(self) -> None:
        self.send.setVisible(self.part_shown() != "update")
        if self.part_shown() == "line":
            self._head.set_words(tr("Kirim data"), tr("Dikirim sendiri begitu tersambung. Jualan tidak menunggu."))
        elif self.part_shown() == "update":
            self._head.set_words(tr("Pembaruan"), tr("Program yang baru diambil di sela jualan, dan dipasang waktu program ditutup."))
        else:
            self._head.set_words(tr("Kesehatan"), tr("Semua yang dibutuhkan untuk jualan, dan cara membetulkannya."))

    def help_text(self) -> str:
        return tr(
            "Setiap baris mengatakan keadaan satu hal dan langkah berikutnya. Hijau baik, kuning menunggu, merah perlu dilihat. "
            "Cetakan yang meragukan dijawab di atas: Sudah tercetak, atau Cetak ulang. "
            "Kirim data menunjukkan apa yang menunggu dan yang tertahan, mutu sambungan, dan flashdisk kiriman. "
            "Pembaruan menunjukkan versi program ini dan yang baru. "
            "Kirim diagnostik menyiapkan kode dan berkas untuk petugas, tanpa nama atau nomor siapa pun. "
            "Kirim sekarang mengirim data tanpa menunggu giliran. Jualan jalan terus, apa pun warnanya."
        )

    def send_now(self) -> None:
        """Wake the line; what comes of it shows in the rows."""
        self.context.backstage.sync_now(asked=True)
        self.note.say(Tone.INFORMATION, tr("Sedang dikirim. Hasilnya tampil di bawah."))
        QTimer.singleShot(4_000, self.note, self.note.clear)

    def check_now(self) -> None:
        """Look through the whole database, off the UI thread."""
        store = self.context.till.store

        def check(progress: Progress) -> tuple[str, ...]:
            return tuple(store.read.check())

        self._work(check, self._checked_now, tr("Data sedang diperiksa. Jualan tetap bisa."))

    def copy_now(self) -> None:
        """Make a copy of the store, off the UI thread."""
        backstage = self.context.backstage

        def copy(progress: Progress) -> str:
            return backstage.copy_now()

        self._work(copy, self._copied, tr("Salinan sedang dibuat. Jualan tetap bisa."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ages.stop()

    def _show_rows(self, rows: tuple[HealthRow, ...]) -> None:
        if tuple(self.rows) != tuple(row.key for row in rows):
            self._make_rows(rows)
        for row in rows:
            self.rows[row.key].show_row(row, self._way(row))

    def _make_rows(self, rows: tuple[HealthRow, ...]) -> None:
        """Anew when a row comes or goes, which is rare."""
        body = self._panel.body
        while body.count() > 1:
            item = body.takeAt(1)
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.rows = {}
        for row in rows:
            if self.rows:
                body.addWidget(Rule())
            self.rows[row.key] = RowView()
            body.addWidget(self.rows[row.key])

    def _way(self, row: HealthRow) -> Way | None:
        def settings(part: str) -> Callable[[], None]:
            return lambda: self.context.go.emit(f"settings#{part}")

        ways = {
            "printer": Way(tr("Lihat cetakan"), "printer", lambda: self.context.go.emit("printers")),
            "outbox": Way(tr("Lihat kiriman"), "cloud-upload", lambda: self.open_part("line")),
            "database": Way(tr("Periksa sekarang"), "shield-check", self.check_now),
            "copy": Way(tr("Buat salinan"), "copy", self.copy_now),
            "keys": Way(tr("Pengaturan"), "settings", settings("central")),
        }
        if row.state is State.UNKNOWN:
            ways |= {
                "line": Way(tr("Sambungkan"), "link", settings("central")),
                "printer": Way(tr("Pilih printer"), "printer", lambda: self.context.go.emit("printers#devices")),
            }
        return ways.get(row.key)

    def _answer(self, job: int, answer: Answer) -> None:
        till = self.context.till
        verbs: dict[Answer, Callable[[], None]] = {
            Answer.ON_PAPER: lambda: settle_job(till, job, on_paper=True),
            Answer.AGAIN: lambda: settle_job(till, job, on_paper=False),
            Answer.RETRY: lambda: retry_job(till, job),
            Answer.DROP: lambda: drop_job(till, job),
        }
        if answer in verbs and not attempt(self.context, verbs[answer]):
            return
        self.context.backstage.print_now()
        self.context.changed.emit(Changed(print_jobs=True))
        self.refresh()

    def _work(self, work: Callable[[Progress], T], done: Callable[[T], object], sentence: str) -> None:
        """One long work at a time; said while it lasts."""
        if self._working is not None:
            return
        self._working = run(self.context, work, done, self.note.say_error)
        self._working.slow.connect(lambda: self.note.say(Tone.WAITING, sentence))
        self._working.ended.connect(self._ended)

    def _ended(self) -> None:
        self._working = None

    def _checked_now(self, failed: tuple[str, ...]) -> None:
        self._checked = failed, self.context.till.clock.now()
        if failed:
            self.note.clear()
        else:
            self.note.say(Tone.GOOD, tr("Data toko sudah diperiksa: semuanya cocok."))
        self.refresh()

    def _copied(self, name: str) -> None:
        self.note.say(Tone.GOOD, tr("Salinan dibuat: {name}.", name=name))
        self.refresh()

    def _read_again(self) -> None:
        if self.isVisible():
            self.refresh()
