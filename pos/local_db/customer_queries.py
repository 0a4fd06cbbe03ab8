"""Reads of customers, what they owe, and what the shop holds for them."""

from __future__ import annotations

from typing import Any, Final

from pos.domain.credit import CreditEntry, CreditKind, running
from pos.domain.customer import Customer
from pos.domain.money import Rupiah
from pos.local_db.query_base import QueryBase
from pos.local_db.words import prefix_match, typed_words
from pos.services.paying_views import CustomerFilter, CustomerRow, Titipan

_CUSTOMER: Final = "c.uid, c.name, c.phone4, c.price_group, c.credit_limit, c.due_days, c.note, c.active, c.created_at"
_MONEY: Final = "coalesce(b.balance, 0), coalesce(t.amount, 0), coalesce(b.due_at, 0)"
_BESIDE: Final = "LEFT JOIN credit_balance b ON b.customer_uid = c.uid LEFT JOIN titipan t ON t.holder = c.uid"
_BY_NAME: Final = f"SELECT {_CUSTOMER}, {_MONEY} FROM customer c {_BESIDE} WHERE c.active = ? ORDER BY c.sorted, c.id LIMIT ? OFFSET ?"
_FOUND: Final = f"""
SELECT {_CUSTOMER}, {_MONEY} FROM customer_search f CROSS JOIN customer c ON c.id = f.rowid {_BESIDE}
WHERE customer_search MATCH ? AND c.active = ? {{which}} ORDER BY c.sorted, c.id LIMIT ? OFFSET ?
"""
_WHICH: Final = {
    CustomerFilter.ALL: "",
    CustomerFilter.GONE: "",
    CustomerFilter.OWING: "AND b.balance > 0",
    CustomerFilter.OVERDUE: "AND b.due_at > 0 AND b.due_at < ?",
}
_OWING: Final = f"""
SELECT {_CUSTOMER}, {_MONEY} FROM credit_balance b CROSS JOIN customer c ON c.uid = b.customer_uid
LEFT JOIN titipan t ON t.holder = c.uid WHERE b.balance > 0 ORDER BY b.balance DESC LIMIT ? OFFSET ?
"""
_OVERDUE: Final = f"""
SELECT {_CUSTOMER}, {_MONEY} FROM credit_balance b CROSS JOIN customer c ON c.uid = b.customer_uid
LEFT JOIN titipan t ON t.holder = c.uid WHERE b.due_at > 0 AND b.due_at < ? ORDER BY b.due_at LIMIT ? OFFSET ?
"""
_COUNTED: Final = {
    CustomerFilter.ALL: "SELECT count(*) FROM customer WHERE active = 1",
    CustomerFilter.GONE: "SELECT count(*) FROM customer WHERE active = 0",
    CustomerFilter.OWING: "SELECT count(*) FROM credit_balance WHERE balance > 0",
    CustomerFilter.OVERDUE: "SELECT count(*) FROM credit_balance WHERE due_at > 0 AND due_at < ?",
}
_OWED: Final = "SELECT coalesce(sum(balance), 0) FROM credit_balance WHERE balance > 0"
_COUNTED_FOUND: Final = """
SELECT count(*) FROM customer_search f CROSS JOIN customer c ON c.id = f.rowid LEFT JOIN credit_balance b ON b.customer_uid = c.uid
WHERE customer_search MATCH ? AND c.active = ? {which}
"""
_ENTRY: Final = (
    "kind, at, number, amount, 0, due_at, uid, customer_uid, sale_uid, tender, received, change, session_uid, cashier, reference"
)
ENTRIES: Final = f"SELECT {_ENTRY} FROM credit_entry WHERE customer_uid = ? ORDER BY id"
"""For `entry_of`: a customer's, in the order they were booked."""
_UP_TO: Final = f"SELECT {_ENTRY} FROM credit_entry WHERE customer_uid = ? AND id <= ? ORDER BY id"
_TITIPAN: Final = """
SELECT t.holder, t.amount, coalesce(s.number, ''), coalesce(c.name, ''), t.at
FROM titipan t LEFT JOIN sale s ON s.uid = t.holder LEFT JOIN customer c ON c.uid = t.holder
WHERE t.amount > 0 AND t.amount != 0 ORDER BY t.at DESC
"""


class CustomerQueries(QueryBase):
    """The customers' part of `services.ports.Queries`."""

    def customers(self, text: str, which: CustomerFilter, offset: int, limit: int) -> list[CustomerRow]:
        now = (self._clock.now(),) if which is CustomerFilter.OVERDUE else ()
        active = 0 if which is CustomerFilter.GONE else 1
        if text.strip():
            words = typed_words(text)
            if not words:
                return []
            rows = self._rows(_FOUND.format(which=_WHICH[which]), (prefix_match(words), active, *now, limit, offset))
        elif which is CustomerFilter.OWING:
            rows = self._rows(_OWING, (limit, offset))
        elif which is CustomerFilter.OVERDUE:
            rows = self._rows(_OVERDUE, (*now, limit, offset))
        else:
            rows = self._rows(_BY_NAME, (active, limit, offset))
        return [CustomerRow(_customer(row), *row[9:]) for row in rows]

    def customers_total(self, text: str, which: CustomerFilter) -> int:
        now = (self._clock.now(),) if which is CustomerFilter.OVERDUE else ()
        if not text.strip():
            return int(self._row(_COUNTED[which], now)[0])
        words = typed_words(text)
        active = 0 if which is CustomerFilter.GONE else 1
        sql = _COUNTED_FOUND.format(which=_WHICH[which])
        return int(self._row(sql, (prefix_match(words), active, *now))[0]) if words else 0

    def customer(self, customer_uid: str) -> Customer | None:
        row = self._row(f"SELECT {_CUSTOMER} FROM customer c WHERE c.uid = ?", (customer_uid,))
        return _customer(row) if row else None

    def customer_groups(self) -> list[str]:
        return [row[0] for row in self._rows("SELECT DISTINCT price_group FROM customer WHERE price_group != '' ORDER BY price_group")]

    def credit_owed_in_all(self) -> Rupiah:
        return int(self._row(_OWED)[0])

    def credit_balance(self, customer_uid: str) -> Rupiah:
        row = self._row("SELECT balance FROM credit_balance WHERE customer_uid = ?", (customer_uid,))
        return int(row[0]) if row else 0

    def credit_entries(self, customer_uid: str) -> list[CreditEntry]:
        return list(running(entry_of(row) for row in self._rows(ENTRIES, (customer_uid,))))

    def credit_entry(self, entry_uid: str) -> CreditEntry | None:
        with self._readers.moment():
            row = self._row("SELECT customer_uid, id FROM credit_entry WHERE uid = ?", (entry_uid,))
            entries = self._rows(_UP_TO, tuple(row)) if row else []
        return running(entry_of(entry) for entry in entries)[-1] if entries else None

    def titipan_of(self, holder: str) -> Rupiah:
        row = self._row("SELECT amount FROM titipan WHERE holder = ?", (holder,))
        return int(row[0]) if row else 0

    def open_titipan(self, text: str, limit: int = 50) -> list[Titipan]:
        wanted = text.strip().casefold()
        found = (Titipan(*row) for row in self._rows(_TITIPAN))
        return [item for item in found if wanted in item.number.casefold() or wanted in item.customer_name.casefold()][:limit]


def _customer(row: Any) -> Customer:
    uid, name, phone4, group, limit, due_days, note, active, created_at = row[:9]
    return Customer(uid, name, phone4, group, limit, due_days, note, bool(active), created_at)


def entry_of(row: Any) -> CreditEntry:
    """A row of `ENTRIES`; its balance is filled in by `credit.running`."""
    return CreditEntry(CreditKind(row[0]), *row[1:])
