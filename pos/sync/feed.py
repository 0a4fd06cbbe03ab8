"""The server's feed into the store: a page of changes, read outside of any transaction and written in small ones. Owns what a row means.

A row that cannot be used is passed over, counted where people see it, and blocks nothing behind it. What this till has told and the
server has not taken yet stays on top of what the server tells: an older price must not come back for as long as the line is slow.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

import msgspec

from pos.domain.changed import NOTHING, Changed
from pos.domain.order import Order, OrderStatus
from pos.domain.product import Product
from pos.domain.sale import TenderState
from pos.domain.stock import StockMovement
from pos.services.line_views import ServerKeyRow
from pos.services.ports import Queries, UnitOfWork
from pos.services.views import OutboxOperation
from pos.sync import protocol as wire
from pos.sync.edits import with_edits
from pos.sync.encoding import LocalParts, check_numbers, movement_from_wire, order_from_wire, product_from_wire

_log = logging.getLogger(__name__)

UNREADABLE: Final = "feed_unreadable"
"""Name of the setting that holds the uids of rows that the till could not use, for the health page."""
NMID, MERCHANT, CAP_FROM = "shop_nmid", "shop_merchant", "cap_from"
"""Names of the settings with what the server says of the shop's QRIS, and since when its turnover is counted."""
_MOST_UNREADABLE: Final = 200
_LOOK_AHEAD: Final = 200
"""Waiting operations that are looked through for this till's own edits of goods. An import's later ones name other goods anyway."""
GOODS_AT_ONCE: Final = 25
ROWS_AT_ONCE: Final = 100
"""What one transaction writes: the one writer is held for a millisecond or two, and whoever scans waits no longer than that."""


@dataclass(slots=True)
class PageEffect:
    """What a page came to. `new_orders`: uids of placed orders that the till did not know."""

    changed: Changed = NOTHING
    new_orders: tuple[str, ...] = ()

    def add(self, other: PageEffect) -> None:
        self.changed |= other.changed
        self.new_orders += other.new_orders


@dataclass(slots=True)
class Page:
    """A piece of a page sorted by kind, read and judged; of one thing the last row counts.

    Attributes:
        products: as the store shall have them, by uid; None for what the shop has no more. `told`: as the wire has them.
        readable: uids of goods that can be used, `unreadable` of rows that cannot.
        others: rows of the kinds that come seldom: qris, edit, quarantine, keys.
    """

    products: dict[str, Product | None] = field(default_factory=dict)
    told: dict[str, wire.WireProduct] = field(default_factory=dict)
    movements: list[StockMovement] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    orders_told: dict[str, wire.WireOrder] = field(default_factory=dict)
    shop: wire.ShopInfo | None = None
    others: list[wire.Change] = field(default_factory=list)
    readable: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)


def pieces(changes: Sequence[wire.Change]) -> list[Sequence[wire.Change]]:
    """A page cut into parts that are read and written one after the other; at least one, in the order of the feed."""
    parts: list[Sequence[wire.Change]] = []
    start = goods = 0
    for place, change in enumerate(changes):
        goods += change.kind == wire.ChangeKind.PRODUCT.value
        if goods == GOODS_AT_ONCE or place + 1 - start == ROWS_AT_ONCE:
            parts.append(changes[start : place + 1])
            start, goods = place + 1, 0
    if start < len(changes) or not parts:
        parts.append(changes[start:])
    return parts


def read_page(read: Queries, changes: Sequence[wire.Change]) -> Page:
    """The slow half, before any transaction: nobody at the counter waits for it."""
    page = Page()
    owner_of: dict[str, str] = {}
    parts = read.local_parts([change.uid for change in changes if change.product is not None])
    for change in changes:
        try:
            _sort(page, change, parts.get(change.uid), owner_of)
        except ValueError as error:
            _log.warning("row %d of the feed (%s) cannot be used: %s", change.seq, change.kind, error)
            page.unreadable.add(change.uid)
    return page


def with_own_edits(read: Queries, products: dict[str, Product | None], settled: Set[str] = frozenset()) -> list[Product]:
    """Goods as they shall be written: this till's own waiting edits on top, those that are no more as gone. Reads only.

    Args:
        settled: ids of operations that the same answer has settled: they are no longer on top of anything.
    """
    if not products:
        return []
    waiting = [item for item in read.waiting_operations(_LOOK_AHEAD) if item.id not in settled]
    own, edits = told_products(waiting), told_edits(waiting)
    known = read.known_products([uid for uid, product in products.items() if product is None or uid in own])
    goods = []
    for uid, product in products.items():
        if product is not None:
            goods.append(with_edits(_with_edit(product, own.get(uid), known.get(uid)), edits.get(uid, ())))
        elif uid in known and not known[uid].deleted:
            goods.append(gone(known[uid]))
    return goods


def apply_page(read: Queries, work: UnitOfWork, page: Page, goods: Sequence[Product]) -> PageEffect:
    """Write a piece of a page. `goods`: `with_own_edits` of its products."""
    # all reads before the first write: a reader beside a writer waits where the store has no WAL
    shop_changed = page.shop is not None and _differs(read, page.shop)
    _note_unreadable(read, work, page)
    if goods:
        work.put_products(goods)
    moved = work.add_movements(page.movements) if page.movements else 0
    new = [order for order in page.orders.values() if work.put_order(order)]
    if shop_changed and page.shop is not None:
        told = page.shop
        work.set_shop(name=told.name, address=told.address, cap_amount=told.cap_amount, cap_used=told.cap_used)
    if page.shop is not None:
        _note_shop(read, work, page.shop)
    changed = NOTHING
    for change in page.others:
        changed |= _take_other(work, change)
    changed |= Changed(goods=bool(goods), stock=moved > 0, orders=bool(page.orders), shop=shop_changed or bool(page.unreadable))
    return PageEffect(changed, tuple(order.uid for order in new if order.status is OrderStatus.PLACED))


def gone(product: Product) -> Product:
    """The product as one that the shop has no more: not sold, not found, its barcodes free for others. Its facts and its ladder stay."""
    return replace(product, listed_online=False, deleted=True)


def told_products(operations: Sequence[OutboxOperation]) -> dict[str, wire.WireProduct]:
    """The goods that operations of the outbox tell of, by uid, the last edit of each."""
    told: dict[str, wire.WireProduct] = {}
    for operation in operations:
        if operation.kind == wire.OperationKind.PRODUCT.value:
            told |= {product.uid: product for product in _payload(operation)}
    return told


def told_edits(operations: Sequence[OutboxOperation]) -> dict[str, list[wire.ProductEditPayload]]:
    """The edits by fields that operations of the outbox tell of, by product; those before a product told whole are in it already."""
    told: dict[str, list[wire.ProductEditPayload]] = {}
    for operation in operations:
        if operation.kind == wire.OperationKind.PRODUCT.value:
            for product in _payload(operation):
                told.pop(product.uid, None)
        elif operation.kind == wire.OperationKind.PRODUCT_EDIT.value:
            edit = wire.decode(operation.payload, wire.ProductEditPayload)
            told.setdefault(edit.product, []).append(edit)
    return told


def _payload(operation: OutboxOperation) -> tuple[wire.WireProduct, ...]:
    try:
        return wire.decode(operation.payload, wire.ProductPayload).products
    except msgspec.MsgspecError:
        _log.error("the payload of operation %s of this till cannot be read", operation.id)
        return ()


# --- rows ---------------------------------------------------------------------------------------------------------------


def _sort(page: Page, change: wire.Change, parts: LocalParts | None, owner_of: dict[str, str]) -> None:
    if change.kind == wire.ChangeKind.PRODUCT.value:
        page.products[change.uid] = _product(page, change, parts, owner_of)
        page.readable.add(change.uid)
        page.unreadable.discard(change.uid)
    elif change.stock is not None:
        page.movements.append(movement_from_wire(change.stock))
    elif change.order is not None:
        page.orders[change.uid] = order_from_wire(change.order)
        page.orders_told[change.uid] = change.order
    elif change.shop is not None:
        check_numbers(change.shop.cap_amount, change.shop.cap_used, change.shop.cap_from)
        page.shop = change.shop
    elif change.qris or change.edit or change.quarantine or change.keys:
        _check_other(change)
        page.others.append(change)
    else:
        # a kind of row that a newer server has: nothing that this program could show
        _log.info("row %d of the feed is of kind %s, which this program does not know", change.seq, change.kind)


def _product(page: Page, change: wire.Change, parts: LocalParts | None, owner_of: dict[str, str]) -> Product | None:
    """The product of a row; None for one that is no more. Raises ValueError for one that cannot be used."""
    told = change.product
    if change.deleted or (told is not None and told.deleted):
        return None
    if told is None or told.uid != change.uid:
        raise ValueError("the row is not of its product")
    product = product_from_wire(told, parts)
    if any(owner_of.setdefault(unit.uid, product.uid) != product.uid for unit in product.units):
        raise ValueError("a unit of another product")
    page.told[change.uid] = told
    return product


def _with_edit(product: Product, edit: wire.WireProduct | None, known: Product | None) -> Product:
    """The edit on top of what the server has. The version stays the server's: the next edit starts from it."""
    if edit is None:
        return product
    parts = (known.cost_total, known.cost_quantity, known.needs_review, known.consignor_uid) if known is not None else None
    try:
        return replace(product_from_wire(edit, parts), version=product.version)
    except ValueError as error:
        _log.error("an edit of this till cannot be sold from: %s", error)
        return product


def _check_other(change: wire.Change) -> None:
    if change.qris is not None:
        check_numbers(change.qris.amount, change.qris.at)
    if change.edit is not None:
        check_numbers(change.edit.at)


def _take_other(work: UnitOfWork, change: wire.Change) -> Changed:
    """A QR's state, two edits that met, an operation that was put aside and what became of it, the server's keys."""
    if change.qris is not None:
        return Changed(sales=_take_qris(work, change.qris))
    if change.edit is not None:
        told = change.edit
        work.put_edit_outcome(told.product, told.field, told.operation, told.kept, told.lost, told.at, told.lost_device)
        return Changed(shop=True)
    if change.quarantine is not None:
        work.settle_quarantined(change.quarantine.operation, change.quarantine.state)
        return Changed(outbox=True)
    work.put_server_keys([ServerKeyRow(key.id, key.public_key, key.retired) for key in change.keys])
    return NOTHING


def _take_qris(work: UnitOfWork, told: wire.QrisChange) -> bool:
    try:
        state = TenderState(told.state)
    except ValueError:
        _log.warning("a QR has the state %s, which this program does not know", told.state)
        return False
    return work.put_qris_state(told.uid, state, told.amount, told.at)


# --- the shop -----------------------------------------------------------------------------------------------------------


def _differs(read: Queries, told: wire.ShopInfo) -> bool:
    """Whether the shop is told as something else than the till knows. Another shop's row is a server's fault and is not taken."""
    shop, line = read.shop(), read.line()
    if told.uid != shop.uid:
        _log.error("the feed tells of another shop")
        return False
    return (told.name, told.address, told.cap_amount, told.cap_used) != (shop.name, shop.address, line.cap_amount, line.cap_used)


def _note_shop(read: Queries, work: UnitOfWork, told: wire.ShopInfo) -> None:
    """What the server says of its QRIS and of its cap's beginning, where that has changed."""
    for key, value in ((NMID, told.nmid), (MERCHANT, told.merchant), (CAP_FROM, str(told.cap_from or ""))):
        if value != (read.setting(key) or ""):
            work.set_setting(key, value)


def unreadable(read: Queries) -> tuple[str, ...]:
    """Uids of rows that the till could not use and has not been told better since."""
    return tuple((read.setting(UNREADABLE) or "").split())


def _note_unreadable(read: Queries, work: UnitOfWork, page: Page) -> None:
    before = unreadable(read)
    after = [uid for uid in before if uid not in page.readable and uid not in page.unreadable]
    after = [*after, *sorted(page.unreadable)][-_MOST_UNREADABLE:]
    if tuple(after) != before:
        work.set_setting(UNREADABLE, " ".join(after))
