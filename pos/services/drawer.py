"""The drawer's day: opened with its float, cash in and out, looked into (X), counted blind, closed with its numbered report (Z).

What should be in it is a sum of facts, never typed. One verb a function, each one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos.domain.cash_session import CashSession
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import DENOMINATIONS, MAX_AMOUNT, Rupiah
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

if TYPE_CHECKING:
    # what a day comes to is added up when somebody asks: the sale screen opens drawers without it
    from pos.domain.cash_movement import CashMovement, CashReason
    from pos.domain.drawer_report import DrawerReport
    from pos.domain.people import Approval
    from pos.domain.printing import NewPrintJob

Pieces = Sequence[tuple[Rupiah, int]]
"""A count by note: (denomination, how many)."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A drawer that was closed.

    Attributes:
        printed: whether its Z report was sent to paper.
    """

    report: DrawerReport
    printed: bool


def open_session(till: Till, float_amount: Rupiah, pieces: Pieces = ()) -> CashSession:
    """Open the drawer with its float (*modal awal*).

    Args:
        pieces: the count by note, where it was counted so.

    Raises:
        ShopError: CASH_SESSION_ALREADY_OPEN, AMOUNT_OUT_OF_RANGE; COUNT_DIFFERS when the pieces are not the float.
    """
    _check_count(float_amount, pieces)
    if till.store.read.session() is not None:
        raise ShopError(ErrorCode.CASH_SESSION_ALREADY_OPEN)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    session = CashSession(till.ids.new(), cashier, now, float_amount, float_amount)
    kind, payload = till.wire.session_opened(session)
    with till.store.begin() as work:
        # asked once more where nobody else writes: two windows' clicks make one session
        if till.store.read.session() is not None:
            raise ShopError(ErrorCode.CASH_SESSION_ALREADY_OPEN)
        work.open_session(session)
        if pieces:
            _keep_count(till, work, session.uid, now, float_amount, pieces)
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        work.audit([AuditEntry(now, cashier, "session_opened", session.uid, json.dumps({"float": float_amount}))])
        work.commit()
    return session


def move_cash(
    till: Till, amount: Rupiah, reason: CashReason, note: str = "", approval: Approval | None = None, category: str = ""
) -> CashMovement:
    """Cash into the drawer (positive) or out of it (negative) without a sale. The drawer opens.

    Args:
        note: a few words, without personal data; numbers of a person are masked.
        category: what an expense is for (`cash_book.ExpenseCategory` value).

    Raises:
        ShopError: NO_CASH_SESSION; AMOUNT_OUT_OF_RANGE for nothing and too much; NEEDS_ROLE (Act.CASH_OUT) for cash out; CASH_SHORT with
            `amount` when more would go out than is in.
    """
    from pos.domain.people import Act
    from pos.services.permission import may

    if not 0 < abs(amount) <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
    actor = may(till, Act.CASH_OUT, approval) if amount < 0 else till.store.read.shop().cashier
    with till.store.begin() as work:
        movement = move_within(till, work, amount, reason, note, actor, category)
        work.commit()
    return movement


def move_within(
    till: Till, work: UnitOfWork, amount: Rupiah, reason: CashReason, note: str = "", actor: str = "", category: str = ""
) -> CashMovement:
    """As `move_cash`, as a part of the caller's transaction; who may do it was asked before (`actor`: their name).

    Raises:
        ShopError: NO_CASH_SESSION; CASH_SHORT with `amount` when more would go out than is in.
    """
    from pos.domain.cash_movement import LONGEST_NOTE, CashMovement
    from pos.domain.privacy import without_numbers

    session = _open_session(till)
    if session.expected + amount < 0:
        raise ShopError(ErrorCode.CASH_SHORT, amount=-amount)
    kept = " ".join("".join(sign if sign.isprintable() else " " for sign in without_numbers(note)).split())[:LONGEST_NOTE]
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    movement = CashMovement(till.ids.new(), session.uid, now, amount, reason, cashier, kept, category)
    work.add_cash_movement(movement)
    kind, payload = till.wire.cash_movement(movement)
    work.tell([NewOperation(movement.uid, kind, now, payload)])
    work.queue_print(_kick(till, movement.uid, now))
    details = json.dumps({"amount": amount, "reason": reason.value})
    work.audit([AuditEntry(now, actor or cashier, "cash_movement", movement.uid, details)])
    return movement


def open_drawer(till: Till, approval: Approval | None = None) -> None:
    """Open the drawer without a sale. Raises ShopError NEEDS_ROLE (Act.OPEN_DRAWER), PRINTER_NOT_SET when nothing opens it."""
    from pos.domain.people import Act
    from pos.services.permission import may

    actor, now = may(till, Act.OPEN_DRAWER, approval), till.clock.now()
    key = till.ids.new()
    jobs = _kick(till, key, now, always=True)
    if not jobs:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    with till.store.begin() as work:
        work.queue_print(jobs)
        work.audit([AuditEntry(now, actor, "drawer_opened", key)])
        work.commit()


def x_report(till: Till, approval: Approval | None = None) -> DrawerReport:
    """What the open drawer should hold, line by line, now. That it was looked at is in the audit log.

    Raises:
        ShopError: NO_CASH_SESSION, NEEDS_ROLE (Act.SEE_DRAWER).
    """
    from pos.domain.people import Act
    from pos.services.permission import may

    session = _open_session(till)
    actor, now = may(till, Act.SEE_DRAWER, approval), till.clock.now()
    report = _report(till, session.uid, now)
    with till.store.begin() as work:
        work.audit([AuditEntry(now, actor, "x_report", session.uid)])
        work.commit()
    return report


def give_count(till: Till, counted: Rupiah, pieces: Pieces = ()) -> DrawerReport:
    """Lay down what was counted, before anything is shown of what should be there. Nothing is closed yet; a further count is kept beside
    this one, so that nobody counts until it fits without being seen.

    Returns:
        What should be in the drawer, line by line, with this count beside it.

    Raises:
        ShopError: NO_CASH_SESSION, BASKET_NOT_EMPTY, AMOUNT_OUT_OF_RANGE, COUNT_DIFFERS.
    """
    _check_count(counted, pieces)
    now = till.clock.now()
    with till.store.begin() as work:
        session = _closable(till, work)
        report = replace(_report(till, session.uid, now), counted=counted, notes=_sorted(pieces))
        if pieces:
            _keep_count(till, work, session.uid, now, counted, pieces)
        details = json.dumps({"counted": counted, "expected": report.expected})
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "drawer_counted", session.uid, details)])
        work.commit()
    return report


def close_session(till: Till, counted: Rupiah, pieces: Pieces = ()) -> CashSession:
    """Close the open session with what was counted; the difference is kept as it is. See `close_with_report`."""
    report = close_with_report(till, counted, pieces).report
    return CashSession(
        report.session_uid,
        report.cashiers[0],
        report.opened_at,
        report.float_amount,
        report.expected,
        report.sales,
        report.turnover,
        report.closed_at,
        counted,
        report.number or 0,
    )


def close_with_report(till: Till, counted: Rupiah, pieces: Pieces = (), session_uid: str = "") -> Closed:
    """Close the drawer for good: its Z report gets the next number, is kept as it is, told, and printed where there is a printer.

    Args:
        session_uid: the session that the cashier saw; another one (or none) that is open now is not closed. Empty takes any.

    Raises:
        ShopError: NO_CASH_SESSION, also for a second click; BASKET_NOT_EMPTY when goods are on the counter; AMOUNT_OUT_OF_RANGE;
            COUNT_DIFFERS.
    """
    _check_count(counted, pieces)
    with till.store.begin() as work:
        session = _closable(till, work)
        if session_uid not in ("", session.uid):
            raise ShopError(ErrorCode.NO_CASH_SESSION)
        now, shop = till.clock.now(), till.store.read.shop()
        seen = _report(till, session.uid, now)
        report = replace(seen, number=work.next_z(), closed_at=now, counted=counted, notes=_sorted(pieces), closed_by=shop.cashier)
        work.close_session(session.uid, now, report.expected, counted)
        work.add_z_report(report)
        kind, payload = till.wire.session_closed(session.uid, report.expected, counted, report.number or 0, report.notes)
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        jobs = [_paper_of(till, report, session.uid)] if _report_printer(till) else []
        work.queue_print(jobs)
        details = json.dumps({"counted": counted, "expected": report.expected, "z": report.number})
        work.audit([AuditEntry(now, shop.cashier, "session_closed", session.uid, details)])
        work.commit()
    return Closed(report, bool(jobs))


def print_report(till: Till, report: DrawerReport) -> int:
    """An X report on paper, or a Z report once more as SALINAN. Returns which copy it is.

    Raises:
        ShopError: PRINTER_NOT_SET.
    """
    from pos.domain.printing import DocumentKind

    if not _report_printer(till):
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    copy = 0
    if report.number is not None:
        jobs = [job for job in till.store.read.print_jobs_of(report.session_uid) if job.kind is DocumentKind.DRAWER_REPORT]
        copy = 1 + max((job.copy for job in jobs), default=-1)
    document = report.session_uid if report.number is not None else till.ids.new()
    with till.store.begin() as work:
        work.queue_print([_paper_of(till, report, document, copy)])
        work.audit([AuditEntry(now, cashier, "report_printed", report.session_uid, json.dumps({"copy": copy, "z": report.number}))])
        work.commit()
    return copy


def _open_session(till: Till) -> CashSession:
    session = till.store.read.session()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    return session


def _closable(till: Till, work: UnitOfWork) -> CashSession:
    """The open session, where nothing is on the counter. Within a unit of work nobody else changes either."""
    session = _open_session(till)
    if work.open_basket().lines:
        raise ShopError(ErrorCode.BASKET_NOT_EMPTY)
    return session


def _report(till: Till, session_uid: str, now: int) -> DrawerReport:
    from pos.domain.business_day import business_day

    report = till.store.read.drawer_report(session_uid, now)
    if report is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    return replace(report, day=business_day(report.opened_at, till.rules.day_cutoff).isoformat())


def _check_count(total: Rupiah, pieces: Pieces) -> None:
    if not 0 <= total <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(total))
    if any(note not in DENOMINATIONS or count < 0 for note, count in pieces):
        raise ShopError(ErrorCode.COUNT_DIFFERS)
    if pieces and sum(note * count for note, count in pieces) != total:
        raise ShopError(ErrorCode.COUNT_DIFFERS)


def _sorted(pieces: Pieces) -> tuple[tuple[Rupiah, int], ...]:
    return tuple(sorted(((note, count) for note, count in pieces if count), reverse=True))


def _keep_count(till: Till, work: UnitOfWork, session_uid: str, now: int, total: Rupiah, pieces: Pieces) -> None:
    from pos.services.people_views import DrawerCount

    cashier = till.store.read.shop().cashier
    work.add_drawer_count(DrawerCount(till.ids.new(), session_uid, now, cashier, total, _sorted(pieces)))


def _kick(till: Till, document: str, now: int, always: bool = False) -> list[NewPrintJob]:
    from pos.domain.printing import DocumentKind, NewPrintJob

    kick = till.paper.drawer_kick() if till.paper.printer and (always or till.rules.kick_drawer) else b""
    if not kick:
        return []
    return [NewPrintJob(DocumentKind.DRAWER_KICK, document, 0, till.paper.printer, kick, now + till.rules.drawer_kick_ms, 1)]


def _report_printer(till: Till) -> str:
    from pos.domain.printing import PrinterRole

    return till.paper.printer_of(PrinterRole.REPORT)


def _paper_of(till: Till, report: DrawerReport, document: str, copy: int = 0) -> NewPrintJob:
    from pos.domain.printing import DocumentKind, NewPrintJob

    data = till.paper.drawer_report(report, till.store.read.shop(), copy)
    return NewPrintJob(DocumentKind.DRAWER_REPORT, document, copy, _report_printer(till), data)
