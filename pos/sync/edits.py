"""Edits of goods by fields: as the wire has them, and this till's own laid over what the server tells. Pure; does no I/O."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pos.domain.barcode import judge, match_key
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.product_edit import code_edits, plain_edits, price_edits
from pos.sync import protocol as wire

_log = logging.getLogger(__name__)

_PLAIN: Final = (
    "name",
    "category",
    "brand",
    "size",
    "drawing",
    "min_stock",
    "online_buffer",
    "listed_online",
    "sell_unit",
    "deleted",
)
_KINDS: Final[Mapping[str, PriceKind]] = {kind.value: kind for kind in PriceKind}
_RULES: Final[Mapping[str, Regulation]] = {rule.value: rule for rule in Regulation}


def edit_to_wire(before: Product, after: Product) -> wire.ProductEditPayload:
    """What differs between two states of a product. `base_version`: the one that `before` came from."""
    plain: dict[str, Any] = plain_edits(before, after)
    if "regulation" in plain:
        plain["regulation"] = after.regulation.value
    return wire.ProductEditPayload(
        product=after.uid,
        base_version=before.version,
        prices=tuple(
            wire.PriceEdit(
                unit=edit.rule.unit_uid,
                kind=edit.rule.kind.value,
                amount=edit.after,
                min_quantity=edit.rule.min_quantity,
                group=edit.rule.group,
                starts_at=edit.rule.starts_at,
            )
            for edit in price_edits(before, after)
        ),
        barcodes=tuple((uid, tuple(code.code for code in codes)) for uid, codes in code_edits(before, after).items()),
        **plain,
    )


def with_edits(product: Product, edits: Sequence[wire.ProductEditPayload]) -> Product:
    """A product with this till's waiting edits on top, in the order in which they were made."""
    for edit in edits:
        product = _with_edit(product, edit)
    return product


def _with_edit(product: Product, edit: wire.ProductEditPayload) -> Product:
    plain = {name: getattr(edit, name) for name in _PLAIN if getattr(edit, name) is not None}
    if edit.regulation is not None:
        plain["regulation"] = _RULES.get(edit.regulation, product.regulation)
    codes = dict(edit.barcodes)
    units = tuple(_with_unit(unit, [price for price in edit.prices if price.unit == unit.uid], codes) for unit in product.units)
    if not 0 <= plain.get("sell_unit", product.sell_unit) < len(units):
        # another till has made the ladder shorter meanwhile
        _log.warning("an edit of this till names a unit to sell that the product has not any more")
        plain.pop("sell_unit")
    return replace(product, units=units, **plain)


def _with_unit(unit: Unit, edits: Sequence[wire.PriceEdit], codes: Mapping[str, tuple[str, ...]]) -> Unit:
    kept = {(price.kind, price.min_quantity, price.group, price.starts_at): price for price in unit.prices}
    for edit in edits:
        kind = _KINDS[edit.kind]
        key = (kind, edit.min_quantity, edit.group, edit.starts_at)
        if edit.amount is None:
            kept.pop(key, None)
        else:
            kept[key] = Price(kind, edit.amount, edit.min_quantity, edit.group, edit.starts_at)
    barcodes = unit.barcodes
    if unit.uid in codes:
        barcodes = tuple(Barcode(code, match_key(code), judge(code)) for code in codes[unit.uid])
    return replace(unit, prices=tuple(kept.values()), barcodes=barcodes)
