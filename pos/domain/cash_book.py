"""Money outside the drawer (a box at home, a bank account), and what the shop spends by category. Pure.

An account's balance is the sum of its entries. The drawer is none of these: what is in it is a sum of its own facts (`drawer_report.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
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
