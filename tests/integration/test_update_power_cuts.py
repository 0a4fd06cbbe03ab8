"""The light goes out at every single step of an update that stands the trial, and of one that does not: who starts can open the shop.

The programs are made up here, so that each step can be counted; the shop's file, its copies, the journal and SIGKILL are real. Real
programs are in test_update_processes. In the suite it is every second step, and a second cut follows only some of the first;
UPDATE_EVERY=1 and UPDATE_STRIDE=1 ask for all.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.update import MOST_TRIES, Stage, Wanted, Why
from pos.local_db.check import STOCK_TOTALS
from tests.helpers.shops import open_market, open_till, sell
from tests.helpers.update_machine import NAME, NEW, OLD, UpdateMachine, goes_dark

EVERY = int(os.environ.get("UPDATE_EVERY", "2"))
STRIDE = int(os.environ.get("UPDATE_STRIDE", "9"))
MI_CODE = "089686010947"


class Computer(UpdateMachine):
    """One whose shop has sold once."""

    def __init__(self, folder: Path, fault: str = "", *, by_itself: bool = True) -> None:
        with open_market(folder / "toko") as till:
            sell(till, MI_CODE)
        super().__init__(folder, fault, by_itself=by_itself)


def played(folder: Path, fault: str, cut_at: int) -> tuple[Computer, bool]:
    """An update whose light goes out at a step, and the starts after it until all is quiet; whether the cut came at all."""
    computer = Computer(folder, fault)
    computer.mains.cut_at = cut_at
    cut = goes_dark(computer.close)
    computer.mains.cut_at = -1
    computer.start()
    return computer, cut


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        ("", Stage.APPLIED),
        ("not well at trial", Stage.ROLLED_BACK),
        ("does not run at home", Stage.ROLLED_BACK),
    ],
)
def test_the_light_goes_out_at_every_step(tmp_path: Path, fault: str, end: Stage) -> None:
    cut_at, cut, stages = 0, True, set()
    while cut:
        cut_at += EVERY
        computer, cut = played(tmp_path / str(cut_at), fault, cut_at)
        stage = computer.journal.load().stage
        assert stage in (Stage.READY, end), (cut_at, stage)
        assert computer.current == (NEW if stage is Stage.APPLIED else OLD), cut_at
        stages.add(stage)
        if stage is Stage.READY:
            assert computer.close().stage is end, "it is begun again at the next closing"
            computer.start()
    assert cut_at > 5
    assert stages == {Stage.READY, end}


def test_and_again_in_the_middle_of_what_the_next_start_mends(tmp_path: Path) -> None:
    first = Computer(tmp_path / "measured", "not well at home")
    first.close()
    for cut_at in range(2, first.mains.steps, STRIDE):
        second, more = 0, True
        while more:
            second += 1
            computer = Computer(tmp_path / f"{cut_at} {second}", "not well at home")
            computer.mains.cut_at = cut_at
            assert goes_dark(computer.close)
            computer.mains.cut_at = second
            more = goes_dark(computer.begin)
            computer.mains.cut_at = -1
            computer.start()
            assert computer.journal.load().stage in (Stage.READY, Stage.ROLLED_BACK)


def test_one_that_is_broken_off_again_and_again_is_left_alone(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    for number in range(MOST_TRIES):
        assert computer.journal.load().stage is Stage.READY, number
        computer.mains.steps, computer.mains.cut_at = 0, 4
        assert goes_dark(computer.close)
        computer.mains.cut_at = -1
        computer.start()
    ended = computer.journal.load()
    assert (ended.stage, ended.why, computer.current) == (Stage.ROLLED_BACK, Why.BROKEN_OFF, OLD)


def test_what_did_not_hold_before_is_not_the_new_programs_fault(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "not well at home")
    with closing(sqlite3.connect(computer.paths.store)) as raw:
        raw.execute("UPDATE total SET on_hand = on_hand + 1")
        raw.commit()
    done = computer.close()
    assert done.failed_before == (STOCK_TOTALS,)
    assert (done.stage, computer.current) == (Stage.APPLIED, NEW)


def test_a_file_that_was_touched_since_it_came_is_not_opened(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    (computer.paths.updates / NAME).write_bytes(b"another program")
    ended = computer.close()
    assert (ended.stage, ended.why, computer.there) == (Stage.NONE, Why.DAMAGED, {OLD})
    assert not (computer.paths.updates / NAME).exists()


def test_an_open_till_is_left_alone(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    with open_till(computer.paths.data), pytest.raises(ShopError) as refused:
        computer.close()
    assert refused.value.code is ErrorCode.STORE_IN_USE
    assert computer.journal.load() == computer.ready


def test_a_disk_that_is_too_full_for_it_is_said_and_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computer = Computer(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(ShopError) as refused:
        computer.close()
    assert refused.value.code is ErrorCode.DISK_FULL
    assert (computer.journal.load().stage, computer.journal.load().why) == (Stage.READY, Why.NO_ROOM)


def test_the_systems_own_package_is_tried_here_and_handed_over(tmp_path: Path) -> None:
    computer = Computer(tmp_path, by_itself=False)
    computer.lets_us = False
    left = computer.close()
    assert (left.stage, left.why, left.wanted) == (Stage.READY, Why.BY_HAND, Wanted.NOT_ASKED)
    with open_till(computer.paths.data):
        pass
    # the officer installs it by hand
    computer.current = NEW
    computer.begin()
    assert computer.journal.load().stage is Stage.APPLIED


def test_a_package_that_does_not_stand_the_trial_is_not_handed_over(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "not well at trial", by_itself=False)
    assert computer.close().stage is Stage.ROLLED_BACK
    assert computer.current == OLD
