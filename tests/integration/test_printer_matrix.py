"""Every transport against every fault that it can have: the state that is reached is the true one, nothing prints twice by itself, and
nothing is *printed* that nobody has seen printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.evidence import Asks, Seen
from pos.domain.printing import PrintState
from pos.printing.answers import ask
from tests.helpers import stands
from tests.helpers.print_queue import Does
from tests.helpers.printer_9100 import Fault
from tests.helpers.private_cups import Behaviour
from tests.helpers.spools import open_spool
from tests.helpers.stands import Make, wait_until

SMALL = b"struk " * 200
LONG = bytes(range(48, 112)) * 8_000
"""Half a megabyte: more than any line holds back."""
ASKING = SMALL + ask("7c2f")
PATIENCE_S = 0.5
MINUTE_S = 60.0

SENT, CONFIRMED, FAILED, UNKNOWN = PrintState.SENT, PrintState.CONFIRMED, PrintState.FAILED, PrintState.UNKNOWN

MATRIX = [
    # network
    ("tcp", "well", stands.network(Fault.NONE), SMALL, SENT, Seen.TAKEN),
    ("tcp", "long and well", stands.network(Fault.NONE), LONG, SENT, Seen.TAKEN),
    ("tcp", "mute", stands.network(Fault.MUTE), SMALL, SENT, Seen.TAKEN),
    ("tcp", "refuses", stands.network(Fault.REFUSE), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("tcp", "black hole", stands.network(Fault.BLACK_HOLE), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("tcp", "name without answer", stands.unknown_host(), SMALL, FAILED, Seen.NOT_FOUND),
    ("tcp", "hangs", stands.network(Fault.HANG), LONG, UNKNOWN, Seen.HUNG),
    ("tcp", "reset", stands.network(Fault.RESET), LONG, UNKNOWN, Seen.BROKEN),
    ("tcp", "reset after the last byte", stands.network(Fault.RESET), SMALL, UNKNOWN, Seen.BROKEN),
    ("tcp", "closes", stands.network(Fault.FIN), LONG, UNKNOWN, Seen.CLOSED),
    ("tcp", "slow", stands.network(Fault.SLOW), SMALL, SENT, Seen.TAKEN),
    ("tcp", "talks all the while", stands.network(Fault.STATUS), LONG, SENT, Seen.TAKEN),
    ("tcp", "no paper", stands.network(Fault.PAPER_OUT), SMALL, SENT, Seen.TAKEN),
    ("tcp", "asked, no paper", stands.network(Fault.PAPER_OUT), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("tcp", "asked, mute", stands.network(Fault.MUTE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("tcp", "asked, closes", stands.network(Fault.FIN), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("tcp", "asked, late beyond patience", stands.network(Fault.LATE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("tcp", "asked and answers", stands.network(Fault.FENCE), ASKING, CONFIRMED, Seen.PRINTED),
    # serial, Bluetooth
    ("serial", "well", stands.serial(Fault.NONE), SMALL, SENT, Seen.TAKEN),
    ("serial", "stalls", stands.serial(Fault.HANG), LONG, UNKNOWN, Seen.HUNG),
    ("serial", "pulled", stands.serial(Fault.RESET), LONG, UNKNOWN, Seen.BROKEN),
    ("serial", "no such port", stands.serial(Fault.REFUSE), SMALL, FAILED, Seen.NOT_FOUND),
    ("serial", "another program has it", stands.taken_port(), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("serial", "slow", stands.serial(Fault.SLOW), SMALL, SENT, Seen.TAKEN),
    ("serial", "talks all the while", stands.serial(Fault.STATUS), SMALL, SENT, Seen.TAKEN),
    ("serial", "no paper", stands.serial(Fault.PAPER_OUT), SMALL, SENT, Seen.TAKEN),
    ("serial", "asked, mute", stands.serial(Fault.NONE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("serial", "asked, late beyond patience", stands.serial(Fault.LATE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("serial", "asked and answers", stands.serial(Fault.FENCE), ASKING, CONFIRMED, Seen.PRINTED),
    # USB by libusb
    ("usb", "well", stands.usb(Fault.NONE), SMALL, SENT, Seen.TAKEN),
    ("usb", "takes no more", stands.usb(Fault.HANG), SMALL, UNKNOWN, Seen.HUNG),
    ("usb", "pulled", stands.usb(Fault.RESET), SMALL, UNKNOWN, Seen.BROKEN),
    ("usb", "not plugged in", stands.usb(Fault.NONE, plugged=False), SMALL, FAILED, Seen.NOT_FOUND),
    ("usb", "another program has it", stands.usb(Fault.NONE, stands.BUSY), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("usb", "not for this user", stands.usb(Fault.NONE, stands.DENIED), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("usb", "slow", stands.usb(Fault.SLOW), SMALL, SENT, Seen.TAKEN),
    ("usb", "talks all the while", stands.usb(Fault.STATUS), SMALL, SENT, Seen.TAKEN),
    ("usb", "no paper", stands.usb(Fault.PAPER_OUT), SMALL, SENT, Seen.TAKEN),
    ("usb", "asked, mute", stands.usb(Fault.NONE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("usb", "asked, late beyond patience", stands.usb(Fault.LATE), ASKING, UNKNOWN, Seen.NO_ANSWER),
    ("usb", "asked and answers", stands.usb(Fault.FENCE), ASKING, CONFIRMED, Seen.PRINTED),
    # device file
    ("file", "well", stands.pipe(Fault.NONE), LONG, SENT, Seen.TAKEN),
    ("file", "asked, and nothing can be heard", stands.pipe(Fault.NONE), ASKING, SENT, Seen.TAKEN),
    ("file", "takes no more", stands.pipe(Fault.HANG), LONG, UNKNOWN, Seen.HUNG),
    ("file", "goes away", stands.pipe(Fault.RESET), LONG, UNKNOWN, Seen.BROKEN),
    ("file", "missing", stands.pipe(Fault.REFUSE), SMALL, FAILED, Seen.NOT_FOUND),
    ("file", "slow", stands.pipe(Fault.SLOW), SMALL, SENT, Seen.TAKEN),
    ("file", "full", stands.full_device(), SMALL, FAILED, Seen.BROKEN),
    # CUPS
    ("cups", "prints", stands.cups(Behaviour.ACCEPT), LONG, SENT, Seen.QUEUE_DONE),
    ("cups", "lies", stands.cups(Behaviour.LIE), ASKING, SENT, Seen.QUEUE_DONE),
    ("cups", "drops it within", stands.cups(Behaviour.DROP), SMALL, UNKNOWN, Seen.QUEUE_BROKEN),
    ("cups", "hangs", stands.cups(Behaviour.HANG), SMALL, UNKNOWN, Seen.HUNG),
    ("cups", "slow", stands.cups(Behaviour.SLOW), SMALL, SENT, Seen.QUEUE_DONE),
    ("cups", "stopped by a person", stands.cups(Behaviour.PAUSED), SMALL, FAILED, Seen.QUEUE_HELD),
    ("cups", "takes no jobs", stands.cups(Behaviour.CLOSED), SMALL, FAILED, Seen.NOT_CONNECTED),
    ("cups", "is not there", stands.no_cups(), SMALL, FAILED, Seen.NOT_CONNECTED),
    # Windows
    ("windows", "prints", stands.windows(Does.PRINT), SMALL, SENT, Seen.QUEUE_DONE),
    ("windows", "lets go of what is done", stands.windows(Does.FORGET), SMALL, SENT, Seen.QUEUE_DONE),
    ("windows", "lies", stands.windows(Does.LIE), ASKING, SENT, Seen.QUEUE_DONE),
    ("windows", "drops it within", stands.windows(Does.DROP), SMALL, UNKNOWN, Seen.QUEUE_BROKEN),
    ("windows", "hangs", stands.windows(Does.HANG), SMALL, UNKNOWN, Seen.HUNG),
    ("windows", "does not give it back", stands.windows(Does.STUBBORN), SMALL, UNKNOWN, Seen.HUNG),
    ("windows", "a person takes it out", stands.windows(Does.TAKEN_OUT), SMALL, FAILED, Seen.QUEUE_HELD),
    ("windows", "dies with it", stands.windows(Does.SILENT), SMALL, UNKNOWN, Seen.QUEUE_BROKEN),
    ("windows", "dies while it takes it", stands.windows(Does.SILENT_AT_ONCE), SMALL, UNKNOWN, Seen.QUEUE_BROKEN),
    ("windows", "no such printer", stands.windows(Does.REFUSE), SMALL, FAILED, Seen.NOT_FOUND),
    # the screen
    ("screen", "always", stands.screen(), ASKING, SENT, Seen.ON_SCREEN),
]
HURRIED = (UNKNOWN, FAILED)
"""What is waited for only as long as the test needs; what comes through has all the time that it wants."""


@pytest.mark.parametrize(("make", "data", "state", "seen"), [pytest.param(*rest, id=f"{kind}: {fault}") for kind, fault, *rest in MATRIX])
def test_the_state_is_the_true_one_and_no_fault_makes_a_second_paper(
    tmp_path: Path, make: Make, data: bytes, state: PrintState, seen: Seen
) -> None:
    with make(tmp_path) as stand, open_spool(tmp_path) as spool:
        spool.patience_s = PATIENCE_S if state in HURRIED else 20.0
        spool.spooler = spool.spooler_over(spool.store, stand.open)
        spool.queue(stand.address, data)
        spool.run()
        (job,) = spool.jobs()
        assert (job.state, job.known.seen) == (state, seen), job.evidence
        assert job.known.size == len(data)
        assert (job.sent_at == spool.clock.now()) is (state in (SENT, CONFIRMED))
        if state is FAILED:
            assert job.known.sent == 0
        spool.run_for(MINUTE_S)
        (after,) = spool.jobs()
        if state is FAILED:
            assert after.state is FAILED, "it waits, or asks; it is never given up"
            assert stand.paper() == b"", "not a byte was sent"
            # a person took it out of the system's queue: it is not put in again behind his back
            assert (after.attempts > 1) is (job.known.asks is not Asks.TAKEN_OUT)
        else:
            assert (after.state, after.attempts, after.evidence) == (state, 1, job.evidence), "nothing happens to it by itself any more"
        if state is CONFIRMED or (state is SENT and stand.keeps):
            # what was taken is read a moment later
            wait_until(lambda: stand.paper() == data)
        paper = stand.paper()
        assert data.startswith(paper), "what came out is the job's beginning, once"
        if state is CONFIRMED:
            assert stand.said_printed()


def test_every_transport_stands_in_the_matrix() -> None:
    from pos.printing.transports import _MAKERS

    assert {kind for kind, *_ in MATRIX} == {*_MAKERS, "screen"}
