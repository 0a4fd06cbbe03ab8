"""Every price that was ever told: a row is added where a product's prices differ from what they were. Only INSERT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pos.domain.product import Product
from pos.local_db.units import UNITS_PER_PRODUCT
from pos.local_db.work_base import WorkBase
from pos.services.goods_views import Author

_OLD: Final = """
SELECT u.uid, r.kind, r.min_quantity, r.customer_group, r.starts_at, r.amount, u.name, u.factor
FROM product_unit u JOIN price r ON r.unit_id = u.id WHERE u.id >= ? AND u.id < ?
"""
_ADD: Final = (
    "INSERT INTO price_change (at, actor, product_uid, unit_uid, unit_name, factor, kind, min_quantity, customer_group, starts_at, before,"
    " amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class PriceHistory(WorkBase):
    """The prices' part of a unit of work."""

    def old_prices(self, product_ids: Mapping[str, int]) -> dict[str, list[Any]]:
        """uid -> the prices that the store holds now, of products by their row ids."""
        return {
            uid: self._all(_OLD, (product_id * UNITS_PER_PRODUCT, (product_id + 1) * UNITS_PER_PRODUCT))
            for uid, product_id in product_ids.items()
        }

    def note_prices(self, products: Sequence[Product], old: Mapping[str, list[Any]], author: Author) -> None:
        """Add what came, changed or went. `old`: `old_prices` from before; a product that is not in it had none."""
        self._run_many(_ADD, [row for product in products for row in _changes(product, old.get(product.uid, ()), author)])


def _changes(product: Product, old: Sequence[Any], author: Author) -> list[tuple[Any, ...]]:
    before = {tuple(row[:5]): row for row in old}
    head = (author.at, author.name, product.uid)
    rows: list[tuple[Any, ...]] = []
    for unit in product.units:
        for price in unit.prices:
            key = (unit.uid, price.kind.value, price.min_quantity, price.group, price.starts_at)
            was = before.pop(key, None)
            if was is None or was[5] != price.amount:
                rows.append((*head, unit.uid, unit.name, unit.factor, *key[1:], was[5] if was else None, price.amount))
    rows += [(*head, key[0], row[6], row[7], *key[1:], row[5], None) for key, row in before.items()]
    return rows
