"""Taking back: void, refund by line, exchange. One verb a function, each one transaction; the sale itself is never touched.

Who may is asked of `permission`; what is given back is worked out by `domain.correction`. Nothing is taken back twice: what counts is read
within the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.correction import WAYS_BACK, Back, Book, Exchange, ReturnLine, left_to_return, refund, void, worth
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.people import Act, Approval
from pos.domain.sale import Payment, Sale, SaleKind, Tender, receipt_number
from pos.domain.stock import MovementReason, StockMovement
from pos.services.checkout import record
from pos.services.permission import may
from pos.services.ports import NewOperation, Till, UnitOfWork

LONGEST_REASON = 80
EXCHANGED = "exchange"
"""Reason of a return whose goods are paid for with other goods, as the audit log keeps it."""


def void_sale(till: Till, sale_uid: str, reason: str, way: Tender = Tender.CASH, approval: Approval | None = None) -> Sale:
    """Take a whole sale of the open session back (*batalkan nota*).

    Args:
        way: how money that came by QRIS or transfer goes back: CASH, TRANSFER or TITIPAN.

    Raises:
        ShopError: REASON_NEEDED, NO_CASH_SESSION, SALE_NOT_FOUND, NOT_THIS_SESSION, ALREADY_CORRECTED, NOT_CORRECTABLE, NEEDS_ROLE,
            DRAWER_TOO_EMPTY.
    """
    session_uid = _begin(till, reason, way)
    actor = may(till, Act.VOID, approval)
    with till.store.begin() as work:
        sale = find_sale(till, sale_uid)
        if sale.session_uid != session_uid:
            raise ShopError(ErrorCode.NOT_THIS_SESSION)
        back = void(sale, _book(till, work, sale), way)
        correction = _book_back(
            till, work, sale, back, SaleKind.VOID, session_uid, till.clock.now(), {"reason": _short(reason), "by": actor}
        )
        work.commit()
    return correction


def refund_lines(
    till: Till, sale_uid: str, lines: Sequence[ReturnLine], reason: str, way: Tender = Tender.CASH, approval: Approval | None = None
) -> Sale:
    """Take some goods of a sale back (*retur*), of whichever day.

    Raises:
        ShopError: REASON_NEEDED, NO_CASH_SESSION, SALE_NOT_FOUND, EMPTY_RETURN, RETURN_TOO_MANY, ALREADY_CORRECTED, NOT_CORRECTABLE,
            NEEDS_ROLE, DRAWER_TOO_EMPTY.
    """
    session_uid = _begin(till, reason, way)
    actor = may(till, Act.REFUND, approval)
    with till.store.begin() as work:
        sale = find_sale(till, sale_uid)
        back = refund(sale, _book(till, work, sale), lines, way)
        details: dict[str, object] = {"reason": _short(reason), "by": actor}
        correction = _book_back(till, work, sale, back, SaleKind.REFUND, session_uid, till.clock.now(), details)
        work.commit()
    return correction


def begin_exchange(till: Till, sale_uid: str, lines: Sequence[ReturnLine], reason: str, approval: Approval | None = None) -> Exchange:
    """Goods come back and pay for what is put on the counter now (*tukar barang*): remembered with the open basket, booked when it is paid.

    Raises:
        ShopError: as `refund_lines` does.
    """
    _begin(till, reason, Tender.CASH)
    may(till, Act.REFUND, approval)
    sale = find_sale(till, sale_uid)
    kept = tuple(line for line in lines if line.quantity > 0)
    with till.store.begin() as work:
        exchange = Exchange(sale.uid, sale.number, kept, worth(sale, till.store.read.corrections(sale.uid), kept))
        work.set_exchange(work.open_basket().uid, exchange)
        work.commit()
    return exchange


def drop_exchange(till: Till) -> None:
    """The goods do not come back after all: the basket is an ordinary one."""
    with till.store.begin() as work:
        work.set_exchange(work.open_basket().uid, None)
        work.commit()


def resume_exchange(till: Till, exchange: Exchange) -> None:
    """The exchange that was dropped a moment ago is meant after all: nothing of it was booked, so nobody is asked again."""
    with till.store.begin() as work:
        work.set_exchange(work.open_basket().uid, exchange)
        work.commit()


def take_back(
    till: Till,
    work: UnitOfWork,
    sale_uid: str,
    lines: Sequence[ReturnLine],
    session_uid: str,
    now: int,
    *,
    way: Tender,
    pays: Rupiah,
    promised: Rupiah,
) -> Sale:
    """The refund of an exchange, within the transaction of the sale that it pays for.

    Args:
        pays: rupiah of it that pay; the rest goes back by `way`.
        promised: what the counter was told that the goods are worth: BASKET_CHANGED if that is not so any more.
    """
    sale = find_sale(till, sale_uid)
    book = _book(till, work, sale)
    if worth(sale, book.earlier, lines) != promised:
        raise ShopError(ErrorCode.BASKET_CHANGED)
    back = refund(sale, book, lines, way, pays)
    return _book_back(till, work, sale, back, SaleKind.REFUND, session_uid, now, {"reason": EXCHANGED})


def may_void(till: Till, sale: Sale) -> bool:
    """Whether a sale can be voided now: of the open session, and nothing of it was taken back."""
    session = till.store.read.session()
    fresh = session is not None and sale.session_uid == session.uid and sale.kind is SaleKind.SALE
    return fresh and not till.store.read.corrections(sale.uid)


def returnable(till: Till, sale: Sale) -> tuple[int, ...]:
    """Base units of each line that can still come back; nothing of a correction or of a voided sale."""
    corrections = till.store.read.corrections(sale.uid)
    if sale.kind is not SaleKind.SALE or any(item.kind is SaleKind.VOID for item in corrections):
        return (0,) * len(sale.lines)
    return left_to_return(sale, corrections)


def preview(till: Till, sale: Sale, lines: Sequence[ReturnLine], way: Tender) -> Back:
    """What a refund would give back: told before it is booked. Raises as `refund_lines` does."""
    read = till.store.read
    debt = read.credit_balance(sale.customer_uid) if sale.customer_uid else 0
    return refund(sale, Book(tuple(read.corrections(sale.uid)), debt, rule=till.rules.rounding), lines, way)


def find_sale(till: Till, sale_uid: str) -> Sale:
    """A fact by its uid. Raises ShopError SALE_NOT_FOUND."""
    sale = till.store.read.sale(sale_uid)
    if sale is None:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    return sale


def _begin(till: Till, reason: str, way: Tender) -> str:
    """The open session's uid."""
    if not reason.strip():
        raise ShopError(ErrorCode.REASON_NEEDED)
    if way not in WAYS_BACK:
        raise ShopError(ErrorCode.NOT_CORRECTABLE)
    session = till.store.read.session()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    return session.uid


def _short(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


def _book(till: Till, work: UnitOfWork, sale: Sale) -> Book:
    """What counts, as of this transaction: nobody else writes within it, so that a reader sees the same."""
    holders = {payment.reference for payment in sale.payments if payment.tender is Tender.TITIPAN}
    return Book(
        tuple(till.store.read.corrections(sale.uid)),
        work.credit_owed(sale.customer_uid) if sale.customer_uid else 0,
        {holder: work.titipan_held(holder) for holder in holders},
        till.rules.rounding,
    )


def _book_back(
    till: Till, work: UnitOfWork, sale: Sale, back: Back, kind: SaleKind, session_uid: str, now: int, details: dict[str, object]
) -> Sale:
    uid = till.ids.new()
    prefix, epoch, seq = work.next_receipt()
    correction = Sale(
        uid,
        receipt_number(prefix, epoch, seq, uid),
        session_uid,
        till.store.read.shop().cashier,
        now,
        back.lines,
        tuple(_held_for(payment, sale.customer_uid or uid) for payment in back.payments),
        back.total,
        back.rounding,
        kind,
        sale.uid,
        sale.customer_uid,
        sale.customer_name,
    )
    _check_drawer(till, correction)
    owes = any(payment.tender is Tender.CREDIT for payment in correction.payments)
    customer = till.store.read.customer(sale.customer_uid) if owes else None
    record(till, work, correction, customer, {"corrects": sale.uid, **details})
    _set_damaged_aside(till, work, correction)
    return correction


def _held_for(payment: Payment, holder: str) -> Payment:
    """Money that is kept instead of given needs somebody it is kept for."""
    if payment.tender is not Tender.TITIPAN or payment.reference:
        return payment
    return replace(payment, reference=holder)


def _check_drawer(till: Till, correction: Sale) -> None:
    out = -sum(payment.amount for payment in correction.payments if payment.tender is Tender.CASH)
    session = till.store.read.session()
    if out > 0 and session is not None and out > session.expected:
        raise ShopError(ErrorCode.DRAWER_TOO_EMPTY, there=session.expected, amount=out)


def _set_damaged_aside(till: Till, work: UnitOfWork, correction: Sale) -> None:
    """Goods that came back spoilt are on the shelf for no moment: they leave it again as damaged, told as an operation of its own."""
    spoilt = [line for line in correction.lines if line.damaged]
    if not spoilt:
        return
    cause = till.ids.new()
    movements = [
        StockMovement(line.product_uid, line.quantity, MovementReason.DAMAGED, cause, place, correction.at)
        for place, line in enumerate(spoilt)
    ]
    work.add_movements(movements)
    kind, payload = till.wire.stock(MovementReason.DAMAGED.value, movements)
    work.tell([NewOperation(cause, kind, correction.at, payload)])
