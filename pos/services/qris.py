"""QRIS at the counter: a QR is remembered before it is shown, its state is told by the server or by a person with a name, and money that
comes late is used or given back. One verb a function, each one transaction.

The server issues on another thread (`ports.QrisDesk`); nothing here waits for a line. A QR proves no payment: no verb here turns one to
paid, only the feed does (`UnitOfWork.put_qris_state`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from pos.domain.cash_movement import CashMovement, CashReason
from pos.domain.credit import CreditEntry, CreditKind
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.people import Act, Approval
from pos.domain.qris import Qris, parse, to_dynamic
from pos.domain.qris_request import QRIS_CAP, IssuedQr, LateMoney, QrisRequest, QrisSource
from pos.domain.sale import Sale, Tender, TenderState
from pos.services.correcting import find_sale
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

OWN_VALID_MS: Final = 10 * 60_000
"""A QR that the till made is shown so long: afterwards the customer may be gone."""


@dataclass(frozen=True, slots=True)
class StickerCheck:
    """What a scanned sticker turned out to be."""

    ours: bool
    nmid: str
    merchant: str


def check_amount(amount: Rupiah) -> None:
    """Raises ShopError TENDER_EMPTY for nothing, QRIS_OVER_CAP above what one transaction may be."""
    if amount <= 0:
        raise ShopError(ErrorCode.TENDER_EMPTY)
    if amount > QRIS_CAP:
        raise ShopError(ErrorCode.QRIS_OVER_CAP, cap=QRIS_CAP)


def own_code(till: Till) -> Qris | None:
    """The shop's own static code as set, or None when none is set or it cannot be read."""
    if not till.rules.qris_static:
        return None
    try:
        return parse(till.rules.qris_static)
    except ShopError:
        return None


def remember_issued(till: Till, basket_uid: str, amount: Rupiah, issued: IssuedQr) -> QrisRequest:
    """Keep what the server issued, before it is shown. Twice the same is once."""
    now = till.clock.now()
    return _keep(
        till,
        QrisRequest(
            issued.uid, basket_uid, amount, issued.payload, QrisSource.SERVER, issued.nmid, issued.merchant, now, issued.expires_at
        ),
    )


def make_own(till: Till, basket_uid: str, amount: Rupiah) -> QrisRequest:
    """A dynamic QR from the shop's static code: where the owner switched that on.

    Raises:
        ShopError: QRIS_NOT_SET, QRIS_OVER_CAP, TENDER_EMPTY.
    """
    check_amount(amount)
    code = own_code(till)
    if code is None or not till.rules.qris_own:
        raise ShopError(ErrorCode.QRIS_NOT_SET)
    now = till.clock.now()
    payload = to_dynamic(code, amount)
    return _keep(
        till,
        QrisRequest(till.ids.new(), basket_uid, amount, payload, QrisSource.OWN, code.nmid, code.merchant, now, now + OWN_VALID_MS),
    )


def by_sticker(till: Till, basket_uid: str, amount: Rupiah) -> QrisRequest:
    """The customer scans the sticker on the counter and types the amount: nothing is shown, and a person has to look. Raises as
    `check_amount` does."""
    check_amount(amount)
    code, now = own_code(till), till.clock.now()
    nmid, merchant = (code.nmid, code.merchant) if code else ("", "")
    return _keep(till, QrisRequest(till.ids.new(), basket_uid, amount, "", QrisSource.STICKER, nmid, merchant, now, 0))


def confirm_by_hand(till: Till, uid: str, approval: Approval | None = None) -> QrisRequest:
    """Somebody saw the money in the shop's own app and stands for it by name; it is marked so on the Z report.

    Raises:
        ShopError: NEEDS_ROLE (CONFIRM_QRIS), QRIS_GONE when there is no such request any more.
    """
    actor = may(till, Act.CONFIRM_QRIS, approval)
    now = till.clock.now()
    with till.store.begin() as work:
        work.confirm_qris(uid, actor, now)
        work.audit([AuditEntry(now, actor, "qris_confirmed", uid)])
        work.commit()
    request = till.store.read.qris_request(uid)
    if request is None:
        raise ShopError(ErrorCode.QRIS_GONE)
    return request


def expire(till: Till) -> int:
    """Waiting QRs whose time is over are expired; the customer is shown none of them any more. Returns how many."""
    with till.store.begin() as work:
        gone = work.expire_qris(till.clock.now())
        if gone:
            work.commit()
    return gone


def check_sticker(till: Till, scanned: str) -> StickerCheck:
    """Compare the sticker on the counter with the shop's own code: stickers get pasted over. What was seen is in the audit log.

    Raises:
        ShopError: QRIS_UNREADABLE with `verdict`; QRIS_NOT_SET while the till knows no own code.
    """
    own = own_code(till)
    if own is None:
        raise ShopError(ErrorCode.QRIS_NOT_SET)
    seen = parse(scanned)
    ours = seen.nmid == own.nmid if own.nmid else (seen.merchant, seen.city) == (own.merchant, own.city)
    now = till.clock.now()
    with till.store.begin() as work:
        details = json.dumps({"ours": ours, "nmid": seen.nmid})
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "sticker_checked", "", details)])
        work.set_setting(STICKER_CHECKED, str(now) if ours else "0")
        work.commit()
    return StickerCheck(ours, seen.nmid, seen.merchant)


STICKER_CHECKED: Final = "sticker_checked_at"
"""Setting of the store: UTC ms of the last time that the sticker was the shop's own; 0 when it was not."""


# --- late money ---------------------------------------------------------------------------------------------------------------


def use_for_sale(till: Till, uid: str, sale_uid: str) -> None:
    """Late money was for a sale: one whose QRIS part somebody confirmed by hand is settled with it; one on credit is paid back by it.

    Raises:
        ShopError: QRIS_GONE when it is no loose money any more; SALE_NOT_FOUND; LATE_MONEY_NO_MATCH when the sale has no such part.
    """
    sale, now = find_sale(till, sale_uid), till.clock.now()
    cashier = till.store.read.shop().cashier
    with till.store.begin() as work:
        request = _loose(till, uid)
        position = _by_hand(sale, request.amount)
        if position is not None:
            work.settle_tender(sale.uid, position, TenderState.PAID_LATE, uid, now)
            kind, payload = till.wire.tender_settled(sale.uid, position, TenderState.PAID_LATE, uid)
            work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        else:
            _pay_debt(till, work, sale, request, now, cashier)
        work.close_late_money(uid, LateMoney.USED, sale.uid, now)
        work.audit([AuditEntry(now, cashier, "late_money_used", sale.uid, json.dumps({"qris": uid, "amount": request.amount}))])
        work.commit()


def give_back(till: Till, uid: str, way: Tender, approval: Approval | None = None) -> None:
    """Late money goes back to whoever paid it: out of the drawer, or by a transfer that somebody made.

    Raises:
        ShopError: QRIS_GONE; NEEDS_ROLE (CASH_OUT), NO_CASH_SESSION, DRAWER_TOO_EMPTY for cash.
    """
    cash = way is Tender.CASH
    actor = may(till, Act.CASH_OUT, approval) if cash else till.store.read.shop().cashier
    now = till.clock.now()
    with till.store.begin() as work:
        request = _loose(till, uid)
        if cash:
            _cash_out(till, work, request.amount, now, actor)
        work.close_late_money(uid, LateMoney.RETURNED_CASH if cash else LateMoney.RETURNED_TRANSFER, "", now)
        details = json.dumps({"amount": request.amount, "way": way.value})
        work.audit([AuditEntry(now, actor, "late_money_returned", uid, details)])
        work.commit()


def matches(till: Till, request: QrisRequest, text: str = "", limit: int = 20) -> list[Sale]:
    """Sales that late money can have been for, newest first: by hand for the same amount, or on credit for at least as much."""
    found = []
    for row in till.store.read.sales(text, 0, 200):
        sale = till.store.read.sale(row.uid)
        if sale is not None and (_by_hand(sale, request.amount) is not None or _on_credit(till, sale, request.amount)):
            found.append(sale)
        if len(found) == limit:
            break
    return found


def _keep(till: Till, request: QrisRequest) -> QrisRequest:
    with till.store.begin() as work:
        work.put_qris(request)
        work.commit()
    return request


def _loose(till: Till, uid: str) -> QrisRequest:
    request = till.store.read.qris_request(uid)
    if request is None or not request.is_loose:
        raise ShopError(ErrorCode.QRIS_GONE)
    return request


def _by_hand(sale: Sale, amount: Rupiah) -> int | None:
    """Position of the QRIS part of a sale that somebody confirmed by hand for just this amount."""
    for position, payment in enumerate(sale.payments):
        if payment.tender is Tender.QRIS and payment.state is TenderState.CONFIRMED_BY_HAND and payment.amount == amount:
            return position
    return None


def _on_credit(till: Till, sale: Sale, amount: Rupiah) -> bool:
    owed = sum(payment.amount for payment in sale.payments if payment.tender is Tender.CREDIT)
    return owed >= amount and till.store.read.credit_balance(sale.customer_uid) >= amount


def _pay_debt(till: Till, work: UnitOfWork, sale: Sale, request: QrisRequest, now: int, cashier: str) -> None:
    if not _on_credit(till, sale, request.amount):
        raise ShopError(ErrorCode.LATE_MONEY_NO_MATCH)
    uid = till.ids.new()
    entry = CreditEntry(
        CreditKind.REPAYMENT,
        now,
        f"B{uid[:6].upper()}",
        -request.amount,
        uid=uid,
        customer_uid=sale.customer_uid,
        tender=Tender.QRIS.value,
        received=request.amount,
        session_uid="",
        cashier=cashier,
        reference=request.uid,
    )
    work.add_credit([entry])
    kind, payload = till.wire.credit(entry)
    work.tell([NewOperation(uid, kind, now, payload)])


def _cash_out(till: Till, work: UnitOfWork, amount: Rupiah, now: int, actor: str) -> None:
    session = till.store.read.session()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    if amount > session.expected:
        raise ShopError(ErrorCode.DRAWER_TOO_EMPTY, there=session.expected, amount=amount)
    movement = CashMovement(till.ids.new(), session.uid, now, -amount, CashReason.OUT, actor, "QRIS")
    work.add_cash_movement(movement)
    kind, payload = till.wire.cash_movement(movement)
    work.tell([NewOperation(movement.uid, kind, now, payload)])
    details = json.dumps({"amount": -amount, "reason": movement.reason.value})
    work.audit([AuditEntry(now, actor, "cash_movement", movement.uid, details)])
