"""One field of a product as an edit had it, laid over the product of now. Owns the names of fields; the central's twin is `central.edits`.

Source: docs/protocol.md, edits: a plain field by its name, `price:unit:kind:group:min_quantity:starts_at`, `barcodes:unit`; values as JSON.
"""

from __future__ import annotations

from typing import Final

import msgspec

from pos.domain.product import Product
from pos.sync import protocol as wire
from pos.sync.encoding import product_from_wire, product_to_wire

_PRICE, _BARCODES = "price", "barcodes"
_OWN: Final = frozenset({"uid", "version"})


def with_field(product: Product, field: str, value: str) -> Product:
    """The product with `field` set to `value` (JSON text).

    Raises:
        ValueError: no such field or unit (any more), or a value that no product can have.
    """
    told = product_to_wire(product)
    name, _, rest = field.partition(":")
    try:
        if name == _PRICE:
            told = _with_price(told, rest, msgspec.json.decode(value, type=int | None))
        elif name == _BARCODES:
            told = _with_unit(told, rest, barcodes=msgspec.json.decode(value, type=tuple[str, ...]))
        elif name in _OWN or name not in wire.WireProduct.__struct_fields__:
            raise ValueError(f"{field} is no field of goods")
        else:
            whole = msgspec.to_builtins(told) | {name: msgspec.json.decode(value)}
            told = msgspec.convert(whole, wire.WireProduct)
    except msgspec.MsgspecError as error:
        raise ValueError(f"{value} is no value of {field}") from error
    return product_from_wire(told, (product.cost_total, product.cost_quantity, product.needs_review, product.consignor_uid))


def _with_price(told: wire.WireProduct, key: str, amount: int | None) -> wire.WireProduct:
    """`key`: unit, kind, customer group, from how many, since when. Without an amount that price is no more."""
    unit, kind, group, least, starts = key.split(":")
    own = kind, group, int(least), int(starts)
    prices = next((found.prices for found in told.units if found.uid == unit), ())
    kept = tuple(price for price in prices if (price.kind, price.group, price.min_quantity, price.starts_at) != own)
    if amount is not None:
        made = wire.WirePrice(kind=kind, amount=amount, min_quantity=own[2], group=group, starts_at=own[3])
        kept = (*kept, made)
    return _with_unit(told, unit, prices=kept)


def _with_unit(told: wire.WireProduct, unit: str, **fields: object) -> wire.WireProduct:
    if all(found.uid != unit for found in told.units):
        raise ValueError("the unit is no more")
    units = tuple(msgspec.structs.replace(found, **fields) if found.uid == unit else found for found in told.units)
    return msgspec.structs.replace(told, units=units)
