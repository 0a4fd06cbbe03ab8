"""How a ratio is measured: CPU time, the two sides in turn, the first round dropped, the median of the rounds' ratios.

Owns the method and the table; knows nothing of the till. Wall time is printed with the load and never judged.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 10
"""One more than is counted: the first is dropped."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio` and `goal` are ours over the limit, or a plain figure where `unit` is not `x`."""

    path: str
    what: str
    ratio: float
    goal: float
    rounds: int
    unit: str = "x"
    note: str = ""

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal


def cpu(action: Callable[[], object], repeat: int) -> float:
    """CPU seconds of `repeat` calls in this process, all threads."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        for _ in range(repeat):
            action()
        return time.process_time() - start
    finally:
        gc.enable()


def ratios(ours: Callable[[], float], limit: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """Per-round ratios with the sides in turn; the first round is dropped."""
    found = []
    for number in range(rounds):
        if number % 2:
            below, above = limit(), ours()
        else:
            above, below = ours(), limit()
        found.append(above / below)
    return found[1:]


def compare(path: str, what: str, goal: float, ours: Callable[[], float], limit: Callable[[], float], note: str = "") -> Row:
    """A row from two ways to spend CPU seconds on the same work."""
    found = ratios(ours, limit)
    return Row(path, what, statistics.median(found), goal, len(found), note=note)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0..1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_table(rows: list[Row]) -> None:
    """The table for people, with the load it was measured under."""
    print(f"load {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    print(f"{'path':<10} {'measured':>10} {'goal':>8}  {'':4} what")
    for row in rows:
        mark = "ok" if row.met else "OVER"
        note = f" ({row.note})" if row.note else ""
        print(f"{row.path:<10} {row.ratio:>8.2f} {row.unit:<2}{row.goal:>6.1f}  {mark:<4} {row.what}{note}")
