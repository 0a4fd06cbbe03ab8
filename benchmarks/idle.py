"""`python -m benchmarks.idle (idle|frames) FOLDER SECONDS`: the real window with nothing to do, and beside a catalogue that comes in.

`idle`: a paired till, its workers running, an online city; CPU of the process once the start is over (bytes of a day are counted, not
measured: tests/integration/test_line_idle.py). `frames`: the
window is drawn at every tick of a 60 Hz screen while 100,000 goods are taken from the feed in a thread beside it; how late the ticks are.
`rows()` are its lines in the table.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import Row, percentile
from benchmarks.shops import scratch, shop
from pos.app import open_application
from pos.config.machine import RandomIds, SystemClock
from pos.config.paths import find_paths
from pos.config.secrets import FileSecrets
from pos.local_db.store import SqliteStore
from pos.sync.engine import SyncEngine
from pos.sync.enrolment import pair
from pos.ui.application import Application

GOODS: Final = 100_000
IDLE_GOODS: Final = 5_000
SETTLE_S: Final = 15
"""Seconds that belong to the start: the first rounds of the line, upkeep, pictures."""
IDLE_S: Final = 60
FRAMES_S: Final = 12
FRAME_MS: Final = 1_000 / 60


def idle(application: Application, seconds: float, end: Any) -> None:
    """Share of a core that the process takes, all threads."""
    from PySide6.QtCore import QTimer

    began: dict[str, float] = {}

    def start() -> None:
        began.update(cpu=time.process_time(), wall=time.monotonic())
        QTimer.singleShot(int(seconds * 1_000), stop)

    def stop() -> None:
        wall = time.monotonic() - began["wall"]
        end({"cpu": (time.process_time() - began["cpu"]) / wall})

    QTimer.singleShot(SETTLE_S * 1_000, start)


def frames(application: Application, seconds: float, end: Any) -> None:
    """Milliseconds between ticks at each of which the sale screen is drawn, while the feed comes in."""
    from PySide6.QtCore import Qt, QTimer

    from benchmarks.scanning import FullFeed

    application.go("sale")
    feed, stopping = FullFeed(), threading.Event()
    store = application.till.store
    with store.begin() as work:
        work.set_shop(uid="5" * 32, device="d" * 32)
        work.commit()
    engine = SyncEngine(store, SystemClock(), RandomIds(), lambda: feed, lambda: 0.5)

    def run() -> None:
        while not stopping.is_set() and engine.run_once().error is None:
            pass

    ticks: list[float] = []
    timer = QTimer(application.window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    began = time.perf_counter()
    thread = threading.Thread(target=run, name="full sync")

    def tick() -> None:
        ticks.append(time.perf_counter())
        application.window.repaint()
        if ticks[-1] - began > seconds:
            timer.stop()
            stopping.set()
            thread.join()
            end({"ms": [(after - before) * 1_000 for before, after in itertools.pairwise(ticks)], "pages": feed.pages})

    timer.timeout.connect(tick)
    thread.start()
    timer.start(int(FRAME_MS))


def _child(what: str, folder: Path, seconds: float, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.idle", what, str(folder), str(seconds)],
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", **environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _paired(folder: Path, url: str, code: str) -> None:
    """The shop's till made a device of the city, its keys in the 0600 file."""
    paths = find_paths(str(folder))
    clock, ids = SystemClock(), RandomIds()
    store = SqliteStore.open(paths.store, clock, ids, paths.copies)
    pair(store, FileSecrets(paths), clock, ids, url, code, "Kasir depan")
    store.close()


def rows() -> list[Row]:
    """`idle`: share of a core, in percent; `frame`: p99 in frames. Wall time is in both, said with the load."""
    from tests.helpers.central import CentralProcess

    with scratch() as folder:
        with shop(folder / "idle", IDLE_GOODS):
            pass
        central = CentralProcess(f"sqlite:///{folder / 'central.db'}")
        try:
            _paired(folder / "idle", central.url, central.command("code", central.command("shop", "Toko Sinar Jaya")))
            still = _child("idle", folder / "idle", IDLE_S, {})
        finally:
            central.close()
        with shop(folder / "frames", GOODS):
            pass
        drawn = _child("frames", folder / "frames", FRAMES_S, {})
    ms: list[float] = sorted(drawn["ms"])
    note = f"p50 {percentile(ms, 0.5):.1f} ms, p99 {percentile(ms, 0.99):.1f} ms, longest {ms[-1]:.0f} ms; {drawn['pages']} pages came in"
    return [
        Row("idle", "CPU of a paired till with nothing to do, window and workers running", still["cpu"] * 100, 1.0, 1, unit="%"),
        Row(
            "frame",
            "a drawn window beside 100,000 goods that come in: p99 in frames of 60 Hz (wall)",
            percentile(ms, 0.99) / FRAME_MS,
            2.0,
            len(ms),
            note=note,
        ),
    ]


def main() -> int:
    what, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    application = open_application(folder, size=(1366, 768), preferences={"secrets_in_file": True})
    told: dict[str, Any] = {}

    def end(found: dict[str, Any]) -> None:
        told.update(found)
        application.close()

    application.when_ready(lambda: (idle if what == "idle" else frames)(application, seconds, end))
    application.run()
    print(json.dumps(told))
    return 0 if told else 1


if __name__ == "__main__":
    sys.exit(main())
