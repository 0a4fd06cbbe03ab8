"""Does everything still add up? Recomputes what the store keeps and compares. Slow: reads every row; changes nothing.

Each check has a name for the health page and the doctor; what exactly differs goes to the log, as counts and ids without personal data.
"""

from __future__ import annotations

import base64
import logging
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, Final

from pos.domain.chain import GENESIS, audit_head, countersigned_text, operation_head, payload_hash
from pos.local_db import check_goods, check_paying, check_people, check_stock, check_suppliers
from pos.local_db.engine import Readers
from pos.local_db.report_check import wrong_sums

_log = logging.getLogger(__name__)

INTEGRITY: Final = "integrity"
STOCK_TOTALS: Final = "stock_totals"
STOCK_COSTS: Final = "stock_costs"
GOODS_TOTALS: Final = "goods_totals"
SALE_SUMS: Final = "sale_sums"
DRAWER_SUMS: Final = "drawer_sums"
CREDIT_TOTALS: Final = "credit_totals"
SUPPLIER_TOTALS: Final = "supplier_totals"
AUDIT_CHAIN: Final = "audit_chain"
OUTBOX_CHAIN: Final = "outbox_chain"
COUNTERSIGNED: Final = "countersigned"
PEOPLE: Final = "people"
Z_REPORTS: Final = "z_reports"
REPORT_SUMS: Final = "report_sums"
PRICE_HISTORY: Final = "price_history"
TWINS: Final = "twins"

_STOCK: Final = """
SELECT 'stock of ' || product_uid FROM (
  SELECT product_uid, sum(quantity) AS on_hand, count(*) AS movements FROM stock_movement GROUP BY product_uid
  UNION ALL SELECT product_uid, -on_hand, -movements FROM stock
) GROUP BY product_uid HAVING sum(on_hand) <> 0 OR sum(movements) <> 0
UNION ALL SELECT 'total' FROM total WHERE movements <> (SELECT count(*) FROM stock_movement)
  OR on_hand <> (SELECT coalesce(sum(quantity), 0) FROM stock_movement) OR sales <> (SELECT count(*) FROM sale)
UNION ALL SELECT 'minimum of ' || s.product_uid FROM stock s LEFT JOIN product p ON p.uid = s.product_uid AND p.deleted = 0
  WHERE s.min_stock <> coalesce(p.min_stock, 0)
"""
_GOODS: Final = """
SELECT 'count of ' || kind || ' ' || name FROM (
  SELECT kind, name, products FROM goods_total
  UNION ALL SELECT 'category', category, -count(*) FROM product WHERE deleted = 0 GROUP BY category
  UNION ALL SELECT 'filter', 'all', -count(*) FROM product WHERE deleted = 0
  UNION ALL SELECT 'filter', 'no_barcode', -count(*) FROM product WHERE deleted = 0 AND coded = 0
  UNION ALL SELECT 'filter', 'not_online', -count(*) FROM product WHERE deleted = 0 AND listed_online = 0
  UNION ALL SELECT 'filter', 'review', -count(*) FROM product WHERE deleted = 0 AND needs_review = 1
  UNION ALL SELECT 'marks', 'prices', -sum(marks) FROM product
) GROUP BY kind, name HAVING sum(products) <> 0
UNION ALL SELECT 'search of ' || p.uid FROM product p WHERE (p.deleted = 0) <> EXISTS (SELECT 1 FROM product_search WHERE rowid = p.rank)
UNION ALL SELECT 'codes of ' || p.uid FROM product p WHERE p.coded <> EXISTS (
  SELECT 1 FROM barcode WHERE unit_id >= p.id * 1024 AND unit_id < (p.id + 1) * 1024)
"""
_SALES: Final = (
    """
SELECT 'total of ' || s.uid FROM sale s WHERE s.total <> s.rounding + (SELECT coalesce(sum(amount), 0) FROM sale_line WHERE sale_id = s.id)
  OR s.total <> (SELECT coalesce(sum(amount), 0) FROM payment WHERE sale_id = s.id)
UNION ALL SELECT 'line of ' || s.uid FROM sale s JOIN sale_line l ON l.sale_id = s.id
  WHERE l.amount + l.discount <> CASE WHEN l.unit_price * l.quantity >= 0 THEN (2 * l.unit_price * l.quantity + l.factor) / (2 * l.factor)
    ELSE -((-2 * l.unit_price * l.quantity + l.factor) / (2 * l.factor)) END
UNION ALL SELECT 'change of ' || s.uid FROM sale s JOIN payment y ON y.sale_id = s.id
  WHERE y.tender = 'cash' AND y.received - y.change <> y.amount
UNION ALL SELECT 'movements of ' || s.uid FROM sale s JOIN sale_line l ON l.sale_id = s.id
  LEFT JOIN stock_movement m ON m.cause = s.uid AND m.position = l.position
  WHERE m.quantity IS NOT -l.quantity OR m.product_uid <> l.product_uid
"""
    + check_paying.CORRECTIONS
)
_DRAWERS: Final = """
SELECT 'drawer of ' || d.session_uid FROM drawer d JOIN cash_session c ON c.uid = d.session_uid
LEFT JOIN cash_session_close e ON e.session_uid = c.uid
WHERE d.cash <> c.float_amount + (SELECT coalesce(sum(amount), 0) FROM cash_movement WHERE session_uid = c.uid)
    + (SELECT coalesce(sum(y.amount), 0) FROM sale s JOIN payment y ON y.sale_id = s.id WHERE s.session_uid = c.uid AND y.tender = 'cash')
    - (SELECT coalesce(sum(amount), 0) FROM credit_entry WHERE session_uid = c.uid AND tender = 'cash')
  OR d.sales <> (SELECT count(*) FROM sale WHERE session_uid = c.uid AND kind = 'sale')
  OR d.turnover <> (SELECT coalesce(sum(total), 0) FROM sale WHERE session_uid = c.uid)
  OR d.open = (e.session_uid IS NOT NULL) OR e.expected <> d.cash
UNION ALL SELECT 'no drawer of ' || uid FROM cash_session WHERE uid NOT IN (SELECT session_uid FROM drawer)
"""

_AUDITED: Final = """
SELECT uid, total FROM sale EXCEPT SELECT subject, json_extract(details, '$.total') FROM audit WHERE action IN ('sale', 'void', 'refund')
UNION ALL SELECT * FROM (
  SELECT subject, json_extract(details, '$.total') FROM audit WHERE action IN ('sale', 'void', 'refund') EXCEPT SELECT uid, total FROM sale)
"""
"""Each sale has its entry with its total: one without was slipped in, an entry without its sale shows that it was taken out."""


def failed_checks(readers: Readers) -> list[str]:
    """Names of the checks that failed, in a fixed order; empty is well."""
    connection = readers.connection()
    with readers.moment():
        return [name for name, check in _CHECKS.items() if _fails(name, check, connection)]


def _fails(name: str, check: Callable[[sqlite3.Connection], Iterable[str]], connection: sqlite3.Connection) -> bool:
    try:
        found = next(iter(check(connection)), None)
    except sqlite3.DatabaseError as error:
        # a torn page shows wherever it is read first
        found = str(error)
    if found is not None:
        _log.error("check %s: %s", name, found)
    return found is not None


def _query(sql: str) -> Callable[[sqlite3.Connection], Iterable[str]]:
    return lambda connection: (row[0] for row in connection.execute(sql))


def _integrity(connection: sqlite3.Connection) -> Iterable[str]:
    yield from (row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok")
    yield from (f"row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check"))


def _audit(connection: sqlite3.Connection) -> Iterable[str]:
    head = GENESIS
    for number, *fields, prev, kept in connection.execute(
        "SELECT id, at, actor, action, subject, details, prev_hash, hash FROM audit ORDER BY id"
    ):
        if prev != head or audit_head(head, *fields) != kept:
            yield f"entry {number}"
        head = kept
    yield from (f"sale {row[0]}" for row in connection.execute(_AUDITED))


def _outbox(connection: sqlite3.Connection) -> Iterable[str]:
    present = connection.execute("SELECT epoch FROM shop").fetchone()[0]
    heads: dict[int, tuple[int, str]] = {}
    rows: Iterable[Any] = connection.execute(
        "SELECT epoch, seq, id, kind, at, payload, payload_hash, chain_hash FROM outbox ORDER BY epoch, seq"
    )
    for epoch, seq, key, kind, at, payload, digest, kept in rows:
        before, head = heads.get(epoch, (0, GENESIS))
        # payloads are dropped long after the server has them; their hashes stay
        whole = payload == b"" or (isinstance(payload, bytes) and payload_hash(payload) == digest)
        if seq == before + 1:
            whole = whole and operation_head(head, key, seq, kind, at, digest) == kept
        elif epoch == present:
            # only from an epoch that is over may operations have moved on to the next one
            whole = False
        if not whole:
            yield f"operation {key}"
        heads[epoch] = seq, kept
    waiting = "SELECT waiting FROM total WHERE waiting <> (SELECT count(*) FROM outbox WHERE state = 'waiting')"
    yield from (f"count of waiting {row[0]}" for row in connection.execute(waiting))


_SIGNED: Final = """
SELECT c.told_epoch, c.device, c.seq, c.head, c.signature, o.chain_hash,
  coalesce((SELECT public_key FROM server_key WHERE id = c.key_id), CASE WHEN c.key_id = '' THEN s.server_key END, '')
FROM countersigned c CROSS JOIN shop s LEFT JOIN outbox o ON o.epoch = c.epoch AND o.seq = c.seq
"""


def _countersigned(connection: sqlite3.Connection) -> Iterable[str]:
    """The heads that the server has signed are those of our chain, and the signatures are the server's. An operation that has moved on to
    a later epoch has left no row behind."""
    for epoch, device, seq, head, signature, ours, key in connection.execute(_SIGNED):
        if (ours is not None and ours != head) or (key and not _is_signed(key, signature, countersigned_text(device, epoch, seq, head))):
            yield f"head at {seq} of epoch {epoch}"


def _is_signed(public_key: str, signature: str, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_unpacked(public_key)).verify(_unpacked(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_CHECKS: Final[dict[str, Callable[[sqlite3.Connection], Iterable[str]]]] = {
    INTEGRITY: _integrity,
    STOCK_TOTALS: _query(_STOCK),
    STOCK_COSTS: _query(check_stock.COSTS),
    GOODS_TOTALS: _query(_GOODS),
    SALE_SUMS: _query(_SALES),
    DRAWER_SUMS: _query(_DRAWERS),
    CREDIT_TOTALS: _query(check_paying.CREDIT),
    SUPPLIER_TOTALS: _query(check_suppliers.SUPPLIERS),
    AUDIT_CHAIN: _audit,
    OUTBOX_CHAIN: _outbox,
    COUNTERSIGNED: _countersigned,
    PEOPLE: check_people.people,
    Z_REPORTS: check_people.reports,
    REPORT_SUMS: wrong_sums,
    PRICE_HISTORY: _query(check_goods.PRICES),
    TWINS: _query(check_goods.TWINS),
}
