"""What buyers may see of a shop and how much of it they may have: on hand less reserved less a buffer.

The buffer is the shop's own, and grows while nothing is heard of a till: what it sells meanwhile is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from central import tables
from central.bulk import among
from central.shop_work import Book, ShopWork
from central.statements import Statement, run
from central.world import Settings
from pos.sync.protocol import ListedGoods, WireProduct, WireUnit, decode

RETAIL: Final = "retail"
_p, _s = tables.product.c, tables.stock.c
_LISTED: Final = (
    select(_p.document, (func.coalesce(_s.on_hand, 0) - func.coalesce(_s.reserved, 0)).label("free"))
    .join_from(tables.product, tables.stock, (_s.shop == _p.shop) & (_s.product == _p.uid), isouter=True)
    .where(_p.shop == bindparam("shop"), _p.listed)
)
_HEARD: Final = Statement(
    "SELECT max(seen_at), min(CASE WHEN seen_at >= :active THEN seen_at END) FROM device WHERE shop = :shop AND revoked_at = 0"
)
_SOME: Final = _LISTED.where(among(_p.uid, "uids"))


def listing(connection: Connection, book: Book, settings: Settings, now: int) -> list[ListedGoods]:
    """All that the shop sells online, by name; what is sold out stays with 0. Empty for a shop over its cap."""
    if book.cap_reached:
        return []
    silent = silence(connection, book.id, settings, now)
    rows = connection.execute(_LISTED, {"shop": book.id})
    found = []
    for row in rows:
        product = decode(row.document.encode(), WireProduct)
        found.append(_goods(product, sellable(row.free, product.online_buffer, silent, settings), now))
    return sorted((goods for goods in found if goods is not None), key=lambda goods: (goods.name, goods.product))


def for_sale(work: ShopWork, settings: Settings, uids: Iterable[str]) -> dict[str, tuple[WireProduct, int]]:
    """Product uid -> (product, base units that may be ordered), for those that are listed."""
    found = {}
    connection, shop = work.connection, work.shop
    silent = silence(connection, shop, settings, work.now)
    for row in connection.execute(_SOME, {"shop": shop, "uids": list(uids)}):
        product = decode(row.document.encode(), WireProduct)
        found[product.uid] = (product, sellable(row.free, product.online_buffer, silent, settings))
    return found


def sellable(free: int, buffer: int, silent: int, settings: Settings) -> int:
    """Base units that buyers may have of `free` ones, after `silent` ms without a word of the shop: of what its own buffer leaves, a share
    that falls evenly from all (at `buffer_from`) to nothing (at `buffer_full`)."""
    left = max(free - buffer, 0)
    over, span = silent - settings.buffer_from, settings.buffer_full - settings.buffer_from
    if over <= 0:
        return left
    return left * (span - over) // span if over < span else 0


def silence(connection: Connection, shop: int, settings: Settings, now: int) -> int:
    """Milliseconds since the shop's most silent till was heard. One that was silent for a week is taken for retired, unless all are; a shop
    without tills cannot sell behind our back."""
    newest, oldest = run(connection, _HEARD, {"shop": shop, "active": now - settings.active_within}).rows[0]
    return max(now - (newest if oldest is None else oldest), 0) if newest is not None else 0


def price_of(unit: WireUnit, count: int, now: int) -> int | None:
    """Rupiah for one of a unit: of the retail prices that have started and that `count` reaches, the newest; None has none.

    Wholesale and group prices are the counter's own business.
    """
    started = [price for price in unit.prices if price.kind == RETAIL and price.starts_at <= now and price.min_quantity <= count]
    best = max(started, key=lambda price: (price.min_quantity, price.starts_at), default=None)
    return best.amount if best is not None else None


def _goods(product: WireProduct, sellable: int, now: int) -> ListedGoods | None:
    unit = product.units[product.sell_unit]
    price = price_of(unit, 1, now)
    if price is None:
        return None
    return ListedGoods(
        product=product.uid,
        name=product.name,
        category=product.category,
        size=product.size,
        unit=unit.name,
        unit_uid=unit.uid,
        factor=unit.factor,
        price=price,
        sellable=sellable // unit.factor,
    )
