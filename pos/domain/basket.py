"""What a customer has put on the counter so far, and what it comes to. Frozen values; changing one makes another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import Rupiah, line_amount
from pos.domain.pricing import PriceChoice, choose_price
from pos.domain.product import Price, SellableUnit


class BasketState(StrEnum):
    OPEN = "open"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line. `uid` is the line's own and lives as long as the line, through undo and a power cut.

    Attributes:
        quantity: base units.
        unit_price: rupiah for one unit of `factor` base units.
        discount: rupiah taken off the line, >= 0.
        price: why this price; `None` only while a line is read back without its product's prices.
    """

    uid: str
    product_uid: str
    unit_uid: str
    name: str
    unit_name: str
    factor: int
    quantity: int
    unit_price: Rupiah
    discount: Rupiah = 0
    price: PriceChoice | None = None
    category: str = ""
    drawing: str = ""

    @property
    def amount(self) -> Rupiah:
        """Rupiah to pay for the line."""
        return line_amount(self.unit_price, self.quantity, self.factor) - self.discount


@dataclass(frozen=True, slots=True)
class Basket:
    """The lines in the order they came. `can_undo`/`can_redo` say what Ctrl+Z and Ctrl+Y would find."""

    uid: str
    state: BasketState = BasketState.OPEN
    lines: tuple[BasketLine, ...] = ()
    label: str = ""
    can_undo: bool = False
    can_redo: bool = False
    started_at: int = 0

    @property
    def subtotal(self) -> Rupiah:
        """Rupiah before discounts."""
        return sum(line.amount + line.discount for line in self.lines)

    @property
    def discount(self) -> Rupiah:
        return sum(line.discount for line in self.lines)

    @property
    def total(self) -> Rupiah:
        """Rupiah to pay before cash rounding: the sum of rounded lines."""
        return sum(line.amount for line in self.lines)

    def line_of(self, unit_uid: str) -> BasketLine | None:
        """The line that a further scan of this unit adds to."""
        return next((line for line in self.lines if line.unit_uid == unit_uid), None)


def new_line(uid: str, unit: SellableUnit, quantity: int, at: int, group: str = "") -> BasketLine:
    """A basket line for `quantity` base units of a scanned unit at UTC ms `at`.

    Raises:
        ShopError: PRODUCT_NOT_FOUND when the unit has no price.
    """
    choice = choose_price(unit.prices, quantity, unit.factor, at, group)
    return BasketLine(
        uid,
        unit.product_uid,
        unit.unit_uid,
        unit.product_name,
        unit.unit_name,
        unit.factor,
        quantity,
        choice.amount,
        0,
        choice,
        unit.category,
        unit.drawing,
    )


def with_quantity(line: BasketLine, prices: tuple[Price, ...], quantity: int, at: int, group: str = "") -> BasketLine:
    """The same line with another quantity, priced again (it may reach or leave a wholesale step)."""
    choice = choose_price(prices, quantity, line.factor, at, group)
    return BasketLine(
        line.uid,
        line.product_uid,
        line.unit_uid,
        line.name,
        line.unit_name,
        line.factor,
        quantity,
        choice.amount,
        min(line.discount, line_amount(choice.amount, quantity, line.factor)),
        choice,
        line.category,
        line.drawing,
    )
