"""The shop's changes since a cursor, page by page. Each thing appears once, at the place of its newest change.

The tables themselves are the feed: each row has its place in the shop's one counter, given in the transaction that wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, bindparam, select

from central import tables
from central.orders import book as orders
from central.shop_work import Book, Origin
from pos.sync.protocol import Change, ChangeKind, StockChange, WireProduct, decode


@dataclass(frozen=True, slots=True)
class Page:
    """`seq`: everything up to here was told."""

    changes: tuple[Change, ...]
    seq: int
    more: bool


def _since(table: Any, *columns: Any) -> Select[Any]:
    place = table.c.feed_seq
    return (
        select(*columns)
        .where(table.c.shop == bindparam("shop"), place > bindparam("after"), place <= bindparam("upto"))
        .order_by(place)
        .limit(bindparam("most"))
    )


_p, _m = tables.product.c, tables.movement.c
_PRODUCTS: Final = _since(tables.product, _p.feed_seq, _p.uid, _p.document, _p.deleted_at)
_MOVEMENTS: Final = _since(tables.movement, _m.feed_seq, _m.product, _m.quantity, _m.reason, _m.cause, _m.position, _m.at)
_OTHERS: Final = _MOVEMENTS.where((_m.device != bindparam("device")) | (_m.epoch != bindparam("epoch")))
_ORDERS: Final = _since(tables.online_order, tables.online_order)
_NEWS: Final = _since(tables.news, tables.news.c.feed_seq, tables.news.c.document)


def read_page(connection: Connection, book: Book, after: int, page: int, own: Origin | None) -> Page:
    """Up to `page` changes after a place. `own`: whose movements are left out, for it has them already."""
    found: list[Change] = []
    asked = {"shop": book.id, "after": after, "upto": book.feed_seq, "most": page + 1}
    if after < book.product_seq:
        found += _products(connection, asked)
    if after < book.movement_seq:
        found += _movements(connection, asked, own)
    if after < book.order_seq:
        found += _orders(connection, book, asked)
    if after < book.news_seq:
        found += _news(connection, asked)
    if after < book.info_seq:
        found.append(Change(seq=book.info_seq, kind=ChangeKind.SHOP.value, uid=book.uid, shop=book.info()))
    found.sort(key=lambda change: change.seq)
    if len(found) <= page:
        return Page(tuple(found), book.feed_seq, False)
    return Page(tuple(found[:page]), found[page - 1].seq, True)


def _products(connection: Connection, asked: dict[str, int]) -> list[Change]:
    return [
        Change(seq=row.feed_seq, kind=ChangeKind.PRODUCT.value, uid=row.uid, deleted=True)
        if row.deleted_at
        else Change(seq=row.feed_seq, kind=ChangeKind.PRODUCT.value, uid=row.uid, product=decode(row.document.encode(), WireProduct))
        for row in connection.execute(_PRODUCTS, asked)
    ]


def _movements(connection: Connection, asked: dict[str, int], own: Origin | None) -> list[Change]:
    if own is None:
        rows = connection.execute(_MOVEMENTS, asked)
    else:
        rows = connection.execute(_OTHERS, {**asked, "device": own.device, "epoch": own.epoch})
    return [
        Change(
            seq=row.feed_seq,
            kind=ChangeKind.STOCK.value,
            uid=row.cause,
            stock=StockChange(
                product=row.product, quantity=row.quantity, reason=row.reason, cause=row.cause, position=row.position, at=row.at
            ),
        )
        for row in rows
    ]


def _news(connection: Connection, asked: dict[str, int]) -> list[Change]:
    return [msgspec.structs.replace(decode(row.document.encode(), Change), seq=row.feed_seq) for row in connection.execute(_NEWS, asked)]


def _orders(connection: Connection, book: Book, asked: dict[str, int]) -> list[Change]:
    found = [orders.order_of(row) for row in connection.execute(_ORDERS, asked)]
    lines = orders.lines_of(connection, book.id, [order.uid for order in found])
    return [
        Change(seq=order.feed_seq, kind=ChangeKind.ORDER.value, uid=order.uid, order=orders.for_shop(order, lines[order.uid]))
        for order in found
    ]
