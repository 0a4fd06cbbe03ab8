"""The drawer in the shop's words: why cash moved, what a line of its report is, what a difference is called. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.cash_movement import CashReason
from pos.domain.drawer_report import DrawerLine, DrawerLineKind, DrawerReport
from pos.domain.money import Rupiah, format_rupiah
from pos.domain.sale import Tender
from pos.ui.language import later, tr
from pos.ui.moments import clock_text, date_text, moment_text

_REASONS: Final[Mapping[CashReason, str]] = {
    CashReason.SHOPPING: later("Belanja toko"),
    CashReason.OWNER: later("Diambil pemilik"),
    CashReason.SUPPLIER: later("Bayar pemasok"),
    CashReason.BANKED: later("Setor ke kas lain"),
    CashReason.EXPENSE: later("Biaya (listrik, parkir, es)"),
    CashReason.OUT: later("Uang keluar lain"),
    CashReason.CHANGE: later("Uang kecil untuk kembalian"),
    CashReason.OWNER_IN: later("Ditambah pemilik"),
    CashReason.IN: later("Uang masuk lain"),
    CashReason.TITIPAN: later("Titipan"),
    CashReason.DEPOSIT: later("Jaminan galon dan tabung"),
}
_LINES: Final[Mapping[DrawerLineKind, str]] = {
    DrawerLineKind.FLOAT: later("Modal awal"),
    DrawerLineKind.SALES: later("Penjualan tunai"),
    DrawerLineKind.VOIDS: later("Nota dibatalkan"),
    DrawerLineKind.REFUNDS: later("Retur dibayar tunai"),
    DrawerLineKind.REPAYMENTS: later("Utang dibayar tunai"),
    DrawerLineKind.DEPOSITS: later("Jaminan galon dan tabung"),
    DrawerLineKind.TITIPAN: later("Titipan kembalian"),
    DrawerLineKind.CASH_IN: later("Uang masuk"),
    DrawerLineKind.CASH_OUT: later("Uang keluar"),
}
_TENDERS: Final[Mapping[str, str]] = {
    Tender.CASH.value: later("Tunai"),
    Tender.QRIS.value: later("QRIS"),
    Tender.TRANSFER.value: later("Transfer"),
    Tender.CREDIT.value: later("Bon"),
    "titipan": later("Titipan"),
}


def difference_text(difference: Rupiah) -> str:
    """Counted minus expected in words: `Kurang Rp2.000`, `Lebih Rp500`, `Pas`."""
    if difference == 0:
        return tr("Pas, tidak ada selisih")
    amount = format_rupiah(abs(difference))
    return tr("Kurang {amount}", amount=amount) if difference < 0 else tr("Lebih {amount}", amount=amount)


def reason_text(reason: CashReason) -> str:
    """Why cash moved."""
    return tr(_REASONS[reason])


def line_text(line: DrawerLine) -> str:
    """What a line of the report is about: `Penjualan tunai (12)`, `Belanja toko (2)`."""
    if line.kind in (DrawerLineKind.CASH_IN, DrawerLineKind.CASH_OUT):
        words = reason_text(CashReason.read(line.label, line.amount))
    else:
        words = tr(_LINES[line.kind])
    return words if line.kind is DrawerLineKind.FLOAT else f"{words} ({line.count})"


def tender_text(tender: str) -> str:
    """A way to pay; one that this program does not know as it is written."""
    words = _TENDERS.get(tender)
    return tr(words) if words else tender


def report_title(report: DrawerReport) -> str:
    """`Laporan X`, `Laporan Z nomor 12`."""
    return tr("Laporan X") if report.number is None else tr("Laporan Z nomor {number}", number=report.number)


def report_span(report: DrawerReport) -> str:
    """From when to when, and who: `25/11/2026 07.02 – 21.04 · Bu Sari, Sri`. A clock that was set back meanwhile is said as it was."""
    end = report.closed_at if report.closed_at is not None else report.at
    same = date_text(end) == date_text(report.opened_at)
    until = clock_text(end) if same else moment_text(end)
    names = ", ".join(name for name in report.cashiers if name)
    return " · ".join(part for part in (f"{moment_text(report.opened_at)} – {until}", names) if part)
