"""Paying: a basket becomes a sale. One verb a function, each one transaction: all of a sale is on disk, or nothing of it.

Owns what is committed with a sale: lines, payments, movements, debts, outbox, paper, audit. What takes a sale back is in `correcting`;
`record` here is how both become facts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pos.domain.basket import Basket
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.domain.sale import Payment, Sale, SaleKind, Tender, receipt_number, sale_lines
from pos.domain.tendering import Leftover, Part, mask_reference, settle
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

if TYPE_CHECKING:
    from pos.domain.correction import Exchange
    from pos.domain.customer import Customer
    from pos.domain.people import Approval
    from pos.services.views import ShopIdentity


def complete_sale(till: Till, basket: Basket, received: Rupiah) -> Sale:
    """Sell the basket for cash.

    Args:
        basket: as the cashier saw it; if the store's differs (a second click, a late scan) nothing is sold.
        received: rupiah handed over.

    Raises:
        ShopError: as `pay` does.
    """
    return pay(till, basket, (Part(Tender.CASH, received),))


def pay(
    till: Till,
    basket: Basket,
    parts: Sequence[Part],
    leftover: Leftover | None = None,
    *,
    way: Tender = Tender.CASH,
    approval: Approval | None = None,
) -> Sale:
    """Sell the basket for any tenders: sale, lines, payments, movements, outbox, print jobs, audit and the emptied basket, in one
    transaction. Goods that come back in exchange for it are booked in the same one, and pay first.

    Args:
        basket: as the cashier saw it.
        parts: the tenders in the order they were entered; a QR by the uid of its request, titipan by its holder.
        leftover: what becomes of change that the drawer has no coins for.
        way: how the rest is given back when goods in exchange are worth more.
        approval: for Act.CREDIT_OVER.

    Raises:
        ShopError: EMPTY_BASKET, BASKET_CHANGED, NO_CASH_SESSION; what `tendering.settle` raises; CUSTOMER_NEEDED, CUSTOMER_NOT_FOUND;
            NEEDS_ROLE for credit over the limit; TITIPAN_TOO_LITTLE; QRIS_NOT_PAID when nobody stands for a QR's money; what
            `correction.refund` raises; DISK_FULL ...
    """
    read = till.store.read
    session, shop = read.session(), read.shop()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    if not basket.lines:
        raise ShopError(ErrorCode.EMPTY_BASKET)
    exchange = read.exchange(basket.uid)
    if exchange is not None:
        parts = _with_exchange(exchange, basket.total, parts)
    settled = settle(basket.total, parts, till.rules.rounding, leftover)
    owed = sum(payment.amount for payment in settled.payments if payment.tender is Tender.CREDIT)
    customer = _debtor(till, basket, owed, approval) if owed else None
    now = till.clock.now()
    with till.store.begin() as work:
        if not _same(work.open_basket(), basket):
            raise ShopError(ErrorCode.BASKET_CHANGED)
        if exchange is not None:
            _book_exchange(till, work, exchange, basket.total, way, session.uid, now)
        uid = till.ids.new()
        prefix, epoch, seq = work.next_receipt()
        sale = Sale(
            uid,
            receipt_number(prefix, epoch, seq, uid),
            session.uid,
            shop.cashier,
            now,
            sale_lines(basket, work.stock_values([line.product_uid for line in basket.lines])),
            _checked(work, settled.payments, basket.customer_uid or uid),
            basket.total + settled.rounding,
            settled.rounding,
            customer_uid=basket.customer_uid,
            customer_name=basket.customer_name,
        )
        record(till, work, sale, customer, shop=shop)
        for payment in sale.payments:
            if payment.tender is Tender.QRIS:
                work.use_qris(payment.reference, uid)
        work.drop_basket(basket)
        work.commit()
    return sale


def record(
    till: Till,
    work: UnitOfWork,
    sale: Sale,
    customer: Customer | None = None,
    details: dict[str, object] | None = None,
    shop: ShopIdentity | None = None,
) -> None:
    """A sale or a correction as a fact, with all that goes with it, within the caller's transaction.

    Args:
        customer: whose debt changes, where a payment is on credit.
        details: more for the audit entry; no personal data.
        shop: whose paper it is, where the caller knows.
    """
    work.add_sale(sale)
    kind, payload = till.wire.sale(sale)
    work.tell([NewOperation(sale.uid, kind, sale.at, payload)])
    if customer is not None:
        _book_credit(work, sale, customer)
    _queue_paper(till, work, sale, customer, shop or till.store.read.shop())
    text = json.dumps({"total": sale.total, **(details or {})})
    work.audit([AuditEntry(sale.at, sale.cashier, sale.kind.value, sale.uid, text)])


def _checked(work: UnitOfWork, payments: Sequence[Payment], holder: str) -> tuple[Payment, ...]:
    """The payments as they may be booked: titipan that is there, QRs whose money somebody stands for, no account number whole."""
    out = []
    for payment in payments:
        if payment.tender is Tender.TITIPAN:
            payment = replace(payment, reference=payment.reference or holder)
            held = work.titipan_held(payment.reference)
            if payment.amount > held:
                raise ShopError(ErrorCode.TITIPAN_TOO_LITTLE, there=held)
        elif payment.tender is Tender.QRIS:
            payment = replace(payment, state=work.take_qris(payment.reference, payment.amount))
        elif payment.tender is Tender.TRANSFER:
            payment = replace(payment, reference=mask_reference(payment.reference))
        out.append(payment)
    return tuple(out)


def _debtor(till: Till, basket: Basket, owed: Rupiah, approval: Approval | None) -> Customer:
    """Whose debt the sale becomes; over their limit only if somebody who may stands for it."""
    if not basket.customer_uid:
        raise ShopError(ErrorCode.CUSTOMER_NEEDED)
    customer = till.store.read.customer(basket.customer_uid)
    if customer is None:
        raise ShopError(ErrorCode.CUSTOMER_NOT_FOUND)
    if till.store.read.credit_balance(customer.uid) + owed > customer.limit:
        from pos.domain.people import Act
        from pos.services.permission import may

        may(till, Act.CREDIT_OVER, approval)
    return customer


def _book_credit(work: UnitOfWork, sale: Sale, customer: Customer) -> None:
    from pos.domain.credit import CreditEntry, CreditKind, due_at

    owed = sum(payment.amount for payment in sale.payments if payment.tender is Tender.CREDIT)
    if not owed:
        return
    sold = sale.kind is SaleKind.SALE
    work.add_credit(
        [
            CreditEntry(
                CreditKind.SALE if sold else CreditKind.CORRECTION,
                sale.at,
                sale.number,
                owed,
                due_at=due_at(customer, sale.at) if sold else 0,
                uid=sale.uid,
                customer_uid=customer.uid,
                sale_uid=sale.uid if sold else sale.corrects,
                session_uid=sale.session_uid,
                cashier=sale.cashier,
            )
        ]
    )


def _with_exchange(exchange: Exchange, total: Rupiah, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Goods that come back pay first; a cash part that is not needed any more goes."""
    pays = min(exchange.amount, total)
    first = (Part(Tender.EXCHANGE, pays, reference=exchange.sale_uid),) if pays else ()
    rest = tuple(part for part in parts if part.amount or pays < total)
    return (*first, *rest) or tuple(parts)


def _book_exchange(till: Till, work: UnitOfWork, exchange: Exchange, total: Rupiah, way: Tender, session_uid: str, now: int) -> None:
    from pos.services.correcting import take_back

    pays = min(exchange.amount, total)
    take_back(till, work, exchange.sale_uid, exchange.lines, session_uid, now, way=way, pays=pays, promised=exchange.amount)


def _queue_paper(till: Till, work: UnitOfWork, sale: Sale, customer: Customer | None, shop: ShopIdentity) -> None:
    printer = till.paper.printer
    if not printer:
        return
    jobs = []
    if till.rules.kick_drawer and any(part.tender is Tender.CASH for part in sale.payments) and (kick := till.paper.drawer_kick()):
        expires = sale.at + till.rules.drawer_kick_ms
        jobs.append(NewPrintJob(DocumentKind.DRAWER_KICK, sale.uid, 0, printer, kick, expires, 1))
    if till.rules.print_receipts:
        jobs.append(NewPrintJob(DocumentKind.RECEIPT, sale.uid, 0, printer, till.paper.receipt(sale, shop)))
    if customer is not None and sale.kind is SaleKind.SALE:
        jobs.append(_bon(till, work, sale, customer, shop))
    if jobs:
        work.queue_print(jobs)


def _bon(till: Till, work: UnitOfWork, sale: Sale, customer: Customer, shop: ShopIdentity) -> NewPrintJob:
    from pos.domain.credit import due_at

    data = till.paper.bon(sale, customer, work.credit_owed(customer.uid), shop, due_at(customer, sale.at))
    return NewPrintJob(DocumentKind.BON, sale.uid, 0, till.paper.printer_of(role_of(DocumentKind.BON)), data)


def _same(stored: Basket, seen: Basket) -> bool:
    """Whether the cashier saw what is stored: the same customer, and the same lines with the same quantities and prices."""
    return _seen(stored) == _seen(seen)


def _seen(basket: Basket) -> tuple[object, ...]:
    """What a cashier goes by."""
    return (basket.uid, basket.customer_uid, *((line.uid, line.quantity, line.amount) for line in basket.lines))
