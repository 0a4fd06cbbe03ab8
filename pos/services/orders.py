"""Online orders: check the shelf, accept, pack, make ready, print, hand over. The server decides; the till asks and remembers."""

from __future__ import annotations

import re
from typing import Final

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import HandOver, Order, OrderStatus, OrderStep, allowed_steps, hand_over_of
from pos.domain.printing import DocumentKind, NewPrintJob, PrinterRole
from pos.domain.stock import MovementReason, StockMovement
from pos.services.ports import AuditEntry, NewOperation, Till

_PICKUP: Final = re.compile(r"EPK\d+:", re.IGNORECASE)


def ask(till: Till, order_uid: str, step: OrderStep, reason: str = "") -> Order:
    """Tell the server what the shop wants with an order. Until it answers the step is *pending* ("menunggu server").

    Raises:
        ShopError: ORDER_NOT_FOUND; ORDER_STEP_NOT_ALLOWED from this status or while another step waits.
    """
    order = _order(till, order_uid)
    if step is OrderStep.HAND_OVER or step not in allowed_steps(order.status, order.flags) or order.pending is not None:
        raise ShopError(ErrorCode.ORDER_STEP_NOT_ALLOWED, number=order.number, status=order.status_text)
    now = till.clock.now()
    kind, payload = till.wire.order_command(order, step, reason[:200])
    with till.store.begin() as work:
        work.set_pending(order_uid, step)
        work.mark_seen(order_uid)
        work.note_lost(order_uid, "")
        work.tell([NewOperation(till.ids.new(), kind, now, payload)])
        work.audit([AuditEntry(now, till.store.read.shop().cashier, f"order_{step.value}", order_uid)])
        work.commit()
    return _order(till, order_uid)


def tick(till: Till, order_uid: str, position: int, *, on_shelf: bool | None = None, packed: bool | None = None) -> Order:
    """Set a line's own ticks: still on the shelf, or packed.

    Raises:
        ShopError: ORDER_NOT_FOUND; ORDER_STEP_NOT_ALLOWED to pack what the server has not confirmed.
    """
    order = _order(till, order_uid)
    if packed and order.status is OrderStatus.PLACED:
        raise ShopError(ErrorCode.ORDER_STEP_NOT_ALLOWED, number=order.number, status=order.status_text)
    line = order.lines[position]
    with till.store.begin() as work:
        work.tick_order_line(
            order_uid,
            position,
            line.on_shelf if on_shelf is None else on_shelf,
            line.packed if packed is None else packed,
        )
        work.mark_seen(order_uid)
        work.commit()
    return _order(till, order_uid)


def see(till: Till, order_uid: str) -> None:
    """Someone has opened the order: it sounds no more, and a step that came too late is known."""
    with till.store.begin() as work:
        work.mark_seen(order_uid)
        work.note_lost(order_uid, "")
        work.commit()


def print_pickup(till: Till, order_uid: str) -> int:
    """Queue the pickup receipt; a further one is a SALINAN. Returns the copy number.

    Raises:
        ShopError: ORDER_NOT_FOUND, PRINTER_NOT_SET, ORDER_STEP_NOT_ALLOWED before the server has accepted.
    """
    job, entry = pickup_job(till, order_uid)
    with till.store.begin() as work:
        work.queue_print([job])
        work.audit([entry])
        work.commit()
    return job.copy


def pickup_job(till: Till, order_uid: str) -> tuple[NewPrintJob, AuditEntry]:
    """The next copy of an order's pickup receipt, and what the audit log says of it. Raises as `print_pickup` does."""
    order = _order(till, order_uid)
    if not order.pickup_code:
        raise ShopError(ErrorCode.ORDER_STEP_NOT_ALLOWED, number=order.number, status=order.status_text)
    printer = till.paper.printer_of(PrinterRole.PICKUP)
    if not printer:
        raise ShopError(ErrorCode.PRINTER_NOT_SET)
    copy = sum(job.kind is DocumentKind.PICKUP for job in till.store.read.print_jobs_of(order_uid))
    shop = till.store.read.shop()
    job = NewPrintJob(DocumentKind.PICKUP, order_uid, copy, printer, till.paper.pickup(order, shop, copy))
    return job, AuditEntry(till.clock.now(), shop.cashier, "pickup_printed", order_uid, f'{{"copy": {copy}}}')


def is_pickup_code(code: str) -> bool:
    """Whether a scanned code is a buyer's, by its first letters; whether it is a good one is another question."""
    return _PICKUP.match(code.strip()) is not None


def order_of_code(till: Till, code: str) -> Order:
    """Whose code this is, before anything is handed over. Raises ShopError as `hand_over` does for the code itself."""
    return _order_of_code(till, code)[0]


def hand_over(till: Till, code: str, *, sure: bool = False) -> Order:
    """Verify the code that the buyer shows, without the line, and book the hand-over: a physical fact, once.

    Args:
        code: the signed text of the QR, or the short code typed (`7K-241`, `7k241`).
        sure: a person hands it over although it is not ready, or its time was over.

    Raises:
        ShopError: PICKUP_CODE_UNREADABLE, PICKUP_CODE_FORGED, PICKUP_CODE_UNKNOWN (another shop's, or the order has not
            reached this till), PICKUP_CODE_USED, ORDER_STEP_NOT_ALLOWED; unless `sure` PICKUP_EARLY, PICKUP_LATE.
    """
    order, proof = _order_of_code(till, code)
    if order.handed_over_at is not None or order.status is OrderStatus.PICKED_UP:
        raise ShopError(ErrorCode.PICKUP_CODE_USED, number=order.number)
    _check_hand_over(order, sure)
    now, operation = till.clock.now(), till.ids.new()
    kind, payload = till.wire.order_picked_up(order, proof)
    with till.store.begin() as work:
        if not work.add_pickup(order.uid, operation, now):
            raise ShopError(ErrorCode.PICKUP_CODE_USED, number=order.number)
        # the server books the same movements under the same cause; whichever comes first counts, the other is passed over
        work.add_movements(
            [
                StockMovement(line.product_uid, -line.quantity, MovementReason.ORDER, order.uid, position, now)
                for position, line in enumerate(order.lines)
            ]
        )
        work.tell([NewOperation(operation, kind, now, payload)])
        work.audit([AuditEntry(now, till.store.read.shop().cashier, "order_handed_over", order.uid)])
        work.commit()
    return _order(till, order.uid)


def _check_hand_over(order: Order, sure: bool) -> None:
    way = hand_over_of(order.status, order.pending)
    if way is HandOver.NEVER:
        raise ShopError(ErrorCode.ORDER_STEP_NOT_ALLOWED, number=order.number, status=order.status_text)
    if way is not HandOver.FREE and not sure:
        code = ErrorCode.PICKUP_EARLY if way is HandOver.EARLY else ErrorCode.PICKUP_LATE
        raise ShopError(code, number=order.number, status=order.status_text)


def _order_of_code(till: Till, code: str) -> tuple[Order, str]:
    """The order and the code to tell the server."""
    text = code.strip().upper()
    if ":" in text:
        order_uid, short_code = till.wire.verify_pickup(text, till.store.read.server_keys())
        order = till.store.read.order(order_uid)
        if order is None or order.short_code != short_code:
            raise ShopError(ErrorCode.PICKUP_CODE_UNKNOWN)
        return order, text
    order = till.store.read.order_of_short_code(text.replace("-", "").replace(" ", ""))
    if order is None:
        raise ShopError(ErrorCode.PICKUP_CODE_UNKNOWN)
    return order, order.pickup_code


def _order(till: Till, order_uid: str) -> Order:
    order = till.store.read.order(order_uid)
    if order is None:
        raise ShopError(ErrorCode.ORDER_NOT_FOUND)
    return order
