"""Does the money still add up? Statements that name what does not: debts and titipan beside their facts, corrections beside their sales.

Owns SQL for `check.py`; runs nothing. Each row is one thing that is wrong.
"""

from __future__ import annotations

from typing import Final

CREDIT: Final = """
SELECT 'debt of ' || customer_uid FROM (
  SELECT customer_uid, sum(amount) AS balance, count(*) AS entries FROM credit_entry GROUP BY customer_uid
  UNION ALL SELECT customer_uid, -balance, -entries FROM credit_balance
) GROUP BY customer_uid HAVING sum(balance) <> 0 OR sum(entries) <> 0
UNION ALL SELECT 'credit of ' || s.uid FROM sale s JOIN payment y ON y.sale_id = s.id LEFT JOIN credit_entry e ON e.uid = s.uid
  WHERE y.tender = 'credit' GROUP BY s.uid HAVING sum(y.amount) IS NOT max(e.amount) OR max(e.customer_uid) IS NOT max(s.customer_uid)
UNION ALL SELECT 'entry of ' || e.uid FROM credit_entry e WHERE e.kind IN ('sale', 'correction') AND NOT EXISTS (
  SELECT 1 FROM sale s JOIN payment y ON y.sale_id = s.id WHERE s.uid = e.uid AND y.tender = 'credit')
UNION ALL SELECT 'titipan of ' || holder FROM (
  SELECT reference AS holder, -sum(amount) AS amount FROM payment WHERE tender = 'titipan' GROUP BY reference
  UNION ALL SELECT holder, -amount FROM titipan
) GROUP BY holder HAVING sum(amount) <> 0
UNION ALL SELECT 'less than no titipan of ' || holder FROM titipan WHERE amount < 0
"""
"""What each customer owes and what is held for each is the sum of its facts, and every credit payment has its entry."""

CORRECTIONS: Final = """
UNION ALL SELECT 'sale behind ' || c.uid FROM sale c LEFT JOIN sale s ON s.uid = c.corrects
  WHERE (c.kind = 'sale') <> (c.corrects = '') OR (c.kind <> 'sale' AND s.kind IS NOT 'sale')
UNION ALL SELECT 'taken back of ' || s.uid FROM sale s JOIN sale_line l ON l.sale_id = s.id
  JOIN sale c ON c.corrects = s.uid AND c.corrects <> '' JOIN sale_line b ON b.sale_id = c.id AND b.corrects_line = l.position
  GROUP BY s.uid, l.position HAVING l.quantity + sum(b.quantity) < 0 OR max(b.product_uid <> l.product_uid)
    OR (l.quantity + sum(b.quantity) = 0 AND l.amount + sum(b.amount) <> 0)
"""
"""Corrections answer sales, and never more than was sold; a line that came back whole gave back its whole amount."""
