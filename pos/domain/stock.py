"""Stock as a sum of movements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import Rupiah


class MovementReason(StrEnum):
    SALE = "sale"
    ORDER = "order"
    OPENING = "opening"
    RECEIPT = "receipt"
    STOCK_TAKE = "stock_take"
    DAMAGED = "damaged"
    OWN_USE = "own_use"
    REPACK = "repack"
    RETURN = "return"
    CONSIGNMENT_RETURN = "consignment_return"
    """Goods on consignment go back to whom they belong."""
    OTHER = "other"
    """A reason this till does not know, told by the server; kept, shown as it is."""

    @property
    def sets_price(self) -> bool:
        """Goods that come in for this reason say what goods cost from now on; what a customer brings back does not."""
        return self in (MovementReason.RECEIPT, MovementReason.REPACK, MovementReason.OPENING)


class RevaluationReason(StrEnum):
    """Why goods are worth something else though none moved."""

    OPENING = "opening"
    """What was there when costs began to be kept."""
    PRICE = "price"
    """Somebody said what they cost."""
    CORRECTION = "correction"
    """A delivery's cost was corrected."""


@dataclass(frozen=True, slots=True)
class StockMovement:
    """Base units that came (positive) or went (negative), with the cause that can be opened.

    Attributes:
        cost: rupiah of all of them, with the sign of `quantity`, where a paper or an earlier fact says it; None is at the average.
        cause: uid of the sale, order or operation; with `position` unique, so that it is booked once.
    """

    product_uid: str
    quantity: int
    reason: MovementReason
    cause: str
    position: int
    at: int
    cost: Rupiah | None = None
