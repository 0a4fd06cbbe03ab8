"""Does the shelf still add up? Statements that name what does not: the worth of the stock beside its facts, and what sales took of it.

Owns SQL for `check.py`; runs nothing. Each row is one thing that is wrong.
"""

from __future__ import annotations

from typing import Final

COSTS: Final = """
SELECT 'cost of ' || product_uid FROM (
  SELECT product_uid, sum(cost) AS cost FROM stock_movement WHERE cost IS NOT NULL GROUP BY product_uid
  UNION ALL SELECT product_uid, sum(cost) FROM stock_revaluation GROUP BY product_uid
  UNION ALL SELECT product_uid, -cost FROM stock
) GROUP BY product_uid HAVING sum(cost) <> 0
UNION ALL SELECT 'cost that sale ' || s.uid || ' took' FROM stock_movement m JOIN sale s ON s.uid = m.cause
  JOIN sale_line l ON l.sale_id = s.id AND l.position = m.position
  WHERE m.cost IS NOT NULL AND l.cost IS NOT NULL AND l.cost <> -(m.cost + m.variance)
UNION ALL SELECT 'cost of receipt ' || uid FROM (
  SELECT uid, total FROM receipt
  UNION ALL SELECT l.receipt_uid, -(m.cost + m.variance) FROM (SELECT DISTINCT receipt_uid, cause FROM receipt_line) l
    JOIN stock_movement m ON m.cause = l.cause
  UNION ALL SELECT cause, -(cost + variance) FROM stock_revaluation WHERE reason = 'correction'
) GROUP BY uid HAVING sum(total) <> 0
"""
"""What the goods on each shelf cost is what came in less what went out, to the rupiah; each sale's lines say what they took of it, and each
receipt's rupiah are on the shelf or in what was sold."""
