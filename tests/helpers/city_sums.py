"""What must hold of every shop after anything: kept totals are the sums of the facts beneath them."""

from __future__ import annotations

from pos.sync import protocol as wire
from tests.helpers.central import City


def check_sums(city: City) -> None:
    """What must hold of every shop after anything."""
    for uid, number, prices, *kept in city.rows("SELECT uid, id, prices, products, movements, on_hand, open_orders, cap_used FROM shop"):
        documents = city.rows("SELECT document FROM product WHERE shop = :shop", shop=number)
        marks = sum(wire.product_marks(wire.decode(document.encode(), wire.WireProduct)) for (document,) in documents)
        assert prices == marks % wire.PRICE_MARKS, uid
        sums = (
            city.one("SELECT count(*) FROM product WHERE shop = :shop AND deleted_at = 0", shop=number),
            city.one("SELECT count(*) FROM movement WHERE shop = :shop", shop=number),
            city.one("SELECT coalesce(sum(quantity), 0) FROM movement WHERE shop = :shop", shop=number),
            city.one(
                "SELECT count(*) FROM online_order WHERE shop = :shop AND paid AND status IN ('placed', 'accepted', 'ready')", shop=number
            ),
            city.one(
                "SELECT coalesce(sum(total), 0) FROM online_order WHERE shop = :shop AND status IN ('accepted', 'ready', 'picked_up')",
                shop=number,
            ),
        )
        assert tuple(kept) == sums, uid
        moved = dict(city.rows("SELECT product, sum(quantity) FROM movement WHERE shop = :shop GROUP BY product", shop=number))
        held = dict(
            city.rows(
                "SELECT product, sum(quantity) FROM order_line JOIN online_order ON online_order.uid = order_uid"
                " WHERE order_line.shop = :shop AND status IN ('placed', 'accepted', 'ready') GROUP BY product",
                shop=number,
            )
        )
        for product, on_hand, reserved in city.rows("SELECT product, on_hand, reserved FROM stock WHERE shop = :shop", shop=number):
            assert (on_hand, reserved) == (moved.get(product, 0), held.get(product, 0)), product
