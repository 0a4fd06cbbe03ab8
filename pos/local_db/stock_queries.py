"""Reads of the shelf: counts, the card of a product, and what runs out, spoils or lies dead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pos.local_db.query_base import QueryBase
from pos.local_db.units import UNITS_PER_PRODUCT

if TYPE_CHECKING:
    # the till starts without them
    from collections.abc import Sequence

    from pos.domain.stock import MovementReason
    from pos.domain.stock_take import CountLine, StockTake
    from pos.services.stock_views import CardRow, DeadRow, ExpiringRow, SupplyRow

_WORTH: Final = """
coalesce(m.cost + m.variance, CASE WHEN s.on_hand <> 0 THEN (c.counted - c.seen) * s.cost / s.on_hand
  WHEN p.cost_quantity > 0 THEN (c.counted - c.seen) * p.cost_total / p.cost_quantity ELSE 0 END)
"""
"""What a difference costs: as it was booked, or about so much while it is counted."""
_COUNTED: Final = """
stock_take_line c LEFT JOIN product p ON p.uid = c.product_uid LEFT JOIN stock s ON s.product_uid = c.product_uid
LEFT JOIN stock_movement m ON m.cause = c.cause AND m.product_uid = c.product_uid AND c.cause != ''
"""
COUNTS: Final = f"""
SELECT c.product_uid, coalesce(p.name, ''), c.unit_name, c.factor, c.counted, c.seen, c.first_at, c.last_at,
  coalesce((SELECT sum(x.quantity) FROM stock_movement x WHERE x.product_uid = c.product_uid AND x.at > c.first_at AND x.at <= c.last_at),
    0), {_WORTH}
FROM {_COUNTED}
"""
"""For `count_line_of`; ends before WHERE."""
TAKES: Final = f"""
SELECT t.uid, t.part, t.name, t.started_at, t.cashier, t.posted_at,
  (SELECT count(*) FROM stock_take_line c WHERE c.take_uid = t.uid),
  (SELECT count(*) FROM stock_take_line c WHERE c.take_uid = t.uid AND c.counted <> c.seen),
  (SELECT coalesce(sum(max(0, {_WORTH})), 0) FROM {_COUNTED} WHERE c.take_uid = t.uid),
  (SELECT coalesce(sum(min(0, {_WORTH})), 0) FROM {_COUNTED} WHERE c.take_uid = t.uid)
FROM stock_take t
"""
"""For `take_of`; ends before WHERE."""
_SOLD_AS: Final = f"product_unit u ON u.id = p.id * {UNITS_PER_PRODUCT} + p.sell_unit"
_NOT_COUNTED: Final = f"""
SELECT p.uid, p.name, u.name, u.factor, 0, s.on_hand, 0, 0, 0, -s.cost
FROM product p CROSS JOIN {_SOLD_AS} CROSS JOIN stock s ON s.product_uid = p.uid
WHERE p.deleted = 0 AND s.on_hand <> 0 AND (?2 = '' OR p.category = ?2)
  AND NOT EXISTS (SELECT 1 FROM stock_take_line c WHERE c.take_uid = ?1 AND c.product_uid = p.uid)
ORDER BY p.name, p.uid
"""
_CARD: Final = """
SELECT w.at, w.reason, w.quantity, w.balance, w.worth, w.cause,
  coalesce(a.number, o.number, (SELECT r.number FROM receipt_line l JOIN receipt r ON r.uid = l.receipt_uid WHERE l.cause = w.cause), ''),
  coalesce(n.note, (SELECT t.name FROM stock_take_line c JOIN stock_take t ON t.uid = c.take_uid WHERE c.cause = w.cause AND c.cause != ''),
    '')
FROM (
  SELECT at, reason, quantity, sum(quantity) OVER (ORDER BY at, cause, position) AS balance, cost + variance AS worth, cause, position
  FROM stock_movement WHERE product_uid IN (
    SELECT product_uid FROM stock WHERE product_uid = ?1 UNION ALL SELECT product_uid FROM product_alias WHERE kept_uid = ?1)
) w LEFT JOIN sale a ON a.uid = w.cause LEFT JOIN online_order o ON o.uid = w.cause LEFT JOIN stock_note n ON n.cause = w.cause
WHERE (?2 = '[]' OR w.reason IN (SELECT value FROM json_each(?2))) AND w.at >= ?3 AND (?4 = 0 OR w.at < ?4)
ORDER BY w.at DESC, w.cause DESC, w.position DESC LIMIT ?5
"""
_SHORT: Final = f"""
WITH sold AS (
  SELECT product_uid, sum(quantity) AS quantity FROM (
    SELECT l.product_uid, l.quantity FROM sale a CROSS JOIN sale_line l ON l.sale_id = a.id WHERE a.at >= ?1
    UNION ALL SELECT l.product_uid, l.quantity FROM pickup k CROSS JOIN online_order_line l ON l.order_uid = k.order_uid WHERE k.at >= ?1
  ) GROUP BY product_uid
), wanted AS (
  SELECT p.id, p.uid, p.name, p.category, p.sell_unit, p.min_stock, s.on_hand, coalesce(x.quantity, 0) AS sold,
    (SELECT max(r.id) FROM receipt_line l JOIN receipt r ON r.uid = l.receipt_uid WHERE l.product_uid = p.uid AND r.corrects = '') AS last
  FROM product p CROSS JOIN stock s ON s.product_uid = p.uid LEFT JOIN sold x ON x.product_uid = p.uid
  WHERE p.deleted = 0 AND (p.min_stock > 0 OR x.quantity > 0)
)
SELECT p.uid, p.name, p.category, p.on_hand, p.min_stock, p.sold, coalesce(l.unit_name, u.name), coalesce(l.factor, u.factor),
  (2 * l.amount * l.factor + l.quantity) / (2 * l.quantity), coalesce(r.supplier_uid, ''), coalesce(v.name, ''), min(l.position)
FROM wanted p CROSS JOIN {_SOLD_AS} LEFT JOIN receipt r ON r.id = p.last
LEFT JOIN receipt_line l ON l.receipt_uid = r.uid AND l.product_uid = p.uid AND l.quantity > 0
LEFT JOIN supplier v ON v.uid = r.supplier_uid
GROUP BY p.uid ORDER BY p.name, p.uid
"""
_EXPIRING: Final = """
WITH batch AS (
  SELECT product_uid, expires_on, min(unit_name) AS unit_name, min(factor) AS factor, sum(quantity) AS quantity
  FROM receipt_line WHERE expires_on > 0 GROUP BY product_uid, expires_on HAVING sum(quantity) > 0
), laid AS (
  SELECT *, sum(quantity) OVER (PARTITION BY product_uid ORDER BY expires_on DESC) - quantity AS later FROM batch
)
SELECT b.product_uid, p.name, b.unit_name, b.factor, b.expires_on, min(b.quantity, s.on_hand - b.later),
  CASE WHEN s.on_hand > 0 THEN s.cost * min(b.quantity, s.on_hand - b.later) / s.on_hand ELSE 0 END
FROM laid b JOIN stock s ON s.product_uid = b.product_uid JOIN product p ON p.uid = b.product_uid AND p.deleted = 0
WHERE b.expires_on <= ? AND s.on_hand > b.later ORDER BY b.expires_on, p.name
"""
"""What keeps shortest is sold first, so what is left of a product is its batches that keep longest."""
_DEAD: Final = f"""
SELECT * FROM (
  SELECT p.uid, p.name, u.name, u.factor, s.on_hand, s.cost, coalesce((SELECT m.at FROM stock_movement m
    WHERE m.product_uid = p.uid AND m.reason IN ('sale', 'order') ORDER BY m.at DESC LIMIT 1), 0) AS sold_at,
    (SELECT m.at FROM stock_movement m WHERE m.product_uid = p.uid ORDER BY m.at LIMIT 1) AS came
  FROM product p CROSS JOIN {_SOLD_AS} CROSS JOIN stock s ON s.product_uid = p.uid WHERE p.deleted = 0 AND s.on_hand > 0
) WHERE sold_at < ?1 AND came < ?1 ORDER BY cost DESC, name
"""


class StockQueries(QueryBase):
    """The shelf's part of `services.ports.Queries`."""

    def stock_takes(self, limit: int = 50) -> list[StockTake]:
        return [take_of(row) for row in self._rows(f"{TAKES} ORDER BY t.posted_at > 0, t.started_at DESC, t.uid LIMIT ?", (limit,))]

    def stock_take(self, uid: str) -> StockTake | None:
        row = self._row(f"{TAKES} WHERE t.uid = ?", (uid,))
        return take_of(row) if row else None

    def count_lines(self, take_uid: str) -> list[CountLine]:
        rows = self._rows(f"{COUNTS} WHERE c.take_uid = ? ORDER BY c.last_at DESC, c.product_uid", (take_uid,))
        return [count_line_of(row) for row in rows]

    def not_counted(self, take_uid: str, category: str) -> list[CountLine]:
        return [count_line_of(row) for row in self._rows(_NOT_COUNTED, (take_uid, category))]

    def stock_card(self, product_uid: str, reasons: Sequence[MovementReason], since: int, until: int, limit: int) -> list[CardRow]:
        from pos.domain.stock import MovementReason
        from pos.services.stock_views import CardRow

        kinds = json.dumps([reason.value for reason in reasons])
        known = {reason.value: reason for reason in MovementReason}
        rows = self._rows(_CARD, (product_uid, kinds, since, until, limit))
        return [CardRow(row[0], known.get(row[1], MovementReason.OTHER), *row[2:]) for row in rows]

    def short_goods(self, since: int) -> list[SupplyRow]:
        from pos.services.stock_views import SupplyRow

        return [SupplyRow(*row[:11]) for row in self._rows(_SHORT, (since,))]

    def expiring_goods(self, until: int) -> list[ExpiringRow]:
        from pos.services.stock_views import ExpiringRow

        return [ExpiringRow(*row) for row in self._rows(_EXPIRING, (until,))]

    def dead_goods(self, since: int) -> list[DeadRow]:
        from pos.services.stock_views import DeadRow

        return [DeadRow(*row[:7]) for row in self._rows(_DEAD, (since,))]


def take_of(row: Any) -> StockTake:
    """A row of `TAKES`."""
    from pos.domain.stock_take import StockTake, TakePart

    uid, part, *rest = row
    return StockTake(uid, TakePart(part), *rest)


def count_line_of(row: Any) -> CountLine:
    """A row of `COUNTS`."""
    from pos.domain.stock_take import CountLine

    return CountLine(*row)
