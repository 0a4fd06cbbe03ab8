"""Every fault that a network printer was seen to have, against a real TCP port: what the spool says is true, and nothing prints twice."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.evidence import Said, Seen
from pos.domain.printing import PrintState
from pos.printing.answers import ask
from tests.helpers.printer_9100 import Fault, StandInPrinter
from tests.helpers.spools import Spool, open_spool

SMALL = b"struk " * 200
LARGE = os.urandom(16) * 40_000
"""More than both ends of a connection hold back: its end cannot be written while the printer does not read."""
HANGING_S = 0.8
ASKING = SMALL + ask("7c2f")


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with open_spool(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("data", "state"), [(SMALL, PrintState.SENT), (ASKING, PrintState.UNKNOWN)])
def test_a_printer_without_paper_is_heard_whether_or_not_it_takes_the_job(spool: Spool, data: bytes, state: PrintState) -> None:
    spool.patience_s = HANGING_S
    with StandInPrinter(Fault.PAPER_OUT) as printer:
        spool.queue(printer.address, data)
        spool.run()
        (job,) = spool.jobs()
        assert (job.state, job.known.said) == (state, (Said.OFFLINE, Said.PAPER_OUT))


def test_a_printer_that_was_off_gets_its_papers_in_order_once_it_is_on(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        papers = [b"nota %d\n" % number for number in range(5)]
        for number, data in enumerate(papers):
            spool.queue(printer.address, data, f"nota-{number}")
        spool.run_for(60)
        assert spool.states() == [PrintState.FAILED] + [PrintState.QUEUED] * 4
        assert spool.rounds[-1].state == "trouble"
        assert spool.rounds[-1].next_in <= 30
        printer.switch_on()
        spool.run_for(60)
        assert spool.states() == [PrintState.SENT] * 5
        assert spool.rounds[-1].state == "ready"
        assert printer.jobs == papers


def test_a_sale_at_the_counter_does_not_wait_for_the_next_try(spool: Spool) -> None:
    with StandInPrinter(Fault.REFUSE) as printer:
        spool.queue(printer.address, b"first")
        spool.run_for(100)
        assert spool.run().next_in > 1
        printer.switch_on()
        spool.queue(printer.address, b"second", "nota-2")
        spool.run(2)
        assert printer.jobs == [b"first", b"second"]


def test_a_printer_that_hung_is_left_alone_for_a_moment_before_the_next_paper(spool: Spool) -> None:
    spool.patience_s = HANGING_S
    with StandInPrinter(Fault.HANG, 100) as printer:
        spool.queue(printer.address, LARGE)
        spool.queue(printer.address, b"second", "nota-2")
        done = spool.run()
        assert spool.states() == [PrintState.UNKNOWN, PrintState.QUEUED]
        assert 0 < done.next_in <= 1
        assert done.state == "trouble"
        spool.run()
        assert printer.connections == 1


def test_a_connection_that_is_reset_at_once_is_tried_again_only_if_no_byte_was_taken(spool: Spool) -> None:
    spool.quiet_s = 5.0
    with StandInPrinter(Fault.RESET) as printer:
        spool.queue(printer.address, SMALL)
        spool.run_for(20)
        (job,) = spool.jobs()
        assert job.state in (PrintState.FAILED, PrintState.UNKNOWN)
        assert job.state is PrintState.FAILED or (job.known.seen, job.known.sent) == (Seen.BROKEN, len(SMALL))
        assert printer.jobs == []


def test_a_late_answer_is_waited_for(spool: Spool) -> None:
    with StandInPrinter(Fault.LATE) as printer:
        spool.queue(printer.address, ASKING)
        worker = threading.Thread(target=spool.run)
        worker.start()
        printer.wait_until(lambda: printer.jobs == [ASKING])
        assert spool.states() == [PrintState.SENDING]
        printer.go_on()
        worker.join(10)
        assert spool.states() == [PrintState.CONFIRMED]


def test_an_answer_to_another_job_confirms_nothing(spool: Spool) -> None:
    spool.patience_s = HANGING_S
    with StandInPrinter(Fault.STATUS) as printer:
        spool.queue(printer.address, ASKING)
        spool.run()
        assert spool.states() == [PrintState.UNKNOWN]


def test_a_till_that_closes_does_not_wait_for_a_printer_that_hangs(spool: Spool) -> None:
    with StandInPrinter(Fault.LATE) as printer:
        spool.queue(printer.address, ASKING)
        worker = threading.Thread(target=spool.run)
        worker.start()
        printer.wait_until(lambda: printer.jobs == [ASKING])
        assert spool.spooler.state == "busy"
        spool.spooler.stop()
        spool.clock.pass_by(4)
        worker.join(10)
        assert not worker.is_alive()
        assert spool.jobs()[0].known.seen is Seen.TILL_CLOSED
        assert spool.states() == [PrintState.UNKNOWN]
        spool.queue(printer.address, b"later", "nota-2")
        spool.run()
        assert printer.connections == 1


def test_what_our_own_system_held_back_is_not_delivered_after_a_job_was_given_up(spool: Spool) -> None:
    spool.patience_s = HANGING_S
    with StandInPrinter(Fault.HANG, 100) as printer:
        spool.queue(printer.address, LARGE)
        spool.run()
        assert spool.states() == [PrintState.UNKNOWN]
        printer.go_on()
        printer.wait_until(lambda: printer.ended == 1)
        assert len(printer.jobs[0]) < 8_192, "a person may have had it printed anew in the meantime"
