"""What the shop has told before, told back: to a restored copy what it is missing of itself, to a new disk the history of the last weeks.

Sales, drawers and cash movements become facts here again; they are not told again, and nothing happens twice. Stock, goods and orders come
down the feed. A restored copy gets its outbox back, too, as settled: should the server be put back one day, it is this till that must tell
of it again. Each page is written in small transactions; where one broke off, the same page comes again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from pos.domain.cash_movement import CashMovement, CashReason
from pos.domain.cash_session import CashSession
from pos.domain.changed import NOTHING, Changed
from pos.domain.product import Product
from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender, TenderState
from pos.services.ports import AuditEntry, NewOperation, Queries, Store, UnitOfWork
from pos.sync import protocol as wire
from pos.sync.batch import APPLIED, QUARANTINED, REFUSED
from pos.sync.encoding import check_numbers

_log = logging.getLogger(__name__)

TASKS: Final = "recovery"
"""Name of the setting with what is to be asked for, as JSON; empty when nothing is."""
DAYS: Final = 31
"""A new disk gets the sales of so many days back."""
KINDS: Final = (
    wire.OperationKind.SESSION_OPENED.value,
    wire.OperationKind.SALE.value,
    wire.OperationKind.CASH_MOVEMENT.value,
    wire.OperationKind.SESSION_CLOSED.value,
)
SETTLED: Final = frozenset((APPLIED, REFUSED, QUARANTINED))
_AT_ONCE: Final = 20
"""Operations that one transaction books."""
_PAGE: Final = 100
_DAY_MS: Final = 86_400_000
_CLOCK: Final = "clock_"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is asked for. `epoch` and `after_seq` of scope own, `since` (UTC ms) of scope shop; `devices`: whose it was so far;
    `opened`: the drawer that was told back and is open."""

    scope: str
    epoch: int = 0
    after_seq: int = 0
    since: int = 0
    cursor: str = ""
    devices: tuple[str, ...] = ()
    opened: str = ""

    @property
    def is_own(self) -> bool:
        return self.scope == wire.RecoveryScope.OWN.value

    def request(self) -> wire.RecoveryRequest:
        kinds = () if self.is_own else KINDS
        return wire.RecoveryRequest(
            scope=self.scope, epoch=self.epoch, after_seq=self.after_seq, since=self.since, kinds=kinds, cursor=self.cursor, page=_PAGE
        )


def tasks(read: Queries) -> list[Task]:
    """What is still to be asked for, in order."""
    text = read.setting(TASKS)
    told: list[dict[str, Any]] = json.loads(text) if text else []
    return [Task(**(item | {"devices": tuple(item.get("devices", ()))})) for item in told]


def want_own(read: Queries, work: UnitOfWork, epoch: int, after_seq: int) -> None:
    """This till is a restored or cloned copy: it wants what its other self has told under `epoch` beyond what both have."""
    _keep(work, [*tasks(read), Task(wire.RecoveryScope.OWN.value, epoch, after_seq)])


def want_shop(store: Store, now: int) -> None:
    """A person says that this computer stands in for one that is gone: the shop's sales of the last weeks are asked for."""
    asked = Task(wire.RecoveryScope.SHOP.value, since=max(0, now - DAYS * _DAY_MS))
    with store.begin() as work:
        _keep(work, [task for task in tasks(store.read) if task.scope != asked.scope] + [asked])
        work.audit([AuditEntry(now, store.read.shop().cashier, "history_asked", "")])
        work.commit()


def give_up(store: Store, task: Task) -> None:
    """The server has no such thing."""
    with store.begin() as work:
        _keep(work, tasks(store.read)[1:])
        work.commit()
    _log.warning("the server gives nothing back (%s)", task.scope)


def take_back(store: Store, task: Task, answer: wire.RecoveryAnswer, now: int) -> Changed:
    """Book a page of what was told before.

    Raises:
        ShopError: DISK_FULL, STORE_BUSY ...; the same page may be asked for again then.
    """
    told = answer.operations if task.is_own else [item for item in answer.operations if item.status == APPLIED]
    booked, opened = 0, task.opened
    for start in range(0, len(told), _AT_ONCE):
        new, opened = _book(store, task, told[start : start + _AT_ONCE], opened, now)
        booked += new
    devices = tuple(dict.fromkeys((*task.devices, *(item.device for item in answer.operations))))
    with store.begin() as work:
        rest = tasks(store.read)[1:]
        if answer.more:
            rest = [replace(task, cursor=answer.cursor, devices=devices, opened=opened), *rest]
        elif opened and len(devices) > 1:
            # a drawer that another till still has open is not this one's; that of a computer that is gone is
            work.close_known_session(opened, now, None)
        _keep(work, rest)
        work.commit()
    return Changed(sales=True, session=True, stock=True) if booked else NOTHING


def _keep(work: UnitOfWork, wanted: Sequence[Task]) -> None:
    work.set_setting(TASKS, msgspec.json.encode(wanted).decode() if wanted else "")


def _book(store: Store, task: Task, told: Sequence[wire.KnownOperation], opened: str, now: int) -> tuple[int, str]:
    """How many were new, and the drawer that is open of those that were told back."""
    read = store.read
    missing = set(read.missing_sales([item.operation.id for item in told if item.operation.kind == wire.OperationKind.SALE.value]))
    applied = [item for item in told if item.status == APPLIED]
    facts = [(item, fact) for item in applied if (fact := _fact(read, item, missing)) is not None]
    booked = 0
    with store.begin() as work:
        for item, fact in facts:
            if isinstance(fact, CashSession):
                opened = _open(work, fact, opened)
            else:
                booked += _write(work, item, fact, now)
        for item in told if task.is_own else ():
            _keep_told(work, task, item, now)
        work.commit()
    return booked, opened


def _keep_told(work: UnitOfWork, task: Task, told: wire.KnownOperation, now: int) -> None:
    """The operation into the outbox, as settled, at the place that it had."""
    operation = told.operation
    try:
        check_numbers(operation.seq, operation.at)
    except ValueError as error:
        _log.warning("operation %s cannot be kept: %s", operation.id, error)
        return
    if told.status in SETTLED:
        as_told = NewOperation(operation.id, operation.kind, operation.at, bytes(operation.payload))
        work.keep_told(task.epoch, operation.seq, as_told, told.status, told.code, now)


def _open(work: UnitOfWork, session: CashSession, opened: str) -> str:
    """A drawer is told back as opened. At most one is open in a shop's file, and one that a person has opened here stays so."""
    present = work.open_drawer()
    if present and present == opened:
        work.close_known_session(present, session.opened_at, None)
    elif present:
        return opened
    return session.uid if work.add_known_session(session) else opened


def _fact(read: Queries, told: wire.KnownOperation, missing: set[str]) -> object | None:
    """What an operation was, as this shop has it; None for what is here already, or cannot be read."""
    operation = told.operation
    try:
        check_numbers(operation.at, told.booked_at)
        if operation.kind == wire.OperationKind.SALE.value:
            return _sale(read, told) if operation.id in missing else None
        if operation.kind == wire.OperationKind.SESSION_OPENED.value:
            opened = wire.decode(operation.payload, wire.SessionOpenedPayload)
            return CashSession(opened.session, opened.cashier, _moment(told), opened.float_amount, opened.float_amount)
        if operation.kind == wire.OperationKind.SESSION_CLOSED.value:
            return wire.decode(operation.payload, wire.SessionClosedPayload)
        if operation.kind == wire.OperationKind.CASH_MOVEMENT.value:
            return wire.decode(operation.payload, wire.CashMovementPayload)
    except (msgspec.MsgspecError, ValueError) as error:
        _log.warning("what was told back of operation %s cannot be used: %s", operation.id, error)
    return None


def _write(work: UnitOfWork, told: wire.KnownOperation, fact: object, now: int) -> bool:
    at = _moment(told)
    if isinstance(fact, Sale):
        new = work.add_known_sale(fact, _epoch_of(told), told.operation.seq)
        if new:
            details = json.dumps({"total": fact.total, "told_back": True})
            work.audit([AuditEntry(now, fact.cashier, fact.kind.value, fact.uid, details)])
        return new
    if isinstance(fact, wire.SessionClosedPayload):
        return work.close_known_session(fact.session, at, fact.counted)
    if isinstance(fact, wire.CashMovementPayload):
        cash = CashMovement(told.operation.id, fact.session, at, fact.amount, CashReason.read(fact.reason, fact.amount))
        new = work.add_known_cash(cash)
        if new:
            details = json.dumps({"amount": cash.amount, "reason": cash.reason.value, "told_back": True})
            work.audit([AuditEntry(now, "", "cash_movement", cash.uid, details)])
        return new
    return False


def _sale(read: Queries, told: wire.KnownOperation) -> Sale:
    """The sale as a fact of this shop. Names are those that the goods have now: the wire carries none.

    Raises:
        ValueError: a way to pay or a kind that this program does not know. msgspec.MsgspecError: no sale.
    """
    payload = wire.decode(told.operation.payload, wire.SalePayload)
    check_numbers(payload.total, payload.rounding)
    goods = read.known_products(list(dict.fromkeys(line.product for line in payload.lines)))
    return Sale(
        told.operation.id,
        payload.receipt,
        payload.session,
        payload.cashier,
        _moment(told),
        tuple(_line(line, goods.get(line.product)) for line in payload.lines),
        tuple(
            Payment(Tender(paid.tender), paid.amount, paid.received or paid.amount, paid.change, TenderState(paid.state), paid.reference)
            for paid in payload.payments
        ),
        payload.total,
        payload.rounding,
        SaleKind(payload.kind),
        payload.corrects,
        payload.customer,
    )


def _line(line: wire.SaleLine, product: Product | None) -> SaleLine:
    unit = next((unit.name for unit in product.units if unit.uid == line.unit), "") if product is not None else ""
    name = product.name if product is not None else line.product[:8]
    return SaleLine(line.product, line.unit, name, unit, line.factor, line.quantity, line.unit_price, line.discount, line.amount)


def _moment(told: wire.KnownOperation) -> int:
    """As the till said it, unless its clock was wrong then."""
    wrong = any(flag.startswith(_CLOCK) for flag in told.flags)
    return told.booked_at if wrong else told.operation.at


def _epoch_of(told: wire.KnownOperation) -> int:
    """A place among receipts that no till of this file counts in: below 0, one for each device and epoch."""
    digest = hashlib.sha256(f"{told.device} {told.epoch}".encode()).digest()
    return -1 - int.from_bytes(digest[:6])
