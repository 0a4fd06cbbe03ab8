"""Reads of what happens beside a sale: packages that are opened, and what customers hold on deposit."""

from __future__ import annotations

from typing import Final

from pos.domain.deposit import DepositBalance
from pos.domain.pack import PackSource
from pos.local_db.query_base import QueryBase

_HELD: Final = """
SELECT d.customer_uid, d.product_uid, coalesce(p.name, ''), sum(d.quantity), sum(d.amount)
FROM deposit_movement d LEFT JOIN product p ON p.uid = d.product_uid WHERE d.customer_uid = ?
"""
_HELD_ALL: Final = f"{_HELD} GROUP BY d.product_uid HAVING sum(d.quantity) <> 0 OR sum(d.amount) <> 0 ORDER BY d.product_uid"
_HELD_ONE: Final = f"{_HELD} AND d.product_uid = ? GROUP BY d.product_uid"
_LAST: Final = "SELECT quantity, amount FROM deposit_movement WHERE product_uid = ? AND quantity > 0 ORDER BY at DESC LIMIT 1"


class CounterQueries(QueryBase):
    """The counter's part of `services.ports.Queries`."""

    def pack_source(self, product_uid: str) -> PackSource | None:
        row = self._row("SELECT unit_uid, contents, automatic FROM pack_source WHERE product_uid = ?", (product_uid,))
        return PackSource(product_uid, row[0], row[1], bool(row[2])) if row else None

    def deposits(self, customer_uid: str) -> list[DepositBalance]:
        return [DepositBalance(*row) for row in self._rows(_HELD_ALL, (customer_uid,))]

    def deposit(self, customer_uid: str, product_uid: str) -> DepositBalance:
        row = self._row(_HELD_ONE, (customer_uid, product_uid))
        return DepositBalance(*row) if row else DepositBalance(customer_uid, product_uid, "", 0, 0)

    def deposit_price(self, product_uid: str) -> int:
        row = self._row(_LAST, (product_uid,))
        return int(row[1] // row[0]) if row else 0
