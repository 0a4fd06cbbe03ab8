"""A serial cable without a wire: two ends that socat ties together, and a scale at the far one."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_WAIT_S = 10.0


@dataclass
class Cable:
    """`till` is the port that the till opens; the far end is written and read here."""

    till: str
    far: int
    _socat: subprocess.Popen[bytes]

    def say(self, *lines: str) -> None:
        """The scale sends lines."""
        os.write(self.far, "".join(f"{line}\r\n" for line in lines).encode())

    def heard(self, count: int = 3) -> bytes:
        """What the till has sent, `count` bytes of it; waits for them."""
        told = b""
        while len(told) < count:
            told += os.read(self.far, count - len(told))
        return told

    def pull(self) -> None:
        """The plug is pulled: both ends are gone."""
        self._socat.terminate()
        self._socat.wait(_WAIT_S)


@contextmanager
def cable(folder: Path) -> Iterator[Cable]:
    """Two pseudo terminals under `folder`, tied together while the block lasts."""
    near, far = folder / "scale-till", folder / "scale-far"
    socat = subprocess.Popen(["socat", f"pty,raw,echo=0,link={near}", f"pty,raw,echo=0,link={far}"])
    try:
        _wait_for(near, far)
        handle = os.open(far, os.O_RDWR | os.O_NOCTTY)
        try:
            yield Cable(str(near), handle, socat)
        finally:
            os.close(handle)
    finally:
        socat.terminate()
        socat.wait(_WAIT_S)


def _wait_for(*places: Path) -> None:
    pause = threading.Event()
    for _ in range(int(_WAIT_S / 0.01)):
        if all(place.exists() for place in places):
            return
        pause.wait(0.01)
    raise TimeoutError("socat made no terminals")
