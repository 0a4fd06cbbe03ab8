"""A report as tables with words on them, for a workbook. Says the report's own figures; computes none but sums and shares of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pos.services.report_views import Takings
from pos.services.reports import Report, SpanKind
from pos.services.sheets.book import BookTable, BookValue, CellKind, Chart, ChartKind
from pos.ui.language import tr
from pos.ui.reports import words

_TIMES: Final = (CellKind.COUNT, CellKind.RUPIAH, CellKind.RUPIAH, CellKind.RUPIAH, CellKind.RUPIAH)


def report_tables(report: Report) -> list[BookTable]:
    """The sheets of a report's workbook: what it came to, when, of what, by whom, paid how."""
    return [_summary(report), *_times(report), _goods(report), _categories(report), _cashiers(report), _tenders(report)]


def _summary(report: Report) -> BookTable:
    now, before = report.takings, report.before
    rows: list[tuple[BookValue, BookValue, BookValue]] = [
        (tr("Omzet"), now.turnover, before.turnover),
        (tr("Laba kotor"), now.profit, before.profit),
        (tr("Nota"), now.sales, before.sales),
        (tr("Rata-rata nota"), now.average, before.average),
        (tr("Potongan"), now.discount, before.discount),
        (tr("Pembulatan"), now.rounding, before.rounding),
        (tr("Nota dibatalkan"), now.voids, before.voids),
        (tr("Nilai nota dibatalkan"), now.voided, before.voided),
        (tr("Retur"), now.refunds, before.refunds),
        (tr("Nilai retur"), now.refunded, before.refunded),
        (tr("Pesanan e-Peken diserahkan"), report.online.orders, None),
        (tr("Omzet e-Peken"), report.online.amount, None),
        (tr("Nilai stok"), report.worth.cost, None),
        (tr("Barang tanpa modal"), report.worth.unknown, None),
        (tr("Omzet tahun {year}", year=report.span.last.year), report.year_turnover, None),
    ]
    if report.variance:
        rows += [
            (tr("Selisih modal barang yang dijual dulu"), -report.variance, None),
            (tr("Laba kotor setelah selisih modal"), report.profit_settled, None),
        ]
    if report.ppn is not None:
        rows += [(tr("Dasar PPN"), report.ppn.base, None), (tr("PPN di dalam harga"), report.ppn.tax, None)]
    columns = (
        (tr("Angka"), CellKind.TEXT),
        (words.span_text(report.span), CellKind.COUNT),
        (words.span_text(report.compared), CellKind.COUNT),
    )
    return BookTable(tr("Ringkasan"), columns, rows)


def _times(report: Report) -> list[BookTable]:
    """By hour, by day and by month: those that have more than one row to tell, and that of the screen's bars."""
    hour = _of_times(tr("Per jam"), tr("Jam"), CellKind.COUNT, report.hours)
    day = _of_times(tr("Per hari"), tr("Hari"), CellKind.DAY, report.days)
    month = _of_times(tr("Per bulan"), tr("Bulan mulai"), CellKind.DAY, report.months)
    if report.span.days == 1:
        return [hour]
    return [day, month, hour] if report.span.kind is SpanKind.YEAR or len(report.months) > 1 else [day, hour]


def _of_times(title: str, head: str, kind: CellKind, found: Iterable[tuple[BookValue, Takings]]) -> BookTable:
    rows: list[Sequence[BookValue]] = [(when, *_takings(takings)) for when, takings in found]
    heads = (tr("Nota"), tr("Omzet"), tr("Laba kotor"), tr("Potongan"), tr("Pembulatan"))
    return BookTable(title, ((head, kind), *zip(heads, _TIMES, strict=True)), rows, Chart(ChartKind.COLUMNS, 0, 2))


def _takings(takings: Takings) -> tuple[int, int, int, int, int]:
    return takings.sales, takings.turnover, takings.profit, takings.discount, takings.rounding


def _goods(report: Report) -> BookTable:
    rows: list[Sequence[BookValue]] = [
        (item.name or "-", item.category, item.quantity / item.factor, item.unit_name, item.amount, item.cost, item.profit)
        for item in report.products
    ]
    total: tuple[BookValue, ...] = (tr("Total"), "", None, "", *_sums((item.amount, item.cost, item.profit) for item in report.products))
    columns = (
        (tr("Barang"), CellKind.TEXT),
        (tr("Kategori"), CellKind.TEXT),
        (tr("Banyaknya"), CellKind.QUANTITY),
        (tr("Satuan"), CellKind.TEXT),
        (tr("Omzet"), CellKind.RUPIAH),
        (tr("Harga modal"), CellKind.RUPIAH),
        (tr("Laba kotor"), CellKind.RUPIAH),
    )
    return _summed(tr("Barang"), columns, rows, total, None)


def _categories(report: Report) -> BookTable:
    whole = sum(item.amount for _, item in report.categories)
    rows: list[Sequence[BookValue]] = [
        (name or tr("Tanpa kategori"), item.amount, item.profit, _share(item.amount, whole)) for name, item in report.categories
    ]
    total: tuple[BookValue, ...] = (tr("Total"), *_sums((item.amount, item.profit) for _, item in report.categories), None)
    columns = (
        (tr("Kategori"), CellKind.TEXT),
        (tr("Omzet"), CellKind.RUPIAH),
        (tr("Laba kotor"), CellKind.RUPIAH),
        (tr("Persen"), CellKind.SHARE),
    )
    return _summed(tr("Kategori"), columns, rows, total, Chart(ChartKind.COLUMNS, 0, 1))


def _cashiers(report: Report) -> BookTable:
    rows: list[Sequence[BookValue]] = [(name or "-", *_takings(takings)) for name, takings in report.cashiers]
    total: tuple[BookValue, ...] = (tr("Total"), *_sums(_takings(takings) for _, takings in report.cashiers))
    heads = (tr("Nota"), tr("Omzet"), tr("Laba kotor"), tr("Potongan"), tr("Pembulatan"))
    return _summed(tr("Per kasir"), ((tr("Nama kasir"), CellKind.TEXT), *zip(heads, _TIMES, strict=True)), rows, total, None)


def _tenders(report: Report) -> BookTable:
    whole = sum(row.amount for row in report.tenders)
    rows: list[Sequence[BookValue]] = [
        (words.tender_text(row.tender), row.payments, row.amount, _share(row.amount, whole)) for row in report.tenders
    ]
    total: tuple[BookValue, ...] = (tr("Total"), *_sums((row.payments, row.amount) for row in report.tenders), None)
    columns = (
        (tr("Cara bayar"), CellKind.TEXT),
        (tr("Pembayaran"), CellKind.COUNT),
        (tr("Rupiah"), CellKind.RUPIAH),
        (tr("Persen"), CellKind.SHARE),
    )
    return _summed(tr("Cara bayar"), columns, rows, total, Chart(ChartKind.PIE, 0, 2))


def _summed(
    title: str,
    columns: tuple[tuple[str, CellKind], ...],
    rows: list[Sequence[BookValue]],
    total: Sequence[BookValue],
    chart: Chart | None,
) -> BookTable:
    return BookTable(title, columns, [*rows, total] if rows else [], chart, total=bool(rows))


def _sums(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _share(amount: int, whole: int) -> float | None:
    return amount / whole if whole > 0 else None
