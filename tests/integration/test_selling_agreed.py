"""What is agreed on at the counter, through the services and a real store: units, prices, discounts, customers, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.discount import Discount, DiscountKind
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act
from pos.domain.product import PriceKind
from pos.services import selling, selling_lines
from pos.services.checkout import complete_sale
from pos.services.goods import add_unknown
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from tests.helpers.counter_shelf import BATANG_CODE, GALON_CODE, GULA, MIE, MIE_CODE, MIE_DUS_CODE, ROKOK, ROKOK_CODE, SHELF, allowed, staff
from tests.helpers.shops import open_market, open_till

PERCENT, AMOUNT = DiscountKind.PERCENT, DiscountKind.AMOUNT


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path, SHELF) as open_shop:
        yield open_shop


def refused(act: object) -> ErrorCode:
    with pytest.raises(ShopError) as error:
        act()  # type: ignore[operator]
    return error.value.code


def amounts(till: Till) -> list[tuple[str, int, int]]:
    return [(line.unit_name, line.quantity, line.amount) for line in till.store.read.basket().lines]


def audited(till: Till, action: str) -> int:
    raw = till.store.read._readers.connection()  # type: ignore[attr-defined]
    return int(raw.execute("SELECT count(*) FROM audit WHERE action = ?", (action,)).fetchone()[0])


# --- units ----------------------------------------------------------------------------------------------------------


def test_a_cartons_code_sells_a_carton_at_the_cartons_price(till: Till) -> None:
    selling.scan(till, MIE_CODE)
    basket, line = selling.scan(till, MIE_DUS_CODE)
    assert amounts(till) == [("bungkus", 1, 3_500), ("dus", 40, 124_000)]
    assert (line.unit_name, line.quantity) == ("dus", 40)
    complete_sale(till, basket, 127_500)
    assert till.store.read.on_hand(MIE.uid) == 212 - 41


def test_a_unit_is_changed_on_the_line_and_two_bungkus_become_two_dus(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE, 2)
    basket = selling_lines.change_unit(till, line.uid, MIE.units[1].uid)
    assert amounts(till) == [("dus", 80, 248_000)]
    assert basket.lines[0].uid == line.uid
    selling.undo(till)
    assert amounts(till) == [("bungkus", 2, 7_000)]


def test_a_line_that_becomes_what_is_there_already_joins_it(till: Till) -> None:
    selling.scan(till, MIE_DUS_CODE)
    _, line = selling.scan(till, MIE_CODE, 3)
    selling_lines.change_unit(till, line.uid, MIE.units[1].uid)
    assert amounts(till) == [("dus", 160, 496_000)]
    selling.undo(till)
    assert amounts(till) == [("dus", 40, 124_000), ("bungkus", 3, 10_500)]


def test_a_unit_of_other_goods_is_no_unit_of_this_line(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE)
    assert refused(lambda: selling_lines.change_unit(till, line.uid, GULA.units[1].uid)) is ErrorCode.BASKET_CHANGED
    assert refused(lambda: selling_lines.change_unit(till, line.uid, "x")) is ErrorCode.BASKET_CHANGED


def test_single_cigarettes_are_not_sold_by_scan_tap_or_unit_unless_the_owner_says_so(till: Till) -> None:
    assert refused(lambda: selling.scan(till, BATANG_CODE)) is ErrorCode.LOOSE_STICK
    _, line = selling.scan(till, ROKOK_CODE)
    assert refused(lambda: selling_lines.change_unit(till, line.uid, ROKOK.units[0].uid)) is ErrorCode.LOOSE_STICK
    free = replace(till, rules=replace(till.rules, loose_sticks=True))
    selling.scan(free, BATANG_CODE)
    assert amounts(till) == [("bungkus", 12, 27_000), ("batang", 1, 2_500)]


# --- prices ----------------------------------------------------------------------------------------------------------


def test_wholesale_begins_where_it_is_said_and_says_so(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE, 9)
    assert line.price is not None
    assert (line.unit_price, line.price.next_quantity, line.price.next_amount) == (3_500, 10, 3_300)
    _, line = selling.scan(till, MIE_CODE)
    assert line.price is not None
    assert (line.unit_price, line.price.kind, line.price.min_quantity) == (3_300, PriceKind.WHOLESALE, 10)


def test_a_price_that_starts_later_does_not_count_yet(till: Till) -> None:
    clock = till.clock
    selling.scan(till, MIE_CODE)
    assert till.store.read.basket().total == 3_500
    clock.at = 1_800_000_000_001  # type: ignore[attr-defined]
    selling.scan(till, MIE_CODE)
    assert till.store.read.basket().total == 7_400


def test_a_customers_group_prices_the_whole_basket_and_no_customer_takes_it_back(till: Till) -> None:
    selling.scan(till, MIE_CODE, 2)
    selling.scan(till, GALON_CODE)
    basket = selling_lines.set_customer(till, "c" * 32, "Bu Rina", "langganan")
    assert (basket.customer_name, basket.customer_group) == ("Bu Rina", "langganan")
    assert amounts(till) == [("bungkus", 2, 6_400), ("galon", 1, 6_000)]
    basket, line = selling.scan(till, MIE_CODE)
    assert line.unit_price == 3_200, "what is scanned later has the customer's price too"
    assert line.price is not None
    assert (line.price.kind, line.price.group) == (PriceKind.GROUP, "langganan")
    selling.undo(till)
    undone = selling.undo(till)
    assert (undone.customer_uid, undone.customer_group, undone.total) == ("", "", 13_000)
    redone = selling.redo(till)
    assert (redone.customer_name, redone.total) == ("Bu Rina", 12_400)
    nobody = selling_lines.set_customer(till, "", "x", "langganan")
    assert (nobody.customer_name, nobody.customer_group, nobody.total) == ("", "", 13_000)


def test_a_customer_with_a_name_of_three_hundred_letters_stands_on_one_line(till: Till) -> None:
    selling.scan(till, MIE_CODE)
    basket = selling_lines.set_customer(till, "c" * 32, "Bu Rina\n" * 40, "")
    assert len(basket.customer_name) <= 60
    assert "\n" not in basket.customer_name
    selling.hold_basket(till)
    assert till.store.read.held_baskets()[0].label == basket.customer_name


def test_a_price_is_changed_by_who_may_and_is_in_the_audit_log(till: Till) -> None:
    staff(till)
    _, line = selling.scan(till, MIE_CODE, 12)
    assert refused(lambda: selling_lines.set_price(till, line.uid, 3_000)) is ErrorCode.NEEDS_ROLE
    assert till.store.read.basket().total == 12 * 3_300
    basket = selling_lines.set_price(till, line.uid, 3_000, allowed(till, Act.PRICE_CHANGE))
    assert basket.lines[0].price is not None
    assert (basket.total, basket.lines[0].price.instead_of) == (36_000, 3_300)
    assert audited(till, "price_change") == 1
    assert selling_lines.set_price(till, line.uid, None).total == 12 * 3_300, "back to the list is nobody's favour"


def test_the_same_goods_at_a_price_by_hand_are_a_line_of_their_own(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE)
    selling_lines.set_price(till, line.uid, 3_000)
    selling.scan(till, MIE_CODE)
    assert amounts(till) == [("bungkus", 1, 3_000), ("bungkus", 1, 3_500)]


@pytest.mark.parametrize("amount", [-1, 10**12])
def test_a_price_out_of_all_bounds_is_refused(till: Till, amount: int) -> None:
    _, line = selling.scan(till, MIE_CODE)
    assert refused(lambda: selling_lines.set_price(till, line.uid, amount)) is ErrorCode.AMOUNT_OUT_OF_RANGE


def test_a_price_of_nothing_and_one_of_nearly_a_billion_are_sold(till: Till) -> None:
    _, free = selling.scan(till, MIE_CODE)
    _, dear = selling.scan(till, MIE_DUS_CODE)
    selling_lines.set_price(till, free.uid, 0)
    basket = selling_lines.set_price(till, dear.uid, 999_999_999)
    assert basket.total == 999_999_999
    sale = complete_sale(till, basket, basket.total)
    assert till.store.read.sale(sale.uid) == sale
    assert till.store.read.check() == []


def test_a_total_that_no_receipt_can_show_never_gets_onto_the_counter(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE)
    selling_lines.set_price(till, line.uid, 999_999_999)
    assert refused(lambda: selling.set_quantity(till, line.uid, 1_001)) is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert till.store.read.basket().lines[0].quantity == 1


# --- discounts -------------------------------------------------------------------------------------------------------


def test_a_discount_on_a_line_and_one_on_the_basket_add_up_to_the_total(till: Till) -> None:
    _, mie = selling.scan(till, MIE_CODE, 3)
    selling.scan(till, GALON_CODE)
    selling_lines.discount_line(till, mie.uid, Discount(AMOUNT, 500, "tawar"))
    basket = selling_lines.discount_basket(till, Discount(PERCENT, 500, "promo"))
    assert [line.discount for line in basket.lines] == [500 + 500, 300]
    assert (basket.subtotal, basket.discount, basket.total) == (16_500, 1_300, 15_200)
    basket, _ = selling.scan(till, GALON_CODE, 2)
    assert [line.discount for line in basket.lines] == [1_000, 900], "what is scanned later has its part in it"
    sale = complete_sale(till, basket, basket.total)
    assert sum(line.amount for line in sale.lines) == sale.total == basket.total
    assert till.store.read.check() == []


def test_a_discount_is_undone_and_done_again_with_its_reason(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE, 3)
    selling_lines.discount_line(till, line.uid, Discount(PERCENT, 1_000, " langganan\nlama "))
    given = till.store.read.basket()
    assert selling.undo(till).discount == 0
    assert selling.redo(till) == given
    own = given.lines[0].own
    assert own is not None
    assert (own.reason, given.discount) == ("langganan lama", 1_050)
    assert selling_lines.discount_line(till, line.uid, None).discount == 0


def test_more_than_the_limit_needs_the_owner_and_is_in_the_audit_log(till: Till) -> None:
    staff(till)
    _, line = selling.scan(till, MIE_CODE, 2)
    assert selling_lines.discount_line(till, line.uid, Discount(PERCENT, 1_000)).discount == 700
    for over in (Discount(PERCENT, 1_001), Discount(AMOUNT, 701)):
        assert refused(lambda over=over: selling_lines.discount_line(till, line.uid, over)) is ErrorCode.NEEDS_ROLE
        assert refused(lambda over=over: selling_lines.discount_basket(till, over)) is ErrorCode.NEEDS_ROLE
    assert refused(lambda: selling_lines.discount_basket(till, Discount(PERCENT, 500))) is ErrorCode.NEEDS_ROLE, "both together count"
    basket = selling_lines.discount_basket(till, Discount(PERCENT, 5_000), allowed(till, Act.DISCOUNT))
    assert basket.total == 3_150
    assert audited(till, "discount") == 1


def test_a_discount_within_the_limit_shrinks_with_its_line(till: Till) -> None:
    staff(till)
    _, line = selling.scan(till, GALON_CODE, 10)
    assert selling_lines.discount_line(till, line.uid, Discount(AMOUNT, 6_000, "tawar")).discount == 6_000
    assert selling.set_quantity(till, line.uid, 1).discount == 600, "one galon is not given away for the discount of ten"


def test_a_whole_line_can_be_a_gift_when_the_owner_says_so(till: Till) -> None:
    _, line = selling.scan(till, MIE_CODE)
    selling.scan(till, GALON_CODE)
    basket = selling_lines.discount_line(till, line.uid, Discount(PERCENT, 10_000, "bonus"))
    assert (basket.total, basket.lines[0].amount) == (6_000, 0)


# --- amounts and weights ----------------------------------------------------------------------------------------------


def test_sugar_for_five_thousand_is_weighed_by_the_shops_step(till: Till) -> None:
    unit = till.store.read.unit(GULA.units[1].uid)
    assert unit is not None
    _, line = selling.add_unit(till, unit, 1_000)
    assert selling_lines.sell_for(till, line.uid, 5_000).lines[0].quantity == 280
    coarse = replace(till, rules=replace(till.rules, weight_step=100))
    assert selling_lines.sell_for(coarse, line.uid, 5_000).lines[0].quantity == 300
    assert selling_lines.sell_for(till, line.uid, 350_000).total == 350_000, "and at the wholesale price from ten kilos on"
    assert refused(lambda: selling_lines.sell_for(till, line.uid, 10)) is ErrorCode.RUPIAH_TOO_LITTLE


def test_goods_without_a_name_at_once_and_flagged(till: Till) -> None:
    """The counter's part is a story of its own; here: what is in the store afterwards."""
    before = till.store.read.goods_counts()[GoodsFilter.REVIEW]
    piece = add_unknown(till, "8990000000017", "Kerupuk", 2_500)
    weighed = add_unknown(till, "54321", "Cabe", 60_000, weighed=True)
    assert (piece.needs_review, weighed.needs_review) == (True, True)
    assert till.store.read.goods_counts()[GoodsFilter.REVIEW] == before + 2
    _, line = selling.scan(till, "54321")
    assert (line.unit_name, line.quantity, line.amount) == ("kg", 1_000, 60_000)


# --- what survives ------------------------------------------------------------------------------------------------------


def test_all_of_it_survives_the_power_cut_with_its_undo(tmp_path: Path) -> None:
    with open_market(tmp_path, SHELF) as till:
        _, line = selling.scan(till, MIE_CODE, 2)
        selling_lines.change_unit(till, line.uid, MIE.units[1].uid)
        selling_lines.set_price(till, line.uid, 120_000)
        selling_lines.discount_line(till, line.uid, Discount(PERCENT, 500, "tawar"))
        selling_lines.set_customer(till, "c" * 32, "Bu Rina", "langganan")
        selling_lines.discount_basket(till, Discount(AMOUNT, 1_000, "promo"))
        whole = till.store.read.basket()
    with open_till(tmp_path) as till:
        assert till.store.read.basket() == whole
        steps = [whole]
        while (basket := selling.undo(till)).lines:
            steps.append(basket)
        assert len(steps) == 6
        for wanted in reversed(steps):
            again = selling.redo(till)
            assert (again.lines, again.customer_name, again.off) == (wanted.lines, wanted.customer_name, wanted.off)
