"""Goods that come in: the draft with every change of it, and the receipt as a fact (only INSERT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos.local_db.receipt_queries import DRAFT_LINES, DRAFTS, LINES, draft_of, line_of
from pos.local_db.work_base import WorkBase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos.domain.receiving import Receipt, ReceiptDraft, ReceiptHead, ReceiptLine

_DRAFT: Final = """
INSERT INTO receipt_draft (uid, started_at, cashier, corrects, supplier_uid, paper, discount, transport, paid, paid_from, due_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET supplier_uid = excluded.supplier_uid, paper = excluded.paper, discount = excluded.discount,
  transport = excluded.transport, paid = excluded.paid, paid_from = excluded.paid_from, due_at = excluded.due_at
"""
_DRAFT_LINE: Final = """
INSERT OR REPLACE INTO receipt_draft_line (draft_uid, position, product_uid, unit_uid, name, unit_name, factor, quantity, amount,
  unit_cost, expires_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_RECEIPT: Final = """
INSERT INTO receipt (uid, number, at, cashier, corrects, supplier_uid, paper, discount, transport, paid, paid_from, due_at, total)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LINE: Final = """
INSERT INTO receipt_line (receipt_uid, position, product_uid, unit_uid, name, unit_name, factor, quantity, amount, cost, expires_on, cause)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class ReceiptWork(WorkBase):
    """The receipts' part of a unit of work."""

    def put_receipt_draft(self, draft: ReceiptDraft) -> None:
        self._run(_DRAFT, (draft.uid, draft.started_at, draft.cashier, draft.corrects, *_head(draft.head)))

    def draft_now(self, uid: str) -> ReceiptDraft | None:
        row = self._one(f"{DRAFTS} WHERE d.uid = ?", (uid,))
        return draft_of(row) if row else None

    def draft_lines_now(self, uid: str) -> list[ReceiptLine]:
        return [line_of(row) for row in self._all(f"{DRAFT_LINES} ORDER BY position", (uid,))]

    def draft_line_at(self, draft_uid: str, position: int) -> ReceiptLine | None:
        row = self._one(f"{DRAFT_LINES} AND position = ?", (draft_uid, position))
        return line_of(row) if row else None

    def draft_line_of(self, draft_uid: str, unit_uid: str) -> ReceiptLine | None:
        row = self._one(f"{DRAFT_LINES} AND unit_uid = ? AND expires_on = 0 ORDER BY position LIMIT 1", (draft_uid, unit_uid))
        return line_of(row) if row else None

    def put_draft_lines(self, draft_uid: str, lines: Sequence[ReceiptLine]) -> None:
        self._run_many(
            _DRAFT_LINE,
            [
                (
                    draft_uid,
                    line.position,
                    line.product_uid,
                    line.unit_uid,
                    line.name,
                    line.unit_name,
                    line.factor,
                    line.quantity,
                    line.amount,
                    line.unit_cost,
                    line.expires_on,
                )
                for line in lines
            ],
        )

    def next_draft_position(self, draft_uid: str) -> int:
        number: int = self._one("SELECT coalesce(max(position) + 1, 0) FROM receipt_draft_line WHERE draft_uid = ?", (draft_uid,))[0]
        return number

    def drop_draft_line(self, draft_uid: str, position: int) -> None:
        self._run("DELETE FROM receipt_draft_line WHERE draft_uid = ? AND position = ?", (draft_uid, position))

    def drop_receipt_draft(self, uid: str) -> None:
        self._run("DELETE FROM receipt_draft WHERE uid = ?", (uid,))

    def next_receipt_paper(self) -> str:
        return f"BM-{self._counters.prefix}{self._counters.epoch}-{self._one('SELECT count(*) + 1 FROM receipt')[0]}"

    def add_receipt(self, receipt: Receipt, causes: Sequence[str]) -> None:
        supplier, paper, discount, transport, _, paid_from, due_at = _head(receipt.head)
        head = (supplier, paper, discount, transport, receipt.paid, paid_from, due_at)
        self._run(_RECEIPT, (receipt.uid, receipt.number, receipt.at, receipt.cashier, receipt.corrects, *head, receipt.total))
        self._run_many(
            _LINE,
            [
                (
                    receipt.uid,
                    line.position,
                    line.product_uid,
                    line.unit_uid,
                    line.name,
                    line.unit_name,
                    line.factor,
                    line.quantity,
                    line.amount,
                    line.cost,
                    line.expires_on,
                    cause,
                )
                for line, cause in zip(receipt.lines, causes, strict=True)
            ],
        )

    def receipt_now(self, uid: str) -> list[ReceiptLine]:
        rows = self._all(f"{LINES} WHERE r.uid = ?1 OR (r.corrects = ?1 AND r.corrects != '') ORDER BY r.id, l.position", (uid,))
        return [line_of(row) for row in rows]


def _head(head: ReceiptHead) -> tuple[str, str, int, int, int, str, int]:
    return head.supplier_uid, head.paper, head.discount, head.transport, head.paid, head.paid_from.value, head.due_at
