"""Facts in the store: sales, movements, the drawer. Only INSERT; the file's triggers refuse anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pos.domain.cash_session import CashSession
from pos.domain.sale import Sale, SaleKind, SaleLine
from pos.domain.stock import MovementReason, StockMovement
from pos.local_db.stock_work import StockWork
from pos.local_db.upkeep import Upkeep

MOST_UNINDEXED: Final = 512
"""Sales that may wait for the history's search before a sale puts them in by the way: looking through them stays quick."""

_SALE: Final = (
    "INSERT INTO sale (uid, number, epoch, seq, session_uid, cashier, at, total, rounding, kind, corrects,"
    " customer_uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINE: Final = (
    "INSERT INTO sale_line (sale_id, position, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, amount,"
    " cost, corrects_line, damaged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PAYMENT: Final = (
    "INSERT INTO payment (sale_id, position, tender, amount, received, change, state, reference, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Facts(StockWork, Upkeep):
    """The facts' part of a unit of work."""

    def next_receipt(self) -> tuple[str, int, int]:
        return self._counters.prefix, self._counters.epoch, self._counters.next_sale

    def add_sale(self, sale: Sale) -> None:
        _, epoch, seq = self.next_receipt()
        self._write_sale(sale, epoch, seq)
        # a sale's lines say what they took off the shelf, a correction's what they had taken
        if sale.kind is SaleKind.SALE:
            self._book([(move, move.cost or 0, 0) for move in _movements(sale)])
        else:
            self.add_movements(_movements(sale))
        self._counters.next_sale += 1

    def add_known_sale(self, sale: Sale, epoch: int, seq: int) -> bool:
        if self._one("SELECT 1 FROM sale WHERE uid = ?", (sale.uid,)) is not None:
            return False
        if self._one("SELECT 1 FROM cash_session_close WHERE session_uid = ?", (sale.session_uid,)) is not None:
            # its drawer was counted here without it, and what was counted stays what it was: the sale is of no drawer of this till
            sale = replace(sale, session_uid="")
        self.add_movements(_movements(sale))
        self._write_sale(replace(sale, lines=self._with_costs(sale)), epoch, seq)
        if epoch == self._counters.epoch:
            self._counters.next_sale = max(self._counters.next_sale, seq + 1)
        return True

    def _write_sale(self, sale: Sale, epoch: int, seq: int) -> None:
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
            sale.customer_uid,
        )
        row = self._run(_SALE, head).lastrowid
        assert row is not None
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
                    line.corrects_line,
                    int(line.damaged),
                )
                for place, line in enumerate(sale.lines)
            ],
        )
        self._run_many(
            _PAYMENT,
            [
                (
                    row,
                    place,
                    paid.tender.value,
                    paid.amount,
                    paid.received,
                    paid.change,
                    paid.state.value,
                    paid.reference,
                    notes_text(paid.notes),
                )
                for place, paid in enumerate(sale.payments)
            ],
        )
        if row - self._counters.sales_indexed > MOST_UNINDEXED:
            self.index_sales(MOST_UNINDEXED)

    def _with_costs(self, sale: Sale) -> tuple[SaleLine, ...]:
        """The lines of a sale that was told back, with what their goods cost here: no wire carries it."""
        taken = self.costs_of(sale.uid)
        known = self.stock_values([line.product_uid for line in sale.lines])
        return tuple(
            replace(line, cost=-taken[place])
            if line.cost is None and place in taken and line.product_uid in known and known[line.product_uid].is_known
            else line
            for place, line in enumerate(sale.lines)
        )

    def open_session(self, session: CashSession) -> None:
        row = (session.uid, session.cashier, session.opened_at, session.float_amount)
        self._run("INSERT INTO cash_session (uid, cashier, opened_at, float_amount) VALUES (?, ?, ?, ?)", row)

    def close_session(self, session_uid: str, at: int, expected: int, counted: int) -> None:
        row = (session_uid, at, expected, counted)
        self._run("INSERT INTO cash_session_close (session_uid, at, expected, counted) VALUES (?, ?, ?, ?)", row)


def _movements(sale: Sale) -> list[StockMovement]:
    reason = MovementReason.SALE if sale.kind is SaleKind.SALE else MovementReason.RETURN
    return [
        StockMovement(line.product_uid, -line.quantity, reason, sale.uid, place, sale.at, None if line.cost is None else -line.cost)
        for place, line in enumerate(sale.lines)
    ]


def notes_text(notes: Sequence[tuple[int, int]]) -> str:
    """Notes as a column keeps them: `50000:1 2000:-2`."""
    return " ".join(f"{value}:{count}" for value, count in notes)


def notes_of(text: str) -> tuple[tuple[int, int], ...]:
    """What `notes_text` kept."""
    pairs = (item.partition(":") for item in text.split())
    return tuple((int(value), int(count)) for value, _, count in pairs)
