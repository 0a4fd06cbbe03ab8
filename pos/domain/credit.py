"""Debts (*kasbon*, *bon*) and money that the shop holds for somebody (*titipan*): entries, balances, what is overdue. Pure.

A balance is a sum of entries, never a figure of its own. Positive is what the customer owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pos.domain.customer import Customer
from pos.domain.money import Rupiah

DAY_MS: Final = 86_400_000
AGES: Final = (0, 30, 60, 90)
"""Days overdue at which a debt comes into the next column of the ageing."""


class CreditKind(StrEnum):
    """Why a balance changed."""

    SALE = "sale"
    """Goods taken on credit."""
    CORRECTION = "correction"
    """A void or a refund of such a sale."""
    REPAYMENT = "repayment"
    OPENING = "opening"
    """What was owed on paper before this till."""
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class CreditEntry:
    """One change of what a customer owes. A fact.

    Attributes:
        at: UTC ms.
        number: the nota's or the repayment receipt's number, as people read it.
        amount: rupiah owed more (positive) or less (negative).
        balance: rupiah owed after it; filled in when entries are read in order.
        due_at: UTC ms, 0 = no date.
        sale_uid: the sale that it is of, also in a correction of that sale; empty for the other kinds.
        tender, received, change: how a repayment was handed over (`sale.Tender` value).
    """

    kind: CreditKind
    at: int
    number: str
    amount: Rupiah
    balance: Rupiah = 0
    due_at: int = 0
    uid: str = ""
    customer_uid: str = ""
    sale_uid: str = ""
    tender: str = ""
    received: Rupiah = 0
    change: Rupiah = 0
    session_uid: str = ""
    cashier: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """What is still owed of one entry, after everything paid since went to the oldest debt first."""

    number: str
    at: int
    due_at: int
    amount: Rupiah
    left: Rupiah


@dataclass(frozen=True, slots=True)
class Statement:
    """A customer's book: entries in the order they happened.

    Attributes:
        balance: rupiah owed now; negative when the shop owes.
        overdue: rupiah of it whose date has passed.
        ageing: rupiah not due yet, then overdue since up to 30, 60, 90 days and longer (`AGES`).
        titipan: rupiah that the shop holds for the customer.
        debts: what is open, oldest first.
    """

    customer: Customer
    entries: tuple[CreditEntry, ...]
    balance: Rupiah
    overdue: Rupiah = 0
    ageing: tuple[Rupiah, ...] = ()
    titipan: Rupiah = 0
    debts: tuple[OpenDebt, ...] = ()


def running(entries: Iterable[CreditEntry]) -> tuple[CreditEntry, ...]:
    """Entries in the order they happened, each with the balance after it."""
    balance, out = 0, []
    for entry in entries:
        balance += entry.amount
        out.append(replace(entry, balance=balance))
    return tuple(out)


def open_debts(entries: Sequence[CreditEntry]) -> tuple[OpenDebt, ...]:
    """What is still owed of each debt: what a correction takes back goes off its own sale first, all else off the oldest debt."""
    own = _taken_back(entries)
    paid = -sum(entry.amount for entry in entries if entry.amount < 0) - sum(own.values())
    debts = []
    for entry in entries:
        if entry.amount <= 0:
            continue
        back = min(entry.amount, own.pop(entry.sale_uid, 0)) if entry.sale_uid else 0
        used = min(paid, entry.amount - back)
        paid -= used
        debts.append(OpenDebt(entry.number, entry.at, entry.due_at, entry.amount, entry.amount - back - used))
    return tuple(debt for debt in debts if debt.left > 0)


def _taken_back(entries: Sequence[CreditEntry]) -> dict[str, Rupiah]:
    """Sale uid -> rupiah of its debt that corrections took back."""
    found: dict[str, Rupiah] = {}
    for entry in entries:
        if entry.kind is CreditKind.CORRECTION:
            found[entry.sale_uid] = found.get(entry.sale_uid, 0) - entry.amount
    return found


def ageing(debts: Iterable[OpenDebt], now: int) -> tuple[Rupiah, ...]:
    """Rupiah by how long they are overdue: not yet, then by the steps of `AGES`."""
    columns = [0] * (len(AGES) + 1)
    for debt in debts:
        days = (now - debt.due_at) / DAY_MS if debt.due_at else -1.0
        columns[sum(days > age for age in AGES)] += debt.left
    return tuple(columns)


def make_statement(customer: Customer, entries: Iterable[CreditEntry], now: int, titipan: Rupiah = 0) -> Statement:
    """A customer's book at UTC ms `now`."""
    booked = running(entries)
    debts = open_debts(booked)
    ages = ageing(debts, now)
    return Statement(customer, booked, booked[-1].balance if booked else 0, sum(ages[1:]), ages, titipan, debts)


def due_at(customer: Customer, at: int) -> int:
    """When a debt made at UTC ms `at` is due; 0 where the shop set no days."""
    return at + customer.due_days * DAY_MS if customer.due_days else 0
