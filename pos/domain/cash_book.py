"""*Buku kas*: cash across drawers day by day, money outside the drawer (a box at home, a bank account), expenses by category. Pure.

A balance is the sum of entries, never a figure of its own. Between two drawers the cash that was counted lies there, until the next one is
opened with its float.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pos.domain.money import Rupiah


class AccountKind(StrEnum):
    CASH = "cash"
    BANK = "bank"


class AccountReason(StrEnum):
    """Why an account changed."""

    OPENING = "opening"
    """What was in it when the book was begun."""
    FROM_DRAWER = "from_drawer"
    """Brought over from the drawer; negative: brought into it."""
    SUPPLIER = "supplier"
    EXPENSE = "expense"
    OWNER = "owner"
    """The owner takes out, or puts in."""
    OTHER = "other"
    MOVED = "moved"
    """From one account to another: an entry in each."""


class ExpenseCategory(StrEnum):
    """What money was spent for that buys no goods. The order in which they are told."""

    ELECTRICITY = "electricity"
    WATER = "water"
    RENT = "rent"
    WAGES = "wages"
    TRANSPORT = "transport"
    PACKING = "packing"
    """Plastic bags, paper."""
    DUES = "dues"
    """*Retribusi*, parking, security, *iuran RT*."""
    REPAIR = "repair"
    LINE = "line"
    """Phone credit and internet."""
    OTHER = "other"

    @classmethod
    def read(cls, value: str) -> ExpenseCategory:
        """A kept category; one that this program does not know, or none, is OTHER."""
        return next((category for category in cls if category.value == value), cls.OTHER)


@dataclass(frozen=True, slots=True)
class Account:
    """Where money lies beside the drawer."""

    uid: str
    name: str
    kind: AccountKind
    active: bool = True
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One change of an account. A fact.

    Attributes:
        amount: rupiah in (positive) or out.
        category: with EXPENSE.
        source: uid of the cash movement, the supplier's entry or the other account's entry that it belongs to; may be empty.
    """

    uid: str
    account_uid: str
    at: int
    amount: Rupiah
    reason: AccountReason
    category: str = ""
    note: str = ""
    cashier: str = ""
    source: str = ""


class CashKind(StrEnum):
    """What a row of the cash book tells, in the order in which rows of one moment are told."""

    FLOAT = "float"
    """The drawer was opened with more or less than lay there when it was closed: what was put in or taken between."""
    SALES = "sales"
    """Cash for sales, change and corrections taken off, of one drawer on one day."""
    REPAYMENTS = "repayments"
    MOVED = "moved"
    """Cash in or out without a sale; `label` says why."""
    COUNTED = "counted"
    """More or less was counted than should have been there."""


@dataclass(frozen=True, slots=True)
class CashRow:
    """One row of a book of money.

    Attributes:
        at: UTC ms.
        label: with MOVED the value of a `cash_movement.CashReason` (of an account: an `AccountReason`); empty for the other kinds.
        amount: rupiah in (positive) or out.
        count: of how many sales or payments it is the sum.
        name: whom it went to: a supplier; may be empty.
        balance: rupiah that are there after it; filled in by `make_days`.
    """

    day: date
    at: int
    kind: CashKind
    amount: Rupiah
    label: str = ""
    category: str = ""
    note: str = ""
    name: str = ""
    count: int = 1
    balance: Rupiah = 0


@dataclass(frozen=True, slots=True)
class DrawerSpan:
    """A drawer from its opening to its closing: `closed_at` and `counted` are None while it is open. `expected`: what should be in it."""

    uid: str
    opened_day: date
    opened_at: int
    float_amount: Rupiah
    expected: Rupiah
    closed_day: date | None = None
    closed_at: int | None = None
    counted: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class CashDay:
    """One day of a book: what was there in the morning, what came and went, what is there in the evening. Invariant: opening + sum of
    amounts == closing."""

    day: date
    opening: Rupiah
    rows: tuple[CashRow, ...]
    closing: Rupiah


@dataclass(frozen=True, slots=True)
class CashBook:
    """The days of one book, of the drawers together or of one account.

    Attributes:
        name: of the account; empty for the drawers.
        days: every day of the span, also those on which nothing happened.
        expenses: category -> rupiah spent, over all books, the highest first.
    """

    name: str
    days: tuple[CashDay, ...]
    expenses: tuple[tuple[ExpenseCategory, Rupiah], ...] = ()

    @property
    def opening(self) -> Rupiah:
        return self.days[0].opening

    @property
    def closing(self) -> Rupiah:
        return self.days[-1].closing

    @property
    def came(self) -> Rupiah:
        return sum(row.amount for day in self.days for row in day.rows if row.amount > 0)

    @property
    def went(self) -> Rupiah:
        """Negative."""
        return sum(row.amount for day in self.days for row in day.rows if row.amount < 0)


def drawer_rows(spans: Sequence[DrawerSpan], before: Rupiah) -> list[CashRow]:
    """What opening and closing do to the cash: the drawers in the order they were opened, `before` rupiah lay there before the first."""
    rows, there = [], before
    for span in spans:
        if span.float_amount != there:
            rows.append(CashRow(span.opened_day, span.opened_at, CashKind.FLOAT, span.float_amount - there))
        there = span.expected
        if span.closed_day is not None and span.counted is not None and span.closed_at is not None:
            if span.counted != there:
                rows.append(CashRow(span.closed_day, span.closed_at, CashKind.COUNTED, span.counted - there))
            there = span.counted
    return rows


def make_days(rows: Iterable[CashRow], opening: Rupiah, first: date, last: date) -> tuple[CashDay, ...]:
    """Rows of `first` to `last` as days, each beginning with what the one before ended with."""
    order = list(CashKind)
    by_day: dict[date, list[CashRow]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    days = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day, there, booked = date.fromordinal(number), opening, []
        for row in sorted(by_day.get(day, ()), key=lambda row: (row.at, order.index(row.kind))):
            there += row.amount
            booked.append(replace(row, balance=there))
        days.append(CashDay(day, opening, tuple(booked), there))
        opening = there
    return tuple(days)
