"""A product while somebody edits it: units as they are said, prices and codes in their order. Pure: no widget, no store.

`product()` is what would be kept, and refuses what cannot be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pos.domain.barcode import judge, match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import Rung, factors_of, rungs_of
from pos.domain.money import Rupiah
from pos.domain.pricing import rules_now
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.product_rules import checked, margin_of
from pos.domain.quantity import BaseUnit


@dataclass(slots=True)
class DraftUnit:
    """A unit as it is said. `of`: uid of the unit that it is counted in, empty for the base unit."""

    uid: str
    name: str
    count: int = 1
    of: str = ""
    prices: list[Price] = field(default_factory=list)
    codes: list[Barcode] = field(default_factory=list)

    def retail(self, now: int) -> Price | None:
        """The price that holds now for everyone from one on."""
        return next((price for price in rules_now(self.prices, now) if price.kind is PriceKind.RETAIL and price.min_quantity <= 1), None)

    def others(self, now: int) -> list[Price]:
        """Every price but that one and those that another has followed, in the order in which they are read."""
        first = self.retail(now)
        over = [price for price in self.prices if price.starts_at <= now and self._followed(price, now)]
        kept = [price for price in self.prices if price is not first and price not in over]
        return sorted(kept, key=lambda price: (price.starts_at > now, price.kind.value != "wholesale", price.min_quantity, price.group))

    def _followed(self, price: Price, now: int) -> bool:
        rule = (price.kind, price.min_quantity, price.group)
        later = (other for other in self.prices if (other.kind, other.min_quantity, other.group) == rule)
        return any(price.starts_at < other.starts_at <= now for other in later)

    def set_retail(self, amount: Rupiah, now: int) -> None:
        """Another price from now on: in the place of the one that holds."""
        first = self.retail(now)
        made = Price(PriceKind.RETAIL, amount) if first is None else replace(first, amount=amount)
        self.prices = [made, *(price for price in self.prices if price is not first)]

    def put_price(self, price: Price, instead: Price | None = None) -> None:
        """Another rule, or one that is there with another amount; `instead` goes."""
        rule = (price.kind, price.min_quantity, price.group, price.starts_at)
        self.prices = [
            other
            for other in self.prices
            if other is not instead and (other.kind, other.min_quantity, other.group, other.starts_at) != rule
        ]
        self.prices.append(price)


class Draft:
    """All that the page shows of one product.

    Attributes:
        units: in the order in which they stand.
        sold: uid of the unit that a tap sells.
    """

    def __init__(self, product: Product, new_id: Callable[[], str]) -> None:
        self._product, self._new_id = product, new_id
        self.name, self.category, self.brand, self.size = product.name, product.category, product.brand, product.size
        self.base_unit, self.regulation = product.base_unit, product.regulation
        self.min_stock, self.online_buffer = product.min_stock, product.online_buffer
        self.listed_online, self.consignor = product.listed_online, product.consignor_uid
        self.units = [
            DraftUnit(unit.uid, unit.name, rung.count, rung.of, list(unit.prices), list(unit.barcodes))
            for unit, rung in zip(product.units, rungs_of(product), strict=True)
        ]
        self.sold = product.units[product.sell_unit].uid

    @property
    def drawing(self) -> str:
        return self._product.drawing

    def unit(self, uid: str) -> DraftUnit:
        """The unit of that uid; the first where it is gone."""
        return next((unit for unit in self.units if unit.uid == uid), self.units[0])

    def add_unit(self, name: str) -> DraftUnit:
        """A further unit, ten of the largest so far until somebody says otherwise."""
        largest = max(self.units, key=lambda unit: self.factors().get(unit.uid, 1))
        made = DraftUnit(self._new_id(), name, 10, largest.uid)
        self.units.append(made)
        return made

    def drop_unit(self, uid: str) -> None:
        """Without this unit; those counted in it are counted in what it was counted in."""
        gone = self.unit(uid)
        self.units = [unit for unit in self.units if unit.uid != uid]
        for unit in self.units:
            if unit.of == uid:
                unit.count, unit.of = unit.count * gone.count, gone.of
        if self.sold == uid:
            self.sold = self.units[0].uid

    def set_regulation(self, regulation: Regulation) -> None:
        """A rule of law; tobacco leaves the online list with it (PP 28/2024 art. 434)."""
        self.regulation = regulation
        if regulation is Regulation.TOBACCO:
            self.listed_online = False

    def add_code(self, unit_uid: str, typed: str) -> Barcode:
        """A code for a unit. Raises ShopError CODE_EMPTY, CODE_TWICE."""
        text = typed.strip()
        if not text:
            raise ShopError(ErrorCode.CODE_EMPTY)
        made = Barcode(text, match_key(text), judge(text))
        if any(code.key == made.key for unit in self.units for code in unit.codes):
            raise ShopError(ErrorCode.CODE_TWICE, typed=text[:18])
        self.unit(unit_uid).codes.append(made)
        return made

    def factors(self) -> dict[str, int]:
        """uid -> base units; what cannot be said yet is left out."""
        try:
            return factors_of(self._rungs(), self.base_unit)
        except ShopError:
            return {}

    def margin(self, unit_uid: str, amount: Rupiah) -> Rupiah | None:
        """What one unit brings at a price; None while its cost or what it holds is not known."""
        factor = self.factors().get(unit_uid)
        return margin_of(amount, factor, self._product.cost_total, self._product.cost_quantity) if factor else None

    def product(self) -> Product:
        """The product as it would be kept. Raises what `ladder.factors_of` and `product_rules.checked` raise."""
        factors = factors_of(self._rungs(), self.base_unit)
        units = sorted(self.units, key=lambda unit: factors[unit.uid])
        # of equals each stays where it was
        sold = next(place for place, unit in enumerate(units) if unit.uid == self.sold)
        made = replace(
            self._product,
            name=self.name,
            category=self.category,
            brand=self.brand,
            size=self.size,
            base_unit=self.base_unit,
            regulation=self.regulation,
            min_stock=self.min_stock,
            online_buffer=self.online_buffer,
            listed_online=self.listed_online,
            consignor_uid=self.consignor,
            units=tuple(Unit(unit.uid, unit.name, factors[unit.uid], tuple(unit.prices), tuple(unit.codes)) for unit in units),
            sell_unit=sold,
        )
        return checked(made)

    def _rungs(self) -> list[Rung]:
        return [Rung(unit.uid, unit.name, unit.count, unit.of) for unit in self.units]


def blank_product(new_id: Callable[[], str], name: str = "", code: str = "") -> Product:
    """A product that nobody has filled in: one unit, the piece."""
    codes = (Barcode(code, match_key(code), judge(code)),) if code else ()
    unit = Unit(new_id(), "pcs", 1, (), codes)
    return Product(new_id(), name, "", BaseUnit.PCS, (unit,), listed_online=True)
