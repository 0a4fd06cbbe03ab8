"""An order from one status to the next. The only place that writes one: version, event, reservation, cap, feed, all or none.

Legal edges only, one winner a version (the event's key), never two final states but for goods that left the shop all the same.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update

from central import tables
from central.orders import book
from central.orders.book import COUNTS, EDGES, OPEN, Actor, Order, Status
from central.shop_work import ShopWork
from central.world import Settings

_o = tables.online_order.c
_NAMES: Final = tuple(field.name for field in fields(Order) if field.name not in ("shop", "uid"))
_SAVE: Final = (
    update(tables.online_order)
    .where(_o.shop == bindparam("of_shop"), _o.uid == bindparam("of_uid"))
    .values({name: bindparam(name) for name in _NAMES})
)
_EVENT: Final = insert(tables.order_event)
_e = tables.order_event.c
_READY: Final = select(func.max(_e.at)).where(
    _e.shop == bindparam("shop"), _e.order_uid == bindparam("uid"), _e.status == Status.READY.value
)
_DUE: Final = (
    select(tables.online_order).where(_o.shop == bindparam("shop"), _o.due_at > 0, _o.due_at <= bindparam("now")).order_by(_o.due_at)
)
_NEXT: Final = select(func.min(_o.due_at)).where(_o.shop == bindparam("shop"), _o.due_at > 0)


class EdgeForbidden(Exception):
    """This status does not lead there."""


def move(work: ShopWork, settings: Settings, order: Order, status: Status, actor: Actor, **changes: Any) -> Order:
    """The order in its next status. `changes`: further columns.

    Raises:
        EdgeForbidden: the order cannot get there from here.
    """
    if status not in EDGES[order.status]:
        raise EdgeForbidden
    moved = replace(order, status=status, **changes)
    if order.status in OPEN and status not in OPEN:
        for line in book.lines_of(work.connection, order.shop, [order.uid])[order.uid]:
            work.reserve(line.product, -line.quantity)
    work.use_cap(order.total * (int(status in COUNTS) - int(order.status in COUNTS)))
    return _next_version(work, settings, order, moved, actor)


def pay(work: ShopWork, settings: Settings, order: Order) -> Order:
    """The order is paid: from now on the shop sees it and has until `deadline_at` to accept."""
    paid = replace(order, paid=True, deadline_at=work.now + settings.accept_within)
    return _next_version(work, settings, order, paid, Actor.BUYER)


def remark(work: ShopWork, settings: Settings, order: Order, actor: Actor, flags: str) -> Order:
    """The order in its status, with other flags: its next version, so that whoever decides has seen them."""
    return _next_version(work, settings, order, replace(order, flags=flags), actor)


def show_again(work: ShopWork, order: Order) -> None:
    """Put the order, as it is, at the feed's end: a till that asked for what it cannot have is told what is."""
    if order.paid:
        _save(work, replace(order, feed_seq=_seq(work)))


def open_with(work: ShopWork, settings: Settings, order: Order) -> None:
    """A new order with its first version; its lines are the caller's."""
    order = replace(order, due_at=_due_at(settings, order))
    work.connection.execute(insert(tables.online_order), {"shop": order.shop, "uid": order.uid, **_values(order)})
    _note(work, order, Actor.BUYER)


def sweep(work: ShopWork, settings: Settings) -> None:
    """Move on what has fallen due by the server's clock. Done before anything else is asked of a shop's orders."""
    if not is_due(work.book.next_due_at, work.now):
        return
    for row in work.connection.execute(_DUE, {"shop": work.shop, "now": work.now}).all():
        order = book.order_of(row)
        status = Status.NO_SHOW if order.status is Status.READY else Status.EXPIRED
        move(work, settings, order, status, Actor.SERVER)
    work.book.next_due_at = work.connection.scalar(_NEXT, {"shop": work.shop}) or 0


def is_due(next_due_at: int, now: int) -> bool:
    """Whether a shop has an order to move on."""
    return 0 < next_due_at <= now


def _next_version(work: ShopWork, settings: Settings, before: Order, order: Order, actor: Actor) -> Order:
    seq = _seq(work) if order.paid else 0
    order = replace(order, version=before.version + 1, due_at=_due_at(settings, order), feed_seq=seq)
    work.book.open_orders += int(order.on_board) - int(before.on_board)
    _save(work, order)
    _note(work, order, actor)
    return order


def _note(work: ShopWork, order: Order, actor: Actor) -> None:
    work.due(order.due_at)
    row = {"shop": order.shop, "order_uid": order.uid, "version": order.version}
    work.connection.execute(_EVENT, {**row, "status": order.status.value, "actor": actor.value, "at": work.now})


def _save(work: ShopWork, order: Order) -> None:
    work.connection.execute(_SAVE, {"of_shop": order.shop, "of_uid": order.uid, **_values(order)})


def _values(order: Order) -> dict[str, Any]:
    return {name: getattr(order, name) for name in _NAMES} | {"status": order.status.value}


def _seq(work: ShopWork) -> int:
    work.book.order_seq = work.next_seq()
    return work.book.order_seq


def _due_at(settings: Settings, order: Order) -> int:
    """When the server moves the order on by itself; 0 is never."""
    if order.status not in OPEN:
        return 0
    if not order.paid:
        return order.placed_at + settings.pay_within
    if order.status is Status.PLACED:
        return order.deadline_at
    return max(order.slot_to, order.placed_at) + settings.pickup_within


def ready_since(work: ShopWork, order: Order) -> int:
    """When the order became ready, by the server's clock; 0 if it never did."""
    return work.connection.scalar(_READY, {"shop": order.shop, "uid": order.uid}) or 0
