"""What an answer says beside results and feed: later, signed, newer, and how soon to come again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode
from pos.services.line_views import ServerKeyRow
from pos.sync import protocol as wire
from pos.sync.engine import SyncEngine
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd, Fault
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import product, sell, stock_up


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


def test_the_rest_of_a_batch_that_is_wanted_later_comes_when_the_server_says_so(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    sales = [sell(line.till, goods[0]) for _ in range(3)]
    central.retry_ids.add(sales[1].uid)
    central.poll_ms = 40_000
    done = line.once()
    assert (done.error, done.next_in, line.waiting) == (None, 40, 2)
    central.retry_ids.clear()
    line.settle()
    assert central.sales == {sale.uid for sale in sales}


def test_the_servers_signature_over_each_acknowledged_head_is_kept_and_a_wrong_one_is_not(line: TillOnLine, central: FakeCentral) -> None:
    central.signs = True
    with line.till.store.begin() as work:
        work.put_server_keys([ServerKeyRow("", wire.b64(central.key.public_key().public_bytes_raw()))])
        work.commit()
    sell(line.till, stock_up(line.till)[0])
    line.settle()
    position = line.till.store.read.position()
    (kept,) = line.till.store.read.countersigned()
    assert (kept.epoch, kept.seq, kept.head, kept.device) == (1, position.acked_seq, position.acked_hash, line.end.device)
    assert line.till.store.read.check() == []
    central.key_id = "K2B7"
    sell(line.till, product(0))
    line.settle()
    assert line.till.store.read.countersigned() == [kept], "signed by a key that nobody has told of"


def test_a_key_that_the_feed_tells_of_counts_from_then_on(line: TillOnLine, central: FakeCentral) -> None:
    keys = (wire.ServerKey(id="", public_key="old", retired=True), wire.ServerKey(id="K2B7", public_key="new"))
    central.row(wire.Change(seq=0, kind="keys", uid="keys", keys=keys))
    line.settle()
    assert line.till.store.read.server_keys() == {"": "old", "K2B7": "new"}


def test_a_long_poll_is_offered_only_when_nothing_is_left_to_say(line: TillOnLine, central: FakeCentral) -> None:
    central.wait = True
    goods = stock_up(line.till)
    for _ in range(60):
        sell(line.till, goods[0])
    line.once()
    assert not line.engine.may_wait
    line.settle()
    assert line.engine.may_wait
    line.faults(Fault.REQUEST_LOST)
    line.once()
    assert not line.engine.may_wait


def test_a_server_that_feeds_this_program_no_more_says_so_beside_its_results(line: TillOnLine, central: FakeCentral) -> None:
    sale = sell(line.till, stock_up(line.till)[0])

    class NewerServer(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            quiet = msgspec.structs.replace(request, page=0)
            return msgspec.structs.replace(super().sync(quiet), cursor=request.cursor, changes=(), upgrade="2")

    line.end = NewerServer(central, line.end.device)
    line.engine = line._engine()
    done = line.once()
    assert sale.uid in central.sales
    assert done.error is not None
    assert done.error.code is ErrorCode.PROGRAM_TOO_OLD
    assert done.next_in > 0
    line.once()
    assert line.end.requests[-1].page == 0


def test_the_server_is_heard_each_time_so_that_the_tills_own_clock_can_be_held_to_it(line: TillOnLine, central: FakeCentral) -> None:
    heard: list[int] = []
    line.engine = SyncEngine(line.till.store, line.clock, line.till.ids, lambda: line.end, lambda: 0.5, heard.append)
    central.ahead_ms = 600_000
    now = line.clock.now()
    line.once()
    assert heard == [now + 600_000]


def test_a_long_quiet_shop_is_asked_less_often_and_at_once_again_after_a_sale(line: TillOnLine, central: FakeCentral) -> None:
    line.settle()
    for _ in range(12):
        last = line.once().next_in
    assert last == 120
    sell(line.till, stock_up(line.till)[0])
    assert line.settle()[-1].next_in == 60
