"""Deliveries, counts and goods out, told to a real central: the till and the server have the same sums, and a second till hears of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pos.domain.receiving import ALL, PaidFrom, ReceiptHead
from pos.domain.stock import MovementReason
from pos.services import receipts, receiving, stock_moves, stock_taking
from pos.services.ports import Till
from tests.helpers.central import City
from tests.helpers.paired_tills import PairedTill
from tests.helpers.tills import close_till, product, sell, stock_up


@pytest.fixture
def tills(tmp_path: Path, city: City, shop: str) -> Iterator[tuple[PairedTill, PairedTill]]:
    with ExitStack() as stack:
        made = []
        for name in ("depan", "belakang"):
            paired = PairedTill(tmp_path / name)
            stack.callback(lambda paired=paired: (paired.engine.close(), close_till(paired.till)))  # type: ignore[misc]
            paired.pair(city.url, city.code(shop))
            made.append(paired)
        yield made[0], made[1]


def receive(till: Till, number: int, count: int, amount: int) -> str:
    draft = receiving.open_draft(till)
    unit = till.store.read.unit(product(number).units[0].uid)
    assert unit is not None
    line = receiving.add_unit(till, draft.uid, unit, count)
    receiving.set_line(till, draft.uid, line.position, amount=amount)
    receiving.set_head(till, draft.uid, ReceiptHead(paid=ALL, paid_from=PaidFrom.OUTSIDE))
    return receipts.post(till, draft.uid, amount).uid


def test_what_one_till_receives_counts_and_throws_away_the_server_and_the_other_till_have_too(
    tills: tuple[PairedTill, PairedTill],
) -> None:
    front, back = tills
    stock_up(front.till, 2, 20)
    posted = receive(front.till, 0, 40, 100_000)
    draft = receipts.put_right(front.till, posted)
    receiving.set_line(front.till, draft.uid, 0, quantity=38)
    receipts.post(front.till, draft.uid, 100_000)
    stock_moves.take_out(front.till, product(0).uid, 3, MovementReason.CONSIGNMENT_RETURN, "titipan kembali")
    take = stock_taking.begin(front.till)
    units = [front.till.store.read.unit(product(number).units[0].uid) for number in range(2)]
    assert units[0] is not None
    assert units[1] is not None
    stock_taking.set_count(front.till, take.uid, units[1], 20)
    stock_taking.set_count(front.till, take.uid, units[0], 50)
    front.settle()
    back.settle()
    # the other till sells while it is counted here, and neither is lost
    sell(back.till, product(0), 4)
    back.settle()
    stock_taking.post(front.till, take.uid)
    front.settle()
    back.settle()
    front.settle()
    for paired in tills:
        assert paired.till.store.read.on_hand(product(0).uid) == 46
        assert paired.till.store.read.on_hand(product(1).uid) == 20
        assert paired.till.store.read.check() == []
        assert paired.till.store.read.line().refused == paired.till.store.read.line().quarantined == 0
    heard = back.till.store.read.stock_card(product(0).uid, [MovementReason.STOCK_TAKE], 0, 0, 5)
    assert [row.quantity for row in heard] == [-5]
