"""Reads of goods besides their row: prices as they were, photos, who holds a code, which products are twins or were."""

from __future__ import annotations

from typing import Final

from pos.domain.product import PriceKind
from pos.domain.quantity import BaseUnit
from pos.local_db.query_base import QueryBase
from pos.services.goods_views import CodeHolder, GoodsName, PriceChange, ProductCare

_HISTORY: Final = """
SELECT at, actor, product_uid, unit_uid, unit_name, factor, kind, min_quantity, customer_group, starts_at, before, amount
FROM price_change WHERE product_uid = ?1 OR product_uid IN (SELECT product_uid FROM product_alias WHERE kept_uid = ?1) ORDER BY id DESC
"""
_CARE: Final = """
SELECT p.picture, coalesce(c.tracks_expiry, 0)
FROM product p LEFT JOIN product_care c ON c.product_uid = p.uid WHERE p.uid = ?
"""
_HOLDER: Final = """
SELECT p.uid, p.name FROM barcode b CROSS JOIN product_unit u ON u.id = b.unit_id CROSS JOIN product p ON p.id = u.product_id
WHERE b.key = ?
"""
_CLAIMS: Final = """
SELECT c.code, h.uid, c.product_uid FROM code_claim c CROSS JOIN barcode b ON b.key = c.key CROSS JOIN product_unit u ON u.id = b.unit_id
CROSS JOIN product h ON h.id = u.product_id CROSS JOIN product p ON p.uid = c.product_uid
WHERE h.deleted = 0 AND p.deleted = 0 AND h.uid <> p.uid ORDER BY c.key, c.product_uid
"""
_NAMES: Final = "SELECT uid, name, brand, size, base_unit FROM product WHERE rank > 0 ORDER BY rank"
_LEFT_BEHIND: Final = """
SELECT a.product_uid, a.kept_uid FROM product_alias a CROSS JOIN stock s ON s.product_uid = a.product_uid WHERE s.on_hand <> 0
"""
_IN_USE: Final = """
SELECT EXISTS (SELECT 1 FROM basket_line WHERE product_uid = ?1)
  OR EXISTS (SELECT 1 FROM online_order o JOIN online_order_line l ON l.order_uid = o.uid WHERE o.final = 0 AND l.product_uid = ?1)
  OR EXISTS (SELECT 1 FROM receipt_draft_line WHERE product_uid = ?1)
  OR EXISTS (SELECT 1 FROM stock_take t JOIN stock_take_line c ON c.take_uid = t.uid WHERE t.posted_at = 0 AND c.product_uid = ?1)
"""


class GoodsCareQueries(QueryBase):
    """That part of `services.ports.Queries`."""

    def price_history(self, product_uid: str) -> list[PriceChange]:
        return [PriceChange(*(*row[:6], PriceKind(row[6]), *row[7:])) for row in self._rows(_HISTORY, (product_uid,))]

    def care(self, product_uid: str) -> ProductCare:
        row = self._row(_CARE, (product_uid,))
        return ProductCare(row[0], bool(row[1])) if row else ProductCare()

    def picture(self, name: str) -> bytes | None:
        row = self._row("SELECT data FROM picture WHERE name = ?", (name,))
        return row[0] if row else None

    def holder_of_code(self, key: str) -> CodeHolder | None:
        row = self._row(_HOLDER, (key,))
        return CodeHolder(*row) if row else None

    def has_moved(self, product_uid: str) -> bool:
        return bool(self._row("SELECT EXISTS (SELECT 1 FROM stock WHERE product_uid = ? AND movements > 0)", (product_uid,))[0])

    def merged_into(self, product_uid: str) -> tuple[str, ...]:
        rows = self._rows("SELECT product_uid FROM product_alias WHERE kept_uid = ? ORDER BY product_uid", (product_uid,))
        return tuple(row[0] for row in rows)

    def left_behind(self) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self._rows(_LEFT_BEHIND)]

    def kept_for(self, product_uid: str) -> str:
        row = self._row("SELECT kept_uid FROM product_alias WHERE product_uid = ?", (product_uid,))
        return row[0] if row else product_uid

    def goods_names(self) -> list[GoodsName]:
        return [GoodsName(*(*row[:4], BaseUnit(row[4]))) for row in self._rows(_NAMES)]

    def code_claims(self) -> list[tuple[str, str, str]]:
        return [(row[0], row[1], row[2]) for row in self._rows(_CLAIMS)]

    def no_twins(self) -> set[tuple[str, str]]:
        return {(row[0], row[1]) for row in self._rows("SELECT one_uid, other_uid FROM not_twin")}

    def in_use(self, product_uid: str) -> bool:
        return bool(self._row(_IN_USE, (product_uid,))[0])
