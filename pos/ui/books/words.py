"""What the room of the books says. Pure: reads values, asks no clock and no store."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from pos.domain.cash_book import AccountReason, CashKind, CashRow, ExpenseCategory
from pos.domain.cash_movement import CashReason
from pos.domain.credit import AGES
from pos.domain.money import Rupiah, divide_half_up, format_figure, format_rupiah
from pos.domain.sale import short_number
from pos.domain.supplier import SupplierBook, SupplierEntry, SupplierKind
from pos.services.supplier_views import ConsignedGoods, SupplierFilter, SupplierRow
from pos.ui.customers.words import due_text
from pos.ui.drawer.words import reason_text
from pos.ui.language import later, tr
from pos.ui.moments import clock_text, date_text

FILTERS: Final[Mapping[SupplierFilter, str]] = {
    SupplierFilter.ALL: later("Semua"),
    SupplierFilter.OWED: later("Harus dibayar"),
    SupplierFilter.GONE: later("Disembunyikan"),
}
_KINDS: Final[Mapping[SupplierKind, str]] = {
    SupplierKind.RECEIPT: later("Barang masuk"),
    SupplierKind.CORRECTION: later("Koreksi"),
    SupplierKind.OPENING: later("Utang lama"),
    SupplierKind.SOLD: later("Titipan terjual"),
    SupplierKind.PAID: later("Dibayar"),
}
EXPENSES: Final[Mapping[ExpenseCategory, str]] = {
    ExpenseCategory.ELECTRICITY: later("Listrik"),
    ExpenseCategory.WATER: later("Air"),
    ExpenseCategory.RENT: later("Sewa"),
    ExpenseCategory.WAGES: later("Upah"),
    ExpenseCategory.TRANSPORT: later("Bensin, angkut"),
    ExpenseCategory.PACKING: later("Plastik, kertas"),
    ExpenseCategory.DUES: later("Parkir, iuran"),
    ExpenseCategory.REPAIR: later("Perbaikan"),
    ExpenseCategory.LINE: later("Pulsa, internet"),
    ExpenseCategory.OTHER: later("Biaya lain"),
}
ACCOUNT_REASONS: Final[Mapping[AccountReason, str]] = {
    AccountReason.OPENING: later("Saldo awal"),
    AccountReason.FROM_DRAWER: later("Dari laci"),
    AccountReason.SUPPLIER: later("Bayar pemasok"),
    AccountReason.EXPENSE: later("Biaya"),
    AccountReason.OWNER: later("Pemilik"),
    AccountReason.OTHER: later("Lain-lain"),
    AccountReason.MOVED: later("Pindah kas"),
}


def about_supplier(row: SupplierRow) -> str:
    """`titip jual · …7890 · tempo 14 hari`"""
    supplier = row.supplier
    kind = tr("titip jual") if supplier.consignment else ""
    phone = f"…{supplier.phone4}" if supplier.phone4 else ""
    terms = tr("tempo {n} hari", n=supplier.terms_days) if supplier.terms_days else ""
    return " · ".join(part for part in (kind, phone, terms) if part) or tr("bayar langsung")


def owed_text(balance: Rupiah) -> str:
    """`Rp50.000`, `lebih Rp2.000` where the supplier owes, `lunas`."""
    if balance < 0:
        return tr("lebih {amount}", amount=format_rupiah(-balance))
    return format_rupiah(balance) if balance else tr("lunas")


def supplier_due(row: SupplierRow, now: int) -> str:
    """When the oldest open part is due; empty where nothing is owed."""
    return due_text(row.due_at, now) if row.balance > 0 else ""


def entry_text(entry: SupplierEntry) -> str:
    """`Barang masuk INV-7`, `Dibayar dari laci`, `Titipan terjual 1042`."""
    word = tr(_KINDS[entry.kind])
    match entry.kind:
        case SupplierKind.PAID:
            how = tr("dari laci") if entry.session_uid else entry.note or tr("di luar laci")
            return f"{word} {how}"
        case SupplierKind.SOLD:
            back = entry.quantity < 0
            return f"{tr('Titipan kembali') if back else word} {short_number(entry.number)}"
        case _:
            return " ".join(part for part in (word, entry.number, entry.note) if part)


def ageing_texts(book: SupplierBook) -> list[tuple[str, Rupiah]]:
    """Words and rupiah of each column of the ageing that has something in it."""
    words = [tr("Belum jatuh tempo")]
    words += [tr("Lewat {since}-{to} hari", since=since + 1, to=until) for since, until in pairwise(AGES)]
    words.append(tr("Lewat dari {n} hari", n=AGES[-1]))
    return [(word, amount) for word, amount in zip(words, book.ageing, strict=True) if amount]


def cash_text(row: CashRow, of_account: bool) -> str:
    """What a row of the cash book is: `Penjualan tunai (12)`, `Bayar pemasok: Agen Makmur`, `Listrik: token`."""
    match row.kind:
        case CashKind.FLOAT:
            return tr("Ditambah sebelum buka") if row.amount > 0 else tr("Diambil setelah tutup")
        case CashKind.SALES:
            return tr("Penjualan tunai ({n})", n=row.count)
        case CashKind.REPAYMENTS:
            return tr("Bayar utang ({n})", n=row.count)
        case CashKind.COUNTED:
            return tr("Lebih waktu dihitung") if row.amount > 0 else tr("Kurang waktu dihitung")
        case CashKind.MOVED:
            return _moved_text(row, of_account)


def _moved_text(row: CashRow, of_account: bool) -> str:
    word = tr(ACCOUNT_REASONS[AccountReason(row.label)]) if of_account else reason_text(CashReason.read(row.label, row.amount))
    if row.category:
        word = tr(EXPENSES[ExpenseCategory.read(row.category)])
    said = ", ".join(part for part in (row.name, row.note) if part)
    return f"{word}: {said}" if said else word


def when_text(at: int) -> str:
    """`25/11/2026`"""
    return date_text(at)


def clock(at: int) -> str:
    """`07.02`"""
    return clock_text(at)


def left_text(item: ConsignedGoods) -> str:
    """`sisa 12 · titip Rp1.200`"""
    price = format_rupiah(divide_half_up(item.cost_total, item.cost_quantity)) if item.cost_quantity else ""
    there = tr("sisa {n}", n=_pieces(item.on_hand, item.base_unit))
    return f"{there} · {tr('titip {amount}', amount=price)}" if price else there


def sold_text(item: ConsignedGoods) -> str:
    """`laku 7`"""
    return tr("laku {n}", n=_pieces(item.sold, item.base_unit)) if item.sold else tr("belum laku")


def _pieces(quantity: int, base_unit: str) -> str:
    return format_figure(quantity) if base_unit == "pcs" else f"{format_figure(quantity)} {base_unit}"
