"""What a delivery comes to: shares to the rupiah, amounts that follow the quantity, differences, prices by a margin, what to buy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.receiving import (
    ReceiptHead,
    ReceiptLine,
    difference,
    landed,
    merged,
    spread,
    suggested_price,
    with_amount,
    with_quantity,
    with_unit_cost,
)
from pos.domain.shopping import ShoppingList, Wanted, as_text, to_buy

MI = ReceiptLine(0, "mi", "dus", "Mi goreng", "dus", 40, 80, 224_000, 112_000)
KOPI = ReceiptLine(1, "kopi", "renteng", "Kopi", "renteng", 10, 30, 33_000)


def refused(line: ReceiptLine, head: ReceiptHead) -> ErrorCode:
    with pytest.raises(ShopError) as caught:
        landed([line], head)
    return caught.value.code


def test_the_amount_of_a_line_by_the_unit_follows_how_many_there_are() -> None:
    assert with_quantity(MI, 120).amount == 336_000
    assert with_quantity(KOPI, 60).amount == 33_000, "a sum that was typed stays what was typed"
    assert with_unit_cost(KOPI, 12_000).amount == 36_000
    assert with_amount(MI, 220_000).unit_cost is None


def test_discount_and_transport_are_shared_by_what_each_line_costs() -> None:
    lines = landed([MI, KOPI], ReceiptHead(discount=7_000, transport=15_000))
    assert sum(line.cost for line in lines) == 224_000 + 33_000 - 7_000 + 15_000
    assert [line.cost for line in lines] == [230_973, 34_027]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_shares_add_up_to_the_rupiah_and_none_is_off_by_one_or_more(total: int, weights: list[int]) -> None:
    shares = spread(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    for share, weight in zip(shares, weights if sum(weights) else [1] * len(weights), strict=True):
        assert abs(share * whole - total * weight) < whole


def test_a_delivery_that_cannot_be_booked_says_why() -> None:
    assert refused(with_amount(MI, 100), ReceiptHead(discount=101)) is ErrorCode.RECEIPT_DISCOUNT
    assert refused(ReceiptLine(0, "x", "x", "Gula", "kg", 1_000, 1_000), ReceiptHead()) is ErrorCode.RECEIPT_COST_MISSING
    with pytest.raises(ShopError) as caught:
        landed([], ReceiptHead())
    assert caught.value.code is ErrorCode.RECEIPT_EMPTY


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_a_receipt_with_its_correction_is_what_was_meant(data: st.DataObject) -> None:
    goods = st.builds(
        lambda key, quantity, amount, cost: ReceiptLine(0, key, key, key, "pcs", 1, quantity, amount, None, 0, cost),
        st.sampled_from("abcd"),
        st.integers(1, 99),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
    )
    before, after = data.draw(st.lists(goods, max_size=6)), data.draw(st.lists(goods, max_size=6))
    told = difference(before, after)
    now = {line.product_uid: (line.quantity, line.amount, line.cost) for line in merged([*before, *told])}
    assert now == {line.product_uid: (line.quantity, line.amount, line.cost) for line in merged(after)}
    assert difference(after, after) == ()


def test_a_price_is_the_cost_and_its_margin_up_to_the_shops_step() -> None:
    assert suggested_price(2_831, 1_500, 100) == 3_300
    assert suggested_price(2_000, 2_500, 500) == 2_500
    assert suggested_price(1_001, 0, 1) == 1_001


def test_the_shop_buys_what_two_weeks_sell_and_twice_what_must_be_there_in_whole_dus() -> None:
    assert to_buy(on_hand=100, minimum=40, sold=0, factor=40) == 0
    assert to_buy(on_hand=30, minimum=40, sold=0, factor=40) == 2, "80 are to be there, 50 are missing"
    assert to_buy(on_hand=10, minimum=0, sold=280, factor=40) == 4, "10 a day: 140 for two weeks"
    assert to_buy(on_hand=-5, minimum=0, sold=28, factor=1) == 14
    assert to_buy(on_hand=0, minimum=0, sold=0, factor=1) == 0


def test_the_list_can_be_sent_as_words() -> None:
    lists = [ShoppingList("s", "Agen Makmur", (Wanted("mi", "Mi goreng", "dus", 2, 3, 40, 224_000),)), ShoppingList("", "", ())]
    assert as_text(lists, "Tanpa pemasok", "Daftar kulakan") == (
        "Daftar kulakan\n\nAgen Makmur\n- Mi goreng: 2 dus\n  ± Rp224.000\n\nTanpa pemasok\n"
    )
