"""A paired till as a process of its own, with the machine's clock and chance: one thread sells, the other talks to the server.

`python -m tests.helpers.till_process FOLDER [--sales N]` sells N times (0: until it is killed), each time saying `sale UID TOTAL` once it
is on disk, then talks until nothing waits, says `checks well` (or which failed) and `rest`, and ends. Each round of the line says `line
CODE` (`well` where it went well). With `--a-round N` it waits for the line after each N sales, so that selling goes on for as long as the
line has rounds. `--serve` forks such a till (without end) for each line `FOLDER SEED` of its input, as `seller` does: what is imported
once need not be imported again. A folder is paired by `PairedTill.pair` or by `--pair URL CODE`.
"""

from __future__ import annotations

import argparse
import random
import threading
from pathlib import Path

from pos.config.machine import RandomIds, SystemClock
from pos.domain.errors import ErrorCode, ShopError
from pos.local_db.store import SqliteStore
from pos.services import checkout, drawer, selling
from pos.services.ports import Till
from pos.sync.client import CentralClient
from pos.sync.encoding import WireEncoder
from pos.sync.engine import SyncEngine
from pos.sync.enrolment import pair
from pos.sync.transport import Timeouts
from tests.helpers.paired_tills import PROGRAM, FolderSecrets
from tests.helpers.seller import fork_for_each, say
from tests.helpers.tills import NoPaper, product, stock_up

GOODS = 3
LINE = Timeouts(connect=1.0, read=2.0, whole=5.0)
LONGEST_S = 0.5
"""A test does not wait for a back-off to its end: it is looked at again after this, as if a person asked to send now."""


class TillProcess:
    """The till of a folder, open in this process."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.ids = SystemClock(), RandomIds()
        self.secrets = FolderSecrets(folder)
        self.store = SqliteStore.open(folder / "shop.db", self.clock, self.ids, folder / "copies")
        self.till = Till(self.store, self.clock, self.ids, NoPaper(), WireEncoder())
        self.engine = SyncEngine(self.store, self.clock, self.ids, self._connect, random.random)
        self._ending = threading.Event()
        self._rounded = threading.Semaphore(0)
        self._line = threading.Thread(target=self._talk, name="line")

    def _connect(self) -> CentralClient:
        return CentralClient(self.store.read.shop().central_url, self.secrets, self.clock, self.ids, PROGRAM, LINE)

    def pair(self, url: str, code: str) -> None:
        pair(self.store, self.secrets, self.clock, self.ids, url, code, "Kasir depan", PROGRAM)

    def _talk(self) -> None:
        while not self._ending.is_set():
            self.engine.hurry()
            done = self.engine.run_once()
            say(f"line {done.error.code.value if done.error else 'well'}")
            self._rounded.release()
            self._ending.wait(min(done.next_in, LONGEST_S))

    def work(self, sales: int, seed: int, a_round: int = 0) -> None:
        """Sell, `sales` times or for ever, and tell it meanwhile. `a_round`: wait for the line after so many."""
        dice = random.Random(seed)
        if self.store.read.product(product(0).uid) is None:
            stock_up(self.till, GOODS, 1_000_000)
        self._line.start()
        done = 0
        while not sales or done < sales:
            done += self._sell(dice)
            if a_round and done % a_round == 0:
                self._rounded.acquire()
        self._rest()

    def _sell(self, dice: random.Random) -> int:
        try:
            if self.store.read.session() is None:
                drawer.open_session(self.till, 0)
            unit = self.store.read.unit(product(dice.randrange(GOODS)).units[0].uid)
            assert unit is not None
            basket, _ = selling.add_unit(self.till, unit, dice.randint(1, 3))
            sale = checkout.complete_sale(self.till, basket, basket.total)
        except ShopError as error:
            if error.code is not ErrorCode.DISK_FULL:
                raise
            say("full")
            self._ending.wait(0.05)
            return 0
        say(f"sale {sale.uid} {sale.total}")
        return 1

    def _rest(self) -> None:
        pause = threading.Event()
        while self.store.read.line().waiting:
            pause.wait(0.05)
        self._ending.set()
        self._line.join()
        say(f"checks {' '.join(self.store.read.check()) or 'well'}")
        say("rest")

    def close(self) -> None:
        self.engine.close()
        self.store.close()


def work_for_ever(folder: Path, seed: int) -> None:
    TillProcess(folder).work(0, seed)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.helpers.till_process")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sales", type=int, default=0)
    parser.add_argument("--a-round", type=int, default=0)
    parser.add_argument("--pair", nargs=2, metavar=("URL", "CODE"))
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        fork_for_each(work_for_ever)
        return
    process = TillProcess(options.folder)
    if options.pair:
        process.pair(*options.pair)
    process.work(options.sales, 1, options.a_round)
    process.close()


if __name__ == "__main__":
    main()
