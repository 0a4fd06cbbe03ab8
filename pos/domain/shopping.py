"""What the shop buys next (*daftar kulakan*): how much of it, from the pace of its sales and the minimum, in the unit it comes in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pos.domain.money import Rupiah, format_rupiah
from pos.domain.quantity import format_quantity

PACE_DAYS: Final = 28
"""Days of sales that the pace is taken from: four weeks, so that each weekday counts alike."""
LEAD_DAYS: Final = 3
"""Goods that would be gone within so many days are bought now."""
COVER_DAYS: Final = 14
"""What is bought lasts so many days."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the list. `count`: of `unit_name`; `about`: rupiah at the last price, None where nobody knows."""

    product_uid: str
    name: str
    unit_name: str
    count: int
    on_hand: int
    factor: int
    about: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class ShoppingList:
    """What to buy of one supplier; `supplier` is empty for goods whose supplier nobody said."""

    supplier_uid: str
    supplier: str
    lines: tuple[Wanted, ...]

    @property
    def about(self) -> Rupiah:
        """Rupiah of the lines whose price is known."""
        return sum(line.about or 0 for line in self.lines)


def to_buy(on_hand: int, minimum: int, sold: int, factor: int) -> int:
    """How many units (of `factor` base units) to buy; 0 while there is enough.

    Args:
        minimum: base units below which stock is low. sold: base units sold in `PACE_DAYS`.
    """
    soon = sold * LEAD_DAYS // PACE_DAYS
    if on_hand >= max(minimum, soon):
        return 0
    target = max(2 * minimum, -(-sold * COVER_DAYS // PACE_DAYS))
    missing = target - max(0, on_hand)
    return -(-missing // factor) if missing > 0 else 0


def as_text(lists: Iterable[ShoppingList], nobody: str, title: str) -> str:
    """The list as words that can be sent to the supplier. `nobody` stands for goods without one."""
    blocks = []
    for item in lists:
        rows = [f"- {line.name}: {format_quantity(line.count, 1)} {line.unit_name}" for line in item.lines]
        rows += [f"  ± {format_rupiah(item.about)}"] if item.about else []
        blocks.append("\n".join([item.supplier or nobody, *rows]))
    return "\n\n".join([title, *blocks]) + "\n"
