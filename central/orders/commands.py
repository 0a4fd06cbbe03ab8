"""What a till may tell of an order: accept, reject, ready, which the server decides; and the hand-over, which is a fact.

A command names the version that it was made on. The loser of a race is refused and told the order as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.orders import book, codes, moving
from central.orders.book import Actor, Order, Status
from central.orders.moving import EdgeForbidden
from central.shop_work import Origin, ShopWork
from central.world import World
from pos.sync.protocol import OrderCommand, OrderCommandPayload, OrderPickedUpPayload, ResultStatus

MAX_REASON: Final = 200
_LEADS_TO: Final = {
    OrderCommand.ACCEPT.value: Status.ACCEPTED,
    OrderCommand.REJECT.value: Status.REJECTED,
    OrderCommand.READY.value: Status.READY,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an operation. `code` for what was not applied, `flags` for what was."""

    status: ResultStatus = ResultStatus.APPLIED
    code: str = ""
    flags: tuple[str, ...] = ()


def command(world: World, work: ShopWork, payload: OrderCommandPayload) -> Verdict:
    """Accept, reject or make ready. Refused with order_unknown, version_conflict or not_allowed; quarantined with command_unknown."""
    status = _LEADS_TO.get(payload.command)
    if status is None:
        return Verdict(ResultStatus.QUARANTINED, "command_unknown")
    order = _visible(work, payload.order)
    if order is None:
        return Verdict(ResultStatus.REFUSED, "order_unknown")
    if payload.expected_version != order.version:
        moving.show_again(work, order)
        return Verdict(ResultStatus.REFUSED, "version_conflict")
    changes = {"reason": payload.reason[:MAX_REASON]} if status is Status.REJECTED else {}
    if status is Status.ACCEPTED and not order.pickup_code:
        changes["short_code"], changes["pickup_code"] = codes.new_codes(world, work.connection, work.shop, order.uid)
    try:
        moving.move(work, world.settings, order, status, Actor.SHOP, **changes)
    except EdgeForbidden:
        moving.show_again(work, order)
        return Verdict(ResultStatus.REFUSED, "not_allowed")
    return Verdict()


def picked_up(world: World, work: ShopWork, payload: OrderPickedUpPayload, at: int, origin: Origin) -> Verdict:
    """Goods left the shop against a signed code. Counts once, and whatever the server thought of the order by then.

    Refused with order_unknown or code_used; quarantined with pickup_forged. Flags: `early` before it was ready, `after_<status>` when the
    order had ended, `movement_known` where a movement of its cause and position was booked before (that one counts).
    """
    order = _visible(work, payload.order)
    if order is None:
        return Verdict(ResultStatus.REFUSED, "order_unknown")
    if not codes.genuine(world.keys, payload.code, order.uid, order.short_code):
        return Verdict(ResultStatus.QUARANTINED, "pickup_forged")
    if order.status is Status.PICKED_UP:
        moving.show_again(work, order)
        return Verdict(ResultStatus.REFUSED, "code_used")
    # an operation that took the order's id for its own must not stand in the way of goods that are gone
    taken = work.booked(order.uid)
    flags = (*_remarks(order), *(("movement_known",) if taken else ()))
    moving.move(work, world.settings, order, Status.PICKED_UP, Actor.SHOP, flags=" ".join([*order.flags.split(), *flags]))
    for position, line in enumerate(book.lines_of(work.connection, work.shop, [order.uid])[order.uid]):
        if position not in taken:
            work.book_movement(order.uid, position, line.product, -line.quantity, "order", at, origin)
    return Verdict(flags=flags)


def _visible(work: ShopWork, uid: str) -> Order | None:
    """The order, if the shop can know of it."""
    order = book.find(work.connection, work.shop, uid)
    return order if order is not None and order.paid else None


def _remarks(order: Order) -> tuple[str, ...]:
    if order.status is Status.READY:
        return ()
    return ("early",) if order.status is Status.ACCEPTED else (f"after_{order.status.value}",)
