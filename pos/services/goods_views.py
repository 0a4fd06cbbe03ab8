"""What screens show of a product besides its row: its history of prices, what only this till knows of it, twins. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos.domain.money import Rupiah
from pos.domain.product import PriceKind
from pos.domain.quantity import BaseUnit

PHOTO: Final = "foto:"
"""How the name of a photo begins where otherwise the name of a drawing stands."""

CENTRAL: Final = "e-Peken"
"""Who changed what the server told."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed goods, and when (UTC ms). The name is empty where nobody had signed in."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that came, changed or went.

    Attributes:
        at: UTC ms; 0 = before the till kept them.
        actor: who; CENTRAL when e-Peken told it, empty where nobody had signed in.
        before, amount: rupiah for one unit; None where there was or is none.
    """

    at: int
    actor: str
    product_uid: str
    unit_uid: str
    unit_name: str
    factor: int
    kind: PriceKind
    min_quantity: int
    group: str
    starts_at: int
    before: Rupiah | None
    amount: Rupiah | None


@dataclass(frozen=True, slots=True)
class ProductCare:
    """What only this till knows of a product; no wire carries it.

    Attributes:
        picture: name of its photo; empty for none.
        tracks_expiry: whether a date is asked for when it comes in.
    """

    picture: str = ""
    tracks_expiry: bool = False


NO_CARE: Final = ProductCare()


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """The product that holds a barcode."""

    product_uid: str
    name: str


@dataclass(frozen=True, slots=True)
class GoodsName:
    """What a product is called, for finding twins."""

    uid: str
    name: str
    brand: str
    size: str
    base_unit: BaseUnit
