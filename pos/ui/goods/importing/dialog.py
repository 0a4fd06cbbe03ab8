"""A shop's spreadsheet into the list: read, look at each row's verdict, set the columns right, take the good rows. Owns these steps.

All work runs off the UI thread and can be stopped; nothing is stored before a person presses Ambil, and a stopped import keeps nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import format_figure
from pos.services.imports.model import ImportedCount
from pos.services.imports.planning import ImportPlan
from pos.services.sheet_import import RowStatus, RowVerdict, SheetPreview, export_refused
from pos.ui.context import UiContext
from pos.ui.goods.files import ask_for_sheet, ask_where
from pos.ui.goods.importing import work
from pos.ui.goods.importing.columns import ColumnsPanel, mapping_text
from pos.ui.goods.importing.model import VERDICT, PreviewModel, reasons_text
from pos.ui.goods.importing.pages import DonePage, WorkingPage
from pos.ui.goods.importing.table import SIGNS, PreviewTable
from pos.ui.goods.importing.trying import plan_text
from pos.ui.goods.importing.undoing import offer_undo
from pos.ui.goods.importing.work import Looked
from pos.ui.language import later, tr
from pos.ui.messages import error_words
from pos.ui.operations import Operation, run, tell
from pos.ui.sheet_words import reason_text
from pos.ui.shell.pills import Tone
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.card import Card
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.pill import TONES, Chip
from pos.ui.widgets.text import ElidedText, Text

_WIDEST: Final = 1230
_HIGHEST: Final = 712
_COLUMNS_WIDE: Final = 364
_ENCODINGS: Final = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "cp1252": "Windows-1252"}
_CHIPS: Final[tuple[tuple[RowStatus | None, str], ...]] = (
    (None, later("Semua")),
    (RowStatus.NEW, later("Barang baru")),
    (RowStatus.UPDATE, later("Diperbarui")),
    (RowStatus.REVIEW, later("Perlu dilihat")),
    (RowStatus.REFUSED, later("Ditolak")),
)


class ImportDialog(Dialog):
    """Opened with `open()`: it begins to read at once.

    Signals:
        taken(ImportedCount): the rows are stored.
    """

    taken = Signal(object)

    def __init__(self, context: UiContext, path: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Daftar barang dari berkas"), parent)
        self._context = context
        self._path = path
        self._looked: Looked | None = None
        self._status: RowStatus | None = None
        self._operation: Operation | None = None
        self._closing = False
        self._gone = gone = threading.Event()
        self.destroyed.connect(lambda _dialog=None: gone.set())
        self._model = PreviewModel()
        self._table = PreviewTable(self._model)
        self._working = WorkingPage()
        self._done = DonePage()
        self._trouble = EmptyState("kosong_barang", "")
        self._pages = QStackedWidget()
        self._build()
        self.finished.connect(self.deleteLater)
        self.read(path)

    # --- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._file = ElidedText("", Role.SUB, Token.TINTA, 700)
        self._mapped = Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self._columns = ColumnsPanel()
        self._columns.setFixedWidth(look().px(_COLUMNS_WIDE))
        self._columns.hide()
        self._no_rows = EmptyState("kosong_barang", tr("Pilih kolom nama dan harga"), tr("Setelah itu hasil tiap baris tampil di sini."))
        self._turn_columns = ActionButton(tr("Atur kolom"), "sliders-horizontal")
        self._notice = Notice("info", "", Tone.WAITING)
        self._reasons = Notice("info", "", Tone.INFORMATION)
        self._chips = {status: Chip(tr(words)) for status, words in _CHIPS}
        for page in (self._working, self._preview_page(), self._trouble, self._done):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._other = self.add_button(tr("Pilih berkas lain"), icon="folder-open")
        self._export = self.add_button(tr("Simpan yang ditolak"), icon="file-down")
        self._try = self.add_button(tr("Coba dulu"), icon="eye")
        self._cancel = self.add_button(tr("Batal"))
        self._take = self.add_button("", Kind.PRIMARY, "check")
        self._close_button = self.add_button(tr("Tutup"), Kind.PRIMARY)
        on_click(self._other, lambda: ask_for_sheet(self, self.read))
        on_click(self._export, self._ask_where)
        on_click(self._try, self.try_first)
        on_click(self._cancel, self._stop)
        on_click(self._take, self.take)
        on_click(self._close_button, self.accept)
        on_click(self._turn_columns, lambda: self._columns.setVisible(self._columns.isHidden()))
        self._columns.changed.connect(self._judge)
        self._table.selectionModel().currentChanged.connect(lambda index, _before: self._say_reasons(index))

    def _preview_page(self) -> QWidget:
        page = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._file)
        words.addWidget(self._mapped)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self._turn_columns)
        chips = QHBoxLayout()
        chips.setSpacing(look().px(8))
        group = QButtonGroup(self)
        for status, chip in self._chips.items():
            group.addButton(chip)
            on_click(chip, lambda status=status: self._filter(status))  # type: ignore[misc]
            chips.addWidget(chip)
        chips.addStretch(1)
        ground = Card()
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(8, 4, 4, 8)
        inside.addWidget(self._table)
        inside.addWidget(self._no_rows)
        both = QHBoxLayout()
        both.setSpacing(look().px(10))
        both.addWidget(ground, 1)
        both.addWidget(self._columns)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(10))
        box.addLayout(head)
        box.addWidget(self._notice)
        box.addLayout(chips)
        box.addLayout(both, 1)
        box.addWidget(self._reasons)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the window allows: the rows are what is looked at."""
        parent = self.parentWidget()
        window = parent.window() if parent else None
        width = min(look().px(_WIDEST), window.width() - 32) if window else look().px(_WIDEST)
        height = min(look().px(_HIGHEST), window.height() - 24) if window else look().px(_HIGHEST)
        self.setFixedSize(max(900, width), max(600, height))
        super().showEvent(event)

    # --- steps ------------------------------------------------------------------------------------------------

    def read(self, path: str) -> None:
        """Look into a file; what was looked at before is forgotten."""
        self._path, self._looked = path, None
        till = self._context.till
        self._start(
            tr("Membaca {file}", file=Path(path).name),
            lambda progress: work.look_into(till, path, progress),
            self._show_looked,
            self._show_trouble,
        )

    def take(self) -> None:
        """Store every row that is not refused."""
        preview = self._looked.preview if self._looked else None
        if preview is None or not preview.counts.taken:
            return
        till = self._context.till
        self._start(tr("Memasukkan barang"), lambda progress: work.take(till, preview, progress), self._took, self._take_failed)

    def try_first(self) -> None:
        """Say what taking the rows would do; nothing is stored."""
        preview = self._looked.preview if self._looked else None
        if preview is None or not preview.counts.taken:
            return
        till = self._context.till
        self._start(tr("Mencoba"), lambda progress: work.try_first(till, preview, progress), self._tried, self._take_failed)

    def export_to(self, path: str) -> None:
        """Write the refused rows with their reasons; the ending says how."""
        preview = self._looked.preview if self._looked else None
        if preview is None:
            return
        titles = (tr("Baris"), tr("Alasan"))
        run(self._context, lambda _progress: export_refused(preview, path, reason_text, titles), lambda count: self._exported(path, count))

    def _judge(self) -> None:
        """Other columns were chosen: judge every row anew."""
        looked = self._looked
        if looked is None or self._operation is not None:
            return
        mapping, page, till = self._columns.mapping(), self._columns.page(), self._context.till
        other = page != looked.page
        self._start(
            tr("Memeriksa baris"),
            lambda progress: work.judge_anew(till, looked.raw, None if other else mapping, page, progress),
            self._show_looked,
            self._judge_failed,
        )

    def _start(self, title: str, doing: Callable[[Any], Any], done: Callable[[Any], object], failed: Callable[[ShopError], object]) -> None:
        self._working.begin(title)
        self._turn(self._working)
        self._operation = operation = Operation(self._context, doing, self._guarded(done), self._guarded(failed))
        operation.progressed.connect(self._working.step)
        operation.slow.connect(self._working.slow)
        self.destroyed.connect(operation.cancel)
        operation.start()

    def _guarded(self, then: Callable[[Any], object]) -> Callable[[Any], None]:
        """What comes after the work, unless a person has closed the window meanwhile."""
        gone = self._gone

        def answer(result: object) -> None:
            if gone.is_set():
                return
            self._operation = None
            if self._closing:
                super(ImportDialog, self).reject()
            else:
                then(result)

        return answer

    def _stop(self) -> None:
        """Batal: stop what is going on, or close."""
        if self._operation is not None:
            self._operation.cancel()
            self._working.begin(tr("Membatalkan, tidak ada yang disimpan"))
        else:
            self.reject()

    def reject(self) -> None:
        """Esc and the cross: closes as soon as the work has stopped."""
        if self._operation is None:
            super().reject()
            return
        self._closing = True
        self._stop()

    # --- what comes of them -----------------------------------------------------------------------------------

    def _show_looked(self, looked: Looked | None) -> None:
        if looked is None:
            self._after_stop()
            return
        self._looked = looked
        self._columns.tell(looked)
        self._status = None
        self._chips[None].setChecked(True)
        self._show_preview(looked)
        self._turn(self._pages.widget(1))

    def _show_preview(self, looked: Looked) -> None:
        preview = looked.preview
        self._model.show(preview)
        self._reasons.tell("info", "", Tone.INFORMATION)
        self._file.setText(_file_text(looked))
        self._say_counts(preview)
        self._table.setVisible(preview is not None)
        self._no_rows.setVisible(preview is None)
        if preview is None:
            words = error_words(ShopError(ErrorCode.SHEET_NO_COLUMNS))
            self._mapped.setText(tr("Pilih kolomnya di kanan: nama dan harga harus ada."))
            self._notice.tell("triangle-alert", f"{words.title}. {words.sentence}", Tone.WAITING)
            self._columns.show()
            return
        said = mapping_text(preview.columns, preview.mapping)
        self._mapped.setText(tr("Seperti terakhir kali. {columns}", columns=said) if preview.remembered else said)
        guessed = tr("Huruf di berkas ini ditebak. Lihat apakah nama barangnya terbaca; kalau tidak, simpan lagi sebagai XLSX.")
        self._notice.tell("info", guessed if preview.encoding_guessed else "", Tone.WAITING)

    def _say_counts(self, preview: SheetPreview | None) -> None:
        counts = preview.counts if preview else None
        numbers = {
            None: counts.total if counts else 0,
            RowStatus.NEW: counts.new if counts else 0,
            RowStatus.UPDATE: counts.update if counts else 0,
            RowStatus.REVIEW: counts.review if counts else 0,
            RowStatus.REFUSED: counts.refused if counts else 0,
        }
        for status, chip in self._chips.items():
            chip.set_count(format_figure(numbers[status]), TONES[SIGNS[status][1]][1] if status else Token.TINTA2)
            chip.setEnabled(status is None or numbers[status] > 0)
        taken = counts.taken if counts else 0
        self._take.setText(tr("Ambil {n} barang", n=format_figure(taken)))
        self._take.setEnabled(taken > 0)
        self._try.setEnabled(taken > 0)

    def _filter(self, status: RowStatus | None) -> None:
        self._status = status
        if self._looked is not None:
            self._model.show(self._looked.preview, status)
            self._reasons.tell("info", "", Tone.INFORMATION)

    def _say_reasons(self, index: QModelIndex) -> None:
        """The chosen row's reasons in full: in the table they may be cut."""
        row = index.data(VERDICT) if index.isValid() else None
        if isinstance(row, RowVerdict):
            said = reasons_text(row)
            self._reasons.tell("info", said if self._table.cuts(said) else "", SIGNS[row.status][1])

    def _show_trouble(self, error: ShopError) -> None:
        words = error_words(error)
        self._context.sound.emit("error")
        self._trouble.set_words(words.title, words.sentence)
        self._turn(self._trouble)

    def _judge_failed(self, error: ShopError) -> None:
        """The columns that were chosen give nothing: say so, and leave the choosing open."""
        words = error_words(error)
        self._notice.tell("triangle-alert", f"{words.title}. {words.sentence}", Tone.WAITING)
        self._turn(self._pages.widget(1))

    def _took(self, count: ImportedCount | None) -> None:
        if count is None:
            self._after_stop()
            return
        changed = Changed(goods=True, stock=True, outbox=True)
        self._context.changed.emit(changed)
        self._context.backstage.sync_now()
        self.finished.connect(lambda _result: offer_undo(self._context, count))
        self._done.tell(count, self._looked.preview.counts.refused if self._looked and self._looked.preview else 0)
        self._turn(self._done)
        self.taken.emit(count)

    def _tried(self, plan: ImportPlan | None) -> None:
        if plan is None:
            self._after_stop()
            return
        self._notice.tell("eye", plan_text(plan), Tone.INFORMATION)
        self._turn(self._pages.widget(1))

    def _take_failed(self, error: ShopError) -> None:
        tell(self._context, error)
        self._notice.tell("triangle-alert", " ".join(error_words(error)), Tone.FAULT)
        self._turn(self._pages.widget(1))

    def _after_stop(self) -> None:
        """Stopped: back to the rows if there are any, else there is nothing to look at."""
        if self._looked is None:
            super().reject()
            return
        self._notice.tell("info", tr("Dibatalkan. Tidak ada yang disimpan."), Tone.INFORMATION)
        self._turn(self._pages.widget(1))

    def _ask_where(self) -> None:
        source = Path(self._path)
        proposed = source.with_name(f"{source.stem}-{tr('ditolak')}.xlsx")
        ask_where(self, proposed, self.export_to)

    def _exported(self, path: str, count: int) -> None:
        said = tr("{n} baris disimpan di {file}", n=format_figure(count), file=Path(path).name)
        self._notice.tell("check", said, Tone.GOOD)
        self._context.told.emit("good", said)

    def _turn(self, page: QWidget) -> None:
        """Show a page with the buttons that belong to it."""
        self._pages.setCurrentWidget(page)
        preview = page is self._pages.widget(1)
        refused = bool(self._looked and self._looked.preview and self._looked.preview.counts.refused)
        self._other.setVisible(page is self._trouble)
        self._export.setVisible(refused and (preview or page is self._done))
        self._cancel.setVisible(preview or page is self._working)
        self._take.setVisible(preview)
        self._try.setVisible(preview)
        self._close_button.setVisible(page is self._done or page is self._trouble)
        (self._table if preview else self._close_button).setFocus()


def _file_text(looked: Looked) -> str:
    """`barang.csv · 632 baris · UTF-8`"""
    rows = looked.preview.counts.total if looked.preview else len(looked.raw.pages[looked.page].rows)
    page = looked.raw.pages[looked.page].name
    encoding = _ENCODINGS.get(looked.raw.encoding, looked.raw.encoding)
    return " · ".join(part for part in (looked.raw.file, page, tr("{n} baris", n=format_figure(rows)), encoding) if part)
