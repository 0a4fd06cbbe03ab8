"""Goods in the store: whole products put in bulk, their codes, prices, search words and the counts that screens show.

On hand is never touched here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from pos.domain.barcode import CodeVerdict
from pos.domain.costing import UnitCost
from pos.domain.marks import marks_of
from pos.domain.product import Product, Unit
from pos.local_db.price_history import PriceHistory
from pos.local_db.ranks import rank_of, rank_of_deleted
from pos.local_db.stock_work import StockWork
from pos.local_db.triggers import PRODUCT_SEARCH
from pos.local_db.units import UNITS_PER_PRODUCT
from pos.local_db.words import kept_words
from pos.services.goods_views import CENTRAL, Author
from pos.services.views import GoodsFilter

COLUMNS: Final = (
    "rank, name, category, brand, size, drawing, base_unit, sell_unit, cost_total, cost_quantity, min_stock, online_buffer,"
    " listed_online, regulation, needs_review, deleted, version, coded, marks, consignor_uid"
)
_ADD: Final = f"INSERT INTO product ({COLUMNS}, uid, id) VALUES ({', '.join('?' * 22)})"
_CHANGE: Final = f"UPDATE product SET {', '.join(f'{name.strip()} = ?' for name in COLUMNS.split(','))} WHERE uid = ? AND id = ?"
_UNIT: Final = """
INSERT INTO product_unit (id, uid, product_id, position, name, factor) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_PRICE: Final = "INSERT INTO price (unit_id, kind, min_quantity, customer_group, amount, starts_at) VALUES (?, ?, ?, ?, ?, ?)"
_CODE: Final = "INSERT INTO barcode (key, unit_id, code, verdict, position) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_CLAIM: Final = "INSERT INTO code_claim (key, product_uid, unit_uid, code) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_FACETS: Final = "SELECT category, coded, listed_online, needs_review, deleted FROM product WHERE id = ?"
_WORDS: Final = "INSERT INTO product_search (rowid, words) VALUES (?, ?)"
_STOCK: Final = """
INSERT INTO stock (product_uid, min_stock) VALUES (?, ?)
ON CONFLICT (product_uid) DO UPDATE SET min_stock = excluded.min_stock WHERE min_stock <> excluded.min_stock
"""
_TOTAL: Final = """
INSERT INTO goods_total (kind, name, products) VALUES (?, ?, ?)
ON CONFLICT (kind, name) DO UPDATE SET products = products + excluded.products
"""
_CHUNK: Final = 400
"""Below SQLite's limit of variables in a statement."""

Facet: TypeAlias = tuple[str, str]
"""Kind and name of a count."""
_ALL, _NO_BARCODE, _NOT_ONLINE, _REVIEW = (
    ("filter", which.value) for which in (GoodsFilter.ALL, GoodsFilter.NO_BARCODE, GoodsFilter.NOT_ONLINE, GoodsFilter.REVIEW)
)


class Known(NamedTuple):
    """What the store holds of a product before it is put again."""

    uid: str
    id: int
    rank: int
    sold: int
    category: str
    coded: bool
    listed_online: bool
    needs_review: bool
    deleted: bool
    marks: int
    cost_total: int
    cost_quantity: int


_KNOWN: Final = f"SELECT {', '.join(Known._fields)} FROM product WHERE uid IN "


class _Totals:
    """How the counts of `goods_total` change."""

    def __init__(self) -> None:
        self._by: defaultdict[Facet, int] = defaultdict(int)

    def count(self, sign: int, category: str, coded: bool, listed_online: bool, needs_review: bool) -> None:
        """A product that is not deleted comes (1) or goes (-1)."""
        self._by["category", category] += sign
        self._by[_ALL] += sign
        if not coded:
            self._by[_NO_BARCODE] += sign
        if not listed_online:
            self._by[_NOT_ONLINE] += sign
        if needs_review:
            self._by[_REVIEW] += sign

    def mark(self, marks: int) -> None:
        """The sum of all prices' marks changes by this."""
        self._by["marks", "prices"] += marks

    def rows(self) -> list[tuple[str, str, int]]:
        return [(*facet, change) for facet, change in self._by.items() if change]


class _Rows:
    """The rows that a chunk of products comes to.

    Attributes:
        doubted: ids of products with a code or a unit that is another's.
        mistyped: ids of products with a code whose check digit is wrong.
        claims: codes that another product of the chunk holds, as rows of `code_claim`.
    """

    def __init__(self) -> None:
        self.units: list[tuple[Any, ...]] = []
        self.prices: list[tuple[Any, ...]] = []
        self.codes: list[tuple[Any, ...]] = []
        self.doubted: set[int] = set()
        self.mistyped: set[int] = set()
        self.claims: list[tuple[str, str, str, str]] = []
        self._holders: dict[str, int] = {}

    def add_units(self, product: Product, product_id: int) -> bool:
        """The ladder of a product with its prices and codes. Returns whether it has codes."""
        before = len(self.codes)
        for position, unit in enumerate(product.units):
            unit_id = product_id * UNITS_PER_PRODUCT + position
            self.units.append((unit_id, unit.uid, product_id, position, unit.name, unit.factor))
            self.prices += [(unit_id, p.kind.value, p.min_quantity, p.group, p.amount, p.starts_at) for p in unit.prices]
            # a product that is gone keeps its ladder for its history, and leaves its codes to others
            if unit.barcodes and not product.deleted:
                self._add_codes(unit, unit_id, product)
        return len(self.codes) > before

    def _add_codes(self, unit: Unit, unit_id: int, product: Product) -> None:
        product_id = unit_id // UNITS_PER_PRODUCT
        for place, code in enumerate(unit.barcodes):
            holder = self._holders.setdefault(code.key, unit_id)
            if holder == unit_id:
                self.codes.append((code.key, unit_id, code.code, code.verdict.value, place))
                if code.verdict is CodeVerdict.CHECK_DIGIT_WRONG:
                    self.mistyped.add(product_id)
            elif holder // UNITS_PER_PRODUCT != product_id:
                self.doubted.add(product_id)
                self.claims.append((code.key, product.uid, unit.uid, code.code))


class Goods(PriceHistory, StockWork):
    """The goods' part of a unit of work."""

    def put_products(self, products: Sequence[Product], author: Author | None = None) -> None:
        author = author or Author(CENTRAL, self._clock.now())
        latest = list({product.uid: product for product in products}.values())
        for start in range(0, len(latest), _CHUNK):
            self._put(latest[start : start + _CHUNK], author)
        self._counters.goods_version += 1

    def _put(self, products: Sequence[Product], author: Author) -> None:
        known = {row.uid: row for row in (Known(*row) for row in self._in(_KNOWN, [product.uid for product in products]))}
        marked = {product.uid: marks_of(product) for product in products}
        # the sum of its marks says whether any price of a product differs, without reading one
        repriced = [product for product in products if product.uid not in known or known[product.uid].marks != marked[product.uid]]
        old = self.old_prices({product.uid: known[product.uid].id for product in repriced if product.uid in known})
        self._forget_ladders(known.values())
        next_id = self._one("SELECT coalesce(max(id), 0) + 1 FROM product")[0]
        parts, added, changed, words = _Rows(), [], [], {}
        uid_of: dict[int, str] = {}
        totals = _Totals()
        for product in products:
            held = known.get(product.uid)
            product_id, sold = (held.id, held.sold) if held else (next_id, 0)
            uid_of[product_id] = product.uid
            coded = parts.add_units(product, product_id)
            review = product.needs_review or (held is None and product_id in parts.mistyped)
            rank = rank_of_deleted(product_id) if product.deleted else rank_of(sold, product_id)
            marks = marked[product.uid]
            totals.mark(marks - (held.marks if held else 0))
            row = _product_row(product, rank, review, coded, marks, product_id)
            if held is None:
                next_id += 1
                added.append(row)
            else:
                changed.append(row)
                if not held.deleted:
                    totals.count(-1, held.category, held.coded, held.listed_online, held.needs_review)
            if not product.deleted:
                totals.count(1, product.category, coded, product.listed_online, review)
            words[rank] = "" if product.deleted else search_words(product)
        self._run_many(_ADD, added)
        self._run_many(_CHANGE, changed)
        self._put_ladders(parts, uid_of)
        self.note_prices(repriced, old, author)
        self._run_many(_STOCK, [(product.uid, 0 if product.deleted else product.min_stock) for product in products])
        self._put_words([row.rank for row in known.values()], words)
        self._doubt(parts.doubted, totals)
        self.revalue([(product.uid, price) for product in products if (price := _new_price(product, known.get(product.uid)))])
        self._run_many(_TOTAL, totals.rows())
        if known:
            self._run("DELETE FROM goods_total WHERE products = 0")

    def _put_ladders(self, parts: _Rows, uid_of: Mapping[int, str]) -> None:
        """Units, prices and codes. Nearly always nothing stands in their way; where something does, it is looked at afterwards."""
        before = self._raw.total_changes
        self._run_many(_UNIT, parts.units)
        if self._raw.total_changes - before < len(parts.units):
            self._take_units(parts)
        self._run_many(_PRICE, parts.prices)
        before = self._raw.total_changes
        self._run_many(_CODE, parts.codes)
        if self._raw.total_changes - before < len(parts.codes):
            holders = dict(self._in("SELECT key, unit_id FROM barcode WHERE key IN ", [row[0] for row in parts.codes]))
            refused = [row for row in parts.codes if holders[row[0]] != row[1]]
            parts.doubted |= {row[1] // UNITS_PER_PRODUCT for row in refused}
            units = {row[0]: (uid_of[row[2]], row[1]) for row in parts.units}
            parts.claims += [(row[0], *units[row[1]], row[2]) for row in refused]
        self._run_many(_CLAIM, parts.claims)

    def _take_units(self, parts: _Rows) -> None:
        """A unit that another product had is of the one that was told last."""
        mine = {row[1]: row[0] for row in parts.units}
        rows = self._in("SELECT uid, id FROM product_unit WHERE uid IN ", list(mine))
        others = [unit_id for uid, unit_id in rows if mine[uid] != unit_id]
        self._run_many("DELETE FROM product_unit WHERE id = ?", [(unit_id,) for unit_id in others])
        self._run_many(_UNIT, parts.units)
        parts.doubted |= {unit_id // UNITS_PER_PRODUCT for unit_id in others}

    def _doubt(self, product_ids: Iterable[int], totals: _Totals) -> None:
        """Somebody is to look at these: a code or a unit of theirs is another product's."""
        for product_id in product_ids:
            *seen, deleted = self._one(_FACETS, (product_id,))
            if deleted:
                continue
            span = (product_id * UNITS_PER_PRODUCT, (product_id + 1) * UNITS_PER_PRODUCT)
            coded = self._one("SELECT EXISTS (SELECT 1 FROM barcode WHERE unit_id >= ? AND unit_id < ?)", span)[0]
            totals.count(-1, *seen)
            totals.count(1, seen[0], coded, seen[2], True)
            self._run("UPDATE product SET coded = ?, needs_review = 1 WHERE id = ?", (coded, product_id))

    def _put_words(self, old: Sequence[int], words: dict[int, str]) -> None:
        """Words by rank, "" for none; `old` are the ranks where the same products stood. Only what differs is written."""
        held = {row[0]: row[1] for row in self._in("SELECT rowid, words FROM product_search WHERE rowid IN ", old)}
        self._run_many("DELETE FROM product_search WHERE rowid = ?", [(rank,) for rank, text in held.items() if words.get(rank) != text])
        self._run_many(_WORDS, [(rank, text) for rank, text in words.items() if text and held.get(rank) != text])

    def _forget_ladders(self, known: Iterable[Known]) -> None:
        rows = list(known)
        spans = [(row.id * UNITS_PER_PRODUCT, (row.id + 1) * UNITS_PER_PRODUCT) for row in rows]
        # cascades to codes and prices
        self._run_many("DELETE FROM product_unit WHERE id >= ? AND id < ?", spans)
        self._run_many("DELETE FROM code_claim WHERE product_uid = ?", [(row.uid,) for row in rows])

    def _in(self, sql: str, values: Sequence[object]) -> list[Any]:
        """Rows of a statement that ends in `IN`, for however many values."""
        found: list[Any] = []
        for start in range(0, len(values), _CHUNK):
            part = values[start : start + _CHUNK]
            found += self._all(f"{sql}({', '.join('?' * len(part))})", tuple(part))
        return found

    def forget_goods(self) -> None:
        for table in ("barcode", "code_claim", "price", "product_unit", "product", "goods_total"):
            self._run(f"DELETE FROM {table}")
        # an FTS5 table is emptied row by row; a new one is there at once
        self._run("DROP TABLE product_search")
        self._run(PRODUCT_SEARCH)
        self._run("UPDATE stock SET min_stock = 0 WHERE min_stock <> 0")
        self._counters.goods_version += 1


def _new_price(product: Product, known: Known | None) -> UnitCost | None:
    """What a product costs, where it is said to be another rupiah than before."""
    if known is None or product.cost_quantity <= 0:
        return None
    price, before = UnitCost(product.cost_total, product.cost_quantity), UnitCost(known.cost_total, known.cost_quantity)
    return price if before.of <= 0 or before.share(price.of) != price.rupiah else None


def search_words(product: Product) -> str:
    """What the search knows a product by: name, brand, size and its codes. Never nothing: one that is called `-` has its uid."""
    codes = (code.code for unit in product.units for code in unit.barcodes)
    return kept_words((product.name, product.brand, product.size, *codes)) or product.uid


def _product_row(product: Product, rank: int, review: bool, coded: bool, marks: int, product_id: int) -> tuple[Any, ...]:
    """COLUMNS, then uid and id."""
    return (
        rank,
        product.name,
        product.category,
        product.brand,
        product.size,
        product.drawing,
        product.base_unit.value,
        product.sell_unit,
        product.cost_total,
        product.cost_quantity,
        product.min_stock,
        product.online_buffer,
        int(product.listed_online),
        product.regulation.value,
        int(review),
        int(product.deleted),
        product.version,
        int(coded),
        marks,
        product.consignor_uid,
        product.uid,
        product_id,
    )
