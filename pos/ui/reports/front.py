"""The first page of a report's PDF: its four figures and its charts. Says the report's own figures; the tables come after it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pos.domain.money import format_figure, format_rupiah, format_short
from pos.services.reports import Report
from pos.ui.language import tr
from pos.ui.pdf.charts import chart_font, paint_bars, paint_ranks, paint_shares, write_amount, write_words
from pos.ui.reports import words
from pos.ui.reports.bars import bars_of, tender_shares
from pos.ui.theme.tokens import Token
from pos.ui.widgets.charts.series import Bar, Ranked

_RANKED: Final = 10


def paint_front(painter: QPainter, page: QRectF, report: Report, shop: str, now: int) -> None:
    """The page in points. `now`: UTC ms at which the report was read."""
    left, wide = page.left(), page.width()
    write_words(painter, QRectF(left, page.top(), wide, 14), shop, chart_font(10, 600), token=Token.TINTA2)
    write_words(painter, QRectF(left, page.top() + 14, wide, 26), tr("Laporan"), chart_font(20, 700))
    write_words(painter, QRectF(left, page.top() + 40, wide, 16), words.span_text(report.span), chart_font(11), token=Token.TINTA2)
    _figures(painter, QRectF(left, page.top() + 68, wide, 48), report)
    bars = bars_of(report, now)
    hours = _hours(report) if report.span.days > 1 else []
    y = page.top() + 134
    for title, shown, high in ((words.chart_title(report.span), bars, 190 if hours else 250), (tr("Penjualan per jam"), hours, 130)):
        if shown:
            _title(painter, QRectF(left, y, wide, 16), title)
            paint_bars(painter, QRectF(left, y + 18, wide, high), shown, lambda value: format_short(value).removeprefix("Rp"))
            y += high + 34
    half = (wide - 24) / 2
    lower = QRectF(left, y + 20, half, page.bottom() - y - 20)
    _title(painter, QRectF(left, y, half, 16), tr("Paling laku"))
    paint_ranks(painter, lower, _goods(report))
    _title(painter, QRectF(left + half + 24, y, half, 16), tr("Cara bayar"))
    paint_shares(painter, lower.translated(half + 24, 0), tender_shares(report))


def _figures(painter: QPainter, rect: QRectF, report: Report) -> None:
    now, before, span = report.takings, report.before, report.span
    figures = (
        (tr("Omzet"), format_rupiah(now.turnover), words.change_text(now.turnover, before.turnover, span)[0]),
        (tr("Laba kotor"), format_rupiah(now.profit), words.profit_text(now)),
        (tr("Nota"), format_figure(now.sales), words.change_text(now.sales, before.sales, span)[0]),
        (tr("Rata-rata nota"), format_rupiah(now.average), words.change_text(now.average, before.average, span)[0]),
    )
    wide = rect.width() / len(figures)
    for place, (name, figure, beside) in enumerate(figures):
        x = rect.left() + place * wide
        write_words(painter, QRectF(x, rect.top(), wide - 8, 12), name, chart_font(9), token=Token.TINTA2)
        write_amount(painter, QRectF(x, rect.top() + 12, wide - 8, 20), figure, 15)
        write_words(painter, QRectF(x, rect.top() + 33, wide - 8, 11), beside, chart_font(7), token=Token.TINTA2)


def _title(painter: QPainter, rect: QRectF, words_of_it: str) -> None:
    write_words(painter, rect, words_of_it, chart_font(11, 700))


def _hours(report: Report) -> list[Bar]:
    return [Bar(str(hour), max(0, takings.turnover), words.hour_said(hour, takings, None)) for hour, takings in report.hours]


def _goods(report: Report) -> list[Ranked]:
    return [
        Ranked("", item.name or "–", item.amount, f"{format_rupiah(item.amount)} · {words.pieces_text(item)}")
        for item in report.products[:_RANKED]
        if item.amount > 0
    ]
