"""Online orders in the store: the server's part is overwritten by the server, our ticks and hand-overs are ours."""

from __future__ import annotations

import json
from typing import Final

from pos.domain.order import Order, OrderStatus, OrderStep
from pos.local_db.work_base import WorkBase

_PUT: Final = """
INSERT INTO online_order (uid, number, status, final, version, buyer, buyer_phone4, buyer_kind, total, paid, placed_at, deadline_at,
  slot_from, slot_to, note, reason, pickup_code, short_code, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET number = excluded.number, status = excluded.status, final = excluded.final, version = excluded.version,
  buyer = excluded.buyer, buyer_phone4 = excluded.buyer_phone4, buyer_kind = excluded.buyer_kind, total = excluded.total,
  paid = excluded.paid,
  placed_at = excluded.placed_at, deadline_at = excluded.deadline_at, slot_from = excluded.slot_from, slot_to = excluded.slot_to,
  note = excluded.note, reason = excluded.reason, pickup_code = excluded.pickup_code, short_code = excluded.short_code,
  flags = excluded.flags, pending = CASE WHEN excluded.version > version THEN '' ELSE pending END
WHERE excluded.version >= version
"""
_LINE: Final = """
INSERT INTO online_order_line (order_uid, position, product_uid, name, unit_name, factor, quantity, unit_price, amount)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (order_uid, position) DO UPDATE SET product_uid = excluded.product_uid, name = excluded.name, unit_name = excluded.unit_name,
  factor = excluded.factor, quantity = excluded.quantity, unit_price = excluded.unit_price, amount = excluded.amount
"""
_PICKUP: Final = "INSERT INTO pickup (order_uid, operation, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

FINAL: Final = frozenset({OrderStatus.PICKED_UP, OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.NO_SHOW})
"""Off the board. A status that this till does not know stays on it, for a person to see."""


class OrderBook(WorkBase):
    """The orders' part of a unit of work."""

    def put_order(self, order: Order) -> bool:
        known = self._one("SELECT 1 FROM online_order WHERE uid = ?", (order.uid,)) is not None
        taken = self._run(
            _PUT,
            (
                order.uid,
                order.number,
                order.status_text,
                int(order.status in FINAL),
                order.version,
                order.buyer,
                order.buyer_phone4,
                order.buyer_kind,
                order.total,
                int(order.paid),
                order.placed_at,
                order.deadline_at,
                order.slot_from,
                order.slot_to,
                order.note,
                order.reason,
                order.pickup_code,
                order.short_code,
                json.dumps(order.flags),
            ),
        ).rowcount
        if not taken:
            # the feed brought an older version again: what is here is newer
            return False
        self._run_many(
            _LINE,
            [
                (order.uid, place, i.product_uid, i.name, i.unit_name, i.factor, i.quantity, i.unit_price, i.amount)
                for place, i in enumerate(order.lines)
            ],
        )
        self._run("DELETE FROM online_order_line WHERE order_uid = ? AND position >= ?", (order.uid, len(order.lines)))
        return not known

    def tick_order_line(self, order_uid: str, position: int, on_shelf: bool, packed: bool) -> None:
        self._run(
            "UPDATE online_order_line SET on_shelf = ?, packed = ? WHERE order_uid = ? AND position = ?",
            (int(on_shelf), int(packed), order_uid, position),
        )

    def set_pending(self, order_uid: str, step: OrderStep | None) -> None:
        self._run("UPDATE online_order SET pending = ? WHERE uid = ?", (step.value if step else "", order_uid))

    def mark_seen(self, order_uid: str) -> None:
        self._run("UPDATE online_order SET seen = 1 WHERE uid = ? AND seen = 0", (order_uid,))

    def add_pickup(self, order_uid: str, operation: str, at: int) -> bool:
        done = self._run(_PICKUP, (order_uid, operation, at))
        return done.rowcount == 1
