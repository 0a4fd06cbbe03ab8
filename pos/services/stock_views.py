"""What screens show of goods that come in, are counted and run out: frozen rows. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Rupiah
from pos.domain.stock import MovementReason


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A row of the receipts' list.

    Attributes:
        lines: how many goods. corrected: a later one changes it. corrects: number of the one that it changes, empty for a delivery.
    """

    uid: str
    number: str
    at: int
    supplier: str
    paper: str
    lines: int
    first_names: str
    total: Rupiah
    paid: Rupiah
    corrected: bool = False
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A line of a product's card (*kartu stok*).

    Attributes:
        quantity: base units that came (positive) or went.
        balance: base units on the shelf after it.
        cost: rupiah of worth that came or went, None where it was not kept yet.
        cause: uid of the sale, order, receipt, count or operation.
        number: what people call the cause (`A1-12`, `BM-A-3`); empty where it has no name.
        note: in the words of who booked it.
    """

    at: int
    reason: MovementReason
    quantity: int
    balance: int
    cost: Rupiah | None
    cause: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """Goods as a shopping list sees them.

    Attributes:
        sold: base units sold in the span that was asked for.
        unit_name, factor: the unit in which they came last, else the one they are sold in.
        unit_cost: rupiah for one of it the last time; None when never.
    """

    product_uid: str
    name: str
    category: str
    on_hand: int
    min_stock: int
    sold: int
    unit_name: str
    factor: int
    unit_cost: Rupiah | None
    supplier_uid: str
    supplier: str


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """A batch that will not keep long. `left`: base units of it that must still be here when what keeps shortest was sold first."""

    product_uid: str
    name: str
    unit_name: str
    factor: int
    expires_on: int
    left: int
    value: Rupiah


@dataclass(frozen=True, slots=True)
class DeadRow:
    """Goods that nobody buys. `sold_at`: UTC ms of the last sale, 0 = never; `value`: rupiah that they cost."""

    product_uid: str
    name: str
    unit_name: str
    factor: int
    on_hand: int
    value: Rupiah
    sold_at: int
