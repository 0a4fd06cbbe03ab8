"""What a drawer's session comes to, added up from its facts. Imported when somebody asks: the till starts without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from pos.domain.cash_movement import CashMovement, CashReason
from pos.domain.drawer_report import DrawerLine, DrawerLineKind, DrawerReport, Tally, TenderTotal, sum_lines
from pos.domain.sale import SaleKind, Tender
from pos.services.people_views import CashFlow, DrawerCount

Rows: TypeAlias = Callable[[str, tuple[Any, ...]], list[Any]]

_SESSION: Final = "SELECT cashier, opened_at, float_amount FROM cash_session WHERE uid = ?"
_CASH_SALES: Final = """
SELECT s.kind, count(*), coalesce(sum(y.amount), 0) FROM sale s CROSS JOIN payment y ON y.sale_id = s.id
WHERE s.session_uid = ? AND y.tender = 'cash' GROUP BY s.kind
"""
_MOVED: Final = """
SELECT reason, amount > 0, count(*), sum(amount) FROM cash_movement
WHERE session_uid = ? AND reason <> 'deposit' GROUP BY reason, amount > 0 ORDER BY min(place)
"""
_REPAID: Final = "SELECT count(*), coalesce(-sum(amount), 0) FROM credit_entry WHERE session_uid = ? AND tender = 'cash'"
_DEPOSITS: Final = "SELECT count(*), coalesce(sum(amount), 0) FROM cash_movement WHERE session_uid = ? AND reason = 'deposit'"
_TENDERS: Final = """
SELECT y.tender, count(*), sum(y.amount) FROM sale s CROSS JOIN payment y ON y.sale_id = s.id WHERE s.session_uid = ?
GROUP BY y.tender ORDER BY min(s.id), y.tender
"""
_KINDS: Final = "SELECT kind, count(*), coalesce(sum(total), 0), coalesce(sum(rounding), 0) FROM sale WHERE session_uid = ? GROUP BY kind"
_DISCOUNTS: Final = """
SELECT coalesce(sum(l.discount), 0) FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id WHERE s.session_uid = ?
"""
_BY_HAND: Final = """
SELECT count(*), coalesce(sum(y.amount), 0) FROM sale s CROSS JOIN payment y ON y.sale_id = s.id
WHERE s.session_uid = ? AND s.kind = 'sale' AND coalesce((SELECT t.state FROM tender_settled t
  WHERE t.sale_uid = s.uid AND t.position = y.position ORDER BY t.seq DESC LIMIT 1), y.state) = 'confirmed_by_hand'
"""
"""Nobody but a person has stood for these so far; what the server told of since is sure."""
_CASHIERS: Final = "SELECT cashier FROM sale WHERE session_uid = ? GROUP BY cashier ORDER BY min(id)"
_SALE_KINDS: Final = {SaleKind.VOID.value: DrawerLineKind.VOIDS, SaleKind.REFUND.value: DrawerLineKind.REFUNDS}
_SALES: Final = (DrawerLineKind.SALES, DrawerLineKind.VOIDS, DrawerLineKind.REFUNDS)


def report_of_session(rows: Rows, session_uid: str, at: int) -> DrawerReport | None:
    """The X report of a session; `rows` runs one statement in the caller's moment. None when there is no such session."""
    key = (session_uid,)
    session = next(iter(rows(_SESSION, key)), None)
    if session is None:
        return None
    cashier, opened_at, float_amount = session
    lines = (DrawerLine(DrawerLineKind.FLOAT, "", 1, float_amount), *_cash_lines(rows, key))
    kinds = {kind: (count, total, rounding) for kind, count, total, rounding in rows(_KINDS, key)}
    tenders = tuple(TenderTotal(*row) for row in rows(_TENDERS, key))
    return DrawerReport(
        number=None,
        session_uid=session_uid,
        cashiers=tuple(dict.fromkeys((cashier, *(row[0] for row in rows(_CASHIERS, key))))),
        opened_at=opened_at,
        at=at,
        closed_at=None,
        float_amount=float_amount,
        lines=lines,
        expected=sum_lines(lines),
        tenders=tenders,
        sales=kinds.get(SaleKind.SALE.value, (0, 0, 0))[0],
        turnover=sum(total for _, total, _ in kinds.values()),
        discounts=rows(_DISCOUNTS, key)[0][0],
        rounding=sum(rounding for _, _, rounding in kinds.values()),
        voids=Tally(*kinds.get(SaleKind.VOID.value, (0, 0, 0))[:2]),
        refunds=Tally(*kinds.get(SaleKind.REFUND.value, (0, 0, 0))[:2]),
        by_hand=Tally(*rows(_BY_HAND, key)[0]),
        titipan=-sum(total.amount for total in tenders if total.tender == Tender.TITIPAN.value),
    )


def _cash_lines(rows: Rows, key: tuple[str]) -> list[DrawerLine]:
    """All but the float, in the order in which they are told; what did not happen is left out, but for the sales."""
    sold = {DrawerLineKind.SALES: (0, 0)}
    for kind, count, amount in rows(_CASH_SALES, key):
        line = _SALE_KINDS.get(kind, DrawerLineKind.SALES)
        before = sold.get(line, (0, 0))
        sold[line] = before[0] + count, before[1] + amount
    lines = [DrawerLine(kind, "", *sold[kind]) for kind in _SALES if kind in sold]
    for kind, sql in ((DrawerLineKind.REPAYMENTS, _REPAID), (DrawerLineKind.DEPOSITS, _DEPOSITS)):
        count, amount = rows(sql, key)[0]
        if count:
            lines.append(DrawerLine(kind, "", count, amount))
    moved = rows(_MOVED, key)
    for came, kind in ((1, DrawerLineKind.CASH_IN), (0, DrawerLineKind.CASH_OUT)):
        lines += [DrawerLine(kind, reason, count, amount) for reason, into, count, amount in moved if into == came]
    return lines


def movement_of(uid: str, session_uid: str, at: int, amount: int, reason: str, cashier: str, note: str, category: str) -> CashMovement:
    """A row of `cash_movement`."""
    return CashMovement(uid, session_uid, at, amount, CashReason.read(reason, amount), cashier, note, category)


def count_of(uid: str, session_uid: str, at: int, cashier: str, total: int, pieces: str) -> DrawerCount:
    """A row of `drawer_count`."""
    return DrawerCount(uid, session_uid, at, cashier, total, tuple((note, count) for note, count in json.loads(pieces)))


def flow_of(received: int, change: int, notes: str = "") -> CashFlow:
    """A cash payment, or cash that came or went without one. `notes`: `50000:1 2000:-2`, as far as it was known."""
    moved = tuple((int(note), int(count)) for note, _, count in (pair.partition(":") for pair in notes.split()))
    return CashFlow(received, change, moved)
