"""The product's own goods: real names, right codes, prices that a shop could ask."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from stdnum import ean

from pos.domain.barcode import CodeVerdict, match_key
from pos.domain.category import CATEGORY_COLOURS, DRAWING_COLOURS
from pos.domain.pricing import choose_price
from pos.domain.product import PriceKind, Product, Regulation
from pos.domain.quantity import BaseUnit
from pos.services.demo_goods import demo_catalogue, load_demo_goods
from tests.helpers.ids import CountingIds


@pytest.fixture(scope="module")
def goods() -> list[tuple[Product, int]]:
    return load_demo_goods(demo_catalogue(), CountingIds())


def test_the_catalogue_is_a_shop_of_some_two_hundred_goods_in_twelve_categories(goods: list[tuple[Product, int]]) -> None:
    assert 180 <= len(goods) <= 260
    categories = Counter(product.category for product, _ in goods)
    assert set(categories) == set(CATEGORY_COLOURS) - {"Lain-lain"}
    assert min(categories.values()) >= 8
    assert max(Counter(product.name for product, _ in goods).values()) == 1


def test_a_path_reads_like_the_text(goods: list[tuple[Product, int]], tmp_path: Path) -> None:
    path = tmp_path / "demo.csv"
    path.write_text(demo_catalogue(), encoding="utf-8")
    assert load_demo_goods(path, CountingIds()) == goods


def test_every_barcode_has_a_right_check_digit_and_belongs_to_one_unit(goods: list[tuple[Product, int]]) -> None:
    codes = [code for product, _ in goods for unit in product.units for code in unit.barcodes]
    assert len(codes) > 180
    for code in codes:
        assert code.verdict in {CodeVerdict.GOOD, CodeVerdict.IN_SHOP}, code
        assert ean.is_valid(code.code), code
        assert code.key == match_key(code.code)
    assert max(Counter(code.key for code in codes).values()) == 1
    assert any(len(code.code) == 12 and code.code.startswith("0896") for code in codes), "a UPC-A for the scanner to try"
    assert any(len(code.code) == 8 for code in codes)


def test_a_code_of_the_product_own_making_is_an_in_shop_code(goods: list[tuple[Product, int]]) -> None:
    made = [code for product, _ in goods for unit in product.units for code in unit.barcodes if code.code.startswith("29")]
    assert made
    assert {code.verdict for code in made} == {CodeVerdict.IN_SHOP}


def test_loose_goods_are_sold_by_weight_without_a_code(goods: list[tuple[Product, int]]) -> None:
    loose = [product for product, _ in goods if product.base_unit is not BaseUnit.PCS]
    assert {"Gula pasir", "Beras medium", "Minyak goreng curah"} <= {product.name for product in loose}
    for product in loose:
        assert not any(unit.barcodes for unit in product.units), product.name
        assert product.units[product.sell_unit].factor in {100, 1000}


def test_ladders_rise_and_each_rung_has_a_price_that_is_fair(goods: list[tuple[Product, int]]) -> None:
    for product, stock in goods:
        factors = [unit.factor for unit in product.units]
        assert factors == sorted(set(factors)), product.name
        assert product.base_unit is not BaseUnit.PCS or factors[0] == 1, product.name
        each = [choose_price(unit.prices, unit.factor, unit.factor, 0).amount / unit.factor for unit in product.units]
        assert each == sorted(each, reverse=True), f"{product.name}: a larger pack is dearer"
        assert min(each) >= product.cost_total / product.cost_quantity, f"{product.name}: sold below cost"
        for unit in product.units:
            retail = next(price.amount for price in unit.prices if price.kind is PriceKind.RETAIL)
            assert all(price.amount < retail and price.min_quantity > 1 for price in unit.prices if price.kind is PriceKind.WHOLESALE)
            assert retail % 50 == 0, product.name
        assert stock > product.min_stock or stock > 0, product.name


def test_drawings_are_those_that_have_a_ground(goods: list[tuple[Product, int]]) -> None:
    drawings = Counter(product.drawing for product, _ in goods)
    assert set(drawings) - {""} <= set(DRAWING_COLOURS)
    assert drawings[""] < len(goods) / 8
    assert [product.drawing for product, _ in goods[:12]] == [
        "mi", "kopi", "telur", "minyak", "gula", "beras", "air", "teh", "roti", "gas", "sabun", "pulsa",
    ]  # fmt: skip


def test_tobacco_is_sold_by_the_pack_and_never_listed_online(goods: list[tuple[Product, int]]) -> None:
    tobacco = [product for product, _ in goods if product.category == "Rokok"]
    assert len(tobacco) >= 10
    for product in tobacco:
        assert product.regulation is Regulation.TOBACCO
        assert product.drawing == "rokok"
        assert not product.listed_online
        assert [unit.name for unit in product.units] == ["bungkus", "slop"]
        assert re.search(r"\b(12|16|20)$", product.name)
    assert all(product.category == "Rokok" for product, _ in goods if product.regulation is Regulation.TOBACCO)


def test_the_subsidised_cylinder_is_recorded_at_pertamina_and_not_sold_online(goods: list[tuple[Product, int]]) -> None:
    cylinders = [product for product, _ in goods if product.regulation is Regulation.LPG_3KG]
    assert [product.name for product in cylinders] == ["Gas LPG 3 kg"]
    assert not cylinders[0].listed_online


def test_nothing_of_it_waits_to_be_looked_at(goods: list[tuple[Product, int]]) -> None:
    assert not any(product.needs_review or product.deleted or product.version for product, _ in goods)
    uids = [product.uid for product, _ in goods] + [unit.uid for product, _ in goods for unit in product.units]
    assert len(set(uids)) == len(uids)
