"""A shop's spool without the shop: a real store, a clock that tests move, and transports that lose patience quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.evidence import Evidence, Seen
from pos.domain.printing import DocumentKind, NewPrintJob, PrintJob, PrintState
from pos.local_db.store import SqliteStore
from pos.printing.spooler import PrintRound, Spooler, Start, at_once
from pos.printing.transports import NetworkTransport, Transport, open_transport
from pos.printing.transports.handing import GiveUp, HandedOver, Status, never
from pos.printing.transports.talk import QUIET_S
from pos.services.ports import Queries, Store, UnitOfWork
from pos.services.preferences import PrinterChoice
from tests.helpers.ids import CountingIds
from tests.helpers.tills import HandClock

CONNECT_S = 0.5


def quick_transport(address: str, quiet_s: float = QUIET_S) -> Transport:
    """The product's transport of an address, with half a second to connect."""
    transport = open_transport(address)
    if isinstance(transport, NetworkTransport):
        host, port = address.removeprefix("tcp://").split(":")
        return NetworkTransport(host, int(port), CONNECT_S, quiet_s)
    return transport


class Spool:
    """A store with a spooler over it.

    Attributes:
        rounds: what each round came to.
        printers: the shop's; a job for an unknown address brings its printer along.
        patience_s: that a job may take, whatever its size; as short as a printer is to hang, as long as it is to come through.
        quiet_s: of silence that end a job; long where something is to come.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printers: list[PrinterChoice] = []
        self.patience_s = 10.0
        self.quiet_s = QUIET_S
        self.clock = HandClock()
        self.store = SqliteStore.open(folder / "shop.db", self.clock, CountingIds(), folder / "copies")
        self.rounds: list[PrintRound] = []
        self.spooler = self.fresh_spooler()

    def fresh_spooler(self) -> Spooler:
        """As after a restart of the till."""
        self.spooler = self.spooler_over(self.store, last_before=max((job.id for job in self.jobs()), default=0))
        return self.spooler

    def spooler_over(
        self, store: Store, open_transport: Callable[[str], Transport] | None = None, start: Start = at_once, last_before: int = 0
    ) -> Spooler:
        """A spooler of this shop's printers over another store, with other transports or in threads."""
        return Spooler(
            store,
            self.clock,
            open_transport or (lambda address: quick_transport(address, self.quiet_s)),
            lambda: self.printers,
            self.folder,
            lambda size, speed: self.patience_s,
            start,
            last_before,
        )

    def has(self, address: str, **facts: Any) -> PrinterChoice:
        """The shop has a printer at this address (from now on); returns it."""
        known = next((printer for printer in self.printers if printer.ref == address), None)
        if known is None:
            known = PrinterChoice(facts.pop("name", address), address, **facts)
            self.printers.append(known)
        return known

    def queue(
        self,
        printer: str,
        data: bytes,
        document: str = "nota-1",
        kind: DocumentKind = DocumentKind.RECEIPT,
        expires_in_ms: int | None = None,
        max_attempts: int = 0,
        copy: int = 0,
    ) -> None:
        if not any(choice.ref == printer for choice in self.printers):
            self.has(printer)
        expires = None if expires_in_ms is None else self.clock.now() + expires_in_ms
        with self.store.begin() as work:
            work.queue_print([NewPrintJob(kind, document, copy, printer, data, expires, max_attempts)])
            work.commit()

    def queue_kick(self, printer: str, document: str = "nota-1") -> None:
        self.queue(printer, b"\x1bp\x00\x32\x32", document, DocumentKind.DRAWER_KICK, 10_000, 1)

    def run(self, rounds: int = 1) -> PrintRound:
        """So many rounds, without waiting between them; returns the last."""
        for _ in range(rounds):
            self.rounds.append(self.spooler.run_once())
        return self.rounds[-1]

    def run_for(self, seconds: float) -> None:
        """As the print worker does: round after round, waiting as long as each says, until `seconds` have passed on the clock."""
        end = self.clock.monotonic() + seconds
        while self.clock.monotonic() < end:
            self.clock.pass_by(min(self.run().next_in + 0.001, end - self.clock.monotonic()))

    def jobs(self) -> list[PrintJob]:
        return sorted(self.store.read.print_jobs(), key=lambda job: job.id)

    def states(self) -> list[PrintState]:
        return [job.state for job in self.jobs()]


@contextmanager
def open_spool(folder: Path) -> Iterator[Spool]:
    spool = Spool(folder)
    try:
        yield spool
    finally:
        spool.store.close()


class FullDisk:
    """`ports.Store` over another whose disk is full while `full` is set: nothing can be written, everything can be read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.full = False

    @property
    def read(self) -> Queries:
        return self._store.read

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        if self.full:
            raise ShopError(ErrorCode.DISK_FULL)
        return self._store.begin()


class TakenMeanwhile:
    """`ports.Store` whose print worker takes each job just before somebody else may write."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def read(self) -> Queries:
        return self._store.read

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        with self._store.begin() as work:
            for job in self._store.read.open_print_jobs():
                work.set_print_state(job.id, PrintState.SENDING, job.created_at, "", attempted=True)
            work.commit()
        return self._store.begin()


class LostStore:
    """`ports.Store` that can neither be read nor written."""

    @property
    def read(self) -> Queries:
        raise ShopError(ErrorCode.STORE_DAMAGED)

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        raise ShopError(ErrorCode.STORE_DAMAGED)


class BrokenTransport:
    """`Transport` with a bug: it breaks off in the middle of a job, nobody knows where."""

    device = "the printer with a bug"
    speed = 1_000

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        raise KeyError(len(data))

    def reach(self) -> Evidence | None:
        return None

    def status(self, thorough: bool = False) -> Status:
        return Status()


class DiskFillingPrinter:
    """`Transport` that takes everything; while it does, the disk of the store runs full."""

    device = "the printer that fills disks"
    speed = 1_000

    def __init__(self, disk: FullDisk) -> None:
        self._disk = disk
        self.papers: list[bytes] = []

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        self.papers.append(data)
        self._disk.full = True
        return HandedOver(Evidence(Seen.TAKEN, len(data), len(data)), whole=True)

    def reach(self) -> Evidence | None:
        return None

    def status(self, thorough: bool = False) -> Status:
        return Status()
