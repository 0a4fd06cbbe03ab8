"""Engines in threads: they tell what changed, sleep until woken, survive a bug, and end when asked."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.ui.workers import Round, Worker


class Desk(QObject):
    """A main-thread object that remembers what it was told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Changed] = []
        self.orders: list[tuple[str, ...]] = []
        self.rounds: list[Round] = []
        self.threads: set[QThread] = set()

    def on_changed(self, changed: Changed) -> None:
        self.changes.append(changed)
        self.threads.add(QThread.currentThread())

    def on_orders(self, orders: tuple[str, ...]) -> None:
        self.orders.append(orders)

    def on_round(self, result: Round) -> None:
        self.rounds.append(result)


class Engine:
    """Gives the rounds it was made with, then idles for an hour."""

    def __init__(self, *rounds: Round | Exception) -> None:
        self.rounds = list(rounds)
        self.runs = 0
        self.threads: set[int] = set()

    def once(self) -> Round:
        self.runs += 1
        self.threads.add(threading.get_ident())
        if not self.rounds:
            return Round(next_in=3600)
        result = self.rounds.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


def started(engine: Engine) -> tuple[Worker, Desk]:
    worker, desk = Worker("sync", engine.once), Desk()
    worker.changed.connect(desk.on_changed)
    worker.new_orders.connect(desk.on_orders)
    worker.rounded.connect(desk.on_round)
    worker.start()
    return worker, desk


def test_what_an_engine_changed_is_told_on_the_main_thread(qtbot: QtBot) -> None:
    worker, desk = started(Engine(Round(Changed(orders=True), ("order-1",), 3600)))
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.stop()
    assert desk.changes == [Changed(orders=True)]
    assert desk.orders == [("order-1",)]
    assert desk.threads == {desk.thread()}


def test_an_engine_never_runs_on_the_main_thread(qtbot: QtBot) -> None:
    engine = Engine()
    worker, desk = started(engine)
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.stop()
    assert threading.get_ident() not in engine.threads


def test_a_sleeping_worker_runs_again_when_it_is_woken(qtbot: QtBot) -> None:
    engine = Engine()
    worker, desk = started(engine)
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.wake()
    qtbot.waitUntil(lambda: len(desk.rounds) == 2)
    worker.stop()
    assert engine.runs == 2


def test_stopping_ends_a_worker_that_sleeps_for_an_hour(qtbot: QtBot) -> None:
    worker, desk = started(Engine())
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.stop()
    assert worker.isFinished()
    assert worker.stopping


def test_work_that_waits_for_nothing_goes_on_at_once(qtbot: QtBot) -> None:
    engine = Engine(Round(next_in=0), Round(next_in=0))
    worker, desk = started(engine)
    qtbot.waitUntil(lambda: len(desk.rounds) == 3)
    worker.stop()
    assert engine.runs == 3


def test_a_known_failure_is_handed_to_the_screens(qtbot: QtBot) -> None:
    worker, desk = started(Engine(Round(error=ShopError(ErrorCode.NO_LINE), next_in=3600)))
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.stop()
    error = desk.rounds[0].error
    assert error is not None
    assert error.code is ErrorCode.NO_LINE


def test_a_bug_in_an_engine_is_logged_and_the_worker_lives_on(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    engine = Engine(ZeroDivisionError("a bug"))
    worker, desk = Worker("sync", engine.once), Desk()
    worker.rounded.connect(desk.on_round)
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(worker.broke):
        worker.start()
    worker.wake()
    qtbot.waitUntil(lambda: len(desk.rounds) == 1)
    worker.stop()
    assert engine.runs == 2
    assert "ZeroDivisionError" in caplog.text
