"""Reads of suppliers, what they are owed, and money outside the drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pos.local_db.query_base import QueryBase

if TYPE_CHECKING:
    # the till starts without them
    from pos.domain.money import Rupiah
    from pos.domain.supplier import Supplier, SupplierEntry
    from pos.services.supplier_views import AccountRow, ConsignedGoods, SupplierFilter, SupplierRow

_SUPPLIER: Final = "c.uid, c.name, c.phone4, c.note, c.terms_days, c.consignment, c.active, c.created_at"
_ROWS: Final = f"""
SELECT {_SUPPLIER}, coalesce(b.balance, 0), coalesce(b.due_at, 0)
FROM supplier c LEFT JOIN supplier_balance b ON b.supplier_uid = c.uid
WHERE c.active = ? AND (instr(c.sorted, ?) > 0 OR c.phone4 = ?) {{which}}
ORDER BY coalesce(b.balance, 0) <= 0, coalesce(b.due_at, 0) = 0, b.due_at, c.sorted, c.uid
"""
_WHICH: Final = {"owed": "AND b.balance > 0", "consignment": "AND c.consignment = 1"}
_ENTRY: Final = (
    "uid, supplier_uid, kind, at, amount, number, due_at, source, position, product_uid, quantity, account_uid, session_uid, cashier, note"
)
ENTRIES: Final = f"SELECT {_ENTRY} FROM supplier_entry WHERE supplier_uid = ? ORDER BY id"
"""For `entry_of`: a supplier's, in the order they were booked."""
_OF_SOURCE: Final = f"SELECT {_ENTRY} FROM supplier_entry WHERE source = ? AND source != '' ORDER BY id"
_CONSIGNED: Final = """
WITH since AS (
  SELECT product_uid, sum(quantity) AS sold, sum(amount) AS owed, sum(CASE WHEN amount = 0 THEN quantity ELSE 0 END) AS unpriced
  FROM supplier_entry WHERE supplier_uid = ?1 AND kind = 'sold'
    AND id > (SELECT coalesce(max(id), 0) FROM supplier_entry WHERE supplier_uid = ?1 AND kind = 'paid')
  GROUP BY product_uid
), theirs AS (
  SELECT uid FROM product WHERE consignor_uid = ?1 AND consignor_uid != '' AND deleted = 0 UNION SELECT product_uid FROM since
)
SELECT t.uid, coalesce(p.name, ''), coalesce(p.base_unit, 'pcs'), coalesce(s.on_hand, 0), coalesce(x.sold, 0), coalesce(x.owed, 0),
  coalesce(p.cost_total, 0), coalesce(p.cost_quantity, 0), coalesce(x.unpriced, 0)
FROM theirs t LEFT JOIN product p ON p.uid = t.uid LEFT JOIN stock s ON s.product_uid = t.uid LEFT JOIN since x ON x.product_uid = t.uid
ORDER BY coalesce(x.sold, 0) DESC, p.name, t.uid
"""
_ACCOUNTS: Final = """
SELECT a.uid, a.name, a.kind, a.active, a.created_at, coalesce(b.balance, 0)
FROM account a LEFT JOIN account_balance b ON b.account_uid = a.uid WHERE a.active >= ? ORDER BY a.created_at, a.uid
"""


class SupplierQueries(QueryBase):
    """The suppliers' part of `services.ports.Queries`."""

    def suppliers(self, text: str = "", which: SupplierFilter | None = None) -> list[SupplierRow]:
        from pos.services.supplier_views import SupplierFilter, SupplierRow

        which = which or SupplierFilter.ALL
        sql = _ROWS.format(which=_WHICH.get(which.value, ""))
        typed = " ".join(text.split()).casefold()
        rows = self._rows(sql, (0 if which is SupplierFilter.GONE else 1, typed, typed))
        return [SupplierRow(_supplier(row), *row[8:]) for row in rows]

    def supplier(self, supplier_uid: str) -> Supplier | None:
        row = self._row(f"SELECT {_SUPPLIER} FROM supplier c WHERE c.uid = ?", (supplier_uid,))
        return _supplier(row) if row else None

    def supplier_balance(self, supplier_uid: str) -> Rupiah:
        row = self._row("SELECT balance FROM supplier_balance WHERE supplier_uid = ?", (supplier_uid,))
        return int(row[0]) if row else 0

    def owed_to_suppliers(self) -> Rupiah:
        return int(self._row("SELECT coalesce(sum(balance), 0) FROM supplier_balance WHERE balance > 0")[0])

    def supplier_entries(self, supplier_uid: str) -> list[SupplierEntry]:
        from pos.domain.supplier import running

        return list(running(entry_of(row) for row in self._rows(ENTRIES, (supplier_uid,))))

    def supplier_entries_of(self, source: str) -> list[SupplierEntry]:
        return [entry_of(row) for row in self._rows(_OF_SOURCE, (source,))]

    def consigned_goods(self, supplier_uid: str) -> list[ConsignedGoods]:
        from pos.services.supplier_views import ConsignedGoods

        return [ConsignedGoods(*row) for row in self._rows(_CONSIGNED, (supplier_uid,))]

    def accounts(self, gone: bool = False) -> list[AccountRow]:
        from pos.domain.cash_book import Account, AccountKind
        from pos.services.supplier_views import AccountRow

        return [
            AccountRow(Account(uid, name, AccountKind(kind), bool(active), created_at), balance)
            for uid, name, kind, active, created_at, balance in self._rows(_ACCOUNTS, (0 if gone else 1,))
        ]


def entry_of(row: tuple[Any, ...]) -> SupplierEntry:
    """An entry of a row of ENTRIES, without its balance."""
    from pos.domain.supplier import SupplierEntry, SupplierKind

    uid, supplier_uid, kind, *rest = row
    return SupplierEntry(uid, supplier_uid, SupplierKind(kind), *rest)


def _supplier(row: tuple[Any, ...]) -> Supplier:
    from pos.domain.supplier import Supplier

    uid, name, phone4, note, terms_days, consignment, active, created_at = row[:8]
    return Supplier(uid, name, phone4, note, terms_days, bool(consignment), bool(active), created_at)
