"""Every print job: the list, the paper dot for dot, what is known of it and what can be said to it. Owns the choice of a job; the verbs are
the services'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.printing import DocumentKind
from pos.services import paper
from pos.services.paper_views import PrintRow
from pos.services.preferences import PrinterChoice
from pos.ui.context import UiContext
from pos.ui.language import later, tr
from pos.ui.operations import attempt
from pos.ui.printers.dialogs import ElsewhereDialog
from pos.ui.printers.job_list import JOB, JobDelegate, JobModel
from pos.ui.printers.job_panel import JobPanel
from pos.ui.printers.words import Answer
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Token
from pos.ui.widgets.card import Card
from pos.ui.widgets.choice import Segments
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.paper_view import PaperView
from pos.ui.widgets.scroll import bare_list

MOST: Final = 200
"""Jobs that are read: those of a busy day."""
_LIST_WIDE, _LIST_NARROW = 404, 320
_WIDE: Final = 1_120
"""Pixels at 100 % from which there is room for the wide list beside paper of 80 mm."""
_OPEN, _ALL = "open", "all"
_FILTERS: Final = ((_OPEN, later("Belum selesai")), (_ALL, later("Semua")))


class JobsPage(QWidget):
    """Signals:
    counted(int): so many jobs are not settled.
    """

    counted = Signal(int)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._drawn: tuple[int, bool] | None = None
        self._chosen_by_hand = False
        self.model = JobModel(self._name, lambda: context.till.clock.now())
        self.view = QListView()
        self.filter = Segments([(key, tr(words)) for key, words in _FILTERS])
        self.panel = JobPanel()
        self.paper = PaperView()
        self._nothing = EmptyState("printer", "")
        self._no_paper = EmptyState("laci", "", px=112)
        self._paper_place, self._place = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(lambda index, _before: self._show(index))
        self.filter.chosen.connect(self._filtered)
        self.panel.answered.connect(self._answer)
        self.retranslate()

    def refresh(self) -> None:
        """Read again. Raises ShopError."""
        read = self._context.till.store.read
        open_rows = read.open_print_rows(MOST)
        self.counted.emit(sum(read.print_counts().values()))
        if not self._chosen_by_hand:
            self.filter.choose(_OPEN if open_rows else _ALL)
        rows = open_rows[::-1] if self.filter.current() == _OPEN else read.print_rows(MOST)
        before = self._row()
        self.model.show(rows)
        self._place.setCurrentIndex(0 if rows else 1)
        if rows:
            place = self.model.place_of(before.id) if before else None
            self.view.setCurrentIndex(self.model.index(place or 0))
            self._show(self.view.currentIndex())

    def retranslate(self) -> None:
        self.filter.set_words([(key, tr(words)) for key, words in _FILTERS])
        self.filter.setAccessibleName(tr("Cetakan mana"))
        self.view.setAccessibleName(tr("Daftar cetakan"))
        self.paper.setAccessibleName(tr("Begini di kertas"))
        self._nothing.set_words(
            tr("Semua cetakan sudah beres"), tr("Yang menunggu atau meragukan tampil di sini, lengkap dengan jawabannya.")
        )
        self._no_paper.set_words(tr("Tanpa kertas"), tr("Yang ini membuka laci, atau kertasnya sudah tidak disimpan."))
        self.panel.retranslate()
        self._drawn = None

    def choose(self, job: int) -> None:
        """Show a job, whichever list it is in."""
        place = self.model.place_of(job)
        if place is not None:
            self.view.setCurrentIndex(self.model.index(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= look().px(_WIDE)
        self._left.setFixedWidth(look().px(_LIST_WIDE if wide else _LIST_NARROW))

    def _lay_out(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(JobDelegate(self.model, self.view))
        bare_list(self.view)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(5, 6, 5, 6)
        inside.addWidget(self.view)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(10))
        column.addWidget(self.filter)
        column.addWidget(ground, 1)
        table = Card(token=Token.TEKAN)
        on_table = QVBoxLayout(table)
        side = look().px(4)
        on_table.setContentsMargins(side, side, side, side)
        self._paper_place.addWidget(self.paper)
        self._paper_place.addWidget(self._no_paper)
        on_table.addWidget(self._paper_place)
        chosen = QWidget()
        right = QVBoxLayout(chosen)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(look().px(12))
        right.addWidget(self.panel)
        right.addWidget(table, 1)
        self._place.addWidget(chosen)
        self._place.addWidget(self._nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(14))
        row.addWidget(self._left)
        row.addWidget(self._place, 1)

    # --- what is shown --------------------------------------------------------------------------------------------

    def _row(self) -> PrintRow | None:
        row = self.view.currentIndex().data(JOB) if self.view.currentIndex().isValid() else None
        return row if isinstance(row, PrintRow) else None

    def _show(self, index: QModelIndex) -> None:
        row = index.data(JOB) if index.isValid() else None
        if not isinstance(row, PrintRow):
            return
        self.panel.tell(row, self._name(row.printer), self._name(row.goes_to), bool(self._others(row)))
        self._draw(row)

    def _draw(self, row: PrintRow) -> None:
        if self._drawn == (row.id, row.size > 0):
            return
        self._drawn = row.id, row.size > 0
        job = self._context.till.store.read.print_job(row.id)
        has_paper = job is not None and job.data != b"" and row.kind is not DocumentKind.DRAWER_KICK
        self._paper_place.setCurrentIndex(0 if has_paper else 1)
        if job is not None and has_paper:
            self.paper.set_picture(self._context.backstage.draw_paper(job.data, row.printer))

    def _name(self, ref: str) -> str:
        printer = next((printer for printer in self._context.preferences.printers if printer.ref == ref), None)
        return printer.name if printer is not None else tr("printer lama")

    def _others(self, row: PrintRow) -> list[PrinterChoice]:
        return [printer for printer in self._context.preferences.printers if printer.ref != row.goes_to]

    def _filtered(self, _key: str) -> None:
        self._chosen_by_hand = True
        attempt(self._context, self.refresh)

    # --- what is said to it -----------------------------------------------------------------------------------------

    def _answer(self, job: int, answer: Answer) -> None:
        till, row = self._context.till, self._row()
        if row is None or row.id != job:
            return
        if answer is Answer.ELSEWHERE:
            self._ask_where(row)
            return
        verbs: dict[Answer, Callable[[], None]] = {
            Answer.ON_PAPER: lambda: paper.settle_job(till, job, on_paper=True),
            Answer.AGAIN: lambda: paper.settle_job(till, job, on_paper=False),
            Answer.RETRY: lambda: paper.retry_job(till, job),
            Answer.DROP: lambda: paper.drop_job(till, job),
        }
        self._do(verbs[answer])

    def _ask_where(self, row: PrintRow) -> None:
        dialog = ElsewhereDialog(self._others(row), self.window())
        dialog.chosen.connect(lambda ref: self._send_to(row, ref))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _send_to(self, row: PrintRow, ref: str) -> None:
        printers = self._context.preferences.printers
        other = next((printer for printer in printers if printer.ref == ref), None)
        own = next((printer for printer in printers if printer.ref == row.printer), None)
        if other is None:
            return
        desk = self._context.backstage.printers
        fits = own is not None and any(each.ref == ref for each in desk.fitting(own))
        self._do(lambda: paper.send_elsewhere(self._context.till, row.id, desk.paper_on(other), ref, fits))

    def _do(self, verb: Callable[[], None]) -> None:
        attempt(self._context, verb)
        self._context.backstage.print_now()
        self._context.changed.emit(Changed(print_jobs=True))
        attempt(self._context, self.refresh)
