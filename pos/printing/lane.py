"""One printer's work: its turn, one job from claim to outcome, and what is known of the printer. Runs in the printer's own thread, where
there are threads; waits for nobody but its printer.

A job is SENDING on disk before its first byte leaves, and its outcome is on disk before the next one may leave.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pos.domain.errors import ShopError
from pos.domain.evidence import Asks, Evidence, Seen, Why
from pos.domain.printing import PrintJob, PrintState
from pos.printing.lengths import millimetres_of
from pos.printing.outcomes import Outcome, outcome_of
from pos.printing.profiles import profile_of
from pos.printing.transports.handing import HandedOver, Transport
from pos.printing.turns import NotOurTurn, turn_at
from pos.services.paper_views import PrinterNow, PrinterState, PrintRow
from pos.services.ports import Clock, Store
from pos.services.preferences import PrinterChoice

_log = logging.getLogger(__name__)

RETRIES_S: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds until a printer that took nothing is tried again."""
LOCKED_S: Final = 0.5
"""Seconds until the turn at a printer is asked for again."""
STORE_TROUBLE_S: Final = 10.0
"""Seconds until a job is tried again that could not be written down."""
AFTER_A_BUG_S: Final = 60.0
"""Seconds until a printer is used again whose work a bug broke off: one bug must not leave a whole queue in doubt."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every lane works with. `deadline`: (bytes, bytes a second) -> seconds that handing over may take."""

    store: Store
    clock: Clock
    open_transport: Callable[[str], Transport]
    locks: Path
    deadline: Callable[[int, int], float]
    give_up: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Wait:
    """A printer that is left alone for a moment.

    Attributes:
        newest: the youngest job then; a younger one means that a person stands there.
        others: another till prints there just now, which is no trouble.
    """

    until: float
    failures: int
    newest: int
    others: bool = False


class Lane:
    """One printer, by its address.

    Attributes:
        wait: until when it is left alone, after a job that did not go through; None where it is not.
        now: what is known of it.
        in_hand: number of the job that is being sent or whose outcome could not be written yet; 0 for none.
        unwritten: that outcome.
        trouble: why the store could not be written, of the last piece of work.
    """

    def __init__(self, address: str, tools: Tools) -> None:
        self.address = address
        self._tools = tools
        self.wait: Wait | None = None
        self.now = self._before = PrinterNow()
        self.in_hand = 0
        self.unwritten: list[tuple[Outcome, str, int]] = []
        self.trouble: ShopError | None = None
        self.working = False

    def rests(self, newest: int, hurries: bool) -> float:
        """Seconds that it is still left alone; 0 when it may be used. `hurries`: a younger job than `newest` then ends the rest."""
        wait = self.wait
        if wait is None or (hurries and newest > wait.newest):
            return 0.0
        return max(0.0, wait.until - self._tools.clock.monotonic())

    @property
    def others_turn(self) -> bool:
        """Whether another till prints there just now."""
        return self.wait is not None and self.wait.others and self._tools.clock.monotonic() < self.wait.until

    def begin(self, job: int) -> None:
        """Called by who hands out work, before the work is started."""
        self.in_hand, self.working, self.trouble, self._before = job, True, None, self.now
        if job:
            self._know(PrinterState.BUSY)

    def look(self) -> None:
        """Whether the printer is there, without sending it a byte."""
        try:
            found = self._tools.open_transport(self.address).reach()
        except ShopError:
            found = Evidence(Seen.NOT_FOUND, why=Why.NO_ADDRESS)
        finally:
            self.working = False
        self._know(PrinterState.TROUBLE if found else PrinterState.READY, found)

    def send(self, row: PrintRow, printer: PrinterChoice, newest: int) -> None:
        """One job, from claim to outcome."""
        bug = True
        try:
            self._send(row, printer, newest)
            bug = False
        except ShopError as error:
            # it is as it was on disk: QUEUED, or SENDING with its outcome kept in hand
            bug, self.trouble = False, error
            self._rest(STORE_TROUBLE_S, newest)
        finally:
            if bug:
                self._rest(AFTER_A_BUG_S, newest)
            if not self.unwritten:
                self.in_hand = 0
            self.working = False
            if self.now.state is PrinterState.BUSY:
                # it did not come to sending: nothing new is known
                self.now = self._before

    def write_what_is_left(self) -> bool:
        """The outcome that the disk had no room for. Raises ShopError while it has none."""
        if not self.unwritten:
            return False
        for outcome, used_by, millimetres in self.unwritten:
            self._write(outcome, used_by, millimetres)
        self.unwritten.clear()
        self.in_hand = 0
        return True

    def _send(self, row: PrintRow, printer: PrinterChoice, newest: int) -> None:
        transport, handed = self._open(row)
        if transport is None:
            self._settle(row, printer, b"", handed, newest)
            return
        try:
            with turn_at(transport.device, self._tools.locks):
                self._send_in_turn(row, printer, newest, transport)
        except NotOurTurn:
            self._rest(LOCKED_S, newest, others=True)

    def _open(self, row: PrintRow) -> tuple[Transport | None, HandedOver]:
        try:
            return self._tools.open_transport(self.address), HandedOver(Evidence())
        except ShopError:
            return None, HandedOver(Evidence(Seen.NOT_FOUND, 0, row.size, why=Why.NO_ADDRESS))

    def _send_in_turn(self, row: PrintRow, printer: PrinterChoice, newest: int, transport: Transport) -> None:
        job = self._tools.store.read.print_job(row.id)
        if job is None:
            return
        if hashlib.sha256(job.data).hexdigest() != job.sha256:
            damaged = replace(row.evidence, asks=Asks.DAMAGED)
            self._write(Outcome(row.id, row.state, PrintState.FAILED, damaged), "", 0)
            return
        if not self._claim(row, printer):
            return
        deadline = self._tools.deadline(len(job.data), transport.speed)
        handed = transport.send(job.data, deadline, self._tools.give_up)
        self._tell(job, handed)
        self._settle(replace(row, state=PrintState.SENDING), printer, job.data, handed, newest)

    def _settle(self, row: PrintRow, printer: PrinterChoice, data: bytes, handed: HandedOver, newest: int) -> None:
        outcome = outcome_of(row, handed)
        if row.state is not PrintState.SENDING:
            outcome = replace(outcome, before=row.state)
        self._remember(handed, newest)
        used = millimetres_of(data, profile_of(printer)) if handed.bytes else 0
        try:
            self._write(outcome, printer.ref, used)
        except ShopError:
            # should the till stop now it will ask, which is the truth
            self.unwritten.append((outcome, printer.ref, used))
            raise

    def _claim(self, row: PrintRow, printer: PrinterChoice) -> bool:
        """Make it SENDING on disk, unless a person has settled it in the meantime."""
        target = "" if printer.ref == row.printer else printer.ref
        with self._tools.store.begin() as work:
            # nobody else writes within this block: what is read here is what is overwritten
            now = self._tools.store.read.print_job(row.id)
            if now is None or now.state is not row.state:
                return False
            work.set_print_state(row.id, PrintState.SENDING, self._tools.clock.now(), "", attempted=True, target=target)
            work.commit()
        return True

    def _write(self, outcome: Outcome, used_by: str, millimetres: int) -> None:
        write(self._tools, [outcome], used_by, millimetres)

    def _remember(self, handed: HandedOver, newest: int) -> None:
        """How long this printer's next job waits: one that hung would swallow it too."""
        if handed.whole:
            self.wait = None
            self._know(PrinterState.READY)
            return
        failures = self.wait.failures + 1 if self.wait is not None else 1
        until = self._tools.clock.monotonic() + RETRIES_S[min(failures, len(RETRIES_S)) - 1]
        self.wait = Wait(until, failures, newest)
        self._know(PrinterState.TROUBLE, handed.evidence)

    def _rest(self, seconds: float, newest: int, others: bool = False) -> None:
        """Leave it alone for a while, for a reason that is not the printer's."""
        failures = self.wait.failures if self.wait is not None else 0
        self.wait = Wait(self._tools.clock.monotonic() + seconds, failures, newest, others)

    def _know(self, state: PrinterState, trouble: Evidence | None = None) -> None:
        self.now = PrinterNow(state, trouble, self._tools.clock.now())

    def _tell(self, job: PrintJob, handed: HandedOver) -> None:
        _log.info("%s %d to %s: %s", job.kind, job.id, self.address.partition(":")[0], handed.evidence)


def write(tools: Tools, outcomes: list[Outcome], used_by: str = "", millimetres: int = 0) -> None:
    """Write outcomes down, each only where its job still is in the state that it came from.

    Raises:
        ShopError: the store cannot be written; nothing is then.
    """
    if not outcomes:
        return
    with tools.store.begin() as work:
        now = tools.clock.now()
        for outcome in outcomes:
            job = tools.store.read.print_job(outcome.job)
            if job is not None and job.state is outcome.before:
                work.set_print_state(outcome.job, outcome.state, now, str(outcome.evidence))
        if millimetres:
            work.use_paper(used_by, millimetres)
        work.commit()
