"""Tills and servers that are not what they were: clones, older files, a server put back, a new pairing. Nothing is lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode
from pos.sync import protocol as wire
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import sell, stock_of, stock_up


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


def test_a_clone_is_fenced_and_both_tills_sales_are_there_once(tmp_path: Path, central: FakeCentral) -> None:
    first = TillOnLine(tmp_path / "first", central)
    goods = stock_up(first.till)
    first.settle()
    second = first.clone(tmp_path / "second")
    sales = [sell(first.till, goods[0]), sell(second.till, goods[0]), sell(second.till, goods[1])]
    first.settle()
    fenced = second.settle()
    assert any(done.changed.shop for done in fenced)
    first.settle()
    second.settle()
    assert second.till.store.read.shop().epoch != first.till.store.read.shop().epoch
    more = [sell(first.till, goods[2]), sell(second.till, goods[2])]
    for _ in range(2):
        first.settle()
        second.settle()
    assert set(central.books.sales) == {sale.uid for sale in sales + more}
    assert len({sale.number for sale in sales + more}) == len(sales + more)
    assert central.stock == stock_of(first.till, goods) == stock_of(second.till, goods)
    assert first.till.store.read.check() == second.till.store.read.check() == []
    first.close()
    second.close()


def test_a_clone_that_only_listens_is_found_out_too(tmp_path: Path, central: FakeCentral) -> None:
    first = TillOnLine(tmp_path / "first", central)
    goods = stock_up(first.till)
    first.settle()
    second = first.clone(tmp_path / "second")
    second.settle()
    sell(first.till, goods[0], 5)
    first.settle()
    for _ in range(3):
        second.settle()
    assert second.till.store.read.shop().epoch == 2
    assert stock_of(second.till, goods) == central.stock
    first.close()
    second.close()


def test_an_older_file_put_back_gets_its_own_movements_again(tmp_path: Path, central: FakeCentral) -> None:
    till = TillOnLine(tmp_path / "till", central)
    goods = stock_up(till.till)
    till.settle()
    older = till.clone(tmp_path / "older")
    sell(till.till, goods[0], 3)
    till.settle()
    till.close()
    older.settle()
    assert older.till.store.read.shop().epoch == 2
    assert stock_of(older.till, goods) == central.stock
    sold = sell(older.till, goods[0])
    older.settle()
    assert sold.uid in central.books.sales
    assert stock_of(older.till, goods) == central.stock
    older.close()


def test_a_server_that_was_put_back_is_told_again_what_it_lost(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    first = sell(line.till, goods[0])
    line.settle()
    backup = central.backup()
    second, third = sell(line.till, goods[1]), sell(line.till, goods[2])
    line.settle()
    central.put_back(backup)
    fourth = sell(line.till, goods[0])
    line.settle()
    assert set(central.books.sales) == {first.uid, second.uid, third.uid, fourth.uid}
    assert central.stock == stock_of(line.till, goods)
    assert line.till.store.read.check() == []


def test_a_server_put_back_behind_a_fence_gets_the_earlier_epochs_too(tmp_path: Path, central: FakeCentral) -> None:
    till = TillOnLine(tmp_path / "till", central)
    goods = stock_up(till.till)
    till.settle()
    backup = central.backup()
    sales = [sell(till.till, goods[0])]
    till.settle()
    clone = till.clone(tmp_path / "clone")
    sales.append(sell(till.till, goods[1]))
    till.settle()
    sales.append(sell(clone.till, goods[2]))
    clone.settle()
    assert clone.till.store.read.shop().epoch == 2
    till.close()
    central.put_back(backup)
    clone.settle()
    # what the first till alone had told, the clone was told back when it was found out: it, too, is there again
    assert set(central.books.sales) == {sale.uid for sale in sales}
    clone.close()


def test_a_server_that_lost_a_sale_and_does_not_know_it_is_told_again(line: TillOnLine, central: FakeCentral) -> None:
    """As when it was put back and a clone went on for this till: the chains agree, the sums do not."""
    goods = stock_up(line.till)
    sale = sell(line.till, goods[0])
    line.settle()
    del central.books.sales[sale.uid]
    del central.books.results[sale.uid]
    del central.books.movements[sale.uid, 0]
    for _ in range(12):
        line.once()
    assert set(central.books.sales) == {sale.uid}
    assert central.stock == stock_of(line.till, goods)
    assert line.till.store.read.line().digest_ok
    assert line.waiting == 0


def test_a_server_put_back_by_months_is_told_what_is_left_and_stops_nothing(line: TillOnLine, central: FakeCentral) -> None:
    """Payloads are dropped 35 days after the server had them. What cannot be told again is seen, and what comes after goes through."""
    goods = stock_up(line.till)
    line.settle()
    backup = central.backup()
    old = sell(line.till, goods[0])
    line.settle()
    line.clock.pass_by(40 * 86_400)
    line.till.store.tidy()  # type: ignore[attr-defined]
    recent = sell(line.till, goods[1])
    line.settle()
    central.put_back(backup)
    late = sell(line.till, goods[2])
    for _ in range(30):
        line.once()
    assert set(central.books.sales) == {recent.uid, late.uid}
    assert line.waiting == 0
    assert {item.state for item in line.till.store.read.outbox_problems()} == {"quarantined"}
    assert old.uid in {item.id for item in line.till.store.read.outbox_problems()}
    assert line.till.store.read.check() == []


def test_a_clone_found_out_after_months_tells_nothing_that_it_no_longer_has(tmp_path: Path, central: FakeCentral) -> None:
    first = TillOnLine(tmp_path / "first", central)
    goods = stock_up(first.till)
    sell(first.till, goods[0])
    first.settle()
    first.clock.pass_by(40 * 86_400)
    first.till.store.tidy()  # type: ignore[attr-defined]
    second = first.clone(tmp_path / "second")
    for till in (first, second):
        sell(till.till, goods[1])
    for till in (first, second, first, second):
        till.settle()
    assert len(central.books.sales) == 3
    assert central.stock == stock_of(first.till, goods) == stock_of(second.till, goods)
    assert first.till.store.read.check() == second.till.store.read.check() == []
    first.close()
    second.close()


def test_a_server_that_always_says_it_is_behind_is_not_hammered(line: TillOnLine, central: FakeCentral) -> None:
    sell(line.till, stock_up(line.till)[0])
    line.settle()

    class Forgetful(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            return wire.SyncAnswer(**{name: getattr(answer, name) for name in answer.__struct_fields__} | {"acked_seq": 0})

    line.end = Forgetful(central, line.end.device)
    line.engine = line._engine()
    waits = [line.once().next_in for _ in range(6)]
    assert min(waits) >= 2
    assert waits[-1] > waits[0]


def test_an_epoch_that_is_no_step_forward_is_not_believed(line: TillOnLine, central: FakeCentral) -> None:
    class Confused(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            return wire.SyncAnswer(**{name: getattr(answer, name) for name in answer.__struct_fields__} | {"fenced_epoch": 1})

    line.end = Confused(central, line.end.device)
    line.engine = line._engine()
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.CENTRAL_UNREADABLE


def test_a_new_pairing_gets_a_new_connection_and_a_handshake(line: TillOnLine, central: FakeCentral) -> None:
    line.settle()
    old = line.end
    central.enrol("2" * 32)
    line.end = FakeEnd(central, "2" * 32)
    with line.till.store.begin() as work:
        work.set_shop(device="2" * 32, prefix="B")
        work.start_epoch(1)
        work.commit()
    line.settle()
    assert old.closed == 1
    assert line.end.requests[0].handshake is not None


def test_a_till_paired_anew_keeps_its_past_and_tells_what_waited(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[0])]
    line.settle()
    sales.append(sell(line.till, goods[1]))
    central.enrol("2" * 32)
    line.end = FakeEnd(central, "2" * 32)
    with line.till.store.begin() as work:
        work.set_shop(device="2" * 32, prefix="B")
        work.start_epoch(1)
        work.commit()
    sales.append(sell(line.till, goods[2]))
    line.settle()
    assert set(central.books.sales) == {sale.uid for sale in sales}
    assert len({sale.number for sale in sales}) == 3
    assert line.till.store.read.check() == []
    assert central.stock == stock_of(line.till, goods)


def test_an_answer_to_a_pairing_that_is_over_is_dropped(line: TillOnLine, central: FakeCentral) -> None:
    sell(line.till, stock_up(line.till)[0])

    class PairedMeanwhile(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            with line.till.store.begin() as work:
                work.set_shop(device="2" * 32)
                work.start_epoch(1)
                work.commit()
            return answer

    line.end = PairedMeanwhile(central, line.end.device)
    line.engine = line._engine()
    before = line.waiting
    assert line.engine.run_once().next_in == 0
    assert line.waiting == before
