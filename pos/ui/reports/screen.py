"""Laporan: four figures, when it was sold, of what, by whom, paid how, and how the e-Peken cap fares. Owns the choice of the days.

Reads off the UI thread: a year of a busy shop is some hundred thousand rows of sums. What a bar or a row stands for is opened in Nota.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.changed import Changed
from pos.domain.money import format_figure, format_rupiah, format_short
from pos.services.history_parts import Part, part_name
from pos.services.reports import Report, Span, SpanKind, cap_forecast, catch_up, read_report, span_back, today
from pos.services.views import LineState
from pos.ui.context import Screen, UiContext
from pos.ui.language import later, tr
from pos.ui.operations import Operation, Progress, run
from pos.ui.orders.meter import CapMeter
from pos.ui.reports import words
from pos.ui.reports.bars import bars_of, tender_shares
from pos.ui.reports.details import ReportDetails
from pos.ui.reports.figures import FigureCard
from pos.ui.reports.leaving import LeavingButtons
from pos.ui.settings.columns import Panel, scrolled
from pos.ui.theme.look import look
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.buttons import ActionButton, IconButton, Kind, on_click
from pos.ui.widgets.charts.bars import BarChart
from pos.ui.widgets.charts.ranks import Ranking
from pos.ui.widgets.charts.series import Ranked
from pos.ui.widgets.charts.shares import ShareBar
from pos.ui.widgets.empty import EmptyState
from pos.ui.widgets.pill import Chip
from pos.ui.widgets.text import ElidedText, Text

_SPANS: Final = (
    (SpanKind.TODAY, later("Hari ini")),
    (SpanKind.YESTERDAY, later("Kemarin")),
    (SpanKind.WEEK, later("7 hari")),
    (SpanKind.MONTH, later("Bulan ini")),
    (SpanKind.YEAR, later("Tahun ini")),
)
_RANKINGS: Final = (("goods", later("Barang")), ("categories", later("Kategori")), ("cashiers", later("Kasir")))
_RANKED: Final = 3
_FOUR: Final = 900
"""Pixels from which the four figures stand in one row."""
_WIDE: Final = 1_150
"""Pixels from which what stands beside the bars has room there."""


class ReportsScreen(Screen):
    """The room `reports`."""

    key = "reports"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._kind, self._back = SpanKind.TODAY, 0
        self._report: Report | None = None
        self._line: LineState | None = None
        self._reading: Operation | None = None
        self._again = False
        self._make_parts()
        self._lay_out()
        self.retranslate()

    # --- the frame asks ------------------------------------------------------------------------------------------

    def refresh(self, changed: Changed | None = None) -> None:
        if changed is None or changed.sales or changed.orders or changed.shop:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def retranslate(self) -> None:
        for kind, word in _SPANS:
            self._chips[kind].setText(tr(word))
        self._earlier.set_name(tr("Sebelumnya"))
        self._later.set_name(tr("Sesudahnya"))
        self._pay_panel.set_title(tr("Cara bayar"))
        self._leaving.retranslate()
        self._rank_title.setText(tr("Paling laku"))
        self._name_ranking()
        self._none.set_words(tr("Belum ada penjualan"), tr("Begitu ada nota di hari-hari ini, gambarnya muncul di sini."))
        self._show()

    def help_text(self) -> str:
        return tr(
            "Pilih harinya di atas. Batang hijau adalah penjualan, batang pucat yang biasanya di hari yang sama. "
            "Pakai panah kiri dan kanan untuk membaca satu per satu, Enter untuk melihat notanya. "
            "Laba kotor dihitung dari barang yang harga modalnya tercatat. "
            "Tiga tombol di kanan atas menyimpan yang tampil ke Excel atau PDF, dan mencetak rekapnya."
        )

    # --- building ------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self._chips = {kind: Chip("") for kind, _ in _SPANS}
        self._days = ElidedText("", Role.BACA, Token.TINTA2)
        self._earlier, self._later = IconButton("chevron-left", ""), IconButton("chevron-right", "")
        on_click(self._earlier, lambda: self._go(1))
        on_click(self._later, lambda: self._go(-1))
        self._cards = (
            FigureCard(Token.DAUN, Token.DAUN_MUDA),
            FigureCard(Token.KUNYIT, Token.KUNYIT_MUDA),
            FigureCard(Token.NILA, Token.NILA_MUDA),
            FigureCard(Token.TERONG, Token.TERONG_MUDA),
        )
        self._chart = BarChart(format_short)
        self._chart.opened.connect(self._open_bar)
        self._none = EmptyState("kosong_nota", "")
        self._plot = QStackedWidget()
        self._plot.addWidget(self._chart)
        self._plot.addWidget(self._none)
        self._chart_panel = Panel(self._plot)
        self._shares, self._ranking = ShareBar(), Ranking()
        self._ranking.opened.connect(self._open_rank)
        self._rank_title, self._rank_by = Text("", Role.SUB), ActionButton("", "arrow-down-up", kind=Kind.FLAT)
        self._ranked_by = 0
        on_click(self._rank_by, self._rank_otherwise)
        head = QHBoxLayout()
        head.addWidget(self._rank_title, 1)
        head.addWidget(self._rank_by)
        self._pay_panel = Panel(self._shares)
        self._rank_panel = Panel(self._ranking)
        self._rank_panel.body.insertLayout(1, head)
        self._rank_panel.body.setSpacing(look().px(4))
        self._meter, self._forecast = CapMeter(), Text("", Role.BACA, Token.TINTA2, wrap=True)
        self._cap_panel = Panel(self._meter, self._forecast)
        self._details = ReportDetails()
        self._leaving = LeavingButtons(self.context, lambda: self._report)

    def _lay_out(self) -> None:
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(look().px(8))
        for kind, _ in _SPANS:
            chip = self._chips[kind]
            on_click(chip, lambda kind=kind: self._choose(kind))  # type: ignore[misc]
            group.addButton(chip)
            chips.addWidget(chip)
        chips.addSpacing(look().px(8))
        for part in (self._earlier, self._later):
            chips.addWidget(part)
        chips.addWidget(self._days, 100)
        chips.addStretch(1)
        chips.addWidget(self._leaving)
        self._chips[self._kind].setChecked(True)
        self._figures = QGridLayout()
        self._figures.setSpacing(look().px(14))
        side = QVBoxLayout()
        side.setSpacing(look().px(14))
        for panel in (self._pay_panel, self._rank_panel, self._cap_panel, self._details):
            side.addWidget(panel)
        side.addStretch(1)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(look().px(14))
        self._lower.addWidget(self._chart_panel, 21, Qt.AlignmentFlag.AlignTop)
        self._lower.addLayout(side, 11)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().px(14))
        box.addLayout(self._figures)
        box.addLayout(self._lower, 1)
        self._area: QScrollArea = scrolled(inside)
        outside = QVBoxLayout(self)
        edge = look().px(16)
        outside.setContentsMargins(edge, look().px(8), edge, edge)
        outside.setSpacing(look().px(12))
        outside.addLayout(chips)
        outside.addWidget(self._area, 1)
        self._place(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed()

    def _placed(self) -> None:
        self._place(self.width() >= look().px(_WIDE))

    def _place(self, wide: bool) -> None:
        self._days.setVisible(wide)
        if self._report is not None:
            self._name_chart(self._report.span)
        self._lower.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        across = 4 if self.width() >= look().px(_FOUR) else 2
        for place, card in enumerate(self._cards):
            self._figures.addWidget(card, place // across, place % across)
            self._figures.setColumnStretch(place, place < across)
        # the bars are seen whole without scrolling; what stands beside or below them may be longer
        above = self._figures.sizeHint().height() + self._figures.spacing()
        self._chart_panel.setFixedHeight(max(look().px(330), self._area.viewport().height() - above))

    # --- reading -------------------------------------------------------------------------------------------------

    def _choose(self, kind: SpanKind) -> None:
        self._kind, self._back = kind, 0
        self._read()

    def _go(self, back: int) -> None:
        """A span earlier or later; none is after the present one."""
        self._back = max(0, self._back + back)
        self._read()

    def _read(self) -> None:
        """In a thread of its own; what changes meanwhile is read after it."""
        if not self.isVisible():
            return
        if self._reading is not None:
            self._again = True
            return
        till, kind, back, cutoff = self.context.till, self._kind, self._back, self.context.preferences.day_cutoff

        def work(progress: Progress) -> tuple[Report, LineState]:
            catch_up(till, cutoff, progress)
            return read_report(till, span_back(kind, today(till, cutoff), back), cutoff), till.store.read.line()

        self._reading = run(self.context, work, self._arrived)
        self._reading.ended.connect(self._ended)

    def _arrived(self, found: tuple[Report, LineState]) -> None:
        self._report, self._line = found
        self._show()

    def _ended(self) -> None:
        self._reading = None
        if self._again:
            self._again = False
            self._read()

    # --- showing -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        report = self._report
        self._leaving.renew()
        if report is None:
            return
        self._days.setText(words.span_text(report.span))
        self._show_figures(report)
        bars = bars_of(report, self.context.till.clock.now())
        self._plot.setCurrentWidget(self._chart if bars else self._none)
        QTimer.singleShot(0, self, self._placed)
        self._name_chart(report.span)
        self._chart.show_bars(words.chart_title(report.span), bars)
        self._shares.show_shares(tr("Cara bayar"), tender_shares(report))
        self._ranking.show_rows(self._ranked(report))
        self._show_cap(report)
        self._details.show_report(report)
        self._later.setEnabled(self._back > 0)

    def _show_figures(self, report: Report) -> None:
        now, before, span = report.takings, report.before, report.span
        series = [takings for _, takings in (report.hours if span.days == 1 else report.days)]
        sentence, way = words.change_text(now.turnover, before.turnover, span)
        self._cards[0].show_figure(tr("Omzet"), format_rupiah(now.turnover), sentence, way, trend=[part.turnover for part in series])
        self._cards[1].show_figure(
            tr("Laba kotor"), format_rupiah(now.profit), words.profit_text(now), 0, "coins", [part.profit for part in series]
        )
        sentence, way = words.change_text(now.sales, before.sales, span)
        self._cards[2].show_figure(tr("Nota"), format_figure(now.sales), sentence, way, trend=[part.sales for part in series])
        sentence, way = words.change_text(now.average, before.average, span)
        self._cards[3].show_figure(tr("Rata-rata nota"), format_rupiah(now.average), sentence, way, trend=[part.average for part in series])

    def _rank_otherwise(self) -> None:
        """Goods, categories, cashiers, and goods again."""
        self._ranked_by = (self._ranked_by + 1) % len(_RANKINGS)
        self._show()

    def _name_ranking(self) -> None:
        """It can be pressed before there is anything to rank."""
        _, word = _RANKINGS[self._ranked_by]
        self._rank_by.setText(tr(word))
        self._rank_by.setAccessibleName(tr("Paling laku menurut {by}", by=tr(word)))

    def _ranked(self, report: Report) -> list[Ranked]:
        chosen, _ = _RANKINGS[self._ranked_by]
        self._name_ranking()
        if chosen == "cashiers":
            return [Ranked(f"cashier:{name}", name or "–", row.turnover, words.amount_said(row)) for name, row in report.cashiers[:_RANKED]]
        if chosen == "categories":
            return [
                Ranked(f"category:{name}", name or tr("Tanpa kategori"), row.amount, format_short(row.amount), name)
                for name, row in report.categories[:_RANKED]
            ]
        return [
            Ranked(f"product:{row.product_uid}", row.name, row.amount, words.pieces_text(row), row.category, row.drawing)
            for row in report.products[:_RANKED]
            if row.amount > 0
        ]

    def _show_cap(self, report: Report) -> None:
        line = self._line
        self._cap_panel.setVisible(line is not None and line.cap_amount > 0)
        if line is None or line.cap_amount <= 0:
            return
        self._meter.tell(line.cap_used, line.cap_amount)
        reached = cap_forecast(line.cap_used, line.cap_amount, report.span.last).reached_on
        self._forecast.setText(
            tr("Kalau begini terus, batasnya tercapai {day}.", day=words.day_text(reached))
            if reached
            else tr("Kalau begini terus, bulan ini tidak sampai batas.")
        )

    def _name_chart(self, span: Span) -> None:
        """Which days it is stands beside the chips where there is room, else over the bars."""
        title = words.chart_title(span)
        self._chart_panel.set_title(title if self._days.isVisibleTo(self) else f"{title}, {words.span_text(span)}")

    # --- opening -------------------------------------------------------------------------------------------------

    def _open_bar(self, place: int) -> None:
        """The notas of a bar, in the room that has them."""
        report = self._report
        if report is None:
            return
        bar = bars_of(report, self.context.till.clock.now())[place]
        self.context.go.emit(f"history#{part_name(Part(bar.day, bar.last, bar.hour))}")

    def _open_rank(self, key: str) -> None:
        """The notas of the days that are shown with these goods, of this category, by this cashier: `product:...` and so on."""
        what, _, wanted = key.partition(":")
        if self._report is not None and wanted:
            span = self._report.span
            self.context.go.emit(f"history#{part_name(Part(span.first, span.last, None, what, wanted))}")
