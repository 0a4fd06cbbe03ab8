"""Two edits of one field in the shop's words: which field, and both values. Pure; reads the JSON that the line keeps.

The names of fields are docs/protocol.md's: a plain one, `price:unit:kind:group:min_quantity:starts_at`, `barcodes:unit`, or `units` whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pos.domain.money import format_rupiah
from pos.domain.product import PriceKind, Product
from pos.services.line_views import EditRow
from pos.ui.language import later, tr

_FIELDS: Final[Mapping[str, str]] = {
    "name": later("Nama"),
    "category": later("Kategori"),
    "brand": later("Merek"),
    "size": later("Ukuran kemasan"),
    "drawing": later("Gambar"),
    "base_unit": later("Satuan dasar"),
    "sell_unit": later("Satuan jual"),
    "units": later("Satuan dan harga"),
    "barcodes": later("Barcode"),
    "min_stock": later("Batas stok menipis"),
    "online_buffer": later("Cadangan untuk toko"),
    "listed_online": later("Tampil di e-Peken"),
    "regulation": later("Aturan khusus"),
    "deleted": later("Dihapus"),
}
_KINDS: Final[Mapping[str, str]] = {
    PriceKind.RETAIL.value: later("Harga eceran"),
    PriceKind.WHOLESALE.value: later("Harga grosir"),
    PriceKind.GROUP.value: later("Harga langganan"),
}
_MOST: Final = 60


def field_text(edit: EditRow, product: Product | None) -> str:
    """`Harga eceran, bungkus`; a field that this program does not know by its name."""
    name, _, rest = edit.field.partition(":")
    if name == "price":
        unit, kind, *_ = f"{rest}:".split(":")
        words = _KINDS.get(kind)
        return _of_unit(tr(words) if words else kind, unit, product)
    words = _FIELDS.get(name)
    return _of_unit(tr(words) if words else name, rest, product)


def value_text(edit: EditRow, value: str) -> str:
    """A value as people say it."""
    try:
        told = json.loads(value)
    except ValueError:
        return value[:_MOST]
    return _said(edit.field.partition(":")[0], told)[:_MOST]


def _said(name: str, told: Any) -> str:
    if told is None:
        return tr("tidak ada")
    if isinstance(told, bool):
        return tr("ya") if told else tr("tidak")
    if name == "price" and isinstance(told, int):
        return format_rupiah(told)
    if name == "units" and isinstance(told, list):
        return "; ".join(_unit(each) for each in told if isinstance(each, dict))
    if isinstance(told, list):
        return ", ".join(str(each) for each in told) or tr("tidak ada")
    return str(told) or tr("kosong")


def _unit(told: dict[str, Any]) -> str:
    """`bungkus Rp3.500`: its first retail price tells one list of units from another."""
    prices = [price for price in told.get("prices", ()) if isinstance(price, dict) and isinstance(price.get("amount"), int)]
    retail = [price for price in prices if price.get("kind") == PriceKind.RETAIL.value] or prices
    return f"{told.get('name', '')} {format_rupiah(retail[0]['amount'])}".strip() if retail else str(told.get("name", ""))


def _of_unit(words: str, unit: str, product: Product | None) -> str:
    name = next((each.name for each in product.units if each.uid == unit), "") if product is not None else ""
    return f"{words}, {name}" if name else words
