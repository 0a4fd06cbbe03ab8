"""What is written beside a sale: which package is opened for which goods, and deposits (only INSERT)."""

from __future__ import annotations

from typing import Final

from pos.domain.basket import Basket
from pos.domain.deposit import DepositMovement
from pos.domain.pack import PackSource
from pos.local_db.baskets import SHELF_NOW, Baskets

_SOURCE: Final = "INSERT OR REPLACE INTO pack_source (product_uid, unit_uid, contents, automatic) VALUES (?, ?, ?, ?)"
_DEPOSIT: Final = (
    "INSERT INTO deposit_movement (uid, customer_uid, product_uid, quantity, amount, session_uid, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class CounterWork(Baskets):
    """The counter's part of a unit of work."""

    def set_pack_source(self, source: PackSource) -> None:
        self._run(_SOURCE, (source.product_uid, source.unit_uid, source.contents, int(source.automatic)))

    def refresh_shelf(self, basket: Basket) -> Basket:
        self._run(SHELF_NOW, (basket.uid,))
        return self.open_basket()

    def add_deposit(self, movement: DepositMovement) -> None:
        row = (
            movement.uid,
            movement.customer_uid,
            movement.product_uid,
            movement.quantity,
            movement.amount,
            movement.session_uid,
            movement.at,
        )
        self._run(_DEPOSIT, row)
