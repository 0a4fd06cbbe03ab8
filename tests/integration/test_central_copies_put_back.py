"""A shop that is put back from its copy on another machine, with a real central as a process: it goes on under a new epoch, and what was
sold since the copy is neither lost nor counted twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.local_db.restoring import lay_ready
from pos.local_db.store import SqliteStore
from tests.helpers.central import CentralProcess
from tests.helpers.paired_tills import PairedTill
from tests.helpers.tills import sell, stock_of, stock_up


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralProcess]:
    process = CentralProcess(f"sqlite:///{tmp_path / 'central.db'}")
    yield process
    process.close()


def test_a_shop_put_back_from_its_copy_is_a_new_epoch_and_misses_nothing(tmp_path: Path, central: CentralProcess) -> None:
    shop = central.command("shop", "Toko Sinar Jaya")
    first = PairedTill(tmp_path / "lama")
    first.pair(central.url, central.command("code", shop))
    goods = stock_up(first.till)
    before = [sell(first.till, goods[0]) for _ in range(2)]
    first.settle()
    epoch = first.till.store.read.shop().epoch
    assert isinstance(first.till.store, SqliteStore)
    first.till.store.copy(tmp_path / "salinan.db")
    since = [sell(first.till, goods[1]) for _ in range(3)]
    first.settle()
    shelf = stock_of(first.till, goods)
    first.close()

    # the old computer is broken; what it had is the copy on the stick, and its keys
    (tmp_path / "baru").mkdir()
    shutil.copy(tmp_path / "lama" / "secrets.json", tmp_path / "baru" / "secrets.json")
    lay_ready(tmp_path / "salinan.db", tmp_path / "baru" / "shop.db")
    second = PairedTill(tmp_path / "baru")
    second.settle()
    assert second.till.store.read.shop().epoch > epoch
    assert stock_of(second.till, goods) == shelf, "what was sold since the copy is off the shelf"
    again = sell(second.till, goods[0])
    second.settle()
    told = central.summary(shop)
    assert (told["sales"], told["duplicates"], told["quarantined"]) == (6, 0, 0)
    assert told["turnover"] == sum(sale.total for sale in (*before, *since, again))
    assert second.till.store.read.check() == []
    assert second.till.store.read.line().digest_ok
    second.close()
