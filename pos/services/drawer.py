"""The drawer's day: open it with a float, close it by counting. Expected cash is a sum of facts, never typed."""

from __future__ import annotations

from pos.domain.cash_session import CashSession
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.services.ports import AuditEntry, NewOperation, Till


def open_session(till: Till, float_amount: Rupiah) -> CashSession:
    """Open the drawer with its float (*modal awal*).

    Raises:
        ShopError: CASH_SESSION_ALREADY_OPEN, AMOUNT_OUT_OF_RANGE.
    """
    if not 0 <= float_amount <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(float_amount))
    if till.store.read.session() is not None:
        raise ShopError(ErrorCode.CASH_SESSION_ALREADY_OPEN)
    now, cashier = till.clock.now(), till.store.read.shop().cashier
    session = CashSession(till.ids.new(), cashier, now, float_amount, float_amount)
    kind, payload = till.wire.session_opened(session)
    with till.store.begin() as work:
        work.open_session(session)
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        work.audit([AuditEntry(now, cashier, "session_opened", session.uid)])
        work.commit()
    return session


def close_session(till: Till, counted: Rupiah) -> CashSession:
    """Close the open session with what was counted; the difference is kept as it is.

    Raises:
        ShopError: NO_CASH_SESSION, BASKET_NOT_EMPTY when goods are on the counter, AMOUNT_OUT_OF_RANGE.
    """
    if not 0 <= counted <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(counted))
    with till.store.begin() as work:
        session = till.store.read.session()
        if session is None:
            raise ShopError(ErrorCode.NO_CASH_SESSION)
        if work.open_basket().lines:
            raise ShopError(ErrorCode.BASKET_NOT_EMPTY)
        now = till.clock.now()
        work.close_session(session.uid, now, session.expected, counted)
        kind, payload = till.wire.session_closed(session.uid, session.expected, counted)
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        work.audit([AuditEntry(now, session.cashier, "session_closed", session.uid)])
        work.commit()
    return CashSession(
        session.uid,
        session.cashier,
        session.opened_at,
        session.float_amount,
        session.expected,
        session.sales,
        session.turnover,
        now,
        counted,
    )
