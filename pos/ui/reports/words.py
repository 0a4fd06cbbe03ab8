"""The books in words: days, comparisons, what a bar says. Knows no widget."""

from __future__ import annotations

from datetime import date
from typing import Final

from pos.domain.money import Rupiah, format_figure, format_short
from pos.domain.quantity import format_quantity
from pos.domain.sale import Tender
from pos.services.report_views import ProductTakings, Takings
from pos.services.reports import Span, SpanKind
from pos.ui.language import later, tr

WEEKDAYS: Final = (later("Senin"), later("Selasa"), later("Rabu"), later("Kamis"), later("Jumat"), later("Sabtu"), later("Minggu"))
SHORT_DAYS: Final = (later("Sen"), later("Sel"), later("Rab"), later("Kam"), later("Jum"), later("Sab"), later("Min"))
MONTHS: Final = (
    later("Jan"),
    later("Feb"),
    later("Mar"),
    later("Apr"),
    later("Mei"),
    later("Jun"),
    later("Jul"),
    later("Agu"),
    later("Sep"),
    later("Okt"),
    later("Nov"),
    later("Des"),
)
TENDERS: Final = {
    Tender.CASH.value: later("Tunai"),
    Tender.QRIS.value: later("QRIS"),
    Tender.TRANSFER.value: later("Transfer"),
    Tender.CREDIT.value: later("Bon"),
    Tender.TITIPAN.value: later("Titipan"),
    Tender.EXCHANGE.value: later("Tukar barang"),
}


def day_text(day: date) -> str:
    """`Senin 23/11/2026`"""
    return f"{tr(WEEKDAYS[day.weekday()])} {day:%d/%m/%Y}"


def span_text(span: Span) -> str:
    """`Senin 23/11/2026`, or `01/11/2026 – 23/11/2026`."""
    return day_text(span.first) if span.days == 1 else f"{span.first:%d/%m/%Y} – {span.last:%d/%m/%Y}"


def chart_title(span: Span) -> str:
    """What the bars of a span are of."""
    if span.days == 1:
        return tr("Penjualan per jam")
    return tr("Penjualan per bulan") if span.kind is SpanKind.YEAR else tr("Penjualan per hari")


_UP: Final = {
    SpanKind.WEEK: later("naik {percent}% dari 7 hari sebelumnya"),
    SpanKind.MONTH: later("naik {percent}% dari bulan lalu"),
    SpanKind.YEAR: later("naik {percent}% dari tahun lalu"),
    SpanKind.DAYS: later("naik {percent}% dari sebelumnya"),
}
_DOWN: Final = {
    SpanKind.WEEK: later("turun {percent}% dari 7 hari sebelumnya"),
    SpanKind.MONTH: later("turun {percent}% dari bulan lalu"),
    SpanKind.YEAR: later("turun {percent}% dari tahun lalu"),
    SpanKind.DAYS: later("turun {percent}% dari sebelumnya"),
}
_SAME: Final = {
    SpanKind.WEEK: later("sama dengan 7 hari sebelumnya"),
    SpanKind.MONTH: later("sama dengan bulan lalu"),
    SpanKind.YEAR: later("sama dengan tahun lalu"),
    SpanKind.DAYS: later("sama dengan sebelumnya"),
}
_OF_A_DAY: Final = (
    later("naik {percent}% dari {day} lalu"),
    later("turun {percent}% dari {day} lalu"),
    later("sama dengan {day} lalu"),
)


def change_text(now: int, before: int, span: Span) -> tuple[str, int]:
    """(sentence, -1 down, 0 none to tell, 1 up) of a figure beside the same one of the span before."""
    if before <= 0:
        return tr("belum ada pembanding"), 0
    percent = (abs(now - before) * 100 + before // 2) // before
    way = (now > before) - (now < before) if percent else 0
    if span.days == 1 and span.kind in (SpanKind.TODAY, SpanKind.YESTERDAY, SpanKind.DAYS):
        words = _OF_A_DAY[{1: 0, -1: 1, 0: 2}[way]]
    else:
        words = {1: _UP, -1: _DOWN, 0: _SAME}[way].get(span.kind, _SAME[SpanKind.DAYS])
    return tr(words).format(percent=percent, day=tr(WEEKDAYS[span.first.weekday()])), way


def tenths_text(tenths: int) -> str:
    """Tenths of a percent: 127 -> `12,7%`."""
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10},{abs(tenths) % 10}%"


def amount_said(takings: Takings) -> str:
    """`Rp730 rb, 27 nota`"""
    return tr("{amount}, {n} nota", amount=format_short(takings.turnover), n=format_figure(takings.sales))


def hour_said(hour: int, takings: Takings, usual: Rupiah | None) -> str:
    """`Jam 16: Rp730 rb, 27 nota`; an hour to come is said as it usually is."""
    if not takings.sales and not takings.turnover and usual:
        return tr("Jam {hour}: biasanya {amount}", hour=hour, amount=format_short(usual))
    return tr("Jam {hour}: {said}", hour=hour, said=amount_said(takings))


def pieces_text(item: ProductTakings) -> str:
    """How much of a product went, in the unit it is sold by: `86 bungkus`, `31 kg`."""
    return f"{format_quantity(item.quantity, item.factor)} {item.unit_name}".rstrip()


def tender_text(tender: str) -> str:
    """A way to pay; one that this program does not know is said as it is named."""
    words = TENDERS.get(tender)
    return tr(words) if words else tender


def profit_text(takings: Takings) -> str:
    """`12,7% dari omzet`, or which part of the goods has no cost."""
    if takings.turnover and takings.costed < takings.turnover:
        known = max(0, takings.costed) * 100 // takings.turnover if takings.turnover > 0 else 0
        return tr("dari {percent}% omzet yang modalnya tercatat", percent=known)
    return tr("{share} dari omzet", share=tenths_text(takings.margin_tenths))
