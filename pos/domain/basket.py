"""What a customer has put on the counter so far, and what it comes to. Frozen values; changing one makes another.

Every function here leaves the lines settled: a line's `discount` is what it takes off by itself plus its share of the basket's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pos.domain.discount import Discount, spread
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah, line_amount
from pos.domain.pricing import PriceChoice, choose_price
from pos.domain.product import Price, Regulation, SellableUnit
from pos.domain.quantity import BaseUnit


class BasketState(StrEnum):
    OPEN = "open"
    HELD = "held"
    DROPPED = "dropped"
    """Taken from the list of held ones; the latest can be brought back."""


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line. `uid` is the line's own and lives as long as the line, through undo and a power cut.

    Attributes:
        quantity: base units.
        unit_price: rupiah for one unit of `factor` base units.
        discount: rupiah taken off the line, >= 0: its own and its share of the basket's.
        price: why this price; `None` only while a line is read back without its product's prices.
        own: what was agreed for this line alone; `None` for nothing.
        share: rupiah of the basket's discount that fall on this line, part of `discount`.
        on_hand: base units that the till believed to be on the shelf when the line was last touched; `None` is not known.
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
    own: Discount | None = None
    share: Rupiah = 0
    on_hand: int | None = None
    base_unit: BaseUnit = BaseUnit.PCS
    regulation: Regulation = Regulation.NONE

    @property
    def gross(self) -> Rupiah:
        """Rupiah before any discount."""
        return line_amount(self.unit_price, self.quantity, self.factor)

    @property
    def amount(self) -> Rupiah:
        """Rupiah to pay for the line."""
        return self.gross - self.discount


@dataclass(frozen=True, slots=True)
class Basket:
    """The lines in the order they came. `can_undo`/`can_redo` say what Ctrl+Z and Ctrl+Y would find.

    Attributes:
        label: the name under which it was put aside; `number` and `held_at` (UTC ms) say which one it is and since when.
        customer_uid, customer_name, customer_group: who buys, when that is known; the group chooses the prices.
        off: what was agreed for the whole basket; it is spread over the lines.
    """

    uid: str
    state: BasketState = BasketState.OPEN
    lines: tuple[BasketLine, ...] = ()
    label: str = ""
    can_undo: bool = False
    can_redo: bool = False
    started_at: int = 0
    customer_uid: str = ""
    customer_name: str = ""
    customer_group: str = ""
    off: Discount | None = None
    number: int = 0
    held_at: int = 0

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
        """The line that a further scan of this unit adds to: not one whose price was given by hand or by a label."""
        return next((line for line in self.lines if line.unit_uid == unit_uid and takes_more(line)), None)

    def missing(self, product_uid: str) -> int:
        """Base units of a product that are on the counter and, by what the till knows, not on the shelf; 0 when all are."""
        mine = [line for line in self.lines if line.product_uid == product_uid and line.on_hand is not None]
        if not mine:
            return 0
        on_hand = mine[-1].on_hand or 0
        return max(0, sum(line.quantity for line in mine) - on_hand)


LABEL_REASON: Final = "label timbangan"
"""Reason of the few rupiah that make a line come to what stands on the label of a scale."""


def takes_more(line: BasketLine) -> bool:
    """Whether a further scan of the same unit may go into this line: not where a person or a label has said what it costs."""
    by_hand = line.price is not None and line.price.instead_of is not None
    return not by_hand and (line.own is None or line.own.reason != LABEL_REASON)


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
        None,
        0,
        unit.on_hand,
        unit.base_unit,
        unit.regulation,
    )


def with_quantity(
    line: BasketLine, prices: Sequence[Price], quantity: int, at: int, group: str = "", on_hand: int | None = None
) -> BasketLine:
    """The same line with another quantity, priced again (it may reach or leave a wholesale step); a price given by hand stays.

    Args:
        on_hand: base units on the shelf where they were just looked up; `None` leaves what the line says.
    """
    choice = choose_price(prices, quantity, line.factor, at, group)
    if line.price is not None and line.price.instead_of is not None:
        choice = choice.changed_to(line.unit_price)
    # written out: a scan waits for this, and `replace` goes through every field by name
    again = BasketLine(
        line.uid,
        line.product_uid,
        line.unit_uid,
        line.name,
        line.unit_name,
        line.factor,
        quantity,
        choice.amount,
        line.discount,
        choice,
        line.category,
        line.drawing,
        line.own,
        line.share,
        line.on_hand if on_hand is None else on_hand,
        line.base_unit,
        line.regulation,
    )
    return _settled(again) if line.own is not None or line.share else again


def with_price(line: BasketLine, amount: Rupiah | None) -> BasketLine:
    """The same line at a price that somebody gave it, rupiah for one unit; `None` goes back to the rules' price."""
    choice = line.price
    if choice is None:
        return line
    if amount is None:
        amount = choice.amount if choice.instead_of is None else choice.instead_of
    choice = choice.changed_to(amount)
    return _settled(replace(line, unit_price=choice.amount, price=choice))


def with_unit(line: BasketLine, unit: SellableUnit, quantity: int, at: int, group: str = "") -> BasketLine:
    """The same line sold as another unit of its product, at that unit's prices; what was agreed for the line stays."""
    other = new_line(line.uid, unit, quantity, at, group)
    return _settled(replace(other, own=line.own, share=line.share))


def with_own(line: BasketLine, own: Discount | None) -> BasketLine:
    """The same line with another discount of its own."""
    return _settled(replace(line, own=own))


def with_lines(basket: Basket, lines: tuple[BasketLine, ...]) -> Basket:
    """The basket with other lines, which can be taken back."""
    return Basket(
        basket.uid,
        basket.state,
        lines,
        basket.label,
        True,
        False,
        basket.started_at,
        basket.customer_uid,
        basket.customer_name,
        basket.customer_group,
        basket.off,
        basket.number,
        basket.held_at,
    )


def repriced(basket: Basket, prices: Mapping[str, Sequence[Price]], at: int) -> Basket:
    """The basket as its customer's group pays it: every line priced again in one pass.

    Args:
        prices: unit uid -> its prices; a line whose unit is gone keeps its price.
    """
    lines = tuple(
        with_quantity(line, prices[line.unit_uid], line.quantity, at, basket.customer_group) if prices.get(line.unit_uid) else line
        for line in basket.lines
    )
    return settled(replace(basket, lines=lines))


def settled(basket: Basket) -> Basket:
    """The basket with its discount spread over its lines, so that the lines add up to the total.

    Raises:
        ShopError: AMOUNT_OUT_OF_RANGE for a total that no receipt can show.
    """
    if basket.off is not None or any([line.share for line in basket.lines]):
        alone = [line.gross - _own_off(line) for line in basket.lines]
        shares = spread(basket.off.off(sum(alone)), alone) if basket.off is not None else (0,) * len(alone)
        basket = replace(
            basket,
            lines=tuple(_settled(replace(line, share=share)) for line, share in zip(basket.lines, shares, strict=True)),
        )
    # to within a rupiah a line, which every scan can afford; exactly where it comes near
    about = sum([line.unit_price * line.quantity // line.factor for line in basket.lines])
    if about + len(basket.lines) > MAX_AMOUNT and sum(line.gross for line in basket.lines) > MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(basket.total))
    return basket


def _own_off(line: BasketLine) -> Rupiah:
    return line.own.off(line.gross) if line.own is not None else 0


def _settled(line: BasketLine) -> BasketLine:
    """The line with its discount worked out for its amount; a share that does not fit any more is cut until the basket is settled."""
    own = _own_off(line)
    discount = own + min(line.share, line.gross - own)
    return line if discount == line.discount else replace(line, discount=discount)
