"""Baskets in the store: lines as they are, and every change as a step that can be taken back after a power cut too.

A step holds the rows that left and the rows that came, and the head (customer, discount) where that changed: undo is over the whole basket.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pos.domain.basket import Basket, BasketLine
from pos.domain.errors import ErrorCode, ShopError
from pos.local_db.basket_rows import LINE_COLUMNS, LINE_WIDTH, OPEN_BASKET, head_row, line_row, make_open, step_row, whole_row
from pos.local_db.work_base import WorkBase

_PUT_LINE: Final = f"INSERT OR REPLACE INTO basket_line (basket_uid, position, {LINE_COLUMNS}) VALUES ({', '.join('?' * (LINE_WIDTH + 2))})"
_CUT_LINES: Final = "DELETE FROM basket_line WHERE basket_uid = ? AND position >= ?"
_PUT_HEAD: Final = "UPDATE basket SET customer_uid = ?, customer_name = ?, customer_group = ?, off = ? WHERE uid = ?"
SHELF_NOW: Final = """
UPDATE basket_line SET on_hand = coalesce((SELECT on_hand FROM stock WHERE product_uid = basket_line.product_uid), on_hand)
WHERE basket_uid = ?
"""
STEPS_KEPT: Final = 200


class Baskets(WorkBase):
    """The baskets' part of a unit of work."""

    _read: tuple[str, tuple[int, int, int]] = "", (0, 1, 0)
    """Uid and steps (cursor, first, last) of the basket that this unit of work read last."""

    def open_basket(self) -> Basket:
        found = make_open(self._all(OPEN_BASKET))
        if found is not None:
            basket, steps = found
            self._read = basket.uid, steps
            return basket
        uid, now = self._ids.new(), self._clock.now()
        self._run("INSERT INTO basket (uid, state, label, started_at) VALUES (?, 'open', '', ?)", (uid, now))
        return Basket(uid, started_at=now)

    def save_lines(self, basket: Basket, lines: Sequence[BasketLine]) -> Basket:
        return self.save_basket(basket, replace(basket, lines=tuple(lines)))

    def save_basket(self, basket: Basket, changed: Basket) -> Basket:
        head_before, head_after = head_row(basket), head_row(changed)
        if changed.lines == basket.lines and head_before == head_after:
            return basket
        cursor, first, last = self._steps(basket)
        start, end = _difference(basket.lines, changed.lines)
        old = [line_row(line) for line in basket.lines[start : len(basket.lines) - end]]
        new = [line_row(line) for line in changed.lines[start : len(changed.lines) - end]]
        if cursor < last:
            self._run("DELETE FROM basket_change WHERE basket_uid = ? AND seq > ?", (basket.uid, cursor))
        step = cursor + 1
        leaving: list[Any] = [start, [step_row(row) for row in old]]
        coming: list[Any] = [start, [step_row(row) for row in new]]
        if head_before != head_after:
            leaving.append(head_before)
            coming.append(head_after)
        self._run(
            'INSERT INTO basket_change (basket_uid, seq, "before", "after") VALUES (?, ?, ?, ?)',
            (basket.uid, step, json.dumps(leaving), json.dumps(coming)),
        )
        kept_from = max(first, step - STEPS_KEPT + 1)
        if kept_from > first:
            self._run("DELETE FROM basket_change WHERE basket_uid = ? AND seq < ?", (basket.uid, kept_from))
        self._run("UPDATE basket SET cursor = ?, first_step = ?, last_step = ? WHERE uid = ?", (step, kept_from, step, basket.uid))
        if head_before != head_after:
            self._run(_PUT_HEAD, (*head_after, basket.uid))
        # what comes after moves with it, or stays where it is
        moved = [line_row(line) for line in changed.lines[len(changed.lines) - end :]] if len(old) != len(new) else []
        self._put_rows(basket.uid, start, [*new, *moved], len(basket.lines), len(changed.lines))
        return changed if changed.can_undo and not changed.can_redo else replace(changed, can_undo=True, can_redo=False)

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

    def _put_rows(self, basket_uid: str, start: int, rows: Sequence[tuple[Any, ...]], before: int, after: int) -> None:
        """Rows from place `start` on, where a basket of `before` lines becomes one of `after`."""
        self._run_many(_PUT_LINE, [(basket_uid, start + place, *row) for place, row in enumerate(rows)])
        if after < before:
            self._run(_CUT_LINES, (basket_uid, after))

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
        start, leaving, *_ = json.loads(change[1] if back else change[0])
        _, coming, *head = json.loads(change[0] if back else change[1])
        rows = [whole_row(row) for row in coming]
        if len(coming) != len(leaving):
            rows += [line_row(line) for line in basket.lines[start + len(leaving) :]]
        count = len(basket.lines)
        self._put_rows(basket.uid, start, rows, count, count - len(leaving) + len(coming))
        if head:
            self._run(_PUT_HEAD, (*head[0], basket.uid))
        self._run("UPDATE basket SET cursor = ? WHERE uid = ?", (step - 1 if back else step, basket.uid))
        return self.open_basket()

    def hold(self, basket: Basket, label: str) -> int:
        number = self._free_number(0)
        row = (label, number, self._clock.now(), basket.uid)
        self._run("UPDATE basket SET state = 'held', label = ?, number = ?, held_at = ? WHERE uid = ?", row)
        return number

    def name_held(self, basket_uid: str, label: str) -> None:
        found = self._run("UPDATE basket SET label = ? WHERE uid = ? AND state = 'held'", (label, basket_uid))
        if found.rowcount != 1:
            raise ShopError(ErrorCode.BASKET_CHANGED)

    def recall(self, basket_uid: str) -> Basket:
        present = self.open_basket()
        if present.lines:
            raise ShopError(ErrorCode.BASKET_NOT_EMPTY)
        self._run("DELETE FROM basket WHERE uid = ?", (present.uid,))
        found = self._run("UPDATE basket SET state = 'open' WHERE uid = ? AND state = 'held'", (basket_uid,))
        if found.rowcount != 1:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        # others were served meanwhile: what a line says of the shelf is to be true
        self._run(SHELF_NOW, (basket_uid,))
        return self.open_basket()

    def drop_held(self, basket_uid: str) -> None:
        self._run("DELETE FROM basket WHERE state = 'dropped'")
        found = self._run("UPDATE basket SET state = 'dropped' WHERE uid = ? AND state = 'held'", (basket_uid,))
        if found.rowcount != 1:
            raise ShopError(ErrorCode.BASKET_CHANGED)

    def restore_dropped(self, basket_uid: str) -> None:
        row = self._one("SELECT number FROM basket WHERE uid = ? AND state = 'dropped'", (basket_uid,))
        if row is None:
            raise ShopError(ErrorCode.BASKET_CHANGED)
        self._run("UPDATE basket SET state = 'held', number = ? WHERE uid = ?", (self._free_number(row[0]), basket_uid))

    def _free_number(self, wanted: int) -> int:
        """`wanted` if no basket that was put aside has it, else the smallest that none has: a number is called across the shop."""
        taken = {row[0] for row in self._all("SELECT number FROM basket WHERE state = 'held'")}
        free = (number for number in range(1, len(taken) + 2) if number not in taken)
        return wanted if wanted and wanted not in taken else next(free)

    def drop_basket(self, basket: Basket) -> None:
        self._run("DELETE FROM basket WHERE uid = ?", (basket.uid,))


def _difference(before: Sequence[BasketLine], after: Sequence[BasketLine]) -> tuple[int, int]:
    """How many lines at the head and at the tail are the same. Nearly always they are the very same objects."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and (before[start] is after[start] or before[start] == after[start]):
        start += 1
    end = 0
    while end < shorter - start and (before[-1 - end] is after[-1 - end] or before[-1 - end] == after[-1 - end]):
        end += 1
    return start, end
