"""What a till may tell of an order: commands, which the server decides; and the hand-over, which is a fact.

A command names the version that it was made on. The loser of a race is refused and told the order as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from central.orders import book, codes, moving
from central.orders.book import Actor, Order, Status
from central.orders.moving import EdgeForbidden
from central.shop_work import Origin, ShopWork
from central.world import Settings, World
from pos.sync.protocol import OrderCommand, OrderCommandPayload, OrderPickedUpPayload, ResultStatus

MAX_REASON: Final = 200
_LEADS_TO: Final = {
    OrderCommand.ACCEPT.value: Status.ACCEPTED,
    OrderCommand.REJECT.value: Status.REJECTED,
    OrderCommand.READY.value: Status.READY,
    OrderCommand.NO_SHOW.value: Status.NO_SHOW,
    OrderCommand.CANCEL_ALLOW.value: Status.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an operation. `code` for what was not applied, `flags` for what was."""

    status: ResultStatus = ResultStatus.APPLIED
    code: str = ""
    flags: tuple[str, ...] = ()


def command(world: World, work: ShopWork, payload: OrderCommandPayload) -> Verdict:
    """What the shop asks of an order.

    Refused with order_unknown, version_conflict, not_allowed or too_early; quarantined with command_unknown.
    """
    denies = payload.command == OrderCommand.CANCEL_DENY
    if payload.command not in _LEADS_TO and not denies:
        return Verdict(ResultStatus.QUARANTINED, "command_unknown")
    order = _visible(work, payload.order)
    if order is None:
        return Verdict(ResultStatus.REFUSED, "order_unknown")
    refused = _refusal(world.settings, work, order, payload)
    if not refused:
        try:
            _decide(world, work, order, payload)
        except EdgeForbidden:
            refused = "not_allowed"
    if refused:
        moving.show_again(work, order)
        return Verdict(ResultStatus.REFUSED, refused)
    return Verdict()


def _refusal(settings: Settings, work: ShopWork, order: Order, payload: OrderCommandPayload) -> str:
    """Why a command cannot be, as far as its status does not say; empty if it can."""
    if payload.expected_version != order.version:
        return "version_conflict"
    if payload.command in (OrderCommand.CANCEL_ALLOW, OrderCommand.CANCEL_DENY) and not order.cancel_asked:
        return "not_allowed"
    if payload.command == OrderCommand.NO_SHOW and order.status is Status.READY:
        waited_for = order.slot_to or moving.ready_since(work, order) + settings.no_show_after
        return "too_early" if work.now < waited_for else ""
    return ""


def _decide(world: World, work: ShopWork, order: Order, payload: OrderCommandPayload) -> None:
    """Raises EdgeForbidden: the order's status does not lead there."""
    if payload.command == OrderCommand.CANCEL_DENY:
        if order.status not in book.OPEN:
            raise EdgeForbidden
        moving.remark(work, world.settings, order, Actor.SHOP, order.flagged(book.CANCEL_DENIED, book.CANCEL_ASKED))
        return
    status = _LEADS_TO[payload.command]
    changes: dict[str, Any] = {"reason": payload.reason[:MAX_REASON]} if status in (Status.REJECTED, Status.CANCELLED) else {}
    if status is Status.ACCEPTED and not order.pickup_code:
        changes |= _codes(world, work, order)
    moving.move(work, world.settings, order, status, Actor.SHOP, **changes)


def _codes(world: World, work: ShopWork, order: Order) -> dict[str, Any]:
    """An accepted order's columns with what the buyer shows at the counter."""
    short_code, pickup_code = codes.new_codes(world, work.connection, work.shop, order.uid)
    return {"short_code": short_code, "pickup_code": pickup_code}


def picked_up(world: World, work: ShopWork, payload: OrderPickedUpPayload, at: int, origin: Origin) -> Verdict:
    """Goods left the shop against a signed code. Counts once, and whatever the server thought of the order by then.

    Refused with order_unknown or code_used; quarantined with pickup_forged. Flags: `early` before it was ready, `after_<status>` when the
    order had ended, `movement_known` where a movement of its cause and position was booked before (that one counts), `order_forgotten`.
    """
    order = _visible(work, payload.order)
    if order is None and not payload.lines:
        return Verdict(ResultStatus.REFUSED, "order_unknown")
    if not codes.genuine(world, work.connection, payload.code, payload.order):
        return Verdict(ResultStatus.QUARANTINED, "pickup_forged")
    if order is None:
        return _forgotten(work, payload, at, origin)
    if order.status is Status.PICKED_UP:
        moving.show_again(work, order)
        return Verdict(ResultStatus.REFUSED, "code_used")
    # an operation that took the order's id for its own must not stand in the way of goods that are gone
    taken = work.booked(order.uid)
    flags = (*_remarks(order), *(("movement_known",) if taken else ()))
    if order.status is Status.PLACED:
        # we were put back behind the acceptance that we have signed for: it counts again, so that the goods can have left
        order = moving.move(work, world.settings, order, Status.ACCEPTED, Actor.SERVER, **_codes(world, work, order))
    moving.move(work, world.settings, order, Status.PICKED_UP, Actor.SHOP, flags=" ".join([*order.flags.split(), *flags]))
    for position, line in enumerate(book.lines_of(work.connection, work.shop, [order.uid])[order.uid]):
        if position not in taken:
            work.book_movement(order.uid, position, line.product, -line.quantity, "order", at, origin)
    return Verdict(flags=flags)


def _forgotten(work: ShopWork, payload: OrderPickedUpPayload, at: int, origin: Origin) -> Verdict:
    """The server has signed for this order, and was put back behind it since. The goods are gone all the same: as the till tells them."""
    taken = work.booked(payload.order)
    for position, line in enumerate(payload.lines):
        if position not in taken:
            work.book_movement(payload.order, position, line.product, -line.quantity, "order", at, origin)
    return Verdict(flags=("order_forgotten", *(("movement_known",) if taken else ())))


def _visible(work: ShopWork, uid: str) -> Order | None:
    """The order, if the shop can know of it."""
    order = book.find(work.connection, work.shop, uid)
    return order if order is not None and order.paid else None


def _remarks(order: Order) -> tuple[str, ...]:
    if order.status is Status.READY:
        return ()
    return ("early",) if order.status is Status.ACCEPTED else (f"after_{order.status.value}",)
