"""Does what is kept of goods still add up? Statements for `check.py`; each row is one thing that is wrong. Runs nothing."""

from __future__ import annotations

from typing import Final

PRICES: Final = """
SELECT 'price of ' || u.uid FROM price r JOIN product_unit u ON u.id = r.unit_id LEFT JOIN (
  SELECT unit_uid, kind, min_quantity, customer_group, starts_at, amount, max(id) FROM price_change
  GROUP BY unit_uid, kind, min_quantity, customer_group, starts_at
) c ON c.unit_uid = u.uid AND c.kind = r.kind AND c.min_quantity = r.min_quantity AND c.customer_group = r.customer_group
  AND c.starts_at = r.starts_at
WHERE c.amount IS NOT r.amount
"""
"""Every price that holds is the last that the history tells of it."""

TWINS: Final = """
WITH RECURSIVE walk (start, at) AS (
  SELECT gone_uid, kept_uid FROM product_merge UNION SELECT walk.start, m.kept_uid FROM walk JOIN product_merge m ON m.gone_uid = walk.at
)
SELECT 'merged ' || start FROM walk WHERE at NOT IN (SELECT gone_uid FROM product_merge)
  AND NOT EXISTS (SELECT 1 FROM product_alias a WHERE a.product_uid = walk.start AND a.kept_uid = walk.at)
UNION ALL SELECT 'alias of ' || product_uid FROM product_alias WHERE product_uid NOT IN (SELECT gone_uid FROM product_merge)
UNION ALL SELECT 'photo of ' || uid FROM product WHERE picture <> '' AND picture NOT IN (SELECT name FROM picture)
"""
"""What was merged is summed under what stayed at last, and nothing else is; a photo that a product names is there."""
