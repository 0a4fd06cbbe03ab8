"""What is written of suppliers and of money outside the drawer. Facts only by INSERT; the totals beside them are kept by triggers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pos.local_db.work_base import WorkBase

if TYPE_CHECKING:
    from pos.domain.cash_book import Account, AccountEntry
    from pos.domain.money import Rupiah
    from pos.domain.supplier import Supplier, SupplierEntry

_SUPPLIER: Final = """
INSERT INTO supplier (uid, name, sorted, phone4, note, terms_days, consignment, active, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET name = excluded.name, sorted = excluded.sorted, phone4 = excluded.phone4, note = excluded.note,
  terms_days = excluded.terms_days, consignment = excluded.consignment, active = excluded.active
"""
_ENTRY: Final = (
    "INSERT INTO supplier_entry (uid, supplier_uid, kind, at, amount, number, due_at, source, position, product_uid, quantity, account_uid,"
    " session_uid, cashier, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ACCOUNT: Final = """
INSERT INTO account (uid, name, kind, active, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET name = excluded.name, kind = excluded.kind, active = excluded.active
"""
_ACCOUNT_ENTRY: Final = (
    "INSERT INTO account_entry (uid, account_uid, at, amount, reason, category, note, cashier, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class SupplierWork(WorkBase):
    """The suppliers' part of a unit of work."""

    def put_supplier(self, supplier: Supplier) -> None:
        row = (
            supplier.uid,
            supplier.name,
            supplier.name.casefold(),
            supplier.phone4,
            supplier.note,
            supplier.terms_days,
            int(supplier.consignment),
            int(supplier.active),
            supplier.created_at,
        )
        self._run(_SUPPLIER, row)

    def add_supplier_entries(self, entries: Sequence[SupplierEntry]) -> None:
        from pos.domain.supplier import open_payables
        from pos.local_db.supplier_queries import ENTRIES, entry_of

        self._run_many(_ENTRY, [_entry_row(entry) for entry in entries])
        for supplier_uid in {entry.supplier_uid for entry in entries}:
            debts = open_payables([entry_of(row) for row in self._all(ENTRIES, (supplier_uid,))])
            due = min((debt.due_at for debt in debts if debt.due_at), default=0)
            self._run("UPDATE supplier_balance SET due_at = ? WHERE supplier_uid = ?", (due, supplier_uid))

    def supplier_owed(self, supplier_uid: str) -> Rupiah:
        row = self._one("SELECT balance FROM supplier_balance WHERE supplier_uid = ?", (supplier_uid,))
        return row[0] if row else 0

    def put_account(self, account: Account) -> None:
        self._run(_ACCOUNT, (account.uid, account.name, account.kind.value, int(account.active), account.created_at))

    def add_account_entries(self, entries: Sequence[AccountEntry]) -> None:
        self._run_many(_ACCOUNT_ENTRY, [_account_row(entry) for entry in entries])


def _entry_row(entry: SupplierEntry) -> tuple[object, ...]:
    return (
        entry.uid,
        entry.supplier_uid,
        entry.kind.value,
        entry.at,
        entry.amount,
        entry.number,
        entry.due_at,
        entry.source,
        entry.position,
        entry.product_uid,
        entry.quantity,
        entry.account_uid,
        entry.session_uid,
        entry.cashier,
        entry.note,
    )


def _account_row(entry: AccountEntry) -> tuple[object, ...]:
    return (
        entry.uid,
        entry.account_uid,
        entry.at,
        entry.amount,
        entry.reason.value,
        entry.category,
        entry.note,
        entry.cashier,
        entry.source,
    )
