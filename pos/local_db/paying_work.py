"""What is written of customers, debts, exchanges and QRIS. Facts only by INSERT; the balance beside debts is kept by a trigger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from pos.domain.correction import Exchange
from pos.domain.credit import CreditEntry, open_debts
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.qris_request import MONEY, LateMoney, QrisRequest, surer
from pos.domain.sale import TenderState
from pos.local_db.customer_queries import ENTRIES, entry_of
from pos.local_db.words import kept_words
from pos.local_db.work_base import WorkBase

_CUSTOMER: Final = """
INSERT INTO customer (uid, name, sorted, phone4, price_group, credit_limit, due_days, note, active, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET name = excluded.name, sorted = excluded.sorted, phone4 = excluded.phone4,
  price_group = excluded.price_group, credit_limit = excluded.credit_limit, due_days = excluded.due_days, note = excluded.note,
  active = excluded.active
RETURNING id
"""
_ENTRY: Final = (
    "INSERT INTO credit_entry (uid, customer_uid, kind, at, number, amount, due_at, sale_uid, tender, received, change, session_uid,"
    " cashier, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REQUEST: Final = (
    "INSERT INTO qris_request (uid, basket_uid, amount, payload, source, nmid, merchant, issued_at, expires_at, state, state_at,"
    " confirmed_by, sale_uid, late) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_EXPIRED: Final = """
UPDATE qris_request SET state = 'expired', state_at = expires_at WHERE state = 'waiting' AND expires_at > 0 AND expires_at <= ?
"""
_CONFIRMED: Final = """
UPDATE qris_request SET state = 'confirmed_by_hand', state_at = ?, confirmed_by = ? WHERE uid = ? AND state IN ('waiting', 'expired')
"""
_BY_HAND: Final = """
SELECT p.position, coalesce((SELECT state FROM tender_settled t WHERE t.sale_uid = s.uid AND t.position = p.position ORDER BY t.seq DESC
  LIMIT 1), p.state)
FROM sale s JOIN payment p ON p.sale_id = s.id WHERE s.uid = ? AND p.reference = ? AND p.tender = 'qris'
"""
_SETTLED: Final = """
INSERT INTO tender_settled (sale_uid, position, seq, state, reference, at)
SELECT ?, ?, 1 + coalesce(max(seq), 0), ?, ?, ? FROM tender_settled WHERE sale_uid = ? AND position = ?
"""


class PayingWork(WorkBase):
    """The paying part of a unit of work."""

    def put_customer(self, customer: Customer) -> None:
        row = (
            customer.uid,
            customer.name,
            customer.name.casefold(),
            customer.phone4,
            customer.group,
            customer.limit,
            customer.due_days,
            customer.note,
            int(customer.active),
            customer.created_at,
        )
        key = self._one(_CUSTOMER, row)[0]
        words = kept_words((customer.name, customer.group, customer.phone4))
        self._run("INSERT OR REPLACE INTO customer_search (rowid, words) VALUES (?, ?)", (key, words))

    def add_credit(self, entries: Sequence[CreditEntry]) -> None:
        self._run_many(
            _ENTRY,
            [
                (
                    entry.uid,
                    entry.customer_uid,
                    entry.kind.value,
                    entry.at,
                    entry.number,
                    entry.amount,
                    entry.due_at,
                    entry.sale_uid,
                    entry.tender,
                    entry.received,
                    entry.change,
                    entry.session_uid,
                    entry.cashier,
                    entry.reference,
                )
                for entry in entries
            ],
        )
        for customer_uid in {entry.customer_uid for entry in entries}:
            debts = open_debts([entry_of(row) for row in self._all(ENTRIES, (customer_uid,))])
            due = min((debt.due_at for debt in debts if debt.due_at), default=0)
            self._run("UPDATE credit_balance SET due_at = ? WHERE customer_uid = ?", (due, customer_uid))

    def credit_owed(self, customer_uid: str) -> Rupiah:
        row = self._one("SELECT balance FROM credit_balance WHERE customer_uid = ?", (customer_uid,))
        return row[0] if row else 0

    def titipan_held(self, holder: str) -> Rupiah:
        row = self._one("SELECT amount FROM titipan WHERE holder = ?", (holder,))
        return row[0] if row else 0

    def set_exchange(self, basket_uid: str, exchange: Exchange | None) -> None:
        self._run("DELETE FROM basket_exchange WHERE basket_uid = ?", (basket_uid,))
        if exchange is not None:
            lines = json.dumps([[line.position, line.quantity, int(line.damaged)] for line in exchange.lines])
            row = (basket_uid, exchange.sale_uid, exchange.number, lines, exchange.amount)
            self._run("INSERT INTO basket_exchange (basket_uid, sale_uid, number, lines, amount) VALUES (?, ?, ?, ?, ?)", row)

    def put_qris(self, request: QrisRequest) -> None:
        row = (
            request.uid,
            request.basket_uid,
            request.amount,
            request.payload,
            request.source.value,
            request.nmid,
            request.merchant,
            request.issued_at,
            request.expires_at,
            request.state.value,
            request.state_at,
            request.by,
            request.sale_uid,
            request.late.value,
        )
        self._run(_REQUEST, row)

    def put_qris_state(self, uid: str, state: TenderState, amount: Rupiah, at: int) -> bool:
        row = self._one("SELECT state, sale_uid, amount FROM qris_request WHERE uid = ?", (uid,))
        if row is None:
            # another till's
            return False
        old, sale_uid, asked = TenderState(row[0]), row[1], row[2]
        new = surer(old, state)
        if new is old:
            return False
        # who pays another amount than was asked has paid that: it is looked at, not taken for the sale
        self._run("UPDATE qris_request SET state = ?, state_at = ?, amount = ? WHERE uid = ?", (new.value, at, amount or asked, uid))
        if sale_uid and new in (TenderState.PAID, TenderState.PAID_LATE):
            for position, known in self._all(_BY_HAND, (sale_uid, uid)):
                if known == TenderState.CONFIRMED_BY_HAND.value:
                    self.settle_tender(sale_uid, position, new, uid, at)
        return True

    def expire_qris(self, now: int) -> int:
        return self._run(_EXPIRED, (now,)).rowcount

    def confirm_qris(self, uid: str, by: str, at: int) -> None:
        self._run(_CONFIRMED, (at, by, uid))

    def take_qris(self, uid: str, amount: Rupiah) -> TenderState:
        row = self._one("SELECT state FROM qris_request WHERE uid = ? AND amount = ? AND sale_uid = '' AND late = ''", (uid, amount))
        state = TenderState(row[0]) if row else TenderState.WAITING
        if state not in MONEY:
            raise ShopError(ErrorCode.QRIS_NOT_PAID)
        return state

    def use_qris(self, uid: str, sale_uid: str) -> None:
        self._run("UPDATE qris_request SET sale_uid = ? WHERE uid = ?", (sale_uid, uid))

    def close_late_money(self, uid: str, late: LateMoney, sale_uid: str, at: int) -> None:
        self._run("UPDATE qris_request SET late = ?, sale_uid = ?, state_at = ? WHERE uid = ?", (late.value, sale_uid, at, uid))

    def settle_tender(self, sale_uid: str, position: int, state: TenderState, reference: str, at: int) -> None:
        self._run(_SETTLED, (sale_uid, position, state.value, reference, at, sale_uid, position))
