"""The feed read again from its start: the shop sells on, no goods go that should stay, none stay that should go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode
from pos.services import goods as goods_verbs
from pos.sync import protocol as wire
from pos.sync import snapshot
from pos.sync.central import SnapshotNeeded
from pos.sync.encoding import product_to_wire
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd, Fault
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import product, sell


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


def names(line: TillOnLine) -> list[str]:
    return sorted(hit.name for hit in line.till.store.read.tiles("", 100))


def test_a_cursor_that_is_too_old_reads_the_goods_afresh_and_touches_no_outbox(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(5):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_silently(product(1).uid)
    central.forget_old_deletions()
    sale = sell(line.till, product(2))
    line.once()
    assert line.waiting == 0
    assert line.once().next_in == 0
    sell(line.till, product(3))
    assert line.waiting == 1
    line.settle()
    assert names(line) == ["Kopi 0", "Kopi 2", "Kopi 3", "Kopi 4"]
    assert sale.uid in central.books.sales
    assert line.till.store.read.line().digest_ok


def test_no_goods_vanish_in_the_middle_of_a_fresh_reading_nor_by_a_kill(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(9):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_silently(product(4).uid)
    central.forget_old_deletions()
    central.page = 3
    for _ in range(3):
        line.once()
        assert len(names(line)) == 9
        line.restart()
    line.settle()
    assert len(names(line)) == 8
    assert "Kopi 4" not in names(line)


def test_an_answer_that_tells_nothing_of_the_feed_is_not_its_end(line: TillOnLine, central: FakeCentral) -> None:
    """The server takes the sales of a till whose cursor is too old, and says nothing else: no goods may go for that."""
    for number in range(9):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_old_deletions()
    central.page = 3
    line.once()
    line.once()
    central.forget_old_deletions()
    sell(line.till, product(0))
    line.once()
    assert len(names(line)) == 9
    line.settle()
    assert len(names(line)) == 9


def test_a_server_put_back_in_the_middle_of_a_fresh_reading_takes_no_goods(line: TillOnLine, central: FakeCentral) -> None:
    """What was read before is of one story and what comes after is of another: together they mention too little."""
    for number in range(6):
        central.put(product_to_wire(product(number)))
    line.settle()
    earlier = central.backup()
    central.put(product_to_wire(product(0, price=4_000)))
    central.forget_old_deletions()
    central.page = 3
    line.settle()
    central.forget_old_deletions()
    line.once()
    line.once()
    central.put_back_unseen(earlier)
    for _ in range(4):
        line.once()
        assert len(names(line)) == 6


def test_goods_that_only_this_till_knows_yet_survive_a_fresh_reading(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    line.settle()
    central.forget_old_deletions()
    central.page = 1

    class AddedMeanwhile(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            if not answer.more and line.till.store.read.product(product(8).uid) is None:
                goods_verbs.put_catalogue(line.till, [(product(8), 0)])
            return answer

    line.end = AddedMeanwhile(central, line.end.device)
    line.engine = line._engine()
    line.settle()
    assert names(line) == ["Kopi 1", "Kopi 8"]
    assert product(8).uid in central.books.products


def test_a_server_that_lost_all_its_goods_does_not_empty_the_shop(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    line.settle()
    central.forget_silently(product(1).uid)
    central.forget_old_deletions()
    line.settle()
    assert names(line) == ["Kopi 1"]
    assert not line.till.store.read.line().digest_ok


def test_a_digest_that_stays_different_is_seen_and_mended_by_a_fresh_reading(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(3):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_silently(product(1).uid)
    first = line.once()
    assert first.changed.shop
    assert not line.till.store.read.line().digest_ok
    line.settle()
    line.settle()
    assert names(line) == ["Kopi 0", "Kopi 2"]
    assert line.till.store.read.line().digest_ok


def test_what_a_fresh_reading_cannot_mend_is_not_read_afresh_all_day(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    central.digest_off = 1
    for _ in range(40):
        line.once()
    assert sum(request.cursor == "" for request in line.end.requests) == 2
    line.clock.pass_by(25 * 3_600)
    for _ in range(5):
        line.once()
    assert sum(request.cursor == "" for request in line.end.requests) == 3


def test_a_server_to_which_the_beginning_is_too_old_is_not_hammered(line: TillOnLine, central: FakeCentral) -> None:
    line.faults(SnapshotNeeded())
    done = line.once()
    assert done.error is not None
    assert done.error.code is ErrorCode.CENTRAL_UNREADABLE
    assert done.next_in >= 2


def test_a_server_that_asks_to_begin_again_and_again_is_not_hammered(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(4):
        central.put(product_to_wire(product(number)))
    central.page = 2
    line.settle()
    line.faults(SnapshotNeeded(), Fault.NONE, SnapshotNeeded(), Fault.NONE, SnapshotNeeded())
    waits = [line.once().next_in for _ in range(5)]
    assert waits[2] >= 2
    line.settle()
    assert len(names(line)) == 4


def test_goods_are_let_go_that_a_server_told_of_and_then_removed_in_the_same_reading(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(6):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_old_deletions()
    central.page = 3
    line.once()
    line.once()
    central.remove(product(0).uid)
    central.forget_silently(product(5).uid)
    line.settle()
    assert names(line) == ["Kopi 1", "Kopi 2", "Kopi 3", "Kopi 4"]


def test_while_a_fresh_reading_goes_on_the_shop_sells_from_one_list_and_it_is_swapped_at_its_end(
    line: TillOnLine, central: FakeCentral
) -> None:
    for number in range(9):
        central.put(product_to_wire(product(number)))
    line.settle()
    for number in range(9):
        central.put(product_to_wire(product(number, price=4_000 + number)))
    central.forget_old_deletions()
    central.page = 4
    seen: list[list[int]] = []
    while not seen or snapshot.goes_on(line.till.store.read):
        seen.append([hit.price for hit in sorted(line.till.store.read.tiles("", 100), key=lambda hit: hit.name)])
        line.once()
    assert seen == [[3_500] * 9] * len(seen)
    assert len(seen) >= 3
    assert [hit.price for hit in sorted(line.till.store.read.tiles("", 100), key=lambda hit: hit.name)] == [4_000 + n for n in range(9)]


def test_news_of_orders_and_stock_do_not_wait_for_the_end_of_a_fresh_reading(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(9):
        central.put(product_to_wire(product(number)))
    line.settle()
    central.forget_old_deletions()
    central.page = 12
    line.once()
    central.order(an_order("a" * 32))
    for number in range(20, 30):
        central.put(product_to_wire(product(number)))
    central.page = 10
    done = line.once()
    assert done.new_orders == ("a" * 32,)
    assert snapshot.is_reading(line.till.store.read)


def test_an_order_of_a_later_story_is_put_back_with_the_server(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    central.order(an_order("a" * 32, "accepted", 2))
    earlier = central.backup()
    central.order(an_order("a" * 32, "ready", 3))
    central.order(an_order("b" * 32))
    line.settle()
    assert len(line.till.store.read.orders()) == 2
    central.put_back(earlier)
    line.settle()
    (left,) = line.till.store.read.orders()
    assert (left.uid, left.status_text, left.version) == ("a" * 32, "accepted", 2)
    (gone,) = line.till.store.read.orders(history=True)
    assert (gone.uid, gone.flags) == ("b" * 32, ("forgotten",))


def test_an_edit_that_is_settled_by_the_last_page_is_not_laid_over_what_came_after_it(line: TillOnLine, central: FakeCentral) -> None:
    """The simulation's seed 1103: the server took this till's price, then another till's; the later one counts."""
    central.put(product_to_wire(product(1)))
    line.settle()
    central.forget_old_deletions()
    line.once()
    known = line.till.store.read.product(product(1).uid)
    assert known is not None

    class AnotherTillAfterwards(FakeEnd):
        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            if request.batch is None:
                return answer
            central.put(product_to_wire(product(1, price=9_000)))
            return super().sync(msgspec.structs.replace(request, batch=request.batch))

    line.end = AnotherTillAfterwards(central, line.end.device)
    line.engine = line._engine()
    with line.till.store.begin() as work:
        edited = replace(known, units=product(1, price=7_000).units)
        goods_verbs.put_goods(line.till, work, [edited], [], "price")
        work.commit()
    line.settle()
    assert [hit.price for hit in line.till.store.read.tiles("", 9)] == [9_000]


@pytest.mark.parametrize("many", [False, True])
def test_a_list_that_is_nearly_all_other_is_written_whole_however_long_it_is(
    line: TillOnLine, central: FakeCentral, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    if many:
        monkeypatch.setattr(snapshot, "AT_ONCE", 20)
    for number in range(120):
        central.put(product_to_wire(product(number)))
    line.settle()
    for number in range(120):
        if number % 3:
            central.put(product_to_wire(product(number, price=5_000)))
        else:
            central.forget_silently(product(number).uid)
    central.forget_old_deletions()
    line.settle()
    prices = [hit.price for hit in line.till.store.read.tiles("", 200)]
    assert prices == [5_000] * 80
    assert line.till.store.read.shadow_products("", 9) == []
    assert line.till.store.read.line().digest_ok
    assert line.till.store.read.check() == []


def test_a_price_that_silently_differs_is_seen_and_mended(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    line.settle()
    with line.till.store.begin() as work:
        # as a bug of either end would leave it: nobody was told
        work.put_products([replace(product(1, price=1_000), version=1)])
        work.commit()
    line.once()
    assert not line.till.store.read.line().digest_ok
    line.settle()
    line.settle()
    assert [hit.price for hit in line.till.store.read.tiles("", 9)] == [3_500]
    assert line.till.store.read.line().digest_ok


def an_order(uid: str, status: str = "placed", version: int = 1) -> wire.WireOrder:
    return wire.WireOrder(
        uid=uid,
        number="4821",
        status=status,
        version=version,
        buyer="Rina W.",
        buyer_phone4="3841",
        buyer_kind="ASN",
        lines=(),
        total=7_000,
        paid=True,
        placed_at=1_800_000_000_000,
        deadline_at=1_800_000_900_000,
    )
