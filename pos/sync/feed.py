"""The server's feed into the store: one page of changes as one part of a transaction. Owns what a row means; asks nobody anything.

A row that cannot be used is passed over, counted where people see it, and blocks nothing behind it. What this till has told and the
server has not taken yet stays on top of what the server tells: an older price must not come back for as long as the line is slow.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

import msgspec

from pos.domain.changed import Changed
from pos.domain.order import Order, OrderStatus
from pos.domain.product import Product
from pos.domain.stock import StockMovement
from pos.services.ports import Queries, UnitOfWork
from pos.services.views import OutboxOperation
from pos.sync import protocol as wire
from pos.sync.encoding import check_numbers, movement_from_wire, order_from_wire, product_from_wire

_log = logging.getLogger(__name__)

UNREADABLE: Final = "feed_unreadable"
"""Name of the setting that holds the uids of rows that the till could not use, for the health page."""
_MOST_UNREADABLE: Final = 200
_LOOK_AHEAD: Final = 200
"""Waiting operations that are looked through for this till's own edits of goods. An import's later ones name other goods anyway."""


@dataclass(frozen=True, slots=True)
class PageEffect:
    """What a page came to. `new_orders`: uids of placed orders that the till did not know."""

    changed: Changed
    new_orders: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """A page sorted by kind, read and judged; of one thing the last row counts.

    Attributes:
        products: as the store shall have them, by uid; None for what the shop has no more.
        unreadable: uids of rows that cannot be used.
    """

    products: dict[str, Product | None] = field(default_factory=dict)
    movements: list[StockMovement] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    shop: wire.ShopInfo | None = None
    unreadable: set[str] = field(default_factory=set)


def read_page(read: Queries, changes: Sequence[wire.Change]) -> Page:
    """The slow half, before any transaction: nobody at the counter waits for it."""
    page = Page()
    owner_of: dict[str, str] = {}
    for change in changes:
        try:
            _sort(read, page, change, owner_of)
        except ValueError as error:
            _log.warning("row %d of the feed (%s) cannot be used: %s", change.seq, change.kind, error)
            page.unreadable.add(change.uid)
    return page


def apply_page(read: Queries, work: UnitOfWork, page: Page, settled: Set[str]) -> PageEffect:
    """Write a page.

    Args:
        settled: ids of operations that the same answer has settled: they are no longer on top of anything.
    """
    # all reads before the first write: a reader beside a writer waits where the store has no WAL
    goods = _goods(read, page, settled)
    shop_changed = page.shop is not None and _differs(read, page.shop)
    _note_unreadable(read, work, page)
    if goods:
        work.put_products(goods)
    moved = work.add_movements(page.movements) if page.movements else 0
    new = [order for order in page.orders.values() if work.put_order(order)]
    if shop_changed and page.shop is not None:
        told = page.shop
        work.set_shop(name=told.name, address=told.address, cap_amount=told.cap_amount, cap_used=told.cap_used)
    return PageEffect(
        Changed(goods=bool(goods), stock=moved > 0, orders=bool(page.orders), shop=shop_changed or bool(page.unreadable)),
        tuple(order.uid for order in new if order.status is OrderStatus.PLACED),
    )


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


def _payload(operation: OutboxOperation) -> tuple[wire.WireProduct, ...]:
    try:
        return wire.decode(operation.payload, wire.ProductPayload).products
    except msgspec.MsgspecError:
        _log.error("the payload of operation %s of this till cannot be read", operation.id)
        return ()


def _sort(read: Queries, page: Page, change: wire.Change, owner_of: dict[str, str]) -> None:
    if change.kind == wire.ChangeKind.PRODUCT.value:
        page.products[change.uid] = _product(read, change, owner_of)
        page.unreadable.discard(change.uid)
    elif change.stock is not None:
        page.movements.append(movement_from_wire(change.stock))
    elif change.order is not None:
        page.orders[change.uid] = order_from_wire(change.order)
    elif change.shop is not None:
        check_numbers(change.shop.cap_amount, change.shop.cap_used)
        page.shop = change.shop
    else:
        # a kind of row that a newer server has: nothing that this program could show
        _log.info("row %d of the feed is of kind %s, which this program does not know", change.seq, change.kind)


def _product(read: Queries, change: wire.Change, owner_of: dict[str, str]) -> Product | None:
    """The product of a row; None for one that is no more. Raises ValueError for one that cannot be used."""
    told = change.product
    if change.deleted or (told is not None and told.deleted):
        return None
    if told is None or told.uid != change.uid:
        raise ValueError("the row is not of its product")
    product = product_from_wire(told, read.product(change.uid))
    if any(owner_of.setdefault(unit.uid, product.uid) != product.uid for unit in product.units):
        raise ValueError("a unit of another product")
    return product


def _goods(read: Queries, page: Page, settled: Set[str]) -> list[Product]:
    """The page's products with this till's own waiting edits on top."""
    if not page.products:
        return []
    own = told_products([item for item in read.waiting_operations(_LOOK_AHEAD) if item.id not in settled])
    goods = []
    for uid, product in page.products.items():
        known = read.product(uid) if product is None or uid in own else None
        if product is None:
            goods += [gone(known)] if known is not None else []
        else:
            goods.append(_with_edit(product, own.get(uid), known))
    return goods


def _with_edit(product: Product, edit: wire.WireProduct | None, known: Product | None) -> Product:
    """The edit on top of what the server has. The version stays the server's: the next edit starts from it."""
    if edit is None:
        return product
    try:
        return replace(product_from_wire(edit, known), version=product.version)
    except ValueError as error:
        _log.error("an edit of this till cannot be sold from: %s", error)
        return product


def _differs(read: Queries, told: wire.ShopInfo) -> bool:
    """Whether the shop is told as something else than the till knows. Another shop's row is a server's fault and is not taken."""
    shop, line = read.shop(), read.line()
    if told.uid != shop.uid:
        _log.error("the feed tells of another shop")
        return False
    return (told.name, told.address, told.cap_amount, told.cap_used) != (shop.name, shop.address, line.cap_amount, line.cap_used)


def unreadable(read: Queries) -> tuple[str, ...]:
    """Uids of rows that the till could not use and has not been told better since."""
    return tuple((read.setting(UNREADABLE) or "").split())


def _note_unreadable(read: Queries, work: UnitOfWork, page: Page) -> None:
    before = unreadable(read)
    after = [uid for uid in before if uid not in page.products and uid not in page.unreadable]
    after = [*after, *sorted(page.unreadable)][-_MOST_UNREADABLE:]
    if tuple(after) != before:
        work.set_setting(UNREADABLE, " ".join(after))
