"""An order as the city keeps it: its statuses, its legal edges, its row. Owns no transitions (see moving)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, bindparam, select

from central import tables
from central.bulk import among
from central.database import AnyRow
from pos.sync.protocol import BuyerOrder, WireOrder, WireOrderLine


class Status(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    READY = "ready"
    PICKED_UP = "picked_up"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


class Actor(StrEnum):
    """Who moved an order."""

    BUYER = "buyer"
    SHOP = "shop"
    SERVER = "server"


OPEN: Final = frozenset({Status.PLACED, Status.ACCEPTED, Status.READY})
"""Holds stock, and is on the shop's board."""
COUNTS: Final = frozenset({Status.ACCEPTED, Status.READY, Status.PICKED_UP})
"""Counts against the shop's cap."""
EDGES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PLACED: frozenset({Status.ACCEPTED, Status.REJECTED, Status.CANCELLED, Status.EXPIRED}),
    # cancelled from here on only where the buyer asked and the shop allowed it
    Status.ACCEPTED: frozenset({Status.READY, Status.REJECTED, Status.CANCELLED, Status.EXPIRED, Status.PICKED_UP}),
    Status.READY: frozenset({Status.PICKED_UP, Status.CANCELLED, Status.NO_SHOW}),
    # goods that left the shop have left it, whatever the server thought of the order by then; such a pickup is flagged
    Status.EXPIRED: frozenset({Status.PICKED_UP}),
    Status.NO_SHOW: frozenset({Status.PICKED_UP}),
    Status.REJECTED: frozenset({Status.PICKED_UP}),
    Status.CANCELLED: frozenset({Status.PICKED_UP}),
    Status.PICKED_UP: frozenset(),
}

CANCEL_ASKED: Final = "cancel_asked"
CANCEL_DENIED: Final = "cancel_denied"

_o, _l = tables.online_order.c, tables.order_line.c
_BY_UID: Final = select(tables.online_order).where(_o.shop == bindparam("shop"), _o.uid == bindparam("uid"))
_LINES: Final = (
    select(tables.order_line).where(_l.shop == bindparam("shop"), among(_l.order_uid, "orders")).order_by(_l.order_uid, _l.position)
)


@dataclass(frozen=True, slots=True)
class Order:
    """The row of an order, without its lines."""

    shop: int
    uid: str
    buyer_uid: str
    number: str
    status: Status
    version: int
    buyer: str
    buyer_phone4: str
    buyer_kind: str
    total: int
    paid: bool
    placed_at: int
    deadline_at: int
    due_at: int
    slot_from: int
    slot_to: int
    note: str
    reason: str
    short_code: str
    pickup_code: str
    flags: str
    feed_seq: int

    @property
    def on_board(self) -> bool:
        """Whether the shop sees it among its open orders."""
        return self.paid and self.status in OPEN

    @property
    def cancel_asked(self) -> bool:
        """Whether the buyer wants it cancelled and the shop has not answered."""
        return CANCEL_ASKED in self.flags.split()

    def flagged(self, add: str, *drop: str) -> str:
        """The flags with one more, and without others."""
        return " ".join([*(flag for flag in self.flags.split() if flag not in (add, *drop)), add])


def order_of(row: AnyRow) -> Order:
    values = row._asdict()
    return Order(**values | {"status": Status(values["status"])})


def find(connection: Connection, shop: int, uid: str) -> Order | None:
    row = connection.execute(_BY_UID, {"shop": shop, "uid": uid}).one_or_none()
    return order_of(row) if row is not None else None


def lines_of(connection: Connection, shop: int, orders: Sequence[str]) -> dict[str, list[WireOrderLine]]:
    """Order uid -> its lines in order, in one statement."""
    found: dict[str, list[WireOrderLine]] = {uid: [] for uid in orders}
    for row in connection.execute(_LINES, {"shop": shop, "orders": list(orders)}) if orders else ():
        found[row.order_uid].append(
            WireOrderLine(
                product=row.product,
                name=row.name,
                unit=row.unit,
                factor=row.factor,
                quantity=row.quantity,
                unit_price=row.unit_price,
                amount=row.amount,
            )
        )
    return found


def for_shop(order: Order, lines: Sequence[WireOrderLine]) -> WireOrder:
    """As the shop is told."""
    return WireOrder(
        uid=order.uid,
        number=order.number,
        status=order.status.value,
        version=order.version,
        buyer=order.buyer,
        buyer_phone4=order.buyer_phone4,
        buyer_kind=order.buyer_kind,
        lines=tuple(lines),
        total=order.total,
        paid=order.paid,
        placed_at=order.placed_at,
        deadline_at=order.deadline_at,
        slot_from=order.slot_from,
        slot_to=order.slot_to,
        note=order.note,
        reason=order.reason,
        pickup_code=order.pickup_code,
        flags=tuple(order.flags.split()),
    )


def for_buyer(order: Order, shop_uid: str) -> BuyerOrder:
    """As the buyer is told."""
    return BuyerOrder(
        uid=order.uid,
        number=order.number,
        shop=shop_uid,
        status=order.status.value,
        version=order.version,
        total=order.total,
        paid=order.paid,
        pickup_code=order.pickup_code,
        short_code=spoken(order.short_code),
        flags=tuple(order.flags.split()),
    )


def spoken(short_code: str) -> str:
    """A short code as it is said: `7K241` -> `7K-241`."""
    return f"{short_code[:2]}-{short_code[2:]}" if short_code else ""
