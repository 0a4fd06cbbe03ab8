"""A look at a demo shop from the guide: a process of its own, which ends with the till and says why when it does not start."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from pos.ui.first_run import demo_window
from pos.ui.first_run.demo_window import DemoWindow


@pytest.fixture
def demo(qtbot: QtBot) -> DemoWindow:
    part = DemoWindow()
    qtbot.addWidget(part)
    part.retranslate()
    part.show()
    return part


def test_the_demo_shop_opens_beside_the_guide_and_ends_with_it(demo: DemoWindow, qtbot: QtBot) -> None:
    demo.button.click()
    assert "dibuka di jendela sendiri" in demo.note.sentence
    assert not demo.button.isEnabled(), "one is enough"
    qtbot.waitUntil(lambda: demo.process is not None and demo.process.state() == QProcess.ProcessState.Running, timeout=20_000)
    demo.close_demo()
    assert demo.process is not None
    assert demo.process.state() == QProcess.ProcessState.NotRunning
    qtbot.waitUntil(demo.button.isEnabled, timeout=20_000)


def test_a_demo_shop_that_does_not_start_says_why(demo: DemoWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_window, "_COMMAND", ("-c", "import sys; sys.exit('Server toko contoh tidak mau menyala.')"))
    demo.button.click()
    qtbot.waitUntil(lambda: demo.note.sentence == "Server toko contoh tidak mau menyala.", timeout=20_000)
    assert demo.button.isEnabled()


def test_a_program_that_is_not_there_is_said(demo: DemoWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    demo.button.click()
    qtbot.waitUntil(lambda: "tidak mau dibuka" in demo.note.sentence, timeout=20_000)
    assert demo.button.isEnabled()
