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
"""
"""What the goods on each shelf cost is what came in less what went out, to the rupiah, and each sale's lines say what they took of it."""
