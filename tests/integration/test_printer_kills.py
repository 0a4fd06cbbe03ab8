"""The till is killed at every transition of the spool; disks fill and databases are locked in the middle of it: on restart nothing is sent
unattended, nothing prints twice, and nothing is forgotten."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode
from pos.domain.evidence import Asks, Seen
from pos.domain.printing import DocumentKind, PrintState
from pos.local_db import engine
from pos.printing.lane import STORE_TROUBLE_S
from pos.printing.transports import deadline_of
from pos.services.paper import retry_job, settle_job
from pos.services.ports import Till
from pos.sync.encoding import WireEncoder
from tests.helpers.ids import CountingIds
from tests.helpers.killed_spool import Moment
from tests.helpers.printer_9100 import StandInPrinter
from tests.helpers.shops import PlainPaper
from tests.helpers.spools import DiskFillingPrinter, FullDisk, Spool, open_spool
from tests.helpers.stands import wait_until

ROOT = Path(__file__).resolve().parents[2]
STRUK = bytes(range(48, 112)) * 400
FIRST, SECOND = "nota-1", "nota-2"

MAY_BE_ON_PAPER = (Moment.BEFORE_THE_FIRST_BYTE, Moment.WITHIN_THE_BYTES, Moment.AFTER_THE_LAST_BYTE, Moment.WITHIN_THE_OUTCOME)


def kill_at(moment: Moment, folder: Path, address: str) -> None:
    """A till that sends what is queued in `folder`, and dies at that moment."""
    till = [sys.executable, "-m", "tests.helpers.killed_spool", str(folder), address, moment.value]
    done = subprocess.run(till, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr.decode()


@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.value)
def test_after_a_kill_nothing_is_sent_unattended_and_nothing_is_forgotten(tmp_path: Path, moment: Moment) -> None:
    with StandInPrinter() as printer:
        with open_spool(tmp_path) as before:
            before.queue(printer.address, STRUK, FIRST)
            before.queue(printer.address, STRUK[::-1], SECOND)
        kill_at(moment, tmp_path, printer.address)
        wait_until(lambda: printer.ended == printer.connections)
        printed = printer.jobs
        with open_spool(tmp_path) as after:
            after.has(printer.address)
            after.fresh_spooler()
            after.run_for(120)
            assert printer.jobs == printed, "nothing is sent without a person"
            first, second = after.jobs()
            if moment is Moment.AFTER_THE_OUTCOME:
                assert first.state is PrintState.SENT
            elif moment in MAY_BE_ON_PAPER:
                assert (first.state, first.known.seen, first.attempts) == (PrintState.UNKNOWN, Seen.STOPPED, 1)
            else:
                assert (first.state, first.known.asks, first.attempts) == (PrintState.FAILED, Asks.RESTARTED, 0)
                assert printed == []
            assert (second.state, second.known.asks) == (PrintState.FAILED, Asks.RESTARTED)
            assert after.rounds[-1].state == "trouble", "it stays in sight"
            answer_everything(after)
            after.run_for(60)
            assert printer.jobs.count(STRUK[::-1]) == 1, "what was not sent is sent once, as the paper that it is"
            assert all(state.is_final for state in after.states())


def answer_everything(spool: Spool) -> None:
    """A person looks at the paper and says what is."""
    till = Till(spool.store, spool.clock, CountingIds(), PlainPaper(spool.printers[0].ref), WireEncoder())
    for job in spool.store.read.open_print_jobs():
        if job.state is PrintState.UNKNOWN:
            settle_job(till, job.id, on_paper=True)
        else:
            retry_job(till, job.id)


def test_a_drawer_that_was_to_open_when_the_power_went_stays_shut(tmp_path: Path) -> None:
    with StandInPrinter() as printer:
        with open_spool(tmp_path) as before:
            before.queue_kick(printer.address)
        kill_at(Moment.WITHIN_THE_CLAIM, tmp_path, printer.address)
        with open_spool(tmp_path) as after:
            after.has(printer.address)
            after.fresh_spooler()
            after.run_for(5)
            assert after.states() == [PrintState.EXPIRED]
            assert printer.jobs == []


@pytest.mark.parametrize("moment", [Moment.WITHIN_THE_CLAIM, Moment.WITHIN_THE_OUTCOME], ids=lambda moment: moment.value)
def test_a_kill_within_a_commit_leaves_a_store_that_is_whole(tmp_path: Path, moment: Moment) -> None:
    with StandInPrinter() as printer:
        with open_spool(tmp_path) as before:
            before.queue(printer.address, STRUK, FIRST)
        kill_at(moment, tmp_path, printer.address)
        with open_spool(tmp_path) as after:
            assert after.store.read.check() == []


def test_a_database_that_somebody_else_locks_stops_no_paper_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy tool holds the file: nothing is sent that could not be written down, and it goes on afterwards."""
    monkeypatch.setattr(engine, "BUSY_S", 0.05)
    with open_spool(tmp_path) as spool, StandInPrinter() as printer:
        spool.queue(printer.address, STRUK)
        with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as tool:
            tool.execute("BEGIN IMMEDIATE")
            done = spool.run()
            assert done.error is not None
            assert (done.state, done.error.code, spool.states()) == ("trouble", ErrorCode.STORE_BUSY, [PrintState.QUEUED])
            assert printer.jobs == []
            tool.execute("ROLLBACK")
        spool.clock.pass_by(done.next_in)
        spool.run()
        assert spool.states() == [PrintState.SENT]
        printer.wait_until(lambda: printer.jobs == [STRUK])


def test_a_database_that_is_locked_while_a_paper_prints_remembers_its_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_S", 0.05)
    with open_spool(tmp_path) as spool, closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as tool:
        lock = LockingDisk(spool.store)
        transport = DiskFillingPrinter(lock)
        lock.tool = tool
        spool.spooler = spool.spooler_over(lock, lambda _: transport)
        spool.queue("screen:", b"struk")
        done = spool.run()
        assert done.error is not None
        assert done.error.code is ErrorCode.STORE_BUSY
        assert spool.states() == [PrintState.SENDING]
        tool.execute("ROLLBACK")
        spool.clock.pass_by(STORE_TROUBLE_S)
        spool.run()
        assert (spool.states(), transport.papers) == ([PrintState.SENT], [b"struk"])


class LockingDisk(FullDisk):
    """A disk that does not fill while a paper prints: its database is locked by another program."""

    tool: sqlite3.Connection

    @property
    def full(self) -> bool:
        return False

    @full.setter
    def full(self, now: bool) -> None:
        if now:
            self.tool.execute("BEGIN IMMEDIATE")


def test_a_till_that_dies_with_an_unwritten_outcome_asks(tmp_path: Path) -> None:
    with open_spool(tmp_path) as spool:
        disk = FullDisk(spool.store)
        transport = DiskFillingPrinter(disk)
        spool.spooler = spool.spooler_over(disk, lambda _: transport)
        spool.queue("screen:", b"struk")
        spool.queue("screen:", b"laci", "nota-1", DocumentKind.DRAWER_KICK, 10_000, 1)
        spool.run()
        assert spool.states() == [PrintState.SENDING, PrintState.QUEUED]
        # the power goes; the disk has room again
        spool.fresh_spooler()
        spool.run_for(60)
        assert spool.states() == [PrintState.UNKNOWN, PrintState.EXPIRED]
        assert transport.papers == [b"struk"]


def test_time_for_a_job_comes_from_its_size_and_the_speed_of_its_line() -> None:
    assert deadline_of(9_600, 960) == 20.0
    assert deadline_of(0, 11_520) == 10.0
    assert deadline_of(115_200, 11_520) == 20.0
