"""Reads of goods that came in: what is being checked, what was booked, what it cost the last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pos.local_db.query_base import QueryBase

if TYPE_CHECKING:
    # the till starts without them
    from pos.domain.receiving import Receipt, ReceiptDraft, ReceiptHead, ReceiptLine
    from pos.services.stock_views import ReceiptRow

_HEAD: Final = "supplier_uid, paper, discount, transport, paid, paid_from, due_at"
DRAFTS: Final = f"""
SELECT d.uid, d.started_at, d.cashier, d.corrects, {_HEAD},
  (SELECT count(*) FROM receipt_draft_line l WHERE l.draft_uid = d.uid),
  (SELECT coalesce(sum(amount), 0) FROM receipt_draft_line l WHERE l.draft_uid = d.uid),
  (SELECT count(*) FROM receipt_draft_line l WHERE l.draft_uid = d.uid AND l.amount IS NULL)
FROM receipt_draft d
"""
"""For `draft_of`; ends before WHERE."""
_LINE: Final = "position, product_uid, unit_uid, name, unit_name, factor, quantity, amount, unit_cost, expires_on"
DRAFT_LINES: Final = f"SELECT {_LINE} FROM receipt_draft_line WHERE draft_uid = ? "
"""For `draft_line_of`; the order or one more condition comes behind it."""
RECEIPTS: Final = f"SELECT uid, number, at, cashier, corrects, {_HEAD}, total FROM receipt "
LINES: Final = """
SELECT l.position, l.product_uid, l.unit_uid, l.name, l.unit_name, l.factor, l.quantity, l.amount, NULL, l.expires_on, l.cost
FROM receipt r CROSS JOIN receipt_line l ON l.receipt_uid = r.uid
"""
_ROWS: Final = """
SELECT r.uid, r.number, r.at, coalesce(s.name, ''), r.paper, (SELECT count(*) FROM receipt_line l WHERE l.receipt_uid = r.uid),
  (SELECT group_concat(name, ', ') FROM (SELECT name FROM receipt_line l WHERE l.receipt_uid = r.uid ORDER BY position LIMIT 3)),
  r.total, r.paid, EXISTS (SELECT 1 FROM receipt c WHERE c.corrects = r.uid AND c.corrects != ''), coalesce(o.number, '')
FROM receipt r LEFT JOIN supplier s ON s.uid = r.supplier_uid LEFT JOIN receipt o ON o.uid = r.corrects
ORDER BY r.id DESC LIMIT ? OFFSET ?
"""
_LAST_COST: Final = """
WITH newest AS (
  SELECT r.uid FROM product_unit u CROSS JOIN product p ON p.id = u.product_id CROSS JOIN receipt_line l ON l.product_uid = p.uid
  CROSS JOIN receipt r ON r.uid = l.receipt_uid WHERE u.uid = ?1 AND l.unit_uid = ?1 AND r.corrects = '' ORDER BY r.id DESC LIMIT 1
)
SELECT (2 * sum(l.amount) * max(l.factor) + sum(l.quantity)) / (2 * sum(l.quantity))
FROM newest n CROSS JOIN receipt r ON r.uid = n.uid OR (r.corrects = n.uid AND r.corrects != '')
CROSS JOIN receipt_line l ON l.receipt_uid = r.uid AND l.unit_uid = ?1 HAVING sum(l.quantity) > 0 AND sum(l.amount) >= 0
"""
"""As the newest delivery says it now, with all that put it right."""


class ReceiptQueries(QueryBase):
    """The receipts' part of `services.ports.Queries`."""

    def receipt_drafts(self) -> list[ReceiptDraft]:
        return [draft_of(row) for row in self._rows(f"{DRAFTS} ORDER BY d.started_at DESC, d.uid")]

    def receipt_draft(self, uid: str) -> ReceiptDraft | None:
        row = self._row(f"{DRAFTS} WHERE d.uid = ?", (uid,))
        return draft_of(row) if row else None

    def receipt_draft_lines(self, uid: str) -> list[ReceiptLine]:
        return [line_of(row) for row in self._rows(f"{DRAFT_LINES} ORDER BY position", (uid,))]

    def newest_draft_lines(self, uid: str, before: int, limit: int) -> list[ReceiptLine]:
        rows = self._rows(f"{DRAFT_LINES} AND position < ? ORDER BY position DESC LIMIT ?", (uid, before, limit))
        return [line_of(row) for row in rows]

    def receipt_draft_line(self, uid: str, position: int) -> ReceiptLine | None:
        row = self._row(f"{DRAFT_LINES} AND position = ?", (uid, position))
        return line_of(row) if row else None

    def receipts(self, offset: int, limit: int) -> list[ReceiptRow]:
        from pos.services.stock_views import ReceiptRow

        rows = self._rows(_ROWS, (limit, offset))
        return [replace(ReceiptRow(*row), corrected=bool(row[9])) for row in rows]

    def receipt(self, uid: str, most: int = -1) -> Receipt | None:
        with self._readers.moment():
            row = self._row(f"{RECEIPTS} WHERE uid = ?", (uid,))
            return self._whole(row, most) if row else None

    def corrections_of_receipt(self, uid: str) -> list[Receipt]:
        with self._readers.moment():
            rows = self._rows(f"{RECEIPTS} WHERE corrects = ? AND corrects != '' ORDER BY id", (uid,))
            return [self._whole(row) for row in rows]

    def last_unit_cost(self, unit_uid: str) -> int | None:
        row = self._row(_LAST_COST, (unit_uid,))
        return row[0] if row else None

    def _whole(self, row: Any, most: int = -1) -> Receipt:
        from pos.domain.receiving import Receipt

        uid, number, at, cashier, corrects, *head, total = row
        lines = tuple(line_of(line) for line in self._rows(f"{LINES} WHERE r.uid = ? ORDER BY l.position LIMIT ?", (uid, most)))
        return Receipt(uid, number, at, cashier, head_of(head), total, head[4], lines, corrects)


def head_of(row: Any) -> ReceiptHead:
    """Seven columns as the head of a delivery."""
    from pos.domain.receiving import PaidFrom, ReceiptHead

    supplier, paper, discount, transport, paid, paid_from, due_at = row
    return ReceiptHead(supplier, paper, discount, transport, paid, PaidFrom(paid_from), due_at)


def draft_of(row: Any) -> ReceiptDraft:
    """A row of `DRAFTS`."""
    from pos.domain.receiving import ReceiptDraft

    uid, started_at, cashier, corrects, *head, lines, goods, unpriced = row
    return ReceiptDraft(uid, head_of(head), started_at, cashier, corrects, lines, goods, unpriced)


def line_of(row: Any) -> ReceiptLine:
    """A row of `DRAFT_LINES`, or of `LINES` with its cost."""
    from pos.domain.receiving import ReceiptLine

    return ReceiptLine(*row)
