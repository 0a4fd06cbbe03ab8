"""The spool: which print job is sent now, and what became of it. Owns the rules of printing.md, The spool; no thread, no Qt, no waiting.

The promise: automatically at most once, never silently lost. A job is SENDING on disk before its first byte leaves; it is tried again by
itself only where not one byte was handed over; what is doubtful asks a person. Jobs of one printer keep their order.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos.domain.changed import NOTHING, Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import ASKS, DocumentKind, PrintJob, PrintState
from pos.printing.transports import HandedOver, Transport, deadline_of
from pos.services.ports import Clock, Store

_log = logging.getLogger(__name__)

OLD_MS: Final = 600_000
"""Age from which a job asks before it prints: its customer is gone."""
STOPPED: Final = "the till stopped while it was sent"
BROKE_OFF: Final = "broke off while it was sent"

_RETRIES_S: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_IDLE_S: Final = 60.0
_LOCKED_S: Final = 0.5
_STORE_TROUBLE_S: Final = 10.0
_GRACE_S: Final = 3.0
"""Seconds that a job in hand may still take when the till is closed."""
_CHANGED: Final = Changed(print_jobs=True)


@dataclass(frozen=True, slots=True)
class PrintRound:
    """What one piece of work came to.

    Attributes:
        next_in: seconds until the next piece unless woken; 0 is at once.
        error: PRINTER_NOT_FOUND with `address`, or why the store could not be written.
        state: `none`, `ready`, `busy` or `trouble`.
    """

    changed: Changed
    next_in: float
    error: ShopError | None
    state: str


@dataclass(slots=True)
class _Wait:
    """A printer that did not take its first job. `newest`: the youngest job then; a younger one means that a person stands there."""

    until: float
    failures: int
    newest: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: int
    state: PrintState
    evidence: str


class Spooler:
    """Sends queued jobs, one a round.

    Args:
        open_transport: address -> transport; raises ShopError PRINTER_NOT_FOUND for what is none.
        printer: tells the address that is set now, so that it can be looked for before the first job; empty or None looks for none.
        locks: folder of the locks, one a physical printer, shared by all tills of this machine.
        deadline: bytes of a job -> seconds that handing it over may take.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        open_transport: Callable[[str], Transport],
        printer: Callable[[], str] | None = None,
        locks: Path | None = None,
        deadline: Callable[[int], float] = deadline_of,
    ) -> None:
        self._store = store
        self._clock = clock
        self._open_transport = open_transport
        self._printer = printer
        self._locks = locks or Path(tempfile.gettempdir())
        self._deadline = deadline
        self._recovered = False
        self._waits: dict[str, _Wait] = {}
        self._unwritten: list[_Outcome] = []
        self._reached: tuple[str, str] | None = None
        self._stopping_since: float | None = None
        self._sending = False
        self._state = "none" if printer is not None and not printer() else "ready"

    @property
    def state(self) -> str:
        """`none`, `ready`, `busy` or `trouble`, also while a round is running. May be read from any thread."""
        return "busy" if self._sending else self._state

    def stop(self) -> None:
        """The till is closing: a job in hand has a few seconds left. May be called from any thread."""
        if self._stopping_since is None:
            self._stopping_since = self._clock.monotonic()

    def recover(self) -> Changed:
        """Once, at the start: what was being sent when the till stopped is UNKNOWN; nothing is sent.

        Raises:
            ShopError: the store cannot be written; `run_once` tries again before it sends anything.
        """
        outcomes = [_stopped(job, STOPPED) for job in self._store.read.open_print_jobs() if job.state is PrintState.SENDING]
        self._write(outcomes)
        self._recovered = True
        return _CHANGED if outcomes else NOTHING

    def run_once(self) -> PrintRound:
        """Send the next job, if one may be sent now. Known failures are told in the round."""
        try:
            changed = NOTHING if self._recovered else self.recover()
            if self._unwritten:
                self._write(self._unwritten)
                self._unwritten, changed = [], _CHANGED
            done = self._round()
        except ShopError as error:
            # the store cannot be read or written: nothing is sent that could not be written down
            done, changed = PrintRound(NOTHING, _STORE_TROUBLE_S, error, "trouble"), NOTHING
        self._state = done.state
        return PrintRound(done.changed | changed, done.next_in, done.error, done.state)

    # --- one round ----------------------------------------------------------------------------------------------

    def _round(self) -> PrintRound:
        jobs = self._store.read.open_print_jobs()
        settled = self._settle(jobs)
        if settled:
            jobs = self._store.read.open_print_jobs()
        changed = _CHANGED if settled else NOTHING
        heads = _heads(jobs)
        ready = [job for job in heads.values() if self._may_go(job, jobs)]
        if self._stopping_since is not None:
            return PrintRound(changed, _IDLE_S, None, self._state)
        if not ready:
            return self._idle(jobs, heads, changed)
        done = self._send(min(ready, key=lambda job: job.id))
        return PrintRound(done.changed | changed, done.next_in, done.error, done.state)

    def _settle(self, jobs: list[PrintJob]) -> bool:
        """Write down what time alone decides: kicks that came too late, jobs that are too old to go unasked. And what a bug broke off: all
        rounds that ended have written what became of their job."""
        now = self._clock.now()
        outcomes = [outcome for job in jobs if (outcome := _overtaken(job, now)) is not None]
        self._write(outcomes)
        return bool(outcomes)

    def _idle(self, jobs: list[PrintJob], heads: dict[str, PrintJob], changed: Changed) -> PrintRound:
        """Nothing may be sent now."""
        now = self._clock.monotonic()
        waits = [self._waits[printer].until - now for printer in heads if printer in self._waits]
        next_in = max(0.0, min([*waits, _IDLE_S]))
        if jobs:
            return PrintRound(changed, next_in, None, "trouble")
        address = self._printer() if self._printer else ""
        if self._printer and not address:
            return PrintRound(changed, _IDLE_S, None, "none")
        trouble = self._look_for(address) if address else ""
        if trouble:
            return PrintRound(changed, _RETRIES_S[-1], ShopError(ErrorCode.PRINTER_NOT_FOUND, address=address[:60]), "trouble")
        return PrintRound(changed, _IDLE_S, None, "ready")

    def _look_for(self, address: str) -> str:
        """What is wrong with the printer, or nothing. One that was found is not looked for again until a job says otherwise."""
        if self._reached != (address, ""):
            try:
                self._reached = address, self._open_transport(address).reach()
            except ShopError as error:
                self._reached = address, error.code.value
        return self._reached[1]

    def _may_go(self, job: PrintJob, jobs: list[PrintJob]) -> bool:
        wait = self._waits.get(job.printer)
        return wait is None or self._clock.monotonic() >= wait.until or _newest(job.printer, jobs) > wait.newest

    # --- one job --------------------------------------------------------------------------------------------------

    def _send(self, job: PrintJob) -> PrintRound:
        from filelock import FileLock, Timeout

        lock = FileLock(lock_file(self._locks, job.printer))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return PrintRound(NOTHING, _LOCKED_S, None, "busy")
        except OSError as error:
            # another user's lock, a temporary folder that is read-only: a shop that cannot print is worse than two tills taking turns badly
            _log.warning("no lock for the printer: %s", error.strerror)
        try:
            self._sending = True
            return self._send_locked(job)
        finally:
            self._sending = False
            lock.release()

    def _send_locked(self, job: PrintJob) -> PrintRound:
        if not self._claim(job):
            return PrintRound(_CHANGED, 0.0, None, "busy")
        handed = self._hand_over(job)
        outcome = _outcome(job, handed)
        self._remember(job, handed)
        try:
            self._write([outcome])
        except ShopError as error:
            # it is SENDING on disk: should the till stop now it will ask, which is the truth
            self._unwritten.append(outcome)
            return PrintRound(_CHANGED, _STORE_TROUBLE_S, error, "trouble")
        return self._after(job, handed)

    def _after(self, job: PrintJob, handed: HandedOver) -> PrintRound:
        """What comes next, once a job's outcome is on disk."""
        rest = self._store.read.open_print_jobs()
        heads = _heads(rest)
        if any(self._may_go(head, rest) for head in heads.values()):
            return PrintRound(_CHANGED, 0.0, None, "busy")
        round_ = self._idle(rest, heads, _CHANGED)
        if handed.bytes:
            return round_
        return PrintRound(_CHANGED, round_.next_in, ShopError(ErrorCode.PRINTER_NOT_FOUND, address=job.printer[:60]), "trouble")

    def _claim(self, job: PrintJob) -> bool:
        """Make it SENDING on disk, unless a person has settled it in the meantime."""
        with self._store.begin() as work:
            # nobody else writes within this block: what is read here is what is overwritten
            now = next((other for other in self._store.read.open_print_jobs() if other.id == job.id), None)
            if now is None or now.state is not job.state:
                return False
            work.set_print_state(job.id, PrintState.SENDING, self._clock.now(), "", attempted=True)
            work.commit()
        return True

    def _hand_over(self, job: PrintJob) -> HandedOver:
        if hashlib.sha256(job.data).hexdigest() != job.sha256:
            return HandedOver(0, f"{ASKS}: its bytes are damaged")
        try:
            transport = self._open_transport(job.printer)
        except ShopError as error:
            return HandedOver(0, error.code.value)
        return transport.send(job.data, self._deadline(len(job.data)), self._give_up)

    def _give_up(self) -> bool:
        return self._stopping_since is not None and self._clock.monotonic() - self._stopping_since > _GRACE_S

    def _remember(self, job: PrintJob, handed: HandedOver) -> None:
        """How long this printer's next job waits: one that hung would swallow it too."""
        if handed.whole:
            self._waits.pop(job.printer, None)
            self._reached = (job.printer, "")
            return
        self._reached = None
        failures = self._waits[job.printer].failures + 1 if job.printer in self._waits else 1
        until = self._clock.monotonic() + _RETRIES_S[min(failures, len(_RETRIES_S)) - 1]
        newest = _newest(job.printer, self._store.read.open_print_jobs())
        self._waits[job.printer] = _Wait(until, failures, newest)

    def _write(self, outcomes: list[_Outcome]) -> None:
        if not outcomes:
            return
        with self._store.begin() as work:
            for outcome in outcomes:
                work.set_print_state(outcome.job, outcome.state, self._clock.now(), outcome.evidence)
            work.commit()


def lock_file(folder: Path, printer: str) -> Path:
    """The file whose lock is the turn at a printer."""
    name = hashlib.sha256(printer.encode("utf-8", "replace")).hexdigest()[:16]
    return folder / f"epeken-pos-printer-{name}.lock"


def _heads(jobs: list[PrintJob]) -> dict[str, PrintJob]:
    """The next job of each printer, in the order they were queued. What asks a person is nobody's next."""
    heads: dict[str, PrintJob] = {}
    for job in sorted(jobs, key=lambda job: job.id):
        if job.state is PrintState.QUEUED or (job.state is PrintState.FAILED and not job.evidence.startswith(ASKS)):
            heads.setdefault(job.printer, job)
    return heads


def _newest(printer: str, jobs: list[PrintJob]) -> int:
    return max((job.id for job in jobs if job.printer == printer), default=0)


def _overtaken(job: PrintJob, now: int) -> _Outcome | None:
    """What the passing of time makes of a job between two rounds."""
    if job.state is PrintState.SENDING:
        return _stopped(job, BROKE_OFF)
    if job.state not in (PrintState.QUEUED, PrintState.FAILED):
        return None
    if job.expires_at is not None and not job.created_at <= now <= job.expires_at:
        # before its making: the clock was set back, and nobody knows how late it is
        return _Outcome(job.id, PrintState.EXPIRED, f"came too late{_because(job)}")
    if now - job.created_at > OLD_MS and not job.evidence.startswith(ASKS):
        return _Outcome(job.id, PrintState.FAILED, f"{ASKS}: waited too long{_because(job)}")
    return None


def _because(job: PrintJob) -> str:
    return f"; {job.evidence}" if job.evidence else ""


def _outcome(job: PrintJob, handed: HandedOver) -> _Outcome:
    """The state that what is known comes to."""
    if handed.confirmed:
        state = PrintState.CONFIRMED
    elif handed.whole:
        state = PrintState.SENT
    elif job.kind is DocumentKind.DRAWER_KICK or (handed.bytes == 0 and 0 < job.max_attempts <= job.attempts + 1):
        # a drawer is open or it is not: nobody is asked, and it never opens later by itself
        state = PrintState.EXPIRED
    else:
        state = PrintState.FAILED if handed.bytes == 0 else PrintState.UNKNOWN
    return _Outcome(job.id, state, handed.evidence)


def _stopped(job: PrintJob, why: str) -> _Outcome:
    state = PrintState.EXPIRED if job.kind is DocumentKind.DRAWER_KICK else PrintState.UNKNOWN
    return _Outcome(job.id, state, why)
