"""A till at the end of a line without wires, to a fake central or to a real one's insides, and what a test asks of it again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.local_db.store import SqliteStore
from pos.services.ports import Till
from pos.sync import snapshot
from pos.sync.engine import SyncEngine, SyncRound
from tests.helpers.fake_end import FakeEnd, Fault, Server
from tests.helpers.tills import HandClock, close_till, enrolled, open_till

PATIENCE = 200


class LineServer(Server, Protocol):
    """A server with one shop on it."""

    clock: HandClock
    shop_uid: str

    def enrol(self, device: str) -> str: ...


class TillOnLine:
    """`restart()` is a kill and a new start: all that was in memory is gone."""

    def __init__(self, folder: Path, central: LineServer, device: str = "1" * 32, prefix: str = "A", known: bool = False) -> None:
        self.folder = folder
        self.central = central
        self.clock = central.clock
        self.starts = 0
        self.till = self._open()
        if not known:
            device = central.enrol(device)
            enrolled(self.till, device, central.shop_uid, prefix)
        self.end = FakeEnd(central, device)
        self.engine = self._engine()

    def _open(self) -> Till:
        self.starts += 1
        return open_till(self.folder, f"{self.folder} {self.starts}", self.clock)

    def _engine(self) -> SyncEngine:
        return SyncEngine(self.till.store, self.clock, self.till.ids, lambda: self.end, lambda: 0.5)

    def restart(self) -> None:
        close_till(self.till)
        self.till = self._open()
        self.engine = self._engine()

    def clone(self, folder: Path) -> TillOnLine:
        """The same till again, from a copy of its file, as someone makes who moves to another machine."""
        folder.mkdir()
        assert isinstance(self.till.store, SqliteStore)
        self.till.store.copy(folder / "shop.db")
        return TillOnLine(folder, self.central, self.end.device, known=True)

    def close(self) -> None:
        self.engine.close()
        close_till(self.till)

    def faults(self, *faults: Fault | Exception) -> None:
        self.end.faults += faults

    def once(self) -> SyncRound:
        """A round, and the wait that it asked for."""
        done = self.engine.run_once()
        self.clock.pass_by(done.next_in)
        return done

    def settle(self) -> list[SyncRound]:
        """Rounds until nothing waits, nothing is to come and the digests were held beside each other."""
        rounds: list[SyncRound] = []
        for _ in range(PATIENCE):
            rounds.append(self.once())
            quiet = rounds[-1].error is None and rounds[-1].next_in > 0 and not self.waiting and not snapshot.goes_on(self.till.store.read)
            if quiet and not self.end.faults and self.end.requests and self.end.requests[-1].want_digest:
                return rounds
        raise AssertionError(f"the line does not settle: {rounds[-3:]}")

    @property
    def waiting(self) -> int:
        return self.till.store.read.line().waiting
