"""What the goods on the shelf have cost, as a moving average in whole rupiah. Pure; no fraction is ever dropped.

A product's stock is worth `cost` rupiah for `quantity` base units; the average is only the ratio of the two and is never stored. What goes
out takes its share, rounded half up, and the last piece takes all that is left, so that what came in equals what went out plus what is
there, to the rupiah. Goods sold before they were booked in go out at the latest known price; when they do come in, the difference
to what they really cost is told as a `variance`, to be booked as cost of what was sold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.money import Rupiah, divide_half_up


@dataclass(frozen=True, slots=True)
class UnitCost:
    """A price of so many rupiah for so many base units; `of` is 0 while nothing is known."""

    rupiah: Rupiah = 0
    of: int = 0

    def share(self, quantity: int) -> Rupiah:
        """Rupiah for `quantity` base units, half up; 0 while nothing is known."""
        return divide_half_up(self.rupiah * quantity, self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class StockValue:
    """What is there and what it cost.

    Attributes:
        quantity: base units; negative when more was sold than was booked in.
        cost: rupiah; 0 where quantity is 0, negative where it is negative (the cost that was taken in advance).
        latest: what the goods cost when they last came in, for goods that are sold before they are booked.
    """

    quantity: int = 0
    cost: Rupiah = 0
    latest: UnitCost = UnitCost()

    @property
    def is_known(self) -> bool:
        """Whether anybody ever said what the goods cost."""
        return self.latest.of > 0 or self.cost != 0

    def share(self, quantity: int) -> Rupiah:
        """Rupiah that `quantity` > 0 base units are worth now: at the average, or at the latest price where there is none."""
        return divide_half_up(self.cost * quantity, self.quantity) if self.quantity else self.latest.share(quantity)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a movement did to a stock. Invariant: `cost` + `variance` is what the goods cost, with the sign of their quantity.

    Attributes:
        stock: after it.
        cost: rupiah by which the worth of the stock changed.
        variance: rupiah that are cost of what was sold before, and not of what is there.
    """

    stock: StockValue
    cost: Rupiah
    variance: Rupiah = 0


NOTHING: Final = StockValue()


def come_in(stock: StockValue, quantity: int, cost: Rupiah) -> tuple[StockValue, Rupiah]:
    """`quantity` > 0 base units come in for `cost` rupiah in all (a receipt, a return at what it had cost).

    Returns:
        The stock after it, and the variance: rupiah by which goods that were sold in advance cost more than was taken for them then.
    """
    if quantity <= 0:
        raise ValueError("nothing comes in")
    latest = UnitCost(cost, quantity)
    if stock.quantity >= 0:
        return StockValue(stock.quantity + quantity, stock.cost + cost, latest), 0
    filled = min(quantity, -stock.quantity)
    # of what was taken in advance, the part that is now known
    taken = -stock.cost if filled == -stock.quantity else divide_half_up(-stock.cost * filled, -stock.quantity)
    true = cost if filled == quantity else divide_half_up(cost * filled, quantity)
    left = stock.quantity + quantity
    return StockValue(left, stock.cost + taken + cost - true, latest), true - taken


def go_out(stock: StockValue, quantity: int) -> tuple[StockValue, Rupiah]:
    """`quantity` > 0 base units go out (a sale, what is damaged or used).

    Returns:
        The stock after it, and what they cost in rupiah.
    """
    if quantity <= 0:
        raise ValueError("nothing goes out")
    there = max(stock.quantity, 0)
    from_shelf = min(quantity, there)
    cost = 0
    if from_shelf:
        cost = stock.cost if from_shelf == there else divide_half_up(stock.cost * from_shelf, there)
    in_advance = stock.latest.share(quantity - from_shelf)
    return StockValue(stock.quantity - quantity, stock.cost - cost - in_advance, stock.latest), cost + in_advance


def move(stock: StockValue, quantity: int, cost: Rupiah | None = None) -> Moved:
    """Base units come (positive) or go (negative).

    Args:
        cost: rupiah of them all, with the sign of `quantity`, where a paper or an earlier fact says it; None is at the average.
    """
    if quantity == 0:
        return Moved(stock, 0)
    if quantity > 0:
        after, variance = come_in(stock, quantity, stock.share(quantity) if cost is None else cost)
        return Moved(after, after.cost - stock.cost, variance)
    if cost is not None:
        return _take_back(stock, -quantity, -cost)
    after, taken = go_out(stock, -quantity)
    return Moved(after, -taken)


def _take_back(stock: StockValue, quantity: int, cost: Rupiah) -> Moved:
    """What was booked in too much goes out at the cost that it came in for, as far as there is so much; the rest is told as variance."""
    left = stock.quantity - quantity
    if stock.quantity <= 0:
        taken = cost
    elif left > 0:
        taken = min(cost, stock.cost)
    else:
        # what is there goes whole; what is owed beyond it, at the cost it came in for
        taken = stock.cost + divide_half_up(cost * -left, quantity)
    return Moved(StockValue(left, stock.cost - taken, stock.latest), -taken, taken - cost)


def known_price(stock: StockValue) -> UnitCost:
    """What a piece costs from now on, after goods came in: the average of what is there, else what they last came for."""
    return UnitCost(stock.cost, stock.quantity) if stock.quantity > 0 and stock.cost > 0 else stock.latest


def correct_cost(stock: StockValue, quantity: int, difference: Rupiah) -> Moved:
    """A delivery of `quantity` base units cost `difference` rupiah more (or less) than was booked: the part of it that is still there
    changes the stock, the rest is cost of what was sold."""
    there = max(0, min(stock.quantity, quantity))
    part = divide_half_up(difference * there, quantity) if quantity > 0 else 0
    part = max(part, -stock.cost) if there else 0
    return Moved(StockValue(stock.quantity, stock.cost + part, stock.latest), part, difference - part)
