"""What the books say of a span of days, as values. A `day` is a business day; amounts are whole rupiah, quantities base units."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from pos.domain.money import Rupiah, divide_half_up


@dataclass(frozen=True, slots=True)
class Takings:
    """Sums over sales and their corrections.

    Attributes:
        sales: sales made; corrections are counted beside them.
        turnover: rupiah sold, voids and refunds taken off.
        discount: rupiah that lines were reduced by. rounding: *Pembulatan*, negative when rounded down.
        cost: what the goods of known cost have cost; `costed`: what they were sold for.
        voids, refunds: how many; `voided`, `refunded`: their rupiah, negative.
    """

    sales: int = 0
    turnover: Rupiah = 0
    discount: Rupiah = 0
    rounding: Rupiah = 0
    cost: Rupiah = 0
    costed: Rupiah = 0
    voids: int = 0
    voided: Rupiah = 0
    refunds: int = 0
    refunded: Rupiah = 0

    def __add__(self, other: Takings) -> Takings:
        return Takings(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))

    @property
    def profit(self) -> Rupiah:
        """Gross profit (*laba kotor*) of the goods whose cost is known."""
        return self.costed - self.cost

    @property
    def average(self) -> Rupiah:
        """Rupiah a sale, half up; 0 without one."""
        return divide_half_up(self.turnover, self.sales) if self.sales else 0

    @property
    def margin_tenths(self) -> int:
        """Gross profit in tenths of a percent of what the goods were sold for (127 is 12,7 %)."""
        return divide_half_up(1_000 * self.profit, self.costed) if self.costed > 0 else 0


class TakingsBy(StrEnum):
    """What takings are summed by: business day (days since 1 January 1970), hour of the clock, or who sold."""

    DAY = "day"
    HOUR = "hour"
    CASHIER = "cashier"


@dataclass(frozen=True, slots=True)
class HourTakings:
    """The takings of one cashier in one hour of the clock on one business day (days since 1 January 1970)."""

    day: int
    hour: int
    cashier: str
    takings: Takings


@dataclass(frozen=True, slots=True)
class ProductTakings:
    """What one product did. `unit_name`, `factor`: the unit that it is sold by; no name for a product that is not here any more."""

    product_uid: str
    name: str
    category: str
    drawing: str
    unit_name: str
    factor: int
    quantity: int
    amount: Rupiah
    cost: Rupiah
    costed: Rupiah

    @property
    def profit(self) -> Rupiah:
        return self.costed - self.cost


@dataclass(frozen=True, slots=True)
class TenderTakings:
    """What one way to pay brought in. `tender`: value of `sale.Tender`."""

    tender: str
    payments: int
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class StockWorth:
    """What is on the shelf: at its cost where that is known, and how many products have stock of unknown cost."""

    cost: Rupiah
    products: int
    unknown: int


@dataclass(frozen=True, slots=True)
class OnlineTakings:
    """Orders of e-Peken that were handed over, and their rupiah."""

    orders: int
    amount: Rupiah
