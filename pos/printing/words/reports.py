"""Words of the X and the Z report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Of the drawer.

    Attributes:
        kinds: the lines of what should be in it, by their `drawer_report.DrawerLineKind` value.
        reasons: why cash was put in or taken out, by its `cash_movement.CashReason` value.
    """

    x: str
    z: str
    day: str
    opened: str
    closed: str
    so_far: str
    cashiers: str
    drawer: str
    expected: str
    counted: str
    short: str
    over: str
    exact: str
    notes: str
    tenders: str
    sales: str
    turnover: str
    discounts: str
    rounding: str
    voids: str
    refunds: str
    by_hand: str
    titipan: str
    made: str
    kinds: Mapping[str, str]
    reasons: Mapping[str, str]


INDONESIAN: Final = ReportWords(
    x="LAPORAN X",
    z="LAPORAN Z-{}",
    day="Hari usaha",
    opened="Buka",
    closed="Tutup",
    so_far="belum ditutup",
    cashiers="Kasir {}",
    drawer="ISI LACI",
    expected="Uang seharusnya",
    counted="Uang dihitung",
    short="KURANG {}",
    over="LEBIH {}",
    exact="PAS",
    notes="HITUNGAN UANG",
    tenders="CARA BAYAR",
    sales="Jumlah nota",
    turnover="OMZET",
    discounts="Potongan",
    rounding="Pembulatan",
    voids="Nota dibatalkan ({})",
    refunds="Retur ({})",
    by_hand="  dipastikan kasir ({})",
    titipan="Titipan pelanggan",
    made="Dicetak",
    kinds={
        "float": "Modal awal",
        "sales": "Penjualan tunai",
        "voids": "Nota dibatalkan",
        "refunds": "Retur",
        "repayments": "Bayar utang",
        "deposits": "Jaminan galon, tabung",
        "titipan": "Titipan",
        "cash_in": "Uang masuk",
        "cash_out": "Uang keluar",
    },
    reasons={
        "shopping": "Belanja toko",
        "supplier": "Bayar pemasok",
        "banked": "Setor ke kas lain",
        "owner": "Diambil pemilik",
        "expense": "Biaya toko",
        "out": "Keluar lain",
        "change": "Uang receh",
        "owner_in": "Dari pemilik",
        "in": "Masuk lain",
        "titipan": "Titipan",
        "deposit": "Jaminan",
    },
)
ENGLISH: Final = ReportWords(
    x="X REPORT",
    z="Z REPORT {}",
    day="Business day",
    opened="Opened",
    closed="Closed",
    so_far="still open",
    cashiers="Cashier {}",
    drawer="IN THE DRAWER",
    expected="Should be there",
    counted="Counted",
    short="SHORT {}",
    over="OVER {}",
    exact="EXACT",
    notes="MONEY COUNTED",
    tenders="WAYS TO PAY",
    sales="Receipts",
    turnover="TURNOVER",
    discounts="Discounts",
    rounding="Rounding",
    voids="Cancelled ({})",
    refunds="Refunds ({})",
    by_hand="  confirmed by hand ({})",
    titipan="Kept for customers",
    made="Printed",
    kinds={
        "float": "Float",
        "sales": "Cash sales",
        "voids": "Cancelled",
        "refunds": "Refunds",
        "repayments": "Debts repaid",
        "deposits": "Deposits",
        "titipan": "Kept for customers",
        "cash_in": "Cash in",
        "cash_out": "Cash out",
    },
    reasons={
        "shopping": "Goods for the shop",
        "supplier": "Supplier paid",
        "banked": "To another account",
        "owner": "Taken by the owner",
        "expense": "Expenses",
        "out": "Other cash out",
        "change": "Small change",
        "owner_in": "From the owner",
        "in": "Other cash in",
        "titipan": "Money kept",
        "deposit": "Deposit",
    },
)
