"""A till whose print worker dies of SIGKILL at one moment of its work.

`python -m tests.helpers.killed_spool FOLDER ADDRESS MOMENT`: opens the shop in FOLDER, sends what is queued to ADDRESS, and is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from pos.domain.evidence import Evidence
from pos.local_db.store import SqliteStore
from pos.printing.spooler import Spooler
from pos.printing.transports import Transport, open_transport
from pos.printing.transports.handing import GiveUp, HandedOver, Status, never
from pos.services.ports import Queries, Store, UnitOfWork
from pos.services.preferences import PrinterChoice
from tests.helpers.ids import CountingIds
from tests.helpers.tills import HandClock


class Moment(Enum):
    BEFORE_THE_CLAIM = "before the claim"
    WITHIN_THE_CLAIM = "within the claim, before its commit"
    BEFORE_THE_FIRST_BYTE = "claimed, before the first byte"
    WITHIN_THE_BYTES = "within the bytes"
    AFTER_THE_LAST_BYTE = "after the last byte, before its outcome"
    WITHIN_THE_OUTCOME = "within the outcome, before its commit"
    AFTER_THE_OUTCOME = "after the outcome"


def die() -> None:
    """Now, whatever is being done."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingStore:
    """`ports.Store` that dies in its n-th unit of work: the first claims a job, the second writes what became of it."""

    def __init__(self, store: Store, moment: Moment) -> None:
        self._store, self._moment = store, moment
        self._works = 0

    @property
    def read(self) -> Queries:
        return self._store.read

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        self._works += 1
        if self._works == 1 and self._moment is Moment.BEFORE_THE_CLAIM:
            die()
        with self._store.begin() as work:
            yield DyingWork(work, self._dies_within())  # type: ignore[misc]
        if self._works == 2 and self._moment is Moment.AFTER_THE_OUTCOME:
            die()

    def _dies_within(self) -> bool:
        return (self._works, self._moment) in ((1, Moment.WITHIN_THE_CLAIM), (2, Moment.WITHIN_THE_OUTCOME))


class DyingWork:
    """`ports.UnitOfWork` that dies instead of its commit."""

    def __init__(self, work: UnitOfWork, dies: bool) -> None:
        self._work, self._dies = work, dies

    def __getattr__(self, name: str) -> object:
        return getattr(self._work, name)

    def commit(self) -> None:
        if self._dies:
            die()
        self._work.commit()


class DyingTransport:
    """`Transport` to a real printer that dies around or within its job."""

    def __init__(self, transport: Transport, moment: Moment) -> None:
        self._transport, self._moment = transport, moment

    @property
    def device(self) -> str:
        return self._transport.device

    @property
    def speed(self) -> int:
        return self._transport.speed

    def send(self, data: bytes, deadline_s: float, give_up: GiveUp = never) -> HandedOver:
        if self._moment is Moment.BEFORE_THE_FIRST_BYTE:
            die()
        looks = 0

        def looked() -> bool:
            nonlocal looks
            looks += 1
            if self._moment is Moment.WITHIN_THE_BYTES and looks == 6:
                die()
            return give_up()

        handed = self._transport.send(data, deadline_s, looked)
        if self._moment is Moment.AFTER_THE_LAST_BYTE:
            die()
        return handed

    def reach(self) -> Evidence | None:
        return None

    def status(self, thorough: bool = False) -> Status:
        return Status()


def main(folder: Path, address: str, moment: Moment) -> None:
    clock = HandClock()
    store = SqliteStore.open(folder / "shop.db", clock, CountingIds(), folder / "copies")
    printers = [PrinterChoice("Kasir", address)]
    dying = DyingStore(store, moment)
    spooler = Spooler(dying, clock, lambda to: DyingTransport(open_transport(to), moment), lambda: printers, folder)
    while True:
        spooler.run_once()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Moment(sys.argv[3]))
