"""Labels and sheets of the goods list: for one product or for all that the list shows, printed as jobs or as a PDF.

Owns the choice; which goods a list shows is the list's, and the limits are the verbs'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.errors import ShopError
from pos.domain.money import format_figure
from pos.domain.papers import MOST_LABELS, CountSheet, Label, LabelKind
from pos.domain.printing import NewPrintJob
from pos.services import papers
from pos.services.views import GoodsFilter, GoodsRow
from pos.ui.context import UiContext
from pos.ui.language import tr
from pos.ui.messages import error_sentence
from pos.ui.operations import run
from pos.ui.papers import saving
from pos.ui.papers.beside import PaperBeside
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.tones import Tone
from pos.ui.widgets.buttons import Kind, on_click
from pos.ui.widgets.choice import ChoiceCard, Segments
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.notice import Notice
from pos.ui.widgets.text import Text

_SHEET: Final = "sheet"
_KNOWN, _BLIND = "known", "blind"
_ONE, _ALL, _TICKED = "one", "all", "ticked"
_COPIES: Final = ("1", "2", "4", "8")
_PAPER_HIGH: Final = 400
_SHOWN_ROWS: Final = 12
"""Rows of a sheet that are shown: its top, as it will come out."""


@dataclass(frozen=True, slots=True)
class GoodsChoice:
    """What the goods list shows: its filter and search, how many that are, the chosen row if any, what the list is called, and uids of the
    goods that are ticked in it."""

    which: GoodsFilter
    text: str
    total: int
    row: GoodsRow | None
    part: str
    ticked: tuple[str, ...] = ()


class LabelDialog(Dialog):
    """Stands over the goods list."""

    def __init__(self, context: UiContext, choice: GoodsChoice, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cetak label"), parent, width=900)
        self._context, self._choice = context, choice
        self._kinds = {
            LabelKind.SHELF.value: ChoiceCard(tr("Label rak"), tr("Harga besar, barcode kecil"), "tag"),
            LabelKind.BARCODE.value: ChoiceCard(tr("Stiker barcode"), tr("Untuk ditempel di barang"), "barcode"),
            _SHEET: ChoiceCard(tr("Lembar stok opname"), tr("Untuk menghitung di rak"), "clipboard-list"),
        }
        words = [(_ALL, tr("Semua di daftar ({n})", n=format_figure(choice.total)))]
        if choice.row is not None:
            words.insert(0, (_ONE, tr("Barang ini")))
        if choice.ticked:
            # what somebody ticked is what they mean
            words.insert(0, (_TICKED, tr("Dicentang ({n})", n=format_figure(len(choice.ticked)))))
        self._goods = Segments(words)
        self._goods.setAccessibleName(tr("Barang yang mana"))
        self._copies = Segments([(number, f"{number}×") for number in _COPIES])
        self._copies.setAccessibleName(tr("Berapa lembar tiap barang"))
        self._figures = Segments([(_KNOWN, tr("Dengan catatan stok")), (_BLIND, tr("Tanpa catatan"))])
        self._figures.setAccessibleName(tr("Catatan stok di lembarnya"))
        self._trouble = Notice("triangle-alert", "", Tone.FAULT)
        self._paper = PaperBeside(_PAPER_HIGH, parent)
        self._kind = LabelKind.SHELF.value
        self._lay_out()
        self._connect()
        self._choose(self._kind)

    # --- building ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(look().px(10))
        name = self._choice.row.name if self._choice.row else ""
        self._which = Text(name, Role.BACA, Token.TINTA2, 400, wrap=True)
        self._which.setVisible(bool(name))
        for part in (*self._kinds.values(), self._goods, self._which, self._copies, self._figures, self._trouble):
            left.addWidget(part)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(look().px(16))
        both.addLayout(left, 1)
        both.addWidget(self._paper)
        self.body.addLayout(both)
        self._pdf = self.add_button(tr("PDF A4"), icon="file-down")
        self._print = self.add_button(tr("Cetak"), Kind.PRIMARY, "printer")

    def _connect(self) -> None:
        for key, card in self._kinds.items():
            on_click(card, lambda key=key: self._choose(key))  # type: ignore[misc]
        for segments in (self._goods, self._copies, self._figures):
            segments.chosen.connect(lambda _key: self._draw())
        on_click(self._print, self._print_it)
        on_click(self._pdf, self._save)

    def _choose(self, key: str) -> None:
        self._kind = key
        for other, card in self._kinds.items():
            card.setChecked(other == key)
        self._copies.setVisible(not self._is_sheet)
        self._figures.setVisible(self._is_sheet)
        self._pdf.setVisible(not self._is_sheet)
        self._draw()

    # --- what is shown ----------------------------------------------------------------------------------------

    def _draw(self) -> None:
        """The first label or the top of the sheet, as it will come out."""
        self._which.setVisible(self._one and bool(self._which.text()))
        try:
            rows = self._rows(_SHOWN_ROWS if self._is_sheet else 1)
            till = self._context.till
            if self._is_sheet:
                data = till.paper.stock_take_sheet(self._sheet(rows), till.store.read.shop())
            else:
                data = till.paper.labels([papers.label_of(row) for row in rows], LabelKind(self._kind))
            self._paper.show_paper(self._context.backstage.draw_paper(data))
            self._say(error_sentence(papers.too_many()) if self._wanted() > MOST_LABELS else "")
        except ShopError as error:
            self._say(error_sentence(error))

    def _say(self, sentence: str) -> None:
        self._trouble.tell("triangle-alert", sentence, Tone.FAULT)
        for button in (self._print, self._pdf):
            button.setEnabled(not sentence)

    @property
    def _is_sheet(self) -> bool:
        return self._kind == _SHEET

    @property
    def _one(self) -> bool:
        return self._goods.current() == _ONE

    @property
    def _ticked(self) -> bool:
        return self._goods.current() == _TICKED

    def _wanted(self) -> int:
        """How many labels, or rows of a sheet."""
        copies = 1 if self._is_sheet else int(self._copies.current())
        return self._total() * copies

    def _total(self) -> int:
        """How many goods."""
        if self._ticked:
            return len(self._choice.ticked)
        return 1 if self._one else self._choice.total

    def _rows(self, most: int = 0) -> list[GoodsRow]:
        """The chosen goods, or the first `most` of them. Raises ShopError LABELS_NONE, LABELS_TOO_MANY."""
        if self._one and self._choice.row is not None:
            return [self._choice.row]
        read = self._context.till.store.read
        if self._ticked:
            return read.goods_rows(self._choice.ticked[:most] if most else self._choice.ticked)
        if most and self._choice.total:
            return read.goods(self._choice.which, self._choice.text, 0, most)
        return papers.goods_of(read, self._choice.which, self._choice.text)

    def _sheet(self, rows: list[GoodsRow]) -> CountSheet:
        part = tr("dicentang") if self._ticked else self._choice.part
        return papers.count_sheet(self._context.till, rows, part, self._figures.current() == _BLIND, self._total())

    def _labels(self) -> list[Label]:
        copies, labels = int(self._copies.current()), [papers.label_of(row) for row in self._rows()]
        if self._context.backstage.rehearsal:
            # each is cut out of its sheet, and lies on a shelf by itself
            labels = [replace(label, name=f"{tr('LATIHAN')} {label.name}") for label in labels]
        return [label for label in labels for _ in range(copies)]

    # --- the ways out -----------------------------------------------------------------------------------------

    def _print_it(self) -> None:
        """Set off the UI thread: a few hundred labels are a second's work."""
        till = self._context.till
        try:
            work = self._work()
        except ShopError as error:
            self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            return
        self.setEnabled(False)

        def made(jobs: list[NewPrintJob]) -> None:
            papers.queue(till, jobs)
            self.accept()
            self._context.told.emit("good", tr("Dikirim ke printer: {n} cetakan", n=len(jobs)))
            self._context.backstage.print_now()
            self._context.changed.emit(Changed(print_jobs=True))

        def refused(error: ShopError) -> None:
            self.setEnabled(True)
            self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            self._context.sound.emit("error")

        run(self._context, lambda _progress: work(), made, refused)

    def _work(self) -> Callable[[], list[NewPrintJob]]:
        till = self._context.till
        if self._is_sheet:
            sheet = self._sheet(self._rows())
            return lambda: [papers.count_sheet_job(till, sheet)]
        labels, kind = self._labels(), LabelKind(self._kind)
        return lambda: papers.label_jobs(till, labels, kind)

    def _save(self) -> None:
        from pos.ui.pdf.labels import write_labels

        try:
            labels, kind = self._labels(), LabelKind(self._kind)
        except ShopError as error:
            self._trouble.tell("triangle-alert", error_sentence(error), Tone.FAULT)
            return
        context, title = self._context, tr("Label {part}", part=self._choice.part)
        saving.ask_for_pdf(
            self, title, lambda path: saving.write(context, path, lambda: write_labels(labels, kind, path, title), self.accept)
        )
