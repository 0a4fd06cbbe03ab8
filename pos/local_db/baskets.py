"""Baskets in the store: lines as they are, and every change as a step that can be taken back after a power cut too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pos.domain.basket import Basket, BasketLine, BasketState
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.pricing import PriceChoice
from pos.domain.product import PriceKind
from pos.local_db.work_base import WorkBase

LINE_COLUMNS: Final = (
    "uid, product_uid, unit_uid, name, unit_name, factor, quantity, unit_price, discount, category, drawing,"
    " price_kind, price_from, next_quantity, next_amount"
)
_PUT_LINE: Final = f"INSERT OR REPLACE INTO basket_line (basket_uid, position, {LINE_COLUMNS}) VALUES ({', '.join('?' * 17)})"  # noqa: S608
_CUT_LINES: Final = "DELETE FROM basket_line WHERE basket_uid = ? AND position >= ?"
_OPEN: Final = "SELECT uid, state, label, started_at, cursor FROM basket WHERE state = 'open'"
_LINES: Final = f"SELECT {LINE_COLUMNS} FROM basket_line WHERE basket_uid = ? ORDER BY position"  # noqa: S608
STEPS_KEPT: Final = 200


def line_row(line: BasketLine) -> tuple[Any, ...]:
    """A line as the columns of LINE_COLUMNS."""
    price = line.price
    return (
        line.uid,
        line.product_uid,
        line.unit_uid,
        line.name,
        line.unit_name,
        line.factor,
        line.quantity,
        line.unit_price,
        line.discount,
        line.category,
        line.drawing,
        price.kind.value if price else PriceKind.RETAIL.value,
        price.min_quantity if price else 1,
        price.next_quantity if price else None,
        price.next_amount if price else None,
    )


def row_line(row: Sequence[Any]) -> BasketLine:
    """The way back."""
    price = PriceChoice(row[7], PriceKind(row[11]), row[12], row[13], row[14])
    return BasketLine(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], price, row[9], row[10])


def make_basket(head: Sequence[Any], lines: Sequence[Sequence[Any]], steps: int) -> Basket:
    """A basket of its row (uid, state, label, started_at, cursor), its lines and how many steps are kept."""
    return Basket(head[0], BasketState(head[1]), tuple(row_line(row) for row in lines), head[2], head[4] > 0, head[4] < steps, head[3])


class Baskets(WorkBase):
    """The baskets' part of a unit of work."""

    def open_basket(self) -> Basket:
        head = self._one(_OPEN)
        if head is None:
            now = self._clock.now()
            head = (self._ids.new(), "open", "", now, 0)
            self._run("INSERT INTO basket (uid, state, label, started_at, cursor) VALUES (?, ?, ?, ?, ?)", head)
        return self._basket(head)

    def _basket(self, head: Sequence[Any]) -> Basket:
        steps = self._one("SELECT coalesce(max(seq), 0) FROM basket_change WHERE basket_uid = ?", (head[0],))[0]
        return make_basket(head, self._all(_LINES, (head[0],)), steps)

    def save_lines(self, basket: Basket, lines: Sequence[BasketLine]) -> Basket:
        if tuple(lines) == basket.lines:
            return basket
        cursor = self._one("SELECT cursor FROM basket WHERE uid = ?", (basket.uid,))
        if cursor is None:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        before, after = [line_row(line) for line in basket.lines], [line_row(line) for line in lines]
        start, old, new = _difference(before, after)
        if basket.can_redo:
            self._run("DELETE FROM basket_change WHERE basket_uid = ? AND seq > ?", (basket.uid, cursor[0]))
        seq = cursor[0] + 1
        self._run(
            'INSERT INTO basket_change (basket_uid, seq, "before", "after") VALUES (?, ?, ?, ?)',
            (basket.uid, seq, json.dumps([start, old]), json.dumps([start, new])),
        )
        self._run("UPDATE basket SET cursor = ? WHERE uid = ?", (seq, basket.uid))
        self._put_rows(basket.uid, before, after, start)
        return replace(basket, lines=tuple(lines), can_undo=True, can_redo=False)

    def _put_rows(self, basket_uid: str, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]], start: int) -> None:
        rows = [
            (basket_uid, place, *after[place]) for place in range(start, len(after)) if place >= len(before) or after[place] != before[place]
        ]
        self._run_many(_PUT_LINE, rows)
        if len(after) < len(before):
            self._run(_CUT_LINES, (basket_uid, len(after)))

    def undo(self, basket: Basket) -> Basket:
        return self._step(basket, back=True)

    def redo(self, basket: Basket) -> Basket:
        return self._step(basket, back=False)

    def _step(self, basket: Basket, *, back: bool) -> Basket:
        cursor = self._one("SELECT cursor FROM basket WHERE uid = ?", (basket.uid,))[0]
        seq = cursor if back else cursor + 1
        change = self._one('SELECT "before", "after" FROM basket_change WHERE basket_uid = ? AND seq = ?', (basket.uid, seq))
        if change is None:
            return basket
        start, leaving = json.loads(change[1] if back else change[0])
        _, coming = json.loads(change[0] if back else change[1])
        before = [line_row(line) for line in basket.lines]
        after = before[:start] + [tuple(row) for row in coming] + before[start + len(leaving) :]
        self._put_rows(basket.uid, before, after, start)
        self._run("UPDATE basket SET cursor = ? WHERE uid = ?", (seq - 1 if back else seq, basket.uid))
        return self._basket(self._one(_OPEN))

    def hold(self, basket: Basket, label: str) -> None:
        self._run("UPDATE basket SET state = 'held', label = ? WHERE uid = ?", (label, basket.uid))

    def recall(self, basket_uid: str) -> Basket:
        present = self.open_basket()
        if present.lines:
            raise ShopError(ErrorCode.BASKET_NOT_EMPTY)
        self._run("DELETE FROM basket WHERE uid = ?", (present.uid,))
        found = self._run("UPDATE basket SET state = 'open' WHERE uid = ? AND state = 'held'", (basket_uid,))
        if found.rowcount != 1:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        return self._basket(self._one(_OPEN))

    def drop_basket(self, basket: Basket) -> None:
        self._run("DELETE FROM basket WHERE uid = ?", (basket.uid,))


def _difference(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> tuple[int, list[Any], list[Any]]:
    """(first row that differs, the rows that leave, the rows that come): equal head and tail are left out."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, before[start : len(before) - end], after[start : len(after) - end]
