"""A shop in figures, for an operator and for tests: what the city has of it. Reads only."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from central import tables

_s, _o, _k, _n = tables.sale.c, tables.operation.c, tables.stock.c, tables.online_order.c
_SALES: Final = select(
    func.count().label("sales"),
    func.coalesce(func.sum(_s.total), 0).label("turnover"),
    (func.count() - func.count(func.distinct(_s.receipt))).label("duplicates"),
).where(_s.shop == bindparam("shop"))
_QUARANTINED: Final = select(func.count()).where(_o.shop == bindparam("shop"), _o.status == "quarantined")
_INCIDENTS: Final = select(func.count()).select_from(tables.incident).where(tables.incident.c.shop == bindparam("shop"))
_STOCK: Final = select(_k.product, _k.on_hand).where(_k.shop == bindparam("shop")).order_by(_k.product)
_ORDERS: Final = select(_n.status, func.count().label("orders")).where(_n.shop == bindparam("shop")).group_by(_n.status)


def summary(connection: Connection, shop: int) -> dict[str, Any]:
    """`sales`, `turnover` (rupiah), `duplicates` (receipts that are there more than once), `quarantined`, `stock`
    (product -> base units on hand) and `orders` (status -> how many)."""
    of = {"shop": shop}
    sales = connection.execute(_SALES, of).one()
    quarantined = (connection.scalar(_QUARANTINED, of) or 0) + (connection.scalar(_INCIDENTS, of) or 0)
    return {
        "sales": int(sales.sales),
        "turnover": int(sales.turnover),
        "duplicates": int(sales.duplicates),
        "quarantined": quarantined,
        "stock": {row.product: row.on_hand for row in connection.execute(_STOCK, of)},
        "orders": {row.status: row.orders for row in connection.execute(_ORDERS, of)},
    }
