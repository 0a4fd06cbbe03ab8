"""Reads of goods: what a scan sells, tiles, the goods list and its counts, whole products. Each a few look-ups, at any number of goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pos.domain.barcode import CodeVerdict, match_key
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, SellableUnit, Unit
from pos.domain.quantity import BaseUnit
from pos.local_db.query_base import QueryBase
from pos.local_db.units import UNITS_PER_PRODUCT
from pos.services.goods_views import PHOTO
from pos.services.views import GoodsFilter, GoodsHit, GoodsRow

_KINDS: Final = {kind.value: kind for kind in PriceKind}
_BASE_UNITS: Final = {unit.value: unit for unit in BaseUnit}
_REGULATIONS: Final = {rule.value: rule for rule in Regulation}

LOOKS: Final = f"CASE p.picture WHEN '' THEN p.drawing ELSE '{PHOTO}' || p.picture END"
"""Its photo where it has one, else the name of its drawing."""

_UNIT: Final = """
SELECT p.uid, u.uid, p.name, u.name, u.factor, p.base_unit, p.category, {looks}, p.size, s.on_hand, p.cost_total, p.cost_quantity,
  p.regulation, r.kind, r.amount, r.min_quantity, r.customer_group, r.starts_at
FROM {start} CROSS JOIN product p ON p.id = u.product_id CROSS JOIN stock s ON s.product_uid = p.uid LEFT JOIN price r ON r.unit_id = u.id
WHERE {key} = ? AND p.deleted = 0
"""
_UNIT_OF_CODE: Final = _UNIT.format(looks=LOOKS, start="barcode b CROSS JOIN product_unit u ON u.id = b.unit_id", key="b.key")
_UNIT_OF_UID: Final = _UNIT.format(looks=LOOKS, start="product_unit u", key="u.uid")

_SOLD_AS: Final = f"""
CROSS JOIN product_unit u ON u.id = p.id * {UNITS_PER_PRODUCT} + p.sell_unit CROSS JOIN stock s ON s.product_uid = p.uid
"""
_PRICE_NOW: Final = """
coalesce((SELECT amount FROM price WHERE unit_id = u.id AND kind = 'retail' AND min_quantity = 1 AND customer_group = '' AND starts_at <= ?
  ORDER BY starts_at DESC LIMIT 1), 0)
"""
_HIT: Final = f"p.uid, u.uid, p.name, p.category, p.size, {LOOKS}, u.name, u.factor, {_PRICE_NOW}, s.on_hand"
HITS_OF_MATCH: Final = f"""
SELECT {_HIT} FROM product_search f CROSS JOIN product p ON p.rank = f.rowid {_SOLD_AS} WHERE f.product_search MATCH ?
ORDER BY f.rowid LIMIT ?
"""
"""Parameters: UTC ms, an FTS5 expression, how many."""
_TILES: Final = f"SELECT {_HIT} FROM product p {_SOLD_AS} WHERE p.rank > 0 ORDER BY p.rank LIMIT ? OFFSET ?"
_TILES_OF: Final = f"SELECT {_HIT} FROM product p {_SOLD_AS} WHERE p.category = ? AND p.rank > 0 ORDER BY p.rank LIMIT ? OFFSET ?"

_WHOLESALE: Final = """
(SELECT {what} FROM price WHERE unit_id = u.id AND kind = 'wholesale' AND customer_group = '' AND starts_at <= ?
  ORDER BY min_quantity, starts_at DESC LIMIT 1)
"""
_FIRST_CODE: Final = f"""
coalesce((SELECT code FROM barcode WHERE unit_id = u.id ORDER BY position LIMIT 1),
  (SELECT code FROM barcode WHERE unit_id >= p.id * {UNITS_PER_PRODUCT} AND unit_id < (p.id + 1) * {UNITS_PER_PRODUCT} LIMIT 1), '')
"""
_GOODS: Final = f"""
SELECT p.uid, p.name, p.category, p.size, {LOOKS}, {_FIRST_CODE}, u.name, u.factor, {_PRICE_NOW}, {_WHOLESALE.format(what="amount")},
  {_WHOLESALE.format(what="min_quantity")}, s.on_hand, p.min_stock, p.listed_online, p.needs_review
FROM (%s) page CROSS JOIN product p ON p.id = page.id {_SOLD_AS} ORDER BY p.rank
"""
_IS_LOW: Final = "w.min_stock > 0 AND w.on_hand < w.min_stock AND w.product_uid > ''"
_WHICH: Final = {
    GoodsFilter.ALL: "p.rank > 0",
    GoodsFilter.NO_BARCODE: "p.rank > 0 AND p.coded = 0",
    GoodsFilter.NOT_ONLINE: "p.rank > 0 AND p.listed_online = 0",
    GoodsFilter.REVIEW: "p.rank > 0 AND p.needs_review = 1",
    GoodsFilter.LOW: f"EXISTS (SELECT 1 FROM stock w WHERE w.product_uid = p.uid AND {_IS_LOW})",
}
_PAGE: Final = "SELECT p.id FROM product p WHERE {which} ORDER BY p.rank LIMIT ? OFFSET ?"
_PAGE_LOW: Final = f"""
SELECT p.id FROM stock w CROSS JOIN product p ON p.uid = w.product_uid WHERE {_IS_LOW} ORDER BY p.rank LIMIT ? OFFSET ?
"""
_PAGE_OF_MATCH: Final = """
SELECT p.id FROM product_search f CROSS JOIN product p ON p.rank = f.rowid WHERE f.product_search MATCH ? AND {which}
ORDER BY f.rowid LIMIT ? OFFSET ?
"""
_COUNT_LOW: Final = f"SELECT count(*) FROM stock w WHERE {_IS_LOW}"
_COUNT_OF_MATCH: Final = """
SELECT count(*) FROM product_search f CROSS JOIN product p ON p.rank = f.rowid WHERE f.product_search MATCH ? AND {which}
"""
_ROWS_AT_ONCE: Final = 400
PRODUCT_COLUMNS: Final = (
    "uid, name, category, base_unit, sell_unit, brand, size, drawing, cost_total, cost_quantity, min_stock, online_buffer, listed_online,"
    " regulation, needs_review, deleted, version, consignor_uid, id"
)
"""What `made_product` reads of the product itself."""
_PRODUCT: Final = f"SELECT {PRODUCT_COLUMNS} FROM product WHERE uid = ?"
_PRICES_OF: Final = """
SELECT u.uid, r.kind, r.amount, r.min_quantity, r.customer_group, r.starts_at FROM product_unit u CROSS JOIN price r ON r.unit_id = u.id
"""
_CODES: Final = """
SELECT b.key, p.uid FROM barcode b CROSS JOIN product_unit u ON u.id = b.unit_id CROSS JOIN product p ON p.id = u.product_id
"""


class GoodsQueries(QueryBase):
    """The goods' part of `services.ports.Queries`."""

    def find_unit(self, code: str) -> SellableUnit | None:
        return _sellable(self._rows(_UNIT_OF_CODE, (match_key(code),)))

    def unit(self, unit_uid: str) -> SellableUnit | None:
        return _sellable(self._rows(_UNIT_OF_UID, (unit_uid,)))

    def tiles(self, category: str, limit: int, offset: int = 0) -> list[GoodsHit]:
        now = self._clock.now()
        rows = self._rows(_TILES_OF, (now, category, limit, offset)) if category else self._rows(_TILES, (now, limit, offset))
        return [GoodsHit(*row) for row in rows]

    def categories(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = self._rows(
            "SELECT name, products FROM goods_total WHERE kind = 'category' ORDER BY products DESC, name"
        )
        return found

    def goods_page(self, which: GoodsFilter, match: str | None, offset: int, limit: int) -> list[GoodsRow]:
        """Rows of a filter, most sold first; with `match` (an FTS5 expression) only those that it finds."""
        now = self._clock.now()
        page, values = _page_of(which, match, limit, offset)
        return [_goods_row(row) for row in self._rows(_GOODS % page, (now, now, now, *values))]

    def uids_of_page(self, which: GoodsFilter, match: str | None) -> list[str]:
        """uids of all rows of a filter, in their order."""
        page, values = _page_of(which, match, -1, 0)
        rows = self._rows(f"SELECT p.uid FROM ({page}) page CROSS JOIN product p ON p.id = page.id ORDER BY p.rank", values)
        return [row[0] for row in rows]

    def goods_rows(self, product_uids: Sequence[str]) -> list[GoodsRow]:
        now = self._clock.now()
        found: dict[str, GoodsRow] = {}
        for start in range(0, len(product_uids), _ROWS_AT_ONCE):
            part = tuple(product_uids[start : start + _ROWS_AT_ONCE])
            page = f"SELECT p.id FROM product p WHERE p.rank > 0 AND p.uid IN ({', '.join('?' * len(part))})"
            found |= {row[0]: _goods_row(row) for row in self._rows(_GOODS % page, (now, now, now, *part))}
        return [found[uid] for uid in product_uids if uid in found]

    def goods_found(self, which: GoodsFilter, match: str) -> int:
        """How many goods of a filter an FTS5 expression finds."""
        found: int = self._row(_COUNT_OF_MATCH.format(which=_WHICH[which]), (match,))[0]
        return found

    def goods_counts(self) -> dict[GoodsFilter, int]:
        with self._readers.moment():
            kept = dict(self._rows("SELECT name, products FROM goods_total WHERE kind = 'filter'"))
            low = self._row(_COUNT_LOW)[0]
        return {which: low if which is GoodsFilter.LOW else kept.get(which.value, 0) for which in GoodsFilter}

    def product(self, product_uid: str) -> Product | None:
        with self._readers.moment():
            head = self._row(_PRODUCT, (product_uid,))
            if head is None:
                return None
            span = (head[-1] * UNITS_PER_PRODUCT, (head[-1] + 1) * UNITS_PER_PRODUCT)
            units = self._rows("SELECT id, uid, name, factor FROM product_unit WHERE id >= ? AND id < ? ORDER BY id", span)
            prices = self._rows(
                "SELECT unit_id, kind, amount, min_quantity, customer_group, starts_at FROM price WHERE unit_id >= ? AND unit_id < ?", span
            )
            codes = self._rows("SELECT unit_id, code, key, verdict FROM barcode WHERE unit_id >= ? AND unit_id < ? ORDER BY position", span)
        return made_product(head, units, prices, codes)

    def on_hand(self, product_uid: str) -> int:
        row = self._row("SELECT on_hand FROM stock WHERE product_uid = ?", (product_uid,))
        return row[0] if row else 0

    def prices_of(self, unit_uids: Sequence[str]) -> dict[str, tuple[Price, ...]]:
        found: dict[str, list[Price]] = {}
        marks = ", ".join("?" * len(unit_uids))
        for row in self._rows(f"{_PRICES_OF} WHERE u.uid IN ({marks})", tuple(unit_uids)):
            found.setdefault(row[0], []).append(Price(_KINDS[row[1]], *row[2:]))
        return {uid: tuple(prices) for uid, prices in found.items()}

    def product_of_code(self, key: str) -> str | None:
        row = self._row(f"{_CODES} WHERE b.key = ?", (key,))
        return row[1] if row else None

    def codes_in_use(self) -> dict[str, str]:
        return dict(self._rows(_CODES))


def _page_of(which: GoodsFilter, match: str | None, limit: int, offset: int) -> tuple[str, tuple[object, ...]]:
    """The statement that gives a page's product ids, with its values. A `limit` of -1 is none."""
    if match is not None:
        return _PAGE_OF_MATCH.format(which=_WHICH[which]), (match, limit, offset)
    if which is GoodsFilter.LOW:
        return _PAGE_LOW, (limit, offset)
    return _PAGE.format(which=_WHICH[which]), (limit, offset)


def _goods_row(row: Sequence[Any]) -> GoodsRow:
    return GoodsRow(*(*row[:-2], bool(row[-2]), bool(row[-1])))


def _sellable(rows: Sequence[Any]) -> SellableUnit | None:
    """A unit of its rows, one for each of its prices (or one without any)."""
    if not rows:
        return None
    (product, unit, name, unit_name, factor, base, category, drawing, size, on_hand, cost, cost_quantity, rule, *_) = rows[0]
    prices = tuple([Price(_KINDS[row[13]], row[14], row[15], row[16], row[17]) for row in rows if row[13] is not None])
    return SellableUnit(
        product,
        unit,
        name,
        unit_name,
        factor,
        prices,
        _BASE_UNITS[base],
        category,
        drawing,
        size,
        on_hand,
        cost,
        cost_quantity,
        _REGULATIONS[rule],
    )


def made_product(head: Sequence[Any], units: Sequence[Any], prices: Sequence[Any], codes: Sequence[Any]) -> Product:
    """A product of its rows: PRODUCT_COLUMNS; (id, uid, name, factor); (unit id, kind, amount, minimum, group, start); (unit id, code, key,
    verdict)."""
    ladder = tuple(
        Unit(
            uid,
            name,
            factor,
            tuple(Price(_KINDS[row[1]], *row[2:]) for row in prices if row[0] == key),
            tuple(Barcode(row[1], row[2], CodeVerdict(row[3])) for row in codes if row[0] == key),
        )
        for key, uid, name, factor in units
    )
    return Product(
        head[0],
        head[1],
        head[2],
        _BASE_UNITS[head[3]],
        ladder,
        sell_unit=head[4],
        brand=head[5],
        size=head[6],
        drawing=head[7],
        cost_total=head[8],
        cost_quantity=head[9],
        min_stock=head[10],
        online_buffer=head[11],
        listed_online=bool(head[12]),
        regulation=_REGULATIONS[head[13]],
        needs_review=bool(head[14]),
        deleted=bool(head[15]),
        version=head[16],
        consignor_uid=head[17],
    )
