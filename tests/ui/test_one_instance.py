"""A second start raises the first window and does nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from pos.ui.one_instance import OneInstance

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from pos.ui.one_instance import OneInstance
app = QCoreApplication([])
sys.exit(0 if OneInstance(Path(sys.argv[1])).claim() else 7)
"""


def _second_start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _SECOND, str(folder)])


def test_a_second_start_raises_the_first_window_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    first = OneInstance(tmp_path)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.raise_asked, timeout=20_000):
        second = _second_start(tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 7
    first.release()


def test_a_till_that_was_closed_leaves_the_place_free(qtbot: QtBot, tmp_path: Path) -> None:
    first = OneInstance(tmp_path)
    assert first.claim()
    first.listen()
    first.release()
    again = OneInstance(tmp_path)
    assert again.claim()
    again.listen()
    again.release()


def test_two_shops_in_two_folders_do_not_mind_each_other(qtbot: QtBot, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    first, second = OneInstance(here), OneInstance(there)
    assert first.claim()
    assert second.claim()
    first.release()
    second.release()
