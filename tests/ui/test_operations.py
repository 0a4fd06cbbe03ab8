"""A screen's action: tried at once, or off the UI thread with progress, a way to cancel, and an answer that always comes back."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.errors import ErrorCode, ShopError
from pos.ui.operations import Progress, attempt, run
from tests.helpers.stage import Stage, stage


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


def _refuse() -> str:
    raise ShopError(ErrorCode.NO_LINE)


def test_a_short_verb_is_done_now_and_its_result_handed_on(shop: Stage) -> None:
    seen: list[str] = []
    assert attempt(shop.context, lambda: "done", seen.append)
    assert seen == ["done"]


def test_a_known_failure_is_a_sentence_and_a_sound(shop: Stage) -> None:
    assert not attempt(shop.context, _refuse)
    assert shop.told[0][1].startswith("Sedang luring.")
    assert shop.sounds == ["error"]


def test_long_work_runs_elsewhere_and_answers_here(shop: Stage, qtbot: QtBot) -> None:
    threads: list[int] = []
    answers: list[int] = []
    here = threading.get_ident()

    def work(progress: Progress) -> int:
        threads.append(threading.get_ident())
        return 7

    run(shop.context, work, lambda answer: answers.append(answer * (threading.get_ident() == here)))
    qtbot.waitUntil(lambda: answers == [7])
    assert threads[0] != here


def test_work_that_is_done_before_anyone_listens_still_says_that_it_ended(shop: Stage, qtbot: QtBot) -> None:
    ended: list[int] = []
    for number in range(100):
        operation = run(shop.context, lambda progress: None, lambda answer: None)
        operation.ended.connect(lambda number=number: ended.append(number))
    qtbot.waitUntil(lambda: len(ended) == 100)


def test_what_takes_long_says_so_and_how_far_it_is(shop: Stage, qtbot: QtBot) -> None:
    watched, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> bool:
        watched.wait(20)
        progress(1, 2)
        return go_on.wait(20)

    operation = run(shop.context, work, lambda answer: None)
    steps: list[tuple[int, int]] = []
    operation.progressed.connect(lambda done, total: steps.append((done, total)))
    watched.set()
    with qtbot.waitSignal(operation.slow, timeout=10_000):
        pass
    with qtbot.waitSignal(operation.ended, timeout=10_000):
        go_on.set()
    assert steps == [(1, 2)]


def test_work_is_told_to_stop_at_its_next_step(shop: Stage, qtbot: QtBot) -> None:
    begun = threading.Event()
    answers: list[str] = []

    def work(progress: Progress) -> str:
        begun.set()
        while progress(0, 1):
            pass
        return "stopped"

    operation = run(shop.context, work, answers.append)
    assert begun.wait(10)
    operation.cancel()
    qtbot.waitUntil(lambda: answers == ["stopped"])


def test_a_known_failure_of_long_work_goes_to_who_asked(shop: Stage, qtbot: QtBot) -> None:
    failures: list[ErrorCode] = []
    run(shop.context, lambda progress: _refuse(), lambda answer: None, lambda error: failures.append(error.code))
    qtbot.waitUntil(lambda: failures == [ErrorCode.NO_LINE])
    assert shop.told == []
    run(shop.context, lambda progress: _refuse(), lambda answer: None)
    qtbot.waitUntil(lambda: len(shop.told) == 1)


def test_a_bug_in_long_work_goes_to_the_hook_and_the_operation_ends(shop: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: bugs.append(kind))

    def work(progress: Progress) -> int:
        return {}["nothing"]

    operation = run(shop.context, work, lambda answer: None)
    with qtbot.waitSignal(operation.ended, timeout=10_000):
        pass
    assert bugs == [KeyError]
