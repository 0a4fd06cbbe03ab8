"""What a buyer may ask: place an order, pay it, cancel it, see it. Each buyer sees their own and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select

from central import tables
from central.bulk import append
from central.database import AnyRow, WriteNeeded
from central.orders import book, listing, moving
from central.orders.book import OPEN, Actor, Order, Status
from central.privacy import without_numbers
from central.problems import ProblemCode, Refusal
from central.shop_work import Book, ShopWork, read_book
from central.sync.reading import is_id
from central.world import DAY, Settings, World
from pos.sync.protocol import BasketItem, BuyerOrder, ListedGoods, PlaceOrder, WireOrderLine

MAX_ITEMS: Final = 50
MAX_COUNT: Final = 999
MAX_NOTE: Final = 200
MAX_SLOT: Final = 2**53
MAX_AHEAD: Final = 31 * DAY
"""From now until a slot ends: so long its goods are held for a buyer who may never come."""
FIRST_NUMBER: Final = 1_000
LAST_NUMBER: Final = 9_999

_s, _b, _o = tables.shop.c, tables.buyer_order.c, tables.online_order.c
_SHOP: Final = select(_s.id).where(_s.uid == bindparam("uid"))
_BY_ID: Final = select(_b.shop, _b.order_uid).where(_b.buyer == bindparam("buyer"), _b.id == bindparam("id"))
_BY_UID: Final = (
    select(_b.shop, _b.order_uid, _s.uid.label("shop_uid"))
    .join(tables.shop, _s.id == _b.shop)
    .where(_b.buyer == bindparam("buyer"), _b.order_uid == bindparam("uid"))
)
_UNPAID: Final = (
    select(func.count())
    .join_from(tables.buyer_order, tables.online_order, (_o.shop == _b.shop) & (_o.uid == _b.order_uid))
    .where(_b.buyer == bindparam("buyer"), _o.status == Status.PLACED.value, ~_o.paid)
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who asks. `name`: first name and initial; `phone4`: last four digits."""

    uid: str
    name: str
    phone4: str
    kind: str


def goods(world: World, connection: Connection, writes: bool, shop_uid: str) -> list[ListedGoods]:
    """What the shop sells online now.

    Raises:
        Refusal: SHOP_UNKNOWN. WriteNeeded.
    """
    return listing.listing(connection, _settled(world, connection, writes, shop_uid), world.settings, world.clock.now())


def place(world: World, connection: Connection, buyer: Buyer, request: PlaceOrder) -> BuyerOrder:
    """Place an order; its stock is held from now on. The same id with the same content is the same order.

    Raises:
        Refusal: SHOP_UNKNOWN, FIELD_INVALID, GOODS_NOT_LISTED, TOO_FEW_LEFT, CAP_REACHED, TOO_MANY_UNPAID, ID_REUSED.
    """
    _check(request)
    work = _work(world, connection, request.shop)
    known = connection.execute(_BY_ID, {"buyer": buyer.uid, "id": request.id}).one_or_none()
    if known is not None:
        work.finish()
        return _same(connection, work, known.shop, known.order_uid, request)
    if work.book.cap_reached:
        raise Refusal(ProblemCode.CAP_REACHED)
    if (connection.scalar(_UNPAID, {"buyer": buyer.uid}) or 0) >= world.settings.max_unpaid_orders:
        raise Refusal(ProblemCode.TOO_MANY_UNPAID)
    if request.slot_to > work.now + MAX_AHEAD:
        raise Refusal(ProblemCode.FIELD_INVALID, "slot")
    lines = _lines(world.settings, work, request)
    work.book.orders += 1
    order = _new(world, work, buyer, request, sum(line.amount for line in lines))
    moving.open_with(work, world.settings, order)
    rows = [(work.shop, order.uid, place, *_line_values(line)) for place, line in enumerate(lines)]
    append(connection, tables.order_line, rows)
    for line in lines:
        work.reserve(line.product, line.quantity)
    row = {"buyer": buyer.uid, "id": request.id, "shop": work.shop, "order_uid": order.uid}
    connection.execute(insert(tables.buyer_order), row)
    work.finish()
    return book.for_buyer(order, work.book.uid)


def pay(world: World, connection: Connection, buyer: Buyer, uid: str) -> BuyerOrder:
    """The payment service has the money: the shop sees the order. Paying twice is paying once.

    Raises:
        Refusal: ORDER_UNKNOWN, NOT_ALLOWED.
    """
    work, order = _own(world, connection, buyer, uid)
    if not order.paid and order.status is Status.PLACED:
        order = moving.pay(work, world.settings, order)
    work.finish()
    if not order.paid:
        return _refuse(order)
    return book.for_buyer(order, work.book.uid)


def cancel(world: World, connection: Connection, buyer: Buyer, uid: str) -> BuyerOrder:
    """Take the order back, freely while the shop has not accepted it; afterwards it is a wish, and the shop answers. Twice is once.

    Raises:
        Refusal: ORDER_UNKNOWN, NOT_ALLOWED.
    """
    work, order = _own(world, connection, buyer, uid)
    if order.status is Status.PLACED:
        order = moving.move(work, world.settings, order, Status.CANCELLED, Actor.BUYER)
    elif order.status in OPEN:
        if not order.cancel_asked:
            flags = order.flagged(book.CANCEL_ASKED, book.CANCEL_DENIED)
            order = moving.remark(work, world.settings, order, Actor.BUYER, flags)
    elif order.status is not Status.CANCELLED:
        return _refuse(order)
    work.finish()
    return book.for_buyer(order, work.book.uid)


def see(world: World, connection: Connection, writes: bool, buyer: Buyer, uid: str) -> BuyerOrder:
    """The order as it stands.

    Raises:
        Refusal: ORDER_UNKNOWN. WriteNeeded.
    """
    row = _way(connection, buyer, uid)
    _settled(world, connection, writes, row.shop_uid)
    return book.for_buyer(_order(connection, row.shop, uid), row.shop_uid)


def _refuse(order: Order) -> BuyerOrder:
    raise Refusal(ProblemCode.NOT_ALLOWED, f"the order is {order.status.value}")


def _work(world: World, connection: Connection, shop_uid: str) -> ShopWork:
    """The shop, locked, with nothing overdue."""
    work = ShopWork.begin(connection, _shop(connection, shop_uid), world.clock.now())
    moving.sweep(work, world.settings)
    return work


def _settled(world: World, connection: Connection, writes: bool, shop_uid: str) -> Book:
    """The shop with nothing overdue, without a lock where nothing is."""
    found = read_book(connection, _shop(connection, shop_uid))
    if not moving.is_due(found.next_due_at, world.clock.now()):
        return found
    if not writes:
        raise WriteNeeded
    work = _work(world, connection, shop_uid)
    work.finish()
    return work.book


def _shop(connection: Connection, uid: str) -> int:
    shop: int | None = connection.scalar(_SHOP, {"uid": uid}) if is_id(uid) else None
    if shop is None:
        raise Refusal(ProblemCode.SHOP_UNKNOWN)
    return shop


def _own(world: World, connection: Connection, buyer: Buyer, uid: str) -> tuple[ShopWork, Order]:
    row = _way(connection, buyer, uid)
    work = _work(world, connection, row.shop_uid)
    return work, _order(connection, row.shop, uid)


def _way(connection: Connection, buyer: Buyer, uid: str) -> AnyRow:
    """From this buyer to the order's shop; there is none to another's order."""
    row = connection.execute(_BY_UID, {"buyer": buyer.uid, "uid": uid}).one_or_none() if is_id(uid) else None
    if row is None:
        raise Refusal(ProblemCode.ORDER_UNKNOWN)
    return row


def _order(connection: Connection, shop: int, uid: str) -> Order:
    order = book.find(connection, shop, uid)
    if order is None:
        raise Refusal(ProblemCode.ORDER_UNKNOWN)
    return order


def _check(request: PlaceOrder) -> None:
    right = (
        is_id(request.id)
        and 0 < len(request.items) <= MAX_ITEMS
        and all(1 <= item.count <= MAX_COUNT and is_id(item.product) for item in request.items)
        and 0 <= request.slot_from <= request.slot_to <= MAX_SLOT
        and len(request.note) <= MAX_NOTE
        and "\x00" not in request.note
    )
    if not right:
        raise Refusal(ProblemCode.FIELD_INVALID)


def _same(connection: Connection, work: ShopWork, shop: int, uid: str, request: PlaceOrder) -> BuyerOrder:
    """The order that this id stands for already."""
    order = book.find(connection, shop, uid) if shop == work.shop else None
    if order is None:
        raise Refusal(ProblemCode.ID_REUSED)
    held = [(line.product, line.quantity // line.factor) for line in book.lines_of(connection, shop, [uid])[uid]]
    asked = [(item.product, item.count) for item in request.items]
    if held != asked:
        raise Refusal(ProblemCode.ID_REUSED)
    return book.for_buyer(order, work.book.uid)


def _lines(settings: Settings, work: ShopWork, request: PlaceOrder) -> list[WireOrderLine]:
    sold = listing.for_sale(work, settings, {item.product for item in request.items})
    left = {uid: free for uid, (_, free) in sold.items()}
    lines = []
    for item in request.items:
        if item.product not in sold:
            raise Refusal(ProblemCode.GOODS_NOT_LISTED, item.product)
        product, _ = sold[item.product]
        line = _line(item, product.name, next((unit for unit in product.units if unit.uid == item.unit_uid), None), work.now)
        left[item.product] -= line.quantity
        if left[item.product] < 0:
            raise Refusal(ProblemCode.TOO_FEW_LEFT, item.product)
        lines.append(line)
    return lines


def _line(item: BasketItem, name: str, unit: Any, now: int) -> WireOrderLine:
    price = listing.price_of(unit, item.count, now) if unit is not None else None
    if price is None:
        raise Refusal(ProblemCode.GOODS_NOT_LISTED, item.product)
    return WireOrderLine(
        product=item.product,
        name=name,
        unit=unit.name,
        factor=unit.factor,
        quantity=item.count * unit.factor,
        unit_price=price,
        amount=item.count * price,
    )


def _line_values(line: WireOrderLine) -> tuple[Any, ...]:
    return (line.product, line.name, line.unit, line.factor, line.quantity, line.unit_price, line.amount)


def _new(world: World, work: ShopWork, buyer: Buyer, request: PlaceOrder, total: int) -> Order:
    return Order(
        shop=work.shop,
        uid=world.chance.id(),
        buyer_uid=buyer.uid,
        number=str(FIRST_NUMBER + (work.book.orders - 1) % (LAST_NUMBER - FIRST_NUMBER + 1)),
        status=Status.PLACED,
        version=1,
        buyer=buyer.name,
        buyer_phone4=buyer.phone4,
        buyer_kind=buyer.kind,
        total=total,
        paid=False,
        placed_at=work.now,
        deadline_at=0,
        due_at=0,
        slot_from=request.slot_from,
        slot_to=request.slot_to,
        note=without_numbers(request.note),
        reason="",
        short_code="",
        pickup_code="",
        flags="",
        feed_seq=0,
    )
