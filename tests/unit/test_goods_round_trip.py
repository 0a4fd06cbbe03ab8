"""What the shop writes out comes back as the same goods, whatever they are called."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.barcode import judge, match_key
from pos.domain.category import OTHER
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.services.drafts import product_from_draft
from pos.services.sheet_import import preview_sheet
from pos.services.sheets.cells import clean
from pos.services.sheets.goods_table import goods_table, prices_now
from pos.services.sheets.writing import write_table
from tests.helpers.ids import CountingIds
from tests.helpers.sheets import gtin13, upc

NOW = 1_795_564_800_000
EXAMPLES = int(os.environ.get("POS_ROUND_TRIPS", "25"))
AWKWARD = (
    "=cmd|' /C calc'!A0",
    "+62 Kopi",
    "-",
    "-18 Rokok",
    "@SUM(A1)",
    "\tTab",
    "'90an Permen",
    "''dua",
    "Total",
    "null",
    "00123",
    "8998866200325",
    'Kopi; susu, "enak"|x',
    "dua  spasi ",
    "Jumlah",
    "baris\nbaru",
    "Café Ünïcode ☕",
    "12.500",
    "1e5",
)
names = st.sampled_from(AWKWARD) | st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: bool(clean(text).strip())
)
codes = (
    st.sampled_from(("001", "xxxx", "=1+1", "-5", "0899 123", "1234-5678", "89686010947"))
    | st.integers(1, 10**6).map(gtin13)
    | st.integers(1, 10**5).map(upc)
)
unit_names = st.sampled_from(("pcs", "bks", "Bungkus", "dus isi 40", 'a"b', "x;y", "kg", "=dus", "'l", "lusin", "-", "12", "sak 5/kg"))
later = st.sampled_from((0, 0, 0, NOW + 86_400_000, NOW + 123))


@st.composite
def products(draw: st.DrawFn) -> tuple[Product, int]:
    number = draw(st.integers(0, 10**6))
    rungs = draw(st.lists(unit_names, min_size=1, max_size=4, unique=True))
    factors = sorted(
        draw(st.lists(st.sampled_from((1, 3, 10, 12, 40, 1000, 25_000)), min_size=len(rungs), max_size=len(rungs), unique=True))
    )
    sold = draw(st.integers(0, len(rungs) - 1))
    retail = draw(st.integers(1, 99_999_999))
    units = []
    for place, (name, factor) in enumerate(zip(rungs, factors, strict=True)):
        prices = {Price(PriceKind.RETAIL, retail)} if place == sold else set()
        for rule in draw(
            st.lists(st.tuples(st.sampled_from((2, 10, 12)), later, st.integers(0, 10**9)), max_size=2, unique_by=lambda r: r[:2])
        ):
            prices.add(Price(PriceKind.WHOLESALE, rule[2], rule[0], starts_at=rule[1]))
        for group in draw(st.lists(st.sampled_from(("langganan", "RT 5; RW 2", 'ibu "A"')), max_size=2, unique=True)):
            prices.add(Price(PriceKind.GROUP, draw(st.integers(0, 10**9)), draw(st.sampled_from((1, 6))), group, draw(later)))
        held = draw(st.lists(codes, max_size=2, unique_by=match_key))
        units.append(
            Unit(f"{number}-{place}", name, factor, tuple(prices), tuple(Barcode(code, match_key(code), judge(code)) for code in held))
        )
    regulation = draw(st.sampled_from(list(Regulation)))
    made = Product(
        f"{number:032x}",
        draw(names),
        draw(names | st.sampled_from(("SABUN", "sabun", "Mi", "iPhone"))),
        draw(st.sampled_from(list(BaseUnit))),
        tuple(units),
        sell_unit=sold,
        brand=draw(names | st.just("")),
        size=draw(st.sampled_from(("", "85 g", "40", "=1", "-"))),
        drawing=draw(st.sampled_from(("", "kopi", "mi"))),
        cost_total=draw(st.integers(0, 10**7)),
        cost_quantity=draw(st.sampled_from((0, 1, 3, 40))),
        min_stock=draw(st.integers(0, 5_000)),
        online_buffer=draw(st.integers(0, 20)),
        listed_online=regulation is not Regulation.TOBACCO and draw(st.booleans()),
        regulation=regulation,
    )
    return made, draw(st.integers(0, 10**7))


def told(product: Product, stock: int) -> tuple[object, ...]:
    """All of a product that a list can say, its drawing aside where it has none: that is guessed."""
    cost = Fraction(product.cost_total, product.cost_quantity) if product.cost_quantity else None
    units = dict(prices_now(product, NOW))
    ladder = [(unit.name, unit.factor, frozenset(units[unit.uid]), tuple(code.key for code in unit.barcodes)) for unit in product.units]
    return (
        (product.name, product.category, product.brand, product.size),
        (product.base_unit, ladder, product.sell_unit, cost, product.min_stock, stock),
        (product.online_buffer, product.listed_online, product.regulation),
    )


def without_shared(goods: list[tuple[Product, int]]) -> list[tuple[Product, int]]:
    """A shop holds a code once, and a name without a code once."""
    seen: set[str] = set()
    kept = []
    for product, stock in goods:
        units = []
        for unit in product.units:
            mine = tuple(code for code in unit.barcodes if code.key not in seen)
            seen |= {code.key for code in mine}
            units.append(replace(unit, barcodes=mine))
        whole = replace(product, units=tuple(units))
        if units[product.sell_unit].barcodes or whole.name.casefold() not in seen:
            seen.add(whole.name.casefold())
            kept.append((whole, stock))
    return kept


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(derandomize=True, deadline=None, max_examples=EXAMPLES)
@given(goods=st.lists(products(), min_size=1, max_size=4).map(without_shared))
def test_what_is_written_out_comes_back_as_the_same_goods(
    tmp_path_factory: pytest.TempPathFactory, ending: str, goods: list[tuple[Product, int]]
) -> None:
    path = tmp_path_factory.mktemp("bolak") / f"barang{ending}"
    assert write_table(path, goods_table(goods, NOW)) == len(goods)
    made = preview_sheet(path)
    assert made is not None
    assert [(row.number, row.reasons) for row in made.refused()] == []
    ids = CountingIds()
    back = [(product_from_draft(draft, ids), draft.stock or 0) for draft, _ in made.takeable()]
    assert [told(*pair) for pair in back] == [told(*pair) for pair in goods]


def test_a_price_that_another_has_followed_is_not_told_any_more(tmp_path: Path) -> None:
    unit = Unit("u", "pcs", 1, (Price(PriceKind.RETAIL, 3_000), Price(PriceKind.RETAIL, 3_500, starts_at=NOW - 5)))
    path = tmp_path / "barang.csv"
    write_table(path, goods_table([(Product("p", "Kopi", OTHER, BaseUnit.PCS, (unit,)), 4)], NOW))
    made = preview_sheet(path)
    assert made is not None
    assert [(draft.retail, draft.units, draft.stock) for draft, _ in made.takeable()] == [(3_500, (), 4)]


def test_a_plain_shop_writes_a_plain_list(tmp_path: Path) -> None:
    """Nothing that a shopkeeper did not ask for: a dozen columns, the code as it is on the pack."""
    unit = Unit("u", "bungkus", 1, (Price(PriceKind.RETAIL, 3_500),), (Barcode("089686010947", match_key("089686010947")),))
    write_table(
        tmp_path / "barang.csv", goods_table([(Product("p", "Mi goreng", "Mi instan", BaseUnit.PCS, (unit,), listed_online=True), 24)], NOW)
    )
    lines = (tmp_path / "barang.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Nama Barang;Barcode;Harga Jual;Harga Modal;")
    assert len(lines[0].split(";")) in {12, 13}
    assert lines[1].startswith("Mi goreng;089686010947;3500;")
