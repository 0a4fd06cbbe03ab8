"""Gula for five thousand rupiah, and what a scale says: how an amount comes out in grams, and which weights are sold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import line_amount
from pos.domain.pricing import choose_price
from pos.domain.product import Price, PriceKind
from pos.domain.quantity import BaseUnit
from pos.domain.weighing import (
    STALE_AFTER_S,
    ScaleReading,
    WeightState,
    by_rupiah,
    grams_as_quantity,
    least_quantity,
    step_of,
    weight_of,
)

GULA = (Price(PriceKind.RETAIL, 18_000), Price(PriceKind.WHOLESALE, 17_500, 10))


def test_five_thousand_of_sugar_is_so_many_grams_by_the_shops_step() -> None:
    way = by_rupiah(5_000, GULA, 1_000, 5, at=0)
    assert (way.quantity, way.amount, way.difference) == (280, 5_040, 40)
    assert by_rupiah(5_000, GULA, 1_000, 1, at=0).quantity == 278
    assert by_rupiah(5_000, GULA, 1_000, 50, at=0).quantity == 300
    assert by_rupiah(9_000, GULA, 1_000, 5, at=0).difference == 0


def test_an_amount_that_reaches_wholesale_is_counted_at_the_wholesale_price() -> None:
    way = by_rupiah(350_000, GULA, 1_000, 5, at=0)
    assert (way.quantity, way.unit_price, way.amount) == (20_000, 17_500, 350_000)


def test_of_pieces_whole_ones_come_out() -> None:
    kopi = (Price(PriceKind.RETAIL, 2_000),)
    assert by_rupiah(5_000, kopi, 1, step_of(BaseUnit.PCS, 1, 5), at=0).quantity == 2
    assert step_of(BaseUnit.PCS, 10, 5) == 10
    assert step_of(BaseUnit.GRAM, 1_000, 5) == 5


def test_less_than_the_smallest_step_is_refused_with_what_it_costs() -> None:
    with pytest.raises(ShopError) as refused:
        by_rupiah(30, GULA, 1_000, 5, at=0)
    assert refused.value.code is ErrorCode.RUPIAH_TOO_LITTLE
    assert refused.value.fields["least"] == 90


@pytest.mark.parametrize("prices", [(), (Price(PriceKind.RETAIL, 0),)])
def test_goods_without_a_price_are_not_sold_for_an_amount(prices: tuple[Price, ...]) -> None:
    with pytest.raises(ShopError):
        by_rupiah(5_000, prices, 1_000, 5, at=0)


@given(
    st.integers(100, 50_000_000),
    st.integers(1, 500_000),
    st.lists(st.tuples(st.integers(2, 50), st.integers(1, 500_000)), max_size=3),
    st.sampled_from([1, 5, 10, 50]),
)
def test_an_amount_comes_out_as_near_as_the_step_lets_it(asked: int, retail: int, tiers: list[tuple[int, int]], step: int) -> None:
    prices = (Price(PriceKind.RETAIL, retail), *(Price(PriceKind.WHOLESALE, amount, start) for start, amount in tiers))
    cheapest = min(price.amount for price in prices)
    if 2 * asked < line_amount(retail, step, 1_000) or asked * 1_000 > cheapest * 900_000_000:
        # less than a step, or more than a line holds: another test's
        return
    way = by_rupiah(asked, prices, 1_000, step, at=0)
    assert way.quantity % step == 0
    assert way.unit_price == choose_price(prices, way.quantity, 1_000, at=0).amount
    assert way.amount == line_amount(way.unit_price, way.quantity, 1_000)
    for other in (way.quantity - step, way.quantity + step):
        if other > 0:
            amount = line_amount(choose_price(prices, other, 1_000, at=0).amount, other, 1_000)
            assert abs(amount - asked) >= abs(way.difference)


@given(st.integers(1, 99_999), st.integers(1, 500_000), st.sampled_from([1, 1_000]))
def test_a_label_with_a_price_is_the_least_that_comes_to_it(rupiah: int, price: int, factor: int) -> None:
    quantity = least_quantity(rupiah, price, factor)
    assert line_amount(price, quantity, factor) >= rupiah
    assert line_amount(price, quantity - 1, factor) < rupiah


def reading(grams: int = 280, state: WeightState = WeightState.STABLE, at: float = 10.0) -> ScaleReading:
    return ScaleReading(grams, state, at)


def test_a_steady_weight_is_sold() -> None:
    assert weight_of(reading(), 10.2) == 280


@pytest.mark.parametrize(
    ("told", "now", "code"),
    [
        (None, 10.0, ErrorCode.SCALE_SILENT),
        (reading(), 10.1 + STALE_AFTER_S, ErrorCode.SCALE_SILENT),
        (reading(state=WeightState.MOVING), 10.0, ErrorCode.SCALE_MOVING),
        (reading(state=WeightState.OVERLOAD), 10.0, ErrorCode.SCALE_OVERLOAD),
        (reading(-5), 10.0, ErrorCode.SCALE_NEGATIVE),
        (reading(0), 10.0, ErrorCode.SCALE_EMPTY),
        (reading(10**12), 10.0, ErrorCode.SCALE_OVERLOAD),
    ],
)
def test_a_weight_that_is_old_unsteady_or_below_nothing_is_refused(told: ScaleReading | None, now: float, code: ErrorCode) -> None:
    with pytest.raises(ShopError) as refused:
        weight_of(told, now)
    assert refused.value.code is code


def test_pieces_are_not_sold_by_the_gram() -> None:
    assert grams_as_quantity(280, BaseUnit.GRAM, "Gula") == 280
    with pytest.raises(ShopError) as refused:
        grams_as_quantity(280, BaseUnit.PCS, "Mi")
    assert refused.value.code is ErrorCode.SCALE_NOT_FOR
