"""What moved on the shelf, with what it cost. Only INSERT; quantity and worth of a product's stock are kept by the file's triggers.

Owns `stock_movement` and `stock_revaluation`, and the moving average that goods which came in leave at their product.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pos.domain.costing import NOTHING, Moved, StockValue, UnitCost, known_price, move
from pos.domain.money import Rupiah
from pos.domain.stock import RevaluationReason, StockMovement
from pos.local_db.work_base import WorkBase

_MOVEMENT: Final = (
    "INSERT INTO stock_movement (cause, position, product_uid, quantity, reason, at, cost, variance) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_BOOKED: Final = "SELECT cause, position FROM stock_movement WHERE cause IN "
_VALUES: Final = """
SELECT s.product_uid, s.on_hand, s.cost, coalesce(p.cost_total, 0), coalesce(p.cost_quantity, 0)
FROM stock s LEFT JOIN product p ON p.uid = s.product_uid WHERE s.product_uid IN
"""
_COSTS: Final = "SELECT position, cost + variance FROM stock_movement WHERE cause = ? AND cost IS NOT NULL"
_REVALUED: Final = "INSERT INTO stock_revaluation (product_uid, cost, variance, reason, cause, at) VALUES (?, ?, ?, ?, ?, ?)"
_AVERAGE: Final = "UPDATE product SET cost_total = ?, cost_quantity = ? WHERE uid = ?"
_CHUNK: Final = 400
"""Below SQLite's limit of variables in a statement."""


class StockWork(WorkBase):
    """The shelf's part of a unit of work."""

    def stock_values(self, product_uids: Sequence[str]) -> dict[str, StockValue]:
        found: dict[str, StockValue] = {}
        for part in _parts(list(dict.fromkeys(product_uids))):
            for uid, on_hand, cost, latest, of in self._all(f"{_VALUES} ({', '.join('?' * len(part))})", tuple(part)):
                found[uid] = StockValue(on_hand, cost, UnitCost(latest, of))
        return found

    def costs_of(self, cause: str) -> dict[int, Rupiah]:
        """Position -> what the goods of a movement cost, with the sign of their quantity."""
        return dict(self._all(_COSTS, (cause,)))

    def add_movements(self, movements: Sequence[StockMovement]) -> int:
        new = self._not_booked(movements)
        values = self.stock_values([item.product_uid for item in new])
        booked: list[tuple[StockMovement, Rupiah, Rupiah]] = []
        priced: set[str] = set()
        for item in new:
            value = values.get(item.product_uid, NOTHING)
            if item.quantity > 0 and item.cost is not None and not value.is_known and value.quantity > 0:
                value = self._value_unknown(value, item)
            moved = move(value, item.quantity, item.cost)
            values[item.product_uid] = moved.stock
            booked.append((item, moved.cost, moved.variance))
            if item.cost is not None and item.quantity > 0 and item.reason.sets_price:
                priced.add(item.product_uid)
        self._book(booked)
        self._set_prices({uid: values[uid] for uid in sorted(priced)})
        return len(new)

    def change_cost(self, product_uid: str, moved: Moved, cause: str, at: int) -> None:
        self._revalue(product_uid, moved.cost, moved.variance, RevaluationReason.CORRECTION, cause, at)
        self._set_prices({product_uid: moved.stock})

    def revalue(self, products: Iterable[tuple[str, UnitCost]]) -> None:
        """Goods that are said to cost something else from now on: what is there is worth that much."""
        told = dict(products)
        for uid, value in self.stock_values(list(told)).items():
            difference = told[uid].share(max(0, value.quantity)) - value.cost
            if value.quantity > 0 and difference:
                self._revalue(uid, difference, 0, RevaluationReason.PRICE, "", self._clock.now())

    def _value_unknown(self, value: StockValue, item: StockMovement) -> StockValue:
        """Goods whose cost nobody had said are there already: they are taken to have cost the same."""
        assert item.cost is not None
        latest = UnitCost(item.cost, item.quantity)
        worth = latest.share(value.quantity)
        if worth:
            self._revalue(item.product_uid, worth, 0, RevaluationReason.PRICE, item.cause, item.at)
        return StockValue(value.quantity, worth, latest)

    def _revalue(self, product_uid: str, cost: Rupiah, variance: Rupiah, reason: RevaluationReason, cause: str, at: int) -> None:
        self._run(_REVALUED, (product_uid, cost, variance, reason.value, cause, at))

    def _set_prices(self, values: dict[str, StockValue]) -> None:
        prices = [(price.rupiah, price.of, uid) for uid, value in values.items() if (price := known_price(value)).of > 0]
        self._run_many(_AVERAGE, prices)
        if prices:
            self._counters.goods_version += 1

    def _book(self, rows: Sequence[tuple[StockMovement, Rupiah, Rupiah]]) -> None:
        self._run_many(
            _MOVEMENT,
            [
                (item.cause, item.position, item.product_uid, item.quantity, item.reason.value, item.at, cost, variance)
                for item, cost, variance in rows
            ],
        )

    def _not_booked(self, movements: Sequence[StockMovement]) -> list[StockMovement]:
        seen: set[tuple[str, int]] = set()
        for part in _parts(list(dict.fromkeys(item.cause for item in movements))):
            seen.update(self._all(f"{_BOOKED} ({', '.join('?' * len(part))})", tuple(part)))
        new = []
        for item in movements:
            if (item.cause, item.position) not in seen:
                seen.add((item.cause, item.position))
                new.append(item)
        return new


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
