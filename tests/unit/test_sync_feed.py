"""The server's feed in the store: goods, movements, orders, the shop, and rows that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStatus, OrderStep
from pos.domain.product import Product
from pos.services import goods as goods_verbs
from pos.services import orders
from pos.services.goods_editing import edit_product
from pos.sync import protocol as wire
from pos.sync.encoding import product_to_wire
from pos.sync.feed import read_page, unreadable, with_own_edits
from tests.helpers.fake_central import FakeCentral
from tests.helpers.fake_end import FakeEnd, Fault
from tests.helpers.lines import TillOnLine
from tests.helpers.tills import close_till, enrolled, open_till, product, sell, stock_of, stock_up


@pytest.fixture
def central() -> FakeCentral:
    return FakeCentral()


@pytest.fixture
def line(tmp_path: Path, central: FakeCentral) -> Iterator[TillOnLine]:
    made = TillOnLine(tmp_path, central)
    yield made
    made.close()


def order(uid: str, status: str = "placed", version: int = 1, item: Product | None = None) -> wire.WireOrder:
    ordered = item or product(0)
    line = wire.WireOrderLine(product=ordered.uid, name=ordered.name, unit="pcs", factor=1, quantity=2, unit_price=3_500, amount=7_000)
    return wire.WireOrder(
        uid=uid,
        number="4821",
        status=status,
        version=version,
        buyer="Rina W.",
        buyer_phone4="3841",
        buyer_kind="ASN",
        lines=(line,),
        total=7_000,
        paid=True,
        placed_at=1_800_000_000_000,
        deadline_at=1_800_000_900_000,
    )


def names(line: TillOnLine) -> list[str]:
    return sorted(hit.name for hit in line.till.store.read.tiles("", 100))


# --- goods -------------------------------------------------------------------------------------------------------------


def test_goods_of_the_server_are_sold_here_too(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(5)))
    rounds = line.settle()
    assert rounds[0].changed.goods
    assert names(line) == ["Kopi 5"]
    known = line.till.store.read.product(product(5).uid)
    assert known is not None
    assert known.version == 1


def test_cost_and_doubts_of_the_till_stay_when_the_server_changes_a_price(line: TillOnLine, central: FakeCentral) -> None:
    mine = replace(product(5), cost_total=2_000, cost_quantity=1, needs_review=True)
    goods_verbs.put_catalogue(line.till, [(mine, 10)])
    line.settle()
    central.put(product_to_wire(product(5, price=4_000)))
    line.settle()
    known = line.till.store.read.product(mine.uid)
    assert known is not None
    assert known.units[0].prices[0].amount == 4_000
    assert (known.cost_total, known.cost_quantity, known.needs_review) == (2_000, 1, True)


def test_a_product_that_cannot_be_sold_from_is_counted_and_blocks_nothing(line: TillOnLine, central: FakeCentral) -> None:
    broken = msgspec.structs.replace(product_to_wire(product(1)), units=())
    absurd = msgspec.structs.replace(product_to_wire(product(2)), min_stock=10**30)
    for told in (broken, absurd, product_to_wire(product(3))):
        central.put(told)
    line.once()
    assert names(line) == ["Kopi 3"]
    assert set(unreadable(line.till.store.read)) == {broken.uid, absurd.uid}
    assert line.till.store.read.line().unreadable == 2
    central.put(product_to_wire(product(1)))
    line.once()
    assert names(line) == ["Kopi 1", "Kopi 3"]
    assert unreadable(line.till.store.read) == (absurd.uid,)
    assert line.till.store.read.line().unreadable == 1
    central.remove(absurd.uid)
    line.once()
    assert line.till.store.read.line().unreadable == 0


def test_two_products_with_one_unit_block_nothing(line: TillOnLine, central: FakeCentral) -> None:
    first = product_to_wire(product(1))
    central.put(first)
    central.put(msgspec.structs.replace(product_to_wire(product(2)), units=first.units))
    central.put(product_to_wire(product(3)))
    line.once()
    assert names(line) == ["Kopi 1", "Kopi 3"]
    central.put(msgspec.structs.replace(product_to_wire(product(4)), units=first.units))
    done = line.once()
    assert done.error is None
    assert "Kopi 3" in names(line)


def test_a_deleted_product_is_not_sold_any_more_and_its_code_is_free(line: TillOnLine, central: FakeCentral) -> None:
    told = product_to_wire(product(1))
    coded = msgspec.structs.replace(told, units=(msgspec.structs.replace(told.units[0], barcodes=("8991002105485",)),))
    central.put(coded)
    central.put(product_to_wire(product(2)))
    line.settle()
    assert line.till.store.read.find_unit("8991002105485") is not None
    central.remove(told.uid)
    line.settle()
    assert names(line) == ["Kopi 2"]
    assert line.till.store.read.find_unit("8991002105485") is None
    line.till.store.read.check()


def test_an_edit_that_still_waits_is_not_overwritten_by_the_echo_of_the_one_before(line: TillOnLine, central: FakeCentral) -> None:
    goods_verbs.put_catalogue(line.till, [(product(1), 0)])
    line.settle()

    class EditedMeanwhile(FakeEnd):
        """While the line is busy, the shopkeeper changes the price a second time."""

        def sync(self, request: wire.SyncRequest) -> wire.SyncAnswer:
            answer = super().sync(request)
            if len(self.requests) == 1:
                price(line, 4_500)
            return answer

    line.end = EditedMeanwhile(central, line.end.device)
    line.engine = line._engine()
    price(line, 4_000)
    line.once()
    assert amount(line) == 4_500
    line.settle()
    assert amount(line) == 4_500
    assert central.books.products[product(1).uid].units[0].prices[0].amount == 4_500


def test_a_field_that_was_edited_and_still_waits_stays_on_top_of_what_the_server_tells(line: TillOnLine, central: FakeCentral) -> None:
    goods_verbs.put_catalogue(line.till, [(product(1), 0)])
    line.settle()
    seen = line.till.store.read.product(product(1).uid)
    assert seen is not None
    waiting = line.till.store.read.waiting_operations(10)
    edit_product(line.till, seen, replace(seen, name="Nama baru", units=product(1, 4_200).units))
    told = replace(seen, name="Nama lama", category="Sembako", version=seen.version + 1)
    change = wire.Change(seq=9, kind=wire.ChangeKind.PRODUCT.value, uid=told.uid, product=product_to_wire(told))
    page = read_page(line.till.store.read, [change])
    (laid,) = with_own_edits(line.till.store.read, page.products)
    assert (laid.name, laid.category, laid.version) == ("Nama baru", "Sembako", seen.version + 1)
    assert laid.units[0].prices[0].amount == 4_200
    settled = frozenset(item.id for item in line.till.store.read.waiting_operations(10)) - {item.id for item in waiting}
    (plain,) = with_own_edits(line.till.store.read, page.products, settled)
    assert plain.name == "Nama lama", "what the server has taken is no longer on top"


def price(line: TillOnLine, rupiah: int) -> None:
    known = line.till.store.read.product(product(1).uid)
    assert known is not None
    with line.till.store.begin() as work:
        goods_verbs.put_goods(line.till, work, [replace(known, units=product(1, rupiah).units)], [], "price")
        work.commit()


def amount(line: TillOnLine) -> int:
    known = line.till.store.read.product(product(1).uid)
    assert known is not None
    return known.units[0].prices[0].amount


def test_a_long_feed_comes_page_by_page_at_once(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(25):
        central.put(product_to_wire(product(number)))
    central.page = 10
    waits = [line.once().next_in for _ in range(3)]
    assert waits == [0, 0, central.poll_ms / 1000]
    assert len(names(line)) == 25


def test_a_kill_between_two_pages_goes_on_where_it_was(line: TillOnLine, central: FakeCentral) -> None:
    for number in range(25):
        central.put(product_to_wire(product(number)))
    central.page = 10
    line.once()
    line.restart()
    line.once()
    assert len(names(line)) == 20
    line.settle()
    assert len(names(line)) == 25


# --- stock ----------------------------------------------------------------------------------------------------------------


def test_movements_of_another_till_arrive_and_our_own_are_not_booked_twice(tmp_path: Path, central: FakeCentral) -> None:
    one = TillOnLine(tmp_path / "one", central, "1" * 32, "A")
    two = TillOnLine(tmp_path / "two", central, "2" * 32, "B")
    goods = stock_up(one.till)
    one.settle()
    two.settle()
    sell(one.till, goods[0], 3)
    sell(two.till, goods[0], 4)
    for _ in range(2):
        one.settle()
        two.settle()
    assert stock_of(one.till, goods)[goods[0].uid] == 93
    assert stock_of(one.till, goods) == stock_of(two.till, goods) == central.stock
    assert one.till.store.read.line().digest_ok
    assert two.till.store.read.line().digest_ok
    one.close()
    two.close()


def test_a_movement_for_a_reason_of_next_year_counts(line: TillOnLine, central: FakeCentral) -> None:
    goods = stock_up(line.till)
    line.settle()
    told = wire.StockChange(product=goods[0].uid, quantity=5, reason="gift", cause="c" * 32, position=0, at=1_800_000_000_000)
    central.books.movements["c" * 32, 0] = told
    central.row(wire.Change(seq=0, kind="stock", uid="c", stock=told))
    assert line.settle()[0].changed.stock
    assert stock_of(line.till, goods)[goods[0].uid] == 105


# --- orders -----------------------------------------------------------------------------------------------------------------


def test_a_new_order_is_told_once(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32))
    rounds = line.settle()
    assert [done.new_orders for done in rounds if done.new_orders] == [("e" * 32,)]
    central.order(order("e" * 32, version=2))
    assert not any(done.new_orders for done in line.settle())


def test_an_order_that_is_over_already_makes_no_sound(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32, "cancelled"))
    rounds = line.settle()
    assert not any(done.new_orders for done in rounds)
    assert rounds[0].changed.orders


def test_a_status_that_this_till_does_not_know_is_shown_as_written(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32, "on_the_moon"))
    line.once()
    shown = line.till.store.read.order("e" * 32)
    assert shown is not None
    assert (shown.status, shown.status_text) == (OrderStatus.UNKNOWN, "on_the_moon")
    assert [item.uid for item in line.till.store.read.orders()] == ["e" * 32]


def test_an_accepted_order_waits_for_the_server_and_no_longer(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32))
    line.settle()
    asked = orders.ask(line.till, "e" * 32, OrderStep.ACCEPT)
    assert asked.pending is OrderStep.ACCEPT
    done = line.once()
    assert done.changed.orders
    told = line.till.store.read.order("e" * 32)
    assert told is not None
    assert (told.status, told.pending) == (OrderStatus.ACCEPTED, None)


def test_a_step_that_lost_the_race_is_refused_and_the_order_is_free(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32))
    line.settle()
    orders.ask(line.till, "e" * 32, OrderStep.ACCEPT)
    central.order(order("e" * 32, "cancelled", version=2))
    line.settle()
    told = line.till.store.read.order("e" * 32)
    assert told is not None
    assert (told.status, told.pending) == (OrderStatus.CANCELLED, None)
    assert [(row.state, row.code) for row in line.till.store.read.outbox_problems()] == [("refused", "version")]


def test_a_refusal_whose_answer_was_lost_still_frees_the_order(line: TillOnLine, central: FakeCentral) -> None:
    central.order(order("e" * 32))
    line.settle()
    orders.ask(line.till, "e" * 32, OrderStep.ACCEPT)
    central.books.orders["e" * 32] = order("e" * 32, version=9)
    line.faults(Fault.ANSWER_LOST)
    line.settle()
    told = line.till.store.read.order("e" * 32)
    assert told is not None
    assert told.pending is None


# --- the shop, and what is not known ---------------------------------------------------------------------------------------


def test_the_shops_name_and_cap_come_from_the_server(line: TillOnLine, central: FakeCentral) -> None:
    central.shop = wire.ShopInfo(uid=central.shop.uid, name="Toko Baru", address="Jl. Mawar 3", cap_amount=5_000_000, cap_used=70_000)
    central.tell_shop()
    assert line.once().changed.shop
    shop, state = line.till.store.read.shop(), line.till.store.read.line()
    assert (shop.name, shop.address, state.cap_amount, state.cap_used) == ("Toko Baru", "Jl. Mawar 3", 5_000_000, 70_000)
    central.tell_shop()
    assert not line.once().changed.shop


def test_another_shops_name_is_not_taken(line: TillOnLine, central: FakeCentral) -> None:
    central.row(wire.Change(seq=0, kind="shop", uid="x", shop=wire.ShopInfo(uid="9" * 32, name="Toko Lain")))
    line.settle()
    assert line.till.store.read.shop().name == "Toko Sinar"


def test_a_cap_that_no_store_can_hold_stops_no_sale(line: TillOnLine, central: FakeCentral) -> None:
    central.shop = wire.ShopInfo(uid=central.shop.uid, name="Toko Baru", cap_amount=2**70)
    central.tell_shop()
    sell(line.till, stock_up(line.till)[0])
    assert line.settle()[-1].error is None
    assert len(central.books.sales) == 1
    assert (line.till.store.read.shop().name, unreadable(line.till.store.read)) == ("Toko Sinar", (central.shop.uid,))


def test_a_kind_of_row_of_next_year_is_passed_over(line: TillOnLine, central: FakeCentral) -> None:
    central.row(wire.Change(seq=0, kind="weather", uid="w"))
    central.put(product_to_wire(product(1)))
    assert line.settle()[-1].error is None
    assert names(line) == ["Kopi 1"]


def test_the_movements_are_told_again_to_a_till_that_lost_its_disk(tmp_path: Path, central: FakeCentral) -> None:
    first = TillOnLine(tmp_path / "first", central)
    goods = stock_up(first.till)
    sell(first.till, goods[0], 2)
    central.order(order("e" * 32))
    first.settle()
    first.close()
    again = TillOnLine(tmp_path / "again", central, "2" * 32, "B")
    again.settle()
    assert stock_of(again.till, goods) == central.stock
    assert [item.uid for item in again.till.store.read.orders()] == ["e" * 32]
    again.close()


def test_what_was_sold_before_pairing_is_told_under_the_tills_epoch(tmp_path: Path, central: FakeCentral) -> None:
    till = open_till(tmp_path)
    goods = stock_up(till)
    early = sell(till, goods[0])
    enrolled(till, "1" * 32, central.shop.uid)
    close_till(till)
    line = TillOnLine(tmp_path, central, known=True)
    central.enrol("1" * 32)
    later = sell(line.till, goods[1])
    line.settle()
    assert set(central.books.sales) == {early.uid, later.uid}
    assert {request.batch.epoch for request in line.end.requests if request.batch} == {1}
    assert early.number != later.number
    assert central.stock == stock_of(line.till, goods)
    line.close()


def test_an_error_of_the_server_leaves_the_page_for_the_next_round(line: TillOnLine, central: FakeCentral) -> None:
    central.put(product_to_wire(product(1)))
    line.faults(ShopError(ErrorCode.CENTRAL_UNREADABLE, status=500, reason="internal"))
    assert line.once().error is not None
    line.settle()
    assert names(line) == ["Kopi 1"]


def test_a_row_that_is_not_of_its_product_is_passed_over(line: TillOnLine, central: FakeCentral) -> None:
    central.row(wire.Change(seq=0, kind="product", uid="a" * 32, product=product_to_wire(product(1))))
    central.row(wire.Change(seq=0, kind="product", uid="b" * 32))
    assert line.once().error is None
    assert names(line) == []
    assert line.till.store.read.line().unreadable == 2
