"""A few seeds of the simulation, for mutants that the smaller tests do not notice. The seeds themselves are in test_simulation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.city import Blanks
from tests.simulation.playing import blanks, play

SEEDS = (1, 4, 8, 12, 31, 46)


@pytest.fixture(scope="module")
def made() -> Iterator[Blanks]:
    with blanks() as found:
        yield found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_of_the_city_comes_right(made: Blanks, seed: int) -> None:
    assert play(made.store.parent.parent, made, seed).violation is None
