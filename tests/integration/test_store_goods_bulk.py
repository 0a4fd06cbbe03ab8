"""Many goods changed in one stroke, and taken back: prices by percent on the shop's step, categories, the online list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role
from pos.domain.product import Price, PriceKind, Product, Regulation
from pos.services.goods import put_catalogue
from pos.services.goods_bulk import Raise, change_category, change_listing, change_prices, preview_prices, shop_step, take_back
from pos.services.goods_editing import edit_product
from pos.services.people import add_user, set_pin, sign_in
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from pos.sync import protocol as wire
from tests.helpers.shops import KOPI, MI, SABUN, TELUR, goods, open_market, sell

ROKOK = replace(goods("Rokok kretek", 27_000, category="Rokok"), regulation=Regulation.TOBACCO)
ALL = [MI.uid, KOPI.uid, SABUN.uid, TELUR.uid]
FIVE_MORE = Raise(500, 100)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as market:
        put_catalogue(market, [(ROKOK, 10)])
        yield market
        assert market.store.read.check() == []


def known(till: Till, uid: str) -> Product:
    product = till.store.read.product(uid)
    assert product is not None
    return product


def amounts(till: Till, uid: str) -> list[int]:
    return sorted(price.amount for unit in known(till, uid).units for price in unit.prices)


def test_five_percent_more_is_seen_before_it_is_done(till: Till) -> None:
    rows = preview_prices(till, ALL, FIVE_MORE)
    assert [(row.name, row.price.amount, row.after) for row in rows] == [
        ("Mi goreng", 3_500, 3_700),
        ("Mi goreng", 3_200, 3_400),
        ("Kopi susu sachet", 1_500, 1_600),
        ("Sabun mandi", 4_000, 4_200),
        ("Telur ayam", 28_000, 29_400),
        ("Telur ayam", 27_000, 28_400),
    ]
    assert amounts(till, MI.uid) == [3_200, 3_500], "nothing is done by looking"
    change_prices(till, ALL, FIVE_MORE)
    assert {row.after for row in rows} == {amount for uid in ALL for amount in amounts(till, uid)}


def test_what_would_be_sold_below_its_cost_says_so(till: Till) -> None:
    assert [row.below_cost for row in preview_prices(till, [SABUN.uid], Raise(-3_000, 100))] == [True]


def test_one_stroke_is_one_story_told_field_by_field(till: Till) -> None:
    waiting = till.store.read.line().waiting
    change_prices(till, ALL, FIVE_MORE)
    told = till.store.read.waiting_operations(1_000)[waiting:]
    assert {item.kind for item in told} == {wire.OperationKind.PRODUCT_EDIT.value}
    assert len(told) == 4
    assert all(wire.decode(item.payload, wire.ProductEditPayload).name is None for item in told)
    assert sell(till, "089686010947").total == 3_700


def test_a_stroke_is_taken_back_by_new_facts(till: Till) -> None:
    before = {uid: amounts(till, uid) for uid in ALL}
    history = len(till.store.read.price_history(MI.uid))
    stroke = change_prices(till, ALL, FIVE_MORE)
    take_back(till, stroke)
    assert {uid: amounts(till, uid) for uid in ALL} == before
    assert len(till.store.read.price_history(MI.uid)) == history + 4, "two prices up, and down again"


def test_taking_back_leaves_alone_what_was_changed_since(till: Till) -> None:
    stroke = change_prices(till, ALL, FIVE_MORE)
    seen = known(till, MI.uid)
    dearer = replace(seen.units[0], prices=(Price(PriceKind.RETAIL, 9_000), *seen.units[0].prices[1:]))
    edit_product(till, seen, replace(seen, units=(dearer,)))
    take_back(till, stroke)
    assert amounts(till, MI.uid) == [3_200, 9_000]
    assert amounts(till, SABUN.uid) == [4_000]


def test_retail_alone_leaves_wholesale_and_regulars(till: Till) -> None:
    change_prices(till, [MI.uid], replace(FIVE_MORE, retail_only=True))
    assert amounts(till, MI.uid) == [3_200, 3_700]


def test_a_price_that_is_still_to_come_stays_as_it_was_planned(till: Till) -> None:
    seen = known(till, SABUN.uid)
    later = Price(PriceKind.RETAIL, 5_000, 1, "", till.clock.now() + 86_400_000)
    edit_product(till, seen, replace(seen, units=(replace(seen.units[0], prices=(*seen.units[0].prices, later)),)))
    change_prices(till, [SABUN.uid], FIVE_MORE)
    assert amounts(till, SABUN.uid) == [4_200, 5_000]


def test_a_category_for_many_and_back(till: Till) -> None:
    stroke = change_category(till, [MI.uid, KOPI.uid], "  Titipan   Bu Tin ")
    assert dict(till.store.read.categories())["Titipan Bu Tin"] == 2
    take_back(till, stroke)
    assert known(till, MI.uid).category == MI.category
    with pytest.raises(ShopError) as empty:
        change_category(till, ALL, "  ")
    assert empty.value.code is ErrorCode.CATEGORY_EMPTY


def test_tobacco_is_passed_over_when_goods_are_listed(till: Till) -> None:
    stroke = change_listing(till, [MI.uid, ROKOK.uid], True)
    assert (len(stroke.edits), stroke.passed_over) == (1, 1)
    assert known(till, MI.uid).listed_online
    assert not known(till, ROKOK.uid).listed_online
    take_back(till, stroke)
    assert not known(till, MI.uid).listed_online


def test_nothing_to_change_is_said_and_nothing_told(till: Till) -> None:
    waiting = till.store.read.line().waiting
    for ask in (lambda: change_listing(till, ALL, False), lambda: change_prices(till, [SABUN.uid], Raise(0, 100))):
        with pytest.raises(ShopError) as error:
            ask()
        assert error.value.code is ErrorCode.NOTHING_CHANGED
    assert till.store.read.line().waiting == waiting


def test_prices_by_percent_ask_for_the_owner(till: Till) -> None:
    owner = add_user(till, "Bu Sri", Role.OWNER)
    set_pin(till, owner.uid, "4826")
    sign_in(till, owner.uid, "4826")
    sign_in(till, add_user(till, "Budi", Role.CASHIER).uid)
    with pytest.raises(ShopError) as error:
        change_prices(till, ALL, FIVE_MORE)
    assert error.value.code is ErrorCode.NEEDS_ROLE


def test_a_stroke_that_is_stopped_keeps_nothing(till: Till) -> None:
    assert change_prices(till, ALL, FIVE_MORE, progress=lambda done, total: False).edits == ()
    assert amounts(till, MI.uid) == [3_200, 3_500]


def test_the_shops_step_is_that_of_its_cash_or_a_hundred(till: Till) -> None:
    assert shop_step(till) == 100


def test_the_list_names_all_that_it_shows_and_gives_rows_of_some(till: Till) -> None:
    read = till.store.read
    assert read.goods_uids(GoodsFilter.ALL, "") == [row.product_uid for row in read.goods(GoodsFilter.ALL, "", 0, 10)]
    assert read.goods_uids(GoodsFilter.ALL, "mi gor") == [MI.uid]
    assert read.goods_uids(GoodsFilter.LOW, "") == []
    assert [row.name for row in read.goods_rows([TELUR.uid, "f" * 32, MI.uid])] == ["Telur ayam", "Mi goreng"]
