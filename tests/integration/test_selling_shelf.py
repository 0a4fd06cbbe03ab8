"""The shelf and the scale at the counter: stock below nothing, packages that are opened, labels of a scale, deposits, baskets put aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act
from pos.domain.scale_label import check_digit, parse_patterns
from pos.services import deposits, packs, selling
from pos.services.checkout import complete_sale
from pos.services.drawer import close_session
from pos.services.ports import Till
from tests.helpers.counter_shelf import (
    GALON,
    GAS,
    GULA,
    KOPI,
    KOPI_CODE,
    KOPI_DUS,
    KOPI_DUS_CODE,
    MIE,
    MIE_CODE,
    SHELF,
    allowed,
    staff,
)
from tests.helpers.shops import open_market, open_till

RINA = "c" * 32


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path, SHELF) as open_shop:
        yield open_shop


def refused(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ShopError) as error:
        act()
    return error.value.code


def strict(till: Till) -> Till:
    """A shop that sells no more than its books show."""
    return replace(till, rules=replace(till.rules, negative_stock=False))


def labelled(till: Till, patterns: str) -> Till:
    return replace(till, rules=replace(till.rules, label_patterns=parse_patterns(patterns)))


def label(digits: str) -> str:
    return digits + check_digit(digits)


# --- stock below nothing --------------------------------------------------------------------------------------------


def test_more_than_the_books_show_is_sold_and_the_line_says_what_is_missing(till: Till) -> None:
    basket, line = selling.scan(till, KOPI_CODE, 8)
    assert (line.on_hand, basket.missing(KOPI.uid)) == (5, 3)
    complete_sale(till, basket, basket.total)
    assert till.store.read.on_hand(KOPI.uid) == -3
    assert till.store.read.tiles("Kopi & teh", 5)[0].on_hand == -3 or till.store.read.tiles("Kopi & teh", 5)[1].on_hand == -3
    assert till.store.read.check() == []


def test_where_it_is_forbidden_the_last_one_is_sold_and_not_the_one_after(till: Till) -> None:
    shop = strict(till)
    selling.scan(shop, KOPI_CODE, 5)
    assert refused(lambda: selling.scan(shop, KOPI_CODE)) is ErrorCode.STOCK_SHORT
    line = till.store.read.basket().lines[0]
    assert refused(lambda: selling.set_quantity(shop, line.uid, 6)) is ErrorCode.STOCK_SHORT
    assert selling.set_quantity(shop, line.uid, 3).lines[0].quantity == 3, "less is always allowed"
    assert line.quantity == 5
    basket, _ = selling.scan(shop, KOPI_CODE, 9, beyond=True)
    assert basket.lines[0].quantity == 12, "one person may everything, when asked twice"


def test_a_cashier_asks_the_owner_for_more_than_the_books_show(till: Till) -> None:
    staff(till)
    shop = strict(till)
    assert refused(lambda: selling.scan(shop, KOPI_CODE, 6)) is ErrorCode.STOCK_SHORT
    assert refused(lambda: selling.scan(shop, KOPI_CODE, 6, beyond=True)) is ErrorCode.NEEDS_ROLE
    assert till.store.read.basket().lines == ()
    basket, _ = selling.scan(shop, KOPI_CODE, 6, beyond=True, approval=allowed(till, Act.NEGATIVE_STOCK))
    assert basket.missing(KOPI.uid) == 1


# --- packages that are opened ----------------------------------------------------------------------------------------


def test_a_dus_is_opened_in_the_ledger_with_its_cost_when_loose_ones_run_out(till: Till) -> None:
    read = till.store.read
    packs.remember_pack(till, KOPI.uid, KOPI_DUS.units[0].uid, 120)
    basket, _ = selling.scan(till, KOPI_CODE, 8)
    offer = packs.pack_offer(till, basket, KOPI.uid)
    assert offer is not None
    assert (offer.packs, offer.unit.product_name) == (1, "Kopi satu dus")
    waiting = len(read.waiting_operations(500))
    basket = packs.open_pack(till, KOPI.uid, offer.packs)
    assert (read.on_hand(KOPI.uid), read.on_hand(KOPI_DUS.uid)) == (125, 2)
    assert basket.missing(KOPI.uid) == 0
    assert basket.lines[0].on_hand == 125, "the line on the counter sees the new shelf"
    product = read.product(KOPI.uid)
    assert product is not None
    # five loose ones at Rp1.000 and a dus of 120 that cost Rp168.000
    assert (product.cost_total, product.cost_quantity) == (173_000, 125)
    told = read.waiting_operations(500)
    assert len(told) == waiting + 1
    assert told[-1].kind == "stock@1"
    assert b'"repack"' in told[-1].payload
    assert read.check() == []
    assert not selling.undo(till).lines, "opening is no step of the basket"


def test_what_a_product_comes_out_of_is_remembered_and_can_be_done_without_asking(tmp_path: Path) -> None:
    with open_market(tmp_path, SHELF) as till:
        packs.remember_pack(till, KOPI.uid, KOPI_DUS.units[0].uid, 100)
        packs.remember_pack(till, KOPI.uid, KOPI_DUS.units[0].uid, 120)
        packs.always_open(till, KOPI.uid)
    with open_till(tmp_path) as till:
        source = till.store.read.pack_source(KOPI.uid)
        assert source is not None
        assert (source.contents, source.automatic) == (120, True)


def test_packages_that_are_not_there_are_not_opened(till: Till) -> None:
    assert refused(lambda: packs.open_pack(till, KOPI.uid)) is ErrorCode.PACK_NOT_SET
    assert refused(lambda: packs.always_open(till, KOPI.uid)) is ErrorCode.PACK_NOT_SET
    packs.remember_pack(till, KOPI.uid, KOPI_DUS.units[0].uid, 120)
    assert refused(lambda: packs.open_pack(till, KOPI.uid, 4)) is ErrorCode.PACK_EMPTY
    assert refused(lambda: packs.open_pack(till, KOPI.uid, 0)) is ErrorCode.QUANTITY_OUT_OF_RANGE
    assert till.store.read.on_hand(KOPI_DUS.uid) == 3
    basket, _ = selling.scan(till, KOPI_CODE, 3)
    assert packs.pack_offer(till, basket, KOPI.uid) is None, "nothing is missing"
    basket, _ = selling.scan(till, KOPI_CODE, 500)
    offer = packs.pack_offer(till, basket, KOPI.uid)
    assert offer is not None
    assert offer.packs == 3, "as many as there are"
    packs.open_pack(till, KOPI.uid, 3)
    assert packs.pack_offer(till, till.store.read.basket(), KOPI.uid) is None
    assert till.store.read.check() == []


@pytest.mark.parametrize("contents", [0, -1, 10**10])
def test_what_is_in_a_package_is_a_number_of_the_goods(till: Till, contents: int) -> None:
    assert refused(lambda: packs.remember_pack(till, KOPI.uid, KOPI_DUS.units[0].uid, contents)) is ErrorCode.QUANTITY_OUT_OF_RANGE
    assert refused(lambda: packs.remember_pack(till, KOPI.uid, KOPI.units[0].uid, 10)) is ErrorCode.PRODUCT_NOT_FOUND
    assert refused(lambda: packs.remember_pack(till, "x", KOPI_DUS.units[0].uid, 10)) is ErrorCode.PRODUCT_NOT_FOUND


# --- labels of a scale ------------------------------------------------------------------------------------------------


def test_a_label_with_a_weight_is_a_line_of_its_own(till: Till) -> None:
    shop = labelled(till, "2F IIIII WWWWW C")
    selling.scan(shop, label("200012300485"))
    basket, line = selling.scan(shop, label("200012300515"))
    assert [(item.quantity, item.amount) for item in basket.lines] == [(485, 8_730), (515, 9_270)]
    assert (line.product_uid, line.unit_name) == (GULA.uid, "kg")


@settings(max_examples=60)
@given(rupiah=st.integers(1, 99_999))
def test_a_label_with_a_price_comes_to_exactly_that_price(tmp_path_factory: pytest.TempPathFactory, rupiah: int) -> None:
    with open_market(tmp_path_factory.mktemp("toko"), ((GULA, 99_999),)) as till:
        shop = labelled(till, "2F IIIII PPPPP C")
        basket, line = selling.scan(shop, label(f"2000123{rupiah:05d}"))
        assert basket.total == line.amount == rupiah
        sale = complete_sale(till, basket, rupiah)
        assert sale.total == rupiah
        assert till.store.read.check() == []


def test_pieces_on_a_label_are_counted_or_priced(till: Till) -> None:
    with till.store.begin() as work:
        unit = GALON.units[0]
        coded = replace(unit, barcodes=(replace(unit.barcodes[0], code="00777", key="00777"),))
        work.put_products([replace(GALON, units=(coded,))])
        work.commit()
    counted = labelled(till, "22 IIIII NNNNN C; 21 IIIII PPPPP C; 20 IIIII WWWWW C")
    _, line = selling.scan(counted, label("220077700003"))
    assert (line.quantity, line.amount) == (3, 18_000)
    _, line = selling.scan(counted, label("210077704500"))
    assert (line.quantity, line.unit_price, line.amount) == (1, 4_500, 4_500)
    assert refused(lambda: selling.scan(counted, label("200077700500"))) is ErrorCode.SCALE_NOT_FOR
    assert len(till.store.read.basket().lines) == 2


def test_a_misread_label_and_one_of_unknown_goods_sell_nothing(till: Till) -> None:
    shop = labelled(till, "2F IIIII WWWWW C")
    good = label("200012300485")
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    assert refused(lambda: selling.scan(shop, wrong)) is ErrorCode.LABEL_CHECK_WRONG
    assert refused(lambda: selling.scan(shop, label("209999900485"))) is ErrorCode.UNKNOWN_BARCODE
    assert refused(lambda: selling.scan(till, good)) is ErrorCode.UNKNOWN_BARCODE, "a shop without such a scale knows no labels"
    assert till.store.read.basket().lines == ()


def test_a_code_of_the_shop_that_looks_like_a_label_is_its_own_goods_first(till: Till) -> None:
    shop = labelled(till, "2F IIIII WWWWW C")
    _, line = selling.scan(shop, "2900000000018")
    assert line.product_uid == GAS.uid


# --- deposits ---------------------------------------------------------------------------------------------------------


def test_two_galon_go_out_and_come_back_with_their_money(till: Till) -> None:
    read = till.store.read
    held = deposits.lend(till, RINA, GALON.uid, 2, 40_000)
    assert (held.quantity, held.amount, held.name) == (2, 80_000, "Air galon")
    session = read.session()
    assert session is not None
    assert session.expected == 280_000
    assert read.deposit_price(GALON.uid) == 40_000
    assert [(item.name, item.quantity) for item in read.deposits(RINA)] == [("Air galon", 2)]
    held = deposits.give_back(till, RINA, GALON.uid, 1)
    assert (held.quantity, held.amount) == (1, 40_000)
    deposits.give_back(till, RINA, GALON.uid, 1)
    assert read.deposits(RINA) == []
    session = read.session()
    assert session is not None
    assert session.expected == 200_000
    assert [operation.kind for operation in read.waiting_operations(500)][-3:] == ["deposit@1"] * 3
    assert read.check() == []
    close_session(till, 200_000)


def test_a_gas_bottle_on_trust_moves_no_money_and_needs_no_drawer(till: Till) -> None:
    close_session(till, 200_000)
    assert deposits.lend(till, RINA, GAS.uid, 1).quantity == 1
    assert refused(lambda: deposits.lend(till, RINA, GAS.uid, 1, 100_000)) is ErrorCode.NO_CASH_SESSION
    assert deposits.give_back(till, RINA, GAS.uid, 1).quantity == 0


def test_nobody_brings_back_more_than_they_took_and_nobody_unknown_takes_any(till: Till) -> None:
    assert refused(lambda: deposits.give_back(till, RINA, GALON.uid, 1)) is ErrorCode.DEPOSIT_TOO_MANY
    assert refused(lambda: deposits.lend(till, "", GALON.uid, 1)) is ErrorCode.DEPOSIT_NEEDS_CUSTOMER
    for pieces, each, code in (
        (0, 0, ErrorCode.QUANTITY_OUT_OF_RANGE),
        (1, -1, ErrorCode.AMOUNT_OUT_OF_RANGE),
        (2, 10**12, ErrorCode.AMOUNT_OUT_OF_RANGE),
    ):
        assert refused(partial(deposits.lend, till, RINA, GALON.uid, pieces, each)) is code
    assert till.store.read.deposits(RINA) == []


# --- baskets put aside ------------------------------------------------------------------------------------------------


def test_baskets_are_put_aside_under_the_smallest_free_number_with_name_and_age(till: Till) -> None:
    numbers = []
    for name in ("Pak Budi", "", "Bu Rina"):
        selling.scan(till, MIE_CODE)
        numbers.append(selling.hold_basket(till, name))
    assert numbers == [1, 2, 3]
    held = till.store.read.held_baskets()
    assert [(basket.number, basket.label) for basket in held] == [(1, "Pak Budi"), (2, ""), (3, "Bu Rina")]
    assert [basket.held_at for basket in held] == sorted(basket.held_at for basket in held)
    selling.name_held(till, held[1].uid, "warung\n sebelah " * 30)
    selling.recall_basket(till, held[0].uid)
    selling.hold_basket(till)
    named = {basket.number: basket.label for basket in till.store.read.held_baskets()}
    assert sorted(named) == [1, 2, 3]
    assert named[2].startswith("warung sebelah")
    assert len(named[2]) <= selling.LONGEST_NAME


def test_a_basket_that_was_dropped_by_mistake_comes_back_until_the_next_one_goes(till: Till) -> None:
    for _ in range(2):
        selling.scan(till, MIE_CODE)
        selling.hold_basket(till)
    first, second = till.store.read.held_baskets()
    selling.drop_held(till, first.uid)
    assert [basket.uid for basket in till.store.read.held_baskets()] == [second.uid]
    selling.restore_dropped(till, first.uid)
    assert till.store.read.held_baskets() == [first, second]
    selling.drop_held(till, first.uid)
    selling.drop_held(till, second.uid)
    assert refused(lambda: selling.restore_dropped(till, first.uid)) is ErrorCode.BASKET_CHANGED
    assert refused(lambda: selling.drop_held(till, second.uid)) is ErrorCode.BASKET_CHANGED
    assert till.store.read.held_baskets() == []
    assert till.store.read.check() == []


def test_a_basket_that_comes_back_sees_what_was_sold_meanwhile(till: Till) -> None:
    selling.scan(till, KOPI_CODE, 4)
    selling.hold_basket(till)
    basket, _ = selling.scan(till, KOPI_CODE, 4)
    complete_sale(till, basket, basket.total)
    recalled = selling.recall_basket(till, till.store.read.held_baskets()[0].uid)
    assert (recalled.lines[0].on_hand, recalled.missing(KOPI.uid)) == (1, 3)
    assert selling.undo(till).lines == (), "its undo came back with it"


def test_the_package_of_a_scanned_code_is_itself_for_sale(till: Till) -> None:
    _, line = selling.scan(till, KOPI_DUS_CODE)
    assert (line.product_uid, line.amount) == (KOPI_DUS.uid, 190_000)
    assert MIE.uid != KOPI_DUS.uid
