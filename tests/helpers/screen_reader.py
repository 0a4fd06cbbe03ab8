"""The till on a screen of its own with a screen reader beside it: Xvfb, a private session bus, the accessibility bus, and the reader.

Everything is started here and stopped here; nothing of the machine's own session is touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = "e-Peken POS"
_LAUNCHER: Final = "/usr/libexec/at-spi-bus-launcher"
_SYSTEM_PYTHON: Final = "/usr/bin/python3"


class ScreenReader:
    """What a person hears and presses. Names are those that are read out."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def read(self) -> list[tuple[str, str, str]]:
        """(role, name, what stands in it) of everything that shows."""
        told: list[list[str]] = self._ask({"do": "read"}) or []
        return [(role, name, value) for role, name, value in told]

    def names(self) -> list[str]:
        return [name for _, name, _ in self.read()]

    def press(self, name: str) -> None:
        """Press what is called so, once it shows."""
        self.until(lambda: self._ask({"do": "press", "name": name}) is True, f"{name} can be pressed")

    def type_into(self, name: str, text: str) -> None:
        """Write into the field that is called so."""
        self.until(lambda: self._ask({"do": "type", "name": name, "text": text}) is True, f"{name} can be written into")

    def hear(self, words: str) -> str:
        """Wait until something is called so, or begins so; returns all of its name."""
        found: list[str] = []

        def heard() -> bool:
            found[:] = [name for name in self.names() if name.startswith(words)]
            return bool(found)

        self.until(heard, f"{words!r} is heard")
        return found[0]

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Ask again until something is so."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"waited in vain: {what}; heard {self.names()}"

    def _ask(self, command: dict[str, str]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the screen reader has ended"
        return json.loads(line)


@contextmanager
def till_with_screen_reader(data: Path, home: Path) -> Iterator[ScreenReader]:
    """The till of a folder in a real window, and the reader of it."""
    with ExitStack() as ends:
        environment = _desk(home, ends)
        _started([_LAUNCHER, "--launch-immediately"], environment, ends)
        _started([sys.executable, "-m", "pos", "--data", str(data)], environment, ends)
        command = [_SYSTEM_PYTHON, str(ROOT / "tests" / "helpers" / "atspi_reader.py"), PROGRAM]
        process = subprocess.Popen(command, env=environment, cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ends.callback(_end, process)
        reader = ScreenReader(process)
        reader.until(lambda: bool(reader.names()), "the till is on the screen", 60)
        yield reader


def _desk(home: Path, ends: ExitStack) -> dict[str, str]:
    """A screen and a session bus, as the environment that leads to them."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL
    )
    ends.callback(_end, screen)
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:dir={home}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    ends.callback(_end, bus)
    assert bus.stdout is not None
    kept = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "XAUTHORITY", "PYTHONPATH")}
    return {
        **kept,
        "DISPLAY": f":{display}",
        "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "XDG_RUNTIME_DIR": str(home),
        "HOME": str(home),
    }


def _started(command: list[str], environment: dict[str, str], ends: ExitStack) -> None:
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends.callback(_end, process)


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
