"""Stock and ladders in the shop's words: `5 dus + 12 bungkus`, how full the bar is, whether it runs low. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from pos.domain.product import Product, Unit
from pos.domain.quantity import format_quantity

_HALF_FULL_UNITS: Final = 40
_WEIGHED: Final = frozenset({"kg", "ons", "gram", "liter", "ml"})


class StockLevel(StrEnum):
    """How the bar is coloured; a sign says it too."""

    PLENTY = "plenty"
    LOW = "low"
    NONE = "none"


def on_hand_text(on_hand: int, factor: int, unit_name: str) -> str:
    """(18500, 1000, `kg`) -> `18,5 kg`. `on_hand` base units."""
    return f"{format_quantity(on_hand, factor)} {unit_name}"


def level(on_hand: int, min_stock: int) -> StockLevel:
    """Nothing on the shelf (or less, which is possible and shown), low, or plenty. Base units."""
    if on_hand <= 0:
        return StockLevel.NONE
    return StockLevel.LOW if on_hand < min_stock else StockLevel.PLENTY


def bar_share(on_hand: int, factor: int, min_stock: int) -> float:
    """How full the bar is, 0..1: half full at four times the low mark (at 40 units where none is set), never quite full.

    A shop has no "full": the bar tells little from much at a glance, over a span from one gas bottle to a tonne of rice.
    """
    half = 4 * min_stock or _HALF_FULL_UNITS * factor
    return max(0, on_hand) / (max(0, on_hand) + half)


def is_weighed(unit_name: str) -> bool:
    """Sold by weight or volume: no barcode is expected."""
    return unit_name.lower() in _WEIGHED


def split_ladder(on_hand: int, units: Sequence[Unit]) -> list[tuple[int, Unit]]:
    """Base units as counts of a ladder's rungs, largest first: 212 of (1, 40) -> [(5, dus), (12, bungkus)].

    Rungs of none are left out; nothing at all is none of the smallest. Only rungs that hold a whole number of the next smaller one
    count: a tray of 30 eggs is no number of kilograms.
    """
    chain: list[Unit] = []
    for unit in sorted(units, key=lambda unit: unit.factor):
        if not chain or unit.factor % chain[-1].factor == 0:
            chain.append(unit)
    parts: list[tuple[int, Unit]] = []
    rest = abs(on_hand)
    for unit in reversed(chain):
        count, rest = divmod(rest, unit.factor)
        if count:
            parts.append((count, unit))
    return parts or [(0, chain[0])]


def ladder_text(product: Product, on_hand: int) -> str:
    """`5 dus + 12 bungkus` of pieces, `18,5 kg` of what is weighed. `on_hand` base units."""
    sold = product.units[product.sell_unit]
    if is_weighed(sold.name) or min(unit.factor for unit in product.units) > 1:
        return on_hand_text(on_hand, sold.factor, sold.name)
    text = " + ".join(f"{format_quantity(count, 1)} {unit.name}" for count, unit in split_ladder(on_hand, product.units))
    return f"-({text})" if on_hand < 0 else text
