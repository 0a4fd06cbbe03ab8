"""What was told before comes back: to a restored copy what it is missing of itself, to a new disk the shop's last weeks. Once each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.services import drawer
from pos.sync import protocol as wire
from pos.sync import recovery
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import product, sell, stock_of, stock_up


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path / "till", central)
    yield made
    made.close()


def sales(line: TillOnLine) -> dict[str, int]:
    return {row.uid: row.total for row in line.till.store.read.sales("", 0, 999)}


def new_disk(folder: Path, central: FakeCentral, device: str = "2" * 32) -> TillOnLine:
    """Another computer of the shop, whose officer has said that it stands in for one that is gone."""
    made = TillOnLine(folder, central, device, "B")
    recovery.want_shop(made.till.store, made.clock.now())
    return made


def test_a_restored_copy_gets_its_own_missing_sales_back_and_tells_none_of_them_again(
    tmp_path: Path, line: TillOnLine, central: FakeCentral
) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.settle()
    older = line.clone(tmp_path / "older")
    for number in range(25):
        sell(line.till, goods[number % 3])
    line.settle()
    own = sell(older.till, goods[1])
    central.page = 10
    older.settle()
    older.settle()
    assert sales(older) == sales(line) | {own.uid: own.total}
    assert len(older.end.recoveries) >= 3
    assert {(item.scope, item.epoch) for item in older.end.recoveries} == {("own", 1)}
    assert recovery.tasks(older.till.store.read) == []
    assert central.sales == set(sales(older))
    assert stock_of(older.till, goods) == central.stock
    assert older.till.store.read.check() == []
    # the drawer that both had open counts the sales of both
    session = older.till.store.read.session()
    assert session is not None
    assert session.expected == 100_000 + sum(sales(older).values())
    older.close()


def test_a_dead_disk_is_selling_again_with_goods_stock_open_drawer_and_history(
    tmp_path: Path, line: TillOnLine, central: FakeCentral
) -> None:
    goods = stock_up(line.till, 5)
    for item in goods:
        sell(line.till, item, 2)
    session = line.till.store.read.session()
    drawer.close_session(line.till, session.expected - 500 if session else 0)
    sold = sell(line.till, goods[0])
    line.settle()
    before = sales(line)
    fresh = new_disk(tmp_path / "new", central)
    fresh.settle()
    fresh.settle()
    read = fresh.till.store.read
    assert sales(fresh) == before
    assert stock_of(fresh.till, goods) == central.stock
    open_now = read.session()
    assert open_now is not None
    assert open_now.expected == 100_000 + sold.total
    kept = read.sale(sold.uid)
    assert kept is not None
    assert (kept.number, kept.cashier, kept.lines[0].name, kept.lines[0].unit_name) == (sold.number, sold.cashier, "Kopi 0", "pcs")
    assert read.line().waiting == 0
    assert read.check() == []
    again = sell(fresh.till, goods[1])
    fresh.settle()
    assert again.uid in central.sales
    assert again.number not in {row.number for row in read.sales("", 0, 99) if row.uid != again.uid}
    fresh.close()


def test_a_drawer_that_a_living_till_has_open_is_not_the_new_computers(tmp_path: Path, line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.settle()
    other = TillOnLine(tmp_path / "other", central, "3" * 32, "C")
    other.settle()
    sell(other.till, goods[1])
    other.settle()
    fresh = new_disk(tmp_path / "new", central)
    fresh.settle()
    fresh.settle()
    assert fresh.till.store.read.session() is None
    assert set(sales(fresh)) == central.sales
    assert fresh.till.store.read.check() == []
    fresh.close()
    other.close()


def test_a_drawer_that_a_person_has_opened_here_stays_the_open_one(tmp_path: Path, line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.settle()
    fresh = new_disk(tmp_path / "new", central)
    drawer.open_session(fresh.till, 50_000)
    fresh.settle()
    fresh.settle()
    session = fresh.till.store.read.session()
    assert session is not None
    assert session.expected == 50_000
    assert set(sales(fresh)) == central.sales
    assert fresh.till.store.read.check() == []
    fresh.close()


def test_a_kill_in_the_middle_of_a_recovery_only_asks_for_the_same_page_again(
    tmp_path: Path, line: TillOnLine, central: FakeCentral
) -> None:
    goods = stock_up(line.till)
    for number in range(30):
        sell(line.till, goods[number % 3])
    line.settle()
    fresh = new_disk(tmp_path / "new", central)
    central.page = 7
    while not fresh.end.recoveries:
        fresh.once()
    fresh.restart()
    fresh.settle()
    fresh.settle()
    assert set(sales(fresh)) == central.sales
    assert fresh.till.store.read.check() == []
    fresh.close()


def test_a_server_that_gives_nothing_back_is_asked_once(line: TillOnLine) -> None:
    class OlderServer(FakeEnd):
        def recover(self, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
            self.recoveries.append(request)
            raise ShopError(ErrorCode.CENTRAL_REFUSED, status=404, reason="no_such_place")

    stock_up(line.till)
    line.settle()
    line.end = OlderServer(line.central, line.end.device)
    line.engine = line._engine()
    recovery.want_shop(line.till.store, line.clock.now())
    line.settle()
    line.settle()
    assert len(line.end.recoveries) == 1
    assert recovery.tasks(line.till.store.read) == []


def test_what_cannot_be_read_is_passed_over_and_the_rest_comes_back(tmp_path: Path, line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    good, odd = sell(line.till, goods[0]), sell(line.till, goods[1])
    line.settle()
    central.books.told = [
        (device, epoch, wire.Operation(id=item.id, seq=item.seq, kind=item.kind, at=item.at, payload=msgspec.Raw(b'{"tender":"shells"}')))
        if item.id == odd.uid
        else (device, epoch, item)
        for device, epoch, item in central.books.told
    ]
    fresh = new_disk(tmp_path / "new", central)
    fresh.settle()
    fresh.settle()
    assert set(sales(fresh)) == {good.uid}
    fresh.close()


def test_a_sale_that_was_put_aside_by_the_server_does_not_come_back_as_a_fact(
    tmp_path: Path, line: TillOnLine, central: FakeCentral
) -> None:
    goods = stock_up(line.till)
    bad = sell(line.till, goods[0])
    central.quarantine_ids.add(bad.uid)
    for _ in range(3):
        line.once()
    fresh = new_disk(tmp_path / "new", central)
    fresh.settle()
    fresh.settle()
    assert sales(fresh) == {}
    assert fresh.till.store.read.on_hand(product(0).uid) == 100
    fresh.close()
