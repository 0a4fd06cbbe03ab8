"""An operation's payload: whether it can be read, holds only what can be kept, and adds up. Pure.

What fails here is quarantined: kept raw, it takes its seq and blocks nothing behind it. It must fail here and not in the database, where
it would take the whole batch with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from central.sync.narrow import MAX_AMOUNT, narrow
from pos.sync import protocol as wire

_ID: Final = re.compile(r"[0-9a-f]{32}")
_REASON: Final = re.compile(r"[a-z_]{1,32}")
_NUL: Final = b"\\u0000"
MAX_NOTES: Final = 50

Payload: TypeAlias = (
    wire.SalePayload
    | wire.StockPayload
    | wire.ProductPayload
    | wire.SessionOpenedPayload
    | wire.SessionClosedPayload
    | wire.OrderCommandPayload
    | wire.OrderPickedUpPayload
    | wire.CashMovementPayload
    | wire.TenderSettledPayload
    | wire.CreditPayload
    | wire.DepositPayload
    | wire.StockTakePayload
    | wire.ProductEditPayload
    | wire.SetAsidePayload
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
    shape, decoder, check = found
    try:
        message: Payload = decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unfit("field_invalid" if _has_shape(payload, shape) else "unreadable") from error
    if _NUL in payload and not _without_nul(message):
        # no database takes a NUL
        raise Unfit("field_invalid")
    check(message)
    return message


def is_id(text: str) -> bool:
    """32 lower-case hex digits."""
    return _ID.fullmatch(text) is not None


def _has_shape(payload: bytes, shape: type[wire.Wire]) -> bool:
    """Whether it is the shape at least, and only a number or text is beyond what can be kept."""
    try:
        wire.decode(payload, shape)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return True


def _without_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, msgspec.Struct):
        return all(map(_without_nul, msgspec.structs.astuple(value)))
    return all(map(_without_nul, value)) if isinstance(value, tuple) else True


def _amounts(*values: int) -> bool:
    return all(-MAX_AMOUNT <= value <= MAX_AMOUNT for value in values)


def _named(*ids: str) -> bool:
    """Whether each is an id, or left empty."""
    return all(not text or is_id(text) for text in ids)


def _check_sale(sale: wire.SalePayload) -> None:
    due = sale.rounding
    most, least = max(sale.total, sale.rounding), min(sale.total, sale.rounding)
    for line in sale.lines:
        due += line.amount
        most = max(most, line.quantity, line.unit_price, line.amount, line.discount)
        least = min(least, line.quantity, line.unit_price, line.amount, line.discount)
        if not is_id(line.product):
            raise Unfit("field_invalid")
    paid = 0
    change_right = True
    for payment in sale.payments:
        paid += payment.amount
        most, least = max(most, payment.amount), min(least, payment.amount)
        change_right = change_right and (payment.received == 0 or payment.received - payment.change == payment.amount)
    if most > MAX_AMOUNT or least < -MAX_AMOUNT or not _named(sale.corrects, sale.customer):
        raise Unfit("field_invalid")
    if not due == sale.total == paid or not change_right:
        raise Unfit("sums_wrong")


def _check_stock(stock: wire.StockPayload) -> None:
    if not _REASON.fullmatch(stock.reason) or not all(is_id(line.product) and _amounts(line.quantity) for line in stock.lines):
        raise Unfit("field_invalid")


def _check_take(take: wire.StockTakePayload) -> None:
    if not all(is_id(line.product) and _amounts(line.counted, line.seen) for line in take.lines):
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


def _check_edit(edit: wire.ProductEditPayload) -> None:
    if not is_id(edit.product):
        raise Unfit("field_invalid")
    if not all(price.amount is None or 0 <= price.amount <= MAX_AMOUNT for price in edit.prices):
        raise Unfit("product_unusable")


def _check_opened(opened: wire.SessionOpenedPayload) -> None:
    if not is_id(opened.session):
        raise Unfit("field_invalid")


def _check_closed(closed: wire.SessionClosedPayload) -> None:
    if not is_id(closed.session) or len(closed.notes) > MAX_NOTES:
        raise Unfit("field_invalid")


def _check_order(payload: wire.OrderCommandPayload | wire.OrderPickedUpPayload) -> None:
    if not is_id(payload.order):
        raise Unfit("field_invalid")


def _check_picked_up(payload: wire.OrderPickedUpPayload) -> None:
    _check_order(payload)
    if not all(is_id(line.product) and _amounts(line.quantity) for line in payload.lines):
        raise Unfit("field_invalid")


def _check_cash(cash: wire.CashMovementPayload) -> None:
    if not is_id(cash.session) or not _REASON.fullmatch(cash.reason) or not _amounts(cash.amount):
        raise Unfit("field_invalid")


def _check_tender(settled: wire.TenderSettledPayload) -> None:
    if not is_id(settled.sale) or settled.position < 0 or not _REASON.fullmatch(settled.state):
        raise Unfit("field_invalid")


def _check_credit(credit: wire.CreditPayload) -> None:
    whole = is_id(credit.customer) and _named(credit.session, credit.sale) and _REASON.fullmatch(credit.reason)
    if not whole or not _amounts(credit.amount):
        raise Unfit("field_invalid")


def _check_deposit(deposit: wire.DepositPayload) -> None:
    whole = is_id(deposit.customer) and is_id(deposit.product) and _named(deposit.session)
    if not whole or not _amounts(deposit.quantity, deposit.amount):
        raise Unfit("field_invalid")


def _check_nothing(_payload: Payload) -> None:
    """Any content will do."""


def _kind(shape: type[wire.Wire], check: Callable[[Any], None]) -> tuple[type[wire.Wire], msgspec.json.Decoder[Any], Callable[[Any], None]]:
    return shape, msgspec.json.Decoder(narrow(shape)), check


_K = wire.OperationKind
_KINDS: Final[Mapping[str, tuple[type[wire.Wire], msgspec.json.Decoder[Any], Callable[[Any], None]]]] = {
    _K.SALE.value: _kind(wire.SalePayload, _check_sale),
    _K.STOCK.value: _kind(wire.StockPayload, _check_stock),
    _K.PRODUCT.value: _kind(wire.ProductPayload, _check_products),
    _K.SESSION_OPENED.value: _kind(wire.SessionOpenedPayload, _check_opened),
    _K.SESSION_CLOSED.value: _kind(wire.SessionClosedPayload, _check_closed),
    _K.ORDER_COMMAND.value: _kind(wire.OrderCommandPayload, _check_order),
    _K.ORDER_PICKED_UP.value: _kind(wire.OrderPickedUpPayload, _check_picked_up),
    _K.CASH_MOVEMENT.value: _kind(wire.CashMovementPayload, _check_cash),
    _K.TENDER_SETTLED.value: _kind(wire.TenderSettledPayload, _check_tender),
    _K.CREDIT.value: _kind(wire.CreditPayload, _check_credit),
    _K.DEPOSIT.value: _kind(wire.DepositPayload, _check_deposit),
    _K.STOCK_TAKE.value: _kind(wire.StockTakePayload, _check_take),
    _K.PRODUCT_EDIT.value: _kind(wire.ProductEditPayload, _check_edit),
    _K.SET_ASIDE.value: _kind(wire.SetAsidePayload, _check_nothing),
}
