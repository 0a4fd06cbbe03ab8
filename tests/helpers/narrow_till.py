"""A new till at the end of a narrow line, timed: `python -m tests.helpers.narrow_till FOLDER URL CODE SALES`.

Says `catalogue SECONDS GOODS` once it is paired and has read the feed to its end, sells SALES times without a line, and says
`backlog SECONDS` once all of that is told.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from pathlib import Path

from pos.services import checkout, drawer, selling
from pos.sync.client import CentralClient
from tests.helpers.paired_tills import PROGRAM
from tests.helpers.seller import say
from tests.helpers.till_process import TillProcess

LINES = 3


class NarrowTill(TillProcess):
    """With the patience that a real till has."""

    def _connect(self) -> CentralClient:
        return CentralClient(self.store.read.shop().central_url, self.secrets, self.clock, self.ids, PROGRAM)

    def talk_to_the_end(self) -> None:
        """Rounds until nothing waits and nothing is to come."""
        pause = threading.Event()
        while True:
            done = self.engine.run_once()
            if done.error is not None:
                raise done.error
            if done.next_in and not self.store.read.line().waiting:
                return
            # a server that asks for a while is given it
            pause.wait(min(done.next_in, 1.0))

    def sell_alone(self, sales: int) -> None:
        dice = random.Random(5)
        tiles = self.store.read.tiles("", 400)
        drawer.open_session(self.till, 0)
        for _ in range(sales):
            for hit in dice.sample(tiles, LINES):
                unit = self.store.read.unit(hit.unit_uid)
                assert unit is not None
                basket, _ = selling.add_unit(self.till, unit, dice.randint(1, 3))
            checkout.complete_sale(self.till, basket, basket.total)


def main() -> None:
    folder, url, code, sales = sys.argv[1:]
    till = NarrowTill(Path(folder))
    started = time.monotonic()
    till.pair(url, code)
    till.talk_to_the_end()
    say(f"catalogue {time.monotonic() - started:.2f} {till.store.read.digest()[0]}")
    till.sell_alone(int(sales))
    started = time.monotonic()
    till.talk_to_the_end()
    say(f"backlog {time.monotonic() - started:.2f}")
    till.close()


if __name__ == "__main__":
    main()
