"""The till's process and the central's are killed at random moments, again and again, and the line between them does what bad lines do.

Real processes, real sockets, real files. `EPEKEN_KILLS=500` for the long run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.sync.central import Central as Client
from pos.sync.client import CentralClient
from pos.sync.transport import Timeouts
from tests.helpers.bad_line import BadLine
from tests.helpers.central import ROOT, CentralProcess
from tests.helpers.chaos_line import FATES, ChaosLine
from tests.helpers.paired_tills import PROGRAM, PairedTill
from tests.helpers.selling_processes import sales_said, start_selling
from tests.helpers.tills import product, sell, stock_of, stock_up

KILLS = int(os.environ.get("EPEKEN_KILLS", "10"))
CENTRAL_EVERY = 5
"""One kill in so many is the central's: it takes longer to start than a till."""
GOODS = 3


@pytest.fixture
def tills() -> Iterator[subprocess.Popen[str]]:
    """The process that forks tills."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.till_process", "--serve"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


class Central:
    """A central that is killed and started again at the same address, as its tills see it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.process = CentralProcess(url)
        self.line = BadLine(self.process.url)

    def kill(self) -> None:
        self.process.process.kill()
        assert self.process.close() == -signal.SIGKILL
        self.process = CentralProcess(self._url)
        self.line.carry_to(self.process.url)

    def close(self) -> None:
        self.line.close()
        self.process.close()


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    made = Central(f"sqlite:///{tmp_path / 'central.db'}")
    yield made
    made.close()


def test_sigkill_of_till_and_central_at_random_moments_loses_and_doubles_nothing(
    tmp_path: Path, central: Central, tills: subprocess.Popen[str]
) -> None:
    shop = central.process.command("shop", "Toko Sinar Jaya")
    folder = tmp_path / "till"
    till = PairedTill(folder)
    till.pair(central.line.url, central.process.command("code", shop))
    till.close()
    dice = random.Random(2026)
    said: dict[str, int] = {}
    killed = 0
    while killed < KILLS:
        killed += work_and_be_killed(tills, folder, central, dice, said, KILLS - killed)
    till.start()
    there = {row.uid: row.total for row in till.till.store.read.sales("", 0, 10_000_000)}
    assert said.items() <= there.items(), "a sale that was said is lost"
    assert len(there) - len(said) <= killed, "at most the one that it was killed in is there unsaid, each time"
    till.engine.hurry()
    till.settle()
    told = central.process.summary(shop)
    assert (told["sales"], told["turnover"]) == (len(there), sum(there.values()))
    assert (told["duplicates"], told["quarantined"]) == (0, 0)
    assert told["stock"] == stock_of(till.till, [product(number) for number in range(GOODS)])
    assert till.till.store.read.check() == []
    till.close()


def work_and_be_killed(
    tills: subprocess.Popen[str], folder: Path, central: Central, dice: random.Random, said: dict[str, int], left: int
) -> int:
    """One life of a till: it sells and talks; the central may be killed meanwhile; then the till is. How many were killed."""
    assert tills.stdin is not None
    assert tills.stdout is not None
    tills.stdin.write(f"{folder} {dice.randrange(10**6)}\n")
    words, killed, pid = iter(tills.stdout), 0, 0
    pid = int(next(line for line in words if line.startswith("pid")).split()[1])
    hear(words, said, dice.randrange(2, 40))
    if left > 1 and dice.randrange(CENTRAL_EVERY) == 0:
        central.kill()
        killed += 1
        hear(words, said, dice.randrange(2, 40))
    os.kill(pid, signal.SIGKILL)
    hear(words, said, 10**9)
    return killed + 1


def hear(words: Iterator[str], said: dict[str, int], most: int) -> None:
    """The till's words, until it has said so many or is gone."""
    for _, line in zip(range(most), words, strict=False):
        what, *rest = line.split()
        if what == "sale":
            said[rest[0]] = int(rest[1])
        if what == "gone":
            return


class HastyTill(PairedTill):
    """Does not wait long for what is stalled."""

    def connect(self) -> Client:
        return CentralClient(
            self.till.store.read.shop().central_url, self.secrets, self.clock, self.till.ids, PROGRAM, Timeouts(0.5, 0.5, 1.5)
        )


def test_a_line_that_does_what_bad_lines_do_loses_and_doubles_nothing(tmp_path: Path, central: Central) -> None:
    chaos = ChaosLine(central.process.url, seed=3)
    shop = central.process.command("shop", "Toko Sinar Jaya")
    till = HastyTill(tmp_path / "till")
    # pairing meets the same line: a lost answer is asked for again with the same code
    till.pair(central.line.url, central.process.command("code", shop))
    with till.till.store.begin() as work:
        work.set_shop(central_url=chaos.url)
        work.commit()
    goods = stock_up(till.till, GOODS)
    sales = 0
    while min(chaos.met[fate] for fate in FATES) < 1 or sales < 40:
        sell(till.till, goods[sales % GOODS])
        sales += 1
        till.once()
    chaos.calm()
    till.settle()
    told = central.process.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (sales, 0, 0)
    assert told["stock"] == stock_of(till.till, goods)
    till.close()
    chaos.close()


def test_a_copied_folder_used_by_two_processes_at_once_loses_nothing_of_either(tmp_path: Path, central: Central) -> None:
    shop = central.process.command("shop", "Toko Sinar Jaya")
    till = PairedTill(tmp_path / "till")
    till.pair(central.line.url, central.process.command("code", shop))
    stock_up(till.till, GOODS, 1_000)
    till.settle()
    till.copy_to(tmp_path / "copy")
    till.close()
    both = [start_selling(tmp_path / name, "--sales", "15") for name in ("till", "copy")]
    said = [sales_said(process) for process in both]
    assert [len(each) for each in said] == [15, 15]
    told = central.process.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (30, 0, 0)
    assert told["turnover"] == sum(total for each in said for total in each.values())
