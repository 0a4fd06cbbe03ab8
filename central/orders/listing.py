"""What buyers may see of a shop and how much of it they may have: on hand less reserved less the shop's own buffer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from central import tables
from central.bulk import among
from central.shop_work import Book
from pos.sync.protocol import ListedGoods, WireProduct, WireUnit, decode

RETAIL: Final = "retail"
_p, _s = tables.product.c, tables.stock.c
_LISTED: Final = (
    select(_p.document, (func.coalesce(_s.on_hand, 0) - func.coalesce(_s.reserved, 0)).label("free"))
    .join_from(tables.product, tables.stock, (_s.shop == _p.shop) & (_s.product == _p.uid), isouter=True)
    .where(_p.shop == bindparam("shop"), _p.listed)
)
_SOME: Final = _LISTED.where(among(_p.uid, "uids"))


def listing(connection: Connection, book: Book, now: int) -> list[ListedGoods]:
    """All that the shop sells online, by name; what is sold out stays with 0. Empty for a shop over its cap."""
    if book.cap_reached:
        return []
    rows = connection.execute(_LISTED, {"shop": book.id})
    found = [_goods(decode(row.document.encode(), WireProduct), row.free, now) for row in rows]
    return sorted((goods for goods in found if goods is not None), key=lambda goods: (goods.name, goods.product))


def for_sale(connection: Connection, shop: int, uids: Iterable[str]) -> dict[str, tuple[WireProduct, int]]:
    """Product uid -> (product, base units that may be ordered), for those that are listed."""
    found = {}
    for row in connection.execute(_SOME, {"shop": shop, "uids": list(uids)}):
        product = decode(row.document.encode(), WireProduct)
        found[product.uid] = (product, max(row.free - product.online_buffer, 0))
    return found


def price_of(unit: WireUnit, count: int, now: int) -> int | None:
    """Rupiah for one of a unit: of the retail prices that have started and that `count` reaches, the newest; None has none.

    Wholesale and group prices are the counter's own business.
    """
    started = [price for price in unit.prices if price.kind == RETAIL and price.starts_at <= now and price.min_quantity <= count]
    best = max(started, key=lambda price: (price.min_quantity, price.starts_at), default=None)
    return best.amount if best is not None else None


def _goods(product: WireProduct, free: int, now: int) -> ListedGoods | None:
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
        sellable=max(free - product.online_buffer, 0) // unit.factor,
    )
