"""Shops in figures, for operators, officers and the city. Reads only; sums are of kept totals where there are some."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from central import quarantine
from central.statements import Statement, run
from central.world import HOUR
from pos.sync.protocol import CityFigures, OfficerDevice, OfficerShop, ShopFigures

SILENT_MS: Final = HOUR
_SALES: Final = Statement("SELECT count(*), coalesce(sum(total), 0), count(*) - count(DISTINCT receipt) FROM sale WHERE shop = :shop")
_STOCK: Final = Statement("SELECT product, on_hand FROM stock WHERE shop = :shop AND on_hand <> 0 ORDER BY product")
_ORDERS: Final = Statement("SELECT status, count(*) FROM online_order WHERE shop = :shop GROUP BY status ORDER BY status")
_SHOP: Final = Statement("SELECT uid, products, on_hand, open_orders FROM shop WHERE id = :shop")
_DEVICES: Final = Statement(
    "SELECT uid, prefix, name, program, created_at, seen_at, revoked_at > 0 FROM device WHERE shop = :shop ORDER BY created_at, prefix"
)
_SHOPS: Final = (
    "SELECT s.id, s.uid, s.name, s.address, (SELECT count(*) FROM device d WHERE d.shop = s.id AND d.revoked_at = 0),"
    " (SELECT coalesce(max(d.seen_at), 0) FROM device d WHERE d.shop = s.id) FROM shop s"
)
_ALL_SHOPS: Final = Statement(f"{_SHOPS} ORDER BY s.name, s.uid")
_OWN_SHOPS: Final = Statement(f"{_SHOPS} JOIN officer_shop w ON w.shop = s.id WHERE w.officer = :officer ORDER BY s.name, s.uid")
_CITY: Final = Statement(
    "SELECT count(*), coalesce(sum(products), 0), coalesce(sum(open_orders), 0),"
    " (SELECT count(*) FROM device WHERE revoked_at = 0),"
    " (SELECT count(DISTINCT shop) FROM device WHERE revoked_at = 0 AND seen_at >= :heard),"
    " (SELECT count(*) FROM operation o WHERE o.status = 'quarantined' AND NOT EXISTS"
    " (SELECT 1 FROM release r WHERE r.shop = o.shop AND r.device = o.device AND r.epoch = o.epoch AND r.seq = o.seq)) FROM shop"
)


def summary(connection: Connection, shop: int) -> dict[str, Any]:
    """`sales`, `turnover` (rupiah), `duplicates` (receipts that are there more than once), `quarantined`, `stock`
    (product -> base units on hand, where that is not 0) and `orders` (status -> how many)."""
    of = {"shop": shop}
    sales, turnover, duplicates = run(connection, _SALES, of).rows[0]
    return {
        "sales": int(sales),
        "turnover": int(turnover),
        "duplicates": int(duplicates),
        "quarantined": quarantine.waiting(connection, shop),
        "stock": dict(run(connection, _STOCK, of).rows),
        "orders": dict(run(connection, _ORDERS, of).rows),
    }


def of_shop(connection: Connection, shop: int) -> ShopFigures:
    """A shop, as an officer is told."""
    sales, turnover, duplicates = run(connection, _SALES, {"shop": shop}).rows[0]
    uid, products, on_hand, open_orders = run(connection, _SHOP, {"shop": shop}).rows[0]
    return ShopFigures(
        shop=uid,
        sales=int(sales),
        turnover=int(turnover),
        duplicates=int(duplicates),
        quarantined=quarantine.waiting(connection, shop),
        goods=products,
        on_hand=on_hand,
        open_orders=open_orders,
    )


def devices_of(connection: Connection, shop: int) -> list[OfficerDevice]:
    """The tills of a shop, oldest first."""
    return [
        OfficerDevice(uid=uid, prefix=prefix, name=name, program=program, created_at=created, seen_at=seen, revoked=bool(revoked))
        for uid, prefix, name, program, created, seen, revoked in run(connection, _DEVICES, {"shop": shop}).rows
    ]


def shops_of(connection: Connection, officer: str) -> list[OfficerShop]:
    """The shops of an officer, by name; of nobody (the city): all."""
    rows = run(connection, _OWN_SHOPS if officer else _ALL_SHOPS, {"officer": officer}).rows
    waiting = quarantine.waiting_by_shop(connection)
    return [
        OfficerShop(uid=uid, name=name, address=address, tills=tills, seen_at=seen, quarantined=waiting.get(shop, 0))
        for shop, uid, name, address, tills, seen in rows
    ]


def city(connection: Connection, now: int) -> CityFigures:
    """All shops together."""
    shops, goods, open_orders, tills, heard, quarantined = run(connection, _CITY, {"heard": now - SILENT_MS}).rows[0]
    return CityFigures(
        shops=int(shops),
        tills=int(tills),
        silent=int(shops - heard),
        goods=int(goods),
        open_orders=int(open_orders),
        quarantined=int(quarantined),
    )
