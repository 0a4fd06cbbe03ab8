"""Rows of the feed that come seldom: QRs, edits that met, news of what was put aside; and steps that came too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus, OrderStep
from pos.domain.product import Product
from pos.domain.qris_request import QrisRequest, QrisSource
from pos.domain.sale import TenderState
from pos.local_db.store import SqliteStore
from pos.local_db.unit_of_work import SqliteWork
from pos.services import orders
from pos.services.line_views import LostStep
from pos.services.ports import Till
from pos.sync import feed
from pos.sync import protocol as wire
from pos.sync.encoding import product_to_wire
from tests.helpers.fake_central import FakeCentral
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import product, sell, stock_up
from tests.unit.test_sync_feed import order


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


def a_qr(till: Till) -> str:
    """A QR that the till has shown."""
    request = QrisRequest(
        "9" * 32, "b" * 32, 7_000, "0002..", QrisSource.SERVER, "ID1", "TOKO", till.clock.now(), till.clock.now() + 300_000
    )
    with till.store.begin() as work:
        work.put_qris(request)
        work.commit()
    return request.uid


def test_only_the_servers_word_makes_a_qr_paid(line: TillOnLine, central: FakeCentral) -> None:
    uid = a_qr(line.till)
    for state in ("waiting", "a word of next year", "paid"):
        central.row(wire.Change(seq=0, kind="qris", uid=uid, qris=wire.QrisChange(uid=uid, state=state, amount=7_000, at=5)))
        line.settle()
        request = line.till.store.read.qris_request(uid)
        assert request is not None
        assert (request.state is TenderState.PAID) == (state == "paid")


def test_a_qr_of_another_till_is_nothing_here(line: TillOnLine, central: FakeCentral) -> None:
    central.row(wire.Change(seq=0, kind="qris", uid="8" * 32, qris=wire.QrisChange(uid="8" * 32, state="paid", amount=1, at=5)))
    line.settle()
    assert line.till.store.read.qris_request("8" * 32) is None


def test_two_edits_that_met_are_shown_with_both_values(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(0)))
    told = wire.EditOutcome(
        operation="a" * 32, product=product(0).uid, field="name", kept='"Kopi 0"', lost='"Kopi nol"', at=5, lost_device=line.end.device
    )
    central.row(wire.Change(seq=0, kind="edit", uid="e" * 32, edit=told))
    line.settle()
    (row,) = line.till.store.read.edit_outcomes()
    assert (row.name, row.field, row.kept, row.lost, row.ours_lost) == ("Kopi 0", "name", '"Kopi 0"', '"Kopi nol"', True)


@pytest.mark.parametrize("state", ["booked", "dismissed"])
def test_an_operation_that_was_put_aside_and_is_settled_since_is_no_longer_stuck(
    line: TillOnLine, central: FakeCentral, state: str
) -> None:
    sale = sell(line.till, stock_up(line.till)[0])
    central.quarantine_ids.add(sale.uid)
    line.once()
    assert line.till.store.read.line().quarantined == 1
    news = wire.QuarantineChange(operation=sale.uid, device=line.end.device, state=state, at=5)
    central.row(wire.Change(seq=0, kind="quarantine", uid=sale.uid, quarantine=news))
    line.once()
    assert line.till.store.read.line().quarantined == 0


def test_what_the_server_says_of_the_shops_qris_is_known(line: TillOnLine, central: FakeCentral) -> None:
    central.shop = msgspec.structs.replace(central.shop, nmid="ID1020304050607", merchant="TOKO SINAR", cap_from=1_790_000_000_000)
    central.tell_shop()
    line.settle()
    read = line.till.store.read
    assert (read.setting(feed.NMID), read.setting(feed.MERCHANT), read.setting(feed.CAP_FROM)) == (
        "ID1020304050607",
        "TOKO SINAR",
        "1790000000000",
    )


def test_a_step_that_came_too_late_is_told_with_its_order_and_its_reason(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("a" * 32))
    line.settle()
    orders.ask(line.till, "a" * 32, OrderStep.ACCEPT)
    central.order(order("a" * 32, "cancelled", 2))
    done = line.once()
    assert done.lost_steps == (LostStep("a" * 32, "accept", "version"),)
    kept = line.till.store.read.order("a" * 32)
    assert kept is not None
    assert (kept.status, kept.pending, kept.lost) == (OrderStatus.CANCELLED, None, "accept:version")


def test_a_long_page_is_written_in_small_pieces_and_a_kill_between_two_loses_nothing(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(200):
        central.put(product_to_wire(product(number)))
    sizes: list[int] = []

    class Watched(SqliteWork):
        def put_products(self, products: Sequence[Product]) -> None:
            sizes.append(len(products))
            if len(sizes) == 3:
                raise ShopError(ErrorCode.DISK_FULL)
            super().put_products(products)

    store = line.till.store
    assert isinstance(store, SqliteStore)
    store._make_work = lambda: Watched(store._writer, store._counters, store._clock, store._ids, store._keep)  # type: ignore[method-assign]
    assert line.once().error is not None
    assert line.till.store.read.position().cursor == ""
    line.settle()
    assert line.till.store.read.digest()[0] == 200
    assert max(sizes) <= feed.GOODS_AT_ONCE
