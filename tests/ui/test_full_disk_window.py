"""A disk that fills up under the open till: said in words, nothing lost from the counter, and selling goes on when there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.counter_window import CounterWindow, counter_window
from tests.helpers.shops import open_till
from tests.helpers.watched_disk import WatchedDisk, watched_disk

MI_CODE = "089686010947"
KOPI_CODE = "8991002105485"


@pytest.fixture
def disk() -> Iterator[WatchedDisk]:
    """The disk under the real store; its `full` refuses every write as the system does (SQLITE_FULL)."""
    with watched_disk().in_use() as watched:
        yield watched


def said_full(counter: CounterWindow) -> bool:
    return any(toast.startswith("Penyimpanan penuh") for toast in counter.toasts())


def test_a_disk_that_fills_up_while_a_customer_pays_sells_nothing_and_loses_nothing(disk: WatchedDisk, tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        disk.full = True
        counter.scan(KOPI_CODE)
        assert said_full(counter)
        assert counter.names() == ["Mi goreng"], "a line that could not be kept is not shown as kept"
        counter.key("F9")
        counter.type("50000")
        counter.key("F9")
        assert not counter.sales()
        assert counter.names() == ["Mi goreng"]
        assert [line.name for line in counter.sale.counter.basket.lines] == ["Mi goreng"]
        assert counter.sale.payment.desk.tendered.amount == 50_000, "the money that was counted is still there"
        disk.full = False
        counter.key("F9")
        assert [(sale.total, sale.received) for sale in counter.sales()] == [(3_500, 50_000)]
        counter.scan(KOPI_CODE)
        assert counter.names() == ["Kopi susu sachet"]
    with open_till(tmp_path) as till:
        assert len(till.store.read.sales("", 0, 10)) == 1
        assert till.store.read.check() == []


@pytest.mark.parametrize("key", ["F4", "Del", "Ctrl+Z", "F12"])
def test_no_key_of_the_counter_stumbles_over_a_full_disk(disk: WatchedDisk, tmp_path: Path, key: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.scan(KOPI_CODE)
        before = counter.till.store.read.basket()
        disk.full = True
        counter.key(key)
        assert said_full(counter)
        assert counter.till.store.read.basket() == before == counter.sale.counter.basket
        disk.full = False
        counter.key(key)
        assert counter.till.store.read.basket() != before
        assert counter.till.store.read.check() == []
