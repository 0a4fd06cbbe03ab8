"""Whose turn it is to write: one at a time, the counter before everybody else, and nobody waits for ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.local_db import gate
from pos.local_db.gate import WriterGate
from pos.local_db.store import SqliteStore
from pos.services import selling
from tests.helpers.shops import KOPI, open_market, sell

INDOMIE = "089686010947"


def work(turn: WriterGate, order: list[str], name: str) -> None:
    with turn.held():
        order.append(name)


def test_the_counter_goes_before_workers_that_wait_too() -> None:
    turn = WriterGate()
    order: list[str] = []
    inside, may_leave = threading.Event(), threading.Event()

    def hold() -> None:
        with turn.held():
            inside.set()
            may_leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    others = [threading.Thread(target=work, args=(turn, order, "worker")) for _ in range(3)]
    for other in others:
        other.start()
    # whoever holds it lets go only when the counter stands there too
    watcher = threading.Thread(target=release_when_first_waits, args=(turn, may_leave))
    watcher.start()
    with turn.held():
        order.append("counter")
    for thread in (holder, watcher, *others):
        thread.join()
    assert order == ["counter", "worker", "worker", "worker"]


def release_when_first_waits(turn: WriterGate, may_leave: threading.Event) -> None:
    while not turn._first_waits:
        pass
    may_leave.set()


def test_a_counter_that_waits_too_long_is_told_that_the_store_is_busy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gate, "PATIENCE_S", 0.01)
    with open_market(tmp_path) as till:
        inside, may_leave = threading.Event(), threading.Event()

        def long_work() -> None:
            with till.store.begin():
                inside.set()
                may_leave.wait()

        worker = threading.Thread(target=long_work)
        worker.start()
        inside.wait()
        try:
            with pytest.raises(ShopError) as refused:
                selling.scan(till, INDOMIE)
            assert refused.value.code is ErrorCode.STORE_BUSY
        finally:
            may_leave.set()
            worker.join()
        sell(till, INDOMIE)


def test_a_story_within_a_story_is_a_bug_and_leaves_the_first_one_whole(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work_:
            work_.set_setting("a", "1")
            with pytest.raises(RuntimeError), till.store.begin():
                pass
            work_.commit()
        assert till.store.read.setting("a") == "1"


def test_two_workers_and_the_counter_write_at_once_and_all_of_it_is_there(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:

        def note(name: str) -> None:
            for number in range(50):
                with till.store.begin() as work_:
                    work_.set_setting(f"{name} {number}", "x")
                    work_.commit()

        workers = [threading.Thread(target=note, args=(name,)) for name in ("sync", "print")]
        for worker in workers:
            worker.start()
        for _ in range(30):
            sell(till, "8991002105485")
        for worker in workers:
            worker.join()
        read = till.store.read
        assert all(read.setting(f"{name} {number}") for name in ("sync", "print") for number in range(50))
        assert read.on_hand(KOPI.uid) == 270
        assert read.check() == []


def test_upkeep_does_not_stand_in_line_behind_a_long_import(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gate, "PATIENCE_S", 0.01)
    with open_market(tmp_path) as till:
        inside, may_leave = threading.Event(), threading.Event()

        def import_goods() -> None:
            with till.store.begin():
                inside.set()
                may_leave.wait()

        importing = threading.Thread(target=import_goods)
        importing.start()
        inside.wait()
        try:
            assert isinstance(till.store, SqliteStore)
            till.store.tidy()
        finally:
            may_leave.set()
            importing.join()
        assert till.store.read.setting("tidied_at") is None
        till.store.tidy()
        assert till.store.read.setting("tidied_at") is not None
