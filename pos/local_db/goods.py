"""Goods in the store: whole products put in bulk, their codes, prices and search words. On hand is never touched here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pos.domain.barcode import CodeVerdict
from pos.domain.product import Product
from pos.local_db.work_base import WorkBase

COLUMNS: Final = (
    "name, category, brand, size, drawing, base_unit, sell_unit, cost_total, cost_quantity, min_stock, online_buffer, listed_online,"
    " regulation, needs_review, deleted, version"
)
_PUT: Final = f"""
INSERT INTO product (id, uid, rank, {COLUMNS}) VALUES ({", ".join("?" * 19)})
ON CONFLICT (uid) DO UPDATE SET {", ".join(f"{c.strip()} = excluded.{c.strip()}" for c in COLUMNS.split(","))}
"""  # noqa: S608
_UNIT: Final = "INSERT INTO product_unit (id, uid, product_id, position, name, factor) VALUES (?, ?, ?, ?, ?, ?)"
_PRICE: Final = "INSERT INTO price (unit_id, kind, min_quantity, customer_group, amount, starts_at) VALUES (?, ?, ?, ?, ?, ?)"
_CODE: Final = "INSERT INTO barcode (key, unit_id, code, verdict) VALUES (?, ?, ?, ?)"
_WORDS: Final = "INSERT INTO product_search (rowid, words) VALUES (?, ?)"
_CHUNK: Final = 400
"""Below SQLite's limit of variables in a statement."""


class Goods(WorkBase):
    """The goods' part of a unit of work."""

    def put_products(self, products: Sequence[Product]) -> None:
        for start in range(0, len(products), _CHUNK):
            self._put(products[start : start + _CHUNK])

    def _put(self, products: Sequence[Product]) -> None:
        known = self._known([product.uid for product in products])
        self._forget_parts([row[0] for row in known.values()], [row[1] for row in known.values()])
        next_id, next_rank = self._one("SELECT coalesce(max(id), 0) + 1, coalesce(max(rank), 0) + 1 FROM product")
        unit_id = self._one("SELECT coalesce(max(id), 0) + 1 FROM product_unit")[0]
        taken = self._taken([code.key for product in products for unit in product.units for code in unit.barcodes])
        rows, units, prices, codes, words = [], [], [], [], []
        for product in products:
            if product.uid in known:
                product_id, rank = known[product.uid]
            else:
                product_id, rank = next_id, next_rank
                next_id, next_rank = next_id + 1, next_rank + 1
                known[product.uid] = (product_id, rank)
            doubted = False
            for position, unit in enumerate(product.units):
                units.append((unit_id, unit.uid, product_id, position, unit.name, unit.factor))
                prices += [(unit_id, p.kind.value, p.min_quantity, p.group, p.amount, p.starts_at) for p in unit.prices]
                for code in unit.barcodes:
                    doubted |= code.key in taken or code.verdict is CodeVerdict.CHECK_DIGIT_WRONG
                    if code.key not in taken:
                        taken.add(code.key)
                        codes.append((code.key, unit_id, code.code, code.verdict.value))
                unit_id += 1
            rows.append(_product_row(product, product_id, rank, doubted))
            if not product.deleted:
                words.append((rank, search_words(product)))
        self._run_many(_PUT, rows)
        self._run_many(_UNIT, units)
        self._run_many(_PRICE, prices)
        self._run_many(_CODE, codes)
        self._run_many(_WORDS, words)
        self._run_many(
            "INSERT INTO stock (product_uid, on_hand, movements) VALUES (?, 0, 0) ON CONFLICT DO NOTHING", [(p.uid,) for p in products]
        )

    def _known(self, uids: Sequence[str]) -> dict[str, tuple[int, int]]:
        sql = f"SELECT uid, id, rank FROM product WHERE uid IN ({_marks(uids)})"  # noqa: S608 -- only question marks
        return {row[0]: (row[1], row[2]) for row in self._all(sql, tuple(uids))}

    def _forget_parts(self, ids: Sequence[int], ranks: Sequence[int]) -> None:
        if ids:
            self._run(f"DELETE FROM product_unit WHERE product_id IN ({_marks(ids)})", tuple(ids))  # noqa: S608 -- cascades to codes, prices
            self._run(f"DELETE FROM product_search WHERE rowid IN ({_marks(ranks)})", tuple(ranks))  # noqa: S608

    def _taken(self, keys: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(keys), _CHUNK):
            part = keys[start : start + _CHUNK]
            found |= {row[0] for row in self._all(f"SELECT key FROM barcode WHERE key IN ({_marks(part)})", tuple(part))}  # noqa: S608
        return found

    def forget_goods(self) -> None:
        self._run("DELETE FROM product")
        self._run("DELETE FROM product_search")

    def refresh_ranks(self) -> int:
        """Order products by units sold, most first, and rebuild the search in that order. Returns how many changed place."""
        self._run(
            "UPDATE product SET sold = coalesce((SELECT sum(l.quantity) FROM sale_line l WHERE l.product_uid = product.uid), 0)"
            if self._one("SELECT EXISTS (SELECT 1 FROM sale_line)")[0]
            else "UPDATE product SET sold = 0 WHERE sold <> 0"
        )
        order = self._all("SELECT id, rank FROM product ORDER BY sold DESC, rank")
        moved = [(place, row[0]) for place, row in enumerate(order, start=1) if row[1] != place]
        if not moved:
            return 0
        words = dict(self._all("SELECT p.id, s.words FROM product p JOIN product_search s ON s.rowid = p.rank").__iter__())  # type: ignore[arg-type]
        self._run_many("UPDATE product SET rank = -? WHERE id = ?", moved)
        self._run("UPDATE product SET rank = -rank WHERE rank < 0")
        self._run("DELETE FROM product_search")
        self._run_many(_WORDS, [(place, words[row[0]]) for place, row in enumerate(order, start=1) if row[0] in words])
        return len(moved)


def search_words(product: Product) -> str:
    """What the search knows a product by: name, brand, size and its codes."""
    codes = " ".join(code.code for unit in product.units for code in unit.barcodes)
    return " ".join(part for part in (product.name, product.brand, product.size, codes) if part)


def _product_row(product: Product, product_id: int, rank: int, doubted: bool) -> tuple[Any, ...]:
    return (
        product_id,
        product.uid,
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
        int(product.needs_review or doubted),
        int(product.deleted),
        product.version,
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
