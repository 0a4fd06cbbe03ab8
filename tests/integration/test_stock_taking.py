"""Stok opname in a real store: counted by scanning while the shop sells, booked once, told to the server; goods out unsold; the card."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Role
from pos.domain.stock import MovementReason
from pos.domain.stock_take import StockTake, TakePart
from pos.services import packs, people, stock_moves, stock_taking
from pos.services.ports import Till
from tests.helpers.goods_in import DUS_CODE, MI_AND_DUS, deliver, unit_of, worth
from tests.helpers.shops import KOPI, MI, SABUN, goods, open_market, open_till, sell

INDOMIE, COFFEE, SOAP = "089686010947", "8991002105485", "8999999036607"
SACK = goods("Mi goreng satu dus", 120_000, "8990000000029", unit="dus")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path, [(MI_AND_DUS, 10), (KOPI, 20), (SABUN, 5), (SACK, 3)]) as till:
        yield till


def refused(act: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ShopError) as caught:
        act()
    return caught.value.code


def found(till: Till, take: StockTake) -> dict[str, tuple[int, int]]:
    """Product -> (counted, difference)."""
    return {line.product_uid: (line.counted, line.difference) for line in till.store.read.count_lines(take.uid)}


def test_what_is_sold_while_it_is_counted_is_in_the_difference_neither_before_nor_after(till: Till) -> None:
    take = stock_taking.begin(till)
    sell(till, INDOMIE)
    for _ in range(8):
        stock_taking.count(till, take.uid, unit_of(till, INDOMIE))
    sell(till, INDOMIE, INDOMIE)
    assert found(till, take) == {MI.uid: (8, -1)}, "nine were there when it was counted"
    posted = stock_taking.post(till, take.uid)
    assert till.store.read.on_hand(MI.uid) == 6, "ten, three sold, one missing"
    assert (posted.counted, posted.differing, posted.gain, posted.loss) == (1, 1, 0, -2_800)
    assert till.store.read.check() == []


def test_what_moved_between_the_first_scan_and_the_last_is_shown_beside_it(till: Till) -> None:
    take = stock_taking.begin(till)
    stock_taking.count(till, take.uid, unit_of(till, INDOMIE), 5)
    sell(till, INDOMIE, INDOMIE)
    stock_taking.count(till, take.uid, unit_of(till, INDOMIE), 5)
    (line,) = till.store.read.count_lines(take.uid)
    assert (line.counted, line.difference, line.moved) == (10, 0, -2)
    stock_taking.set_count(till, take.uid, unit_of(till, INDOMIE), 8)
    (line,) = till.store.read.count_lines(take.uid)
    assert (line.counted, line.seen, line.moved) == (8, 8, 0), "counted anew, against the book as it is now"


def test_a_dus_counts_as_its_pieces(till: Till) -> None:
    take = stock_taking.begin(till, TakePart.SHELF, "  Rak\tdepan ")
    stock_taking.count(till, take.uid, unit_of(till, DUS_CODE))
    stock_taking.count(till, take.uid, unit_of(till, INDOMIE))
    assert found(till, take) == {MI.uid: (41, 31)}
    assert take.name == "Rak depan"


def test_a_count_is_booked_once_whoever_clicks_twice(till: Till) -> None:
    take = stock_taking.begin(till)
    assert refused(lambda: stock_taking.post(till, take.uid)) is ErrorCode.STOCK_TAKE_EMPTY
    stock_taking.count(till, take.uid, unit_of(till, SOAP), 3)
    stock_taking.post(till, take.uid)
    assert refused(lambda: stock_taking.post(till, take.uid)) is ErrorCode.STOCK_TAKE_POSTED
    assert refused(lambda: stock_taking.count(till, take.uid, unit_of(till, SOAP))) is ErrorCode.STOCK_TAKE_POSTED
    assert refused(lambda: stock_taking.drop(till, take.uid)) is ErrorCode.STOCK_TAKE_POSTED
    assert refused(lambda: stock_taking.post(till, "f" * 32)) is ErrorCode.STOCK_TAKE_NOT_FOUND
    assert till.store.read.on_hand(SABUN.uid) == 3


def test_the_server_is_told_what_was_counted_and_what_the_book_showed(till: Till) -> None:
    take = stock_taking.begin(till)
    stock_taking.count(till, take.uid, unit_of(till, SOAP), 5)
    stock_taking.count(till, take.uid, unit_of(till, COFFEE), 18)
    stock_taking.post(till, take.uid)
    told = till.store.read.waiting_operations(500)[-1]
    assert (told.kind, told.id) == ("stock_take@1", take.uid)
    lines = json.loads(told.payload)["lines"]
    assert lines == [
        {"product": SABUN.uid, "counted": 5, "seen": 5},
        {"product": KOPI.uid, "counted": 18, "seen": 20},
    ]
    (row,) = till.store.read.stock_card(KOPI.uid, [MovementReason.STOCK_TAKE], 0, 0, 10)
    assert (row.quantity, row.balance, row.cause) == (-2, 18, take.uid)


def test_of_a_category_what_nobody_found_is_none_when_the_owner_says_so(till: Till) -> None:
    take = stock_taking.begin(till, TakePart.CATEGORY, "Lain-lain")
    assert [line.name for line in till.store.read.not_counted(take.uid, "Lain-lain")] == ["Mi goreng satu dus"]
    take = stock_taking.begin(till, TakePart.CATEGORY, "Kopi & teh")
    other = stock_taking.begin(till, TakePart.CATEGORY, "Mi instan")
    stock_taking.count(till, other.uid, unit_of(till, INDOMIE), 10)
    stock_taking.post(till, other.uid, rest_is_gone=True)
    stock_taking.count(till, take.uid, unit_of(till, COFFEE), 20)
    stock_taking.post(till, take.uid, rest_is_gone=True)
    assert (till.store.read.on_hand(MI.uid), till.store.read.on_hand(SACK.uid)) == (10, 3), "another category's are left alone"
    whole = stock_taking.begin(till)
    stock_taking.count(till, whole.uid, unit_of(till, INDOMIE), 10)
    posted = stock_taking.post(till, whole.uid, rest_is_gone=True)
    assert posted.counted == 4
    assert [till.store.read.on_hand(uid) for uid in (KOPI.uid, SABUN.uid, SACK.uid)] == [0, 0, 0]
    assert till.store.read.check() == []


def test_a_count_survives_a_kill_and_cannot_be_changed_once_it_is_booked(tmp_path: Path) -> None:
    with open_market(tmp_path, [(SABUN, 5)]) as till:
        take = stock_taking.begin(till)
        stock_taking.count(till, take.uid, unit_of(till, SOAP), 4)
        kept = till.store.read.count_lines(take.uid)[0]
        stock_taking.forget(till, take.uid, SABUN.uid)
        stock_taking.restore(till, take.uid, kept)
    with open_till(tmp_path) as till:
        assert found(till, take) == {SABUN.uid: (4, -1)}
        stock_taking.post(till, take.uid)
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as raw:
        for statement in ("UPDATE stock_take_line SET counted = 9", "DELETE FROM stock_take_line", "UPDATE stock_take SET posted_at = 0"):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(statement)


def test_goods_leave_unsold_with_a_reason_a_cost_and_somebody_who_may(till: Till) -> None:
    stock_moves.take_out(till, MI.uid, 1, MovementReason.DAMAGED, "pecah, HP 081234567890")
    stock_moves.take_out(till, KOPI.uid, 2, MovementReason.OWN_USE, "kopi karyawan")
    assert worth(till, MI.uid) == (9, 25_200)
    (row,) = till.store.read.stock_card(MI.uid, [MovementReason.DAMAGED], 0, 0, 10)
    assert (row.quantity, row.cost) == (-1, -2_800)
    assert "081234567890" not in row.note
    assert row.note.startswith("pecah")
    assert refused(lambda: stock_moves.take_out(till, MI.uid, 10, MovementReason.DAMAGED)) is ErrorCode.STOCK_SHORT
    assert refused(lambda: stock_moves.take_out(till, MI.uid, 0, MovementReason.DAMAGED)) is ErrorCode.QUANTITY_OUT_OF_RANGE
    assert refused(lambda: stock_moves.take_out(till, "x", 1, MovementReason.DAMAGED)) is ErrorCode.PRODUCT_NOT_FOUND
    budi = people.add_user(till, "Budi", Role.CASHIER)
    people.add_user(till, "Bu Sari", Role.OWNER, "4826")
    people.sign_in(till, budi.uid)
    assert refused(lambda: stock_moves.take_out(till, MI.uid, 1, MovementReason.OWN_USE)) is ErrorCode.NEEDS_ROLE
    assert till.store.read.check() == []


def test_what_was_taken_out_by_mistake_is_put_back_with_its_cost(till: Till) -> None:
    before = worth(till, MI.uid)
    moved = stock_moves.take_out(till, MI.uid, 3, MovementReason.OWN_USE)
    stock_moves.put_back(till, moved)
    assert worth(till, MI.uid) == before
    assert [row.quantity for row in till.store.read.stock_card(MI.uid, [MovementReason.OWN_USE], 0, 0, 9)] == [3, -3]
    assert till.store.read.check() == []


def test_pieces_are_joined_into_a_package_again_with_their_cost(till: Till) -> None:
    assert refused(lambda: stock_moves.join_pack(till, MI.uid)) is ErrorCode.PACK_NOT_SET
    packs.remember_pack(till, MI.uid, SACK.units[0].uid, 40)
    assert refused(lambda: stock_moves.join_pack(till, MI.uid)) is ErrorCode.STOCK_SHORT
    before = worth(till, MI.uid)[1] + worth(till, SACK.uid)[1]
    packs.open_pack(till, MI.uid)
    stock_moves.join_pack(till, MI.uid)
    assert (till.store.read.on_hand(MI.uid), till.store.read.on_hand(SACK.uid)) == (10, 3)
    assert worth(till, MI.uid)[1] + worth(till, SACK.uid)[1] == before
    assert till.store.read.check() == []


def test_the_card_tells_every_movement_with_its_cause_and_ends_at_what_is_there(till: Till) -> None:
    posted = deliver(till, (DUS_CODE, 1, 112_000))
    sale = sell(till, INDOMIE, INDOMIE)
    stock_moves.take_out(till, MI.uid, 1, MovementReason.DAMAGED, "sobek")
    rows = till.store.read.stock_card(MI.uid, [], 0, 0, 50)
    assert [(row.reason, row.quantity, row.balance, row.number or row.note) for row in rows] == [
        (MovementReason.DAMAGED, -1, 47, "sobek"),
        (MovementReason.SALE, -2, 48, sale.number),
        (MovementReason.RECEIPT, 40, 50, posted.number),
        (MovementReason.OPENING, 10, 10, ""),
    ]
    only = till.store.read.stock_card(MI.uid, [MovementReason.SALE], 0, 0, 50)
    assert [(row.quantity, row.balance) for row in only] == [(-2, 48)], "what is filtered keeps its balance"
    assert till.store.read.stock_card(MI.uid, [], sale.at + 1, 0, 50)[-1].reason is MovementReason.DAMAGED
    assert [row.reason for row in till.store.read.stock_card(MI.uid, [], 0, sale.at, 50)] == [
        MovementReason.RECEIPT,
        MovementReason.OPENING,
    ]
