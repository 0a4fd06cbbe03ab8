"""The till is killed in the middle of whatever it does: nothing that it said is lost, nothing is there twice, and all sums hold."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos.domain.basket import Basket
from pos.services import selling
from pos.services.ports import Till
from tests.helpers.seller import basket_words
from tests.helpers.shops import SHELF, open_market, open_till

ROOT = Path(__file__).parents[2]
KILLS = 25


@dataclass
class Said:
    """What a seller said before it died."""

    sales: dict[str, int] = field(default_factory=dict)
    goods: list[str] = field(default_factory=list)
    basket: list[str] | None = None
    """Lines and quantities as last told; None when nothing was told of the basket."""

    def hear(self, words: list[str]) -> None:
        if words[0] == "sale":
            self.sales[words[1]] = int(words[2])
            self.basket = ["for:"]
        elif words[0] == "goods":
            self.goods.append(words[1])
        else:
            self.basket = words[1:]


@pytest.fixture
def sellers() -> Iterator[subprocess.Popen[str]]:
    """The process that forks sellers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.seller"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def sell_and_kill(sellers: subprocess.Popen[str], folder: Path, seed: int, words_to_hear: int) -> Said:
    """Let a seller work until it has said so many things, kill it wherever it is then, and hear its last words."""
    assert sellers.stdin is not None
    assert sellers.stdout is not None
    sellers.stdin.write(f"{folder} {seed}\n")
    said, pid, heard = Said(), 0, 0
    for line in sellers.stdout:
        words = line.split()
        if words[0] == "gone":
            break
        if words[0] == "pid":
            pid = int(words[1])
        else:
            said.hear(words)
            heard += 1
        if pid and heard >= words_to_hear:
            os.kill(pid, signal.SIGKILL)
            pid = 0
    return said


def test_nothing_that_was_said_is_lost_by_twenty_five_kills(tmp_path: Path, sellers: subprocess.Popen[str]) -> None:
    with open_market(tmp_path, [(product, 1_000_000) for product, _ in SHELF]):
        pass
    dice = random.Random(2026)
    sales: dict[str, int] = {}
    goods: set[str] = set()
    for kill in range(KILLS):
        said = sell_and_kill(sellers, tmp_path, kill, dice.randrange(0, 40))
        sales |= said.sales
        goods |= set(said.goods)
        with open_till(tmp_path) as till:
            stored = {row.uid: row.total for row in till.store.read.sales("", 0, 1_000_000)}
            assert sales.items() <= stored.items(), "a sale that was said is lost"
            unsaid = stored.keys() - sales.keys()
            assert len(unsaid) <= 1, "at most the one that it was killed in may be there unsaid"
            assert_basket_holds(till, said, bool(unsaid))
            sales = stored
            assert all(till.store.read.product(uid) for uid in goods), "goods that were said are lost"
            assert till.store.read.check() == []
            assert_everything_once(till, stored)
    assert len(sales) > KILLS


def assert_basket_holds(till: Till, said: Said, sold_unsaid: bool) -> None:
    """The basket is as it was last said, or the one step further in which the seller died."""
    if said.basket is None or sold_unsaid:
        return
    present = till.store.read.basket()
    if lines(present) == said.basket:
        return
    if present.can_undo:
        if lines(selling.undo(till)) == said.basket:
            return
        selling.redo(till)
    # the step further was one back
    assert lines(selling.redo(till)) == said.basket


def lines(basket: Basket) -> list[str]:
    return basket_words(basket)


def assert_everything_once(till: Till, stored: dict[str, int]) -> None:
    """Each sale has its number, its operation, its struk and its movements, once."""
    read = till.store.read
    rows = read.sales("", 0, 1_000_000)
    seqs = sorted(int(row.number.split("-")[1]) for row in rows)
    assert seqs == list(range(1, len(rows) + 1))
    told = Counter(item.id for item in read.waiting_operations(1_000_000))
    assert all(told[uid] == 1 for uid in stored)
    printed = Counter(job.document for job in read.print_jobs(1_000_000))
    assert all(printed[uid] == 2 for uid in stored)  # the struk and the drawer
    session = read.session()
    assert session is not None
    assert (session.sales, session.turnover, session.expected) == (len(rows), sum(stored.values()), 200_000 + sum(stored.values()))
    sold: Counter[str] = Counter()
    for uid in stored:
        sale = read.sale(uid)
        assert sale is not None
        for line in sale.lines:
            sold[line.product_uid] += line.quantity
    assert all(read.on_hand(product.uid) == 1_000_000 - sold[product.uid] for product, _ in SHELF)


def test_a_till_that_is_killed_while_its_store_is_made_makes_it_at_the_next_start(tmp_path: Path, sellers: subprocess.Popen[str]) -> None:
    for kill in range(3):
        folder = tmp_path / str(kill)
        folder.mkdir()
        sell_and_kill(sellers, folder, kill, 0)
        with open_till(folder) as till:
            assert till.store.read.check() == []
