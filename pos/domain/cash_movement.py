"""Cash that comes into the drawer or leaves it without a sale, and why. A fact; it is never changed, only answered by another. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.money import Rupiah

LONGEST_NOTE: Final = 60


class CashReason(StrEnum):
    """Why. The values are those of the wire (`cash_movement@1`)."""

    SHOPPING = "shopping"
    """*Belanja toko*: goods bought out of the drawer."""
    OWNER = "owner"
    """*Diambil pemilik*."""
    SUPPLIER = "supplier"
    """A supplier is paid out of the drawer (`services.suppliers.pay`)."""
    BANKED = "banked"
    """To an account outside the drawer, or from it (`services.cash_book.bring_over`)."""
    EXPENSE = "expense"
    """Electricity, parking, ice: what the shop spends."""
    OUT = "out"
    """Other cash out."""
    CHANGE = "change"
    """Small money brought for change."""
    OWNER_IN = "owner_in"
    """The owner puts money in."""
    IN = "in"
    """Other cash in."""
    TITIPAN = "titipan"
    """Money that somebody leaves here, or takes back."""
    DEPOSIT = "deposit"
    """For galon and tabung; told to the central by the deposit's own operation."""

    @classmethod
    def read(cls, value: str, amount: Rupiah) -> CashReason:
        """A kept reason; one that this program does not know is IN or OUT."""
        known = {reason.value: reason for reason in cls}
        return known.get(value, cls.IN if amount > 0 else cls.OUT)


OUT_REASONS: Final = (CashReason.SHOPPING, CashReason.OWNER, CashReason.EXPENSE, CashReason.TITIPAN, CashReason.OUT)
IN_REASONS: Final = (CashReason.CHANGE, CashReason.OWNER_IN, CashReason.TITIPAN, CashReason.IN)
"""What a person chooses from. Deposits and suppliers have verbs of their own; a debt paid back in cash is itself a fact that the
drawer counts."""


@dataclass(frozen=True, slots=True)
class CashMovement:
    """One movement. `amount`: rupiah, positive into the drawer; `cashier`: who did it; `note`: a few words, no personal data; `category`:
    a `cash_book.ExpenseCategory` value with EXPENSE, may be empty."""

    uid: str
    session_uid: str
    at: int
    amount: Rupiah
    reason: CashReason
    cashier: str = ""
    note: str = ""
    category: str = ""
