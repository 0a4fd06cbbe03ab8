"""Stock as a sum of movements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    OTHER = "other"
    """A reason this till does not know, told by the server; kept, shown as it is."""


@dataclass(frozen=True, slots=True)
class StockMovement:
    """Base units that came (positive) or went (negative), with the cause that can be opened.

    Attributes:
        cause: uid of the sale, order or operation; with `position` unique, so that it is booked once.
    """

    product_uid: str
    quantity: int
    reason: MovementReason
    cause: str
    position: int
    at: int
