"""Two products that are one: what stays takes over the units and codes of what goes. Pure; facts stay where they are.

A unit that holds as much as one of those that stay becomes that one; any other is added to the ladder under a uid of its own, since a
unit of one product can never be another's (docs/protocol.md, Products).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import LONGEST_UNIT_NAME
from pos.domain.product import Product, Regulation, Unit

_NAMES: Final = ("name", "brand", "size", "drawing")


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of it.

    Attributes:
        kept: the product that stays, with all codes.
        gone: the one that goes: without codes, not listed, retired.
        units: uid of each unit that goes -> the one that it is from now on.
    """

    kept: Product
    gone: Product
    units: dict[str, str]


def merged(kept: Product, gone: Product, new_id: Callable[[], str]) -> Merged:
    """The two as one.

    Raises:
        ShopError: TWINS_UNLIKE with `name` where they are counted in different base units, belong to different people, or a rule of law
            hangs on one of them only.
    """
    unlike = (kept.base_unit, kept.consignor_uid, kept.regulation) != (gone.base_unit, gone.consignor_uid, gone.regulation)
    if unlike or kept.uid == gone.uid:
        raise ShopError(ErrorCode.TWINS_UNLIKE, name=gone.name[:40])
    units, moved = list(kept.units), {}
    for unit in gone.units:
        place = next((at for at, own in enumerate(units) if own.factor == unit.factor), None)
        if place is None:
            added = replace(unit, uid=new_id(), name=_free_name(unit, units))
            units.append(added)
            moved[unit.uid] = added.uid
        else:
            units[place] = _joined(units[place], unit)
            moved[unit.uid] = units[place].uid
    sold = kept.units[kept.sell_unit].uid
    units.sort(key=lambda unit: unit.factor)
    filled = {name: getattr(kept, name) or getattr(gone, name) for name in _NAMES}
    whole = replace(
        kept,
        units=tuple(units),
        sell_unit=next(at for at, unit in enumerate(units) if unit.uid == sold),
        min_stock=kept.min_stock or gone.min_stock,
        listed_online=(kept.listed_online or gone.listed_online) and kept.regulation is not Regulation.TOBACCO,
        **filled,
    )
    bare = tuple(replace(unit, barcodes=()) for unit in gone.units)
    return Merged(whole, replace(gone, units=bare, listed_online=False, deleted=True), moved)


def _joined(own: Unit, other: Unit) -> Unit:
    """A unit with the codes of another that holds as much; its prices only where it has none of its own."""
    held = {code.key for code in own.barcodes}
    codes = (*own.barcodes, *(code for code in other.barcodes if code.key not in held))
    return replace(own, prices=own.prices or other.prices, barcodes=codes)


def _free_name(unit: Unit, units: list[Unit]) -> str:
    """Its name, or with what it holds where another unit is called so: `dus isi 24`."""
    taken = {own.name.casefold() for own in units}
    if unit.name.casefold() not in taken:
        return unit.name
    tail = f" {unit.factor}"
    return unit.name[: LONGEST_UNIT_NAME - len(tail)] + tail
