"""The product's own demo catalogue: some 200 common goods of a toko kelontong, as products. Reads its one CSV; stores nothing.

Columns of `pos/resources/catalogue/demo.csv`: `units` is the ladder from small to large (`sachet:1;renteng:10;dus:120`), `barcodes`
and `prices` name a unit (`sachet=8991002105485`, rupiah for one), `wholesale` a unit and from how many on (`bungkus@10=3300`), `cost` is
rupiah for one `sell_unit`, `stock` and `min_stock` are base units (pcs, gram, ml). The best-sellers stand first.
"""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from pathlib import Path

from pos.domain.barcode import judge, match_key
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.services.ports import Ids


def load_demo_goods(path_or_text: Path | str, ids: Ids) -> list[tuple[Product, int]]:
    """(product, opening stock in base units) of a catalogue given as a path or as its text: what `put_catalogue` takes.

    Raises:
        ValueError, KeyError: the catalogue is wrong, which is a bug of the product.
    """
    text = path_or_text.read_text(encoding="utf-8") if isinstance(path_or_text, Path) else path_or_text
    return [(_product(row, ids), int(row["stock"])) for row in csv.DictReader(io.StringIO(text))]


def demo_catalogue() -> str:
    """The catalogue that the product ships, as text."""
    return (files("pos.resources") / "catalogue" / "demo.csv").read_text(encoding="utf-8")


def _product(row: dict[str, str], ids: Ids) -> Product:
    ladder = {name: int(factor) for name, factor in _pairs(row["units"], ":")}
    sold = row["sell_unit"]
    prices: dict[str, list[Price]] = {name: [] for name in ladder}
    for name, amount in _pairs(row["prices"], "="):
        prices[name].append(Price(PriceKind.RETAIL, int(amount)))
    for rule, amount in _pairs(row["wholesale"], "="):
        name, start = rule.split("@")
        prices[name].append(Price(PriceKind.WHOLESALE, int(amount), int(start)))
    codes: dict[str, list[Barcode]] = {name: [] for name in ladder}
    for name, code in _pairs(row["barcodes"], "="):
        codes[name].append(Barcode(code, match_key(code), judge(code)))
    return Product(
        ids.new(),
        row["name"],
        row["category"],
        BaseUnit(row["base_unit"]),
        tuple(Unit(ids.new(), name, factor, tuple(prices[name]), tuple(codes[name])) for name, factor in ladder.items()),
        sell_unit=list(ladder).index(sold),
        brand=row["brand"],
        size=row["size"],
        drawing=row["drawing"],
        cost_total=int(row["cost"]),
        cost_quantity=ladder[sold],
        min_stock=int(row["min_stock"]),
        listed_online=row["listed_online"] == "ya",
        regulation=Regulation(row["regulation"] or "none"),
    )


def _pairs(cell: str, sign: str) -> list[tuple[str, str]]:
    """`a=1;b=2` -> [(a, 1), (b, 2)]; an empty cell is none."""
    return [(left, right) for left, _, right in (part.partition(sign) for part in cell.split(";") if part)]
