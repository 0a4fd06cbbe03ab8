"""Any basket of any goods, tiers, prices by hand and discounts: lines add up to the total, and every price says why it is that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine, new_line, repriced, settled, with_own, with_price, with_quantity, with_unit
from pos.domain.discount import WHOLE, Discount, DiscountKind, part_of
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import MAX_AMOUNT, line_amount
from pos.domain.pricing import choose_price, rules_now
from pos.domain.product import Price, PriceKind, SellableUnit
from pos.domain.quantity import BaseUnit

GROUPS = ("", "langganan", "agen")
PRICES = st.builds(
    lambda retail, rules: (Price(PriceKind.RETAIL, retail), *rules),
    st.integers(0, 1_000_000),
    st.lists(
        st.builds(
            Price,
            st.sampled_from([PriceKind.WHOLESALE, PriceKind.GROUP, PriceKind.RETAIL]),
            st.integers(0, 1_000_000),
            st.integers(1, 50),
            st.sampled_from(GROUPS[1:]),
            st.integers(0, 200),
        ),
        max_size=6,
    ),
)
OFF = st.one_of(
    st.none(),
    st.builds(Discount, st.just(DiscountKind.AMOUNT), st.integers(1, 2_000_000), st.just("tawar"), st.integers(0, WHOLE)),
    st.builds(Discount, st.just(DiscountKind.PERCENT), st.integers(1, WHOLE), st.just("promo"), st.integers(0, WHOLE)),
)
UNITS = st.builds(
    lambda number, prices, factor, base: SellableUnit(f"p{number}", f"u{number}", f"Barang {number}", "pcs", factor, prices, base),
    st.integers(0, 10_000),
    PRICES,
    st.sampled_from([1, 10, 1_000]),
    st.sampled_from(list(BaseUnit)),
)


def line_of(number: int, unit: SellableUnit, quantity: int, by_hand: int | None, own: Discount | None, group: str) -> BasketLine:
    line = new_line(f"l{number}", unit, quantity, 100, group)
    if by_hand is not None:
        line = with_price(line, by_hand)
    return with_own(line, own)


@st.composite
def baskets(draw: st.DrawFn) -> tuple[Basket, dict[str, tuple[Price, ...]]]:
    group = draw(st.sampled_from(GROUPS))
    units = draw(st.lists(UNITS, min_size=1, max_size=12, unique_by=lambda unit: unit.unit_uid))
    lines = tuple(
        line_of(place, unit, draw(st.integers(1, 5_000)), draw(st.none() | st.integers(0, 1_000_000)), draw(OFF), group)
        for place, unit in enumerate(units)
    )
    basket = settled(Basket("b", lines=lines, customer_group=group, off=draw(OFF)))
    return basket, {unit.unit_uid: unit.prices for unit in units}


@settings(max_examples=80)
@given(baskets())
def test_the_lines_of_any_basket_add_up_to_its_total(made: tuple[Basket, dict[str, tuple[Price, ...]]]) -> None:
    basket, _ = made
    assert sum(line.amount for line in basket.lines) == basket.total == basket.subtotal - basket.discount
    for line in basket.lines:
        assert line.gross == line_amount(line.unit_price, line.quantity, line.factor)
        assert 0 <= line.discount <= line.gross
        assert line.amount >= 0
        own = line.own.off(line.gross) if line.own is not None else 0
        assert line.discount == own + line.share
    alone = sum(line.gross - (line.discount - line.share) for line in basket.lines)
    assert sum(line.share for line in basket.lines) == (basket.off.off(alone) if basket.off is not None else 0)


@settings(max_examples=80)
@given(baskets(), st.data())
def test_whatever_is_changed_the_basket_is_settled_again(made: tuple[Basket, dict[str, tuple[Price, ...]]], data: st.DataObject) -> None:
    basket, prices = made
    place = data.draw(st.integers(0, len(basket.lines) - 1))
    line = basket.lines[place]
    changed = data.draw(
        st.sampled_from(
            [
                with_quantity(line, prices[line.unit_uid], data.draw(st.integers(1, 9_999)), 100, basket.customer_group),
                with_price(line, data.draw(st.integers(0, 500_000))),
                with_price(line, None),
                with_own(line, data.draw(OFF)),
            ]
        )
    )
    lines = (*basket.lines[:place], changed, *basket.lines[place + 1 :])
    after = settled(replace(basket, lines=lines))
    assert settled(after) == after
    assert sum(item.amount for item in after.lines) == after.total
    assert all(0 <= item.discount <= item.gross for item in after.lines)
    gone = settled(replace(basket, lines=(*basket.lines[:place], *basket.lines[place + 1 :])))
    assert all(0 <= item.discount <= item.gross for item in gone.lines)


@settings(max_examples=80)
@given(baskets(), st.sampled_from(GROUPS))
def test_a_customer_who_comes_late_pays_what_they_would_have_paid_from_the_start(
    made: tuple[Basket, dict[str, tuple[Price, ...]]], group: str
) -> None:
    basket, prices = made
    after = repriced(replace(basket, customer_group=group), prices, 100)
    for line in after.lines:
        choice = choose_price(prices[line.unit_uid], line.quantity, line.factor, 100, group)
        by_hand = line.price is not None and line.price.instead_of is not None
        assert by_hand or line.unit_price == choice.amount
    assert repriced(replace(after, customer_group=basket.customer_group), prices, 100) == basket


@settings(max_examples=80)
@given(baskets(), st.data())
def test_what_is_returned_in_parts_gives_back_each_line_to_the_rupiah(
    made: tuple[Basket, dict[str, tuple[Price, ...]]], data: st.DataObject
) -> None:
    basket, _ = made
    for line in basket.lines:
        cut = data.draw(st.integers(0, line.quantity))
        parts = [part for part in (cut, line.quantity - cut) if part]
        before = back = taken = 0
        for part in parts:
            back += part_of(line.amount, line.quantity, before, part)
            taken += part_of(line.discount, line.quantity, before, part)
            before += part
        assert (back, taken) == (line.amount, line.discount)


@settings(max_examples=80)
@given(PRICES, st.integers(1, 20_000), st.sampled_from([1, 10, 1_000]), st.integers(0, 300), st.sampled_from(GROUPS))
def test_a_price_is_one_of_the_rules_that_hold_and_says_which(
    prices: tuple[Price, ...], quantity: int, factor: int, at: int, group: str
) -> None:
    choice = choose_price(prices, quantity, factor, at, group)
    rules = rules_now(prices, at, group)
    assert any((rule.kind, rule.min_quantity, rule.amount) == (choice.kind, choice.min_quantity, choice.amount) for rule in rules)
    assert choice.min_quantity <= 1 or choice.min_quantity * factor <= quantity or choice.kind is PriceKind.RETAIL
    assert choice.amount <= choose_price(prices, quantity, factor, at).amount, "a group never pays more"
    assert choose_price(prices, quantity + factor, factor, at, group).amount <= choice.amount, "more never costs more a piece"
    if choice.next_quantity is not None and choice.next_amount is not None:
        assert choice.next_quantity * factor > quantity
        assert choose_price(prices, choice.next_quantity * factor, factor, at, group).amount <= choice.next_amount < choice.amount


@given(PRICES, st.integers(1, 20_000), st.randoms(use_true_random=False))
def test_the_order_in_which_prices_were_written_down_does_not_matter(prices: tuple[Price, ...], quantity: int, chance: object) -> None:
    rules = {(price.kind, price.min_quantity, price.group, price.starts_at): price for price in prices}
    mixed = list(rules.values())
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert choose_price(mixed, quantity, 1, 150, "agen") == choose_price(rules.values(), quantity, 1, 150, "agen")


def test_four_hundred_grams_have_the_customers_price_too() -> None:
    prices = (Price(PriceKind.RETAIL, 18_000), Price(PriceKind.GROUP, 17_000, group="langganan"))
    assert choose_price(prices, 400, 1_000, 0, "langganan").amount == 17_000


def test_a_price_by_hand_stays_with_the_line_and_goes_back_to_the_list() -> None:
    unit = SellableUnit("p", "u", "Mi", "pcs", 1, (Price(PriceKind.RETAIL, 3_500), Price(PriceKind.WHOLESALE, 3_200, 10)))
    line = with_price(new_line("l", unit, 2, 0), 3_000)
    assert line.price is not None
    assert line.price.instead_of == 3_500
    more = with_quantity(line, unit.prices, 12, 0)
    assert (more.unit_price, more.price and more.price.instead_of) == (3_000, 3_200)
    listed = with_price(more, None)
    assert (listed.unit_price, listed.price and listed.price.instead_of) == (3_200, None)


def test_another_unit_keeps_what_was_agreed_for_the_line() -> None:
    unit = SellableUnit("p", "u", "Mi", "bungkus", 1, (Price(PriceKind.RETAIL, 3_500),))
    dus = SellableUnit("p", "d", "Mi", "dus", 40, (Price(PriceKind.RETAIL, 124_000),))
    line = with_own(new_line("l", unit, 2, 0), Discount(DiscountKind.PERCENT, 1_000))
    other = with_unit(line, dus, 80, 0)
    assert (other.uid, other.unit_name, other.quantity, other.gross, other.discount) == ("l", "dus", 80, 248_000, 24_800)


def test_a_total_that_no_receipt_can_show_is_refused_before_it_is_on_the_counter() -> None:
    unit = SellableUnit("p", "u", "Emas", "pcs", 1, (Price(PriceKind.RETAIL, 999_999_999),))
    most = MAX_AMOUNT // 999_999_999
    assert settled(Basket("b", lines=(new_line("l", unit, most, 0),))).total <= MAX_AMOUNT
    with pytest.raises(ShopError) as refused:
        settled(Basket("b", lines=(new_line("l", unit, most + 1, 0),)))
    assert refused.value.code is ErrorCode.AMOUNT_OUT_OF_RANGE


def test_goods_for_nothing_are_sold_for_nothing() -> None:
    unit = SellableUnit("p", "u", "Kantong", "pcs", 1, (Price(PriceKind.RETAIL, 0),))
    basket = settled(Basket("b", lines=(new_line("l", unit, 3, 0),), off=Discount(DiscountKind.PERCENT, 1_000)))
    assert (basket.total, basket.discount) == (0, 0)


def test_what_the_shelf_lacks_is_counted_over_all_lines_of_the_goods() -> None:
    unit = SellableUnit("p", "u", "Mi", "bungkus", 1, (Price(PriceKind.RETAIL, 3_500),), on_hand=50)
    dus = SellableUnit("p", "d", "Mi", "dus", 40, (Price(PriceKind.RETAIL, 124_000),), on_hand=50)
    basket = Basket("b", lines=(new_line("l", unit, 12, 0), new_line("m", dus, 40, 0)))
    assert basket.missing("p") == 2
    assert basket.missing("other") == 0
