"""What a drawer's session comes to: the X report while it is open, the Z report once it is closed. Frozen values, sums of facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import Rupiah


class DrawerLineKind(StrEnum):
    """Where cash in the drawer came from, or went. In the order in which it is told."""

    FLOAT = "float"
    """*Modal awal*."""
    SALES = "sales"
    """Cash for sales, change given back taken off."""
    VOIDS = "voids"
    REFUNDS = "refunds"
    REPAYMENTS = "repayments"
    """Debts paid back in cash."""
    DEPOSITS = "deposits"
    """For galon and tabung, taken and given back."""
    TITIPAN = "titipan"
    """Change that a customer leaves here, and spends later."""
    CASH_IN = "cash_in"
    """Put in without a sale; `label` says why."""
    CASH_OUT = "cash_out"
    """Taken out without a sale; `label` says why."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often, and how many rupiah."""

    count: int = 0
    amount: Rupiah = 0


@dataclass(frozen=True, slots=True)
class DrawerLine:
    """One line of what should be in the drawer.

    Attributes:
        label: value of a `cash_movement.CashReason` for CASH_IN and CASH_OUT; empty for the other kinds, which say all.
        amount: rupiah; negative is what left the drawer.
    """

    kind: DrawerLineKind
    label: str
    count: int
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """What came in by one way to pay (`sale.Tender` value), corrections taken off. `amount` rupiah."""

    tender: str
    count: int
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class DrawerReport:
    """X or Z. Invariants: sum(line.amount) == expected; sum(tender.amount) == turnover; of a Z, sum(note * count) == counted if counted so.

    Attributes:
        number: of the Z report, from 1 without a gap; None on an X.
        cashiers: names of those who opened the drawer or sold, in the order they came.
        opened_at, at, closed_at: UTC ms; `at` is when the report was made, `closed_at` None on an X.
        lines: what should be in the drawer, line by line.
        expected: rupiah that should be in it. counted: rupiah that were in it, None on an X.
        notes: (denomination in rupiah, how many) of the count, the largest first; empty when only a total was said.
        sales: sales made. turnover: their total, corrections taken off.
        discounts, rounding: rupiah that lines were reduced by; rupiah of *Pembulatan* (negative when rounded down).
        by_hand: QRIS and transfers that a person confirmed.
        titipan: rupiah of change that customers left here, less what they spent.
        closed_by: name of who counted and closed; empty on an X.
        day: business day that the session was opened on (`2026-11-25`).
    """

    number: int | None
    session_uid: str
    cashiers: tuple[str, ...]
    opened_at: int
    at: int
    closed_at: int | None
    float_amount: Rupiah
    lines: tuple[DrawerLine, ...]
    expected: Rupiah
    counted: Rupiah | None = None
    notes: tuple[tuple[Rupiah, int], ...] = ()
    tenders: tuple[TenderTotal, ...] = ()
    sales: int = 0
    turnover: Rupiah = 0
    discounts: Rupiah = 0
    rounding: Rupiah = 0
    voids: Tally = Tally()
    refunds: Tally = Tally()
    by_hand: Tally = Tally()
    titipan: Rupiah = 0
    day: str = ""
    closed_by: str = ""

    @property
    def difference(self) -> Rupiah | None:
        """Counted minus expected: negative is *Kurang*, positive is *Lebih*."""
        return None if self.counted is None else self.counted - self.expected


def sum_lines(lines: Iterable[DrawerLine]) -> Rupiah:
    """Rupiah that should be in the drawer."""
    return sum(line.amount for line in lines)
