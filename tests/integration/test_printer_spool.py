"""The spool's promises on a real store: automatically at most once, never silently lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Asks, Evidence, Seen, Why
from pos.domain.printing import DocumentKind, PrintState
from pos.printing.lane import AFTER_A_BUG_S, STORE_TROUBLE_S
from pos.printing.outcomes import OLD_MS
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES
from pos.printing.transports import ScreenTransport
from pos.printing.transports.talk import QUIET_S
from pos.printing.turns import lock_file
from pos.services.paper import drop_job, settle_job
from pos.services.ports import Till
from pos.sync.encoding import WireEncoder
from tests.helpers.ids import CountingIds
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.shops import PlainPaper, open_market, sell
from tests.helpers.spools import BrokenTransport, DiskFillingPrinter, FullDisk, LostStore, Spool, TakenMeanwhile, open_spool

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with open_spool(tmp_path) as opened:
        yield opened


@pytest.fixture
def printer() -> Iterator[StandInPrinter]:
    with StandInPrinter() as opened:
        yield opened


def test_the_drawer_opens_before_the_struk_and_both_are_jobs_of_their_own(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue_kick(printer.address)
    spool.queue(printer.address, b"struk")
    first = spool.run()
    assert (first.next_in, first.state, first.changed.print_jobs) == (0.0, "busy", True)
    assert spool.run().state == "ready"
    assert printer.jobs == [b"\x1bp\x00\x32\x32", b"struk"]
    assert spool.states() == [PrintState.SENT, PrintState.SENT]


def test_a_double_click_is_one_paper(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"struk")
    spool.queue(printer.address, b"struk")
    spool.run_for(10)
    assert printer.jobs == [b"struk"]


def test_a_drawer_is_never_opened_by_a_second_try(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        spool.queue_kick(printer.address)
        spool.run()
        assert spool.states() == [PrintState.EXPIRED]
        printer.switch_on()
        spool.run_for(60)
        assert printer.jobs == []
        assert spool.jobs()[0].attempts == 1


@pytest.mark.parametrize("seconds", [11, -3_600])
def test_a_drawer_is_not_opened_late_nor_after_the_clock_was_set_back(spool: Spool, printer: StandInPrinter, seconds: float) -> None:
    spool.queue_kick(printer.address)
    spool.clock.pass_by(seconds)
    spool.run()
    assert spool.states() == [PrintState.EXPIRED]
    assert printer.jobs == []


def test_a_drawer_whose_pulse_may_have_come_asks_nobody(spool: Spool) -> None:
    spool.quiet_s = 5.0
    with StandInPrinter(Fault.RESET, 5) as printer:
        spool.queue_kick(printer.address)
        spool.queue(printer.address, b"struk")
        spool.run()
        assert spool.states()[0] is PrintState.EXPIRED


def test_a_paper_that_waited_too_long_asks_before_it_prints(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"old")
    spool.clock.pass_by(OLD_MS / 1000 + 1)
    spool.queue(printer.address, b"new", "nota-2")
    spool.run_for(120)
    assert printer.jobs == [b"new"], "the old one does not hold the new one up"
    old, _ = spool.jobs()
    assert old.state is PrintState.FAILED
    assert old.known == Evidence(asks=Asks.OLD)
    assert old.attempts == 0
    assert spool.rounds[-1].state == "trouble", "it stays in sight"


def test_a_paper_that_failed_until_it_was_old_keeps_its_reason(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        spool.queue(printer.address, b"struk")
        spool.run_for(700)
        (job,) = spool.jobs()
        assert job.known == Evidence(Seen.NOT_CONNECTED, 0, 5, why=Why.REFUSED, asks=Asks.OLD)
        attempts = job.attempts
        printer.switch_on()
        spool.run_for(700)
        assert (printer.jobs, spool.jobs()[0].attempts) == ([], attempts)


@pytest.mark.parametrize("on_paper", [True, False])
def test_a_person_settles_what_the_till_cannot_know(spool: Spool, on_paper: bool) -> None:
    spool.quiet_s = 5.0
    with StandInPrinter(Fault.RESET, 100) as broken:
        spool.queue(broken.address, b"x" * 1_000, kind=DocumentKind.TEST_PAGE)
        spool.run()
    spool.quiet_s = QUIET_S
    assert spool.states() == [PrintState.UNKNOWN]
    with StandInPrinter() as printer:
        spool.has(printer.address)
        paper = PrinterPaper(PROFILES["generic58"], "id", "", printer.address)
        till = Till(spool.store, spool.clock, CountingIds(), paper, WireEncoder())
        settle_job(till, spool.jobs()[0].id, on_paper)
        spool.run_for(10)
        assert spool.states() == ([PrintState.ON_PAPER] if on_paper else [PrintState.EXPIRED, PrintState.SENT])
        assert len(printer.jobs) == (0 if on_paper else 1)


def test_a_paper_is_not_given_up_where_no_other_can_take_its_place(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, "089686010947")
        struk = next(job for job in till.store.read.open_print_jobs() if job.kind is DocumentKind.RECEIPT)
        with till.store.begin() as work:
            work.set_print_state(struk.id, PrintState.UNKNOWN, till.clock.now(), "connection reset after 100 of 900 bytes")
            work.commit()
        with pytest.raises(ShopError) as refused:
            settle_job(replace(till, paper=PlainPaper("")), struk.id, on_paper=False)
        assert refused.value.code is ErrorCode.PRINTER_NOT_SET
        assert struk.id in [job.id for job in till.store.read.open_print_jobs()], "it still asks"
        settle_job(till, struk.id, on_paper=False)
        assert [job.copy for job in till.store.read.open_print_jobs() if job.kind is DocumentKind.RECEIPT] == [1]
        with pytest.raises(ShopError):
            settle_job(till, struk.id, on_paper=False)
        assert till.store.read.check() == []


@pytest.mark.parametrize("answer", [drop_job, lambda till, job: settle_job(till, job, on_paper=False)])
def test_an_answer_that_comes_while_the_paper_is_being_sent_prints_no_second_one(spool: Spool, answer: Callable[[Till, int], None]) -> None:
    spool.queue("screen:", b"struk", kind=DocumentKind.TEST_PAGE)
    with spool.store.begin() as work:
        work.set_print_state(1, PrintState.FAILED, spool.clock.now(), "not connected")
        work.commit()
    till = Till(spool.store, spool.clock, CountingIds(), PrinterPaper(PROFILES["generic58"], "id", "", "screen:"), WireEncoder())
    meanwhile = replace(till, store=TakenMeanwhile(spool.store))
    with pytest.raises(ShopError) as refused:
        answer(meanwhile, 1)
    assert refused.value.code is ErrorCode.PRINT_JOB_NOT_FOUND
    assert spool.states() == [PrintState.SENDING]


def test_a_job_that_a_bug_broke_off_asks_and_does_not_wait_for_a_restart(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"struk")
    spool.queue_kick(printer.address, "nota-2")
    spooler = spool.spooler_over(spool.store, lambda _: BrokenTransport())
    with pytest.raises(KeyError):
        spooler.run_once()
    assert spool.states() == [PrintState.SENDING, PrintState.QUEUED]
    assert spooler.run_once().changed.print_jobs
    assert spool.states() == [PrintState.UNKNOWN, PrintState.QUEUED], "one bug does not leave a whole queue in doubt"
    assert spool.jobs()[0].known.seen is Seen.BUG
    spool.clock.pass_by(AFTER_A_BUG_S)
    spooler.run_once()
    assert spool.states() == [PrintState.UNKNOWN, PrintState.EXPIRED]
    assert printer.jobs == []


def test_another_address_leaves_the_papers_of_the_old_one_in_sight(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as old:
        spool.queue(old.address, b"old")
        spool.run()
        spool.queue(printer.address, b"new", "nota-2")
        spool.run_for(5)
        assert spool.states() == [PrintState.FAILED, PrintState.SENT]
        assert [job.printer for job in spool.store.read.open_print_jobs()] == [old.address]


def test_a_printer_that_is_off_does_not_hold_up_another(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as off:
        for number in range(3):
            spool.queue(off.address, b"kitchen", f"nota-{number}")
            spool.queue(printer.address, b"struk %d" % number, f"nota-{number}")
        spool.run_for(3)
        assert printer.jobs == [b"struk 0", b"struk 1", b"struk 2"]


def test_two_tills_of_one_machine_take_turns_at_one_printer(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"struk")
    with FileLock(lock_file(spool.folder, f"tcp 127.0.0.1 {printer.port}")):
        done = spool.run()
        assert (done.state, printer.jobs, spool.states()) == ("busy", [], [PrintState.QUEUED])
        assert 0 < done.next_in <= 1
    spool.clock.pass_by(1)
    spool.run()
    assert printer.jobs == [b"struk"]


def test_a_folder_where_no_lock_can_be_made_stops_no_paper(spool: Spool, printer: StandInPrinter, tmp_path: Path) -> None:
    (tmp_path / "not there").write_text("a file where the folder should be")
    spool.folder = tmp_path / "not there" / "at all"
    spool.fresh_spooler()
    spool.queue(printer.address, b"struk")
    spool.run()
    assert spool.states() == [PrintState.SENT]


def test_a_disk_that_fills_up_while_a_paper_prints_makes_no_second_paper(spool: Spool) -> None:
    disk = FullDisk(spool.store)
    transport = DiskFillingPrinter(disk)
    spool.spooler = spool.spooler_over(disk, lambda _: transport)
    spool.queue("screen:", b"struk")
    spool.queue("screen:", b"second", "nota-2")
    done = spool.run()
    assert done.error is not None
    assert done.error.code is ErrorCode.DISK_FULL
    spool.run(3)
    assert transport.papers == [b"struk"], "what cannot be written down is not sent"
    assert spool.states() == [PrintState.SENDING, PrintState.QUEUED]
    disk.full = False
    spool.clock.pass_by(STORE_TROUBLE_S)
    spool.run()
    assert spool.states()[0] is PrintState.SENT
    assert transport.papers == [b"struk", b"second"]


def test_a_full_disk_sends_nothing(spool: Spool, printer: StandInPrinter) -> None:
    disk = FullDisk(spool.store)
    spool.queue(printer.address, b"struk")
    spool.spooler = spool.spooler_over(disk, lambda _: ScreenTransport())
    disk.full = True
    assert spool.run().state == "trouble"
    assert spool.states() == [PrintState.QUEUED]
    disk.full = False
    spool.clock.pass_by(STORE_TROUBLE_S)
    spool.run()
    assert spool.states() == [PrintState.SENT]


def test_damaged_bytes_are_not_sent(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"struk")
    with sqlite3.connect(spool.folder / "shop.db") as raw:
        raw.execute("UPDATE print_job SET data = ?", (b"\x1dV\x00",))
    raw.close()
    spool.run_for(60)
    assert printer.jobs == []
    assert (spool.states(), spool.jobs()[0].known.asks) == ([PrintState.FAILED], Asks.DAMAGED)


@pytest.mark.parametrize("address", ["usb:0", "tcp://:9100", "tcp://printer:0", "file:", "tcp://" + "a" * 70 + ":9100"])
def test_an_address_that_is_none_fails_with_nothing_sent(spool: Spool, address: str) -> None:
    spool.queue(address, b"struk")
    done = spool.run()
    assert spool.states() == [PrintState.FAILED]
    assert done.error is not None
    assert done.error.code is ErrorCode.PRINTER_NOT_FOUND


def test_paper_on_the_screen_is_handed_over_at_once(spool: Spool) -> None:
    spool.queue("screen:", b"struk")
    assert spool.run().state == "ready"
    assert spool.states() == [PrintState.SENT]


def test_a_printer_is_looked_for_before_its_first_paper(spool: Spool, printer: StandInPrinter) -> None:
    assert spool.run().state == "none"
    spool.has(printer.address)
    assert spool.run().state == "ready"
    assert spool.run().state == "ready"
    printer.wait_until(lambda: printer.connections == 1)
    assert printer.jobs == [], "without a byte"
    with StandInPrinter(Fault.REFUSE) as off:
        spool.printers.clear()
        spool.has(off.address)
        done = spool.run()
        assert (done.state, done.error is not None, done.next_in <= 30) == ("trouble", True, True)
        off.switch_on()
        spool.clock.pass_by(done.next_in)
        assert spool.run().state == "ready"


def test_what_was_being_sent_when_the_till_stopped_is_unknown_and_stays_unsent(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"struk")
    spool.queue_kick(printer.address, "nota-2")
    with spool.store.begin() as work:
        for job in spool.jobs():
            work.set_print_state(job.id, PrintState.SENDING, spool.clock.now(), "", attempted=True)
        work.commit()
    assert spool.fresh_spooler().recover().print_jobs
    assert spool.states() == [PrintState.UNKNOWN, PrintState.EXPIRED]
    spool.run_for(60)
    assert printer.jobs == []
    assert not spool.spooler.recover()


TILL_THAT_PRINTS = """
import sys
from pathlib import Path
from pos.local_db.store import SqliteStore
from pos.printing.spooler import Spooler
from pos.printing.transports import open_transport
from pos.services.preferences import PrinterChoice
from tests.helpers.ids import CountingIds
from tests.helpers.tills import HandClock
folder = Path(sys.argv[1])
clock = HandClock()
store = SqliteStore.open(folder / "shop.db", clock, CountingIds(), folder / "copies")
printers = [PrinterChoice("Kasir", sys.argv[2])]
Spooler(store, clock, open_transport, lambda: printers, folder, lambda size, speed: 60.0).run_once()
"""


def test_a_power_cut_while_a_struk_is_sent_leaves_it_unknown_and_nothing_prints_by_itself(tmp_path: Path) -> None:
    with StandInPrinter(Fault.HANG, 100) as printer:
        with open_spool(tmp_path) as before:
            before.queue(printer.address, os.urandom(16) * 40_000)
            before.queue(printer.address, b"second", "nota-2")
        till = subprocess.Popen([sys.executable, "-c", TILL_THAT_PRINTS, str(tmp_path), printer.address], cwd=ROOT)
        try:
            printer.wait_until(lambda: [len(job) for job in printer.jobs] == [100], 60)
        finally:
            till.send_signal(signal.SIGKILL)
            till.wait(30)
        with open_spool(tmp_path) as after:
            assert after.states() == [PrintState.SENDING, PrintState.QUEUED]
            after.spooler.recover()
            assert after.states() == [PrintState.UNKNOWN, PrintState.FAILED]
            assert after.jobs()[1].known.asks is Asks.RESTARTED, "nothing is sent unattended"
            assert after.jobs()[0].attempts == 1
            assert printer.connections == 1


def test_a_store_that_is_lost_is_told_and_not_thrown(spool: Spool) -> None:
    done = spool.spooler_over(LostStore()).run_once()
    assert done.error is not None
    assert (done.state, done.error.code) == ("trouble", ErrorCode.STORE_DAMAGED)
