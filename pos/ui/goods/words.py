"""What the goods panel says of a product: its ladder, its codes, its rules. Pure: reads values, draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos.domain.barcode import CodeVerdict
from pos.domain.money import format_rupiah
from pos.domain.product import Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import format_quantity
from pos.services.views import GoodsFilter
from pos.ui.language import later, tr
from pos.ui.shell.pills import Tone

FILTERS: Final[Mapping[GoodsFilter, str]] = {
    GoodsFilter.ALL: later("Semua"),
    GoodsFilter.LOW: later("Menipis"),
    GoodsFilter.NO_BARCODE: later("Tanpa barcode"),
    GoodsFilter.NOT_ONLINE: later("Belum online"),
    GoodsFilter.REVIEW: later("Perlu dilihat"),
}
"""The filters of the list, in the order in which they stand."""

VERDICTS: Final[Mapping[CodeVerdict, tuple[str, Tone]]] = {
    CodeVerdict.GOOD: (later("cocok"), Tone.GOOD),
    CodeVerdict.IN_SHOP: (later("label toko"), Tone.INFORMATION),
    CodeVerdict.INVENTED: (later("kode buatan"), Tone.WAITING),
    CodeVerdict.CHECK_DIGIT_WRONG: (later("salah ketik?"), Tone.FAULT),
}
"""What is known of a code, in a word."""

_RULES: Final[Mapping[Regulation, str]] = {
    Regulation.TOBACCO: later("Rokok tidak ditampilkan di e-Peken (PP 28/2024)."),
    Regulation.LPG_3KG: later("Catat juga setiap penjualannya di MAP Pertamina."),
}


def retail_of(unit: Unit) -> Price | None:
    """The price that counts for everyone from one piece on; the newest where there are several."""
    prices = [price for price in unit.prices if price.kind is PriceKind.RETAIL and price.min_quantity <= 1]
    return max(prices, key=lambda price: price.starts_at, default=None)


def price_text(unit: Unit) -> str:
    """`Rp3.500`; a rung of its own without a price says so."""
    retail = retail_of(unit)
    return format_rupiah(retail.amount) if retail else tr("tanpa harga")


def wholesale_texts(unit: Unit) -> list[str]:
    """`grosir mulai 10: Rp3.200` for each wholesale price."""
    prices = sorted((price for price in unit.prices if price.kind is PriceKind.WHOLESALE), key=lambda price: price.min_quantity)
    return [tr("grosir mulai {n}: {amount}", n=price.min_quantity, amount=format_rupiah(price.amount)) for price in prices]


def rung_text(unit: Unit, product: Product) -> str:
    """What a rung holds: `isi 40 bungkus`, `satuan dasar`; empty where a product has only one."""
    if len(product.units) < 2:
        return ""
    smaller = [other for other in product.units if other.factor < unit.factor and unit.factor % other.factor == 0]
    if not smaller:
        return tr("satuan dasar")
    below = max(smaller, key=lambda other: other.factor)
    return tr("isi {n} {unit}", n=format_quantity(unit.factor, below.factor), unit=below.name)


def kind_texts(product: Product) -> tuple[str, ...]:
    """`85 g · Indomie · Mi instan`, then shorter wordings: whoever shows it takes the first that fits."""
    parts = (product.size, product.brand, product.category), (product.size, product.category), (product.category,)
    return tuple(" · ".join(part for part in some if part) for some in parts)


def rule_text(product: Product) -> str:
    """A rule of law that hangs on the product; empty for most."""
    words = _RULES.get(product.regulation)
    return tr(words) if words else ""
