"""Goods that leave the shelf unsold: damaged, used by the shop, given back to whom they belong; and pieces joined into a package again."""

from __future__ import annotations

import json
from typing import Final

from pos.domain.costing import NOTHING, go_out
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act, Approval
from pos.domain.privacy import without_numbers
from pos.domain.quantity import MAX_QUANTITY
from pos.domain.stock import MovementReason, StockMovement
from pos.services.permission import may
from pos.services.ports import AuditEntry, NewOperation, Till

LONGEST_NOTE: Final = 60
OUT_REASONS: Final = (MovementReason.DAMAGED, MovementReason.OWN_USE, MovementReason.CONSIGNMENT_RETURN)
"""What a person chooses from."""


def take_out(
    till: Till,
    product_uid: str,
    quantity: int,
    reason: MovementReason,
    note: str = "",
    supplier_uid: str = "",
    approval: Approval | None = None,
) -> StockMovement:
    """Goods leave the shelf, at what they cost.

    Args:
        quantity: base units, > 0. reason: one of `OUT_REASONS`. note: a few words; numbers of a person are masked.
        supplier_uid: whom consignment goes back to.

    Raises:
        ShopError: NEEDS_ROLE (Act.STOCK); PRODUCT_NOT_FOUND; QUANTITY_OUT_OF_RANGE; STOCK_SHORT (`name`) when the book has fewer.
    """
    if reason not in OUT_REASONS:
        raise ValueError(f"nobody takes goods out for {reason}")
    actor = may(till, Act.STOCK, approval)
    _check(quantity)
    product = till.store.read.product(product_uid)
    if product is None:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    now, operation = till.clock.now(), till.ids.new()
    moved = StockMovement(product_uid, -quantity, reason, operation, 0, now)
    with till.store.begin() as work:
        if work.stock_values([product_uid]).get(product_uid, NOTHING).quantity < quantity:
            raise ShopError(ErrorCode.STOCK_SHORT, name=product.name[:40])
        work.add_movements([moved])
        work.add_stock_note(operation, _clean(note), actor, supplier_uid)
        kind, payload = till.wire.stock(reason.value, [moved])
        work.tell([NewOperation(operation, kind, now, payload)])
        details = json.dumps({"reason": reason.value, "quantity": quantity})
        work.audit([AuditEntry(now, actor, "stock_taken_out", product_uid, details)])
        work.commit()
    return moved


def put_back(till: Till, moved: StockMovement, approval: Approval | None = None) -> None:
    """What was taken out a moment ago is on the shelf after all: a movement of its own, at the cost that was taken.

    Raises:
        ShopError: NEEDS_ROLE (Act.STOCK).
    """
    actor = may(till, Act.STOCK, approval)
    now, operation = till.clock.now(), till.ids.new()
    with till.store.begin() as work:
        cost = work.costs_of(moved.cause).get(moved.position)
        back = StockMovement(moved.product_uid, -moved.quantity, moved.reason, operation, 0, now, None if cost is None else -cost)
        work.add_movements([back])
        work.add_stock_note(operation, "", actor)
        kind, payload = till.wire.stock(moved.reason.value, [back])
        work.tell([NewOperation(operation, kind, now, payload)])
        details = json.dumps({"reason": moved.reason.value, "quantity": moved.quantity})
        work.audit([AuditEntry(now, actor, "stock_put_back", moved.product_uid, details)])
        work.commit()


def join_pack(till: Till, product_uid: str, packs: int = 1, approval: Approval | None = None) -> None:
    """Loose goods become packages again (*gabung*): the other way round of `packs.open_pack`, cost and all.

    Raises:
        ShopError: NEEDS_ROLE (Act.STOCK); PACK_NOT_SET when nobody said what they come out of; QUANTITY_OUT_OF_RANGE; STOCK_SHORT (`name`).
    """
    actor = may(till, Act.STOCK, approval)
    read = till.store.read
    source = read.pack_source(product_uid)
    unit = read.unit(source.unit_uid) if source is not None else None
    loose = read.product(product_uid)
    if source is None or unit is None or loose is None:
        raise ShopError(ErrorCode.PACK_NOT_SET)
    _check(packs)
    now, operation, contents = till.clock.now(), till.ids.new(), packs * source.contents
    with till.store.begin() as work:
        value = work.stock_values([product_uid]).get(product_uid, NOTHING)
        if value.quantity < contents:
            raise ShopError(ErrorCode.STOCK_SHORT, name=loose.name[:40])
        cost = go_out(value, contents)[1] if value.is_known else None
        moved = [
            StockMovement(product_uid, -contents, MovementReason.REPACK, operation, 0, now),
            StockMovement(unit.product_uid, packs * unit.factor, MovementReason.REPACK, operation, 1, now, cost),
        ]
        work.add_movements(moved)
        kind, payload = till.wire.stock(MovementReason.REPACK.value, moved)
        work.tell([NewOperation(operation, kind, now, payload)])
        details = json.dumps({"pack": unit.product_uid, "joined": contents})
        work.audit([AuditEntry(now, actor, "pack_joined", product_uid, details)])
        work.commit()


def _check(quantity: int) -> None:
    if not 0 < quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(quantity))


def _clean(note: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in without_numbers(note)).split())[:LONGEST_NOTE].strip()
