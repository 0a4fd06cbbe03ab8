"""The installer of a user without root, run for real: beside what is there, never an older one, and killed at any moment.

In the suite one kill; INSTALL_KILLS=10 asks for as many as the issue does.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.helpers.officers import Office
from tests.helpers.program_tree import make_run, make_tree
from tests.helpers.releases import lay
from tests.helpers.shops import open_market, open_till, sell

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("INSTALL_KILLS", "1"))
MI_CODE = "089686010947"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What makeself unpacks before it starts `install`, for two versions."""
    folder = tmp_path_factory.mktemp("packed")
    for version in ("0.1.0", "0.2.0"):
        make_tree(folder / version / "program", version, migrates=version != "0.1.0")
        (folder / version / "version").write_text(f"{version}\n")
        shutil.copy(ROOT / "installer/run/install", folder / version)
        shutil.copy(ROOT / "installer/debian/epeken-pos.desktop", folder / version)
        shutil.copy(ROOT / "pos/resources/drawings/toko.svg", folder / version / "epeken-pos.svg")
    return folder


class Home:
    """A user's home folder, with a blank and a letter that is not ASCII in its name."""

    def __init__(self, folder: Path, packed: Path) -> None:
        self.folder, self._packed = folder / "Bu Siti é", packed
        self.folder.mkdir(parents=True)
        self.data = self.folder / ".local/share/epeken-pos"
        self.place = self.folder / ".local/share/epeken-pos-program"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "EPEKEN_"))}
        self.environment |= {"HOME": str(self.folder)}

    def start(self, version: str) -> subprocess.Popen[str]:
        command = ["sh", str(self._packed / version / "install")]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def install(self, version: str) -> tuple[int, str]:
        process = self.start(version)
        out, error = process.communicate(timeout=60)
        return process.returncode, out + error

    def till(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """As the menu starts it."""
        return subprocess.run(
            [str(self.folder / ".local/bin/epeken-pos"), *words],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def version(self) -> str:
        return (self.place / "current").resolve().name


@pytest.fixture
def home(tmp_path: Path, packed: Path) -> Home:
    made = Home(tmp_path, packed)
    code, said = made.install("0.1.0")
    assert code == 0, said
    with open_market(made.data) as till:
        sell(till, MI_CODE)
    return made


def test_it_starts_from_the_menu_and_a_newer_one_takes_its_place_beside_it(home: Home) -> None:
    desktop = (home.folder / ".local/share/applications/epeken-pos.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home.place}/current/epeken-pos"\n' in desktop
    code, said = home.install("0.2.0")
    assert code == 0, said
    assert home.version == "0.2.0"
    assert "e-Peken POS 0.2.0" in home.till("doctor", "--offline").stdout
    assert (home.data / "copies/before-update.db").exists()
    assert sorted(folder.name for folder in (home.place / "versions").iterdir()) == ["0.1.0", "0.2.0"]


def test_an_older_one_is_refused_in_words(home: Home) -> None:
    code, said = home.install("0.2.0")
    assert code == 0, said
    code, said = home.install("0.1.0")
    assert (code, home.version) == (1, "0.2.0")
    assert "Versi 0.1.0 lebih lama" in said


def test_an_open_till_is_left_alone(home: Home) -> None:
    with open_till(home.data):
        code, said = home.install("0.2.0")
    assert (code, home.version) == (1, "0.1.0")
    assert "Belum dipasang; program yang lama tetap dipakai." in said


def test_what_the_run_installed_brings_itself_up_to_date(home: Home, packed: Path, tmp_path: Path) -> None:
    office = Office()
    keys = office.trusted_by(tmp_path / "keys.json")
    run = make_run(tmp_path / "0.2.0.run", packed / "0.2.0/program")
    stick = lay(tmp_path / "stick", office, "0.2.0", run.read_bytes())
    done = home.till("update", "--from", str(stick), EPEKEN_POS_KEYS=str(keys))
    assert (done.returncode, home.version) == (0, "0.2.0"), done.stderr
    assert "e-Peken POS 0.2.0" in home.till("doctor", "--offline").stdout


def test_killed_at_any_moment_the_menu_starts_one_that_opens_the_shop(tmp_path: Path, packed: Path) -> None:
    dice = random.Random(os.environ.get("UPDATE_SEED", "1"))
    for number in range(KILLS):
        home = Home(tmp_path / str(number), packed)
        home.install("0.1.0")
        with open_market(home.data) as till:
            sell(till, MI_CODE)
        process = home.start("0.2.0")
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0.05, 1.2))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert f"e-Peken POS {home.version}" in home.till("doctor", "--offline").stdout
        code, said = home.install("0.2.0")
        assert code == 0, said
        assert "e-Peken POS 0.2.0" in home.till("doctor", "--offline").stdout
