"""Reads of facts: the nota history and its search, a sale whole, the open cash session, baskets. Quick at a million sales as at ten."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pos.domain.basket import Basket
from pos.domain.cash_session import CashSession
from pos.domain.printing import PrintState
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, TenderState
from pos.local_db.basket_rows import HELD_BASKETS, OPEN_BASKET, make_baskets, make_open
from pos.local_db.facts import notes_of
from pos.local_db.query_base import QueryBase
from pos.local_db.upkeep import sale_words
from pos.local_db.words import prefix_match, typed_amounts, typed_words
from pos.services.paying_views import SaleSearch
from pos.services.views import SaleRow

if TYPE_CHECKING:
    from pos.domain.correction import Exchange

_ROW: Final = """
SELECT s.uid, s.number, s.at, s.total, (SELECT count(*) FROM sale_line WHERE sale_id = s.id),
  (SELECT group_concat(name, ', ') FROM (SELECT name FROM sale_line WHERE sale_id = s.id ORDER BY position LIMIT 3)),
  coalesce((SELECT tender FROM payment WHERE sale_id = s.id ORDER BY position LIMIT 1), ''), s.cashier,
  s.epoch < 0 OR EXISTS (SELECT 1 FROM outbox WHERE id = s.uid AND state = 'applied'),
  (SELECT state FROM print_job WHERE kind = 'receipt' AND document = s.uid AND copy = 0 LIMIT 1),
  s.kind, coalesce((SELECT name FROM customer WHERE uid = s.customer_uid), ''),
  coalesce((SELECT max(k.kind) FROM sale k WHERE k.corrects = s.uid AND k.corrects != ''), '')
FROM sale s
"""
_ALL: Final = f"{_ROW} WHERE s.id > 0 ORDER BY s.id DESC LIMIT ? OFFSET ?"
_CORRECTIONS: Final = f"{_ROW} WHERE s.corrects != '' AND s.at >= ? AND s.at < ? ORDER BY s.id DESC LIMIT ? OFFSET ?"
_OF_CUSTOMER: Final = (
    f"{_ROW} WHERE s.customer_uid = ? AND s.customer_uid != '' AND s.at >= ? AND s.at < ? ORDER BY s.id DESC LIMIT ? OFFSET ?"
)
_BETWEEN: Final = f"{_ROW} WHERE s.at >= ? AND s.at < ? ORDER BY s.at DESC, s.id DESC LIMIT ? OFFSET ?"
_WITH: Final = f"{_ROW} WHERE s.at >= ? AND s.at < ? AND {{which}} ORDER BY s.at DESC, s.id DESC LIMIT ? OFFSET ?"
_WHICH: Final = {
    "cashier": "s.cashier = ?",
    "tender": "EXISTS (SELECT 1 FROM payment y WHERE y.sale_id = s.id AND y.tender = ?)",
    "category": """EXISTS (SELECT 1 FROM sale_line l CROSS JOIN product p ON p.uid = l.product_uid
      WHERE l.sale_id = s.id AND p.category = ?)""",
}
"""From the newest on until a page is full: what a report ranks high is in many notas."""
_OF_PRODUCT: Final = f"""
{_ROW} WHERE s.uid IN (SELECT m.cause FROM stock_movement m
  WHERE m.product_uid IN (
    SELECT product_uid FROM stock WHERE product_uid = ?1 UNION ALL SELECT product_uid FROM product_alias WHERE kept_uid = ?1) AND m.at >= ?2
  AND m.at < ?3 AND m.reason IN ('sale', 'return')) ORDER BY s.at DESC, s.id DESC LIMIT ?4 OFFSET ?5
"""
_LATEST_WORDS: Final = """
SELECT s.id, s.number, s.total, group_concat(l.name, ' ') FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id
WHERE s.id > (SELECT sales_indexed FROM total) AND s.at >= ? AND s.at < ? GROUP BY s.id ORDER BY s.id DESC
"""
_FOUND: Final = "SELECT rowid FROM sale_search WHERE sale_search MATCH ? ORDER BY rowid DESC LIMIT ?"
_FOUND_BETWEEN: Final = """
SELECT f.rowid FROM sale_search f CROSS JOIN sale s ON s.id = f.rowid WHERE sale_search MATCH ? AND s.at >= ? AND s.at < ?
ORDER BY f.rowid DESC LIMIT ?
"""
_FOUND_CUSTOMERS: Final = """
SELECT s.id FROM customer_search f CROSS JOIN customer c ON c.id = f.rowid
CROSS JOIN sale s ON s.customer_uid = c.uid AND s.customer_uid != ''
WHERE customer_search MATCH ? AND s.at >= ? AND s.at < ? ORDER BY s.id DESC LIMIT ?
"""
_HEAD: Final = """
SELECT id, uid, number, session_uid, cashier, at, total, rounding, kind, corrects, customer_uid,
  coalesce((SELECT name FROM customer WHERE uid = s.customer_uid), '')
FROM sale s
"""
_LINES: Final = """
SELECT product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, amount, cost, corrects_line, damaged
FROM sale_line WHERE sale_id = ? ORDER BY position
"""
_NEXT: Final = "SELECT coalesce(max(seq), 0) + 1 FROM sale WHERE epoch = (SELECT epoch FROM shop)"
_PAYMENTS: Final = """
SELECT tender, amount, received, change, coalesce((SELECT state FROM tender_settled t WHERE t.sale_uid = ? AND t.position = p.position
  ORDER BY t.seq DESC LIMIT 1), state), reference, notes FROM payment p WHERE sale_id = ? ORDER BY position
"""
_ANSWERS: Final = "SELECT uid FROM sale WHERE corrects = ? AND corrects != '' ORDER BY id"
_EXCHANGE: Final = "SELECT sale_uid, number, lines, amount FROM basket_exchange WHERE basket_uid = ?"
_EVER: Final = 1 << 62
_SESSION: Final = """
SELECT c.uid, c.cashier, c.opened_at, c.float_amount, d.cash, d.sales, d.turnover
FROM drawer d CROSS JOIN cash_session c ON c.uid = d.session_uid WHERE d.open = 1
"""


class SaleQueries(QueryBase):
    """The sales' part of `services.ports.Queries`."""

    def sales(self, text: str, offset: int, limit: int) -> list[SaleRow]:
        return self.find_sales(SaleSearch(text), offset, limit)

    def find_sales(self, search: SaleSearch, offset: int, limit: int) -> list[SaleRow]:
        if search.words.strip():
            return self._by_words(search, offset, limit)
        if search.corrections:
            rows = self._rows(_CORRECTIONS, (*_span(search), limit, offset))
        elif search.product_uid:
            rows = self._rows(_OF_PRODUCT, (search.product_uid, *_span(search), limit, offset))
        elif which := next((name for name in _WHICH if getattr(search, name)), ""):
            sql = _WITH.format(which=_WHICH[which])
            rows = self._rows(sql, (*_span(search), getattr(search, which), limit, offset))
        elif search.customer_uid:
            rows = self._rows(_OF_CUSTOMER, (search.customer_uid, *_span(search), limit, offset))
        elif search.since or search.until:
            rows = self._rows(_BETWEEN, (*_span(search), limit, offset))
        else:
            rows = self._rows(_ALL, (limit, offset))
        return [_sale_row(row) for row in rows]

    def _by_words(self, search: SaleSearch, offset: int, limit: int) -> list[SaleRow]:
        words = typed_words(typed_amounts(search.words))
        if not words:
            return []
        with self._readers.moment():
            ids = self._found(words, search, offset + limit)[offset:]
            rows = self._rows(f"{_ROW} WHERE s.id IN ({', '.join('?' * len(ids))}) ORDER BY s.id DESC", tuple(ids)) if ids else []
        return [_sale_row(row) for row in rows]

    def _found(self, words: list[str], search: SaleSearch, most: int) -> list[int]:
        """Ids of the sales with all these beginnings of words, or of a customer whose name has them, newest first: of the latest sales
        by looking, of the others by the index."""
        span, match = _span(search), prefix_match(words)
        ids = {row[0] for row in self._rows(_LATEST_WORDS, span) if _has(sale_words(*row[1:]), words)}
        if search.since or search.until:
            ids.update(row[0] for row in self._rows(_FOUND_BETWEEN, (match, *span, most)))
        else:
            ids.update(row[0] for row in self._rows(_FOUND, (match, most)))
        ids.update(row[0] for row in self._rows(_FOUND_CUSTOMERS, (match, *span, most)))
        return sorted(ids, reverse=True)[:most]

    def sale(self, uid: str) -> Sale | None:
        return self._sale(f"{_HEAD} WHERE uid = ?", (uid,))

    def last_sale(self) -> Sale | None:
        return self._sale(f"{_HEAD} WHERE id > 0 AND kind = 'sale' ORDER BY id DESC LIMIT 1", ())

    def corrections(self, sale_uid: str) -> list[Sale]:
        with self._readers.moment():
            found = [self.sale(row[0]) for row in self._rows(_ANSWERS, (sale_uid,))]
        return [sale for sale in found if sale is not None]

    def exchange(self, basket_uid: str) -> Exchange | None:
        row = self._row(_EXCHANGE, (basket_uid,))
        if row is None:
            return None
        from pos.domain.correction import Exchange, ReturnLine

        lines = tuple(ReturnLine(position, quantity, bool(damaged)) for position, quantity, damaged in json.loads(row[2]))
        return Exchange(row[0], row[1], lines, row[3])

    def next_sale(self) -> int:
        return int(self._row(_NEXT, ())[0])

    def _sale(self, sql: str, parameters: tuple[str, ...]) -> Sale | None:
        with self._readers.moment():
            head = self._row(sql, parameters)
            if head is None:
                return None
            lines, payments = self._rows(_LINES, head[:1]), self._rows(_PAYMENTS, (head[1], head[0]))
        _, uid, number, session, cashier, at, total, rounding, kind, corrects, customer_uid, customer_name = head
        return Sale(
            uid,
            number,
            session,
            cashier,
            at,
            tuple(map(_line, lines)),
            tuple(map(_payment, payments)),
            total,
            rounding,
            SaleKind(kind),
            corrects,
            customer_uid,
            customer_name,
        )

    def session(self) -> CashSession | None:
        row = self._row(_SESSION)
        return CashSession(*row) if row else None

    def basket(self) -> Basket:
        found = make_open(self._rows(OPEN_BASKET))
        return found[0] if found is not None else Basket("")

    def held_baskets(self) -> list[Basket]:
        return make_baskets(self._rows(HELD_BASKETS))


def _has(kept: str, words: list[str]) -> bool:
    """Whether each word begins one of the kept ones: what `prefix_match` asks FTS5."""
    text = f" {kept}"
    return all(f" {word}" in text for word in words)


def _span(search: SaleSearch) -> tuple[int, int]:
    return search.since, search.until or _EVER


def _line(row: Any) -> SaleLine:
    fields = (*row[:-1], bool(row[-1]))
    return SaleLine(*fields)


def _payment(row: Any) -> Payment:
    tender, amount, received, change, state, reference, notes = row
    return Payment(Tender(tender), amount, received, change, TenderState(state), reference, notes_of(notes))


def _sale_row(row: Any) -> SaleRow:
    uid, number, at, total, items, names, tender, cashier, synced, printed, kind, customer, corrected = row
    state = PrintState(printed) if printed else None
    return SaleRow(uid, number, at, total, items, names or "", tender, cashier, bool(synced), state, SaleKind(kind), customer, corrected)
