"""Does what the shop pays still add up? Statements that name what does not: balances beside their entries, entries beside their sales.

Owns SQL for `check.py`; runs nothing. Each row is one thing that is wrong.
"""

from __future__ import annotations

from typing import Final

SUPPLIERS: Final = """
SELECT 'owed to ' || supplier_uid FROM (
  SELECT supplier_uid, sum(amount) AS balance, count(*) AS entries FROM supplier_entry GROUP BY supplier_uid
  UNION ALL SELECT supplier_uid, -balance, -entries FROM supplier_balance
) GROUP BY supplier_uid HAVING sum(balance) <> 0 OR sum(entries) <> 0
UNION ALL SELECT 'sold of ' || e.uid FROM supplier_entry e
  LEFT JOIN sale s ON s.uid = substr(e.uid, 1, 32) LEFT JOIN sale_line l ON l.sale_id = s.id AND l.position = substr(e.uid, 34)
  WHERE e.kind = 'sold' AND (l.product_uid IS NOT e.product_uid OR l.quantity IS NOT e.quantity OR coalesce(l.cost, 0) <> e.amount)
UNION ALL SELECT 'taken back of ' || s.uid FROM supplier_entry e JOIN sale s ON s.corrects = e.source AND s.corrects <> ''
  JOIN sale_line l ON l.sale_id = s.id AND l.corrects_line = e.position
  WHERE e.kind = 'sold' AND e.quantity > 0 AND NOT EXISTS (SELECT 1 FROM supplier_entry b WHERE b.uid = s.uid || '-' || l.position)
UNION ALL SELECT 'paid by ' || e.uid FROM supplier_entry e LEFT JOIN cash_movement m ON m.uid = e.uid
  WHERE e.session_uid <> '' AND (m.amount IS NOT e.amount OR m.session_uid IS NOT e.session_uid)
UNION ALL SELECT 'paid from ' || e.uid FROM supplier_entry e LEFT JOIN account_entry a ON a.source = e.uid AND a.account_uid = e.account_uid
  WHERE e.account_uid <> '' AND a.amount IS NOT e.amount
UNION ALL SELECT 'account ' || account_uid FROM (
  SELECT account_uid, sum(amount) AS balance, count(*) AS entries FROM account_entry GROUP BY account_uid
  UNION ALL SELECT account_uid, -balance, -entries FROM account_balance
) GROUP BY account_uid HAVING sum(balance) <> 0 OR sum(entries) <> 0
"""
"""What each supplier is owed and what is in each account is the sum of its facts; goods on consignment are owed as they were sold; a
payment is in the drawer or the account that it came out of."""
