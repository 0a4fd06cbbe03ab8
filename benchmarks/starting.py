"""How the till starts beside a minimal window: CPU time of whole processes, in turn, and their memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Row, ratios
from benchmarks.shops import code_of, scratch, shop

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 10


class Child:
    """One kind of start; keeps the memory that each told."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.memory: list[float] = []

    def run(self) -> float:
        """CPU seconds (user and system) of one start."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.child", *self.words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        told = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"a start of {self.words} ended with {child.returncode}")
        self.memory.append(float(told.split()[-1]))
        return usage.ru_utime + usage.ru_stime


def rows() -> list[Row]:
    """start, ready, memory, and the part of growth that a start shows."""
    _compile()
    bare = Child("bare")
    with scratch() as folder:
        for name, goods in (("empty", 0), ("full", 100_000)):
            with shop(folder / name, goods):
                pass
        painted, empty = Child("painted", str(folder / "full")), Child("painted", str(folder / "empty"))
        ready, work = Child("ready", str(folder / "full"), code_of(7)), Child("work", str(folder / "full"))
        found = [
            _row("start", "CPU to the first paint with 100,000 goods, beside a minimal window", 1.5, painted.run, bare.run),
            _row("start", "the same with 100,000 goods over none", 1.1, painted.run, empty.run),
            _row("ready", "CPU until a scan is a durable line, 100,000 goods, beside a minimal window", 3.5, ready.run, bare.run),
        ]
        work.run()
    least = statistics.median(bare.memory)
    found.append(_memory(f"MiB at first paint, 100,000 goods (a minimal window: {least:.0f})", 80, painted.memory))
    found.append(_memory("MiB at first paint, no goods", 80, empty.memory))
    found.append(_memory("MiB at work: sale screen, sync and print running, 100,000 goods", 130, work.memory))
    return found


def _compile() -> None:
    """As `tools/setup` leaves the program: no start of an installed till compiles its own source."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "pos", "benchmarks"], cwd=ROOT, check=True)


def _row(path: str, what: str, goal: float, ours: Callable[[], float], limit: Callable[[], float]) -> Row:
    measured = ratios(ours, limit, ROUNDS)
    return Row(path, what, statistics.median(measured), goal, len(measured))


def _memory(what: str, goal: float, told: list[float]) -> Row:
    return Row("memory", what, statistics.median(told), goal, len(told), unit="M")
