"""Words of the papers about the books: what a supplier is owed, goods on consignment, the cash book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class BookWords:
    """Of the books.

    Attributes:
        kinds: why what is owed changed (`supplier.SupplierKind` value).
        rows: what a row of the cash book is (`cash_book.CashKind` value).
        accounts: why an account changed (`cash_book.AccountReason` value).
        expenses: what was spent for (`cash_book.ExpenseCategory` value).
    """

    supplier: str
    consigned: str
    whose: str
    as_of: str
    before: str
    owed: str
    in_favour: str
    overdue: str
    nothing: str
    sold: str
    left: str
    settled_by: str
    taken_by: str
    cash_book: str
    drawer: str
    opening: str
    closing: str
    came: str
    went: str
    spent: str
    kinds: Mapping[str, str]
    rows: Mapping[str, str]
    accounts: Mapping[str, str]
    expenses: Mapping[str, str]


INDONESIAN: Final = BookWords(
    supplier="BUKU PEMASOK",
    consigned="NOTA TITIP JUAL",
    whose="Pemasok",
    as_of="per {}",
    before="Sebelumnya",
    owed="Harus dibayar",
    in_favour="Lebih bayar",
    overdue="Lewat jatuh tempo",
    nothing="Belum ada catatan",
    sold="laku {}",
    left="sisa {}",
    settled_by="Toko",
    taken_by="Penitip",
    cash_book="BUKU KAS",
    drawer="Laci kasir",
    opening="Saldo awal",
    closing="Saldo akhir",
    came="Masuk",
    went="Keluar",
    spent="BIAYA",
    kinds={
        "receipt": "Barang masuk",
        "correction": "Koreksi",
        "opening": "Utang lama",
        "sold": "Terjual",
        "paid": "Dibayar",
    },
    rows={
        "float": "Sebelum buka",
        "sales": "Penjualan tunai ({})",
        "repayments": "Bayar utang ({})",
        "counted": "Selisih hitungan",
    },
    accounts={
        "opening": "Saldo awal",
        "from_drawer": "Dari laci",
        "supplier": "Bayar pemasok",
        "expense": "Biaya",
        "owner": "Pemilik",
        "other": "Lain-lain",
        "moved": "Pindah kas",
    },
    expenses={
        "electricity": "Listrik",
        "water": "Air",
        "rent": "Sewa",
        "wages": "Upah",
        "transport": "Bensin, angkut",
        "packing": "Plastik, kertas",
        "dues": "Parkir, iuran",
        "repair": "Perbaikan",
        "line": "Pulsa, internet",
        "other": "Biaya lain",
    },
)
ENGLISH: Final = BookWords(
    supplier="SUPPLIER ACCOUNT",
    consigned="CONSIGNMENT NOTE",
    whose="Supplier",
    as_of="as of {}",
    before="Before",
    owed="To be paid",
    in_favour="Overpaid",
    overdue="Overdue",
    nothing="No entries yet",
    sold="{} sold",
    left="{} left",
    settled_by="Shop",
    taken_by="Consignor",
    cash_book="CASH BOOK",
    drawer="Cash drawer",
    opening="Opening balance",
    closing="Closing balance",
    came="In",
    went="Out",
    spent="EXPENSES",
    kinds={
        "receipt": "Goods received",
        "correction": "Correction",
        "opening": "Old debt",
        "sold": "Sold",
        "paid": "Paid",
    },
    rows={
        "float": "Before opening",
        "sales": "Cash sales ({})",
        "repayments": "Debts repaid ({})",
        "counted": "Counting difference",
    },
    accounts={
        "opening": "Opening balance",
        "from_drawer": "From the drawer",
        "supplier": "Supplier paid",
        "expense": "Expense",
        "owner": "Owner",
        "other": "Other",
        "moved": "Between accounts",
    },
    expenses={
        "electricity": "Electricity",
        "water": "Water",
        "rent": "Rent",
        "wages": "Wages",
        "transport": "Fuel, transport",
        "packing": "Bags, paper",
        "dues": "Parking, dues",
        "repair": "Repairs",
        "line": "Phone, internet",
        "other": "Other expenses",
    },
)
