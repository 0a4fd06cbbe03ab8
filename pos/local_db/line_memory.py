"""Reads of what the line has learned: keys, countersignatures, what was set aside, edits that met, the shadow of a fresh reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from pos.domain.chain import GENESIS
from pos.domain.marks import MARKS
from pos.domain.product import Product
from pos.local_db.goods_queries import PRODUCT_COLUMNS, made_product
from pos.local_db.query_base import QueryBase
from pos.local_db.units import UNITS_PER_PRODUCT
from pos.services.line_views import AsideOperation, AsideRow, Countersigned, EditRow, ShadowRow, WaitingKind

AT_ONCE: Final = 50
"""Uids in one statement: a constant text, filled up with empty ones."""
_IN: Final = f"({', '.join('?' * AT_ONCE)})"
_PRICE_MARKS: Final = "SELECT coalesce((SELECT products FROM goods_total WHERE kind = 'marks' AND name = 'prices'), 0)"
_KEYS: Final = "SELECT '', server_key FROM shop WHERE server_key <> '' UNION ALL SELECT id, public_key FROM server_key"
_COUNTERSIGNED: Final = "SELECT epoch, device, seq, head, signature, key_id, at FROM countersigned WHERE epoch > ? ORDER BY epoch"
_ALL_EPOCHS: Final = -(1 << 62)
_WAITING_KINDS: Final = "SELECT kind, count(*), min(at) FROM outbox WHERE state = 'waiting' GROUP BY kind ORDER BY min(at)"
_ASIDE: Final = "SELECT id, kind, at, code, aside_at, length(payload) FROM set_aside WHERE rowid > 0 ORDER BY rowid DESC LIMIT ?"
_ASIDE_OPERATION: Final = "SELECT id, kind, at, payload, payload_hash, code FROM set_aside WHERE id = ?"
_EDITS: Final = """
SELECT e.product_uid, coalesce(p.name, ''), e.field, e.kept, e.lost, e.at, e.lost_device = s.device FROM edit_outcome e CROSS JOIN shop s
LEFT JOIN product p ON p.uid = e.product_uid WHERE e.product_uid > '' AND e.seen = 0 ORDER BY e.at DESC LIMIT ?
"""
_HEADS: Final = f"SELECT {PRODUCT_COLUMNS} FROM product WHERE uid IN {_IN}"
_OF_THESE: Final = (
    f"FROM product p CROSS JOIN {{table}} t ON t.{{key}} >= p.id * {UNITS_PER_PRODUCT} AND t.{{key}} < (p.id + 1) * {UNITS_PER_PRODUCT}"
    f" WHERE p.uid IN {_IN}"
)
_UNITS: Final = f"SELECT p.id, t.id, t.uid, t.name, t.factor {_OF_THESE.format(table='product_unit', key='id')} ORDER BY t.id"
_PRICES: Final = (
    "SELECT p.id, t.unit_id, t.kind, t.amount, t.min_quantity, t.customer_group, t.starts_at"
    f" {_OF_THESE.format(table='price', key='unit_id')}"
)
_CODES: Final = (
    f"SELECT p.id, t.unit_id, t.code, t.key, t.verdict {_OF_THESE.format(table='barcode', key='unit_id')} ORDER BY t.unit_id, t.position"
)
_PARTS: Final = f"SELECT uid, cost_total, cost_quantity, needs_review, consignor_uid FROM product WHERE uid IN {_IN}"
_RESERVED: Final = """
SELECT l.product_uid, sum(l.quantity) FROM online_order o CROSS JOIN online_order_line l ON l.order_uid = o.uid
WHERE o.status IN ('placed', 'accepted', 'ready') AND NOT EXISTS (SELECT 1 FROM pickup h WHERE h.order_uid = o.uid) GROUP BY l.product_uid
"""
_SHADOW: Final = "SELECT uid, state, told FROM shadow_product WHERE uid > ? AND state <> 1 ORDER BY uid LIMIT ?"
_SHADOW_ORDERS: Final = "SELECT uid, 2, told FROM shadow_order WHERE uid > '' ORDER BY uid"
_SHADOW_COUNT: Final = "SELECT count(*) FROM shadow_product WHERE uid > '' AND state <> 0"
_NOT_IN_SHADOW: Final = """
SELECT uid FROM product p WHERE uid > ? AND deleted = 0 AND NOT EXISTS (SELECT 1 FROM shadow_product s WHERE s.uid = p.uid)
ORDER BY uid LIMIT ?
"""
_ORDERS_NOT_IN_SHADOW: Final = """
SELECT uid FROM online_order o WHERE final = 0 AND NOT EXISTS (SELECT 1 FROM shadow_order s WHERE s.uid = o.uid)
"""
# those of a pairing of before lie below 1
_EARLIER: Final = """
SELECT epoch, max(seq) FROM outbox WHERE epoch > 0 AND epoch < (SELECT epoch FROM shop) AND state <> 'waiting' AND payload <> x''
GROUP BY epoch ORDER BY epoch DESC LIMIT ?
"""
_SALES: Final = f"SELECT uid FROM sale WHERE uid IN {_IN}"


class LineMemoryQueries(QueryBase):
    """`services.ports.line.LineMemory`."""

    def price_marks(self) -> int:
        return int(self._row(_PRICE_MARKS)[0]) % MARKS

    def server_keys(self) -> dict[str, str]:
        return dict(self._rows(_KEYS))

    def countersigned(self) -> list[Countersigned]:
        return [Countersigned(*row) for row in self._rows(_COUNTERSIGNED, (_ALL_EPOCHS,))]

    def waiting_kinds(self) -> list[WaitingKind]:
        return [WaitingKind(*row) for row in self._rows(_WAITING_KINDS)]

    def set_aside(self, limit: int = 100) -> list[AsideRow]:
        return [AsideRow(*row) for row in self._rows(_ASIDE, (limit,))]

    def aside_operation(self, operation: str) -> AsideOperation | None:
        row = self._row(_ASIDE_OPERATION, (operation,))
        return AsideOperation(*row) if row else None

    def edit_outcomes(self, limit: int = 100) -> list[EditRow]:
        return [EditRow(*(*row[:-1], bool(row[-1]))) for row in self._rows(_EDITS, (limit,))]

    def known_products(self, product_uids: Sequence[str]) -> dict[str, Product]:
        found: dict[str, Product] = {}
        for uids in _portions(product_uids):
            with self._readers.moment():
                heads = self._rows(_HEADS, uids)
                if not heads:
                    continue
                units, prices, codes = (_by_product(self._rows(sql, uids)) for sql in (_UNITS, _PRICES, _CODES))
            for head in heads:
                key = head[-1]
                found[head[0]] = made_product(head, units[key], prices[key], codes[key])
        return found

    def local_parts(self, product_uids: Sequence[str]) -> dict[str, tuple[int, int, bool, str]]:
        rows = [row for uids in _portions(product_uids) for row in self._rows(_PARTS, uids)]
        return {uid: (total, quantity, bool(review), consignor) for uid, total, quantity, review, consignor in rows}

    def reserved(self) -> dict[str, int]:
        return dict(self._rows(_RESERVED))

    def shadow_products(self, after: str, limit: int) -> list[ShadowRow]:
        return [ShadowRow(*row) for row in self._rows(_SHADOW, (after, limit))]

    def shadow_orders(self) -> list[ShadowRow]:
        return [ShadowRow(*row) for row in self._rows(_SHADOW_ORDERS)]

    def shadow_count(self) -> int:
        return int(self._row(_SHADOW_COUNT)[0])

    def not_in_shadow(self, after: str, limit: int) -> list[str]:
        return [row[0] for row in self._rows(_NOT_IN_SHADOW, (after, limit))]

    def orders_not_in_shadow(self) -> list[str]:
        return [row[0] for row in self._rows(_ORDERS_NOT_IN_SHADOW)]

    def missing_sales(self, sale_uids: Sequence[str]) -> list[str]:
        here = {row[0] for uids in _portions(sale_uids) for row in self._rows(_SALES, uids)}
        return [uid for uid in sale_uids if uid not in here]

    def earlier_epochs(self, limit: int) -> list[tuple[int, int]]:
        return [(row[0], row[1]) for row in self._rows(_EARLIER, (limit,))]

    def head_before(self, epoch: int, seq: int) -> str:
        row = self._row("SELECT chain_hash FROM outbox WHERE epoch = ? AND seq < ? ORDER BY seq DESC LIMIT 1", (epoch, seq))
        return row[0] if row else GENESIS


def _portions(uids: Sequence[str]) -> list[tuple[str, ...]]:
    return [
        (*uids[start : start + AT_ONCE], *("",) * (AT_ONCE - len(uids[start : start + AT_ONCE]))) for start in range(0, len(uids), AT_ONCE)
    ]


def _by_product(rows: Sequence[Any]) -> defaultdict[int, list[Any]]:
    """The rows without their first column, by it."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found
