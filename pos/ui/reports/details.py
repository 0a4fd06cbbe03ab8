"""What else a report says, line by line: what was taken off and taken back, counter and e-Peken, stock, the year against its line, PPN."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import format_rupiah, format_short
from pos.services.reports import SMALL_TURNOVER, Report
from pos.ui.language import tr
from pos.ui.settings.columns import Panel
from pos.ui.theme.tokens import Role, Token
from pos.ui.widgets.charts.series import Share
from pos.ui.widgets.charts.shares import ShareBar
from pos.ui.widgets.rows import Row, Rows
from pos.ui.widgets.text import Text


class ReportDetails(QWidget):
    """Two panels: the details, and online beside the counter where something was handed over."""

    def __init__(self) -> None:
        super().__init__()
        self._rows, self._unknown = Rows(), Text("", Role.BACA, Token.TINTA2, wrap=True)
        self._panel = Panel(self._rows, self._unknown)
        self._shares = ShareBar()
        self._online = Panel(self._shares)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self._online)
        box.addWidget(self._panel)

    def show_report(self, report: Report) -> None:
        """Another report."""
        self._panel.set_title(tr("Rincian"))
        self._rows.show_rows(detail_rows(report))
        self._unknown.setText(tr("{n} barang belum ada harga modalnya, tidak ikut nilai stok.", n=report.worth.unknown))
        self._unknown.setVisible(report.worth.unknown > 0)
        counter, online = max(0, report.takings.turnover), report.online.amount
        whole = counter + online
        self._online.setVisible(report.online.orders > 0)
        self._online.set_title(tr("Kasir dan e-Peken"))
        self._shares.show_shares(
            tr("Kasir dan e-Peken"),
            [
                Share(word, amount, f"{(amount * 100 + whole // 2) // whole if whole else 0}%", token)
                for word, amount, token in ((tr("Di toko"), counter, Token.DAUN), (tr("e-Peken"), online, Token.KUNYIT))
            ],
        )


def detail_rows(report: Report) -> list[Row]:
    """What is always told; what did not happen is left out, but for the year."""
    takings, year = report.takings, report.year_turnover
    rows = []
    if takings.discount:
        rows.append(Row(tr("Potongan"), format_rupiah(-takings.discount)))
    if takings.rounding:
        rows.append(Row(tr("Pembulatan"), format_rupiah(takings.rounding)))
    if takings.voids:
        rows.append(Row(tr("Nota dibatalkan ({n})", n=takings.voids), format_rupiah(takings.voided)))
    if takings.refunds:
        rows.append(Row(tr("Retur ({n})", n=takings.refunds), format_rupiah(takings.refunded)))
    if report.online.orders:
        rows.append(Row(tr("Pesanan diserahkan ({n})", n=report.online.orders), format_rupiah(report.online.amount)))
    if report.variance:
        rows.append(Row(tr("Selisih modal barang yang dijual dulu"), format_rupiah(-report.variance)))
        rows.append(Row(tr("Laba kotor setelah selisih modal"), format_rupiah(report.profit_settled), strong=True))
    rows.append(Row(tr("Nilai stok"), format_rupiah(report.worth.cost)))
    rows.append(Row(tr("Omzet tahun {year}", year=report.span.last.year), format_rupiah(year)))
    share = max(0, year) * 100 // SMALL_TURNOVER
    left = max(0, SMALL_TURNOVER - year)
    rows.append(
        Row(
            tr("Dari batas Rp500 juta"), tr("{percent}%, sisa {left}", percent=share, left=format_short(left)), strong=year > SMALL_TURNOVER
        )
    )
    if report.ppn is not None:
        rows.append(Row(tr("Dasar PPN"), format_rupiah(report.ppn.base)))
        rows.append(Row(tr("PPN di dalam harga"), format_rupiah(report.ppn.tax), strong=True))
    return rows
