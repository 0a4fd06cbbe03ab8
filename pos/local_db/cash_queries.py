"""Reads of the cash book: what went through the drawers, and what is in the accounts beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pos.local_db.query_base import QueryBase

if TYPE_CHECKING:
    # the till starts without them
    from pos.domain.cash_book import AccountEntry
    from pos.domain.money import Rupiah
    from pos.services.supplier_views import CashFact

_DRAWERS: Final = """
SELECT c.uid, c.opened_at, c.float_amount, d.cash, e.at, e.counted
FROM cash_session c JOIN drawer d ON d.session_uid = c.uid LEFT JOIN cash_session_close e ON e.session_uid = c.uid
WHERE c.opened_at < ? ORDER BY c.opened_at, c.uid
"""
_FACTS: Final = """
WITH span AS (
  SELECT c.uid, c.opened_at, coalesce(e.at, 9007199254740991) AS closed_at
  FROM cash_session c LEFT JOIN cash_session_close e ON e.session_uid = c.uid WHERE c.uid IN ({marks})
), sold AS (
  SELECT p.uid AS session_uid, max(p.opened_at, min(s.at, p.closed_at)) AS at, y.amount
  FROM span p CROSS JOIN sale s ON s.session_uid = p.uid CROSS JOIN payment y ON y.sale_id = s.id WHERE y.tender = 'cash'
), repaid AS (
  SELECT p.uid AS session_uid, max(p.opened_at, min(r.at, p.closed_at)) AS at, -r.amount AS amount
  FROM span p CROSS JOIN credit_entry r ON r.session_uid = p.uid AND r.tender = 'cash'
)
SELECT session_uid, min(at), 'sales', sum(amount), '', '', '', '', count(*) FROM sold GROUP BY session_uid, {day}
UNION ALL SELECT session_uid, min(at), 'repayments', sum(amount), '', '', '', '', count(*) FROM repaid GROUP BY session_uid, {day}
UNION ALL SELECT p.uid, max(p.opened_at, min(m.at, p.closed_at)), 'moved', m.amount, m.reason, m.category, m.note, m.uid, 1
  FROM span p CROSS JOIN cash_movement m ON m.session_uid = p.uid
"""
_DAY: Final = "(at + 25200000 - {cutoff} * 60000) / 86400000"
_ENTRIES: Final = """
SELECT uid, account_uid, at, amount, reason, category, note, cashier, source FROM account_entry
WHERE account_uid = ? AND at >= ? AND at < ? ORDER BY at, id
"""
_BEFORE: Final = "SELECT coalesce(sum(amount), 0) FROM account_entry WHERE account_uid = ? AND at < ?"
_EXPENSES: Final = """
SELECT category, -sum(amount) FROM (
  SELECT m.category, m.amount FROM cash_movement m WHERE m.reason = 'expense' AND m.at >= ?1 AND m.at < ?2
  UNION ALL SELECT a.category, a.amount FROM account_entry a WHERE a.reason = 'expense' AND a.at >= ?1 AND a.at < ?2
) GROUP BY category ORDER BY 2 DESC, 1
"""
_NAMES: Final = "SELECT e.uid, s.name FROM supplier_entry e CROSS JOIN supplier s ON s.uid = e.supplier_uid WHERE e.uid IN ({marks})"
_AT_ONCE: Final = 400


class CashQueries(QueryBase):
    """The cash book's part of `services.ports.Queries`."""

    def cash_drawers(self, until: int) -> list[tuple[str, int, Rupiah, Rupiah, int | None, Rupiah | None]]:
        return [tuple(row) for row in self._rows(_DRAWERS, (until,))]

    def cash_facts(self, session_uids: Sequence[str], cutoff: int = 0) -> list[CashFact]:
        from pos.services.supplier_views import CashFact

        day = _DAY.format(cutoff=int(cutoff))
        return [
            CashFact(*row)
            for uids in _portions(session_uids)
            for row in self._rows(_FACTS.format(marks=", ".join("?" * len(uids)), day=day), uids)
        ]

    def account_entries(self, account_uid: str, since: int, until: int) -> list[AccountEntry]:
        from pos.domain.cash_book import AccountEntry, AccountReason

        return [
            AccountEntry(uid, account, at, amount, AccountReason(reason), *rest)
            for uid, account, at, amount, reason, *rest in self._rows(_ENTRIES, (account_uid, since, until))
        ]

    def account_balance(self, account_uid: str, until: int) -> Rupiah:
        return int(self._row(_BEFORE, (account_uid, until))[0])

    def expenses(self, since: int, until: int) -> list[tuple[str, Rupiah]]:
        return [(category, amount) for category, amount in self._rows(_EXPENSES, (since, until))]

    def supplier_names(self, entry_uids: Sequence[str]) -> dict[str, str]:
        return {
            uid: name for uids in _portions(entry_uids) for uid, name in self._rows(_NAMES.format(marks=", ".join("?" * len(uids))), uids)
        }


def _portions(values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Below SQLite's limit of variables in a statement."""
    for start in range(0, len(values), _AT_ONCE):
        yield tuple(values[start : start + _AT_ONCE])
