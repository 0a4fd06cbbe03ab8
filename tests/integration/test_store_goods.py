"""Goods in the store: put, found by their codes, priced in time, counted, and in the order in which they sell."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.barcode import CodeVerdict, match_key
from pos.domain.pricing import choose_price
from pos.domain.product import Barcode, Price, PriceKind, Product, Unit
from pos.domain.stock import MovementReason, StockMovement
from pos.local_db.check import GOODS_TOTALS
from pos.services import checkout, selling
from pos.services.goods import add_unknown
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from tests.helpers.sheets import gtin13
from tests.helpers.shops import KOPI, MI, MORNING, SABUN, TELUR, goods, open_market, open_till, sell

INDOMIE = "089686010947"


def put(till: Till, *products: Product) -> None:
    with till.store.begin() as work:
        work.put_products(products)
        work.commit()


def named(till: Till, which: GoodsFilter = GoodsFilter.ALL, text: str = "") -> list[str]:
    return [row.name for row in till.store.read.goods(which, text, 0, 100)]


@pytest.mark.parametrize("scanned", ["089686010947", "0089686010947", "89686010947", "00089686010947", " 089686010947 "])
def test_upc_is_found_however_many_zeros_the_scanner_sends(tmp_path: Path, scanned: str) -> None:
    with open_market(tmp_path) as till:
        unit = till.store.read.find_unit(scanned)
        assert unit is not None
        assert unit.product_uid == MI.uid


def test_an_invented_code_is_found_as_written_in_any_case(tmp_path: Path) -> None:
    with open_market(tmp_path, [(goods("Kerupuk", 2_000, "krp-001"), 5)]) as till:
        assert till.store.read.find_unit("KRP-001") is not None
        assert till.store.read.find_unit("001") is None


def test_each_rung_of_a_ladder_has_its_own_code_and_price(tmp_path: Path) -> None:
    piece = Unit("a" * 32, "pcs", 1, (Price(PriceKind.RETAIL, 3_500),), (Barcode("8990001", "8990001", CodeVerdict.INVENTED),))
    box = Unit("b" * 32, "dus", 40, (Price(PriceKind.RETAIL, 124_000),), (Barcode("DUS1", "DUS1", CodeVerdict.INVENTED),))
    ladder = replace(MI, units=(piece, box))
    with open_market(tmp_path, [(ladder, 100)]) as till:
        unit = till.store.read.find_unit("DUS1")
        assert unit is not None
        assert (unit.unit_name, unit.factor, unit.prices[0].amount) == ("dus", 40, 124_000)
        basket, _ = selling.scan(till, "DUS1", 2)
        assert (basket.lines[0].quantity, basket.total) == (80, 248_000)
        assert till.store.read.product(ladder.uid) == ladder


def test_a_product_comes_back_as_it_was_put(tmp_path: Path) -> None:
    whole = replace(
        TELUR,
        brand="Bu Tin",
        drawing="telur",
        cost_total=25_500,
        cost_quantity=1_000,
        min_stock=5_000,
        online_buffer=500,
        listed_online=True,
        needs_review=True,
        version=7,
        units=(
            *TELUR.units,
            Unit(
                "d" * 32,
                "tray",
                1_900,
                (
                    Price(PriceKind.GROUP, 50_000, 2, "langganan", 5),
                    Price(PriceKind.RETAIL, 53_000),
                    Price(PriceKind.RETAIL, 54_000, starts_at=9),
                ),
                tuple(Barcode(code, match_key(code)) for code in ("TRAY2", "TRAY1")),
            ),
        ),
    )
    with open_market(tmp_path, [(whole, 0)]) as till:
        assert till.store.read.product(whole.uid) == whole
        assert till.store.read.product("0" * 32) is None


def test_putting_a_product_again_replaces_it_and_leaves_the_stock(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        renamed = replace(
            MI, name="Mi goreng jumbo", category="Sembako", units=(replace(MI.units[0], prices=(Price(PriceKind.RETAIL, 5_000),)),)
        )
        put(till, renamed)
        read = till.store.read
        assert read.product(MI.uid) == renamed
        assert read.on_hand(MI.uid) == 199
        assert [hit.name for hit in read.search("jumbo")] == ["Mi goreng jumbo"]
        assert [hit.price for hit in read.search("goreng")] == [5_000]
        assert dict(read.categories()) == {"Kopi & teh": 1, "Sabun & cuci": 1, "Sembako": 2}
        assert read.check() == []


def test_of_one_product_put_twice_the_last_counts(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        put(till, MI, replace(MI, name="Yang lama"), replace(MI, name="Yang baru"))
        assert named(till) == ["Yang baru"]
        assert till.store.read.check() == []


def test_a_code_of_another_product_stays_there_and_the_newcomer_is_to_be_looked_at(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, goods("Mi palsu", 3_000, INDOMIE, gtin13(2)))
        unit = till.store.read.find_unit(INDOMIE)
        assert unit is not None
        assert unit.product_uid == MI.uid
        assert named(till, GoodsFilter.REVIEW) == ["Mi palsu"]
        assert till.store.read.check() == []
        # also when both come at once
        put(till, goods("Satu", 1_000, gtin13(1)), goods("Dua", 1_000, gtin13(1)))
        assert named(till, GoodsFilter.REVIEW) == ["Mi palsu", "Dua"]
        assert till.store.read.goods_counts()[GoodsFilter.NO_BARCODE] == 2
        assert till.store.read.check() == []


def test_a_product_that_writes_its_own_code_twice_is_no_riddle(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        put(till, goods("Mi", 3_500, "089686010947", "89686010947"))
        assert named(till, GoodsFilter.REVIEW) == []
        assert till.store.read.find_unit("0089686010947") is not None


def test_a_unit_that_was_another_products_is_taken_over(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, replace(goods("Mi baru"), units=(replace(MI.units[0], name="pak"),)))
        unit = till.store.read.unit(MI.units[0].uid)
        assert unit is not None
        assert (unit.product_name, unit.unit_name) == ("Mi baru", "pak")
        old = till.store.read.product(MI.uid)
        assert old is not None
        assert (old.units, old.needs_review) == ((), True)
        assert till.store.read.check() == []


def test_a_mistyped_code_is_flagged_once_and_a_person_may_have_the_last_word(tmp_path: Path) -> None:
    wrong = gtin13(5)[:-1] + str((int(gtin13(5)[-1]) + 1) % 10)
    doubtful = goods("Salah ketik", 1_000, wrong)
    assert doubtful.units[0].barcodes[0].verdict is CodeVerdict.CHECK_DIGIT_WRONG
    with open_till(tmp_path) as till:
        put(till, doubtful)
        assert named(till, GoodsFilter.REVIEW) == ["Salah ketik"]
        put(till, replace(doubtful, needs_review=False))
        assert named(till, GoodsFilter.REVIEW) == []
        assert till.store.read.check() == []


def test_a_product_that_is_gone_sells_no_more_and_leaves_its_code_to_others(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, replace(MI, deleted=True, min_stock=500))
        read = till.store.read
        assert read.find_unit(INDOMIE) is None
        assert read.unit(MI.units[0].uid) is None
        assert read.search("goreng") == []
        assert MI.name not in named(till)
        assert MI.name not in [hit.name for hit in read.tiles("", 10)]
        assert read.tiles(MI.category, 10) == []
        assert read.digest()[0] == 3
        gone = read.product(MI.uid)
        assert gone is not None
        assert gone.deleted
        put(till, goods("Mi pengganti", 3_600, INDOMIE))
        unit = read.find_unit(INDOMIE)
        assert unit is not None
        assert unit.product_name == "Mi pengganti"
        assert named(till, GoodsFilter.REVIEW) == []
        assert read.check() == []
        put(till, replace(MI, units=(replace(MI.units[0], barcodes=()),)))
        assert MI.name in named(till)
        assert read.on_hand(MI.uid) == 200
        assert read.check() == []


def test_forgetting_all_goods_keeps_facts_and_stock(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sale = sell(till, INDOMIE)
        with till.store.begin() as work:
            work.forget_goods()
            work.commit()
        read = till.store.read
        assert named(till) == []
        assert read.categories() == []
        assert read.search("mi") == []
        assert read.search("gorenk") == []
        assert read.sale(sale.uid) == sale
        assert read.on_hand(MI.uid) == 199
        assert read.digest()[0] == 0
        assert read.check() == []
        put(till, MI, KOPI)
        assert [hit.name for hit in read.search("goreng")] == ["Mi goreng"]
        assert read.check() == []


def test_a_price_counts_from_its_moment_on(tmp_path: Path) -> None:
    prices = (Price(PriceKind.RETAIL, 3_500), Price(PriceKind.RETAIL, 3_800, starts_at=MORNING + 3_600_000))
    dearer = replace(MI, units=(replace(MI.units[0], prices=prices),))
    with open_market(tmp_path, [(dearer, 10)]) as till:
        read = till.store.read
        assert [read.tiles("", 1)[0].price, read.search("mi")[0].price, named(till)] == [3_500, 3_500, ["Mi goreng"]]
        till.clock.pass_ms(3_600_000)  # type: ignore[attr-defined]
        assert [read.tiles("", 1)[0].price, read.search("mi")[0].price] == [3_800, 3_800]
        assert read.goods(GoodsFilter.ALL, "", 0, 1)[0].price == 3_800
        unit = read.find_unit(INDOMIE)
        assert unit is not None
        assert choose_price(unit.prices, 1, 1, till.clock.now()).amount == 3_800


def test_the_goods_list_tells_price_wholesale_code_and_stock(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        mi, kopi, sabun, telur = till.store.read.goods(GoodsFilter.ALL, "", 0, 10)
        assert (mi.barcode, mi.price, mi.wholesale, mi.wholesale_from, mi.unit_name) == (INDOMIE, 3_500, 3_200, 10, "bungkus")
        assert (kopi.wholesale, kopi.wholesale_from, kopi.on_hand) == (None, None, 300)
        assert (telur.barcode, telur.factor, telur.price, telur.on_hand) == ("", 1_000, 28_000, 18_500)
        assert [row.name for row in till.store.read.goods(GoodsFilter.ALL, "", 1, 2)] == [kopi.name, sabun.name]


def test_filters_list_what_they_count(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        put(till, replace(MI, min_stock=201), replace(KOPI, listed_online=True), replace(SABUN, min_stock=24, needs_review=True))
        expected = {
            GoodsFilter.ALL: [MI, KOPI, SABUN, TELUR],
            GoodsFilter.LOW: [MI],
            GoodsFilter.NO_BARCODE: [TELUR],
            GoodsFilter.NOT_ONLINE: [MI, SABUN, TELUR],
            GoodsFilter.REVIEW: [SABUN],
        }
        for which, products in expected.items():
            assert named(till, which) == [product.name for product in products], which
            assert till.store.read.goods_total(which, "") == len(products)
        assert till.store.read.goods_counts() == {which: len(products) for which, products in expected.items()}
        assert named(till, GoodsFilter.NOT_ONLINE, "sab") == [SABUN.name]
        assert named(till, GoodsFilter.LOW, "gor") == [MI.name]
        assert till.store.read.goods_total(GoodsFilter.LOW, "gor") == 1
        assert till.store.read.goods_total(GoodsFilter.ALL, "a zzzz") == 0
        # a sale makes the soap low: 23 of 24
        sell(till, "8999999036607")
        assert named(till, GoodsFilter.LOW) == [MI.name, SABUN.name]


def test_movements_are_booked_once_and_told_how_many_were_new(tmp_path: Path) -> None:
    moves = [StockMovement(MI.uid, 10, MovementReason.RECEIPT, "c" * 32, position, MORNING) for position in range(3)]
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            assert work.add_movements(moves[:2]) == 2
            assert work.add_movements(moves) == 1
            assert work.add_movements([]) == 0
            work.commit()
        assert till.store.read.on_hand(MI.uid) == 230
        assert till.store.read.check() == []


def test_the_digest_is_the_sums_that_the_server_makes(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        products, movements, on_hand, open_orders = till.store.read.digest()
        assert (products, movements, on_hand, open_orders) == (4, 4, 200 + 300 + 24 + 18_500, 0)
        sell(till, INDOMIE, "8991002105485")
        assert till.store.read.digest() == (4, 6, on_hand - 2, 0)
        # stock of goods that this till does not know yet counts as well
        with till.store.begin() as work:
            work.add_movements([StockMovement("9" * 32, 7, MovementReason.RECEIPT, "8" * 32, 0, MORNING)])
            work.commit()
        assert till.store.read.digest() == (4, 7, on_hand + 5, 0)


def test_what_sells_most_stands_in_front_once_nobody_waits(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        read = till.store.read

        def order() -> list[str]:
            return [hit.name for hit in read.tiles("", 10)]

        assert order() == [MI.name, KOPI.name, SABUN.name, TELUR.name]
        for codes in (("8999999036607",), ("8999999036607", "8991002105485"), ("8999999036607",)):
            sell(till, *codes)
        till.store.tidy()  # type: ignore[attr-defined]
        assert order() == [SABUN.name, KOPI.name, MI.name, TELUR.name]
        assert [hit.name for hit in read.search("s")] == [SABUN.name, KOPI.name]
        assert named(till) == order()
        # a product that is put again keeps its place
        put(till, replace(SABUN, name="Sabun batang"), goods("Baru datang", 500))
        assert order()[:2] == ["Sabun batang", KOPI.name]
        assert order()[-1] == "Baru datang"
        assert read.check() == []
        till.store.tidy()  # type: ignore[attr-defined]
        assert order()[0] == "Sabun batang"


def test_weighed_goods_do_not_lead_by_their_grams(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        unit = till.store.read.unit(TELUR.units[1].uid)
        assert unit is not None
        basket, _ = selling.add_unit(till, unit, 10_000)
        checkout.complete_sale(till, basket, basket.total)
        for _ in range(2):
            sell(till, INDOMIE)
        till.store.tidy()  # type: ignore[attr-defined]
        assert [hit.name for hit in till.store.read.tiles("", 2)] == [MI.name, TELUR.name]


def test_the_kept_counts_hold_over_any_change_of_goods(tmp_path: Path) -> None:
    dice = random.Random(11)
    shelf = [goods(f"Barang {number}", 1_000 + number, gtin13(number) if number % 4 else "") for number in range(60)]
    shelf = [replace(item, units=(replace(item.units[0], barcodes=tuple(b for b in item.units[0].barcodes if b.code)),)) for item in shelf]
    with open_till(tmp_path) as till:
        for _ in range(25):
            changed = [
                replace(
                    item,
                    category=dice.choice(["A", "B", "C"]),
                    deleted=dice.random() < 0.2,
                    listed_online=dice.random() < 0.5,
                    needs_review=dice.random() < 0.3,
                    min_stock=dice.randrange(3),
                )
                for item in dice.sample(shelf, dice.randint(1, 40))
            ]
            put(till, *changed)
            assert till.store.read.check() == []
        with till.store.begin() as work:
            work._run("UPDATE goods_total SET products = products + 1 WHERE name = 'all'")  # type: ignore[attr-defined]
            work.commit()
        assert till.store.read.check() == [GOODS_TOTALS]


def test_ten_thousand_goods_are_put_and_found(tmp_path: Path) -> None:
    many = [goods(f"Barang nomor {number}", 500 + number, gtin13(number), category=f"Rak {number % 7}") for number in range(10_000)]
    with open_till(tmp_path) as till:
        put(till, *many)
        read = till.store.read
        assert read.goods_counts()[GoodsFilter.ALL] == 10_000
        assert [hit.name for hit in read.search("barang 9999")] == ["Barang nomor 9999"]
        unit = read.find_unit(gtin13(7_777))
        assert unit is not None
        assert unit.product_name == "Barang nomor 7777"
        assert len(read.codes_in_use()) == 10_000
        assert read.product_of_code(match_key(gtin13(3))) == many[3].uid
        assert read.goods(GoodsFilter.ALL, "", 9_990, 100)[-1].name == "Barang nomor 9999"


@pytest.mark.parametrize("name", ["-", "???", "\U0001f35c", "*"])
def test_goods_whose_name_has_no_letter_are_no_damage(tmp_path: Path, name: str) -> None:
    with open_market(tmp_path) as till:
        product = add_unknown(till, "", name, 5_000)
        assert till.store.read.check() == []
        unit = till.store.read.unit(product.units[0].uid)
        assert unit is not None
        basket, _ = selling.add_unit(till, unit, 1)
        checkout.complete_sale(till, basket, 5_000)
        with till.store.begin() as work:
            work.put_products([replace(product, deleted=True)])
            work.commit()
        assert till.store.read.check() == []
