"""A till that is brought up to date: real programs in a folder, a real shop, and SIGKILL at any moment.

In the suite few kills; UPDATE_KILLS=10 asks for as many as the issue does.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pos.app.updating import is_due
from pos.config.update_journal import UpdateJournal
from pos.domain.update import Stage, Update, Wanted, Why
from pos.installing.manifest import MANIFEST
from pos.installing.program import CURRENT, VERSIONS
from pos.installing.signing import KEYS_VARIABLE
from pos.local_db import schema
from tests.helpers.officers import Office
from tests.helpers.program_tree import Fault, install, make_run, make_tree, run
from tests.helpers.releases import RUN, lay
from tests.helpers.shops import open_market, open_till, sell

KILLS = int(os.environ.get("UPDATE_KILLS", "1"))
MI_CODE = "089686010947"


MOST_S = 4.0
"""Seconds that an update takes here, and some more."""
_A_DAY = """
import sys
import pos.cli

def open_and_close(data, preferences=None):
    from pos.app import open_application

    application = open_application(data, size=(1024, 768), preferences={"sounds": False})
    application.when_ready(application.close)
    return application.run()

pos.cli.open_window = open_and_close
sys.exit(pos.cli.main())
"""


@dataclass
class Releases:
    """What the office has published: packed programs by their fault, made when asked for."""

    folder: Path
    office: Office = field(default_factory=Office)
    old: Path = field(init=False)

    def __post_init__(self) -> None:
        self.old = make_tree(self.folder / "tree 0.1.0", "0.1.0", migrates=False)
        self.keys = self.office.trusted_by(self.folder / "keys.json")

    def stick(self, version: str, fault: Fault = Fault.NONE) -> Path:
        """A stick with a release on it."""
        stick = self.folder / f"stick {version}"
        if not stick.exists():
            packed = make_run(self.folder / f"{version}.run", make_tree(self.folder / f"tree {version}", version, fault))
            lay(stick, self.office, version, packed.read_bytes())
        return stick

    def ready(self, version: str, updates: Path) -> Update:
        """A release that was fetched: its file lies in a till's folder."""
        told = json.loads((self.stick(version) / MANIFEST).read_bytes())["body"]["files"][RUN]
        updates.mkdir(exist_ok=True)
        shutil.copy(self.stick(version) / told["name"], updates)
        return Update(Stage.READY, version, name=told["name"], size=told["size"], sha256=told["sha256"], told=True)


class Machine:
    """A shop's computer: a program for its user, and a shop that has sold."""

    def __init__(self, folder: Path, releases: Releases) -> None:
        self.place, self.data = folder / "Bu Siti é" / "epeken-pos-program", folder / "Bu Siti é" / "toko"
        self.data.mkdir(parents=True)
        self.command = install(self.place, releases.old, "0.1.0")
        self.environment = {KEYS_VARIABLE: str(releases.keys), "QT_QPA_PLATFORM": "offscreen"}
        with open_market(self.data) as till:
            sell(till, MI_CODE)

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        done = run(self.command, "--data", self.data, *words, environment=self.environment)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """A command in a process group of its own, so that a power cut takes its children too."""
        return subprocess.Popen(
            [str(self.command), "--data", str(self.data), *map(str, words)],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def version(self) -> str:
        """Of the program that starts."""
        return (self.place / CURRENT).resolve().name

    @property
    def stage(self) -> str:
        file = self.data / "updates/state.json"
        return str(json.loads(file.read_bytes())["stage"]) if file.exists() else "none"

    def begin_day(self) -> subprocess.Popen[str]:
        """The till is opened, and closed as soon as its first room is there."""
        lib = self.place / CURRENT / "lib"
        command = [sys.executable, "-P", "-c", _A_DAY, "--data", str(self.data), "run"]
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(lib.resolve())}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def day(self) -> None:
        """The same, to its end."""
        process = self.begin_day()
        _, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        assert "Traceback" not in error, error

    def opens(self) -> str:
        """The program that starts looks through the shop, and says which it is."""
        done = self.run("doctor", "--offline", "--json")
        told = json.loads(done.stdout)
        assert told["failed_checks"] == []
        return str(next(row["sentence"] for row in told["rows"] if row["key"] == "program"))

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data / "shop.db")) as raw:
            return raw.execute(question).fetchall()

    @property
    def sales(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM sale")[0][0]))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return Releases(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def machine(tmp_path: Path, releases: Releases) -> Machine:
    return Machine(tmp_path, releases)


def test_a_stick_brings_a_till_up_to_date_and_what_was_sold_meanwhile_is_there(machine: Machine, releases: Releases) -> None:
    stick = releases.stick("0.2.0")
    seen = machine.run("update", "--from", stick, "--check")
    assert (seen.returncode, seen.stdout) == (0, "Ada versi 0.2.0.\n")
    with open_till(machine.data) as till:
        sell(till, MI_CODE)
    done = machine.run("update", "--from", stick)
    assert (done.returncode, done.stdout) == (0, "Kasir sudah diperbarui. Sekarang versi 0.2.0.\n"), done.stderr
    assert (machine.version, machine.stage, machine.sales) == ("0.2.0", "applied", 2)
    assert "e-Peken POS 0.2.0" in machine.opens()
    assert machine.ask("SELECT version_num FROM alembic_version") == [(f"{int(schema.HEAD) + 1:04d}",)]
    assert sorted(folder.name for folder in (machine.place / VERSIONS).iterdir()) == ["0.1.0", "0.2.0"], "the old one is kept"
    copies = [copy.name for copy in (machine.data / "copies").iterdir()]
    assert "before-update-0.2.0-from-0.1.0.db" in copies
    again = machine.run("update", "--from", stick)
    assert (again.returncode, again.stdout) == (1, "Versi 0.2.0 sudah yang terbaru.\n")
    assert not (machine.data / "updates/trial").exists()


@pytest.mark.parametrize(
    ("version", "fault", "why"),
    [
        ("0.2.2", Fault.NO_WINDOW, "tidak mau jalan"),
        ("0.2.3", Fault.NOT_WELL_AT_HOME, "data yang tidak cocok"),
    ],
)
def test_a_program_that_does_not_stand_the_trial_goes_and_the_shop_is_as_it_was(
    machine: Machine, releases: Releases, version: str, fault: Fault, why: str
) -> None:
    before = machine.ask("SELECT * FROM outbox ORDER BY 1"), machine.ask("SELECT * FROM sale ORDER BY 1")
    done = machine.run("update", "--from", releases.stick(version, fault))
    assert done.returncode == 2
    assert f"Pembaruan {version} dibatalkan. Kasir tetap versi 0.1.0" in done.stderr
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1, "a sentence, and the rest is in the log"
    assert (machine.version, machine.stage) == ("0.1.0", "rolled_back")
    assert "e-Peken POS 0.1.0" in machine.opens()
    assert machine.ask("SELECT version_num FROM alembic_version") == [(schema.HEAD,)]
    assert (machine.ask("SELECT * FROM outbox ORDER BY 1"), machine.ask("SELECT * FROM sale ORDER BY 1")) == before
    assert [folder.name for folder in (machine.place / VERSIONS).iterdir()] == ["0.1.0"]


def test_the_power_may_go_at_any_moment_and_one_program_starts_with_a_whole_shop(tmp_path: Path, releases: Releases) -> None:
    stick, dice = releases.stick("0.2.0"), random.Random(os.environ.get("UPDATE_SEED", "1"))
    seen = []
    for number in range(KILLS):
        machine = Machine(tmp_path / str(number), releases)
        process = machine.start("update", "--from", stick)
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0.4, MOST_S))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        seen.append((machine.version, machine.stage))
        machine.day()
        assert (machine.stage, machine.sales) in {("none", 1), ("applied", 1)}, seen
        assert machine.version == ("0.2.0" if machine.stage == "applied" else "0.1.0"), seen
        assert f"e-Peken POS {machine.version}" in machine.opens(), seen


@pytest.mark.parametrize(
    ("updates", "wanted", "why", "due"),
    [
        ("auto", Wanted.NOT_ASKED, Why.NOTHING, True),
        ("ask", Wanted.NOT_ASKED, Why.NOTHING, False),
        ("ask", Wanted.CLOSING, Why.NOTHING, True),
        ("auto", Wanted.NOT_ASKED, Why.BY_HAND, False),
        ("auto", Wanted.CLOSING, Why.BY_HAND, True),
    ],
)
def test_an_owner_who_wants_to_be_asked_is_asked(updates: str, wanted: Wanted, why: Why, due: bool) -> None:
    assert is_due(Update(Stage.READY, "0.2.0", wanted=wanted, why=why), updates) is due
    assert not is_due(Update(Stage.LOADING, "0.2.0", wanted=wanted), updates)


def test_close_put_in_open_again_goes_on_as_the_new_program(machine: Machine, releases: Releases) -> None:
    ready = releases.ready("0.2.0", machine.data / "updates")
    UpdateJournal(machine.data / "updates").keep(replace(ready, wanted=Wanted.NOW))
    window = machine.begin_day()
    wait_until(lambda: machine.stage == "applied", "it is put in")
    lib = f"{machine.place}/{VERSIONS}/0.2.0/lib"
    wait_until(lambda: lib in environment_of(window.pid), "the same process is the new program")
    os.killpg(window.pid, signal.SIGTERM)
    window.communicate(timeout=60)
    assert (machine.version, machine.sales) == ("0.2.0", 1)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    pause, until = threading.Event(), time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, f"waited in vain: {what}"
        pause.wait(0.02)


def environment_of(pid: int) -> str:
    """What a process was started with; nothing once it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_text(encoding="utf-8", errors="replace")
    return ""
