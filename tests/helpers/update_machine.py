"""A machine whose light goes out at a chosen step of an update: its programs are made up, so that each step can be counted; the shop's
file, its copies and the journal are real."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from pos.app.putting_in import PuttingIn
from pos.config.paths import Paths, find_paths
from pos.config.update_journal import UpdateJournal
from pos.domain.update import Stage, Update
from pos.installing.program import DoesNotRun, Examined
from pos.local_db import restoring, schema
from pos.local_db.check import STOCK_TOTALS
from tests.helpers.releases import listed
from tests.helpers.shops import open_till

OLD, NEW = "0.1.0", "0.2.0"
PROGRAM: Final = b"the new program"
NAME: Final = "epeken-pos_0.2.0_x86_64.run"


def goes_dark(act: Callable[[], object]) -> bool:
    """Do something in a process of its own, which the machine's mains may kill (SIGKILL, as a power cut); whether they did."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "it broke off by itself"
    return False


class Mains:
    """Counts steps, and cuts at one of them: before it is done, or after."""

    def __init__(self) -> None:
        self.steps = 0
        self.cut_at = -1

    def step(self, act: Callable[[], Any]) -> Any:
        self._tick()
        done = act()
        self._tick()
        return done

    def _tick(self) -> None:
        self.steps += 1
        if self.steps == self.cut_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Journal(UpdateJournal):
    """A journal on those mains."""

    def __init__(self, folder: Path, mains: Mains) -> None:
        super().__init__(folder)
        self.mains = mains

    def keep(self, update: Update) -> Update:
        keep = super().keep
        kept: Update = self.mains.step(lambda: keep(update))
        return kept


class UpdateMachine:
    """A machine with a shop in `folder/toko` and two programs: the new one brings a shop's file to a shape that the old one does not know.
    Is its own `Program`."""

    platform = "run-x86_64"

    def __init__(self, folder: Path, fault: str = "", *, by_itself: bool = True) -> None:
        self.paths: Paths = find_paths(str(folder / "toko"))
        self.paths.make()
        self.mains = Mains()
        self.fault, self.by_itself, self.lets_us = fault, by_itself, True
        self._place = folder / "programs"
        self._place.mkdir()
        self.add(OLD)
        self.current = self.started = OLD
        self.sold = 1
        file = listed(NAME, PROGRAM)
        self.journal = Journal(self.paths.updates, Mains())
        self.ready = Update(Stage.READY, NEW, name=NAME, size=file.size, sha256=file.sha256)
        self.journal.keep(self.ready)
        (self.paths.updates / NAME).write_bytes(PROGRAM)
        self.journal.mains = self.mains

    @property
    def current(self) -> str:
        """The program that starts; like all of it, on the disk."""
        return (self._place / "current").readlink().name

    @current.setter
    def current(self, version: str) -> None:
        (self._place / "new").unlink(missing_ok=True)
        (self._place / "new").symlink_to(version)
        (self._place / "new").replace(self._place / "current")

    @property
    def there(self) -> set[str]:
        """The programs that are on the disk."""
        return {file.name for file in self._place.iterdir() if file.name not in ("current", "new")}

    def add(self, version: str) -> None:
        (self._place / version).touch()

    # --- as a program ---

    def unpack(self, file: Path, version: str) -> Path:
        self.mains.step(lambda: self.add(version))
        return Path(version)

    def put_in(self, file: Path, version: str) -> bool:
        if self.lets_us:
            self.mains.step(lambda: setattr(self, "current", version))
        return self.lets_us

    def drop(self, version: str) -> None:
        self.mains.step(lambda: (self._place / version).unlink(missing_ok=True))

    def command(self, version: str = "") -> Path | None:
        version = version or self.current
        return Path(version) if version in self.there else None

    def tidy(self) -> None:
        return None

    def is_other(self) -> bool:
        return self.current != self.started

    def examine(self, command: Path, data: Path | None) -> Examined:
        """The new program opens a shop: here the copy on trial, or the shop's own."""
        where = "home" if data is None or data == self.paths.data else "trial"
        store = (data or self.paths.data) / "shop.db"
        if self.fault == f"does not run at {where}":
            raise DoesNotRun("no such processor")
        self.mains.step(lambda: bring_over(store))
        return Examined(str(command), (STOCK_TOTALS,) if self.fault == f"not well at {where}" else ())

    # --- as a person sees it ---

    def putting(self) -> PuttingIn:
        self.started = self.current
        return PuttingIn(self.paths, self, None, self.current, self.journal, self.examine, self.examine)

    def close(self) -> Update:
        return self.putting().put_in()

    def begin(self) -> Path | None:
        """What a start does before its window; the command to go on with, where that is another program."""
        return self.putting().begin()

    def start(self) -> str:
        """The menu starts what `current` names, which may go on as another program; returns the one whose window opens."""
        other = self.begin()
        assert self.current in self.there, "a program that is there starts"
        assert (other is None) == (self.started == self.current)
        self.opens()
        return self.current

    def opens(self) -> None:
        """Who starts can read what lies there, and it is whole."""
        store = self.paths.store
        if self.current == OLD:
            with open_till(self.paths.data) as till:
                assert till.store.read.check() == []
                assert len(till.store.read.sales("", 0, 10)) == self.sold
            return
        if restoring.is_laid_ready(store):
            store = store.with_name("shop.db.incoming")
        with closing(sqlite3.connect(store)) as raw:
            assert raw.execute("SELECT count(*) FROM sale").fetchone() == (self.sold,)
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def bring_over(store: Path) -> None:
    """What a later program does to a shop's file, once."""
    restoring_ready = store.with_name("shop.db.incoming")
    if restoring_ready.exists():
        restoring_ready.replace(store)
    with closing(sqlite3.connect(store)) as raw:
        raw.execute("CREATE TABLE IF NOT EXISTS shelf (name TEXT)")
        raw.execute("UPDATE alembic_version SET version_num = ?", (f"{int(schema.HEAD) + 1:04d}",))
        raw.execute(f"PRAGMA user_version = {int(schema.HEAD) + 1}")
        raw.commit()
