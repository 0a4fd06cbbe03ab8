"""Which notes go back: the least that is missing, in the fewest pieces, out of what the drawer holds."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.change_maker import after_sale, make_change
from pos.domain.money import DENOMINATIONS


def least(amount: int, held: Mapping[int, int]) -> tuple[int, int]:
    """(shortfall, pieces) by trying everything: the model."""
    best = {0: 0}
    for note, there in held.items():
        for _ in range(there):
            for value, pieces in sorted(best.items(), reverse=True):
                more = value + note
                if more <= amount and pieces + 1 < best.get(more, 10**9):
                    best[more] = pieces + 1
    reached = max(best)
    return amount - reached, best[reached]


HELD = st.dictionaries(st.sampled_from(DENOMINATIONS), st.integers(0, 4), max_size=len(DENOMINATIONS))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.integers(0, 600).map(lambda hundreds: hundreds * 100), HELD)
def test_no_other_way_misses_less_or_takes_fewer_pieces(amount: int, held: dict[int, int]) -> None:
    plan = make_change(amount, held)
    assert all(0 < count <= held[note] for note, count in plan.notes.items())
    assert plan.given + plan.shortfall == amount
    assert (plan.shortfall, sum(plan.notes.values())) == least(amount, held)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(0, 10**12))
def test_a_full_drawer_gives_everything_but_what_no_coin_is_small_enough_for(amount: int) -> None:
    plan = make_change(amount)
    assert plan.shortfall == amount % 100
    assert plan.given + plan.shortfall == amount
    plenty = make_change(amount, dict.fromkeys(DENOMINATIONS, 10**8))
    assert plenty == plan


def test_six_thousand_without_a_thousand_is_three_of_two() -> None:
    plan = make_change(6_000, {5_000: 1, 2_000: 3})
    assert plan.notes == {2_000: 3}
    assert plan.shortfall == 0


def test_a_missing_coin_is_a_shortfall_and_no_sweet() -> None:
    plan = make_change(2_500, {2_000: 5, 1_000: 2, 200: 2})
    assert plan.given == 2_400
    assert plan.shortfall == 100


def test_an_empty_drawer_gives_nothing() -> None:
    assert make_change(5_000, {}).shortfall == 5_000
    assert make_change(5_000, {5_000: -1}).shortfall == 5_000, "an estimate below nothing is nothing"
    assert make_change(0, {}).notes == {}


def test_a_change_that_is_large_is_found_at_once() -> None:
    held = {100_000: 30, 50_000: 30, 20_000: 30, 10_000: 30, 5_000: 30, 2_000: 30, 1_000: 30, 500: 30, 200: 30, 100: 30}
    plan = make_change(4_999_900, held)
    assert plan.shortfall == 0


def test_what_a_customer_gives_is_there_to_give_back() -> None:
    held = after_sale({1_000: 1}, 5_000, 1_000)
    assert held == {5_000: 1, 1_000: 0}
    assert make_change(5_000, held).notes == {5_000: 1}
