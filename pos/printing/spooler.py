"""The spool: which print job is sent now, and where. Owns the rules of printing.md, The spool; no Qt, no waiting, and no thread of its own.

The promise: automatically at most once, never silently lost. Jobs of one printer keep their order; two printers do not wait for each other
where work is started in threads (`threads.PrinterThreads`); without them each round does all that is due, one job a printer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from pos.domain.changed import NOTHING, Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Asks, Seen
from pos.domain.printing import PrinterRole, PrintState
from pos.printing.lane import STORE_TROUBLE_S, Lane, Tools, write
from pos.printing.outcomes import Outcome, asking, left_over, overtaken, stopped
from pos.printing.routes import ways
from pos.printing.transports import Transport, deadline_of
from pos.services.paper_views import PrinterNow, PrinterState, PrintRow
from pos.services.ports import Clock, Store
from pos.services.preferences import PrinterChoice, printer_for

Start: TypeAlias = Callable[[str, Callable[[], None]], None]
"""Starts a piece of work of a printer, given its address."""

_IDLE_S: Final = 60.0
_LOOK_AGAIN_S: Final = 30.0
"""Seconds until a printer that was not there is looked for again."""
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


@dataclass(frozen=True, slots=True)
class _Due:
    """A job that may be sent now, and where."""

    row: PrintRow
    printer: PrinterChoice
    newest: int


def at_once(address: str, work: Callable[[], None]) -> None:
    """Do it here and now."""
    work()


class Spooler:
    """Hands queued jobs to the printers' lanes.

    Args:
        open_transport: address -> transport; raises ShopError PRINTER_NOT_FOUND for what is none.
        printers: tells the shop's printers as they are set now.
        locks: folder of the locks, one a physical printer, shared by all tills of this machine.
        deadline: (bytes of a job, bytes a second of its line) -> seconds that handing it over may take.
        start: how a printer's work is started.
        last_before: number of the last job from before the till's start: those are not sent unattended.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        open_transport: Callable[[str], Transport],
        printers: Callable[[], Sequence[PrinterChoice]],
        locks: Path | None = None,
        deadline: Callable[[int, int], float] = deadline_of,
        start: Start = at_once,
        last_before: int = 0,
    ) -> None:
        self._store = store
        self._clock = clock
        self._printers = printers
        self._tools = Tools(store, clock, open_transport, locks or Path(tempfile.gettempdir()), deadline, self._give_up)
        self._start = start
        self._last_before = last_before
        self._lanes: dict[str, Lane] = {}
        self._recovered = False
        self._stopping_since: float | None = None
        self._state = "ready" if printers() else "none"

    @property
    def state(self) -> str:
        """`none`, `ready`, `busy` or `trouble`, also while a round is running. May be read from any thread."""
        return "busy" if any(lane.working and lane.in_hand for lane in tuple(self._lanes.values())) else self._state

    def now(self, address: str) -> PrinterNow:
        """What is known of a printer. May be asked from any thread."""
        lane = self._lanes.get(address)
        return lane.now if lane is not None else PrinterNow()

    def stop(self) -> None:
        """The till is closing: jobs in hand have a few seconds left. May be called from any thread."""
        if self._stopping_since is None:
            self._stopping_since = self._clock.monotonic()

    def recover(self) -> Changed:
        """Once, at the start: what was being sent when the till stopped is UNKNOWN, what waited asks; nothing is sent.

        Raises:
            ShopError: the store cannot be written; `run_once` tries again before it sends anything.
        """
        rows = [row for row in self._store.read.open_print_rows() if row.id <= self._last_before or row.state is PrintState.SENDING]
        outcomes = [outcome for row in rows if (outcome := left_over(row)) is not None]
        write(self._tools, outcomes)
        self._recovered = True
        return _CHANGED if outcomes else NOTHING

    def run_once(self) -> PrintRound:
        """Hand out what may be sent now. Known failures are told in the round."""
        try:
            changed = NOTHING if self._recovered else self.recover()
            if any([lane.write_what_is_left() for lane in self._lanes.values() if not lane.working]):
                changed = _CHANGED
            done = self._round()
        except ShopError as error:
            # the store cannot be read or written: nothing is sent that could not be written down
            done, changed = PrintRound(NOTHING, STORE_TROUBLE_S, error, "trouble"), NOTHING
        self._state = done.state
        return PrintRound(done.changed | changed, done.next_in, done.error, done.state)

    # --- one round ----------------------------------------------------------------------------------------------

    def _round(self) -> PrintRound:
        # looked at before the rows are: a lane writes its outcome before it lets go of its job
        in_hand = {lane.in_hand for lane in self._lanes.values()}
        rows = self._store.read.open_print_rows()
        settled = self._settle(rows, in_hand)
        if settled:
            rows = self._store.read.open_print_rows()
        changed = _CHANGED if settled else NOTHING
        if self._stopping_since is not None:
            return PrintRound(changed, _IDLE_S, None, self._state)
        due = self._due(rows)
        for address, job in due.items():
            self._send(address, job)
        if not due and not self._working():
            self._look_around(rows)
        return self._ended(changed | (_CHANGED if due else NOTHING))

    def _settle(self, rows: list[PrintRow], in_hand: set[int]) -> bool:
        """Write down what needs no printer: kicks that came too late, jobs that are too old to go unasked or have no printer any more, and
        what a bug broke off: all lanes that ended have written what became of their job."""
        now, printers = self._clock.now(), self._printers()
        outcomes = [outcome for row in rows if row.id not in in_hand and (outcome := _by_itself(row, now, printers)) is not None]
        write(self._tools, outcomes)
        return bool(outcomes)

    def _due(self, rows: list[PrintRow]) -> dict[str, _Due]:
        """The next job of each printer that may be used now, in the order they were queued. What asks a person is nobody's next."""
        printers, heads = self._printers(), dict[str, _Due]()
        newest = _newest(rows)
        for row in rows:
            printer = self._way(row, printers, newest) if _may_go(row) else None
            if printer is not None:
                heads.setdefault(printer.address, _Due(row, printer, newest.get(row.printer, 0)))
        return {address: due for address, due in heads.items() if not self._lane(address).working}

    def _way(self, row: PrintRow, printers: Sequence[PrinterChoice], newest: dict[str, int]) -> PrinterChoice | None:
        """The first printer for a job that is not left alone just now."""
        found = ways(row, printers)
        for printer in found:
            # where another stands in nobody waits for the one that is off
            if not self._lane(printer.address).rests(newest.get(row.printer, 0), hurries=len(found) == 1):
                return printer
        return None

    def _send(self, address: str, due: _Due) -> None:
        lane = self._lane(address)
        lane.begin(due.row.id)
        self._start(address, lambda: lane.send(due.row, due.printer, due.newest))

    def _look_around(self, rows: list[PrintRow]) -> None:
        """Look for printers that nobody has seen yet, or whose last job did not go through; not where a job waits for them anyway."""
        waited_for = {row.printer for row in rows if _may_go(row)}
        for printer in self._printers():
            lane = self._lane(printer.address)
            if printer.ref in waited_for or lane.working or not self._is_to_be_seen(lane.now):
                continue
            lane.begin(0)
            self._start(printer.address, lane.look)

    def _is_to_be_seen(self, now: PrinterNow) -> bool:
        if now.state is PrinterState.UNSEEN:
            return True
        return now.state is PrinterState.TROUBLE and not 0 <= self._clock.now() - now.at < _LOOK_AGAIN_S * 1000

    def _ended(self, changed: Changed) -> PrintRound:
        """What the round came to: of lanes that work in threads of their own more is told when they wake us."""
        rows = self._store.read.open_print_rows()
        trouble = next((lane.trouble for lane in self._lanes.values() if lane.trouble is not None), None)
        if trouble is not None:
            return PrintRound(changed, STORE_TROUBLE_S, trouble, "trouble")
        if self._working() or any(lane.others_turn for lane in self._lanes.values()):
            return PrintRound(changed, self._next_in(rows), None, "busy")
        if self._due(rows):
            return PrintRound(changed, 0.0, None, "busy")
        printers = self._printers()
        receipts = printer_for(tuple(printers), PrinterRole.STRUK)
        # a label printer that is off most of the time is nobody's trouble until there is something to print on it
        away = receipts if receipts is not None and self._lane(receipts.address).now.state is PrinterState.TROUBLE else None
        error = ShopError(ErrorCode.PRINTER_NOT_FOUND, address=away.address[:60]) if away is not None else None
        state = "trouble" if rows or away is not None else "ready" if printers else "none"
        return PrintRound(changed, self._next_in(rows), error, state)

    def _next_in(self, rows: list[PrintRow]) -> float:
        """Seconds until somebody who is left alone may be asked again."""
        printers, newest = self._printers(), _newest(rows)
        waits = [
            min(self._lane(printer.address).rests(newest.get(row.printer, 0), False) for printer in found)
            for row in rows
            if _may_go(row) and (found := ways(row, printers)) and not any(self._lane(printer.address).working for printer in found)
        ]
        away = any(self._lane(printer.address).now.state is PrinterState.TROUBLE for printer in printers)
        return max(0.0, min([*waits, _LOOK_AGAIN_S if away else _IDLE_S]))

    def _lane(self, address: str) -> Lane:
        return self._lanes.setdefault(address, Lane(address, self._tools))

    def _working(self) -> bool:
        return any(lane.working for lane in self._lanes.values())

    def _give_up(self) -> bool:
        return self._stopping_since is not None and self._clock.monotonic() - self._stopping_since > _GRACE_S


def _by_itself(row: PrintRow, now: int, printers: Sequence[PrinterChoice]) -> Outcome | None:
    """What becomes of a job without a printer's doing."""
    if row.state is PrintState.SENDING:
        return stopped(row, Seen.BUG)
    if (outcome := overtaken(row, now)) is not None:
        return outcome
    return asking(row, Asks.NO_PRINTER) if _may_go(row) and not ways(row, printers) else None


def _may_go(row: PrintRow) -> bool:
    """Whether it is sent without a person's word."""
    return row.state is PrintState.QUEUED or (row.state is PrintState.FAILED and row.evidence.asks is None)


def _newest(rows: list[PrintRow]) -> dict[str, int]:
    """The youngest job that each printer has waiting or in doubt."""
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.printer] = max(row.id, newest.get(row.printer, 0))
    return newest
