"""Goods into the shop's list: from the demo catalogue, or sold unseen at the counter. Spreadsheets are `pos.services.imports`'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT
from pos.domain.product import Product, ProductDraft
from pos.domain.quantity import BaseUnit
from pos.domain.stock import MovementReason, StockMovement
from pos.services.drafts import product_from_draft
from pos.services.goods_views import Author
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

PRODUCTS_PER_OPERATION = 50
"""So that one operation stays far below a batch's 64 KB."""


def put_goods(
    till: Till,
    work: UnitOfWork,
    products: Sequence[Product],
    movements: Sequence[StockMovement],
    action: str,
    progress: Callable[[int], object] = lambda done: True,
) -> None:
    """Products and their movements into the store, the outbox and the audit log, within the caller's transaction."""
    put_told(till, work, products, movements, progress)
    now = till.clock.now()
    work.audit([AuditEntry(now, till.store.read.shop().cashier, action, "", f'{{"products": {len(products)}}}')])


def put_told(
    till: Till,
    work: UnitOfWork,
    products: Sequence[Product],
    movements: Sequence[StockMovement],
    progress: Callable[[int], object] = lambda done: True,
) -> None:
    """Products and their movements into the store and the outbox, within the caller's transaction, which says itself what it did.

    Movements of one call share their cause; they are told in operations of their own, whose ids become the causes. Those of a product come
    right behind it: beside each other they pack to half, and another till reads both through a thin line.
    """
    now = till.clock.now()
    cashier = till.store.read.shop().cashier
    uids = {product.uid for product in products}
    moved: defaultdict[str, list[StockMovement]] = defaultdict(list)
    for movement in movements:
        moved[movement.product_uid if movement.product_uid in uids else ""].append(movement)
    for start in range(0, len(products), PRODUCTS_PER_OPERATION):
        part = products[start : start + PRODUCTS_PER_OPERATION]
        work.put_products(part, Author(cashier, now))
        kind, payload = till.wire.products(part)
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        _move(till, work, [movement for product in part for movement in moved.pop(product.uid, ())], now)
        progress(start + len(part))
    _move(till, work, moved[""], now)


def _move(till: Till, work: UnitOfWork, movements: Sequence[StockMovement], now: int) -> None:
    for part in _parts(movements, 200):
        operation = till.ids.new()
        booked = [replace(movement, cause=operation, position=index) for index, movement in enumerate(part)]
        work.add_movements(booked)
        kind, payload = till.wire.stock(booked[0].reason.value, booked)
        work.tell([NewOperation(operation, kind, now, payload)])


def put_catalogue(till: Till, goods: Iterable[tuple[Product, int]]) -> int:
    """Fill a shop from (product, opening stock in base units), in one transaction. Returns how many products."""
    pairs = list(goods)
    now = till.clock.now()
    movements = [
        StockMovement(product.uid, stock, MovementReason.OPENING, "", index, now) for index, (product, stock) in enumerate(pairs) if stock
    ]
    with till.store.begin() as work:
        put_goods(till, work, [product for product, _ in pairs], movements, "catalogue")
        work.commit()
    return len(pairs)


def add_unknown(till: Till, code: str, name: str, price: int, weighed: bool = False) -> Product:
    """A product for a code that nobody knew, to be sold at once and looked at later. `price`: rupiah a piece, or a kg of what is `weighed`.

    Raises:
        ShopError: AMOUNT_OUT_OF_RANGE; PRODUCT_NOT_FOUND for an empty name.
    """
    if not 0 <= price <= MAX_AMOUNT:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(price))
    # what was pasted may have lines and tabs in it; a name stands on one line
    name = " ".join(name.split())
    if not name:
        raise ShopError(ErrorCode.PRODUCT_NOT_FOUND)
    codes = (code,) if code else ()
    draft = ProductDraft(name[:120], price, codes=codes, flags=("new",))
    if weighed:
        draft = ProductDraft(name[:120], price, "kg", base_unit=BaseUnit.GRAM, factor=1_000, codes=codes, flags=("new",))
    product = product_from_draft(draft, till.ids)
    with till.store.begin() as work:
        put_goods(till, work, [product], [], "product_added")
        work.commit()
    return product


def _parts(rows: Sequence[StockMovement], size: int) -> Iterable[Sequence[StockMovement]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
