"""A scale at a real pair of terminals: continuous and on request, unsteady, below nothing, silent, and pulled out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.config.machine import SystemClock
from pos.devices.scale import ScalePort, SerialScale
from pos.devices.scale_lines import read_line
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.weighing import STALE_AFTER_S, ScaleReading, WeightState, weight_of
from tests.helpers.pty_pair import Cable, cable


def until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(1_000):
        if holds():
            return
        pause.wait(0.01)
    raise AssertionError("waited in vain")


def grams_of(scale: SerialScale) -> int | None:
    told = scale.reading()
    return told.grams if told is not None else None


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Cable]:
    with cable(tmp_path) as pair:
        yield pair


@pytest.fixture
def scale(wire: Cable) -> Iterator[SerialScale]:
    listening = SerialScale(ScalePort(wire.till), SystemClock())
    listening.start()
    # what was said before the port was open is thrown away: the till asks when it listens
    assert wire.heard() == b"Q\r\n"
    yield listening
    listening.close()


def test_a_scale_that_speaks_all_the_time_is_heard(wire: Cable, scale: SerialScale) -> None:
    wire.say("ST,GS,+  0.280kg")
    until(lambda: grams_of(scale) == 280)
    wire.say("US,GS,+  0.311kg", "ST,NT,+   315  g")
    until(lambda: grams_of(scale) == 315)
    told = scale.reading()
    assert told is not None
    assert weight_of(told, told.at + 0.1) == 315


def test_a_scale_that_speaks_only_when_asked_is_asked(wire: Cable, scale: SerialScale) -> None:
    assert wire.heard() == b"Q\r\n"
    wire.say("ST,GS,+00.4855kg")
    until(lambda: grams_of(scale) == 486)
    assert wire.heard() == b"Q\r\n"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("US,GS,+  0.280kg", ErrorCode.SCALE_MOVING),
        ("ST,GS,-  0.005kg", ErrorCode.SCALE_NEGATIVE),
        ("ST,GS,+  0.000kg", ErrorCode.SCALE_EMPTY),
        ("OL,GS,+9999999kg", ErrorCode.SCALE_OVERLOAD),
    ],
)
def test_what_cannot_be_sold_is_refused_in_words(wire: Cable, scale: SerialScale, said: str, code: ErrorCode) -> None:
    wire.say(said)
    until(lambda: scale.reading() is not None)
    told = scale.reading()
    assert told is not None
    with pytest.raises(ShopError) as refused:
        weight_of(told, told.at + 0.1)
    assert refused.value.code is code


def test_a_weight_that_is_told_no_more_grows_old(wire: Cable, scale: SerialScale) -> None:
    wire.say("ST,GS,+  0.280kg")
    until(lambda: scale.reading() is not None)
    told = scale.reading()
    assert told is not None
    with pytest.raises(ShopError) as refused:
        weight_of(told, told.at + STALE_AFTER_S + 0.01)
    assert refused.value.code is ErrorCode.SCALE_SILENT


def test_a_cut_line_noise_and_a_flood_are_no_weights_and_what_comes_after_is(wire: Cable, scale: SerialScale) -> None:
    wire.say(
        ".280kg", "hello", "TR,GS,+ 1kg", "ST,TR,+  0.100kg", "ST,GS,+  1.000lb", "\x00\xff\x01", "9" * 200, "ST,GS,+" + "1" * 40 + "kg"
    )
    wire.say("ST,GS,+  0.500kg")
    until(lambda: grams_of(scale) == 500)


def test_a_plug_that_was_pulled_leaves_no_old_weight_and_no_noise(wire: Cable, scale: SerialScale) -> None:
    wire.say("ST,GS,+  0.280kg")
    until(lambda: grams_of(scale) == 280)
    wire.pull()
    told = scale.reading()
    assert told is not None
    with pytest.raises(ShopError):
        weight_of(told, told.at + STALE_AFTER_S + 0.01)


def test_a_port_that_is_not_there_is_no_scale_and_does_not_hold_the_till_up(tmp_path: Path) -> None:
    scale = SerialScale(ScalePort(str(tmp_path / "none")), SystemClock())
    scale.start()
    assert scale.reading() is None
    scale.stop()
    scale.start()
    scale.close()


def test_stopping_does_not_wait_and_starting_again_listens_again(wire: Cable, scale: SerialScale) -> None:
    for grams in (100, 200, 300):
        scale.stop()
        assert scale.reading() is None
        scale.start()

        def told(grams: int = grams) -> bool:
            """A scale that speaks all the time says it again: what comes while the port is opened is lost."""
            wire.say(f"ST,GS,+  0.{grams}kg")
            return grams_of(scale) == grams

        until(told)


@settings(max_examples=500)
@given(st.binary(max_size=80))
def test_no_line_makes_reading_fail(line: bytes) -> None:
    told = read_line(line, 1.0)
    assert told is None or isinstance(told.grams, int)


@settings(max_examples=300)
@given(st.integers(-30_000, 30_000), st.sampled_from(["ST", "US"]), st.sampled_from(["GS", "NT"]))
def test_every_weight_is_read_as_it_is_written(grams: int, header: str, kind: str) -> None:
    sign = "-" if grams < 0 else "+"
    told = read_line(f"{header},{kind},{sign}{abs(grams) // 1000:>4}.{abs(grams) % 1000:03d}kg".encode(), 2.5)
    state = WeightState.STABLE if header == "ST" else WeightState.MOVING
    assert told == ScaleReading(grams, state, 2.5)
