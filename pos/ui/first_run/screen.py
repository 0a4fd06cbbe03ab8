"""The first-run guide: language, e-Peken, printer, scanner, drawer, goods, PIN, and off to the counter. Owns their order."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from pos.domain.changed import Changed
from pos.services.shop import finish_set_up, needs_set_up
from pos.ui.context import Screen, UiContext
from pos.ui.first_run.drawer_page import DrawerPage
from pos.ui.first_run.pages import GoodsPage, LanguagePage, Page, PairPage, PrinterPage, ScannerPage
from pos.ui.first_run.paper_panel import PaperPanel
from pos.ui.first_run.pin_page import PinPage
from pos.ui.first_run.rail import GuideRail
from pos.ui.first_run.steps import STEPS, WORDS, Step
from pos.ui.language import tr
from pos.ui.operations import attempt
from pos.ui.settings.columns import scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, Kind, on_click
from pos.ui.widgets.text import Text

_PAGES: Final[dict[Step, type[Page]]] = {
    Step.LANGUAGE: LanguagePage,
    Step.PAIR: PairPage,
    Step.PRINTER: PrinterPage,
    Step.SCANNER: ScannerPage,
    Step.DRAWER: DrawerPage,
    Step.GOODS: GoodsPage,
    Step.PIN: PinPage,
}
_WIDE: Final = 1_240
"""Pixels at 100 % from which the paper stands beside the printer's page."""


class FirstRunScreen(Screen):
    """Takes the whole window; every step can be skipped."""

    key = "first_run"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._step = STEPS[0]
        self.rail, self.paper = GuideRail(), PaperPanel()
        self._title, self._lead = Text("", Role.ANGKA, wrap=True, px=36), Text("", Role.BACA, Token.TINTA2, 400, wrap=True)
        self.pages = {step: make(context) for step, make in _PAGES.items()}
        self._stack = QStackedWidget()
        self.areas: dict[Step, QScrollArea] = {}
        self.back, self.skip = ActionButton("", "arrow-left"), ActionButton("")
        self.next, self.start = ActionButton("", "arrow-right", kind=Kind.PRIMARY), ActionButton("", "store", kind=Kind.NEXT)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.open_step(STEPS[0])

    def _lay_out(self) -> None:
        for step, page in self.pages.items():
            self.areas[step] = scrolled(page)
            self._stack.addWidget(self.areas[step])
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(12))
        buttons.addWidget(self.back)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        buttons.addWidget(self.start)
        for button in (self.back, self.skip, self.next):
            button.setMinimumHeight(look().px(64))
            button.once = True
        self.next.setMinimumWidth(look().px(210))
        middle = QVBoxLayout()
        side = look().px(28)
        middle.setContentsMargins(side, look().px(32), side, look().px(16))
        middle.setSpacing(look().px(8))
        middle.addWidget(self._title)
        middle.addWidget(self._lead)
        middle.addSpacing(look().px(8))
        middle.addWidget(self._stack, 1)
        middle.addSpacing(look().px(8))
        middle.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        row.addWidget(self.paper)

    def _connect(self) -> None:
        on_click(self.back, self.go_back)
        on_click(self.skip, self.go_on)
        on_click(self.next, self.leave_well)
        on_click(self.start, self.finish)
        self.rail.wanted.connect(self._jump)
        for page in self.pages.values():
            page.told.connect(self._tell)
        printer = self.pages[Step.PRINTER]
        assert isinstance(printer, PrinterPage)
        printer.printer.tested.connect(self._draw)
        printer.printer.tested.connect(self._show_questions)
        language = self.pages[Step.LANGUAGE]
        assert isinstance(language, LanguagePage)
        language.restoring.working.connect(lambda _working: self._show_answer(language))
        goods = self.pages[Step.GOODS]
        assert isinstance(goods, GoodsPage)
        goods.sources.pairing_wanted.connect(lambda: self._jump(Step.PAIR))
        self.context.preferences_changed.connect(self._settings_changed)

    @property
    def step(self) -> Step:
        """The step that shows."""
        return self._step

    def leave_well(self) -> None:
        """Keep what was typed and go to the next step; stay where it cannot be kept."""
        if self.pages[self._step].leave():
            self.go_on()

    def go_on(self) -> None:
        """The next step, whatever was typed."""
        self.open_step(STEPS[min(STEPS.index(self._step) + 1, len(STEPS) - 1)])

    def go_back(self) -> None:
        self.open_step(STEPS[max(STEPS.index(self._step) - 1, 0)])

    def finish(self) -> None:
        """Off to the counter; the guide opens by itself no more."""
        if self.pages[self._step].leave() and attempt(self.context, lambda: finish_set_up(self.context.till)):
            self.context.go.emit("sale")

    def refresh(self, changed: Changed | None = None) -> None:
        for page in self.pages.values():
            page.refresh(changed)
        if changed is None or changed.shop:
            self.rail.retranslate(self.context.till.store.read.shop().name)
        self._tell()

    def scanned(self, code: str) -> bool:
        """In the guide no scan sells anything: it is the page's, or it tries the scanner."""
        if not self.pages[self._step].scanned(code):
            self.pages[Step.SCANNER].scanned(code)
        return True

    def retranslate(self) -> None:
        for page in self.pages.values():
            page.retranslate()
        self.rail.retranslate(self.context.till.store.read.shop().name)
        self.paper.retranslate()
        self.back.setText(tr("Kembali"))
        self.skip.setText(tr("Lewati"))
        self.next.setText(tr("Lanjut"))
        self.start.setText(tr("Mulai jualan"))
        self._say_step()

    def help_text(self) -> str:
        return tr(
            "Tujuh langkah: bahasa, sambungan ke e-Peken, printer, pemindai, laci uang, barang, PIN pemilik. "
            "Semua bisa dilewati dan diulang dari Pengaturan. Lanjut menyimpan isian di halaman ini, Lewati tidak. "
            "Mulai jualan membuka layar kasir."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: whoever came here from the settings may leave; a new shop stays, its guide ends at the last step."""
        if event.key() == Qt.Key.Key_Escape and not needs_set_up(self.context.till.store.read):
            self.context.go.emit("sale")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def open_step(self, step: Step) -> None:
        """Show one step."""
        self._step = step
        # no field and no button has the focus until someone asks for it: a scanner may type at any moment
        self.setFocus()
        self._stack.setCurrentWidget(self.areas[step])
        self.areas[step].verticalScrollBar().setValue(0)
        self.pages[step].refresh(None)
        last = step is STEPS[-1]
        self.back.setVisible(step is not STEPS[0])
        self.skip.setVisible(step not in (STEPS[0], STEPS[-1]))
        self.next.setVisible(not last)
        self.start.setVisible(last)
        self._say_step()
        self._fit()
        self._tell()

    def _jump(self, step: Step) -> None:
        """A step was pressed in the rail; what was typed on this one is kept where it can be."""
        if step is not self._step and self.pages[self._step].leave():
            self.open_step(step)

    def _say_step(self) -> None:
        words = WORDS[self._step]
        self._title.setText(tr(words.title))
        self._lead.setText(tr(words.lead))
        self.setAccessibleName(tr(words.title))

    def _tell(self) -> None:
        self.rail.show_progress(self._step, frozenset(step for step, page in self.pages.items() if page.done))

    def _settings_changed(self) -> None:
        self._draw()
        self.pages[Step.PRINTER].refresh(None)
        self._tell()

    def _fit(self) -> None:
        wide = self.width() >= look().px(_WIDE)
        self.rail.set_wide(wide)
        shown = wide and self._step is Step.PRINTER
        self.paper.setVisible(shown)
        if shown:
            self._draw()

    def _show_questions(self) -> None:
        """The answers are what comes next: bring them into sight once the page has grown by them."""
        printer, area = self.pages[Step.PRINTER], self.areas[Step.PRINTER]
        assert isinstance(printer, PrinterPage)
        QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(printer.questions, 0, 0))

    def _show_answer(self, language: LanguagePage) -> None:
        """What is said of a copy stands at the page's end: it is brought into sight."""
        bar = self.areas[Step.LANGUAGE].verticalScrollBar()
        # the page grows by what is said, and it wraps once more before it is as long as it stays
        if language.note.sentence:
            QTimer.singleShot(50, bar, lambda: bar.setValue(bar.maximum()))

    def _draw(self) -> None:
        printer = self.pages[Step.PRINTER]
        if self.paper.isVisibleTo(self) and isinstance(printer, PrinterPage):
            self.paper.set_picture(printer.printer.preview())
