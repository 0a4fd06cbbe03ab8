"""Where the till's files lie."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pos.config.paths import VARIABLE, find_paths
from pos.domain.errors import ErrorCode, ShopError


def test_a_folder_that_is_named_holds_everything(tmp_path: Path) -> None:
    paths = find_paths(str(tmp_path / "toko"), {})
    for path in (paths.store, paths.copies, paths.settings, paths.secrets, paths.instance, paths.logs):
        assert path.is_relative_to(tmp_path / "toko")


def test_the_named_folder_goes_before_the_environments(tmp_path: Path) -> None:
    environ = {VARIABLE: str(tmp_path / "b")}
    assert find_paths(str(tmp_path / "a"), environ).data == tmp_path / "a"
    assert find_paths(None, environ).data == tmp_path / "b"


def test_without_a_name_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    paths = find_paths(None, {})
    assert paths.data.name == "epeken-pos"
    assert paths.config != paths.data


def test_the_folders_are_for_this_user_alone(tmp_path: Path) -> None:
    paths = find_paths(str(tmp_path / "toko"), {})
    paths.make()
    paths.make()
    assert paths.logs.is_dir()
    if os.name == "posix":
        assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "toko").write_text("not a folder")
    with pytest.raises(ShopError) as caught:
        find_paths(str(tmp_path / "toko"), {}).make()
    assert caught.value.code is ErrorCode.FOLDER_READ_ONLY
