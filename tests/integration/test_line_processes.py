"""A till and a central that is a process of its own, with a line between them that breaks, and with kills: nothing lost, nothing twice."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode
from tests.helpers.bad_line import BadLine, Weather
from tests.helpers.central import ROOT, CentralProcess, run_command
from tests.helpers.paired_tills import PairedTill
from tests.helpers.tills import sell, stock_of, stock_up


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path_factory.mktemp('central') / 'central.db'}", "--from-address", "0")
    yield process
    process.close()


@pytest.fixture
def line(central: CentralProcess) -> Iterator[BadLine]:
    made = BadLine(central.url)
    yield made
    made.close()


@pytest.fixture
def shop(central: CentralProcess) -> str:
    return central.command("shop", "Toko Sinar Jaya")


@pytest.fixture
def new_till(tmp_path: Path) -> Iterator[Callable[[str], PairedTill]]:
    made: list[PairedTill] = []

    def till(name: str) -> PairedTill:
        made.append(PairedTill(tmp_path / name))
        return made[-1]

    yield till
    for each in made:
        each.close()


@pytest.fixture
def till(central: CentralProcess, line: BadLine, shop: str, new_till: Callable[[str], PairedTill]) -> PairedTill:
    made = new_till("till")
    made.pair(line.url, central.command("code", shop))
    return made


def test_twenty_sales_without_a_line_are_each_there_once_when_it_is_back(
    central: CentralProcess, line: BadLine, shop: str, till: PairedTill
) -> None:
    goods = stock_up(till.till, 5)
    sell(till.till, goods[0])
    till.settle()
    line.set(Weather.NO_LINE)
    sales = [sell(till.till, goods[number % 5], 1 + number % 3) for number in range(20)]
    cut = till.once()
    assert cut.error is not None
    assert cut.error.code is ErrorCode.NO_LINE
    assert till.waiting == 20
    line.set(Weather.FAIR)
    till.settle()
    told = central.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (21, 0, 0)
    assert told["turnover"] == sum(sale.total for sale in sales) + 3_500
    assert told["stock"] == stock_of(till.till, goods)


def test_answers_lost_after_the_servers_commit_double_nothing(central: CentralProcess, line: BadLine, shop: str, till: PairedTill) -> None:
    goods = stock_up(till.till)
    for _ in range(4):
        sell(till.till, goods[0])
    line.set(Weather.ANSWERS_LOST)
    for _ in range(3):
        lost = till.once()
        assert lost.error is not None
        assert lost.error.code is ErrorCode.NO_LINE
    assert line.lost == 3
    assert central.summary(shop)["sales"] == 4
    line.set(Weather.FAIR)
    till.settle()
    told = central.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (4, 0, 0)
    assert told["stock"] == stock_of(till.till, goods)


def test_a_till_killed_between_the_answer_and_its_writing_doubles_nothing(
    central: CentralProcess, shop: str, till: PairedTill, new_till: Callable[[str], PairedTill]
) -> None:
    goods = stock_up(till.till)
    for item in goods:
        sell(till.till, item)
    till.close()
    died = subprocess.run([sys.executable, "-m", "tests.helpers.killed_till", str(till.folder)], cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert central.summary(shop)["sales"] == 3
    till.start()
    assert till.waiting > 0
    till.settle()
    told = central.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (3, 0, 0)
    assert told["stock"] == stock_of(till.till, goods)


def test_a_login_page_in_the_way_stops_no_sale(central: CentralProcess, line: BadLine, shop: str, till: PairedTill) -> None:
    goods = stock_up(till.till)
    till.settle()
    line.set(Weather.LOGIN_PAGE)
    sell(till.till, goods[0])
    barred = till.once()
    assert barred.error is not None
    assert barred.error.code is ErrorCode.CENTRAL_UNREADABLE
    sell(till.till, goods[1])
    line.set(Weather.FAIR)
    till.settle()
    assert central.summary(shop)["sales"] == 2


def test_a_copied_data_folder_is_found_out_and_no_sale_of_either_is_lost(
    central: CentralProcess, shop: str, till: PairedTill, new_till: Callable[[str], PairedTill]
) -> None:
    goods = stock_up(till.till)
    till.settle()
    copy = till.folder.parent / "copy"
    till.copy_to(copy)
    other = new_till("copy")
    numbers = [sell(till.till, goods[0]).number, sell(other.till, goods[1]).number]
    for _ in range(3):
        till.settle()
        other.settle()
    numbers += [sell(till.till, goods[2]).number, sell(other.till, goods[2]).number]
    for _ in range(3):
        till.settle()
        other.settle()
    told = central.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (4, 0, 0)
    assert len(set(numbers)) == 4
    assert told["stock"] == stock_of(till.till, goods) == stock_of(other.till, goods)
    assert till.till.store.read.shop().epoch != other.till.store.read.shop().epoch
    assert till.till.store.read.check() == other.till.store.read.check() == []


def test_a_server_put_back_from_a_backup_gets_again_what_it_lost(tmp_path: Path, new_till: Callable[[str], PairedTill]) -> None:
    file = tmp_path / "central.db"
    process = CentralProcess(f"sqlite:///{file}")
    line = BadLine(process.url)
    shop = process.command("shop", "Toko Sinar Jaya")
    till, other = new_till("till"), new_till("other")
    till.pair(line.url, process.command("code", shop))
    other.pair(line.url, process.command("code", shop))
    goods = stock_up(till.till)
    till.settle()
    process.close()
    shutil.copy(file, tmp_path / "backup.db")
    process = CentralProcess(f"sqlite:///{file}")
    line.carry_to(process.url)
    for item in goods:
        sell(till.till, item)
    till.settle()
    other.settle()
    process.close()
    shutil.copy(tmp_path / "backup.db", file)
    process = CentralProcess(f"sqlite:///{file}")
    line.carry_to(process.url)
    sell(other.till, goods[0])
    for _ in range(3):
        till.settle()
        other.settle()
    told = process.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (4, 0, 0)
    assert told["stock"] == stock_of(till.till, goods) == stock_of(other.till, goods)
    line.close()
    process.close()


def test_a_server_that_was_put_back_and_has_gone_on_since_is_noticed_all_the_same(
    tmp_path: Path, new_till: Callable[[str], PairedTill]
) -> None:
    """Its feed is as long again as it was when the till last read it: only what stands in it is another."""
    file = tmp_path / "central.db"
    process = CentralProcess(f"sqlite:///{file}")
    line = BadLine(process.url)
    shop = process.command("shop", "Toko Sinar Jaya")
    till = new_till("till")
    till.pair(line.url, process.command("code", shop))
    till.settle()
    process.close()
    shutil.copy(file, tmp_path / "backup.db")
    for cap in (10_000_000, 20_000_000):
        # the second time it has lost the first
        shutil.copy(tmp_path / "backup.db", file)
        process = CentralProcess(f"sqlite:///{file}")
        line.carry_to(process.url)
        assert run_command(f"sqlite:///{file}", "cap", shop, "--amount", str(cap)).returncode == 0
        till.settle()
        assert till.till.store.read.line().cap_amount == cap
        process.close()
    line.close()
