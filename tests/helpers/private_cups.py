"""A CUPS of its own on a loopback port, whose backend behaves as badly as print queues do. Started and stopped by the test; touches nothing
of the system's own CUPS. What the backend "prints" lies in a file.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

_CUPS: Final = Path("/usr/lib/cups")
_WAIT_S: Final = 20.0
_BACKEND: Final = """#!/usr/bin/python3 -I
import os, signal, sys, time
if len(sys.argv) < 6:
    print('direct epeken "Unknown" "a backend for tests"')
    sys.exit(0)
behaviour, _, out = os.environ["DEVICE_URI"].partition(":/")[2].partition("/")
source = open(sys.argv[6], "rb") if len(sys.argv) > 6 else sys.stdin.buffer
def put(data):
    with open("/" + out, "ab") as paper:
        paper.write(data)
if behaviour == "accept":
    put(source.read())
elif behaviour == "lie":
    source.read()
elif behaviour == "drop":
    put(source.read(100))
    sys.exit(1)
elif behaviour == "hang":
    put(source.read(100))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    while True:
        signal.pause()
elif behaviour == "slow":
    while piece := source.read(400):
        put(piece)
        time.sleep(0.02)
"""


class Behaviour(Enum):
    """What the queue does with a job."""

    ACCEPT = "accept"
    LIE = "lie"
    """Says that it has printed what it threw away."""
    DROP = "drop"
    """Gives up after 100 bytes."""
    HANG = "hang"
    """Takes 100 bytes and then nothing more."""
    SLOW = "slow"
    PAUSED = "paused"
    """A person has stopped the queue: it takes jobs and begins with none."""
    CLOSED = "closed"
    """The queue takes no jobs."""


@dataclass
class PrivateCups:
    """`queue` is its one queue; `port` where it listens, and `path` the socket of the machine."""

    folder: Path
    port: int
    queue: str = "struk"

    @property
    def address(self) -> str:
        return f"cups:{self.queue}@127.0.0.1:{self.port}"

    @property
    def path(self) -> Path:
        return self.folder / "run" / "cups.sock"

    @property
    def paper(self) -> bytes:
        """What came out."""
        out = self.folder / "paper"
        return out.read_bytes() if out.exists() else b""

    def do(self, *command: str) -> None:
        """A command of CUPS's own, for this one (`cupsenable struk`, `cancel -a`)."""
        name, *words = command
        subprocess.run([name, "-h", f"127.0.0.1:{self.port}", *words], check=True, capture_output=True, timeout=_WAIT_S)


@contextmanager
def private_cups(behaviour: Behaviour) -> Iterator[PrivateCups]:
    """A CUPS with one queue, while the block lasts."""
    # the socket's path must be short
    folder = Path(tempfile.mkdtemp(prefix="epk-cups-"))
    cups = PrivateCups(folder, _free_port())
    try:
        _lay_out(cups, behaviour)
        daemon = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(folder / "root" / "cupsd.conf"), "-s", str(folder / "root" / "cups-files.conf")]
        )
        try:
            _wait_for(cups, daemon)
            yield cups
        finally:
            daemon.terminate()
            daemon.wait(_WAIT_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lay_out(cups: PrivateCups, behaviour: Behaviour) -> None:
    folder = cups.folder
    folder.chmod(0o755)
    for name in ("root", "run", "cache", "spool", "tmp", "log", "bin/backend"):
        (folder / name).mkdir(parents=True)
    for part in ("daemon", "filter", "cgi-bin", "monitor", "notifier"):
        (folder / "bin" / part).symlink_to(_CUPS / part)
    backend = folder / "bin" / "backend" / "epeken"
    backend.write_text(_BACKEND)
    # not for everybody: CUPS then runs it as the user that it runs as itself
    backend.chmod(0o700)
    files = {
        "ServerRoot": "root",
        "ServerBin": "bin",
        "StateDir": "run",
        "CacheDir": "cache",
        "RequestRoot": "spool",
        "TempDir": "tmp",
        "ErrorLog": "log/error",
        "AccessLog": "log/access",
        "PageLog": "log/page",
    }
    lines = [f"{name} {folder / place}" for name, place in files.items()]
    lines.append("SystemGroup root")
    if os.geteuid():
        lines.append(f"User {pwd.getpwuid(os.geteuid()).pw_name}")
    (folder / "root" / "cups-files.conf").write_text("\n".join([*lines, ""]))
    (folder / "root" / "cupsd.conf").write_text(_server(cups))
    (folder / "root" / "printers.conf").write_text(_printer(cups, behaviour))


def _server(cups: PrivateCups) -> str:
    everybody = "Order allow,deny\nAllow all\n"
    return (
        f"LogLevel warn\nListen {cups.path}\nListen 127.0.0.1:{cups.port}\nBrowsing No\nWebInterface No\nDefaultAuthType None\n"
        f"<Location />\n{everybody}</Location>\n<Location /admin>\n{everybody}</Location>\n"
        f"<Policy default>\n<Limit All>\n{everybody}</Limit>\n</Policy>\n"
    )


def _printer(cups: PrivateCups, behaviour: Behaviour) -> str:
    does = behaviour.value if behaviour not in (Behaviour.PAUSED, Behaviour.CLOSED) else Behaviour.ACCEPT.value
    return (
        f"<Printer {cups.queue}>\nInfo {cups.queue}\nDeviceURI epeken:/{does}{cups.folder}/paper\n"
        f"State {'Stopped' if behaviour is Behaviour.PAUSED else 'Idle'}\n"
        f"Accepting {'No' if behaviour is Behaviour.CLOSED else 'Yes'}\n"
        "Shared No\nJobSheets none none\nErrorPolicy abort-job\nOpPolicy default\n</Printer>\n"
    )


def _wait_for(cups: PrivateCups, daemon: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(int(_WAIT_S / 0.02)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", cups.port)) == 0:
                return
        if daemon.poll() is not None:
            break
        pause.wait(0.02)
    raise TimeoutError("cupsd did not come up")
