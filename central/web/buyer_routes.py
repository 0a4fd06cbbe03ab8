"""The places of buyers."""

from __future__ import annotations

from typing import Any, Final

from central import buyers
from central.orders import placing
from central.problems import ProblemCode as P
from central.web import examples
from central.web.route import BEARER, BODY, Answer, Call, Route, Who
from central.world import World
from pos.sync import protocol as wire


def _goods(world: World, call: Call) -> Answer:
    def look(connection: Any, writes: bool) -> list[wire.ListedGoods]:
        buyers.buyer_of(connection, call.asked.access_token)
        return placing.goods(world, connection, writes, call.path["shop"])

    return world.database.look(look)


def _place(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return placing.place(world, connection, buyers.buyer_of(connection, call.asked.access_token), call.message)


def _see(world: World, call: Call) -> Answer:
    return world.database.look(
        lambda connection, writes: placing.see(
            world, connection, writes, buyers.buyer_of(connection, call.asked.access_token), call.path["order"]
        )
    )


def _pay(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return placing.pay(world, connection, buyers.buyer_of(connection, call.asked.access_token), call.path["order"])


def _cancel(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return placing.cancel(world, connection, buyers.buyer_of(connection, call.asked.access_token), call.path["order"])


BUYER_ROUTES: Final = (
    Route(
        "GET",
        "/v1/buyer/shops/{shop}/goods",
        "goods",
        "What a shop sells online, by name",
        Who.BUYER,
        None,
        list[wire.ListedGoods],
        _goods,
        [examples.listed_goods],
        problems=(*BEARER, P.SHOP_UNKNOWN),
    ),
    Route(
        "POST",
        "/v1/buyer/orders",
        "place",
        "Place an order; its stock is held until it is paid or too late",
        Who.BUYER,
        wire.PlaceOrder,
        wire.BuyerOrder,
        _place,
        examples.buyer_order,
        examples.place_order,
        (
            *BODY,
            *BEARER,
            P.FIELD_INVALID,
            P.SHOP_UNKNOWN,
            P.GOODS_NOT_LISTED,
            P.TOO_FEW_LEFT,
            P.CAP_REACHED,
            P.TOO_MANY_UNPAID,
            P.ID_REUSED,
        ),
    ),
    Route(
        "GET",
        "/v1/buyer/orders/{order}",
        "see",
        "An order of one's own",
        Who.BUYER,
        None,
        wire.BuyerOrder,
        _see,
        examples.buyer_order,
        problems=(*BEARER, P.ORDER_UNKNOWN),
    ),
    Route(
        "POST",
        "/v1/buyer/orders/{order}/pay",
        "pay",
        "The order is paid (told by the payment service); the shop sees it from now on",
        Who.BUYER,
        None,
        wire.BuyerOrder,
        _pay,
        examples.buyer_order,
        problems=(*BEARER, P.ORDER_UNKNOWN, P.NOT_ALLOWED),
    ),
    Route(
        "POST",
        "/v1/buyer/orders/{order}/cancel",
        "cancel",
        "Take an order back while the shop has not accepted it; afterwards, ask the shop to",
        Who.BUYER,
        None,
        wire.BuyerOrder,
        _cancel,
        examples.buyer_order,
        problems=(*BEARER, P.ORDER_UNKNOWN, P.NOT_ALLOWED),
    ),
)
