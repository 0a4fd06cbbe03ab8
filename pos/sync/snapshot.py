"""The feed read again from its start (410, a restored copy, sums that stay different), into shadow tables beside what the shop sells from.

While it is read goods stay as they are; movements and orders are facts and news, and are taken at once. At its end what differs is
written over what is there: in one transaction, which also moves the cursor, so that nobody sells from half of an old list. Where more
differs than AT_ONCE goods, they go before it in small transactions of whole goods, as pages of the feed always do: one transaction of
seconds would hold up the counter. The outbox is not concerned.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Set
from typing import Final

import msgspec

from pos.domain.product import Product, Unit
from pos.services.line_views import GONE, OTHER, SAME, ShadowRow
from pos.services.ports import Queries, Store, UnitOfWork
from pos.sync import protocol as wire
from pos.sync.encoding import order_from_wire, product_from_wire
from pos.sync.feed import GOODS_AT_ONCE, Page, gone, told_products, with_own_edits

_log = logging.getLogger(__name__)

STATE: Final = "snapshot"
"""Name of the setting that says how far it is: WANTED, READING, or empty when none goes on."""
WANTED, READING = "wanted", "reading"
STARTED: Final = "snapshot_at"
"""Name of the setting with the moment (UTC ms) when the last one began."""
AT_ONCE: Final = 1_000
"""Goods that are written in the one transaction of the swap; about 50 ms."""
_DROPPED_AT_ONCE: Final = 1_000
_ALL: Final = 1_000_000


def is_wanted(read: Queries) -> bool:
    return read.setting(STATE) == WANTED


def is_reading(read: Queries) -> bool:
    """Whether pages of the feed belong into the shadow."""
    return read.setting(STATE) == READING


def goes_on(read: Queries) -> bool:
    return bool(read.setting(STATE))


def want(work: UnitOfWork, now: int) -> None:
    """The next round begins to read, or begins anew."""
    work.set_setting(STATE, WANTED)
    work.set_setting(STARTED, str(now))


def start(store: Store) -> None:
    """Empty the shadow, in small transactions, and ask from the feed's beginning. A kill in between leaves it wanted."""
    empty_shadow(store)
    with store.begin() as work:
        work.set_setting(STATE, READING)
        work.set_shop(cursor="")
        work.commit()


def empty_shadow(store: Store) -> None:
    while True:
        with store.begin() as work:
            if not work.drop_shadow(_DROPPED_AT_ONCE):
                return
            work.commit()


def shadow_rows(read: Queries, page: Page) -> tuple[list[ShadowRow], list[ShadowRow]]:
    """What a page tells, as rows of the shadow: products, orders. A product that is as it is here takes next to no room."""
    known = read.known_products(list(page.told))
    goods = [
        ShadowRow(uid, GONE, b"") if product is None else _shadowed(product, page.told[uid], known.get(uid))
        for uid, product in page.products.items()
    ]
    # one that cannot be used is not gone: what the till has of it stays
    goods += [ShadowRow(uid, SAME, b"") for uid in page.unreadable if uid not in page.products]
    return goods, [ShadowRow(uid, OTHER, wire.encode(order)) for uid, order in page.orders_told.items()]


def _shadowed(product: Product, told: wire.WireProduct, known: Product | None) -> ShadowRow:
    same = known is not None and _compared(known) == _compared(product)
    return ShadowRow(product.uid, SAME, b"") if same else ShadowRow(product.uid, OTHER, wire.encode(told))


def _compared(product: Product) -> tuple[object, ...]:
    """Everything that the wire carries of it; prices have no order."""
    return (
        *(product.name, product.category, product.base_unit, product.sell_unit, product.brand, product.size, product.drawing),
        *(product.min_stock, product.online_buffer, product.listed_online, product.regulation, product.deleted, product.version),
        tuple(_unit_compared(unit) for unit in product.units),
    )


def _unit_compared(unit: Unit) -> tuple[object, ...]:
    return unit.uid, unit.name, unit.factor, frozenset(unit.prices), tuple(code.code for code in unit.barcodes)


class Swap:
    """The end of a reading: what is to be written, read beforehand."""

    def __init__(self, read: Queries, expected: int, settled: Set[str]) -> None:
        """`expected`: the server's own count of goods, -1 when not told; `settled`: ids of operations that the same answer has settled."""
        self._read = read
        self._settled = settled
        self._missing = self._not_told(expected)
        self._forgotten = read.orders_not_in_shadow()
        self._orders = [order_from_wire(wire.decode(row.told, wire.WireOrder)) for row in read.shadow_orders()]
        self._goods: list[Product] = []

    def prepare(self, store: Store) -> int:
        """Read what the last transaction writes; where that is too much, write it now in small ones. Returns how many went before."""
        other = len(self._read.shadow_products("", AT_ONCE + 1))
        if other + len(self._missing) <= AT_ONCE:
            self._goods = [product for part in self._portions() for product in part]
            return 0
        written = 0
        for goods in self._portions():
            with store.begin() as work:
                work.put_products(goods)
                work.commit()
            written += len(goods)
        return written

    def write(self, work: UnitOfWork) -> bool:
        """The swap itself, within the transaction that also moves the cursor. Whether goods have changed."""
        if self._goods:
            work.put_products(self._goods)
        for order in self._orders:
            work.force_order(order)
        for uid in self._forgotten:
            work.forget_order(uid)
        work.set_setting(STATE, "")
        _log.info("the feed was read afresh: %d goods written, %d of them no more", len(self._goods), len(self._missing))
        return bool(self._goods)

    def _not_told(self, expected: int) -> list[str]:
        """Goods that the till has and the whole feed has not, but for those that the till itself still has to tell. None when the feed as
        it was read does not come to the server's own count: it was put back or changed its mind on the way, and what such a reading does
        not mention may be there all the same. Nor when there are none at all: a server without goods has lost them."""
        there = self._read.shadow_count()
        if not there or there != expected:
            _log.error("the feed told of %d goods, the server counts %d; those of the till stay", there, expected)
            return []
        own = told_products(self._read.waiting_operations(_ALL))
        found: list[str] = []
        after = ""
        while uids := self._read.not_in_shadow(after, _DROPPED_AT_ONCE):
            found += [uid for uid in uids if uid not in own]
            after = uids[-1]
        return found

    def _portions(self) -> Iterator[list[Product]]:
        """Everything that is to be written, some goods at a time."""
        after = ""
        while rows := self._read.shadow_products(after, GOODS_AT_ONCE):
            after = rows[-1].uid
            yield with_own_edits(self._read, self._as_told(rows), self._settled)
        for start in range(0, len(self._missing), GOODS_AT_ONCE):
            known = self._read.known_products(self._missing[start : start + GOODS_AT_ONCE])
            yield [gone(product) for product in known.values()]

    def _as_told(self, rows: list[ShadowRow]) -> dict[str, Product | None]:
        parts = self._read.local_parts([row.uid for row in rows])
        told: dict[str, Product | None] = {}
        for row in rows:
            if row.state == GONE:
                told[row.uid] = None
                continue
            try:
                told[row.uid] = product_from_wire(wire.decode(row.told, wire.WireProduct), parts.get(row.uid))
            except (msgspec.MsgspecError, ValueError) as error:
                _log.error("what a fresh reading kept of %s cannot be used: %s", row.uid, error)
        return told
