"""Goods, their unit ladders, their barcodes and their prices."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pos.domain.barcode import CodeVerdict
from pos.domain.money import Rupiah
from pos.domain.quantity import BaseUnit


class PriceKind(StrEnum):
    """Whom and what a price is for."""

    RETAIL = "retail"
    WHOLESALE = "wholesale"
    GROUP = "group"


class Regulation(StrEnum):
    """A rule of law that hangs on the product, not on the shop's taste."""

    NONE = "none"
    TOBACCO = "tobacco"
    """PP 28/2024 art. 434: never listed online, no loose sticks by default."""
    LPG_3KG = "lpg_3kg"
    """Each sale is recorded in Pertamina's own app too."""


@dataclass(frozen=True, slots=True)
class Price:
    """One price of one unit, valid from a moment on; older ones stay as history.

    Attributes:
        amount: rupiah for one unit.
        min_quantity: from how many of *this unit* on (1 for retail).
        group: customer group, only for PriceKind.GROUP.
        starts_at: UTC milliseconds; 0 means always.
    """

    kind: PriceKind
    amount: Rupiah
    min_quantity: int = 1
    group: str = ""
    starts_at: int = 0


@dataclass(frozen=True, slots=True)
class Barcode:
    """A code that names one unit of one product. `key` is `barcode.match_key(code)`."""

    code: str
    key: str
    verdict: CodeVerdict = CodeVerdict.GOOD


@dataclass(frozen=True, slots=True)
class Unit:
    """One rung of a product's ladder: dus = 40 pcs. The rung with factor 1 is the base unit.

    Attributes:
        name: as the shop says it (`bungkus`, `dus`, `kg`).
        factor: base units in one of it, >= 1.
    """

    uid: str
    name: str
    factor: int
    prices: tuple[Price, ...] = ()
    barcodes: tuple[Barcode, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A thing the shop sells.

    Attributes:
        uid: 32 hex digits, random, the same on every till and on the server.
        units: smallest first; `units[sell_unit]` is what a tap or a search sells.
        size: what the pack says (`85 g`, `1 liter`), for the tile; may be empty.
        drawing: name of a bundled drawing (`mi`, `telur`), or empty for the monogram.
        cost_total, cost_quantity: moving-average cost as a fraction: rupiah for that many base units (0, 0 = unknown).
        min_stock: base units below which stock is low.
        listed_online: whether e-Peken may show it (never for tobacco).
        needs_review: sold before anyone looked at it, or its code is doubtful.
        consignor_uid: the supplier whose goods they are until they are sold (*titip jual*); empty for the shop's own. They are owed
            what the goods cost (`cost_total`) when they sell.
        version: the central's version this row started from; 0 before the first sync.
    """

    uid: str
    name: str
    category: str
    base_unit: BaseUnit
    units: tuple[Unit, ...]
    sell_unit: int = 0
    brand: str = ""
    size: str = ""
    drawing: str = ""
    cost_total: Rupiah = 0
    cost_quantity: int = 0
    min_stock: int = 0
    online_buffer: int = 0
    listed_online: bool = False
    regulation: Regulation = Regulation.NONE
    needs_review: bool = False
    deleted: bool = False
    version: int = 0
    consignor_uid: str = ""


@dataclass(frozen=True, slots=True)
class SellableUnit:
    """All that a scan needs to become a basket line, from one look-up.

    Attributes:
        prices: every price of the unit, for `pricing.choose_price`.
        on_hand: base units the till believes are on the shelf; negative is possible and shown.
    """

    product_uid: str
    unit_uid: str
    product_name: str
    unit_name: str
    factor: int
    prices: tuple[Price, ...]
    base_unit: BaseUnit = BaseUnit.PCS
    category: str = ""
    drawing: str = ""
    size: str = ""
    on_hand: int = 0
    cost_total: Rupiah = 0
    cost_quantity: int = 0
    regulation: Regulation = Regulation.NONE


_STICKS: Final = re.compile(r"(batang|btg|bt|stick|sticks|stik)\.?", re.IGNORECASE)


def is_loose_stick(regulation: Regulation, unit_name: str) -> bool:
    """Whether a unit is a single cigarette (PP 28/2024 art. 434 forbids selling them loose)."""
    return regulation is Regulation.TOBACCO and _STICKS.fullmatch(unit_name.strip()) is not None


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """One rung of a draft's ladder: base units in one, prices and codes of its own."""

    name: str
    factor: int
    prices: tuple[Price, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as a person or a spreadsheet gives it, before it has an id. Prices and cost are for the selling unit.

    Attributes:
        stock: base units on the shelf (18,5 kg = 18500 gram); None when nothing is said.
        flags: why it is to be looked at; any flag makes the product `needs_review`.
        units: the whole ladder, smallest first, where one is told; the one called `unit_name` is sold and has the prices and codes above
            as well as its own.
        min_stock, online_buffer: base units; cost_exact: rupiah for so many base units, before `cost`; listed: on e-Peken or not. None
            when nothing is said.
    """

    name: str
    retail: Rupiah
    unit_name: str = "pcs"
    category: str = "Lain-lain"
    base_unit: BaseUnit = BaseUnit.PCS
    factor: int = 1
    codes: tuple[str, ...] = ()
    brand: str = ""
    size: str = ""
    drawing: str = ""
    wholesale: Rupiah | None = None
    wholesale_from: int = 10
    cost: Rupiah | None = None
    stock: int | None = None
    regulation: Regulation = Regulation.NONE
    flags: tuple[str, ...] = field(default=())
    units: tuple[DraftUnit, ...] = ()
    min_stock: int | None = None
    cost_exact: tuple[Rupiah, int] | None = None
    listed: bool | None = None
    online_buffer: int | None = None

    def all_codes(self) -> tuple[str, ...]:
        """The codes of every unit, those of the one that is sold first."""
        return (*self.codes, *(code for unit in self.units for code in unit.codes))
