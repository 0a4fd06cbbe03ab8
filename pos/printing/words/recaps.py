"""Words of the recap: what some days brought, on one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RecapWords:
    """Of the recap.

    Attributes:
        tenders: ways to pay by the value of `sale.Tender`.
        months: of the year, as heads of rows.
    """

    day: str
    days: str
    as_of: str
    turnover: str
    profit: str
    variance: str
    profit_settled: str
    sales: str
    average: str
    discounts: str
    rounding: str
    voids: str
    refunds: str
    ppn_base: str
    ppn: str
    before: str
    tenders_head: str
    hours: str
    hour: str
    by_day: str
    by_month: str
    goods: str
    goods_head: tuple[str, str, str, str]
    more_goods: str
    categories: str
    no_category: str
    cashiers: str
    online: str
    worth: str
    worth_unknown: str
    tenders: Mapping[str, str]
    months: tuple[str, ...]


INDONESIAN: Final = RecapWords(
    day="REKAP HARIAN",
    days="REKAP",
    as_of="Dicetak {}",
    turnover="OMZET",
    profit="Laba kotor",
    variance="Selisih modal",
    profit_settled="Laba setelah selisih",
    sales="Jumlah nota",
    average="Rata-rata nota",
    discounts="Potongan",
    rounding="Pembulatan",
    voids="Nota dibatalkan ({})",
    refunds="Retur ({})",
    ppn_base="Dasar PPN",
    ppn="PPN di dalam harga",
    before="Pembanding {}",
    tenders_head="CARA BAYAR",
    hours="PER JAM",
    hour="Jam {}",
    by_day="PER HARI",
    by_month="PER BULAN",
    goods="PALING LAKU",
    goods_head=("Barang", "Banyaknya", "Laba", "Omzet"),
    more_goods="dan {} barang lain",
    categories="PER KATEGORI",
    no_category="Tanpa kategori",
    cashiers="PER KASIR",
    online="e-Peken ({} pesanan)",
    worth="Nilai stok",
    worth_unknown="{} barang tanpa modal",
    tenders={
        "cash": "Tunai",
        "qris": "QRIS",
        "transfer": "Transfer",
        "credit": "Bon",
        "titipan": "Titipan",
        "exchange": "Tukar barang",
    },
    months=("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
)
ENGLISH: Final = RecapWords(
    day="DAILY RECAP",
    days="RECAP",
    as_of="Printed {}",
    turnover="TURNOVER",
    profit="Gross profit",
    variance="Cost difference",
    profit_settled="Profit after it",
    sales="Receipts",
    average="Average receipt",
    discounts="Discounts",
    rounding="Rounding",
    voids="Cancelled ({})",
    refunds="Refunds ({})",
    ppn_base="Base of PPN",
    ppn="PPN in the prices",
    before="Compared with {}",
    tenders_head="WAYS TO PAY",
    hours="BY HOUR",
    hour="{} o'clock",
    by_day="BY DAY",
    by_month="BY MONTH",
    goods="BEST SELLERS",
    goods_head=("Goods", "Quantity", "Profit", "Turnover"),
    more_goods="and {} other goods",
    categories="BY CATEGORY",
    no_category="No category",
    cashiers="BY CASHIER",
    online="e-Peken ({} orders)",
    worth="Stock value",
    worth_unknown="{} goods without cost",
    tenders={
        "cash": "Cash",
        "qris": "QRIS",
        "transfer": "Transfer",
        "credit": "On credit",
        "titipan": "Kept for customers",
        "exchange": "Exchange",
    },
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
