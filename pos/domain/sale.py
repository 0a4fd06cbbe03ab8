"""A sale: what was sold, for how much, and how it was paid. A fact; it is never changed, only answered by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.basket import Basket
from pos.domain.costing import NOTHING, StockValue, go_out
from pos.domain.money import RoundingDirection, Rupiah, round_cash


class SaleKind(StrEnum):
    """A void and a refund are sales of their own with negative quantities, linked to what they correct."""

    SALE = "sale"
    VOID = "void"
    REFUND = "refund"


class Tender(StrEnum):
    """A way to pay."""

    CASH = "cash"
    QRIS = "qris"
    TRANSFER = "transfer"
    CREDIT = "credit"
    TITIPAN = "titipan"
    """Money that the shop held for somebody is spent; negative: change that is kept for later (shop.md, Money)."""
    EXCHANGE = "exchange"
    """Goods that came back pay for others in the same moment (*tukar barang*)."""


class TenderState(StrEnum):
    """How sure the money is."""

    PAID = "paid"
    WAITING = "waiting"
    CONFIRMED_BY_HAND = "confirmed_by_hand"
    EXPIRED = "expired"
    PAID_LATE = "paid_late"


@dataclass(frozen=True, slots=True)
class Payment:
    """One tender of a sale.

    Attributes:
        amount: rupiah of the total that it pays (after change).
        received: rupiah handed over.
        change: rupiah given back; only cash gives change.
        reference: what it can be found again by: uid of the QR, end of the transfer's reference, uid of whose *titipan* it is.
        notes: notes and coins that came into the drawer (positive) or left it (negative): (value, count); empty where nobody counted.
    """

    tender: Tender
    amount: Rupiah
    received: Rupiah
    change: Rupiah = 0
    state: TenderState = TenderState.PAID
    reference: str = ""
    notes: tuple[tuple[Rupiah, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A basket line as sold; in a correction negative in quantity, amount, discount and cost.

    Attributes:
        cost: rupiah of cost for the whole line, `None` when it is not known.
        corrects_line: position of the line it takes back, in the sale that is corrected; `None` in a sale.
        damaged: the goods came back and cannot be sold again.
    """

    product_uid: str
    unit_uid: str
    name: str
    unit_name: str
    factor: int
    quantity: int
    unit_price: Rupiah
    discount: Rupiah
    amount: Rupiah
    cost: Rupiah | None = None
    corrects_line: int | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Sale:
    """The whole sale. Invariant: sum(line.amount) + rounding == total == sum(payment.amount).

    Attributes:
        number: receipt number, unique in the shop (`A1-1042-7K2F`).
        at: UTC milliseconds.
        rounding: rupiah of *Pembulatan*; negative when rounded down.
        corrects: uid of the sale that a void or refund answers.
        customer_uid: who bought, when that is known; empty else. `customer_name` is how the shop calls them now.
    """

    uid: str
    number: str
    session_uid: str
    cashier: str
    at: int
    lines: tuple[SaleLine, ...]
    payments: tuple[Payment, ...]
    total: Rupiah
    rounding: Rupiah = 0
    kind: SaleKind = SaleKind.SALE
    corrects: str = ""
    customer_uid: str = ""
    customer_name: str = ""

    @property
    def received(self) -> Rupiah:
        return sum(p.received for p in self.payments)

    @property
    def change(self) -> Rupiah:
        """Rupiah to give back (KEMBALI)."""
        return sum(p.change for p in self.payments)

    @property
    def discount(self) -> Rupiah:
        return sum(line.discount for line in self.lines)


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The shop's rule for the cash part. Step 0 = no rounding."""

    step: Rupiah = 0
    direction: RoundingDirection = RoundingDirection.DOWN


def cash_due(total: Rupiah, rule: CashRounding) -> Rupiah:
    """What the customer pays in cash for `total`; told before payment. A total below the step is not rounded to nothing."""
    due = round_cash(total, rule.step, rule.direction)
    return due if due > 0 or total <= 0 else total


def receipt_number(prefix: str, epoch: int, seq: int, uid: str) -> str:
    """Till prefix, epoch, seq and 4 characters of the id: unique in the shop without asking anyone (sync.md)."""
    return f"{prefix}{epoch}-{seq}-{uid[:4].upper()}"


def short_number(number: str) -> str:
    """The part of a receipt number that people say: `A1-1042-7K2F` -> `1042`."""
    return number.split("-")[1] if number.count("-") == 2 else number


def sale_lines(basket: Basket, values: Mapping[str, StockValue]) -> tuple[SaleLine, ...]:
    """Basket lines as sale lines, each with the cost that it takes off the shelf, one after the other.

    Args:
        values: product uid -> what is there and what it cost; absent means that nothing is known.
    """
    left = dict(values)
    out = []
    for line in basket.lines:
        value = left.get(line.product_uid, NOTHING)
        left[line.product_uid], taken = go_out(value, line.quantity)
        cost = taken if value.is_known else None
        out.append(
            SaleLine(
                line.product_uid,
                line.unit_uid,
                line.name,
                line.unit_name,
                line.factor,
                line.quantity,
                line.unit_price,
                line.discount,
                line.amount,
                cost,
            )
        )
    return tuple(out)
