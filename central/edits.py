"""Two edits of one product laid over each other, field by field. Pure: what a field is, what was overwritten, what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from pos.sync.protocol import PriceEdit, ProductEditPayload, WirePrice, WireProduct, WireUnit

_OWN: Final = frozenset({"uid", "version"})
_EDITABLE: Final = tuple(name for name in WireProduct.__struct_fields__ if name not in _OWN)
_PLAIN: Final = tuple(name for name in ProductEditPayload.__struct_fields__ if name in _EDITABLE)
"""Fields that an edit sets as a whole; prices and barcodes are finer."""


class NoSuchUnit(Exception):
    """The edit speaks of a unit that the product has not."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A field where an edit met another. `kept` and `lost` are JSON texts."""

    field: str
    kept: str
    lost: str


def laid_over(told: WireProduct, base: WireProduct, current: WireProduct) -> tuple[WireProduct, list[Overwritten]]:
    """A product told whole, over what has been made of it since the version that it started from."""
    values: dict[str, Any] = {}
    lost = []
    for name in _EDITABLE:
        was, now, wanted = getattr(base, name), getattr(current, name), getattr(told, name)
        values[name] = now if wanted == was else wanted
        if wanted != was and now not in (was, wanted):
            lost.append(Overwritten(name, _text(wanted), _text(now)))
    return WireProduct(uid=told.uid, **values), lost


def with_edit(product: WireProduct, edit: ProductEditPayload) -> WireProduct:
    """The product with what the edit holds.

    Raises:
        NoSuchUnit.
    """
    plain = {name: getattr(edit, name) for name in _PLAIN if getattr(edit, name) is not None}
    units = {unit.uid: unit for unit in product.units}
    for price in edit.prices:
        units[price.unit] = msgspec.structs.replace(_unit(units, price.unit), prices=tuple(_with_price(units[price.unit].prices, price)))
    for uid, barcodes in edit.barcodes:
        units[uid] = msgspec.structs.replace(_unit(units, uid), barcodes=barcodes)
    return msgspec.structs.replace(product, units=tuple(units.values()), **plain)


def fields_of(edit: ProductEditPayload, base: WireProduct, current: WireProduct, edited: WireProduct) -> list[Overwritten]:
    """What of the edit overwrote another value than the one that its person saw (that of `base`).

    Raises:
        NoSuchUnit.
    """
    lost = []
    for field, was, now, wanted in _touched(edit, base, current, edited):
        if now not in (was, wanted):
            lost.append(Overwritten(field, _text(wanted), _text(now)))
    return lost


def _touched(edit: ProductEditPayload, *products: WireProduct) -> Iterator[tuple[str, Any, Any, Any]]:
    """Name, and value in each product, of every field that the edit holds."""
    for name in _PLAIN:
        if getattr(edit, name) is not None:
            was, now, wanted = (getattr(product, name) for product in products)
            yield name, was, now, wanted
    for price in edit.prices:
        name = f"price:{price.unit}:{price.kind}:{price.group}:{price.min_quantity}:{price.starts_at}"
        was, now, wanted = (_amount(product, price) for product in products)
        yield name, was, now, wanted
    for uid, _ in edit.barcodes:
        was, now, wanted = (next((unit.barcodes for unit in product.units if unit.uid == uid), ()) for product in products)
        yield f"barcodes:{uid}", was, now, wanted


def _unit(units: dict[str, WireUnit], uid: str) -> WireUnit:
    found = units.get(uid)
    if found is None:
        raise NoSuchUnit
    return found


def _same_price(one: WirePrice, edit: PriceEdit) -> bool:
    return (one.kind, one.group, one.min_quantity, one.starts_at) == (edit.kind, edit.group, edit.min_quantity, edit.starts_at)


def _with_price(prices: tuple[WirePrice, ...], edit: PriceEdit) -> list[WirePrice]:
    others = [price for price in prices if not _same_price(price, edit)]
    if edit.amount is None:
        return others
    made = WirePrice(kind=edit.kind, amount=edit.amount, min_quantity=edit.min_quantity, group=edit.group, starts_at=edit.starts_at)
    return [*others, made]


def _amount(product: WireProduct, edit: PriceEdit) -> int | None:
    for unit in product.units:
        if unit.uid == edit.unit:
            return next((price.amount for price in unit.prices if _same_price(price, edit)), None)
    return None


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
