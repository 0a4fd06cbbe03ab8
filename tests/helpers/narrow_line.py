"""Two machines on one kernel with a narrow line between them: network namespaces, a veth pair, and tc's token bucket at both ends.

Needs iproute2 and socat, and root or a kernel that gives everybody a namespace of their own. The till speaks to its own loopback, where a
relay stands: plain HTTP to another machine is refused by it, and the line that is measured lies behind the relay.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Final

SERVER, TILL = "10.77.0.1", "10.77.0.2"
RELAY_PORT: Final = 8080
BURST_BYTES: Final = 1_600
"""One packet: nothing goes quicker than the line."""


class NarrowLine:
    """Made for a `with` block. `server` and `till` begin commands on the two machines."""

    def __init__(self, kbit_s: int) -> None:
        self.kbit_s = kbit_s
        self._held = ExitStack()

    def __enter__(self) -> NarrowLine:
        with ExitStack() as held:
            first = self._machine(held, () if os.geteuid() == 0 else ("--map-root-user",))
            self.server = self._into(first)
            second = self._machine(held, (), self.server)
            self.till = self._into(second)
            self._run(self.server, "ip", "link", "add", "line", "type", "veth", "peer", "name", "line", "netns", str(second))
            for machine, address in ((self.server, SERVER), (self.till, TILL)):
                self._run(machine, "ip", "link", "set", "lo", "up")
                self._run(machine, "ip", "address", "add", f"{address}/24", "dev", "line")
                self._run(machine, "ip", "link", "set", "line", "up")
                rate = ("rate", f"{self.kbit_s}kbit", "burst", str(BURST_BYTES), "latency", "2s")
                self._run(machine, "tc", "qdisc", "add", "dev", "line", "root", "tbf", *rate)
            self._held = held.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._held.close()

    def relay(self, port: int) -> str:
        """The address at which the till reaches the server's port."""
        here = f"TCP-LISTEN:{RELAY_PORT},bind=127.0.0.1,fork,reuseaddr"
        self._hold(self._held, [*self.till, "socat", here, f"TCP:{SERVER}:{port}"])
        return f"http://127.0.0.1:{RELAY_PORT}"

    def bytes_over(self) -> int:
        """What the till's end has sent and received, headers of IP and Ethernet and all."""
        told = subprocess.run([*self.till, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
        (words,) = [line.split() for line in told.splitlines() if line.strip().startswith("line:")]
        return int(words[1]) + int(words[9])

    def _machine(self, held: ExitStack, words: Sequence[str], within: Sequence[str] = ()) -> int:
        """Pid of a process that keeps a network namespace of its own."""
        said = "import os,sys; print(os.getpid(), flush=True); sys.stdin.read()"
        process = self._hold(held, [*within, "unshare", *words, "--net", sys.executable, "-c", said])
        assert process.stdout is not None
        return int(process.stdout.readline())

    def _into(self, pid: int) -> tuple[str, ...]:
        words = ("nsenter", "--target", str(pid), "--net")
        return words if os.geteuid() == 0 else (*words, "--user", "--preserve-credentials")

    def _hold(self, held: ExitStack, command: Sequence[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def end() -> None:
            process.terminate()
            with process:
                process.wait(10)

        held.callback(end)
        return process

    def _run(self, within: Sequence[str], *command: str) -> None:
        subprocess.run([*within, *command], check=True, capture_output=True)
