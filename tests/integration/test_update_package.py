"""A Debian package is the system's: the till tries it on a copy, out of the way, and hands it over or says the officer's command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pos.app.putting_in import PuttingIn
from pos.config.paths import find_paths
from pos.config.update_journal import UpdateJournal
from pos.domain.update import Stage, Update, Why
from pos.installing.program import DoesNotRun, SystemProgram, find_program
from tests.helpers.program_tree import Fault, make_tree
from tests.helpers.releases import listed
from tests.helpers.shops import open_market, sell

MI_CODE = "089686010947"
CONTROL = "Package: epeken-pos\nVersion: 0.2.0\nArchitecture: all\nMaintainer: x <x@x.example>\nDescription: x\n"


def package(folder: Path, fault: Fault = Fault.NONE) -> Path:
    """A .deb of a till that the tests' own Python starts."""
    root = folder / fault.name
    (root / "DEBIAN").mkdir(parents=True)
    (root / "DEBIAN/control").write_text(CONTROL)
    (root / "usr/lib").mkdir(parents=True)
    make_tree(root / "usr/lib/epeken-pos", "0.2.0", fault)
    file = folder / "epeken-pos_0.2.0_amd64.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(root), str(file)], check=True, capture_output=True)
    return file


class Shop:
    """A till of the package 0.1.0 whose update is here."""

    def __init__(self, folder: Path, fault: Fault = Fault.NONE) -> None:
        self.paths = find_paths(str(folder / "toko"))
        with open_market(self.paths.data) as till:
            sell(till, MI_CODE)
        self.program = SystemProgram(self.paths.updates)
        self.journal = UpdateJournal(self.paths.updates)
        data = package(folder, fault).read_bytes()
        file = listed("epeken-pos_0.2.0_amd64.deb", data)
        self.paths.updates.mkdir()
        (self.paths.updates / file.name).write_bytes(data)
        self.journal.keep(Update(Stage.READY, "0.2.0", name=file.name, size=file.size, sha256=file.sha256))

    def close(self) -> Update:
        return PuttingIn(self.paths, self.program, self.paths.data, "0.1.0").put_in()


def asking(folder: Path, code: int) -> str:
    """A PATH on which somebody who may install says yes (0) or no."""
    folder.mkdir()
    (folder / "pkexec").write_text(f'#!/bin/sh\necho "$@" >"{folder}/asked"\nexit {code}\n')
    (folder / "pkexec").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_where_nobody_may_install_it_waits_for_the_officer_and_the_shop_is_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", asking(tmp_path / "bin", 126))
    monkeypatch.setenv("DISPLAY", ":99")
    shop = Shop(tmp_path)
    left = shop.close()
    assert (left.stage, left.why) == (Stage.READY, Why.BY_HAND)
    asked = (tmp_path / "bin/asked").read_text().split()
    assert asked[:4] == ["--disable-internal-agent", "apt-get", "install", "--yes"]
    assert asked[-1] == str(shop.paths.updates / "epeken-pos_0.2.0_amd64.deb")
    assert sorted(file.name for file in shop.paths.updates.iterdir()) == ["epeken-pos_0.2.0_amd64.deb", "lock", "state.json"]


def test_where_somebody_may_the_system_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", asking(tmp_path / "bin", 0))
    monkeypatch.setenv("DISPLAY", ":99")
    assert Shop(tmp_path).close().stage is Stage.APPLIED


def test_one_that_does_not_run_is_never_handed_to_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", asking(tmp_path / "bin", 0))
    monkeypatch.setenv("DISPLAY", ":99")
    left = Shop(tmp_path, Fault.DOES_NOT_START).close()
    assert (left.stage, left.why) == (Stage.ROLLED_BACK, Why.DOES_NOT_RUN)
    assert not (tmp_path / "bin/asked").exists()


def test_what_is_no_package_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "x.deb").write_bytes(b"no package")
    with pytest.raises(DoesNotRun):
        SystemProgram(tmp_path / "updates").unpack(tmp_path / "x.deb", "0.2.0")


def test_a_source_tree_is_no_program_that_another_takes_the_place_of(tmp_path: Path) -> None:
    import pos

    assert find_program(Path(pos.__file__), tmp_path) is None
    found = find_program(Path("/usr/lib/epeken-pos/_internal/pos/__init__.pyc"), tmp_path)
    assert found is not None
    assert not found.by_itself
