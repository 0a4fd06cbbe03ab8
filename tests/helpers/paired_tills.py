"""Tills that are really paired with a real central: real store, real client, real HTTP. Clock, ids and secrets are the test's."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from pos.local_db.store import SqliteStore
from pos.services.ports import Secrets, Till
from pos.sync.central import Central
from pos.sync.client import CentralClient
from pos.sync.engine import SyncEngine, SyncRound
from pos.sync.enrolment import pair
from pos.sync.transport import Timeouts
from tests.helpers.tills import HandClock, close_till, open_till

PATIENCE = 300
QUICK = Timeouts(connect=2.0, read=5.0, whole=10.0)
PROGRAM = "epeken-pos test"


class FolderSecrets:
    """`ports.Secrets` in a file, so that they outlive a killed process and are copied with a data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "secrets.json"

    def get(self, name: str) -> str | None:
        value: str | None = self._all().get(name)
        return value

    def set(self, name: str, value: str) -> None:
        self._file.write_text(json.dumps(self._all() | {name: value}))

    def delete(self, name: str) -> None:
        self._file.write_text(json.dumps({key: value for key, value in self._all().items() if key != name}))

    def _all(self) -> dict[str, str]:
        kept: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return kept


class PairedTill:
    """A till with its data folder, at the address that its store names."""

    def __init__(self, folder: Path, clock: HandClock | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.clock = clock or HandClock()
        self.secrets: Secrets = FolderSecrets(folder)
        self.start()

    def start(self) -> None:
        """Open the store with nothing in memory, as after a kill."""
        # ids as in life: proofs of a process that was killed may not come again from the next
        self.till: Till = open_till(self.folder, os.urandom(16).hex(), self.clock)
        self.engine = SyncEngine(self.till.store, self.clock, self.till.ids, self.connect, lambda: 0.5)

    def connect(self) -> Central:
        shop = self.till.store.read.shop()
        return CentralClient(shop.central_url, self.secrets, self.clock, self.till.ids, PROGRAM, QUICK, device=shop.device)

    def pair(self, url: str, code: str) -> str:
        return pair(self.till.store, self.secrets, self.clock, self.till.ids, url, code, "Kasir depan", PROGRAM)

    def once(self) -> SyncRound:
        done = self.engine.run_once()
        self.clock.pass_by(done.next_in)
        return done

    def settle(self) -> SyncRound:
        """Rounds until nothing waits, nothing is to come and the digests agree; a long way is no trouble while less and less waits."""
        left, least = PATIENCE, self.waiting
        while left:
            done = self.once()
            state = self.till.store.read.line()
            if done.error is None and done.next_in > 0 and not state.waiting and state.digest_ok:
                return done
            left = PATIENCE if state.waiting < least else left - 1
            least = min(least, state.waiting)
        raise AssertionError(f"the line does not settle: {done}, {self.till.store.read.line()}")

    def copy_to(self, folder: Path) -> None:
        """Copy the whole data folder, as someone does who moves to another computer."""
        folder.mkdir(parents=True)
        assert isinstance(self.till.store, SqliteStore)
        self.till.store.copy(folder / "shop.db")
        shutil.copy(self.folder / "secrets.json", folder / "secrets.json")

    @property
    def waiting(self) -> int:
        return self.till.store.read.line().waiting

    def close(self) -> None:
        self.engine.close()
        close_till(self.till)
