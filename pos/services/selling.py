"""Selling: a scan becomes a line, a basket becomes a sale. One verb a function, each one transaction.

Every function that returns a basket has it on disk before it returns; a screen shows only what was returned.
"""

from __future__ import annotations

import json
from dataclasses import replace

from pos.domain.basket import Basket, BasketLine, new_line, with_quantity
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind, NewPrintJob
from pos.domain.product import SellableUnit
from pos.domain.quantity import MAX_QUANTITY
from pos.domain.sale import Sale, pay_cash, receipt_number, sale_lines
from pos.services.ports import AuditEntry, NewOperation, Till, UnitOfWork

MAX_LINES = 400
"""Lines a basket may hold: what a receipt can still be read with."""


def scan(till: Till, code: str, count: int = 1) -> tuple[Basket, BasketLine]:
    """Put what a code names on the counter, `count` units of it; a further scan adds to the same line.

    Raises:
        ShopError: UNKNOWN_BARCODE with `typed`; QUANTITY_OUT_OF_RANGE.
    """
    unit = till.store.read.find_unit(code)
    if unit is None:
        raise ShopError(ErrorCode.UNKNOWN_BARCODE, typed=code[:40])
    return add_unit(till, unit, count * unit.factor)


def add_unit(till: Till, unit: SellableUnit, quantity: int) -> tuple[Basket, BasketLine]:
    """Put `quantity` base units of a unit on the counter. Raises ShopError QUANTITY_OUT_OF_RANGE, PRODUCT_NOT_FOUND."""
    now = till.clock.now()
    with till.store.begin() as work:
        basket = work.open_basket()
        held = basket.line_of(unit.unit_uid)
        if held is None:
            _check_quantity(quantity)
            if len(basket.lines) >= MAX_LINES:
                raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(MAX_LINES))
            line = new_line(till.ids.new(), unit, quantity, now)
            lines = (*basket.lines, line)
        else:
            _check_quantity(held.quantity + quantity)
            line = with_quantity(held, unit.prices, held.quantity + quantity, now)
            lines = tuple(line if item.uid == held.uid else item for item in basket.lines)
        basket = work.save_lines(basket, lines)
        work.commit()
    return basket, line


def set_quantity(till: Till, line_uid: str, quantity: int) -> Basket:
    """Give a line another quantity in base units; zero or less removes it.

    Raises:
        ShopError: BASKET_CHANGED when the line is gone; QUANTITY_OUT_OF_RANGE.
    """
    if quantity <= 0:
        return remove_line(till, line_uid)
    _check_quantity(quantity)
    with till.store.begin() as work:
        basket = work.open_basket()
        line = _line(basket, line_uid)
        unit = till.store.read.unit(line.unit_uid)
        changed = with_quantity(line, unit.prices, quantity, till.clock.now()) if unit else replace(line, quantity=quantity)
        basket = work.save_lines(basket, tuple(changed if item.uid == line_uid else item for item in basket.lines))
        work.commit()
    return basket


def remove_line(till: Till, line_uid: str) -> Basket:
    """Take a line off the counter; Ctrl+Z brings it back. Raises ShopError BASKET_CHANGED when it is gone already."""
    with till.store.begin() as work:
        basket = work.open_basket()
        line = _line(basket, line_uid)
        basket = work.save_lines(basket, tuple(item for item in basket.lines if item.uid != line.uid))
        work.commit()
    return basket


def undo(till: Till) -> Basket:
    """Take back the last change of the basket; nothing to take back is nothing."""
    with till.store.begin() as work:
        basket = work.undo(work.open_basket())
        work.commit()
    return basket


def redo(till: Till) -> Basket:
    """Do again what was taken back."""
    with till.store.begin() as work:
        basket = work.redo(work.open_basket())
        work.commit()
    return basket


def hold_basket(till: Till, label: str) -> None:
    """Put the basket aside (*Simpan dulu*). Raises ShopError EMPTY_BASKET."""
    with till.store.begin() as work:
        basket = work.open_basket()
        if not basket.lines:
            raise ShopError(ErrorCode.EMPTY_BASKET)
        work.hold(basket, label[:40])
        work.commit()


def recall_basket(till: Till, basket_uid: str) -> Basket:
    """Bring a held basket back (*Lanjutkan*). Raises ShopError BASKET_NOT_EMPTY, BASKET_CHANGED."""
    with till.store.begin() as work:
        basket = work.recall(basket_uid)
        work.commit()
    return basket


def complete_sale(till: Till, basket: Basket, received: int) -> Sale:
    """Sell the basket for cash: sale, lines, payment, movements, outbox, print jobs, audit and the emptied basket, in one transaction.

    Args:
        basket: as the cashier saw it; if the store's differs (a second click, a late scan) nothing is sold.
        received: rupiah handed over.

    Raises:
        ShopError: EMPTY_BASKET, BASKET_CHANGED, NO_CASH_SESSION, TOO_LITTLE_MONEY, AMOUNT_OUT_OF_RANGE, DISK_FULL ...
    """
    session = till.store.read.session()
    if session is None:
        raise ShopError(ErrorCode.NO_CASH_SESSION)
    if not basket.lines:
        raise ShopError(ErrorCode.EMPTY_BASKET)
    payment, rounding = pay_cash(basket.total, received, till.rules.rounding)
    shop = till.store.read.shop()
    now = till.clock.now()
    with till.store.begin() as work:
        if not _same(work.open_basket(), basket):
            raise ShopError(ErrorCode.BASKET_CHANGED)
        uid = till.ids.new()
        prefix, epoch, seq = work.next_receipt()
        sale = Sale(
            uid,
            receipt_number(prefix, epoch, seq, uid),
            session.uid,
            shop.cashier,
            now,
            sale_lines(basket, work.costs([line.product_uid for line in basket.lines])),
            (payment,),
            basket.total + rounding,
            rounding,
        )
        work.add_sale(sale)
        kind, payload = till.wire.sale(sale)
        work.tell([NewOperation(uid, kind, now, payload)])
        _queue_paper(till, work, sale, till.paper.receipt(sale, shop) if till.rules.print_receipts and till.paper.printer else b"")
        work.audit([AuditEntry(now, shop.cashier, "sale", uid, json.dumps({"total": sale.total}))])
        work.drop_basket(basket)
        work.commit()
    return sale


def _queue_paper(till: Till, work: UnitOfWork, sale: Sale, receipt: bytes) -> None:
    printer = till.paper.printer
    if not printer:
        return
    jobs = []
    if till.rules.kick_drawer and (kick := till.paper.drawer_kick()):
        expires = sale.at + till.rules.drawer_kick_ms
        jobs.append(NewPrintJob(DocumentKind.DRAWER_KICK, sale.uid, 0, printer, kick, expires, 1))
    if receipt:
        jobs.append(NewPrintJob(DocumentKind.RECEIPT, sale.uid, 0, printer, receipt))
    if jobs:
        work.queue_print(jobs)


def _same(stored: Basket, seen: Basket) -> bool:
    """Whether the cashier saw what is stored: the same lines with the same quantities and prices."""
    return stored.uid == seen.uid and [(line.uid, line.quantity, line.amount) for line in stored.lines] == [
        (line.uid, line.quantity, line.amount) for line in seen.lines
    ]


def _line(basket: Basket, line_uid: str) -> BasketLine:
    for line in basket.lines:
        if line.uid == line_uid:
            return line
    raise ShopError(ErrorCode.BASKET_CHANGED)


def _check_quantity(quantity: int) -> None:
    if not 0 < quantity <= MAX_QUANTITY:
        raise ShopError(ErrorCode.QUANTITY_OUT_OF_RANGE, typed=str(quantity))
