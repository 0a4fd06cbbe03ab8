"""When a failing line is tried again."""

from __future__ import annotations

from pos.sync.backoff import CAP_S, FIRST_S, LEAST_S, Backoff


def test_waits_grow_with_full_jitter_up_to_five_minutes() -> None:
    backoff = Backoff(lambda: 0.5)
    waits = [backoff.failed(0.0) for _ in range(12)]
    assert waits[:5] == [LEAST_S, LEAST_S, 4.0, 8.0, 16.0]
    assert waits[-1] == CAP_S / 2


def test_the_longest_throw_of_the_dice_is_the_cap() -> None:
    backoff = Backoff(lambda: 0.999_999)
    assert max(backoff.failed(0.0) for _ in range(100)) <= CAP_S


def test_the_servers_own_word_goes_before_the_dice() -> None:
    backoff = Backoff(lambda: 0.0)
    assert backoff.failed(10.0, retry_after=900.0) == 900.0
    assert backoff.left(10.0) == 900.0


def test_a_woken_engine_waits_two_seconds_after_a_failure() -> None:
    backoff = Backoff(lambda: 0.9)
    backoff.failed(100.0)
    assert backoff.left(101.0) == LEAST_S - 1
    assert backoff.left(102.0) == 0


def test_a_person_who_asks_is_obeyed_at_once() -> None:
    backoff = Backoff(lambda: 0.9)
    backoff.failed(100.0, retry_after=60.0)
    backoff.hurry()
    assert backoff.left(100.0) == 0


def test_a_success_begins_the_count_anew() -> None:
    backoff = Backoff(lambda: 0.999)
    for _ in range(9):
        backoff.failed(0.0)
    backoff.succeeded()
    assert backoff.left(0.0) == 0
    assert backoff.failed(0.0) <= FIRST_S
