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
_HEAD: Final = "b.uid, b.state, b.label, b.started_at, b.cursor, b.first_step, b.last_step"
_WIDTH: Final = 7
_WHOLE: Final = (
    f"SELECT {_HEAD}, {', '.join(f'l.{name.strip()}' for name in LINE_COLUMNS.split(','))}"
    " FROM basket b LEFT JOIN basket_line l ON l.basket_uid = b.uid"
)
OPEN_BASKET: Final = f"{_WHOLE} WHERE b.state = 'open' ORDER BY l.position"
HELD_BASKETS: Final = f"{_WHOLE} WHERE b.state = 'held' ORDER BY b.started_at, b.uid, l.position"
"""Rows of a basket's head and one of its lines (all NULL for a basket without lines), for `make_baskets`."""

_PUT_LINE: Final = f"INSERT OR REPLACE INTO basket_line (basket_uid, position, {LINE_COLUMNS}) VALUES ({', '.join('?' * 17)})"
_CUT_LINES: Final = "DELETE FROM basket_line WHERE basket_uid = ? AND position >= ?"
STEPS_KEPT: Final = 200
_KINDS: Final = {kind.value: kind for kind in PriceKind}


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
    price = PriceChoice(row[7], _KINDS[row[11]], row[12], row[13], row[14])
    return BasketLine(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], price, row[9], row[10])


def make_baskets(rows: Sequence[Sequence[Any]]) -> list[Basket]:
    """Baskets of the rows that OPEN_BASKET and HELD_BASKETS give."""
    heads: dict[str, Sequence[Any]] = {}
    lines: dict[str, list[BasketLine]] = {}
    for row in rows:
        heads.setdefault(row[0], row)
        held = lines.setdefault(row[0], [])
        if row[_WIDTH] is not None:
            held.append(row_line(row[_WIDTH:]))
    return [
        Basket(uid, BasketState(head[1]), tuple(lines[uid]), head[2], head[4] >= head[5], head[4] < head[6], head[3])
        for uid, head in heads.items()
    ]


class Baskets(WorkBase):
    """The baskets' part of a unit of work."""

    _read: tuple[str, tuple[int, int, int]] = "", (0, 1, 0)
    """Uid and steps (cursor, first, last) of the basket that this unit of work read last."""

    def open_basket(self) -> Basket:
        rows = self._all(OPEN_BASKET)
        if rows:
            self._read = rows[0][0], rows[0][4:_WIDTH]
            return make_baskets(rows)[0]
        uid, now = self._ids.new(), self._clock.now()
        self._run("INSERT INTO basket (uid, state, label, started_at) VALUES (?, 'open', '', ?)", (uid, now))
        return Basket(uid, started_at=now)

    def save_lines(self, basket: Basket, lines: Sequence[BasketLine]) -> Basket:
        if tuple(lines) == basket.lines:
            return basket
        cursor, first, last = self._steps(basket)
        before, after = [line_row(line) for line in basket.lines], [line_row(line) for line in lines]
        start, old, new = _difference(before, after)
        if cursor < last:
            self._run("DELETE FROM basket_change WHERE basket_uid = ? AND seq > ?", (basket.uid, cursor))
        step = cursor + 1
        self._run(
            'INSERT INTO basket_change (basket_uid, seq, "before", "after") VALUES (?, ?, ?, ?)',
            (basket.uid, step, json.dumps([start, old]), json.dumps([start, new])),
        )
        kept_from = max(first, step - STEPS_KEPT + 1)
        if kept_from > first:
            self._run("DELETE FROM basket_change WHERE basket_uid = ? AND seq < ?", (basket.uid, kept_from))
        self._run("UPDATE basket SET cursor = ?, first_step = ?, last_step = ? WHERE uid = ?", (step, kept_from, step, basket.uid))
        self._put_rows(basket.uid, before, after, start)
        return replace(basket, lines=tuple(lines), can_undo=True, can_redo=False)

    def _steps(self, basket: Basket) -> tuple[int, int, int]:
        uid, steps = self._read
        # whoever changes a step goes on from it within the same unit of work only after reading the basket again
        self._read = "", steps
        if uid == basket.uid:
            return steps
        row: tuple[int, int, int] | None = self._one("SELECT cursor, first_step, last_step FROM basket WHERE uid = ?", (basket.uid,))
        if row is None:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        return row

    def _put_rows(self, basket_uid: str, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]], start: int) -> None:
        changed = [place for place in range(start, len(after)) if place >= len(before) or after[place] != before[place]]
        self._run_many(_PUT_LINE, [(basket_uid, place, *after[place]) for place in changed])
        if len(after) < len(before):
            self._run(_CUT_LINES, (basket_uid, len(after)))

    def undo(self, basket: Basket) -> Basket:
        return self._step(basket, back=True)

    def redo(self, basket: Basket) -> Basket:
        return self._step(basket, back=False)

    def _step(self, basket: Basket, *, back: bool) -> Basket:
        cursor, first, last = self._steps(basket)
        step = cursor if back else cursor + 1
        if not first <= step <= last:
            return basket
        change = self._one('SELECT "before", "after" FROM basket_change WHERE basket_uid = ? AND seq = ?', (basket.uid, step))
        start, leaving = json.loads(change[1] if back else change[0])
        _, coming = json.loads(change[0] if back else change[1])
        before = [line_row(line) for line in basket.lines]
        after = before[:start] + [tuple(row) for row in coming] + before[start + len(leaving) :]
        self._put_rows(basket.uid, before, after, start)
        self._run("UPDATE basket SET cursor = ? WHERE uid = ?", (step - 1 if back else step, basket.uid))
        return self.open_basket()

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
        return self.open_basket()

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
