"""Words of the papers about debts: bon, statement, receipt of a repayment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CreditWords:
    """Of debts. `kinds`: why a balance changed (`credit.CreditKind` value)."""

    bon: str
    statement: str
    repayment: str
    customer: str
    phone: str
    number: str
    on_credit: str
    balance: str
    due: str
    i_owe: str
    debtor: str
    shop: str
    as_of: str
    before: str
    nothing: str
    overdue: str
    open_debts: str
    titipan: str
    repaid: str
    settled: str
    in_favour: str
    kinds: Mapping[str, str]


INDONESIAN: Final = CreditWords(
    bon="BON",
    statement="BUKU UTANG",
    repayment="BAYAR UTANG",
    customer="Pelanggan",
    phone="HP",
    number="No.",
    on_credit="Jadi utang",
    balance="Sisa utang",
    due="Jatuh tempo",
    i_owe="Saya berutang sejumlah di atas dan akan membayarnya.",
    debtor="Yang berutang",
    shop="Toko",
    as_of="Per {}",
    before="Sisa sebelumnya",
    nothing="Tidak ada utang.",
    overdue="Lewat tempo",
    open_debts="Belum lunas",
    titipan="Titipan di toko",
    repaid="DIBAYAR",
    settled="LUNAS",
    in_favour="Kelebihan bayar",
    kinds={
        "sale": "Bon",
        "correction": "Retur atau batal",
        "repayment": "Bayar",
        "opening": "Utang lama",
        "write_off": "Dihapus",
    },
)
ENGLISH: Final = CreditWords(
    bon="CREDIT SLIP",
    statement="ACCOUNT",
    repayment="REPAYMENT",
    customer="Customer",
    phone="Phone",
    number="No.",
    on_credit="Put on credit",
    balance="Still owed",
    due="Due",
    i_owe="I owe the sum above and will pay it.",
    debtor="Customer",
    shop="Shop",
    as_of="As of {}",
    before="Owed before",
    nothing="Nothing is owed.",
    overdue="Overdue",
    open_debts="Not paid yet",
    titipan="Money kept here",
    repaid="REPAID",
    settled="PAID IN FULL",
    in_favour="Paid too much",
    kinds={
        "sale": "Credit",
        "correction": "Refund or void",
        "repayment": "Repaid",
        "opening": "Old debt",
        "write_off": "Written off",
    },
)
