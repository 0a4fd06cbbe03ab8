"""*Pecah kemasan*: loose goods that come out of a package of their own in the shop's list (a dus that is a product of itself). Pure.

A ladder of one product (sachet, renteng, dus) needs none of this: its stock is counted in sachets whichever unit sells.
"""

from __future__ import annotations

from dataclasses import dataclass


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


def packs_needed(missing: int, contents: int) -> int:
    """How many packages hold at least `missing` base units; one at least."""
    return max(1, -(-missing // contents))
