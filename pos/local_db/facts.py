"""Facts in the store: sales, movements, the drawer. Only INSERT; the file's triggers refuse anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pos.domain.cash_session import CashSession
from pos.domain.sale import Sale
from pos.domain.stock import StockMovement
from pos.local_db.upkeep import Upkeep

MOST_UNINDEXED: Final = 512
"""Sales that may wait for the history's search before a sale puts them in by the way: looking through them stays quick."""

_SALE: Final = (
    "INSERT INTO sale (uid, number, epoch, seq, session_uid, cashier, at, total, rounding, kind, corrects)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINE: Final = (
    "INSERT INTO sale_line (sale_id, position, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, amount,"
    " cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PAYMENT: Final = (
    "INSERT INTO payment (sale_id, position, tender, amount, received, change, state, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVEMENT: Final = "INSERT INTO stock_movement (cause, position, product_uid, quantity, reason, at) VALUES (?, ?, ?, ?, ?, ?)"
_NEW_MOVEMENT: Final = _MOVEMENT + " ON CONFLICT DO NOTHING"
_BOOKED: Final = "SELECT movements FROM total"


class Facts(Upkeep):
    """The facts' part of a unit of work."""

    def next_receipt(self) -> tuple[str, int, int]:
        return self._counters.prefix, self._counters.epoch, self._counters.next_sale

    def costs(self, product_uids: Sequence[str]) -> dict[str, tuple[int, int]]:
        marks = ", ".join("?" * len(product_uids))
        sql = f"SELECT uid, cost_total, cost_quantity FROM product WHERE uid IN ({marks})"
        return {row[0]: (row[1], row[2]) for row in self._all(sql, tuple(product_uids))}

    def add_sale(self, sale: Sale) -> None:
        _, epoch, seq = self.next_receipt()
        head = (
            sale.uid,
            sale.number,
            epoch,
            seq,
            sale.session_uid,
            sale.cashier,
            sale.at,
            sale.total,
            sale.rounding,
            sale.kind.value,
            sale.corrects,
        )
        row = self._run(_SALE, head).lastrowid
        assert row is not None
        self._counters.next_sale += 1
        self._run_many(
            _LINE,
            [
                (
                    row,
                    place,
                    line.product_uid,
                    line.unit_uid,
                    line.name,
                    line.unit_name,
                    line.factor,
                    line.quantity,
                    line.unit_price,
                    line.discount,
                    line.amount,
                    line.cost,
                )
                for place, line in enumerate(sale.lines)
            ],
        )
        self._run_many(
            _PAYMENT,
            [
                (row, place, paid.tender.value, paid.amount, paid.received, paid.change, paid.state.value, paid.reference)
                for place, paid in enumerate(sale.payments)
            ],
        )
        self._run_many(
            _MOVEMENT,
            [(sale.uid, place, line.product_uid, -line.quantity, "sale", sale.at) for place, line in enumerate(sale.lines)],
        )
        if row - self._counters.sales_indexed > MOST_UNINDEXED:
            self.index_sales(MOST_UNINDEXED)

    def add_movements(self, movements: Sequence[StockMovement]) -> int:
        before = self._one(_BOOKED)[0]
        self._run_many(
            _NEW_MOVEMENT,
            [(item.cause, item.position, item.product_uid, item.quantity, item.reason.value, item.at) for item in movements],
        )
        new: int = self._one(_BOOKED)[0] - before
        return new

    def open_session(self, session: CashSession) -> None:
        row = (session.uid, session.cashier, session.opened_at, session.float_amount)
        self._run("INSERT INTO cash_session (uid, cashier, opened_at, float_amount) VALUES (?, ?, ?, ?)", row)

    def close_session(self, session_uid: str, at: int, expected: int, counted: int) -> None:
        row = (session_uid, at, expected, counted)
        self._run("INSERT INTO cash_session_close (session_uid, at, expected, counted) VALUES (?, ?, ?, ?)", row)
