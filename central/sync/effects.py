"""What each kind of operation does to the shop. A sale is a fact: what is odd about it becomes a flag, not a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, case, insert, literal_column, select, union_all, update

from central import tables
from central.bulk import among, append
from central.goods import Goods
from central.orders import commands
from central.orders.commands import Verdict
from central.shop_work import Origin, ShopWork
from central.sync.reading import Payload, is_id
from central.world import World
from pos.sync import protocol as wire

_p, _k, _s = tables.product.c, tables.stock.c, tables.cash_session.c
# what a batch speaks of, in one statement: goods that are known, goods on hand, cash sessions
_SPOKEN_OF: Final = union_all(
    select(_p.uid, literal_column("'product'").label("kind"), literal_column("0").label("number")).where(
        _p.shop == bindparam("shop"), among(_p.uid, "products")
    ),
    select(_k.product, literal_column("'stock'"), _k.on_hand).where(_k.shop == bindparam("shop"), among(_k.product, "products")),
    select(_s.uid, literal_column("'session'"), case((_s.counted.is_(None), literal_column("0")), else_=literal_column("1"))).where(
        _s.shop == bindparam("shop"), among(_s.uid, "sessions")
    ),
)
_CLOSE: Final = (
    update(tables.cash_session)
    .where(_s.shop == bindparam("of_shop"), _s.uid == bindparam("of_uid"))
    .values(closed_at=bindparam("closed_at"), expected=bindparam("expected"), counted=bindparam("counted"))
)


class Effects:
    """The effects of one batch. `prepare` reads what they need, `apply` each in order, `finish` writes."""

    def __init__(self, world: World, work: ShopWork, origin: Origin) -> None:
        self._world = world
        self._work = work
        self._origin = origin
        self._goods = Goods(work, origin.device)
        self._products: set[str] = set()
        self._on_hand: dict[str, int] = {}
        self._closed: dict[str, bool] = {}
        self._sales: list[tuple[Any, ...]] = []
        self._lines: list[tuple[Any, ...]] = []
        self._payments: list[tuple[Any, ...]] = []

    def prepare(self, payloads: Sequence[Payload]) -> None:
        """Read what the payloads speak of."""
        moved: set[str] = set()
        edited: set[str] = set()
        sessions: set[str] = set()
        for payload in payloads:
            if isinstance(payload, wire.SalePayload | wire.StockPayload):
                moved.update(line.product for line in payload.lines)
            if isinstance(payload, wire.ProductPayload):
                edited.update(product.uid for product in payload.products)
            if isinstance(payload, wire.SalePayload | wire.SessionOpenedPayload | wire.SessionClosedPayload):
                sessions.add(payload.session)
        if moved or sessions:
            self._look_up(moved, sessions)
        self._goods.load(edited)

    def _look_up(self, products: set[str], sessions: set[str]) -> None:
        asked = {"shop": self._work.shop, "products": products, "sessions": filter(is_id, sessions)}
        for uid, kind, number in self._work.connection.execute(_SPOKEN_OF, asked):
            if kind == "product":
                self._products.add(uid)
            elif kind == "stock":
                self._on_hand[uid] = number
            else:
                self._closed[uid] = bool(number)

    def apply(self, operation: str, at: int, payload: Payload) -> Verdict:
        """The effect of one operation."""
        match payload:
            case wire.SalePayload():
                return Verdict(flags=self._sale(operation, at, payload))
            case wire.StockPayload():
                return Verdict(flags=self._stock(operation, at, payload))
            case wire.ProductPayload():
                return Verdict(flags=self._edit(at, payload))
            case wire.SessionOpenedPayload():
                return Verdict(flags=self._open_session(at, payload))
            case wire.SessionClosedPayload():
                return Verdict(flags=self._close_session(at, payload))
            case wire.OrderCommandPayload():
                return commands.command(self._world, self._work, payload)
            case wire.OrderPickedUpPayload():
                return commands.picked_up(self._world, self._work, payload, at, self._origin)

    def finish(self) -> None:
        """Write what was gathered; stock and totals are the ShopWork's."""
        connection = self._work.connection
        append(connection, tables.sale, self._sales)
        append(connection, tables.sale_line, self._lines)
        append(connection, tables.sale_payment, self._payments)
        self._goods.finish()

    def _sale(self, uid: str, at: int, sale: wire.SalePayload) -> tuple[str, ...]:
        shop, device = self._work.shop, self._origin.device
        self._sales.append((shop, uid, device, sale.receipt, sale.session, sale.total, sale.rounding, at))
        for place, line in enumerate(sale.lines):
            values = (line.product, line.unit, line.factor, line.quantity, line.unit_price, line.discount, line.amount)
            self._lines.append((shop, uid, place, *values))
        for place, paid in enumerate(sale.payments):
            self._payments.append((shop, uid, place, paid.tender, paid.amount, paid.received, paid.change))
        flags = self._move(uid, at, "sale", [(line.product, -line.quantity) for line in sale.lines])
        closed = self._closed.get(sale.session)
        if closed is None:
            return (*flags, "session_unknown")
        return (*flags, "session_closed") if closed else flags

    def _stock(self, operation: str, at: int, stock: wire.StockPayload) -> tuple[str, ...]:
        return self._move(operation, at, stock.reason, [(line.product, line.quantity) for line in stock.lines])

    def _move(self, cause: str, at: int, reason: str, lines: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        """Movements of one cause, and what is odd about them."""
        unknown = negative = False
        for position, (product, quantity) in enumerate(lines):
            self._work.book_movement(cause, position, product, quantity, reason, at, self._origin)
            on_hand = self._on_hand[product] = self._on_hand.get(product, 0) + quantity
            unknown |= product not in self._products
            negative |= quantity < 0 and on_hand < 0
        return (*(("product_unknown",) if unknown else ()), *(("stock_negative",) if negative else ()))

    def _edit(self, at: int, payload: wire.ProductPayload) -> tuple[str, ...]:
        flags: dict[str, None] = {}
        for product in payload.products:
            flags |= dict.fromkeys(self._goods.take(product, at))
            self._products.add(product.uid)
        return tuple(flags)

    def _open_session(self, at: int, opened: wire.SessionOpenedPayload) -> tuple[str, ...]:
        if opened.session in self._closed:
            return ("session_known",)
        self._add_session(opened.session, at, opened.float_amount, opened.cashier)
        return ()

    def _close_session(self, at: int, closed: wire.SessionClosedPayload) -> tuple[str, ...]:
        known = self._closed.get(closed.session)
        if known:
            return ("session_closed",)
        if known is None:
            self._add_session(closed.session, at, 0, "")
        self._closed[closed.session] = True
        values = {"closed_at": at, "expected": closed.expected, "counted": closed.counted}
        self._work.connection.execute(_CLOSE, {"of_shop": self._work.shop, "of_uid": closed.session, **values})
        return ("session_unknown",) if known is None else ()

    def _add_session(self, uid: str, at: int, float_amount: int, cashier: str) -> None:
        row = {"shop": self._work.shop, "uid": uid, "device": self._origin.device, "cashier": cashier, "opened_at": at}
        row |= {"float_amount": float_amount, "closed_at": 0, "expected": 0, "counted": None}
        self._work.connection.execute(insert(tables.cash_session), row)
        self._closed[uid] = False
