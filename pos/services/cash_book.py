"""The cash book (*buku kas*): cash across drawers day by day, and accounts beside them. Reads, and one verb a function.

A day of it says what was there in the morning and in the evening; each row is a fact, or the sum of a drawer's sales on that day.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.domain.business_day import business_day, starts_at
from pos.domain.cash_book import (
    Account,
    AccountEntry,
    AccountKind,
    AccountReason,
    CashBook,
    CashKind,
    CashRow,
    DrawerSpan,
    ExpenseCategory,
    drawer_rows,
    make_days,
)
from pos.domain.cash_movement import CashReason
from pos.domain.customer import LONGEST_NAME, one_line
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.people import Act, Approval
from pos.domain.privacy import without_numbers
from pos.domain.supplier import clean_note
from pos.services.drawer import move_within
from pos.services.permission import may
from pos.services.ports import AuditEntry, Till, UnitOfWork
from pos.services.ports.queries import Queries
from pos.services.supplier_views import CashFact

BY_HAND = (AccountReason.EXPENSE, AccountReason.OWNER, AccountReason.OTHER)
"""What a person chooses from; suppliers, and what comes from the drawer, have verbs of their own."""


def read_book(till: Till, first: date, last: date, account_uid: str = "") -> CashBook:
    """The cash book of business days `first` to `last`, both counted: of the drawers together, or of one account.

    Raises:
        ShopError: ACCOUNT_NOT_FOUND; STORE_BUSY, STORE_DAMAGED.
    """
    read, cutoff = till.store.read, till.rules.day_cutoff
    since, until = starts_at(first, cutoff), starts_at(last + timedelta(days=1), cutoff)
    spent: dict[ExpenseCategory, Rupiah] = {}
    for category, amount in read.expenses(since, until):
        kind = ExpenseCategory.read(category)
        spent[kind] = spent.get(kind, 0) + amount
    expenses = tuple(sorted(spent.items(), key=lambda pair: (-pair[1], pair[0])))
    if account_uid:
        account = _account(till, account_uid)
        rows = [
            CashRow(business_day(e.at, cutoff), e.at, CashKind.MOVED, e.amount, e.reason.value, e.category, e.note)
            for e in read.account_entries(account_uid, since, until)
        ]
        return CashBook(account.name, make_days(rows, read.account_balance(account_uid, since), first, last), expenses)
    return CashBook("", make_days(*_drawers(read, first, last, until, cutoff), first, last), expenses)


def _drawers(read: Queries, first: date, last: date, until: int, cutoff: int) -> tuple[list[CashRow], Rupiah]:
    """Rows of the span, and what was there before it."""
    spans = [_span(row, cutoff) for row in read.cash_drawers(until)]
    fixed = drawer_rows(spans, 0)
    # what went through drawers that were closed before the span is in what was counted: only those that reach into it are read
    reaching = [span for span in spans if span.closed_day is None or span.closed_day >= first]
    earlier = [span for span in spans if span.closed_day is not None and span.closed_day < first]
    facts = _fact_rows(read, read.cash_facts([span.uid for span in reaching], cutoff), cutoff)
    opened_in = {span.opened_at for span in reaching}
    opening = earlier[-1].counted or 0 if earlier else 0
    late = [row for row in fixed if row.day >= first or row.at in opened_in] + facts
    opening += sum(row.amount for row in late if row.day < first)
    return [row for row in late if first <= row.day <= last], opening


def _span(row: tuple[str, int, Rupiah, Rupiah, int | None, Rupiah | None], cutoff: int) -> DrawerSpan:
    uid, opened_at, float_amount, expected, closed_at, counted = row
    closed_day = None if closed_at is None else business_day(max(opened_at, closed_at), cutoff)
    return DrawerSpan(uid, business_day(opened_at, cutoff), opened_at, float_amount, expected, closed_day, closed_at, counted)


def _fact_rows(read: Queries, facts: Sequence[CashFact], cutoff: int) -> list[CashRow]:
    names = read.supplier_names([fact.key for fact in facts if fact.label == CashReason.SUPPLIER.value])
    return [
        CashRow(
            business_day(fact.at, cutoff),
            fact.at,
            CashKind(fact.kind),
            fact.amount,
            fact.label,
            fact.category,
            fact.note,
            names.get(fact.key, ""),
            fact.count,
        )
        for fact in facts
    ]


def add_account(till: Till, name: str, kind: AccountKind, opening: Rupiah = 0, approval: Approval | None = None) -> Account:
    """A place where money lies beside the drawer, with what is in it now.

    Raises:
        ShopError: ACCOUNT_NAME_EMPTY, AMOUNT_OUT_OF_RANGE, NEEDS_ROLE (SETTINGS).
    """
    # an account's number is nobody's business here
    kept = one_line(without_numbers(name))[:LONGEST_NAME].strip()
    if not any(sign.isalpha() for sign in kept):
        raise ShopError(ErrorCode.ACCOUNT_NAME_EMPTY)
    if not 0 <= opening <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(opening))
    actor, now = may(till, Act.SETTINGS, approval), till.clock.now()
    account = Account(till.ids.new(), kept, kind, True, now)
    with till.store.begin() as work:
        work.put_account(account)
        work.audit([AuditEntry(now, actor, "account_added", account.uid)])
        if opening:
            _book(till, work, AccountEntry(till.ids.new(), account.uid, now, opening, AccountReason.OPENING), actor)
        work.commit()
    return account


def book_entry(
    till: Till,
    account_uid: str,
    amount: Rupiah,
    reason: AccountReason,
    note: str = "",
    category: ExpenseCategory | None = None,
    approval: Approval | None = None,
) -> AccountEntry:
    """Money into an account (positive) or out of it, typed from a bank's statement or a purse.

    Raises:
        ShopError: ACCOUNT_NOT_FOUND, AMOUNT_OUT_OF_RANGE, NEEDS_ROLE (CASH_OUT).
    """
    account = _account(till, account_uid)
    _check_amount(amount)
    actor, now = may(till, Act.CASH_OUT, approval), till.clock.now()
    spent = category.value if category is not None and reason is AccountReason.EXPENSE else ""
    entry = AccountEntry(till.ids.new(), account.uid, now, amount, reason, spent, clean_note(note))
    with till.store.begin() as work:
        booked = _book(till, work, entry, actor)
        work.commit()
    return booked


def bring_over(till: Till, account_uid: str, amount: Rupiah, note: str = "", approval: Approval | None = None) -> AccountEntry:
    """Cash of the open drawer is brought to an account (positive), or from it into the drawer: both books in one transaction.

    Raises:
        ShopError: ACCOUNT_NOT_FOUND, AMOUNT_OUT_OF_RANGE, NEEDS_ROLE (CASH_OUT), NO_CASH_SESSION, CASH_SHORT.
    """
    account = _account(till, account_uid)
    _check_amount(amount)
    actor, kept = may(till, Act.CASH_OUT, approval), clean_note(note)
    with till.store.begin() as work:
        moved = move_within(till, work, -amount, CashReason.BANKED, kept, actor)
        entry = AccountEntry(till.ids.new(), account.uid, moved.at, amount, AccountReason.FROM_DRAWER, note=kept, source=moved.uid)
        booked = _book(till, work, entry, actor)
        work.commit()
    return booked


def _book(till: Till, work: UnitOfWork, entry: AccountEntry, actor: str) -> AccountEntry:
    booked = replace(entry, cashier=till.store.read.shop().cashier)
    work.add_account_entries([booked])
    details = json.dumps({"amount": entry.amount, "reason": entry.reason.value})
    work.audit([AuditEntry(entry.at, actor, "account_entry", entry.account_uid, details)])
    return booked


def _account(till: Till, account_uid: str) -> Account:
    found = next((row.account for row in till.store.read.accounts(gone=True) if row.account.uid == account_uid), None)
    if found is None:
        raise ShopError(ErrorCode.ACCOUNT_NOT_FOUND)
    return found


def _check_amount(amount: Rupiah) -> None:
    if not 0 < abs(amount) <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(amount))
