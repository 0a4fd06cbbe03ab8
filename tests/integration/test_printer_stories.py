"""Stories of printers in a shop: two windows, a slow one, one that is off, another name, another address, another printer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Asks, Seen
from pos.domain.printing import DocumentKind, PrinterRole, PrintState
from pos.printing.answers import ask
from pos.printing.paper import PrinterPaper
from pos.printing.profiles import PROFILES
from pos.printing.threads import PrinterThreads
from pos.printing.transports.usb import UsbTransport
from pos.printing.transports.usb_names import UsbName
from pos.services.paper import change_roll, drop_job, print_page, retry_job, send_elsewhere, settle_job
from pos.services.ports import Till
from pos.services.preferences import PrinterChoice, printer_for
from pos.sync.encoding import WireEncoder
from tests.helpers.ids import CountingIds
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.shops import PlainPaper, open_market, sell
from tests.helpers.spools import Spool, open_spool
from tests.helpers.stands import wait_until
from tests.helpers.usb_printer import PRODUCT, VENDOR, UsbPrinter

SENT, QUEUED, FAILED, UNKNOWN, EXPIRED = (
    PrintState.SENT,
    PrintState.QUEUED,
    PrintState.FAILED,
    PrintState.UNKNOWN,
    PrintState.EXPIRED,
)
STRUK = b"struk " * 200


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with open_spool(tmp_path) as opened:
        yield opened


@pytest.fixture
def printer() -> Iterator[StandInPrinter]:
    with StandInPrinter() as opened:
        yield opened


class Workers:
    """The print worker as the window has it: rounds when it is woken, printers in threads of their own. Its clock runs with its waiting."""

    def __init__(self, spool: Spool) -> None:
        self._awake, self._ending, self._clock = threading.Event(), threading.Event(), spool.clock
        self.threads = PrinterThreads(self._awake.set)
        self.spooler = spool.spooler_over(spool.store, start=self.threads.start)
        self._loop = threading.Thread(target=self._run, name="print worker")
        self._loop.start()

    def wake(self) -> None:
        self._awake.set()

    def close(self) -> None:
        self.spooler.stop()
        self._ending.set()
        self._awake.set()
        self._loop.join(10)
        self.threads.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            self._awake.clear()
            done = self.spooler.run_once()
            if done.next_in > 0:
                self._awake.wait(min(done.next_in, 0.05))
                self._clock.pass_by(0.05)


@pytest.fixture
def ending() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def work(spool: Spool, ending: ExitStack) -> Workers:
    workers = Workers(spool)
    ending.callback(workers.close)
    return workers


def till_over(spool: Spool, printer: str) -> Till:
    return Till(spool.store, spool.clock, CountingIds(), PlainPaper(printer), WireEncoder())


# --- several printers -------------------------------------------------------------------------------------------


def test_a_slow_printer_does_not_hold_the_other_one(spool: Spool, printer: StandInPrinter, ending: ExitStack) -> None:
    with StandInPrinter(Fault.LATE) as slow:
        spool.queue(slow.address, STRUK + ask("7c2f"), "pesanan-1", DocumentKind.PICKUP)
        work(spool, ending)
        slow.wait_until(lambda: len(slow.jobs) == 1)
        for number in range(3):
            spool.queue(printer.address, b"struk %d" % number, f"nota-{number}")
        printer.wait_until(lambda: len(printer.jobs) == 3)
        assert spool.states()[0] is PrintState.SENDING, "the other one still prints"
        slow.go_on()
        wait_for_states(spool, [PrintState.CONFIRMED, SENT, SENT, SENT])


def wait_for_states(spool: Spool, states: list[PrintState]) -> None:
    wait_until(lambda: spool.states() == states)


def test_each_role_has_its_printer_and_the_others_take_the_one_of_receipts() -> None:
    cashier = PrinterChoice("Kasir", "tcp://10.0.0.1:9100")
    store_room = PrinterChoice("Gudang", "tcp://10.0.0.2:9100", roles=(PrinterRole.PICKUP, PrinterRole.LABEL))
    printers = (store_room, cashier)
    chosen = {role: printer_for(printers, role) for role in PrinterRole}
    assert chosen == {
        PrinterRole.STRUK: cashier,
        PrinterRole.PICKUP: store_room,
        PrinterRole.LABEL: store_room,
        PrinterRole.REPORT: cashier,
    }
    assert printer_for((), PrinterRole.STRUK) is None


def test_two_windows_take_turns_at_one_printer(tmp_path: Path, ending: ExitStack) -> None:
    with StandInPrinter(Fault.SLOW) as printer:
        spools = []
        for window in ("a", "b"):
            (tmp_path / window).mkdir()
            spool = ending.enter_context(open_spool(tmp_path / window))
            # one machine has one folder of locks
            spool.folder = tmp_path
            for number in range(8):
                spool.queue(printer.address, f"{window}{number} ".encode() * 60, f"nota-{number}")
            spools.append(spool)
        for spool in spools:
            work(spool, ending)
        for spool in spools:
            wait_for_states(spool, [SENT] * 8)
        printer.wait_until(lambda: len(printer.jobs) == 16)
        assert printer.most_at_once == 1, "two papers never mix"
        for window in ("a", "b"):
            own = [job for job in printer.jobs if job.startswith(window.encode())]
            assert own == [f"{window}{number} ".encode() * 60 for number in range(8)], "whole, and in their order"


def test_fifty_papers_on_a_slow_printer_come_out_in_their_order_while_the_shop_sells(spool: Spool, ending: ExitStack) -> None:
    with StandInPrinter(Fault.SLOW) as printer:
        papers = [f"nota {number:02d} ".encode() * 20 for number in range(50)]
        for number, paper in enumerate(papers):
            spool.queue(printer.address, paper, f"nota-{number}")
        workers = work(spool, ending)
        printer.wait_until(lambda: len(printer.jobs) >= 2)
        assert workers.spooler.state == "busy"
        # a sale in the middle of it is committed at once and waits its turn on paper
        spool.queue(printer.address, b"nota terakhir", "nota-51")
        printer.wait_until(lambda: len(printer.jobs) == 51, 60)
        wait_for_states(spool, [SENT] * 51)
        assert printer.jobs == [*papers, b"nota terakhir"]


# --- another name, another address, unplugged ---------------------------------------------------------------------


def test_a_printer_that_gets_another_name_or_address_keeps_its_papers(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as old:
        spool.printers.append(PrinterChoice("Kasir", old.address, key="9f2c"))
        spool.queue("9f2c", STRUK)
        spool.run()
        assert spool.states() == [FAILED]
        spool.printers[0] = replace(spool.printers[0], name="Meja depan")
        spool.run_for(5)
        assert spool.states() == [FAILED], "a name prints nothing"
        spool.printers[0] = replace(spool.printers[0], address=printer.address)
        spool.run_for(5)
        assert spool.states() == [SENT]
        printer.wait_until(lambda: printer.jobs == [STRUK])


def test_a_printer_that_is_unplugged_and_plugged_in_again_prints_what_waited_once(spool: Spool) -> None:
    machine, name = UsbPrinter(), UsbName(VENDOR, PRODUCT)
    spool.spooler = spool.spooler_over(spool.store, lambda _: UsbTransport(name, machine))
    machine.plugged = False
    for number in range(3):
        spool.queue(f"usb:{name}", b"struk %d " % number, f"nota-{number}")
    spool.run_for(60)
    assert spool.states() == [FAILED, QUEUED, QUEUED]
    assert spool.jobs()[0].known.seen is Seen.NOT_FOUND
    machine.plugged = True
    spool.run_for(60)
    assert spool.states() == [SENT, SENT, SENT]
    assert bytes(machine.paper) == b"struk 0 struk 1 struk 2 "


def test_a_printer_that_the_shop_has_no_more_leaves_its_papers_to_a_person(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as gone:
        spool.queue(gone.address, b"struk")
        spool.run()
        spool.printers.clear()
        spool.has(printer.address)
        spool.run_for(60)
        (job,) = spool.jobs()
        assert (job.state, job.known.asks) == (FAILED, Asks.NO_PRINTER)
        send_elsewhere(till_over(spool, printer.address), job.id, PlainPaper(printer.address), printer.address, fits=True)
        spool.run_for(10)
        old, new = spool.jobs()
        assert (old.state, old.known.seen) == (EXPIRED, Seen.SAID_ELSEWHERE)
        assert (new.state, new.copy) == (SENT, 0), "not a byte was sent: it is no copy"
        printer.wait_until(lambda: printer.jobs == [b"struk"])


# --- one stands in for another -------------------------------------------------------------------------------------


def two_printers(spool: Spool, first: str, second: str, **other: object) -> None:
    spool.printers += [
        PrinterChoice("Kasir", first, "generic80", key="kasir", stand_in="gudang"),
        PrinterChoice("Gudang", second, **{"profile": "generic80", "roles": (), "key": "gudang", **other}),  # type: ignore[arg-type]
    ]


def test_a_printer_that_is_off_is_stood_in_for_and_has_its_work_back_when_it_is_on(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as off:
        two_printers(spool, off.address, printer.address)
        spool.queue("kasir", b"first")
        spool.run(2)
        (job,) = spool.jobs()
        assert (job.state, job.printer, job.target, job.attempts) == (SENT, "kasir", "gudang", 2)
        printer.wait_until(lambda: printer.jobs == [b"first"])
        spool.queue("kasir", b"second", "nota-2")
        spool.run()
        assert spool.jobs()[1].target == "gudang", "nobody waits for the one that is off"
        off.switch_on()
        spool.clock.pass_by(60)
        spool.queue("kasir", b"third", "nota-3")
        spool.run_for(1)
        assert (spool.states(), spool.jobs()[2].target) == ([SENT] * 3, "")
        off.wait_until(lambda: off.jobs == [b"third"])
        assert printer.jobs == [b"first", b"second"]


def test_a_drawer_has_no_stand_in(spool: Spool, printer: StandInPrinter) -> None:
    with StandInPrinter(Fault.REFUSE) as off:
        two_printers(spool, off.address, printer.address)
        spool.queue_kick("kasir")
        spool.run_for(60)
        assert (spool.states(), printer.jobs) == ([EXPIRED], [])


@pytest.mark.parametrize("other", [{"profile": "generic58"}, {"profile": "generic80", "codepage": "cp858", "table": 19}])
def test_a_printer_of_other_paper_or_letters_stands_in_for_nobody(spool: Spool, printer: StandInPrinter, other: dict[str, object]) -> None:
    with StandInPrinter(Fault.REFUSE) as off:
        two_printers(spool, off.address, printer.address, **other)
        spool.queue("kasir", b"struk")
        spool.run_for(60)
        assert (spool.states(), printer.jobs) == ([FAILED], [])


def test_what_may_be_on_paper_is_nobody_elses(spool: Spool, printer: StandInPrinter) -> None:
    spool.quiet_s = 3.0
    with StandInPrinter(Fault.RESET, 100) as broken:
        two_printers(spool, broken.address, printer.address)
        spool.queue("kasir", STRUK * 20)
        spool.run_for(60)
        assert (spool.states(), printer.jobs) == ([UNKNOWN], [])
        job = spool.jobs()[0]
        send_elsewhere(till_over(spool, "kasir"), job.id, PlainPaper("gudang"), "gudang", fits=True)
        spool.run_for(10)
        assert [(each.state, each.copy, each.printer) for each in spool.jobs()] == [(EXPIRED, 0, "kasir"), (SENT, 1, "gudang")]
        printer.wait_until(lambda: printer.jobs == [STRUK * 20 + b" copy 1"])


def test_two_printers_that_stand_in_for_each_other_give_up_together(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as one, StandInPrinter(Fault.REFUSE) as other:
        two_printers(spool, one.address, other.address, stand_in="kasir")
        spool.queue("kasir", b"struk")
        spool.run_for(100)
        assert spool.states() == [FAILED]
        assert spool.rounds[-1].next_in <= 30


# --- what a person does --------------------------------------------------------------------------------------------


def test_an_old_paper_that_a_person_wants_after_all_is_the_same_paper(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"old")
    spool.clock.pass_by(3_600)
    spool.run()
    assert spool.jobs()[0].known.asks is Asks.OLD
    retry_job(till_over(spool, printer.address), 1)
    spool.run_for(5)
    assert [(job.state, job.copy) for job in spool.jobs()] == [(SENT, 0)]
    with pytest.raises(ShopError) as late:
        retry_job(till_over(spool, printer.address), 1)
    assert late.value.code is ErrorCode.PRINT_JOB_NOT_FOUND


def test_a_nota_in_doubt_is_printed_again_as_a_copy_from_its_own_bytes(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue(printer.address, b"nota", kind=DocumentKind.NOTA)
    spool.queue(printer.address, b"label", "l", DocumentKind.LABEL)
    with spool.store.begin() as work_:
        for job in spool.jobs():
            work_.set_print_state(job.id, UNKNOWN, spool.clock.now(), "hung 2/4")
        work_.commit()
    for job in spool.jobs():
        settle_job(till_over(spool, printer.address), job.id, on_paper=False)
    spool.run_for(5)
    printer.wait_until(lambda: printer.jobs == [b"nota copy 1", b"label"])


def test_a_paper_for_other_paper_is_not_sent_there_as_it_is(spool: Spool, printer: StandInPrinter) -> None:
    spool.queue("kasir", b"nota", kind=DocumentKind.NOTA)
    with pytest.raises(ShopError) as refused:
        send_elsewhere(till_over(spool, "kasir"), 1, PlainPaper("gudang"), "gudang", fits=False)
    assert refused.value.code is ErrorCode.PRINTER_OTHER_PAPER
    assert spool.states() == [QUEUED]


def test_a_struk_for_a_printer_of_other_paper_is_set_anew(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, "089686010947")
        struk = next(job for job in till.store.read.open_print_jobs() if job.kind is DocumentKind.RECEIPT)
        wide = PrinterPaper(PROFILES["generic80"], "id", "", "gudang")
        send_elsewhere(till, struk.id, wide, "gudang", fits=False)
        new = next(job for job in till.store.read.open_print_jobs() if job.printer == "gudang")
        sale, shop = till.store.read.sale(struk.document), till.store.read.shop()
        assert sale is not None
        assert (new.copy, new.data) == (0, wide.receipt(sale, shop))
        assert till.store.read.check() == []


def test_a_drawer_is_not_opened_at_another_printer(spool: Spool) -> None:
    spool.queue_kick("kasir")
    with pytest.raises(ShopError):
        send_elsewhere(till_over(spool, "kasir"), 1, PlainPaper("gudang"), "gudang", fits=True)


def test_what_a_person_said_is_in_the_audit_log(spool: Spool) -> None:
    spool.queue("kasir", b"struk")
    drop_job(till_over(spool, "kasir"), 1)
    assert (spool.states(), spool.jobs()[0].known.seen) == ([EXPIRED], Seen.SAID_DROPPED)
    with closing(sqlite3.connect(spool.folder / "shop.db")) as raw:
        assert raw.execute("SELECT action, subject, details FROM audit").fetchall() == [("print_settled", "nota-1", "dropped")]


# --- the roll ------------------------------------------------------------------------------------------------------


def test_the_till_knows_how_much_paper_is_left_when_it_was_told_of_the_roll(spool: Spool, printer: StandInPrinter) -> None:
    till = till_over(spool, printer.address)
    change_roll(till, printer.address, 30_000)
    # ten lines of 30 dots and 300 dots of feed: 600 dots at 8 a millimetre
    print_page(till, printer.address, b"\x1b@" + b"struk\n" * 10 + b"\x1bJ\x96\x1bJ\x96")
    spool.has(printer.address)
    spool.run_for(5)
    roll = spool.store.read.rolls()[printer.address]
    assert (roll.used_mm, roll.left_mm) == (75, 29_925)
    change_roll(till, printer.address, 0)
    assert spool.store.read.rolls()[printer.address].left_mm is None


def test_paper_that_was_never_sent_is_not_counted(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as off:
        spool.queue(off.address, b"struk\n" * 10)
        spool.run_for(30)
        assert spool.store.read.rolls() == {}
