"""The hands of the story: holds a till process by its pipe and does what a person would, one line of JSON at a time.

Owns the process and the waiting; knows nothing of the story. The other end of the pipe is `tour.driver`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
State = dict[str, Any]


class StoryBroken(Exception):
    """What the story expected did not happen. The text says what was seen instead."""


class Hands:
    """A till under somebody's hands.

    Args:
        data: the till's data folder.
        pictures: where `look` leaves its PNGs.
        size: window size, `1366x768`.
    """

    def __init__(self, data: Path, pictures: Path, size: str = "1366x768", **options: str) -> None:
        self.pictures = pictures
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", EPEKEN_POS_DATA=str(data))
        extra = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.log = (data.parent / "till.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tour.driver", "--data", str(data), "--size", size, *extra],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.tell({"do": "ready"})

    def tell(self, order: State) -> State:
        """Have one thing done and hear what came of it. Raises StoryBroken when the till says no or is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise StoryBroken(f"the till is gone at {order}")
        reply: State = json.loads(answer)
        if "error" in reply:
            raise StoryBroken(f"{order}: {reply['error']}")
        return reply

    def scan(self, code: str) -> None:
        """A keyboard-wedge scanner types a code and Enter, one millisecond a character, to whatever has focus."""
        self.tell({"do": "scan", "code": code})

    def type(self, text: str) -> None:
        """Typed at a person's speed into whatever has focus."""
        self.tell({"do": "type", "text": text})

    def key(self, name: str) -> None:
        """One key: `F12`, `Ctrl+Z`, `Return`."""
        self.tell({"do": "key", "key": name})

    def click(self, words: str) -> None:
        """Press the button, chip, tab or row that says so (or has that accessible name, or that object name: a tick of an order)."""
        self.tell({"do": "click", "words": words})

    def fill(self, field: str, text: str) -> None:
        """Put text into the field of that accessible name."""
        self.tell({"do": "fill", "field": field, "text": text})

    def look(self, name: str) -> None:
        """Take a picture of the window as it is now."""
        self.tell({"do": "look", "file": str(self.pictures / f"{name}.png")})

    def state(self) -> State:
        """What the till knows and shows, for the story to compare."""
        return self.tell({"do": "state"})

    def stock(self) -> dict[str, int]:
        """Base units that the till believes are on hand, by product."""
        return dict(self.tell({"do": "stock"})["stock"])

    def until(self, what: str, holds: Callable[[State], object], seconds: float = 20.0) -> State:
        """Wait for something to become true on the screen. Raises StoryBroken with the last state."""
        end = time.monotonic() + seconds
        while True:
            state = self.state()
            if holds(state):
                return state
            if time.monotonic() > end:
                raise StoryBroken(f"waited {seconds:.0f} s for: {what}. The till shows: {json.dumps(state, ensure_ascii=False)[:3000]}")
            self.tell({"do": "pause", "ms": 50})

    def kill(self) -> None:
        """SIGKILL: the power is cut."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def close(self) -> None:
        """Close the window as a person would, and wait for the process."""
        if self.process.poll() is None:
            self.tell({"do": "quit"})
            self.process.wait(timeout=30)
        self.log.close()
