"""Reads of facts: the nota history and its search, a sale whole, the open cash session, baskets. Quick at a million sales as at ten."""

from __future__ import annotations

from typing import Any, Final

from pos.domain.basket import Basket
from pos.domain.cash_session import CashSession
from pos.domain.printing import PrintState
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, TenderState
from pos.local_db.baskets import HELD_BASKETS, OPEN_BASKET, make_baskets
from pos.local_db.query_base import QueryBase
from pos.local_db.upkeep import sale_words
from pos.local_db.words import prefix_match, typed_amounts, typed_words
from pos.services.views import SaleRow

_ROW: Final = """
SELECT s.uid, s.number, s.at, s.total, (SELECT count(*) FROM sale_line WHERE sale_id = s.id),
  (SELECT group_concat(name, ', ') FROM (SELECT name FROM sale_line WHERE sale_id = s.id ORDER BY position LIMIT 3)),
  coalesce((SELECT tender FROM payment WHERE sale_id = s.id ORDER BY position LIMIT 1), ''), s.cashier,
  EXISTS (SELECT 1 FROM outbox WHERE id = s.uid AND state = 'applied'),
  (SELECT state FROM print_job WHERE kind = 'receipt' AND document = s.uid AND copy = 0 LIMIT 1)
FROM sale s
"""
_ALL: Final = f"{_ROW} WHERE s.id > 0 ORDER BY s.id DESC LIMIT ? OFFSET ?"
_LATEST_WORDS: Final = """
SELECT s.id, s.number, s.total, group_concat(l.name, ' ') FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id
WHERE s.id > (SELECT sales_indexed FROM total) GROUP BY s.id ORDER BY s.id DESC
"""
_FOUND: Final = "SELECT rowid FROM sale_search WHERE sale_search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
_HEAD: Final = "SELECT id, uid, number, session_uid, cashier, at, total, rounding, kind, corrects FROM sale"
_LINES: Final = """
SELECT product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, amount, cost FROM sale_line WHERE sale_id = ?
ORDER BY position
"""
_NEXT: Final = "SELECT coalesce(max(seq), 0) + 1 FROM sale WHERE epoch = (SELECT epoch FROM shop)"
_PAYMENTS: Final = "SELECT tender, amount, received, change, state, reference FROM payment WHERE sale_id = ? ORDER BY position"
_SESSION: Final = """
SELECT c.uid, c.cashier, c.opened_at, c.float_amount, d.cash, d.sales, d.turnover
FROM drawer d CROSS JOIN cash_session c ON c.uid = d.session_uid WHERE d.open = 1
"""


class SaleQueries(QueryBase):
    """The sales' part of `services.ports.Queries`."""

    def sales(self, text: str, offset: int, limit: int) -> list[SaleRow]:
        if not text.strip():
            return [_sale_row(row) for row in self._rows(_ALL, (limit, offset))]
        words = typed_words(typed_amounts(text))
        if not words:
            return []
        with self._readers.moment():
            ids = self._found(words, offset, limit)
            rows = self._rows(f"{_ROW} WHERE s.id IN ({', '.join('?' * len(ids))}) ORDER BY s.id DESC", tuple(ids)) if ids else []
        return [_sale_row(row) for row in rows]

    def _found(self, words: list[str], offset: int, limit: int) -> list[int]:
        """Ids of the sales with all these beginnings of words, newest first: of the latest by looking, of the others by the index."""
        latest = [row[0] for row in self._rows(_LATEST_WORDS) if _has(sale_words(*row[1:]), words)]
        ids = latest[offset : offset + limit]
        skip = max(0, offset - len(latest))
        return ids + [row[0] for row in self._rows(_FOUND, (prefix_match(words), limit - len(ids), skip))]

    def sale(self, uid: str) -> Sale | None:
        return self._sale(f"{_HEAD} WHERE uid = ?", (uid,))

    def last_sale(self) -> Sale | None:
        return self._sale(f"{_HEAD} WHERE id > 0 ORDER BY id DESC LIMIT 1", ())

    def next_sale(self) -> int:
        return int(self._row(_NEXT, ())[0])

    def _sale(self, sql: str, parameters: tuple[str, ...]) -> Sale | None:
        with self._readers.moment():
            head = self._row(sql, parameters)
            if head is None:
                return None
            lines, payments = self._rows(_LINES, head[:1]), self._rows(_PAYMENTS, head[:1])
        _, uid, number, session, cashier, at, total, rounding, kind, corrects = head
        sold = tuple(SaleLine(*row) for row in lines)
        return Sale(uid, number, session, cashier, at, sold, tuple(map(_payment, payments)), total, rounding, SaleKind(kind), corrects)

    def session(self) -> CashSession | None:
        row = self._row(_SESSION)
        return CashSession(*row) if row else None

    def basket(self) -> Basket:
        rows = self._rows(OPEN_BASKET)
        return make_baskets(rows)[0] if rows else Basket("")

    def held_baskets(self) -> list[Basket]:
        return make_baskets(self._rows(HELD_BASKETS))


def _has(kept: str, words: list[str]) -> bool:
    """Whether each word begins one of the kept ones: what `prefix_match` asks FTS5."""
    text = f" {kept}"
    return all(f" {word}" in text for word in words)


def _payment(row: Any) -> Payment:
    tender, amount, received, change, state, reference = row
    return Payment(Tender(tender), amount, received, change, TenderState(state), reference)


def _sale_row(row: Any) -> SaleRow:
    uid, number, at, total, items, names, tender, cashier, synced, printed = row
    return SaleRow(uid, number, at, total, items, names or "", tender, cashier, bool(synced), PrintState(printed) if printed else None)
