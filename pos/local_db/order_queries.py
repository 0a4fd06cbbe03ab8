"""Reads of online orders: the board, the finished ones, and the way from a code to its order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from pos.domain.order import Order, OrderLine, OrderStatus, OrderStep
from pos.local_db.query_base import QueryBase

_HEAD: Final = (
    "uid, number, status, version, buyer, buyer_phone4, buyer_kind, total, paid, placed_at, deadline_at, slot_from, slot_to, note, reason,"
    " pickup_code, short_code, pending, seen, flags, lost"
)
_WIDTH: Final = 22
_WHOLE: Final = f"""
SELECT {", ".join(f"o.{name.strip()}" for name in _HEAD.split(","))}, h.at,
  l.product_uid, l.name, l.unit_name, l.factor, l.quantity, l.unit_price, l.amount, l.on_shelf, l.packed
FROM (SELECT {_HEAD} FROM online_order WHERE {{which}}) o
LEFT JOIN pickup h ON h.order_uid = o.uid LEFT JOIN online_order_line l ON l.order_uid = o.uid
ORDER BY o.placed_at {{order}}, o.uid, l.position
"""
_HISTORY_SHOWN: Final = 200
_BOARD: Final = _WHOLE.format(which="final = 0", order="")
_HISTORY: Final = _WHOLE.format(which=f"final = 1 ORDER BY placed_at DESC LIMIT {_HISTORY_SHOWN}", order="DESC")
_ONE: Final = _WHOLE.format(which="uid = ?", order="")
_OF_SHORT_CODE: Final = _WHOLE.format(
    which="short_code = ? AND (final = 0 OR status IN ('expired', 'no_show')) ORDER BY final, placed_at DESC LIMIT 1", order=""
)


class OrderQueries(QueryBase):
    """The orders' part of `services.ports.Queries`."""

    def orders(self, history: bool = False) -> list[Order]:
        """The board, the longest waiting first; or the latest finished ones, the newest first."""
        return _orders(self._rows(_HISTORY if history else _BOARD))

    def order(self, uid: str) -> Order | None:
        return next(iter(_orders(self._rows(_ONE, (uid,)))), None)

    def order_of_short_code(self, short_code: str) -> Order | None:
        return next(iter(_orders(self._rows(_OF_SHORT_CODE, (short_code,)))), None) if short_code else None

    def unseen_orders(self) -> int:
        """Placed orders that nobody has opened: what sounds."""
        found: int = self._row("SELECT count(*) FROM online_order WHERE status = 'placed' AND seen = 0")[0]
        return found


def _orders(rows: Sequence[Any]) -> list[Order]:
    """Orders of their rows, one for each of their lines (or one without any)."""
    heads: dict[str, Any] = {}
    lines: dict[str, list[OrderLine]] = {}
    for row in rows:
        heads.setdefault(row[0], row)
        held = lines.setdefault(row[0], [])
        if row[_WIDTH] is not None:
            held.append(OrderLine(*(*row[_WIDTH:-2], bool(row[-2]), bool(row[-1]))))
    return [_order(head, tuple(lines[uid])) for uid, head in heads.items()]


def _order(head: Any, lines: tuple[OrderLine, ...]) -> Order:
    (uid, number, status, version, buyer, phone4, kind, total, paid, placed_at, deadline, slot_from, slot_to, note, reason) = head[:15]
    (pickup_code, short_code, pending, seen, flags, lost, handed_over_at) = head[15:_WIDTH]
    return Order(
        uid,
        number,
        OrderStatus.read(status),
        status,
        version,
        buyer,
        phone4,
        kind,
        lines,
        total,
        bool(paid),
        placed_at,
        deadline,
        slot_from,
        slot_to,
        note,
        reason,
        pickup_code,
        short_code,
        OrderStep(pending) if pending else None,
        handed_over_at,
        bool(seen),
        tuple(json.loads(flags)),
        lost,
    )
