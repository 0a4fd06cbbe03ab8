"""A long row of customers at a till that is killed again and again: each basket is sold once, as it lay on the counter, and all agrees.

`RUNG_UP=9835 KILLS=100 EPEKEN_BASKETS=file.csv` rings up that many, of that file.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import IO

from pos.services.ports import Till
from tests.helpers.baskets import baskets
from tests.helpers.ringer import FLOAT, ON_SHELF, open_ringing, shelf

ROOT = Path(__file__).parents[2]
BASKETS = int(os.environ.get("RUNG_UP", "400"))
KILLS = int(os.environ.get("KILLS", "12"))


def ring(orders: IO[str], told: IO[str], folder: Path, kill_after: int | None) -> list[str]:
    """Let a ringer work, killed once it has said so many sales (None: to its end). Returns the numbers that it said."""
    orders.write(f"{folder} {BASKETS}\n")
    orders.flush()
    pid, said = 0, []
    for line in told:
        word, _, rest = line.strip().partition(" ")
        if word == "gone":
            break
        if word == "pid":
            pid = int(rest)
        else:
            said.append(rest)
        if kill_after is not None and pid and len(said) >= kill_after:
            os.kill(pid, signal.SIGKILL)
            kill_after = None
    return said


def test_every_basket_is_sold_once_and_as_it_lay_there_through_all_the_kills(tmp_path: Path) -> None:
    dice, said = random.Random(2026), []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.ringer"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS):
            said += ring(process.stdin, process.stdout, tmp_path, dice.randrange(2 * BASKETS // KILLS))
        said += ring(process.stdin, process.stdout, tmp_path, None)
        process.stdin.close()
    till = open_ringing(tmp_path)
    try:
        rows = till.store.read.sales("", 0, BASKETS + 1)
        assert len(rows) == BASKETS
        assert set(said) <= {row.number for row in rows}, "a sale that was said is lost"
        assert len(set(said)) == len(said), "a sale was said twice"
        assert_sold_as_wanted(till, [row.uid for row in reversed(rows)])
        assert till.store.read.check() == []
    finally:
        till.store.close()  # type: ignore[attr-defined] -- the port has no end, the store has


def assert_sold_as_wanted(till: Till, uids: list[str]) -> None:
    """Lines, money, shelf, drawer, outbox and paper tell of the same sales."""
    read, goods = till.store.read, shelf()
    sold: Counter[str] = Counter()
    turnover = 0
    for uid, items in zip(uids, baskets(BASKETS, len(goods)), strict=True):
        sale = read.sale(uid)
        assert sale is not None
        wanted = Counter(goods[item].uid for item in items)
        assert Counter({line.product_uid: line.quantity // line.factor for line in sale.lines}) == wanted
        assert sum(line.amount for line in sale.lines) + sale.rounding == sale.total == sum(paid.amount for paid in sale.payments)
        assert sale.received - sale.change == sale.total
        sold.update({line.product_uid: line.quantity for line in sale.lines})
        turnover += sale.total
    assert all(read.on_hand(product.uid) == ON_SHELF - sold[product.uid] for product in goods)
    session = read.session()
    assert session is not None
    assert (session.sales, session.turnover, session.expected) == (len(uids), turnover, FLOAT + turnover)
    told = Counter(item.id for item in read.waiting_operations(10 * BASKETS))
    assert all(told[uid] == 1 for uid in uids)
    printed = Counter(job.document for job in read.print_jobs(10 * BASKETS))
    assert all(printed[uid] == 2 for uid in uids), "the struk and the drawer, once each"
