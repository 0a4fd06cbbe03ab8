"""Goods that stand in the list twice: found by code and name, made one with all that was ever booked of them, or remembered as none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.barcode import judge, match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.domain.stock import MovementReason, StockMovement
from pos.services import packs
from pos.services.checkout import complete_sale
from pos.services.goods import put_catalogue
from pos.services.goods_editing import Photo, edit_product
from pos.services.goods_views import GoodsName
from pos.services.people_views import AuditSearch
from pos.services.ports import Till
from pos.services.selling import scan
from pos.services.twins import TwinReason, dismiss, find_twins, like_names, merge, settle
from pos.sync import protocol as wire
from tests.helpers.shops import KOPI, MI, SABUN, goods, open_market, open_till, sell

TWIN = replace(
    goods("Mi gorng", 3_600, "8998866200325", uid="7" * 32, category="Mi instan", unit="bungkus", size="85 g"),
    min_stock=12,
    cost_total=3_000,
)
DUS = Unit(
    "d7" * 16,
    "dus",
    40,
    (Price(PriceKind.RETAIL, 130_000),),
    (Barcode("18998866200322", match_key("18998866200322"), judge("18998866200322")),),
)
MORE = replace(TWIN, units=(*TWIN.units, DUS))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as market:
        put_catalogue(market, [(MORE, 40)])
        yield market
        assert market.store.read.check() == []


def known(till: Till, uid: str) -> Product:
    product = till.store.read.product(uid)
    assert product is not None
    return product


def names(*said: str) -> list[GoodsName]:
    return [GoodsName(f"{number:032x}", name, "", "", BaseUnit.PCS) for number, name in enumerate(said)]


def are_twins(one: str, other: str) -> bool:
    return bool(list(like_names(names(one, other))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Indomie Goreng 85g", "Indomie gorng 85 gr"),
        ("Sabun Lifebuoy merah", "Lifebuoy Sabun Merah"),
        ("Teh Botol Sosro 450 ml", "Tehbotol sosro 450ml"),
        ("Gula pasir 1 kg", "GULA PASIR 1KG"),
    ],
)
def test_a_slip_an_order_of_words_or_a_blank_make_twins(one: str, other: str) -> None:
    assert are_twins(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Indomie goreng 85 g", "Indomie goreng 90 g"),
        ("Rokok Surya 12", "Rokok Surya 16"),
        ("Indomie goreng", "Indomie goreng spesial"),
        ("Sampo Pantene hitam 70 ml", "Sampo Pantene putih 70 ml"),
        ("Minyak goreng A", "Minyak goreng B"),
        ("Indomie soto", "Indomie kari"),
    ],
)
def test_another_size_kind_or_colour_is_no_twin(one: str, other: str) -> None:
    assert not are_twins(one, other)


def test_a_long_list_is_looked_through_and_can_be_stopped() -> None:
    many = names(*(f"Barang {chr(97 + number % 26)}{chr(97 + number // 26 % 26)} {number}" for number in range(2_000)), "Barang aa 0")
    assert [twins.likeness for twins in like_names(many)] == [100]
    assert list(like_names(many, lambda done, total: False)) == []


def test_a_mistyped_name_is_found_and_dismissed_for_good(till: Till) -> None:
    (found,) = find_twins(till.store.read)
    assert found.reason is TwinReason.NAME
    assert found.pair == tuple(sorted((MI.uid, MORE.uid)))
    dismiss(till, MI.uid, MORE.uid)
    dismiss(till, MORE.uid, MI.uid)
    assert find_twins(till.store.read) == []


def test_two_products_that_were_told_with_one_code_are_found(till: Till) -> None:
    other = goods("Kopi susu sobek", 1_400, "8991002105485", uid="6" * 32)
    with till.store.begin() as work:
        work.put_products([other])
        work.commit()
    dismiss(till, MI.uid, MORE.uid)
    (found,) = find_twins(till.store.read)
    assert (found.reason, found.code, found.one_uid, found.other_uid) == (TwinReason.CODE, "8991002105485", KOPI.uid, other.uid)
    merge(till, KOPI.uid, other.uid)
    assert find_twins(till.store.read) == []


def test_what_goes_leaves_its_codes_units_and_stock_to_what_stays(till: Till) -> None:
    kept = merge(till, MI.uid, MORE.uid)
    assert [(unit.name, unit.factor) for unit in kept.units] == [("bungkus", 1), ("dus", 40)]
    assert [code.code for code in kept.units[0].barcodes] == ["089686010947", "8998866200325"]
    assert known(till, MI.uid) == kept
    read = till.store.read
    assert (read.on_hand(MI.uid), read.on_hand(MORE.uid)) == (240, 0)
    assert sell(till, "8998866200325").total == 3_500, "the price of what stays"
    assert sell(till, "18998866200322").total == 130_000
    gone = known(till, MORE.uid)
    assert gone.deleted
    assert not any(unit.barcodes for unit in gone.units)
    assert [hit.name for hit in read.search("mi go")] == ["Mi goreng"]


def test_the_cost_of_what_goes_is_that_of_what_stays_to_the_rupiah(till: Till) -> None:
    with till.store.begin() as work:
        before = work.stock_values([MI.uid, MORE.uid])
    merge(till, MI.uid, MORE.uid)
    with till.store.begin() as work:
        after = work.stock_values([MI.uid, MORE.uid])
    assert after[MI.uid].cost == before[MI.uid].cost + before[MORE.uid].cost
    assert (after[MORE.uid].quantity, after[MORE.uid].cost) == (0, 0)


def test_goods_that_were_sold_before_they_came_in_are_merged_too(till: Till) -> None:
    for _ in range(45):
        scan(till, "8998866200325")
    basket, _ = scan(till, "8998866200325")
    complete_sale(till, basket, basket.total)
    assert till.store.read.on_hand(MORE.uid) == -6
    merge(till, MI.uid, MORE.uid)
    assert (till.store.read.on_hand(MI.uid), till.store.read.on_hand(MORE.uid)) == (194, 0)


def test_sales_prices_and_cards_of_both_are_one(till: Till) -> None:
    sold = sell(till, "8998866200325")
    sell(till, "089686010947")
    merge(till, MI.uid, MORE.uid)
    read = till.store.read
    rows = {row.product_uid: row for row in read.report_products(0, 99_999, 0)}
    assert MORE.uid not in rows
    assert (rows[MI.uid].quantity, rows[MI.uid].amount) == (2, 7_100)
    assert {change.product_uid for change in read.price_history(MI.uid)} == {MI.uid, MORE.uid}
    card = read.stock_card(MI.uid, (), 0, 0, 100)
    assert card[0].balance == read.on_hand(MI.uid)
    assert sold.uid in {row.cause for row in card}
    nota = read.sale(sold.uid)
    assert nota is not None
    assert nota.lines[0].name == "Mi gorng", "a nota says what was sold then"
    assert (read.merged_into(MI.uid), read.kept_for(MORE.uid)) == ((MORE.uid,), MI.uid)


def test_a_twin_of_a_twin_ends_under_the_last_one(till: Till) -> None:
    third = goods("Mi goreeng", 3_500, uid="5" * 32, category="Mi instan", unit="bungkus")
    put_catalogue(till, [(third, 5)])
    merge(till, MI.uid, MORE.uid)
    merge(till, third.uid, MI.uid)
    read = till.store.read
    assert set(read.merged_into(third.uid)) == {MI.uid, MORE.uid}
    assert read.kept_for(MORE.uid) == third.uid
    assert read.on_hand(third.uid) == 245


def test_the_server_is_told_of_both_and_of_the_stock(till: Till) -> None:
    waiting = till.store.read.line().waiting
    merge(till, MI.uid, MORE.uid)
    told = till.store.read.waiting_operations(1_000)[waiting:]
    assert [item.kind for item in told] == ["product_edit@1", "product@1", "stock@1"]
    gone = wire.decode(told[0].payload, wire.ProductEditPayload)
    assert (gone.product, gone.deleted) == (MORE.uid, True)
    assert {codes for _, codes in gone.barcodes} == {()}


def test_two_with_one_ladder_are_told_as_edits_alone(till: Till) -> None:
    waiting = till.store.read.line().waiting
    other = goods("Sabun mandy", 4_000, "111", uid="4" * 32, category="Sabun & cuci")
    put_catalogue(till, [(other, 0)])
    merge(till, SABUN.uid, other.uid)
    told = till.store.read.waiting_operations(1_000)[waiting + 1 :]
    assert [item.kind for item in told] == ["product_edit@1", "product_edit@1"]
    assert wire.decode(told[1].payload, wire.ProductEditPayload).barcodes == ((SABUN.units[0].uid, ("8999999036607", "111")),)


def test_the_audit_log_says_who_made_them_one(till: Till) -> None:
    merge(till, MI.uid, MORE.uid)
    rows = till.store.read.audit(AuditSearch(), 0, 10)
    assert {row.subject for row in rows if row.action == "products_merged"} == {MI.uid, MORE.uid}


def test_what_lies_in_a_basket_is_not_taken_away_under_it(till: Till) -> None:
    scan(till, "8998866200325")
    with pytest.raises(ShopError) as error:
        merge(till, MI.uid, MORE.uid)
    assert (error.value.code, error.value.fields["name"]) == (ErrorCode.TWIN_IN_USE, "Mi gorng")
    assert not known(till, MORE.uid).deleted


@pytest.mark.parametrize("other", [{"base_unit": BaseUnit.GRAM}, {"consignor_uid": "9" * 32}, {"regulation": Regulation.TOBACCO}])
def test_goods_that_are_counted_owned_or_ruled_otherwise_stay_two(till: Till, other: dict[str, object]) -> None:
    odd = replace(goods("Mi goreng x", uid="3" * 32), **other)  # type: ignore[arg-type]
    put_catalogue(till, [(odd, 0)])
    with pytest.raises(ShopError) as error:
        merge(till, MI.uid, odd.uid)
    assert error.value.code is ErrorCode.TWINS_UNLIKE


def test_a_package_that_was_opened_for_others_is_opened_still(till: Till) -> None:
    packs.remember_pack(till, SABUN.uid, DUS.uid, 40)
    kept = merge(till, MI.uid, MORE.uid)
    source = till.store.read.pack_source(SABUN.uid)
    assert source is not None
    assert source.unit_uid == kept.units[1].uid


def test_a_photo_that_only_the_other_had_stays(till: Till) -> None:
    edit_product(till, known(till, MORE.uid), known(till, MORE.uid), photo=Photo(b"\xff\xd8 photo"))
    merge(till, MI.uid, MORE.uid)
    read = till.store.read
    assert read.picture(read.care(MI.uid).picture) == b"\xff\xd8 photo"


def test_what_another_till_sold_of_the_one_that_went_goes_over_when_it_is_heard_of(till: Till) -> None:
    merge(till, MI.uid, MORE.uid)
    with till.store.begin() as work:
        work.add_movements([StockMovement(MORE.uid, -2, MovementReason.SALE, "5a" * 16, 0, till.clock.now())])
        work.commit()
    read = till.store.read
    assert read.left_behind() == [(MORE.uid, MI.uid)]
    assert settle(till) == 1
    assert (read.on_hand(MI.uid), read.on_hand(MORE.uid)) == (238, 0)
    assert settle(till) == 0


def test_a_merge_that_somebody_unpicks_by_hand_fails_the_check(tmp_path: Path) -> None:
    with open_market(tmp_path) as market:
        put_catalogue(market, [(MORE, 40)])
        merge(market, MI.uid, MORE.uid)
    for damage, name in (
        ("UPDATE product_alias SET kept_uid = 'x'", "twins"),
        ("UPDATE price SET amount = amount + 1", "price_history"),
    ):
        with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
            raw.execute(damage)
            raw.commit()
        with open_till(tmp_path) as market:
            assert name in market.store.read.check()


def test_history_and_merges_cannot_be_rewritten(tmp_path: Path) -> None:
    with open_market(tmp_path) as market:
        put_catalogue(market, [(MORE, 40)])
        merge(market, MI.uid, MORE.uid)
        dismiss(market, MI.uid, KOPI.uid)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        for table in ("price_change", "product_merge", "not_twin"):
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = 1"):
                with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                    raw.execute(statement)
