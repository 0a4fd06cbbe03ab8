"""*Pecah kemasan*: loose goods that come out of a package of their own in the shop's list (a dus that is a product of itself). Pure.

A ladder of one product (sachet, renteng, dus) needs none of this: its stock is counted in sachets whichever unit sells.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Rupiah, divide_half_up


@dataclass(frozen=True, slots=True)
class PackSource:
    """What the shop opens when loose goods run out; remembered per product.

    Attributes:
        product_uid: the loose goods.
        unit_uid: the unit of another product that is opened (*dus*).
        contents: base units of the loose goods in one of it.
        automatic: open it without asking.
    """

    product_uid: str
    unit_uid: str
    contents: int
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """A moving-average cost as a fraction: rupiah for that many base units; (0, 0) is not known."""

    total: Rupiah = 0
    quantity: int = 0

    def of(self, quantity: int) -> Rupiah:
        """Rupiah that `quantity` base units cost. Zero where nothing is known."""
        return divide_half_up(self.total * quantity, self.quantity) if self.quantity > 0 else 0


def packs_needed(missing: int, contents: int) -> int:
    """How many packages hold at least `missing` base units; one at least."""
    return max(1, -(-missing // contents))


def carried_over(loose: Cost, on_hand: int, pack: Cost, opened: int, contents: int) -> Cost:
    """The cost of the loose goods after packages were opened: what they cost goes with what was in them.

    Args:
        on_hand: base units of the loose goods before; below zero counts as none.
        opened: base units of the package's product that were opened.
        contents: base units of the loose goods that came out of them.
    """
    if pack.quantity <= 0:
        return loose
    before = max(0, on_hand) if loose.quantity > 0 else 0
    return Cost(loose.of(before) + pack.of(opened), before + contents)
