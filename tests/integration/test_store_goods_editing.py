"""Goods edited by a person, through a real store: what is kept, what is told, who may, and what came meanwhile from elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.barcode import judge, match_key
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role
from pos.domain.product import Barcode, Price, PriceKind, Product, Regulation, Unit
from pos.domain.quantity import BaseUnit
from pos.services.goods_editing import MOST_PICTURE, Photo, add_product, edit_product, price_steps
from pos.services.goods_views import CENTRAL, PHOTO, ProductCare
from pos.services.people import add_user, set_pin, sign_in
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from pos.sync import protocol as wire
from tests.helpers.shops import KOPI, MI, SABUN, TELUR, goods, open_market, open_till, sell

PHOTO_BYTES = b"\xff\xd8 a small photo"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as market:
        yield market
        assert market.store.read.check() == []


def known(till: Till, uid: str = MI.uid) -> Product:
    product = till.store.read.product(uid)
    assert product is not None
    return product


def priced(product: Product, *prices: Price) -> Product:
    return replace(product, units=(replace(product.units[0], prices=prices), *product.units[1:]))


def coded(product: Product, *codes: str) -> Product:
    made = tuple(Barcode(code, match_key(code), judge(code)) for code in codes)
    return replace(product, units=(replace(product.units[0], barcodes=made), *product.units[1:]))


def last_told(till: Till) -> tuple[str, bytes]:
    operation = till.store.read.waiting_operations(1_000)[-1]
    return operation.kind, operation.payload


def last_edit(till: Till) -> wire.ProductEditPayload:
    kind, payload = last_told(till)
    assert kind == wire.OperationKind.PRODUCT_EDIT
    return wire.decode(payload, wire.ProductEditPayload)


def refused(till: Till, before: Product, after: Product) -> ShopError:
    waiting = till.store.read.line().waiting
    with pytest.raises(ShopError) as error:
        edit_product(till, before, after)
    assert till.store.read.line().waiting == waiting
    assert till.store.read.product(before.uid) == before
    return error.value


def test_a_name_and_a_minimum_are_told_alone(till: Till) -> None:
    before = known(till)
    kept = edit_product(till, before, replace(before, name="  Mi  goreng  spesial ", min_stock=40))
    assert (kept.changed, known(till).name, known(till).min_stock) == (True, "Mi goreng spesial", 40)
    told = last_edit(till)
    assert (told.product, told.name, told.min_stock) == (MI.uid, "Mi goreng spesial", 40)
    assert (told.category, told.listed_online, told.prices, told.barcodes) == (None, None, (), ())
    assert [hit.name for hit in till.store.read.search("spesial")] == ["Mi goreng spesial"]


def test_nothing_changed_is_nothing_told(till: Till) -> None:
    waiting = till.store.read.line().waiting
    assert not edit_product(till, known(till), known(till)).changed
    assert till.store.read.line().waiting == waiting


def test_a_new_price_sells_at_once_and_its_history_says_who_and_when(till: Till) -> None:
    before = known(till)
    retail, wholesale = before.units[0].prices
    edit_product(till, before, priced(before, replace(retail, amount=3_700), wholesale))
    assert sell(till, "089686010947").total == 3_700
    told = last_told_edit(till)
    assert [(price.kind, price.amount) for price in told.prices] == [("retail", 3_700)]
    newest, *older = till.store.read.price_history(MI.uid)
    assert (newest.before, newest.amount, newest.actor) == (3_500, 3_700, till.store.read.shop().cashier)
    assert newest.at > max(change.at for change in older)
    assert {(change.before, change.amount) for change in older} == {(None, 3_500), (None, 3_200)}
    assert [amount for _, amount in price_steps(till, MI.uid, MI.units[0].uid)] == [3_500, 3_700]


def last_told_edit(till: Till) -> wire.ProductEditPayload:
    edits = [item for item in till.store.read.waiting_operations(1_000) if item.kind == wire.OperationKind.PRODUCT_EDIT]
    return wire.decode(edits[-1].payload, wire.ProductEditPayload)


def test_a_price_for_next_month_waits_for_its_day(till: Till) -> None:
    before, clock = known(till), till.clock
    starts = clock.now() + 86_400_000
    edit_product(till, before, priced(before, *before.units[0].prices, Price(PriceKind.RETAIL, 3_900, 1, "", starts)))
    assert sell(till, "089686010947").total == 3_500
    clock.pass_ms(2 * 86_400_000)  # type: ignore[attr-defined]
    assert sell(till, "089686010947").total == 3_900


def test_a_price_that_is_taken_away_is_told_and_stays_in_the_history(till: Till) -> None:
    before = known(till)
    edit_product(till, before, priced(before, before.units[0].prices[0]))
    assert [(price.kind, price.amount) for price in last_edit(till).prices] == [("wholesale", None)]
    assert till.store.read.price_history(MI.uid)[0].amount is None


def test_a_dus_that_is_added_is_told_whole_and_sells_by_its_own_code(till: Till) -> None:
    before = known(till)
    code = "18996860109474"
    dus = Unit("d0" * 16, "dus", 40, (Price(PriceKind.RETAIL, 124_000),), (Barcode(code, match_key(code), judge(code)),))
    edit_product(till, before, replace(before, units=(*before.units, dus)))
    kind, payload = last_told(till)
    assert kind == wire.OperationKind.PRODUCT
    assert [unit.name for unit in wire.decode(payload, wire.ProductPayload).products[0].units] == ["bungkus", "dus"]
    assert sell(till, code).total == 124_000
    assert till.store.read.on_hand(MI.uid) == 160


def test_another_products_code_is_refused_with_its_name(till: Till) -> None:
    before = known(till)
    error = refused(till, before, coded(before, "089686010947", "8991002105485"))
    assert (error.code, error.fields["name"]) == (ErrorCode.CODE_TAKEN, "Kopi susu sachet")


def test_an_invented_code_is_kept_and_flagged(till: Till) -> None:
    before = known(till)
    edit_product(till, before, coded(before, "089686010947", "mi-1", "8991002105486"))
    assert [code.verdict.value for code in known(till).units[0].barcodes] == ["good", "invented", "check_digit_wrong"]
    assert last_edit(till).barcodes == ((MI.units[0].uid, ("089686010947", "mi-1", "8991002105486")),)
    unit = till.store.read.find_unit("MI-1")
    assert unit is not None
    assert unit.product_uid == MI.uid


def test_one_code_on_two_units_of_a_product_is_refused(till: Till) -> None:
    before = known(till)
    twice = replace(before, units=(*before.units, replace(before.units[0], uid="d0" * 16, name="dus", factor=40)))
    assert refused(till, before, twice).code is ErrorCode.CODE_TWICE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " - "}, ErrorCode.GOODS_NAME_EMPTY),
        ({"listed_online": True, "regulation": Regulation.TOBACCO}, ErrorCode.TOBACCO_OFFLINE),
        ({"min_stock": -1}, ErrorCode.QUANTITY_OUT_OF_RANGE),
        ({"base_unit": BaseUnit.GRAM}, ErrorCode.BASE_UNIT_FIXED),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(till: Till, change: dict[str, object], code: ErrorCode) -> None:
    before = known(till)
    assert refused(till, before, replace(before, **change)).code is code  # type: ignore[arg-type]


def test_a_product_that_is_sold_needs_a_price(till: Till) -> None:
    before = known(till)
    error = refused(till, before, priced(before))
    assert (error.code, error.fields["unit"]) == (ErrorCode.PRICE_MISSING, "bungkus")


def test_a_change_of_price_asks_for_the_owner_and_a_change_of_name_does_not(till: Till) -> None:
    owner = add_user(till, "Bu Sri", Role.OWNER)
    set_pin(till, owner.uid, "4826")
    sign_in(till, owner.uid, "4826")
    sign_in(till, add_user(till, "Budi", Role.CASHIER).uid)
    before = known(till)
    error = refused(till, before, priced(before, Price(PriceKind.RETAIL, 3_700)))
    assert (error.code, error.fields["act"]) == (ErrorCode.NEEDS_ROLE, "price_change")
    assert edit_product(till, before, replace(before, name="Mi goreng pedas")).changed
    with pytest.raises(ShopError) as new:
        add_product(till, goods("Beras", 14_000))
    assert new.value.code is ErrorCode.NEEDS_ROLE


def test_two_people_who_change_two_things_both_get_what_they_wanted(till: Till) -> None:
    seen = known(till)
    edit_product(till, seen, replace(seen, name="Mi goreng jumbo"))
    edit_product(till, seen, replace(seen, category="Sembako"))
    assert (known(till).name, known(till).category) == ("Mi goreng jumbo", "Sembako")


def test_a_product_that_was_retired_meanwhile_is_not_edited(till: Till) -> None:
    seen = known(till)
    with till.store.begin() as work:
        work.put_products([replace(seen, deleted=True)])
        work.commit()
    with pytest.raises(ShopError) as error:
        edit_product(till, seen, replace(seen, name="Mi"))
    assert error.value.code is ErrorCode.PRODUCT_NOT_FOUND


def test_what_e_peken_told_stands_in_the_history_under_its_name(till: Till) -> None:
    with till.store.begin() as work:
        work.put_products([priced(known(till), Price(PriceKind.RETAIL, 3_600))])
        work.commit()
    assert {(change.actor, change.amount) for change in till.store.read.price_history(MI.uid)[:2]} == {(CENTRAL, 3_600), (CENTRAL, None)}


def test_a_photo_is_seen_on_tiles_rows_and_scans_and_can_go_again(till: Till) -> None:
    edit_product(till, known(till), known(till), photo=Photo(PHOTO_BYTES))
    edit_product(till, known(till, KOPI.uid), known(till, KOPI.uid), photo=Photo(PHOTO_BYTES))
    read = till.store.read
    name = read.care(MI.uid).picture
    assert read.picture(name) == PHOTO_BYTES
    seen = {hit.name: hit.drawing for hit in read.tiles("", 10)}
    assert seen["Mi goreng"] == f"{PHOTO}{name}"
    assert {row.drawing for row in read.goods(GoodsFilter.ALL, "mi goreng", 0, 1)} == {f"{PHOTO}{name}"}
    unit = read.find_unit("089686010947")
    assert unit is not None
    assert unit.drawing == f"{PHOTO}{name}"
    edit_product(till, known(till), known(till), photo=Photo(b""))
    assert read.care(MI.uid).picture == ""
    assert read.picture(name) == PHOTO_BYTES, "the other product still shows it"
    edit_product(till, known(till, KOPI.uid), known(till, KOPI.uid), photo=Photo(b""))
    assert read.picture(name) is None


def test_a_photo_that_was_not_made_small_is_refused(till: Till) -> None:
    with pytest.raises(ShopError) as error:
        edit_product(till, known(till), known(till), photo=Photo(b"x" * (MOST_PICTURE + 1)))
    assert error.value.code is ErrorCode.PICTURE_TOO_LARGE


def test_expiry_and_owner_stay_on_this_till_and_an_edit_from_elsewhere_leaves_them(till: Till) -> None:
    waiting = till.store.read.line().waiting
    kept = edit_product(till, known(till), replace(known(till), consignor_uid="5" * 32), ProductCare(tracks_expiry=True))
    assert kept.changed
    assert till.store.read.line().waiting == waiting
    with till.store.begin() as work:
        work.put_products([replace(known(till), name="Mi", version=3)])
        work.commit()
    assert (till.store.read.care(MI.uid), known(till).consignor_uid) == (ProductCare("", True), "5" * 32)


def test_a_new_product_is_told_whole_and_somebody_has_looked_at_it(till: Till) -> None:
    made = add_product(till, coded(goods("Beras premium", 14_000, category="Sembako"), "899-1", "beras"))
    assert last_told(till)[0] == wire.OperationKind.PRODUCT
    assert known(till, made.uid) == made
    assert not known(till, made.uid).needs_review
    odd = replace(known(till, SABUN.uid), needs_review=True)
    with till.store.begin() as work:
        work.put_products([odd])
        work.commit()
    assert edit_product(till, odd, odd).changed
    assert not known(till, SABUN.uid).needs_review


def test_what_is_weighed_is_edited_too(till: Till) -> None:
    before = known(till, TELUR.uid)
    kg = before.units[1]
    after = replace(before, units=(before.units[0], replace(kg, prices=(Price(PriceKind.RETAIL, 29_000),))))
    edit_product(till, before, after)
    assert [price.amount for price in known(till, TELUR.uid).units[1].prices] == [29_000]


def test_the_prices_of_an_older_shop_are_the_first_of_their_history(tmp_path: Path) -> None:
    """A file of the first shape, brought up to date: what held then is known, though not since when."""
    packed = Path(__file__).parents[1] / "data" / "shop_0001.db.gz"
    (tmp_path / "shop.db").write_bytes(gzip.decompress(packed.read_bytes()))
    with open_till(tmp_path) as older:
        read = older.store.read
        first = read.goods(GoodsFilter.ALL, "", 0, 1)[0]
        history = read.price_history(first.product_uid)
        assert first.price in {change.amount for change in history}
        assert {(change.at, change.before) for change in history} == {(0, None)}
        assert read.check() == []
