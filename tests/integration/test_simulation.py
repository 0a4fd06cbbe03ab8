"""Whatever breaks in the city, the fifteen things hold: two hundred seeds of the simulation, and bugs that others have had are found in it.

`make sim SEEDS=10000` plays as many as one likes; a seed that fails is named with the command that plays it again.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.simulation.city import Blanks
from tests.simulation.faults import Faults, drawn
from tests.simulation.invariants import INVARIANTS
from tests.simulation.line import Fate
from tests.simulation.planted import PLANTED
from tests.simulation.playing import Mode, Played, blanks, play

ROOT = Path(__file__).parents[2]
SEEDS = 200
"""In each run of the tests; ENDLESS of them once more with faults that never end."""
ENDLESS = 40
AT_ONCE = 20
FOUND = (101_669, 303_177)
"""Seeds that found what no other test had: a server that was put back and had gone on; a copy that never showed itself."""


@pytest.fixture(scope="module")
def made() -> Iterator[Blanks]:
    with blanks() as found:
        yield found


@pytest.fixture
def place(made: Blanks) -> Path:
    """In memory, where the system has it: the simulation is about order, not about disks."""
    return made.store.parent.parent


def assert_nothing_is_broken(place: Path, made: Blanks, seeds: range, mode: Mode) -> None:
    played = [play(place, made, seed, mode) for seed in seeds]
    broken = [f"{one.violation}\n  again: {one.command}" for one in played if one.violation is not None]
    assert not broken, "\n".join(broken)
    assert all(one.steps > 20 for one in played)


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_when_the_faults_end_everything_comes_right(place: Path, made: Blanks, first: int) -> None:
    assert_nothing_is_broken(place, made, range(first, first + AT_ONCE), Mode.END)


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_found_once_stays_mended(place: Path, made: Blanks, seed: int) -> None:
    assert_nothing_is_broken(place, made, range(seed, seed + 1), Mode.END)


@pytest.mark.parametrize("first", range(0, ENDLESS, AT_ONCE))
def test_while_they_do_not_end_nothing_is_broken_either(place: Path, made: Blanks, first: int) -> None:
    assert_nothing_is_broken(place, made, range(first, first + AT_ONCE), Mode.ENDLESS)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_found(place: Path, made: Blanks, name: str) -> None:
    """Within the number of seeds that its row says; each of these seeds holds without it."""
    plant, within = PLANTED[name]
    with plant():
        assert any(breaks(place, made, seed) for seed in range(within))


def breaks(place: Path, made: Blanks, seed: int) -> bool:
    """Whether a seed ends in a violation, or in a fault of one of the programs."""
    try:
        return play(place, made, seed).violation is not None
    except Exception:  # noqa: BLE001 -- whatever a planted bug raises, it is found
        return True


def test_a_seed_plays_the_same_again_in_another_process(place: Path, made: Blanks) -> None:
    here = [play(place, made, seed) for seed in (3, 7)]
    there = [told_elsewhere(seed) for seed in (3, 7)]
    assert ["\n".join(one.story) for one in here] == there


def told_elsewhere(seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seeds", "1", "--start", str(seed), "--tell"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
    )
    story, _, last = done.stdout.rstrip("\n").rpartition("\n")
    assert last.endswith("0 violations")
    return story


def test_every_fault_of_the_design_is_among_the_seeds() -> None:
    played = [drawn(random.Random(seed)) for seed in range(SEEDS)]
    assert all(sum(fate in faults.fates for faults in played) > 20 for fate in Fate)
    weights = [field.name for field in fields(Faults) if field.name not in ("fates", "weights")]
    assert all(sum(bool(getattr(faults, name)) for faults in played) > 20 for name in weights)


def test_each_invariant_of_the_design_has_its_check() -> None:
    assert list(INVARIANTS) == list(range(1, 16))


def test_a_failing_seed_says_how_to_play_it_again() -> None:
    assert Played(41, Mode.ENDLESS, 3).command == "python -m tests.simulation --seeds 1 --start 41 --faults endless"
