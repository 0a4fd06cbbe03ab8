"""Every place of the API in one table. The handlers, the OpenAPI document and the page to read are all made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, TypeAlias

from central import buyers, enrolment, tokens
from central.orders import placing
from central.problems import ProblemCode, Refusal
from central.proofs import Asked
from central.sync.round_trip import round_trip
from central.web import examples
from central.world import World
from pos.sync import protocol as wire

P = ProblemCode


class Who(Enum):
    """Who may ask, and how that is shown."""

    DEVICE_KEY = "a proof of the device's key (DPoP)"
    DEVICE = "an access token and a proof of its device's key (DPoP)"
    BUYER = "a buyer's token"

    @property
    def scheme(self) -> str:
        """Of the Authorization header."""
        return "Bearer" if self is Who.BUYER else "DPoP"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as its handler sees it. `message`: of the route's request type, None where it has none."""

    asked: Asked
    message: Any
    path: Mapping[str, str]


Answer: TypeAlias = wire.Wire | list[wire.ListedGoods] | Refusal


@dataclass(frozen=True, slots=True)
class Route:
    """One place. `problems`: beyond those that any place may answer with."""

    method: str
    path: str
    name: str
    summary: str
    who: Who
    request: type[wire.Wire] | None
    answer: Any
    work: Callable[[World, Call], Answer]
    example: object
    request_example: wire.Wire | None = None
    problems: tuple[ProblemCode, ...] = field(default=())


def _enrol(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return enrolment.enrol(world, connection, call.asked, call.message)


def _token(world: World, call: Call) -> Answer:
    with world.database.write() as connection:
        return tokens.refresh(world, connection, call.asked, call.message)


def _sync(world: World, call: Call) -> Answer:
    request: wire.SyncRequest = call.message
    if request.batch is None and request.handshake is None:
        return world.database.look(
            lambda connection, writes: round_trip(world, connection, writes, tokens.known_device(world, connection, call.asked), request)
        )
    with world.database.write() as connection:
        return round_trip(world, connection, True, tokens.known_device(world, connection, call.asked), request)


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


_PROOF: Final = (
    P.USE_DPOP_NONCE,
    P.PROOF_MISSING,
    P.PROOF_UNREADABLE,
    P.PROOF_FORGED,
    P.PROOF_OF_ANOTHER_REQUEST,
    P.PROOF_OF_ANOTHER_TOKEN,
    P.PROOF_OF_ANOTHER_KEY,
    P.PROOF_REPLAYED,
)
_BODY: Final = (P.UNREADABLE, P.BODY_TOO_LARGE, P.ENCODING_UNKNOWN)
_BUYER: Final = (P.TOKEN_MISSING, P.TOKEN_WRONG)
ANYWHERE: Final = (P.BUSY, P.INTERNAL)

ROUTES: Final = (
    Route(
        "POST",
        "/v1/enrol",
        "enrol",
        "Make a key a device of a shop, by a one-time code",
        Who.DEVICE_KEY,
        wire.EnrolRequest,
        wire.EnrolAnswer,
        _enrol,
        examples.enrol_answer,
        examples.enrol_request,
        (*_BODY, *_PROOF, P.CODE_WRONG, P.CODE_USED, P.CODE_EXPIRED, P.TOO_MANY_TRIES, P.DEVICE_REVOKED),
    ),
    Route(
        "POST",
        "/v1/token",
        "token",
        "A new access token; the refresh token stays",
        Who.DEVICE_KEY,
        wire.TokenRequest,
        wire.TokenAnswer,
        _token,
        examples.token_answer,
        examples.token_request,
        (*_BODY, *_PROOF, P.TOKEN_WRONG, P.TOKEN_EXPIRED, P.DEVICE_REVOKED),
    ),
    Route(
        "POST",
        "/v1/sync",
        "sync",
        "Tell operations, be told changes",
        Who.DEVICE,
        wire.SyncRequest,
        wire.SyncAnswer,
        _sync,
        examples.sync_answer,
        examples.sync_request,
        (
            *_BODY,
            *_PROOF,
            P.TOKEN_MISSING,
            P.TOKEN_WRONG,
            P.TOKEN_EXPIRED,
            P.DEVICE_REVOKED,
            P.BATCH_BROKEN,
            P.CURSOR_TOO_OLD,
            P.PROGRAM_TOO_OLD,
        ),
    ),
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
        problems=(*_BUYER, P.SHOP_UNKNOWN),
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
            *_BODY,
            *_BUYER,
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
        problems=(*_BUYER, P.ORDER_UNKNOWN),
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
        problems=(*_BUYER, P.ORDER_UNKNOWN, P.NOT_ALLOWED),
    ),
    Route(
        "POST",
        "/v1/buyer/orders/{order}/cancel",
        "cancel",
        "Take an order back, while the shop has not accepted it",
        Who.BUYER,
        None,
        wire.BuyerOrder,
        _cancel,
        examples.buyer_order,
        problems=(*_BUYER, P.ORDER_UNKNOWN, P.NOT_ALLOWED),
    ),
)
