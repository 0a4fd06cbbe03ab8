"""The city's database is killed under load, a standby that lags is promoted, an old backup is brought back: the tills put it right.

PostgreSQL as Debian has it, the central as a process, tills as processes or with real stores and clients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.bad_line import BadLine
from tests.helpers.central import CentralProcess
from tests.helpers.paired_tills import PairedTill
from tests.helpers.postgres import PostgresServer
from tests.helpers.postgres_copies import CopyOfServer
from tests.helpers.selling_processes import hear_until, sales_said, start_selling
from tests.helpers.tills import sell, stock_of, stock_up


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    made = PostgresServer()
    yield made
    made.close()


class Chain:
    """The central as its tills reach it, on whichever database it is just now."""

    def __init__(self, server: PostgresServer) -> None:
        self.name = server.new_database()
        self.process = CentralProcess(server.url(self.name))
        self.line = BadLine(self.process.url)

    def move_to(self, server: PostgresServer) -> None:
        """The same central on another server's copy of the database."""
        self.process.close()
        self.process = CentralProcess(server.url(self.name))
        self.line.carry_to(self.process.url)

    def close(self) -> None:
        self.line.close()
        self.process.close()


@pytest.fixture
def central(server: PostgresServer) -> Iterator[Chain]:
    made = Chain(server)
    yield made
    made.close()


def test_a_database_that_is_killed_under_load_loses_and_doubles_nothing(tmp_path: Path, server: PostgresServer, central: Chain) -> None:
    shop = central.process.command("shop", "Toko Sinar Jaya")
    tills = []
    for name in ("kasir-1", "kasir-2"):
        (tmp_path / name).mkdir()
        pair = ("--pair", central.line.url, central.process.command("code", shop))
        tills.append(start_selling(tmp_path / name, "--sales", "80", "--a-round", "5", *pair))
    heard: list[list[list[str]]] = [[], []]
    for _ in range(2):
        for till, words in zip(tills, heard, strict=True):
            for _ in range(5):
                hear_until(till, "line", words)
        server.stop("immediate")
        for till, words in zip(tills, heard, strict=True):
            hear_until(till, "line", words)
        server.start()
    said = [sales_said(till, words) for till, words in zip(tills, heard, strict=True)]
    assert any(word[0] == "line" and word[1] != "well" for words in heard for word in words), "nobody has noticed"
    told = central.process.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (160, 0, 0)
    assert told["turnover"] == sum(total for each in said for total in each.values())


def test_a_promoted_standby_that_lagged_is_told_again_what_it_never_saw(tmp_path: Path, server: PostgresServer, central: Chain) -> None:
    standby = CopyOfServer(server, follows=True)
    assert_told_again(
        tmp_path, central, lambda: standby.catch_up(server), standby.stop_following, lambda: take_over(server, standby), standby
    )
    standby.close()


def take_over(server: PostgresServer, standby: CopyOfServer) -> None:
    server.stop("immediate")
    standby.promote()


def test_an_old_base_backup_that_is_brought_back_is_told_again_what_came_after_it(
    tmp_path: Path, server: PostgresServer, central: Chain
) -> None:
    backups: list[CopyOfServer] = []

    def back_up() -> None:
        backups.append(CopyOfServer(server, follows=False))

    def bring_back() -> CopyOfServer:
        server.stop("immediate")
        backups[0].start()
        return backups[0]

    assert_told_again(tmp_path, central, lambda: None, back_up, bring_back, None)
    backups[0].close()


def assert_told_again(
    folder: Path,
    central: Chain,
    before: Callable[[], object],
    from_here_on_it_is_lost: Callable[[], object],
    change_over: Callable[[], CopyOfServer | None],
    standby: CopyOfServer | None,
) -> None:
    """Two tills of a shop; what they tell after the given moment, the database that takes over has never seen."""
    shop = central.process.command("shop", "Toko Sinar Jaya")
    tills = [PairedTill(folder / name) for name in ("kasir-1", "kasir-2")]
    for till in tills:
        till.pair(central.line.url, central.process.command("code", shop))
    goods = stock_up(tills[0].till)
    settle(tills)
    sales = [sell(till.till, goods[0]) for till in tills]
    settle(tills)
    before()
    from_here_on_it_is_lost()
    timelines = [till.till.store.read.shop().timeline for till in tills]
    sales += [sell(till.till, item) for till in tills for item in goods]
    settle(tills)
    assert central.process.summary(shop)["sales"] == 8
    taken = change_over() or standby
    assert taken is not None
    central.move_to(taken)
    assert central.process.summary(shop)["sales"] == 2, "what came after was lost with the first database"
    sales.append(sell(tills[1].till, goods[2]))
    settle(tills)
    told = central.process.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (9, 0, 0)
    assert told["turnover"] == sum(sale.total for sale in sales)
    assert told["stock"] == stock_of(tills[0].till, goods) == stock_of(tills[1].till, goods)
    for till, old in zip(tills, timelines, strict=True):
        assert till.till.store.read.shop().timeline != old, "the tills have seen that time was turned back"
        assert till.till.store.read.check() == []
        till.close()


def settle(tills: list[PairedTill]) -> None:
    """What one tells, the other hears a round later."""
    for _ in range(3):
        for till in tills:
            till.settle()
