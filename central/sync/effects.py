"""What each kind of operation does to the shop. A sale is a fact: what is odd about it becomes a flag, not a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from central import tables
from central.goods import Goods
from central.orders import commands
from central.orders.commands import Verdict
from central.shop_work import Origin, ShopWork
from central.statements import Statement, Told
from central.sync.narrow import narrow
from central.sync.spoken_of import SpokenOf
from central.world import World
from pos.sync import protocol as wire

_OPEN: Final = Statement(
    "INSERT INTO cash_session (shop, uid, device, cashier, opened_at, float_amount, closed_at, expected, counted, z_number, notes)"
    " VALUES (:shop, :uid, :device, :cashier, :opened_at, :float_amount, 0, 0, NULL, 0, '[]')"
)
_CLOSE: Final = Statement(
    "UPDATE cash_session SET closed_at = :closed_at, expected = :expected, counted = :counted, z_number = :z_number, notes = :notes"
    " WHERE shop = :shop AND uid = :uid"
)
_SETTLE: Final = Statement(
    "UPDATE sale_payment SET state = :state, reference = CASE WHEN :reference = '' THEN reference ELSE :reference END"
    " WHERE shop = :shop AND sale = :sale AND position = :position"
)
SALE_KINDS: Final = frozenset({"sale", "void", "refund"})


class Effects:
    """The effects of one batch. `prepare` takes in what they need, `apply` each in order, `finish` writes."""

    def __init__(self, world: World, work: ShopWork, origin: Origin) -> None:
        self._world = world
        self._work = work
        self._origin = origin
        self._goods = Goods(work, origin.device)
        self._told_now: set[str] = set()
        self._on_hand: dict[str, int] = {}
        self._closed: dict[str, bool] = {}
        self._sales: dict[str, int] = {}
        self._corrected: set[str] = set()

    def prepare(self, spoken: SpokenOf, sessions: Told, sales: Told) -> None:
        """Take in what the operations speak of: answers to the calls of `spoken`, and the goods that are edited."""
        self._closed = {uid: bool(closed) for uid, closed in sessions.rows}
        for uid, kind, payments in sales.rows:
            if kind == "sale":
                self._sales[uid] = payments
            else:
                self._corrected.add(uid)
        self._goods.load(spoken.goods)

    def apply(self, operation: str, at: int, payload: wire.Wire) -> Verdict:
        """The effect of one operation. `at`: its booked time."""
        told = _EFFECTS[type(payload)](self, payload, operation, at)
        return told if isinstance(told, Verdict) else Verdict(flags=told)

    def finish(self) -> None:
        """Write what was gathered of goods; all else is the ShopWork's."""
        self._goods.finish()

    def _sale(self, sale: wire.SalePayload, uid: str, at: int) -> tuple[str, ...]:
        work, shop = self._work, self._work.shop
        kind = sale.kind if sale.kind in SALE_KINDS else "sale"
        head = (shop, uid, self._origin.device, sale.receipt, sale.session, sale.total, sale.rounding, at)
        work.add(tables.sale, (*head, kind, sale.corrects, sale.cashier, sale.customer))
        lines, payments = work.rows(tables.sale_line), work.rows(tables.sale_payment)
        for place, line in enumerate(sale.lines):
            values = (line.product, line.unit, line.factor, line.quantity, line.unit_price, line.discount, line.amount)
            lines.append((shop, uid, place, *values))
        for place, paid in enumerate(sale.payments):
            values_paid = (paid.tender, paid.amount, paid.received, paid.change, paid.state, paid.reference)
            payments.append((shop, uid, place, *values_paid))
        flags = self._move(uid, at, kind, [(line.product, -line.quantity) for line in sale.lines])
        self._sales[uid] = len(sale.payments)
        if sale.corrects:
            flags += self._correction(sale.corrects)
        if kind != sale.kind:
            flags += ("sale_kind_unknown",)
        return flags + self._drawer(sale.session)

    def _correction(self, corrects: str) -> tuple[str, ...]:
        known, before = corrects in self._sales, corrects in self._corrected
        self._corrected.add(corrects)
        return (*(() if known else ("corrects_unknown",)), *(("corrected_before",) if before else ()))

    def _drawer(self, session: str) -> tuple[str, ...]:
        """What is odd about the drawer that money went into."""
        closed = self._closed.get(session)
        if closed is None:
            return ("session_unknown",)
        return ("session_closed",) if closed else ()

    def _stock(self, stock: wire.StockPayload, operation: str, at: int) -> tuple[str, ...]:
        return self._move(operation, at, stock.reason, [(line.product, line.quantity) for line in stock.lines])

    def _take(self, take: wire.StockTakePayload, operation: str, at: int) -> tuple[str, ...]:
        """The difference counts, not the figure: what was sold elsewhere since the count stays sold."""
        differs = any(line.seen != self._quantity(line.product) for line in take.lines)
        flags = self._move(operation, at, "stock_take", [(line.product, line.counted - line.seen) for line in take.lines], still=False)
        return (*flags, "seen_differs") if differs else flags

    def _quantity(self, product: str) -> int:
        found = self._on_hand.get(product)
        return self._work.on_hand(product).quantity if found is None else found

    def _move(self, cause: str, at: int, reason: str, lines: Sequence[tuple[str, int]], still: bool = True) -> tuple[str, ...]:
        """Movements of one cause, and what is odd about them. `still`: whether a line of nothing is a movement, too."""
        work, origin, on_hand = self._work, self._origin, self._on_hand
        unknown = negative = False
        for position, (product, quantity) in enumerate(lines):
            if not quantity and not still:
                continue
            work.book_movement(cause, position, product, quantity, reason, at, origin)
            before = work.on_hand(product)
            left = on_hand[product] = on_hand.get(product, before.quantity) + quantity
            unknown = unknown or not (before.known or product in self._told_now)
            negative = negative or (quantity < 0 and left < 0)
        return (*(("product_unknown",) if unknown else ()), *(("stock_negative",) if negative else ()))

    def _products(self, payload: wire.ProductPayload, operation: str, at: int) -> tuple[str, ...]:
        flags: dict[str, None] = {}
        for product in payload.products:
            flags |= dict.fromkeys(self._goods.take(operation, product, at))
            self._told_now.add(product.uid)
        return tuple(flags)

    def _edit(self, edit: wire.ProductEditPayload, operation: str, at: int) -> Verdict:
        return self._goods.edit(operation, edit, at)

    def _open_session(self, opened: wire.SessionOpenedPayload, _operation: str, at: int) -> tuple[str, ...]:
        if opened.session in self._closed:
            return ("session_known",)
        self._add_session(opened.session, at, opened.float_amount, opened.cashier)
        return ()

    def _close_session(self, closed: wire.SessionClosedPayload, _operation: str, at: int) -> tuple[str, ...]:
        known = self._closed.get(closed.session)
        if known:
            return ("session_closed",)
        if known is None:
            self._add_session(closed.session, at, 0, "")
        self._closed[closed.session] = True
        values = {"closed_at": at, "expected": closed.expected, "counted": closed.counted, "z_number": closed.z_number}
        values_text = {"uid": closed.session, "notes": json.dumps(closed.notes)}
        self._work.then(_CLOSE, {"shop": self._work.shop, **values, **values_text})
        return ("session_unknown",) if known is None else ()

    def _add_session(self, uid: str, at: int, float_amount: int, cashier: str) -> None:
        values = {"shop": self._work.shop, "uid": uid, "device": self._origin.device, "cashier": cashier}
        self._work.then(_OPEN, {**values, "opened_at": at, "float_amount": float_amount})
        self._closed[uid] = False

    def _cash(self, cash: wire.CashMovementPayload, uid: str, at: int) -> tuple[str, ...]:
        row = (self._work.shop, uid, self._origin.device, cash.session, cash.amount, cash.reason, at)
        self._work.add(tables.cash_movement, row)
        return self._drawer(cash.session)

    def _tender(self, settled: wire.TenderSettledPayload, uid: str, at: int) -> tuple[str, ...]:
        values = {"sale": settled.sale, "position": settled.position, "state": settled.state, "reference": settled.reference}
        self._work.add(tables.tender_event, (self._work.shop, uid, self._origin.device, *values.values(), at))
        payments = self._sales.get(settled.sale)
        if payments is None:
            return ("sale_unknown",)
        if settled.position >= payments:
            return ("payment_unknown",)
        self._work.then(_SETTLE, {"shop": self._work.shop, **values})
        return ()

    def _credit(self, credit: wire.CreditPayload, uid: str, at: int) -> tuple[str, ...]:
        values = (credit.customer, credit.amount, credit.reason, credit.tender, credit.session, credit.sale)
        self._work.add(tables.credit_entry, (self._work.shop, uid, self._origin.device, *values, at))
        return ()

    def _deposit(self, deposit: wire.DepositPayload, uid: str, at: int) -> tuple[str, ...]:
        values = (deposit.customer, deposit.product, deposit.quantity, deposit.amount, deposit.session)
        self._work.add(tables.deposit_entry, (self._work.shop, uid, self._origin.device, *values, at))
        return ()

    def _aside(self, aside: wire.SetAsidePayload, uid: str, at: int) -> tuple[str, ...]:
        values = (aside.operation, aside.kind, aside.code, aside.payload_hash, aside.size)
        self._work.add(tables.set_aside, (self._work.shop, uid, self._origin.device, *values, at))
        return ()

    def _command(self, command: wire.OrderCommandPayload, _operation: str, _at: int) -> Verdict:
        return commands.command(self._world, self._work, command)

    def _picked_up(self, picked_up: wire.OrderPickedUpPayload, _operation: str, at: int) -> Verdict:
        return commands.picked_up(self._world, self._work, picked_up, at, self._origin)


_Effect: TypeAlias = Callable[[Effects, Any, str, int], Verdict | tuple[str, ...]]
_EFFECTS: Final[Mapping[type[Any], _Effect]] = {
    narrow(shape): effect
    for shape, effect in (
        (wire.SalePayload, Effects._sale),
        (wire.StockPayload, Effects._stock),
        (wire.StockTakePayload, Effects._take),
        (wire.ProductPayload, Effects._products),
        (wire.ProductEditPayload, Effects._edit),
        (wire.SessionOpenedPayload, Effects._open_session),
        (wire.SessionClosedPayload, Effects._close_session),
        (wire.CashMovementPayload, Effects._cash),
        (wire.TenderSettledPayload, Effects._tender),
        (wire.CreditPayload, Effects._credit),
        (wire.DepositPayload, Effects._deposit),
        (wire.SetAsidePayload, Effects._aside),
        (wire.OrderCommandPayload, Effects._command),
        (wire.OrderPickedUpPayload, Effects._picked_up),
    )
}
"""By the type that `reading` gives."""
