"""An operation's payload: whether it can be read, holds only what can be kept, and adds up. Pure.

What fails here is quarantined: kept raw, it takes its seq and blocks nothing behind it. It must fail here and not in the database, where
it would take the whole batch with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from pos.sync import protocol as wire

MAX_AMOUNT: Final = 999_999_999_999
"""Rupiah and base units; the till's own limit."""
MAX_MOMENT: Final = 2**53
"""UTC ms. A till's clock beyond it is kept as this and flagged: no clock decides whether a sale counts."""
MAX_TEXT: Final = 4_000
_ID: Final = re.compile(r"[0-9a-f]{32}")
_REASON: Final = re.compile(r"[a-z_]{1,32}")

Payload: TypeAlias = (
    wire.SalePayload
    | wire.StockPayload
    | wire.ProductPayload
    | wire.SessionOpenedPayload
    | wire.SessionClosedPayload
    | wire.OrderCommandPayload
    | wire.OrderPickedUpPayload
)


class Unfit(Exception):
    """Why an operation is quarantined: `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(kind: str, payload: bytes) -> Payload:
    """The payload of an operation.

    Raises:
        Unfit: kind_unknown, unreadable, field_invalid, sums_wrong, product_unusable.
    """
    found = _KINDS.get(kind)
    if found is None:
        raise Unfit("kind_unknown")
    shape, check = found
    try:
        message: Payload = wire.decode(payload, shape)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unfit("unreadable") from error
    if not _fits(message):
        raise Unfit("field_invalid")
    check(message)
    return message


def is_id(text: str) -> bool:
    """32 lower-case hex digits."""
    return _ID.fullmatch(text) is not None


def clean_moment(at: int) -> int:
    """`at` as it can be kept."""
    return min(max(at, 0), MAX_MOMENT)


def _fits(value: Any) -> bool:
    """Whether every number and text within can be kept: no database takes a NUL, and sums must not overflow."""
    kind = type(value)
    if kind is str:
        return bool(len(value) <= MAX_TEXT and "\x00" not in value)
    if kind is int:
        return bool(-MAX_MOMENT <= value <= MAX_MOMENT)
    if kind is bool:
        return True
    parts = value if kind is tuple else msgspec.structs.astuple(value)
    for part in parts:  # noqa: SIM110 -- the hot path: a generator here costs as much again as the check
        if not _fits(part):
            return False
    return True


def _amounts(*values: int) -> bool:
    return all(-MAX_AMOUNT <= value <= MAX_AMOUNT for value in values)


def _check_sale(sale: wire.SalePayload) -> None:
    if not all(is_id(line.product) and _amounts(line.quantity, line.unit_price, line.amount, line.discount) for line in sale.lines):
        raise Unfit("field_invalid")
    if not _amounts(sale.total, sale.rounding, *(paid.amount for paid in sale.payments)):
        raise Unfit("field_invalid")
    due = sum(line.amount for line in sale.lines) + sale.rounding
    paid = sum(payment.amount for payment in sale.payments)
    change_right = all(payment.received == 0 or payment.received - payment.change == payment.amount for payment in sale.payments)
    if not due == sale.total == paid or not change_right:
        raise Unfit("sums_wrong")


def _check_stock(stock: wire.StockPayload) -> None:
    if not _REASON.fullmatch(stock.reason) or not all(is_id(line.product) and _amounts(line.quantity) for line in stock.lines):
        raise Unfit("field_invalid")


def _check_products(payload: wire.ProductPayload) -> None:
    if not all(is_id(product.uid) for product in payload.products):
        raise Unfit("field_invalid")
    if not all(usable(product) for product in payload.products):
        raise Unfit("product_unusable")


def usable(product: wire.WireProduct) -> bool:
    """Whether a till can sell from it: a ladder, a rung to sell, possible prices. What is deleted is not sold."""
    if product.deleted:
        return True
    units = product.units
    whole = 0 <= product.sell_unit < len(units) and len({unit.uid for unit in units}) == len(units)
    return whole and all(1 <= unit.factor <= MAX_AMOUNT and all(0 <= price.amount <= MAX_AMOUNT for price in unit.prices) for unit in units)


def _check_session(payload: wire.SessionOpenedPayload | wire.SessionClosedPayload) -> None:
    if not is_id(payload.session):
        raise Unfit("field_invalid")


def _check_order(payload: wire.OrderCommandPayload | wire.OrderPickedUpPayload) -> None:
    if not is_id(payload.order):
        raise Unfit("field_invalid")


_KINDS: Final[Mapping[str, tuple[type[Any], Callable[[Any], None]]]] = {
    wire.OperationKind.SALE.value: (wire.SalePayload, _check_sale),
    wire.OperationKind.STOCK.value: (wire.StockPayload, _check_stock),
    wire.OperationKind.PRODUCT.value: (wire.ProductPayload, _check_products),
    wire.OperationKind.SESSION_OPENED.value: (wire.SessionOpenedPayload, _check_session),
    wire.OperationKind.SESSION_CLOSED.value: (wire.SessionClosedPayload, _check_session),
    wire.OperationKind.ORDER_COMMAND.value: (wire.OrderCommandPayload, _check_order),
    wire.OperationKind.ORDER_PICKED_UP.value: (wire.OrderPickedUpPayload, _check_order),
}
