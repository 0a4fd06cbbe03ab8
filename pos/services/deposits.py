"""Deposits: galon and tabung that a customer takes along and brings back, with the money that lies for them. One verb a function.

The money goes through the drawer as a cash movement of its own (reason deposit), so that what should be in the drawer stays a sum of facts;
the central is told once, by the deposit's own operation.
"""

from __future__ import annotations

import json

from pos.domain.cash_movement import CashMovement, CashReason
from pos.domain.deposit import DepositBalance, DepositMovement, money_back
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, Rupiah
from pos.domain.quantity import MAX_QUANTITY
from pos.services.ports import AuditEntry, NewOperation, Till


def lend(till: Till, customer_uid: str, product_uid: str, pieces: int, each: Rupiah = 0) -> DepositBalance:
    """A customer takes `pieces` along and leaves `each` rupiah for one; 0 where the shop lends on trust. Returns what they hold now.

    Raises:
        ShopError: DEPOSIT_NEEDS_CUSTOMER, QUANTITY_OUT_OF_RANGE, AMOUNT_OUT_OF_RANGE; NO_CASH_SESSION with money and no open drawer.
    """
    if not 0 < pieces <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(pieces))
    if not 0 <= each * pieces <= MAX_AMOUNT or each < 0:
        raise ShopError(ErrorCode.AMOUNT_OUT_OF_RANGE, typed=str(each))
    return _move(till, customer_uid, product_uid, pieces, each * pieces)


def give_back(till: Till, customer_uid: str, product_uid: str, pieces: int) -> DepositBalance:
    """A customer brings `pieces` back and gets the money that lies for them. Returns what they hold now.

    Raises:
        ShopError: DEPOSIT_NEEDS_CUSTOMER; DEPOSIT_TOO_MANY for more than they hold; NO_CASH_SESSION with money and no open drawer.
    """
    held = till.store.read.deposit(customer_uid, product_uid)
    return _move(till, customer_uid, product_uid, -pieces, -money_back(held, pieces))


def _move(till: Till, customer_uid: str, product_uid: str, pieces: int, amount: Rupiah) -> DepositBalance:
    if not customer_uid:
        raise ShopError(ErrorCode.DEPOSIT_NEEDS_CUSTOMER)
    read = till.store.read
    session = read.session() if amount else None
    if amount and session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    now, cashier, uid = till.clock.now(), read.shop().cashier, till.ids.new()
    movement = DepositMovement(uid, customer_uid, product_uid, pieces, amount, session.uid if session else "", now)
    with till.store.begin() as work:
        work.add_deposit(movement)
        if session is not None:
            work.add_cash_movement(CashMovement(till.ids.new(), session.uid, now, amount, CashReason.DEPOSIT, cashier))
        kind, payload = till.wire.deposit(movement)
        work.tell([NewOperation(uid, kind, now, payload)])
        details = json.dumps({"pieces": pieces, "amount": amount})
        work.audit([AuditEntry(now, cashier, "deposit", product_uid, details)])
        work.commit()
    return read.deposit(customer_uid, product_uid)
