"""Unit ladders as they are said, and prices by percent: what comes out is exact, what cannot be is refused with a code."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.ladder import MOST_FACTOR, Rung, factors_of, rungs_of, same_ladder
from pos.domain.money import RoundingDirection
from pos.domain.product import Unit
from pos.domain.quantity import BaseUnit
from pos.domain.raising import HIGHEST, LOWEST, raised
from tests.helpers.shops import MI, TELUR

_EXAMPLES = int(os.environ.get("GOODS_EXAMPLES", "150"))
SACHET, RENTENG, DUS = Rung("s", "sachet"), Rung("r", "renteng", 10, "s"), Rung("d", "dus", 12, "r")


def refused(rungs: list[Rung], base: BaseUnit = BaseUnit.PCS) -> ErrorCode:
    with pytest.raises(ShopError) as error:
        factors_of(rungs, base)
    return error.value.code


def test_a_dus_of_renteng_of_sachets_comes_out_in_sachets() -> None:
    assert factors_of([SACHET, RENTENG, DUS], BaseUnit.PCS) == {"s": 1, "r": 10, "d": 120}
    assert factors_of([DUS, RENTENG, SACHET], BaseUnit.PCS) == {"s": 1, "r": 10, "d": 120}


def test_a_ladder_that_runs_in_a_circle_is_refused() -> None:
    assert refused([SACHET, replace(RENTENG, of="d"), DUS]) is ErrorCode.LADDER_CIRCLE
    assert refused([replace(SACHET, of="s")]) is ErrorCode.LADDER_CIRCLE
    assert refused([SACHET, replace(RENTENG, of="gone")]) is ErrorCode.LADDER_CIRCLE


@pytest.mark.parametrize("count", [0, -3, 100_001, 10**12])
def test_a_factor_that_no_shop_means_is_refused(count: int) -> None:
    assert refused([SACHET, replace(RENTENG, count=count)]) is ErrorCode.LADDER_FACTOR


def test_factors_are_judged_by_what_they_come_to() -> None:
    assert refused([SACHET, replace(RENTENG, count=1_000), replace(DUS, count=1_000)]) is ErrorCode.LADDER_FACTOR
    assert factors_of([Rung("t", "ton", 1_000_000)], BaseUnit.GRAM) == {"t": 1_000_000}


def test_two_units_of_one_name_and_a_unit_without_one_are_refused() -> None:
    assert refused([SACHET, replace(RENTENG, name=" Sachet ")]) is ErrorCode.UNIT_NAME_TWICE
    assert refused([SACHET, replace(RENTENG, name="  ")]) is ErrorCode.UNIT_NAME_EMPTY
    assert refused([]) is ErrorCode.LADDER_LENGTH


def test_a_product_says_its_ladder_in_the_next_smaller_unit() -> None:
    product = replace(MI, units=(*MI.units, Unit("p", "pak", 5), Unit("d", "dus", 40)))
    assert [(rung.count, rung.of) for rung in rungs_of(product)] == [(1, ""), (5, MI.units[0].uid), (8, "p")]
    assert [(rung.name, rung.count) for rung in rungs_of(TELUR)] == [("gram", 1), ("kg", 1_000)]


def test_another_factor_is_another_ladder_and_another_price_is_not() -> None:
    unit = MI.units[0]
    assert same_ladder(MI, replace(MI, name="Mi", units=(replace(unit, prices=()),)))
    assert not same_ladder(MI, replace(MI, units=(replace(unit, factor=2),)))
    assert not same_ladder(MI, replace(MI, base_unit=BaseUnit.GRAM))


@st.composite
def ladders(draw: st.DrawFn) -> list[Rung]:
    """Rungs that each stand on an earlier one or on the base unit, in any order."""
    rungs: list[Rung] = []
    for place in range(draw(st.integers(1, 5))):
        below = draw(st.sampled_from(["", *(rung.uid for rung in rungs)]))
        rungs.append(Rung(str(place), f"unit {place}", draw(st.integers(1, 12)), below))
    return draw(st.permutations(rungs))


@settings(derandomize=True, deadline=None, max_examples=_EXAMPLES)
@given(ladders())
def test_any_ladder_comes_to_the_product_of_its_counts_or_is_too_much(rungs: list[Rung]) -> None:
    by_uid = {rung.uid: rung for rung in rungs}

    def walked(rung: Rung) -> int:
        return rung.count * (walked(by_uid[rung.of]) if rung.of else 1)

    wanted = {rung.uid: walked(rung) for rung in rungs}
    if max(wanted.values()) > MOST_FACTOR[BaseUnit.PCS]:
        assert refused(rungs) is ErrorCode.LADDER_FACTOR
    else:
        assert factors_of(rungs, BaseUnit.PCS) == wanted


@settings(derandomize=True, deadline=None, max_examples=_EXAMPLES)
@given(ladders(), st.data())
def test_a_ladder_bent_into_a_circle_is_always_refused(rungs: list[Rung], data: st.DataObject) -> None:
    by_uid = {rung.uid: rung for rung in rungs}
    bent = data.draw(st.sampled_from(rungs))
    # some rung that stands on the bent one, or itself: counting the bent one in it closes the circle
    above = [rung.uid for rung in rungs if bent.uid in _down_from(rung, by_uid)]
    circle = [replace(rung, of=data.draw(st.sampled_from(above))) if rung is bent else rung for rung in rungs]
    assert refused(circle) in (ErrorCode.LADDER_CIRCLE, ErrorCode.LADDER_FACTOR)


def _down_from(rung: Rung, by_uid: dict[str, Rung]) -> set[str]:
    return {rung.uid} | (_down_from(by_uid[rung.of], by_uid) if rung.of else set())


# --- prices by percent --------------------------------------------------------------------------------------------------


def test_five_percent_more_on_a_step_of_a_hundred() -> None:
    assert raised(3_500, 500, 100) == 3_700
    assert raised(3_500, 500, 500) == 3_500
    assert raised(3_500, 500, 0) == 3_675
    assert raised(28_000, -250, 500) == 27_500


def test_what_had_a_price_is_never_given_away_and_what_was_free_stays_so() -> None:
    assert raised(200, -5_000, 500) == 200
    assert raised(600, -9_000, 500) == 500
    assert raised(0, 500, 100) == 0


def test_a_rounding_is_made_once_from_the_exact_price() -> None:
    # 1.049,6 is below the half of the step; rounded to 1.050 first, it would go up
    assert raised(1_025, 240, 100) == 1_000


@pytest.mark.parametrize("percent", [LOWEST - 1, HIGHEST + 1])
def test_a_percentage_that_is_a_slip_of_the_finger_is_refused(percent: int) -> None:
    with pytest.raises(ShopError) as error:
        raised(3_500, percent, 100)
    assert error.value.code is ErrorCode.PERCENT_OUT_OF_RANGE


amounts = st.integers(1, 100_000_000)
percents = st.integers(LOWEST, HIGHEST)
steps = st.sampled_from([0, 1, 50, 100, 500, 1_000])


@settings(derandomize=True, deadline=None, max_examples=_EXAMPLES)
@given(amounts, percents, steps)
def test_a_price_lands_on_the_step_next_to_the_exact_one(amount: int, percent: int, step: int) -> None:
    exact, one = Fraction(amount * (10_000 + percent), 10_000), max(1, step)
    near = raised(amount, percent, step)
    low = raised(amount, percent, step, RoundingDirection.DOWN)
    high = raised(amount, percent, step, RoundingDirection.UP)
    least = min(one, amount)
    assert near >= least
    if near > least:
        assert near % one == 0
        assert abs(near - exact) * 2 <= one
    assert low <= near <= high
    assert high == least or 0 <= high - exact < one
    assert low == least or 0 <= exact - low < one


@settings(derandomize=True, deadline=None, max_examples=_EXAMPLES)
@given(amounts, amounts, percents, steps)
def test_what_was_dearer_is_never_cheaper_afterwards(one: int, other: int, percent: int, step: int) -> None:
    low, high = sorted((one, other))
    assert raised(low, percent, step) <= raised(high, percent, step)
