"""What Debian's package does before and after: a copy before an update, no removal while something is unsent, and no data ever gone.

The scripts run as dpkg runs them, with a list of users, a `runuser` and a till that are small scripts themselves.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

DEBIAN = Path(__file__).parents[2] / "installer/debian"


class Machine:
    """A machine with two users: siti, who has a shop, and budi, who has none."""

    def __init__(self, root: Path) -> None:
        self.root, self.bin = root, root / "bin"
        self.bin.mkdir()
        self.store = root / "home/Bu Siti é/.local/share/epeken-pos/shop.db"
        self.store.parent.mkdir(parents=True)
        self.store.write_bytes(b"what was sold")
        homes = (("siti", "Bu Siti é"), ("budi", "budi"))
        self._put("getent", "".join(f"echo '{name}:x:1000:1000::{root}/home/{home}:/bin/sh'\n" for name, home in homes))
        self._put("runuser", 'echo "$2" >>"$CALLS"\nshift 3\nexec "$@"\n')
        self.till(0)

    def till(self, code: int) -> None:
        """The till that is installed answers everything with this exit code."""
        self._put("epeken-pos", f'echo "$@" >>"$CALLS"\nexit {code}\n')

    def _put(self, name: str, body: str) -> None:
        (self.bin / name).write_text(f"#!/bin/sh\n{body}")
        (self.bin / name).chmod(0o755)

    def script(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "CALLS": str(self.root / "calls"),
            "EPEKEN_POS_ETC": str(self.root / "etc"),
        }
        return subprocess.run(["sh", str(DEBIAN / name), *words], env=environment, capture_output=True, text=True, check=False)

    def calls(self) -> list[str]:
        file = self.root / "calls"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_before_an_update_each_shop_is_copied_as_its_own_user(machine: Machine) -> None:
    done = machine.script("preinst", "upgrade", "0.1.0")
    assert (done.returncode, done.stderr) == (0, "")
    assert machine.calls() == ["siti", f"copy {machine.store.parent}/copies/before-update-0.1.0.db"]


def test_an_open_till_stops_no_update_and_is_said(machine: Machine) -> None:
    machine.till(2)
    done = machine.script("preinst", "upgrade", "0.1.0")
    assert done.returncode == 0
    assert "siti" in done.stderr


def test_a_first_install_copies_nothing(machine: Machine) -> None:
    assert machine.script("preinst", "install").returncode == 0
    assert machine.calls() == []


@pytest.mark.parametrize("code", [1, 2], ids=["unsent", "the till is open"])
def test_the_program_is_not_removed_while_something_is_unsent(machine: Machine, code: int) -> None:
    machine.till(code)
    done = machine.script("prerm", "remove")
    assert done.returncode == 1
    for said in ("siti", "belum terkirim", "mirror FLASHDISK --let-go", "PIN pemilik"):
        assert said in done.stderr
    assert machine.calls() == ["siti", "unsent"]


def test_the_officers_word_removes_it_and_the_data_stay(machine: Machine) -> None:
    machine.till(1)
    (machine.root / "etc").mkdir()
    (machine.root / "etc/remove-anyway").touch()
    assert machine.script("prerm", "remove").returncode == 0
    for word in ("remove", "purge"):
        assert machine.script("postrm", word).returncode == 0
    assert machine.store.read_bytes() == b"what was sold"


def test_what_is_all_sent_is_removed_without_a_question_and_the_data_stay(machine: Machine) -> None:
    assert machine.script("prerm", "remove").returncode == 0
    for word in ("remove", "purge"):
        assert machine.script("postrm", word).returncode == 0
    assert machine.store.read_bytes() == b"what was sold"


def test_an_update_is_no_removal(machine: Machine) -> None:
    machine.till(1)
    assert machine.script("prerm", "upgrade", "0.2.0").returncode == 0
    assert machine.calls() == []


def test_a_program_that_does_not_run_can_be_taken_away(machine: Machine) -> None:
    machine.till(127)
    assert machine.script("prerm", "remove").returncode == 0
