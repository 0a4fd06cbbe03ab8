"""What is sold by weight or for an amount: rupiah into grams by the shop's step, and which reading of a scale may be sold.

Pure. The scale itself is `pos.devices.scale`; a quantity that is typed is `pos.domain.entry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah, line_amount
from pos.domain.pricing import choose_price, rules_now
from pos.domain.product import Price
from pos.domain.quantity import MAX_QUANTITY, BaseUnit

STALE_AFTER_S: Final = 1.5
"""A scale speaks several times a second: what is older than this may be the goods of the customer before."""


@dataclass(frozen=True, slots=True)
class ByRupiah:
    """How an amount that a customer asks for comes out.

    Attributes:
        asked: rupiah (*gula Rp5.000*).
        quantity: base units, a whole number of steps.
        unit_price: rupiah for one unit at that quantity.
        amount: rupiah to pay for it.
    """

    asked: Rupiah
    quantity: int
    unit_price: Rupiah
    amount: Rupiah

    @property
    def difference(self) -> Rupiah:
        """Rupiah more (positive) or less than was asked for."""
        return self.amount - self.asked


def by_rupiah(asked: Rupiah, prices: Sequence[Price], factor: int, step: int, at: int, group: str = "") -> ByRupiah:
    """The quantity, in steps of `step` base units, whose amount comes nearest to `asked`; of two as near the cheaper, and then the larger.

    The price follows the quantity: where more would reach a wholesale price, that is weighed in.

    Raises:
        ShopError: RUPIAH_TOO_LITTLE with `least` when one step costs more than twice of what is asked; QUANTITY_OUT_OF_RANGE when nothing
            has a price, or for more than a line may hold; PRODUCT_NOT_FOUND without any price.
    """
    found: list[ByRupiah] = []
    for rule in rules_now(prices, at, group):
        for quantity in _near(asked, rule, factor, step):
            choice = choose_price(prices, quantity, factor, at, group)
            found.append(ByRupiah(asked, quantity, choice.amount, line_amount(choice.amount, quantity, factor)))
    best = min(found, key=lambda way: (abs(way.difference), way.amount, -way.quantity), default=None)
    if best is None or best.amount <= 0:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(asked))
    if best.amount > 2 * asked:
        raise ShopError(ErrorCode.RUPIAH_TOO_LITTLE, least=best.amount)
    return best


def _near(asked: Rupiah, rule: Price, factor: int, step: int) -> list[int]:
    """Whole steps around what `asked` buys at a rule's price, and around where the rule begins."""
    starts = rule.min_quantity * factor
    places = [starts // step * step, -(-starts // step) * step]
    if rule.amount > 0:
        below = asked * factor // rule.amount // step * step
        places += [below, below + step]
    return [place for place in places if 0 < place <= MAX_QUANTITY]


def least_quantity(amount: Rupiah, unit_price: Rupiah, factor: int) -> int:
    """The fewest base units that come to at least `amount` rupiah: what a label with a price in it stands for. 0 for a price of 0."""
    if unit_price <= 0:
        return 0
    quantity = max(0, (2 * amount - 1) * factor // (2 * unit_price))
    while line_amount(unit_price, quantity, factor) < amount:
        quantity += 1
    return quantity


class WeightState(StrEnum):
    """What a scale says of its own weight."""

    STABLE = "stable"
    MOVING = "moving"
    OVERLOAD = "overload"


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """One weight as the scale told it. `at`: seconds of the clock that only grows."""

    grams: int
    state: WeightState
    at: float


def weight_of(reading: ScaleReading | None, now: float) -> int:
    """Grams that may be sold.

    Raises:
        ShopError: SCALE_SILENT for none or an old one, SCALE_MOVING, SCALE_OVERLOAD, SCALE_NEGATIVE, SCALE_EMPTY.
    """
    if reading is None or now - reading.at > STALE_AFTER_S:
        raise ShopError(ErrorCode.SCALE_SILENT)
    if reading.state is WeightState.OVERLOAD or reading.grams > MAX_QUANTITY:
        raise ShopError(ErrorCode.SCALE_OVERLOAD)
    if reading.state is WeightState.MOVING:
        raise ShopError(ErrorCode.SCALE_MOVING)
    if reading.grams < 0:
        raise ShopError(ErrorCode.SCALE_NEGATIVE)
    if reading.grams == 0:
        raise ShopError(ErrorCode.SCALE_EMPTY)
    return reading.grams


def is_divisible(base_unit: BaseUnit) -> bool:
    """Whether less than one unit of it is everyday business: what is counted in grams or millilitres."""
    return base_unit is not BaseUnit.PCS


def step_of(base_unit: BaseUnit, factor: int, weight_step: int) -> int:
    """Base units that sales for an amount go by: the shop's step of what is weighed, whole units of what is counted."""
    return max(1, weight_step) if is_divisible(base_unit) else factor


def grams_as_quantity(grams: int, base_unit: BaseUnit, name: str) -> int:
    """Base units of a weight.

    Raises:
        ShopError: SCALE_NOT_FOR when the goods are not counted in grams.
    """
    if base_unit is not BaseUnit.GRAM:
        raise ShopError(ErrorCode.SCALE_NOT_FOR, name=name[:40])
    return grams
