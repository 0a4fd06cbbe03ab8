"""What was changed of a product: field by field, price by price, code by code; and the same changes laid over a newer state of it. Pure.

An edit holds only what its person touched, so that two people who change two things of one product both get what they wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from pos.domain.ladder import same_ladder
from pos.domain.money import Rupiah
from pos.domain.product import Barcode, Price, PriceKind, Product, Unit

PLAIN: Final = (
    "name",
    "category",
    "brand",
    "size",
    "drawing",
    "min_stock",
    "online_buffer",
    "listed_online",
    "regulation",
    "sell_unit",
    "deleted",
)
"""Fields that an edit sets as a whole."""


class PriceRule(NamedTuple):
    """What a price is known by within its unit."""

    unit_uid: str
    kind: PriceKind
    min_quantity: int
    group: str
    starts_at: int


@dataclass(frozen=True, slots=True)
class PriceEdit:
    """A price that came, changed (both amounts) or went (`after` None). Rupiah for one unit."""

    rule: PriceRule
    before: Rupiah | None
    after: Rupiah | None


def plain_edits(before: Product, after: Product) -> dict[str, Any]:
    """Name -> wanted value of each whole field that differs."""
    return {name: getattr(after, name) for name in PLAIN if getattr(before, name) != getattr(after, name)}


def price_edits(before: Product | None, after: Product) -> list[PriceEdit]:
    """What became of the prices; with None, all of them came."""
    old, new = (prices_by_rule(before) if before is not None else {}), prices_by_rule(after)
    return [PriceEdit(rule, old.get(rule), new.get(rule)) for rule in {**old, **new} if old.get(rule) != new.get(rule)]


def code_edits(before: Product, after: Product) -> dict[str, tuple[Barcode, ...]]:
    """unit uid -> all its codes, of each unit whose codes differ."""
    old = {unit.uid: unit.barcodes for unit in before.units}
    return {unit.uid: unit.barcodes for unit in after.units if old.get(unit.uid, ()) != unit.barcodes}


def laid_over(current: Product, before: Product, after: Product) -> Product:
    """The change from `before` to `after`, on a product that may have moved on since. A ladder that was changed is taken whole."""
    if not same_ladder(before, after):
        units = after.units
        sell_unit = after.sell_unit
    else:
        units, sell_unit = _units(current, before, after), current.sell_unit
    consignor = after.consignor_uid if before.consignor_uid != after.consignor_uid else current.consignor_uid
    told = _without_sell_unit(before, after)
    edited = replace(current, base_unit=after.base_unit, units=units, sell_unit=sell_unit, consignor_uid=consignor, **told)
    wanted = after.units[after.sell_unit].uid
    place = next((at for at, unit in enumerate(units) if unit.uid == wanted), edited.sell_unit)
    return replace(edited, sell_unit=place if before.sell_unit != after.sell_unit else edited.sell_unit)


def prices_by_rule(product: Product) -> dict[PriceRule, Rupiah]:
    """Every price of a product by what it is known by."""
    return {
        PriceRule(unit.uid, price.kind, price.min_quantity, price.group, price.starts_at): price.amount
        for unit in product.units
        for price in unit.prices
    }


def _without_sell_unit(before: Product, after: Product) -> dict[str, Any]:
    return {name: value for name, value in plain_edits(before, after).items() if name != "sell_unit"}


def _units(current: Product, before: Product, after: Product) -> tuple[Unit, ...]:
    prices: dict[str, list[PriceEdit]] = {}
    for edit in price_edits(before, after):
        prices.setdefault(edit.rule.unit_uid, []).append(edit)
    codes = code_edits(before, after)
    return tuple(_unit(unit, prices.get(unit.uid, []), codes) for unit in current.units)


def _unit(unit: Unit, edits: list[PriceEdit], codes: Mapping[str, tuple[Barcode, ...]]) -> Unit:
    kept = {(price.kind, price.min_quantity, price.group, price.starts_at): price for price in unit.prices}
    for edit in edits:
        key = edit.rule[1:]
        if edit.after is None:
            kept.pop(key, None)
        else:
            kept[key] = Price(edit.rule.kind, edit.after, edit.rule.min_quantity, edit.rule.group, edit.rule.starts_at)
    return replace(unit, prices=tuple(kept.values()), barcodes=codes.get(unit.uid, unit.barcodes))
