"""The till's own time: the computer's as long as it is about right, held to the server's, never turned back by a little."""

from __future__ import annotations

from pos.domain.server_time import CLAMP_MS, server_now
from pos.sync.clock import EARLIEST, HybridClock, is_absurd

NOON = 1_795_582_800_000
TEN_YEARS = 10 * 365 * 86_400_000


class Machine:
    """A computer's clock and its uptime, set by hand."""

    def __init__(self, at: int = NOON) -> None:
        self.at = at
        self.up = 100.0

    def now(self) -> int:
        return self.at

    def monotonic(self) -> float:
        return self.up

    def pass_by(self, seconds: float) -> None:
        self.at += round(seconds * 1_000)
        self.up += seconds


def test_a_clock_that_is_about_right_is_believed() -> None:
    machine = Machine()
    clock = HybridClock(machine)
    assert clock.now() == NOON
    clock.heard(NOON + 60_000)
    machine.pass_by(1)
    assert clock.now() == NOON + 1_000


def test_a_clock_that_is_years_off_is_held_to_the_servers() -> None:
    for off in (-TEN_YEARS, TEN_YEARS):
        machine = Machine(NOON + off)
        clock = HybridClock(machine)
        clock.heard(NOON)
        assert abs(clock.now() - NOON) == CLAMP_MS
        machine.pass_by(3_600)
        assert abs(clock.now() - NOON - 3_600_000) == CLAMP_MS


def test_a_computer_that_wakes_in_1970_without_a_line_goes_on_from_what_the_shop_knows() -> None:
    machine = Machine(5_000)
    clock = HybridClock(machine, latest=NOON)
    machine.pass_by(30)
    assert clock.now() == NOON + 30_000
    assert HybridClock(Machine(5_000)).now() == 5_000
    clock.knows(NOON + 3_600_000)
    assert clock.now() == NOON + 3_630_000


def test_time_is_not_turned_back_by_a_little_and_a_wrong_clock_that_was_set_right_is_believed() -> None:
    machine = Machine()
    clock = HybridClock(machine)
    assert clock.now() == NOON
    machine.at -= 60_000
    assert clock.now() == NOON
    machine.at = NOON + TEN_YEARS
    assert clock.now() == NOON + TEN_YEARS
    machine.at = NOON + 1_000
    assert clock.now() == NOON + 1_000


def test_a_countdown_runs_on_the_servers_clock_however_wrong_the_computers_is() -> None:
    for off in (0, 90_000, -90_000, 7_200_000, -TEN_YEARS):
        machine = Machine(NOON + off)
        clock = HybridClock(machine)
        clock.heard(NOON)
        assert server_now(clock.now(), NOON - machine.now()) == NOON
        # and a moment of the server's is shown where this till's clock will stand then
        assert clock.here(NOON + 300_000) - clock.now() == 300_000


def test_before_the_server_was_heard_its_moments_are_taken_as_they_are() -> None:
    assert HybridClock(Machine()).here(NOON) == NOON


def test_a_year_in_which_this_program_cannot_run_is_absurd() -> None:
    assert is_absurd(0)
    assert is_absurd(4_070_908_800_000)
    assert not is_absurd(EARLIEST)
