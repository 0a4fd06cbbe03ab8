"""A disk without room: told as that, nothing half done, and the till works again when there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import Sale
from pos.services import checkout, drawer, selling
from pos.services.goods import put_catalogue
from pos.services.ports import Till
from tests.helpers.sheets import gtin13
from tests.helpers.shops import MI, goods, open_market, open_till, sell
from tests.helpers.watched_disk import watched_disk

INDOMIE = "089686010947"


def as_it_stands(till: Till) -> tuple[object, ...]:
    """All that a half-done action could have changed."""
    read = till.store.read
    return read.digest(), read.basket(), read.sales("", 0, 100), read.position(), read.print_jobs(), read.session(), read.goods_counts()


def sell_until_refused(till: Till, sold: list[Sale]) -> ErrorCode:
    """Sell one after another into `sold`; returns what ended it."""
    while True:
        try:
            sold.append(sell(till, INDOMIE))
        except ShopError as error:
            return error.code


def room(till: Till, pages: int) -> None:
    """Let the database grow by so many pages at most."""
    raw = till.store._writer  # type: ignore[attr-defined]
    used = raw.execute("PRAGMA page_count").fetchone()[0]
    assert raw.execute(f"PRAGMA max_page_count = {used + pages}").fetchone()[0] == used + pages


def test_a_full_database_takes_no_half_import_and_sells_again_once_there_is_room(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        before = as_it_stands(till)
        room(till, 20)
        with pytest.raises(ShopError) as refused:
            put_catalogue(till, [(goods(f"Barang {number}", 1_000, gtin13(number)), 1) for number in range(5_000)])
        assert refused.value.code is ErrorCode.DISK_FULL
        assert as_it_stands(till) == before
        assert till.store.read.check() == []
        room(till, 1_000_000)
        assert sell(till, INDOMIE).number.split("-")[1] == "1"
        assert till.store.read.check() == []


def test_selling_until_the_database_is_full_loses_nothing_that_was_said(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        room(till, 12)
        sold: list[Sale] = []
        assert sell_until_refused(till, sold) is ErrorCode.DISK_FULL
        basket = till.store.read.basket()
        assert [row.uid for row in till.store.read.sales("", 0, 10_000)] == [sale.uid for sale in reversed(sold)]
        assert till.store.read.on_hand(MI.uid) == 200 - len(sold)
        assert till.store.read.check() == []
        room(till, 1_000_000)
        if basket.lines:
            sold.append(checkout.complete_sale(till, basket, basket.total))
        sold.append(sell(till, INDOMIE))
    with open_till(tmp_path) as till:
        assert [row.number for row in till.store.read.sales("", 0, 10_000)] == [sale.number for sale in reversed(sold)]
        assert [int(sale.number.split("-")[1]) for sale in sold] == list(range(1, len(sold) + 1))
        assert till.store.read.check() == []


def test_a_disk_that_is_full_at_the_very_commit_takes_nothing_and_the_next_try_goes(tmp_path: Path) -> None:
    with watched_disk().in_use() as disk, open_market(tmp_path) as till:
        basket, _ = selling.scan(till, INDOMIE)
        before = as_it_stands(till)
        disk.full = True
        for attempt in (
            lambda: checkout.complete_sale(till, basket, 50_000),
            lambda: selling.scan(till, INDOMIE),
            lambda: selling.undo(till),
            lambda: drawer.close_session(till, 0) if not till.store.read.basket().lines else selling.hold_basket(till, "x"),
        ):
            with pytest.raises(ShopError) as refused:
                attempt()
            assert refused.value.code is ErrorCode.DISK_FULL
            assert as_it_stands(till) == before
        disk.full = False
        sale = checkout.complete_sale(till, basket, 50_000)
        assert sale.number.split("-")[1] == "1"
        assert till.store.read.check() == []
    with open_till(tmp_path) as till:
        assert till.store.read.last_sale() == sale
        assert till.store.read.check() == []


def test_a_new_store_on_a_full_disk_is_told_so_and_made_when_there_is_room(tmp_path: Path) -> None:
    with watched_disk().in_use() as disk:
        disk.full = True
        with pytest.raises(ShopError) as refused, open_till(tmp_path):
            pass
        assert refused.value.code is ErrorCode.DISK_FULL
    with open_till(tmp_path) as till:
        assert till.store.read.check() == []


def test_a_copy_that_finds_no_room_leaves_none_behind(tmp_path: Path) -> None:
    with watched_disk().in_use() as disk, open_market(tmp_path) as till:
        disk.full = True
        with pytest.raises(ShopError) as refused:
            till.store.copy(tmp_path / "copies" / "kini.db")  # type: ignore[attr-defined]
        assert refused.value.code is ErrorCode.DISK_FULL
        assert list((tmp_path / "copies").iterdir()) == []
        disk.full = False
        sell(till, INDOMIE)
