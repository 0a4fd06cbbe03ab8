"""The line's engine against a fake central: results, faults, fences, and when it tries again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.services.ports import Store, UnitOfWork
from pos.services.views import OutboxRow
from pos.sync import protocol as wire
from pos.sync.engine import TOO_OLD_S, UNPAIRED_S, SyncEngine
from pos.sync.pace import IDLE_S
from pos.sync.taking import TURNED_AWAY
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd, Fault
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import HandClock, close_till, open_till, product, sell, stock_of, stock_up


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


class FullDisk:
    """`ports.Store` on a disk that is full until it is not."""

    def __init__(self, store: Store) -> None:
        self.read = store.read
        self.full = True
        self._store = store

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        if self.full:
            raise ShopError(ErrorCode.DISK_FULL)
        return self._store.begin()


class LyingEnd:
    """`sync.central.Central` whose answers say something else in some fields."""

    def __init__(self, end: FakeEnd, lies: dict[str, int]) -> None:
        self._end = end
        self._lies = lies

    def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
        return msgspec.structs.replace(self._end.sync(request), **self._lies)

    def recover(self, request: wire.RecoveryRequest) -> wire.RecoveryAnswer:
        return self._end.recover(request)

    def close(self) -> None:
        self._end.close()


def problems(line: TillOnLine) -> list[tuple[str, str]]:
    rows: list[OutboxRow] = line.till.store.read.outbox_problems()
    return [(row.state, row.code) for row in rows if row.state != "waiting"]


def test_an_unpaired_till_says_nothing_to_anybody(tmp_path: Path) -> None:
    till = open_till(tmp_path)
    asked: list[int] = []

    def connect() -> FakeEnd:
        asked.append(1)
        return FakeEnd(FakeCentral(), "x")

    done = SyncEngine(till.store, HandClock(), till.ids, connect, lambda: 0.5).run_once()
    assert (done.next_in, done.error, asked) == (UNPAIRED_S, None, [])
    close_till(till)


def test_what_was_sold_is_on_the_server_once_and_the_stock_agrees(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, item, 2) for item in goods]
    rounds = line.settle()
    assert set(central.books.sales) == {sale.uid for sale in sales}
    assert central.stock == stock_of(line.till, goods)
    assert rounds[0].changed.outbox
    assert line.till.store.read.line().digest_ok


def test_the_handshake_is_made_at_the_start_and_after_a_reconnect_only(line: TillOnLine) -> None:
    line.settle()
    line.faults(Fault.REQUEST_LOST)
    line.once()
    line.once()
    line.once()
    met = [request.handshake is not None for request in line.end.requests[-3:]]
    assert line.end.requests[0].handshake is not None
    assert met == [True, True, False] or met == [False, True, False]


def test_a_lost_answer_is_asked_for_again_and_counts_once(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.faults(Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.SENT_TWICE)
    first = line.once()
    assert first.error is not None
    assert first.error.code is ErrorCode.NO_LINE
    line.settle()
    assert len(central.books.sales) == 1
    assert central.stock == stock_of(line.till, goods)
    assert problems(line) == []


def test_many_sales_go_in_batches_of_fifty_one_after_the_other_at_once(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till, 1)
    for _ in range(120):
        sell(line.till, goods[0])
    line.settle()
    sizes = [len(request.batch.operations) for request in line.end.requests if request.batch]
    assert sizes == [50, 50, 23]
    assert len(central.books.sales) == 120


@pytest.mark.parametrize("name", ["acked_seq", "server_time", "next_sync_in", "fenced_epoch"])
@pytest.mark.parametrize("number", [-1, 2**63, 2**70])
def test_an_answer_with_an_impossible_number_changes_nothing_and_the_next_one_counts(
    line: TillOnLine, central: FakeCentral, name: str, number: int
) -> None:
    sell(line.till, stock_up(line.till)[0])
    before = line.till.store.read.position()
    line.engine = SyncEngine(line.till.store, line.clock, line.till.ids, lambda: LyingEnd(line.end, {name: number}), lambda: 0.5)
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.CENTRAL_UNREADABLE
    assert line.till.store.read.position() == before
    line.engine = SyncEngine(line.till.store, line.clock, line.till.ids, lambda: line.end, lambda: 0.5)
    line.settle()
    assert len(central.books.sales) == 1


def test_a_digest_is_asked_for_only_when_nothing_waits(line: TillOnLine) -> None:
    sell(line.till, stock_up(line.till)[0])
    line.settle()
    assert [(request.batch is None, request.want_digest) for request in line.end.requests] == [(False, False), (True, True)]


def test_retry_waits_and_does_not_hammer(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sale = sell(line.till, goods[0])
    central.retry_ids.add(sale.uid)
    line.once()
    done = line.once()
    assert done.error is None
    assert done.next_in >= 2
    assert line.waiting == 1
    central.retry_ids.clear()
    line.settle()
    assert set(central.books.sales) == {sale.uid}


def test_a_quarantined_sale_is_seen_and_blocks_nothing_behind_it(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    bad, good = sell(line.till, goods[0]), sell(line.till, goods[1])
    central.quarantine_ids.add(bad.uid)
    for _ in range(3):
        line.once()
    assert set(central.books.sales) == {good.uid}
    assert problems(line) == [("quarantined", "asked for")]
    assert not line.till.store.read.line().digest_ok


def test_the_next_round_comes_when_the_server_says_so(line: TillOnLine, central: FakeCentral) -> None:
    central.poll_ms = 5_000
    assert line.settle()[-1].next_in == 5
    central.poll_ms = 0
    assert line.once().next_in == IDLE_S


def test_a_failing_line_is_tried_less_and_less_and_a_success_resets_it(line: TillOnLine) -> None:
    line.faults(*[Fault.REQUEST_LOST] * 9)
    waits = [line.once().next_in for _ in range(9)]
    assert waits == sorted(waits)
    assert waits[-1] == 150
    line.settle()
    line.faults(Fault.REQUEST_LOST)
    assert line.once().next_in == 2


def test_the_servers_retry_after_is_obeyed_even_when_a_sale_wakes_the_engine(line: TillOnLine) -> None:
    line.faults(ShopError(ErrorCode.CENTRAL_UNREADABLE, status=503, reason="", retry_after=90.0))
    done = line.engine.run_once()
    assert done.next_in == 90
    line.clock.pass_by(30)
    sell(line.till, stock_up(line.till)[0])
    woken = line.engine.run_once()
    assert woken.next_in == 60
    assert woken.error is done.error
    assert len(line.end.requests) == 1


def test_a_woken_engine_tries_at_most_every_two_seconds_unless_a_person_asks(line: TillOnLine) -> None:
    line.faults(Fault.REQUEST_LOST, Fault.REQUEST_LOST)
    line.engine.run_once()
    assert line.engine.run_once().next_in == 2
    assert len(line.end.requests) == 1
    line.engine.hurry()
    line.engine.run_once()
    assert len(line.end.requests) == 2
    line.clock.pass_by(2)
    assert line.engine.run_once().error is None


def test_a_login_page_in_the_way_is_said_and_selling_goes_on(line: TillOnLine, central: FakeCentral) -> None:
    line.faults(ShopError(ErrorCode.CENTRAL_UNREADABLE, reason="no_message"))
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.CENTRAL_UNREADABLE
    sale = sell(line.till, stock_up(line.till)[0])
    line.settle()
    assert set(central.books.sales) == {sale.uid}


@pytest.mark.parametrize("code", [ErrorCode.DEVICE_REVOKED, ErrorCode.NOT_PAIRED, ErrorCode.CENTRAL_REFUSED, ErrorCode.NO_KEYRING])
def test_being_turned_away_deletes_nothing(line: TillOnLine, central: FakeCentral, code: ErrorCode) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    before = (line.waiting, line.till.store.read.shop(), stock_of(line.till, goods))
    line.faults(*[ShopError(code, status=401, reason="token_wrong")] * 3)
    for _ in range(3):
        assert line.once().error is not None
    assert (line.waiting, line.till.store.read.shop(), stock_of(line.till, goods)) == before
    line.settle()
    assert len(central.books.sales) == 1


def test_a_program_that_is_too_old_to_pull_still_tells_its_facts(line: TillOnLine, central: FakeCentral) -> None:
    central.too_old = True
    sale = sell(line.till, stock_up(line.till)[0])
    first = line.once()
    assert first.next_in == 0
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.PROGRAM_TOO_OLD
    assert set(central.books.sales) == {sale.uid}
    assert done.next_in == central.poll_ms / 1000
    assert line.till.store.read.position().cursor == ""
    central.too_old = False
    line.clock.pass_by(TOO_OLD_S)
    assert line.settle()[-1].error is None


def test_a_kill_between_the_answer_and_its_writing_only_sends_again(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.faults(Fault.ANSWER_LOST)
    line.once()
    line.restart()
    line.settle()
    assert len(central.books.sales) == 1
    assert central.stock == stock_of(line.till, goods)


def test_a_full_disk_while_an_answer_is_written_is_said_and_nothing_is_half_done(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sell(line.till, goods[0])
    line.settle()
    sale = sell(line.till, goods[1])
    disk = FullDisk(line.till.store)
    line.engine = SyncEngine(disk, line.clock, line.till.ids, lambda: line.end, lambda: 0.5)
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.DISK_FULL
    assert line.waiting == 1
    disk.full = False
    line.settle()
    assert sale.uid in central.books.sales
    assert central.stock == stock_of(line.till, goods)


def test_the_clocks_offset_is_known_from_the_servers_time(line: TillOnLine, central: FakeCentral) -> None:
    central.ahead_ms = 600_000
    line.settle()
    assert line.till.store.read.line().clock_offset == 600_000


def test_an_idle_till_does_not_write_at_every_poll(line: TillOnLine, central: FakeCentral) -> None:
    central.poll_ms = 5_000
    line.settle()
    first = line.till.store.read.line().last_success_at
    line.once()
    assert line.till.store.read.line().last_success_at == first
    for _ in range(6):
        line.once()
    assert line.till.store.read.line().last_success_at > first


@pytest.mark.parametrize("code", [ErrorCode.DEVICE_REVOKED, ErrorCode.NOT_PAIRED])
def test_a_till_that_is_turned_away_is_noted_until_it_is_taken_back(line: TillOnLine, code: ErrorCode) -> None:
    line.settle()
    line.faults(ShopError(code, status=403, reason="device_revoked"))
    line.once()
    assert line.till.store.read.setting(TURNED_AWAY) == line.end.device
    line.clock.pass_by(60)
    line.settle()
    assert not line.till.store.read.setting(TURNED_AWAY)


def test_unknown_goods_can_be_sold_before_the_server_knows_them(line: TillOnLine, central: FakeCentral) -> None:
    stranger = product(77)
    with line.till.store.begin() as work:
        work.put_products([stranger])
        work.commit()
    sale = sell(line.till, stranger)
    line.once()
    assert sale.uid in central.books.sales


def test_an_old_program_in_the_middle_of_a_fresh_reading_does_not_hammer(line: TillOnLine, central: FakeCentral) -> None:
    stock_up(line.till)
    line.settle()
    central.forget_old_deletions()
    central.page = 1
    line.once()
    line.once()
    central.too_old = True
    assert line.once().next_in == 0
    for _ in range(3):
        assert line.once().next_in == central.poll_ms / 1000
