"""A till that opens with the computer: off until somebody wants it, one file of the desktop's, and gone with one click."""

from __future__ import annotations

import configparser
import shlex
import sys
from pathlib import Path

import pytest

from pos.config.autostart import Autostart
from pos.config.paths import find_paths


@pytest.mark.parametrize("name", ["toko", "Toko Bu Siti é", 'a "quoted" $HOME `x` 100%'])
def test_it_is_off_at_first_and_on_is_a_file_that_the_desktop_reads(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    data = tmp_path / name
    kept = Autostart(find_paths(str(data)), {"HOME": str(tmp_path)}, "linux")
    file = tmp_path / ".config/autostart/epeken-pos.desktop"
    assert (kept.on, file.exists()) == (False, False)
    kept.set(True)
    assert kept.on
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(file, encoding="utf-8")
    # as a desktop does: the string's own escapes, then the quotes, then %%
    told = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    for sign in "$`":
        told = told.replace(f"\\{sign}", sign)
    words = shlex.split(told)
    assert [word.replace("%%", "%") for word in words] == [sys.executable, "-m", "pos", "--data", str(data.resolve())]
    kept.set(False)
    kept.set(False)
    assert not file.exists()


def test_an_installed_till_is_started_by_the_name_that_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "epeken-pos").write_text("#!/bin/sh\n")
    (tmp_path / "epeken-pos").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    kept = Autostart(find_paths(environ={}), {"XDG_CONFIG_HOME": str(tmp_path / "c")}, "linux")
    kept.set(True)
    assert f'Exec="{tmp_path}/epeken-pos"\n' in (tmp_path / "c/autostart/epeken-pos.desktop").read_text()


def test_another_system_has_its_own_way(tmp_path: Path) -> None:
    assert Autostart(find_paths(str(tmp_path)), {"HOME": str(tmp_path)}, "win32").on is None
