"""Counting the shelf (*stok opname*) while the shop goes on selling: each scan is on disk, the differences are booked once.

A count remembers what the book showed when a product's counting began; what is sold meanwhile leaves shelf and book alike.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.domain.product import SellableUnit
from pos.domain.stock import MovementReason, StockMovement
from pos.domain.stock_take import CountLine, StockTake, TakePart, add_count, clean_shelf, count_anew
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

LINES_PER_OPERATION = 200


def begin(till: Till, part: TakePart = TakePart.ALL, name: str = "") -> StockTake:
    """Begin a count. `name`: the category, or what the shelf is called."""
    take = StockTake(till.ids.new(), part, clean_shelf(name), till.clock.now(), till.store.read.shop().cashier)
    with till.store.begin() as work:
        work.put_stock_take(take)
        work.commit()
    return take


def count(till: Till, take_uid: str, unit: SellableUnit, number: int = 1) -> CountLine:
    """So many more of a unit were found (a scan is one).

    Raises:
        ShopError: STOCK_TAKE_NOT_FOUND, STOCK_TAKE_POSTED, QUANTITY_OUT_OF_RANGE.
    """
    with till.store.begin() as work:
        _open(work, take_uid)
        now = till.clock.now()
        line = work.count_line_now(take_uid, unit.product_uid) or _fresh(work, unit, now)
        line = add_count(replace(line, unit_name=unit.unit_name, factor=unit.factor), number * unit.factor, now)
        work.put_count_line(take_uid, line)
        kept = work.count_line_now(take_uid, unit.product_uid)
        work.commit()
    return kept or line


def set_count(till: Till, take_uid: str, unit: SellableUnit, counted: int) -> CountLine:
    """All of a product was counted at once, in base units: instead of what was counted of it before. Raises as `count` does."""
    with till.store.begin() as work:
        _open(work, take_uid)
        now = till.clock.now()
        line = count_anew(_fresh(work, unit, now), counted, _seen(work, unit.product_uid), now)
        work.put_count_line(take_uid, line)
        work.commit()
    return line


def forget(till: Till, take_uid: str, product_uid: str) -> None:
    """A product was not counted after all. Raises ShopError STOCK_TAKE_NOT_FOUND, STOCK_TAKE_POSTED."""
    with till.store.begin() as work:
        _open(work, take_uid)
        work.drop_count_line(take_uid, product_uid)
        work.commit()


def restore(till: Till, take_uid: str, line: CountLine) -> None:
    """What was forgotten counts again, as it was counted. Raises ShopError STOCK_TAKE_NOT_FOUND, STOCK_TAKE_POSTED."""
    with till.store.begin() as work:
        _open(work, take_uid)
        work.put_count_line(take_uid, line)
        work.commit()


def drop(till: Till, take_uid: str) -> None:
    """The count was none: nothing of it was booked. Raises ShopError STOCK_TAKE_NOT_FOUND, STOCK_TAKE_POSTED."""
    with till.store.begin() as work:
        _open(work, take_uid)
        work.drop_stock_take(take_uid)
        work.commit()


def post(till: Till, take_uid: str, rest_is_gone: bool = False, approval: Approval | None = None) -> StockTake:
    """Book the differences, once. The server is told what was counted and what the book showed.

    Args:
        rest_is_gone: what the book has of this category (or of the shop) and nobody found is booked as none.

    Raises:
        ShopError: STOCK_TAKE_NOT_FOUND, STOCK_TAKE_POSTED (twice), STOCK_TAKE_EMPTY; NEEDS_ROLE (Act.STOCK); DISK_FULL ...
    """
    actor = may(till, Act.STOCK, approval)
    take = till.store.read.stock_take(take_uid)
    rest = _rest(till, take) if take is not None and rest_is_gone else []
    with till.store.begin() as work:
        take = _open(work, take_uid)
        now = till.clock.now()
        for line in rest:
            if work.count_line_now(take_uid, line.product_uid) is None:
                work.put_count_line(take_uid, replace(line, seen=_seen(work, line.product_uid), first_at=now, last_at=now))
        lines = work.count_lines_now(take_uid)
        if not lines:
            raise ShopError(ErrorCode.STOCK_TAKE_EMPTY)
        causes = _book(till, work, take_uid, lines, now)
        work.book_stock_take(take_uid, now, causes)
        differing = sum(line.difference != 0 for line in lines)
        details = json.dumps({"counted": len(lines), "differing": differing})
        work.audit([AuditEntry(now, actor, "stock_take_posted", take_uid, details)])
        work.commit()
    posted = till.store.read.stock_take(take_uid)
    assert posted is not None
    return posted


def _rest(till: Till, take: StockTake) -> list[CountLine]:
    """Goods of the count's part that nobody found. A shelf has no list of what should be there."""
    if take.part is TakePart.SHELF:
        return []
    return till.store.read.not_counted(take.uid, take.name if take.part is TakePart.CATEGORY else "")


def _book(till: Till, work: UnitOfWork, take_uid: str, lines: Sequence[CountLine], now: int) -> dict[str, str]:
    causes: dict[str, str] = {}
    for start in range(0, len(lines), LINES_PER_OPERATION):
        part = lines[start : start + LINES_PER_OPERATION]
        operation = till.ids.new() if start else take_uid
        # the server passes over lines that do not differ, and counts their places all the same
        work.add_movements(
            [
                StockMovement(line.product_uid, line.difference, MovementReason.STOCK_TAKE, operation, place, now)
                for place, line in enumerate(part)
                if line.difference
            ]
        )
        kind, payload = till.wire.stock_take([(line.product_uid, line.counted, line.seen) for line in part])
        work.tell([NewOperation(operation, kind, now, payload)])
        causes |= {line.product_uid: operation for line in part}
    return causes


def _fresh(work: UnitOfWork, unit: SellableUnit, now: int) -> CountLine:
    seen = _seen(work, unit.product_uid)
    return CountLine(unit.product_uid, unit.product_name, unit.unit_name, unit.factor, 0, seen, now, now)


def _seen(work: UnitOfWork, product_uid: str) -> int:
    value = work.stock_values([product_uid]).get(product_uid)
    return value.quantity if value is not None else 0


def _open(work: UnitOfWork, take_uid: str) -> StockTake:
    take = work.take_now(take_uid)
    if take is None:
        raise ShopError(ErrorCode.STOCK_TAKE_NOT_FOUND)
    if take.posted_at:
        raise ShopError(ErrorCode.STOCK_TAKE_POSTED)
    return take
