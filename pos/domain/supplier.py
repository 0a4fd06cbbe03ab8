"""Suppliers (*pemasok*, *agen*, *sales*): whom the shop buys from, what it owes them, and goods of theirs that it sells. Pure.

A balance is a sum of entries, never a figure of its own. Positive is what the shop owes. Of a person no more is kept than of a customer
(`customer.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pos.domain.credit import DAY_MS, CreditEntry, CreditKind, OpenDebt, ageing, open_debts
from pos.domain.customer import LONGEST_NAME, LONGEST_NOTE, one_line, phone_end
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.privacy import without_numbers

MOST_TERMS_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier as the shop keeps them.

    Attributes:
        uid: 32 hex digits, random.
        phone4: the last four digits of a phone; may be empty.
        terms_days: days until what is bought on account is due (*tempo*); 0 = no date.
        consignment: leaves goods here that are paid when they have sold (*titip jual*).
        active: False when the shop does not show them any more; what is owed stays.
    """

    uid: str
    name: str
    phone4: str = ""
    note: str = ""
    terms_days: int = 0
    consignment: bool = False
    active: bool = True
    created_at: int = 0


class SupplierKind(StrEnum):
    """Why what is owed changed."""

    RECEIPT = "receipt"
    """Goods came in on account, or were paid on the spot (then with a payment beside it)."""
    CORRECTION = "correction"
    """A receipt was booked anew, goods went back, or the supplier let something off."""
    OPENING = "opening"
    """What was owed on paper before this till."""
    SOLD = "sold"
    """Goods of theirs were sold; negative when they came back. Written by the store with the sale itself."""
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class SupplierEntry:
    """One change of what a supplier is owed. A fact.

    Attributes:
        uid: 32 hex digits; of SOLD the sale's with the line's position behind it; of a payment from the drawer that of its cash movement.
        amount: rupiah owed more (positive) or less (negative).
        number: the supplier's invoice number, or the nota's, as people read it.
        due_at: UTC ms, 0 = no date.
        source: uid of the receipt or the sale that it is of; empty for the other kinds.
        position: of the sale's line, with SOLD.
        product_uid, quantity: what was sold of theirs, in base units, with SOLD; negative came back.
        account_uid: what a payment came out of; empty for the drawer and for money that no book of the shop has.
        session_uid: of the drawer that a payment came out of; empty for any other.
        cashier: who booked it.
        balance: rupiah owed after it; filled in when entries are read in order.
    """

    uid: str
    supplier_uid: str
    kind: SupplierKind
    at: int
    amount: Rupiah
    number: str = ""
    due_at: int = 0
    source: str = ""
    position: int = 0
    product_uid: str = ""
    quantity: int = 0
    account_uid: str = ""
    session_uid: str = ""
    cashier: str = ""
    note: str = ""
    balance: Rupiah = 0


@dataclass(frozen=True, slots=True)
class SupplierBook:
    """What a supplier is owed: entries in the order they happened.

    Attributes:
        balance: rupiah owed now; negative when the supplier owes.
        overdue: rupiah of it whose date has passed.
        ageing: rupiah not due yet, then overdue since up to 30, 60, 90 days and longer (`credit.AGES`).
        debts: what is open, oldest first.
    """

    supplier: Supplier
    entries: tuple[SupplierEntry, ...]
    balance: Rupiah
    overdue: Rupiah
    ageing: tuple[Rupiah, ...]
    debts: tuple[OpenDebt, ...]


def clean_supplier(supplier: Supplier) -> Supplier:
    """The supplier as it may be kept: one line, no numbers of a person, lengths cut.

    Raises:
        ShopError: SUPPLIER_NAME_EMPTY; QUANTITY_OUT_OF_RANGE for days that are none.
    """
    name = one_line(without_numbers(supplier.name))[:LONGEST_NAME].strip()
    if not any(sign.isalnum() for sign in name):
        raise ShopError(ErrorCode.SUPPLIER_NAME_EMPTY)
    if not 0 <= supplier.terms_days <= MOST_TERMS_DAYS:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(supplier.terms_days))
    return replace(supplier, name=name, phone4=phone_end(supplier.phone4), note=clean_note(supplier.note))


def clean_note(typed: str) -> str:
    """A few words on one line, without numbers of a person."""
    return one_line(without_numbers(typed))[:LONGEST_NOTE].strip()


def due_at(supplier: Supplier, at: int) -> int:
    """When goods that came in at UTC ms `at` are to be paid; 0 where no days were agreed."""
    return at + supplier.terms_days * DAY_MS if supplier.terms_days else 0


def running(entries: Iterable[SupplierEntry]) -> tuple[SupplierEntry, ...]:
    """Entries in the order they happened, each with the balance after it."""
    balance, out = 0, []
    for entry in entries:
        balance += entry.amount
        out.append(replace(entry, balance=balance))
    return tuple(out)


def open_payables(entries: Sequence[SupplierEntry]) -> tuple[OpenDebt, ...]:
    """What is still to be paid of each: a correction goes off its own receipt (and a return off its own sale), all else off the oldest."""
    return open_debts([_as_debt(entry) for entry in entries])


def _as_debt(entry: SupplierEntry) -> CreditEntry:
    """A supplier's book is a customer's with the sides changed: the same rule says what is open."""
    taken_back = CreditKind.CORRECTION if entry.source else CreditKind.REPAYMENT
    kind = CreditKind.SALE if entry.amount > 0 else taken_back
    key = f"{entry.source} {entry.position}" if entry.source else ""
    return CreditEntry(kind, entry.at, entry.number, entry.amount, due_at=entry.due_at, sale_uid=key)


def make_book(supplier: Supplier, entries: Iterable[SupplierEntry], now: int) -> SupplierBook:
    """What a supplier is owed at UTC ms `now`."""
    booked = running(entries)
    debts = open_payables(booked)
    ages = ageing(debts, now)
    return SupplierBook(supplier, booked, booked[-1].balance if booked else 0, sum(ages[1:]), ages, debts)
