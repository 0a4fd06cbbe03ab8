"""The mark of a price: what a till and the server add up to see whether their prices are the same (docs/protocol.md, Digest). Pure."""

from __future__ import annotations

import zlib
from typing import Final

from pos.domain.product import Product

MARKS: Final = 2**48
"""The sum is told modulo this."""


def mark(product: str, unit: str, factor: int, kind: str, group: str, min_quantity: int, starts_at: int, amount: int) -> int:
    """One price's mark: a CRC-32, so that adding and taking away keeps the sum without reading what did not change."""
    return zlib.crc32(f"{product}\n{unit}\n{factor}\n{kind}\n{group}\n{min_quantity}\n{starts_at}\n{amount}".encode())


def marks_of(product: Product) -> int:
    """The sum of a product's marks; 0 for one that is deleted. Not yet modulo MARKS."""
    if product.deleted:
        return 0
    return sum(
        mark(product.uid, unit.uid, unit.factor, price.kind.value, price.group, price.min_quantity, price.starts_at, price.amount)
        for unit in product.units
        for price in unit.prices
    )
