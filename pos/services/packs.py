"""*Pecah kemasan*: when loose goods run out, a package is opened in the ledger: out of one product's stock, into the other's, cost and all.

Two movements with one cause, so that they are booked together or not at all; the central is told both in one operation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from pos.domain.basket import Basket
from pos.domain.costing import NOTHING, go_out
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.pack import PackSource, packs_needed
from pos.domain.product import SellableUnit
from pos.domain.quantity import MAX_QUANTITY
from pos.domain.stock import MovementReason, StockMovement
from pos.services.ports import AuditEntry, NewOperation, Till


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A package that can be opened now.

    Attributes:
        packs: how many hold what is missing, as far as there are any.
        unit: what is opened.
    """

    source: PackSource
    unit: SellableUnit
    packs: int


def remember_pack(till: Till, product_uid: str, unit_uid: str, contents: int, automatic: bool = False) -> PackSource:
    """Say what is opened when goods run out: `contents` base units of them come out of one of `unit_uid`.

    Raises:
        ShopError: PRODUCT_NOT_FOUND when either is gone or both are the same product; QUANTITY_OUT_OF_RANGE.
    """
    if not 0 < contents <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(contents))
    unit = till.store.read.unit(unit_uid)
    if unit is None or unit.product_uid == product_uid or till.store.read.product(product_uid) is None:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    source = PackSource(product_uid, unit_uid, contents, automatic)
    with till.store.begin() as work:
        work.set_pack_source(source)
        work.commit()
    return source


def pack_offer(till: Till, basket: Basket, product_uid: str) -> PackOffer | None:
    """What can be opened for goods on the counter that the shelf has too few of; None when nothing is missing, known or left."""
    missing = basket.missing(product_uid)
    source = till.store.read.pack_source(product_uid) if missing else None
    unit = till.store.read.unit(source.unit_uid) if source is not None else None
    if source is None or unit is None or unit.on_hand < unit.factor:
        return None
    return PackOffer(source, unit, min(packs_needed(missing, source.contents), unit.on_hand // unit.factor))


def open_pack(till: Till, product_uid: str, packs: int = 1) -> Basket:
    """Open the remembered package for loose goods; the lines on the counter see the new shelf.

    Raises:
        ShopError: PACK_NOT_SET when none is remembered; PACK_EMPTY (`name`) when fewer are on the shelf; QUANTITY_OUT_OF_RANGE.
    """
    read = till.store.read
    source = read.pack_source(product_uid)
    unit = read.unit(source.unit_uid) if source is not None else None
    if source is None or unit is None or read.product(product_uid) is None:
        raise ShopError(ErrorCode.PACK_NOT_SET)
    if packs < 1:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(packs))
    now = till.clock.now()
    opened, contents = packs * unit.factor, packs * source.contents
    operation = till.ids.new()
    with till.store.begin() as work:
        packed = read.on_hand(unit.product_uid)
        if packed < opened:
            raise ShopError(ErrorCode.PACK_EMPTY, name=unit.product_name[:40])
        # what the packages had cost goes with what was in them
        pack = work.stock_values([unit.product_uid]).get(unit.product_uid, NOTHING)
        cost = go_out(pack, opened)[1] if pack.is_known else None
        movements = [
            StockMovement(unit.product_uid, -opened, MovementReason.REPACK, operation, 0, now),
            StockMovement(product_uid, contents, MovementReason.REPACK, operation, 1, now, cost),
        ]
        work.add_movements(movements)
        kind, payload = till.wire.stock(MovementReason.REPACK.value, movements)
        work.tell([NewOperation(operation, kind, now, payload)])
        details = json.dumps({"pack": unit.product_uid, "opened": opened, "contents": contents})
        work.audit([AuditEntry(now, read.shop().cashier, "pack_opened", product_uid, details)])
        basket = work.refresh_shelf(work.open_basket())
        work.commit()
    return basket


def always_open(till: Till, product_uid: str, automatic: bool = True) -> None:
    """Open the remembered package without asking from now on. Raises ShopError PACK_NOT_SET."""
    source = till.store.read.pack_source(product_uid)
    if source is None:
        raise ShopError(ErrorCode.PACK_NOT_SET)
    with till.store.begin() as work:
        work.set_pack_source(replace(source, automatic=automatic))
        work.commit()
