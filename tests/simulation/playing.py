"""One seed from beginning to end: the city is founded, faults come, and after each quiet period everything is held against the truth."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from central import opening
from central.database import Database
from pos.sync import client
from tests.helpers.tills import HandClock, close_till, open_till
from tests.simulation.city import Blanks, City
from tests.simulation.faults import Faults
from tests.simulation.invariants import look_at_all
from tests.simulation.laying import laid_over
from tests.simulation.records import Violation
from tests.simulation.times import TillClock

PERIODS: Final = 2
STEPS: Final = 24
"""Steps of a period."""
ENDLESS_STEPS: Final = 60


class Mode(StrEnum):
    """`--faults`."""

    END = "end"
    """They end after each period; then all must come right: safety and liveness."""
    ENDLESS = "endless"
    """They never end: safety alone."""


@dataclass(frozen=True, slots=True)
class Played:
    """What one seed came to. `violation` None is well."""

    seed: int
    mode: Mode
    steps: int
    violation: Violation | None = None
    story: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """Plays it again."""
        return f"python -m tests.simulation --seeds 1 --start {self.seed} --faults {self.mode.value}"


def play(folder: Path, blanks: Blanks, seed: int, mode: Mode = Mode.END, faults: Faults | None = None) -> Played:
    """One seed in a folder of its own below `folder`, which is removed afterwards. A fault of a program is raised as it is."""
    place = Path(tempfile.mkdtemp(prefix=f"seed-{seed}-", dir=folder))
    with _playing():
        shutil.rmtree(blanks.live.parent, ignore_errors=True)
        city = City(place, blanks, seed, faults)
        try:
            _play(city, mode)
        except Violation as violation:
            return Played(seed, mode, city.steps, violation, tuple(city.story))
        finally:
            city.close()
            shutil.rmtree(place)
    return Played(seed, mode, city.steps, None, tuple(city.story))


def _play(city: City, mode: Mode) -> None:
    city.found()
    if mode is Mode.ENDLESS:
        for step in range(ENDLESS_STEPS):
            city.step()
            if step % 10 == 9:
                look_at_all(city, quiet=False)
        return
    for _ in range(PERIODS):
        city.go_on()
        for _ in range(STEPS):
            city.step()
        look_at_all(city, quiet=False)
        city.calm()
        look_at_all(city, quiet=True)


@contextmanager
def blanks() -> Iterator[Blanks]:
    """The files that each seed begins with, made once, in memory where the system has it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="epeken-sim-", dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        close_till(open_till(folder / "store", "blank", HandClock()))
        database = Database(f"sqlite:///{folder / 'central.db'}")
        database.upgrade()
        database.close()
        yield Blanks(folder / "store" / "shop.db", folder / "central.db", folder / "live" / "central.db")


_databases: dict[str, Database] = {}


def _kept(url: str) -> Database:
    """One engine for all plays of a process: it has compiled each statement once."""
    kept = _databases.setdefault(url, Database(url))
    # as a new one: what the play before had it do is no part of this one
    kept.on_found = None
    return kept


def _of_the_city(clock: Any, program: str, timeouts: Any) -> Any:
    """The transport of the till whose clock this is."""
    assert isinstance(clock, TillClock)
    assert clock.till is not None
    return clock.till.transport()


@contextmanager
def _playing() -> Iterator[None]:
    """The client's wire is the city's while a seed is played; what the programs log of the faults that they meet is no news here."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with _laid():
            yield
    finally:
        logging.disable(before)


def _laid() -> AbstractContextManager[None]:
    return laid_over((client, "Transport", _of_the_city), (opening, "Database", _kept))
