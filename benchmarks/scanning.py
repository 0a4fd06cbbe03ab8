"""`python -m benchmarks.scanning DATA`: scans in the real window while a catalogue of 100,000 goods comes in; prints ms, sorted.

From the scanner's Enter until the line is on disk and painted. The feed is the engine's own, in a thread of its own, from an other end
that answers at once: a line that is faster than any. `rows()` is its line in the table.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measure import Row, percentile
from benchmarks.shops import code_of, make_goods, scratch, shop
from pos.app import open_application
from pos.config.machine import RandomIds, SystemClock
from pos.sync import protocol as wire
from pos.sync.encoding import product_to_wire
from pos.sync.engine import SyncEngine
from pos.ui.application import Application
from tests.helpers.scanner import WedgeScanner

SCANS = 300
WARM_UP = 20
LINES_A_SALE = 12
GOODS = 100_000
FRAME_MS = 1_000 / 60


class FullFeed:
    """The other end: every good of the shop, page after page, again and again."""

    def __init__(self) -> None:
        self._goods = [product_to_wire(product) for product in make_goods(GOODS)]
        # the other end is another machine: half a million things of its own are not the till's garbage to look through
        gc.freeze()
        self.pages = 0

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        size = min(request.page or 1, wire.MAX_PAGE)
        start = self.pages * size % GOODS
        self.pages += 1
        changes = tuple(
            wire.Change(seq=self.pages * size + place, kind="product", uid=good.uid, product=good)
            for place, good in enumerate(self._goods[start : start + size])
        )
        operations = request.batch.operations if request.batch else ()
        return wire.SyncAnswer(
            results=tuple(wire.OperationResult(id=item.id, status="applied") for item in operations),
            acked_seq=operations[-1].seq if operations else request.handshake.acked_seq if request.handshake else 0,
            chain_hash=wire.GENESIS,
            head_signature="",
            changes=changes,
            cursor=f"t.1.{self.pages}",
            more=True,
            timeline="t",
            server_time=time.time_ns() // 1_000_000,
            next_sync_in=0,
        )

    def recover(self, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
        """There is nothing to come back."""
        return wire.RecoveryAnswer(operations=(), cursor="", more=False, server_time=0)

    def close(self) -> None:
        """Nothing is held."""


class Painted(QObject):
    """Counts the paints of a widget."""

    def __init__(self, of: QWidget) -> None:
        super().__init__()
        self.count = 0
        of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def measure(application: Application) -> list[float]:
    """Milliseconds of each scan."""
    from pos.ui.sale.screen import SaleScreen

    application.go("sale")
    screen = application.screen("sale")
    assert isinstance(screen, SaleScreen)
    painted, found = Painted(screen.basket.rows.viewport()), []
    handle = application.window.windowHandle()
    for number in range(SCANS + WARM_UP):
        scanner = WedgeScanner(application.window, at=10_000 * (number + 1))
        for character in code_of(number * 37 % GOODS):
            scanner.key(character, 1)
        lines, paints, start = len(screen.counter.basket.lines), painted.count, time.perf_counter()
        scanner.enter(1)
        while len(screen.counter.basket.lines) == lines or painted.count == paints:
            QApplication.processEvents()
            if time.perf_counter() - start > 30:
                raise RuntimeError(f"scan {number} did not become a painted line")
        found.append((time.perf_counter() - start) * 1_000)
        if len(screen.counter.basket.lines) >= LINES_A_SALE:
            screen.counter.pay_exactly()
            QTest.qWait(50)
            application.go("sale")
            QTest.keyClick(handle, Qt.Key.Key_Escape)
            QTest.qWait(50)
    return found[WARM_UP:]


def beside_a_sync(application: Application, then: Callable[[list[float], int], None]) -> None:
    """Start the feed, scan, stop the feed."""
    feed, stopping = FullFeed(), threading.Event()
    store = application.till.store
    with store.begin() as work:
        work.set_shop(uid="5" * 32, device="d" * 32)
        work.commit()
    engine = SyncEngine(store, SystemClock(), RandomIds(), lambda: feed, lambda: 0.5)
    errors: list[object] = []

    def run() -> None:
        while not stopping.is_set():
            told = engine.run_once()
            if told.error is not None:
                errors.append(told.error)
                return

    thread = threading.Thread(target=run, name="full sync")
    thread.start()
    try:
        found = measure(application)
    finally:
        stopping.set()
        thread.join()
    if errors:
        raise RuntimeError(f"the sync beside it ended: {errors[0]}")
    then(found, feed.pages)


def rows() -> list[Row]:
    """`scan`: the p99 in frames of a 60 Hz screen. Wall time, printed with the load."""
    with scratch() as folder:
        with shop(folder, GOODS):
            pass
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.scanning", str(folder)],
            env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told = json.loads(done.stdout.splitlines()[-1])
    found: list[float] = told["ms"]
    what = "a scan until its line is durable and painted, beside a full sync, 100,000 goods: p99 in frames of 60 Hz (wall)"
    note = f"p50 {percentile(found, 0.5):.1f} ms, p99 {percentile(found, 0.99):.1f} ms; {told['pages']} pages came in meanwhile"
    return [Row("scan", what, percentile(found, 0.99) / FRAME_MS, 1.0, len(found), note=note)]


def main() -> int:
    application = open_application(Path(sys.argv[1]), size=(1366, 768), preferences={})
    told: dict[str, object] = {}

    def done(found: list[float], pages: int) -> None:
        told.update(ms=sorted(round(value, 3) for value in found), pages=pages)

    def ready() -> None:
        try:
            beside_a_sync(application, done)
        finally:
            application.close()

    application.when_ready(ready)
    application.run()
    print(json.dumps(told))
    return 0 if told else 1


if __name__ == "__main__":
    sys.exit(main())
