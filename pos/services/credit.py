"""Debts (*kasbon*): paid back through the till, brought over from paper, written off; and what a customer's book says.

One verb a function, each one transaction. Goods on credit are sold by `checkout`.
"""

from __future__ import annotations

import json
from dataclasses import replace

from pos.domain.credit import CreditEntry, CreditKind, Statement, due_at, make_statement
from pos.domain.customer import Customer
from pos.domain.document import Document
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.people import Act, Approval
from pos.domain.printing import DocumentKind, NewPrintJob, role_of
from pos.domain.sale import Tender
from pos.domain.tendering import mask_reference
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

PAYS_BACK = (Tender.CASH, Tender.TRANSFER, Tender.QRIS)


def repay(
    till: Till,
    customer_uid: str,
    amount: Rupiah,
    tender: Tender = Tender.CASH,
    received: Rupiah | None = None,
    reference: str = "",
    approval: Approval | None = None,
) -> CreditEntry:
    """A customer pays (part of) a debt back (*nyicil*): entry (the drawer follows it), outbox, receipt and audit in one transaction.

    Args:
        amount: rupiah of the debt that are paid.
        received: rupiah handed over in cash, `amount` unless told; the rest is change.
        reference: what a transfer can be found by; masked before it is kept.
        approval: for Act.CONFIRM_QRIS: nobody tells the till that this QRIS money came.

    Returns:
        The entry, with what is owed after it.

    Raises:
        ShopError: CUSTOMER_NOT_FOUND, TENDER_EMPTY, REPAYMENT_TOO_MUCH with `owed`, TOO_LITTLE_MONEY, NO_CASH_SESSION, NEEDS_ROLE.
    """
    customer = _customer(till, customer_uid)
    received = amount if received is None or tender is not Tender.CASH else received
    _check_handed(amount, received, tender)
    if tender is Tender.QRIS:
        may(till, Act.CONFIRM_QRIS, approval)
    session = till.store.read.session()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    now, uid, cashier = till.clock.now(), till.ids.new(), till.store.read.shop().cashier
    with till.store.begin() as work:
        owed = work.credit_owed(customer_uid)
        if amount > owed:
            raise ShopError(ErrorCode.REPAYMENT_TOO_MUCH, owed=max(0, owed))
        entry = CreditEntry(
            CreditKind.REPAYMENT,
            now,
            f"B{uid[:6].upper()}",
            -amount,
            owed - amount,
            uid=uid,
            customer_uid=customer_uid,
            tender=tender.value,
            received=received,
            change=received - amount,
            session_uid=session.uid,
            cashier=cashier,
            reference=mask_reference(reference) if tender is Tender.TRANSFER else "",
        )
        _book(till, work, entry, "repayment")
        _queue(till, work, customer, entry)
        work.commit()
    return entry


def book_opening(till: Till, customer_uid: str, amount: Rupiah, approval: Approval | None = None) -> CreditEntry:
    """What a customer owed on paper before this till.

    Raises:
        ShopError: CUSTOMER_NOT_FOUND, AMOUNT_OUT_OF_RANGE, NEEDS_ROLE (CREDIT_OVER).
    """
    return _book_without_money(till, customer_uid, amount, CreditKind.OPENING, approval)


def write_off(till: Till, customer_uid: str, amount: Rupiah, approval: Approval | None = None) -> CreditEntry:
    """The shop asks for this part of a debt no more. Raises as `book_opening` does, and REPAYMENT_TOO_MUCH with `owed`."""
    return _book_without_money(till, customer_uid, -amount, CreditKind.WRITE_OFF, approval)


def statement(till: Till, customer_uid: str) -> Statement:
    """A customer's book as it is now. Raises ShopError CUSTOMER_NOT_FOUND."""
    read = till.store.read
    return make_statement(_customer(till, customer_uid), read.credit_entries(customer_uid), till.clock.now(), read.titipan_of(customer_uid))


def print_statement(till: Till, customer_uid: str) -> None:
    """Queue a customer's book for paper. Raises ShopError CUSTOMER_NOT_FOUND, PRINTER_NOT_SET."""
    printer = till.paper.printer_of(role_of(DocumentKind.STATEMENT))
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    now = till.clock.now()
    data = till.paper.statement(statement(till, customer_uid), till.store.read.shop(), now)
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(DocumentKind.STATEMENT, till.ids.new(), 0, printer, data)])
        work.commit()


def statement_page(till: Till, customer_uid: str) -> Document:
    """A customer's book for a page. Raises ShopError CUSTOMER_NOT_FOUND."""
    return till.paper.statement_document(statement(till, customer_uid), till.store.read.shop(), till.clock.now())


def print_repayment_again(till: Till, entry_uid: str) -> int:
    """Queue a SALINAN of a repayment's receipt. Returns its number. Raises ShopError SALE_NOT_FOUND, PRINTER_NOT_SET."""
    entry = till.store.read.credit_entry(entry_uid)
    printer = till.paper.printer_of(role_of(DocumentKind.REPAYMENT))
    if entry is None or entry.kind is not CreditKind.REPAYMENT:
        raise ShopError(ErrorCode.SALE_NOT_FOUND)
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    copy = 1 + max((job.copy for job in till.store.read.print_jobs_of(entry_uid) if job.kind is DocumentKind.REPAYMENT), default=0)
    shop = till.store.read.shop()
    data = till.paper.repayment(_customer(till, entry.customer_uid), entry, shop, copy)
    with till.store.begin() as work:
        work.queue_print([NewPrintJob(DocumentKind.REPAYMENT, entry_uid, copy, printer, data)])
        work.audit([AuditEntry(till.clock.now(), shop.cashier, "reprint", entry_uid, f'{{"copy": {copy}}}')])
        work.commit()
    return copy


def _book_without_money(till: Till, customer_uid: str, amount: Rupiah, kind: CreditKind, approval: Approval | None) -> CreditEntry:
    customer = _customer(till, customer_uid)
    if not 0 < abs(amount) <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(abs(amount)))
    actor = may(till, Act.CREDIT_OVER, approval)
    now, uid = till.clock.now(), till.ids.new()
    due = due_at(customer, now) if amount > 0 else 0
    with till.store.begin() as work:
        owed = work.credit_owed(customer_uid)
        if amount < 0 and -amount > owed:
            raise ShopError(ErrorCode.REPAYMENT_TOO_MUCH, owed=max(0, owed))
        entry = CreditEntry(kind, now, "", amount, owed + amount, due, uid=uid, customer_uid=customer_uid, cashier=actor)
        _book(till, work, entry, kind.value)
        work.commit()
    return entry


def _book(till: Till, work: UnitOfWork, entry: CreditEntry, action: str) -> None:
    work.add_credit([replace(entry, balance=0)])
    kind, payload = till.wire.credit(entry)
    work.tell([NewOperation(entry.uid, kind, entry.at, payload)])
    details = json.dumps({"amount": entry.amount, "tender": entry.tender, "entry": entry.uid})
    work.audit([AuditEntry(entry.at, entry.cashier, action, entry.customer_uid, details)])


def _queue(till: Till, work: UnitOfWork, customer: Customer, entry: CreditEntry) -> None:
    printer = till.paper.printer_of(role_of(DocumentKind.REPAYMENT))
    if not printer:
        return
    jobs = [NewPrintJob(DocumentKind.REPAYMENT, entry.uid, 0, printer, till.paper.repayment(customer, entry, till.store.read.shop()))]
    if entry.tender == Tender.CASH.value and till.rules.kick_drawer and (kick := till.paper.drawer_kick()):
        expires = entry.at + till.rules.drawer_kick_ms
        jobs.insert(0, NewPrintJob(DocumentKind.DRAWER_KICK, entry.uid, 0, till.paper.printer, kick, expires, 1))
    work.queue_print(jobs)


def _customer(till: Till, customer_uid: str) -> Customer:
    customer = till.store.read.customer(customer_uid)
    if customer is None:
        raise ShopError(ErrorCode.CUSTOMER_NOT_FOUND)
    return customer


def _check_handed(amount: Rupiah, received: Rupiah, tender: Tender) -> None:
    if tender not in PAYS_BACK or amount <= 0:
        raise ShopError(ErrorCode.TENDER_EMPTY)
    if max(amount, received) > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(max(amount, received)))
    if received < amount:
        raise ShopError(ErrorCode.TOO_LITTLE_MONEY, due=amount, missing=amount - received)
