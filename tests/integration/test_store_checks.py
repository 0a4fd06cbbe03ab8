"""The doctor: what does not add up any more is found, wherever a hand was at the file. And copies, which are whole or not there."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.retention import DAYS_KEPT
from pos.local_db.check import AUDIT_CHAIN, DRAWER_SUMS, GOODS_TOTALS, INTEGRITY, OUTBOX_CHAIN, SALE_SUMS, STOCK_TOTALS
from pos.services import checkout, drawer, selling
from pos.services.ports import Till
from tests.helpers.shops import KOPI, MI, open_market, open_till, sell

INDOMIE, COFFEE = "089686010947", "8991002105485"

TAMPERED = {
    "a sale made smaller": ("UPDATE sale SET total = total - 500 WHERE id = 2", {SALE_SUMS, DRAWER_SUMS}),
    "a line made cheaper": ("UPDATE sale_line SET amount = amount - 500 WHERE sale_id = 2 AND position = 0", {SALE_SUMS}),
    "a line's quantity": ("UPDATE sale_line SET quantity = 2 WHERE sale_id = 2 AND position = 0", {SALE_SUMS}),
    "money taken from a payment": ("UPDATE payment SET amount = amount - 500 WHERE sale_id = 1", {SALE_SUMS, DRAWER_SUMS}),
    "change that was not given": ("UPDATE payment SET change = change + 500 WHERE sale_id = 1", {SALE_SUMS}),
    "line and payment alike": (
        "UPDATE payment SET amount = 0, received = 0, change = 0 WHERE sale_id = 1; UPDATE sale SET total = 0 WHERE id = 1;"
        "UPDATE sale_line SET amount = 0, unit_price = 0 WHERE sale_id = 1",
        {DRAWER_SUMS, AUDIT_CHAIN},
    ),
    "a sale taken out": (
        "DELETE FROM payment WHERE sale_id = 2; DELETE FROM sale_line WHERE sale_id = 2; DELETE FROM sale WHERE id = 2",
        {STOCK_TOTALS, DRAWER_SUMS, AUDIT_CHAIN},
    ),
    "a movement": ("UPDATE stock_movement SET quantity = quantity + 1 WHERE reason = 'sale'", {STOCK_TOTALS, SALE_SUMS}),
    "a kept stock": ("UPDATE stock SET on_hand = on_hand + 1", {STOCK_TOTALS}),
    "the kept totals": ("UPDATE total SET on_hand = on_hand + 1", {STOCK_TOTALS}),
    "the float": ("UPDATE cash_session SET float_amount = 1", {DRAWER_SUMS}),
    "a counted drawer": ("UPDATE cash_session_close SET expected = expected - 500", {DRAWER_SUMS}),
    "an entry of the audit log": ("UPDATE audit SET actor = 'orang lain' WHERE id = 3", {AUDIT_CHAIN}),
    "an entry taken out": ("DELETE FROM audit WHERE id = 3", {AUDIT_CHAIN}),
    "the last entry taken out": ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit WHERE action = 'sale')", {AUDIT_CHAIN}),
    "what the server is told": ("UPDATE outbox SET payload = CAST(replace(payload, '3500', '2500') AS BLOB)", {OUTBOX_CHAIN}),
    "what the server is told, as text": ("UPDATE outbox SET payload = CAST(payload AS TEXT)", {OUTBOX_CHAIN}),
    "what the server is told, with its hash": ("UPDATE outbox SET at = at + 1 WHERE seq = 2", {OUTBOX_CHAIN}),
    "an operation taken out": ("DELETE FROM outbox WHERE seq = 2", {OUTBOX_CHAIN}),
    "a product hidden from its counts": ("UPDATE product SET deleted = 1 WHERE id = 1", {GOODS_TOTALS}),
    "a code moved": ("DELETE FROM barcode", {GOODS_TOTALS}),
    "the search": ("DELETE FROM product_search WHERE rowid = (SELECT rank FROM product WHERE id = 1)", {GOODS_TOTALS}),
    "a row that points nowhere": ("DELETE FROM product_unit WHERE position = 0", {INTEGRITY}),
}


def day(folder: Path) -> None:
    """A day's work: two sales, the drawer counted, a sale of the next day."""
    with open_market(folder) as till:
        sell(till, INDOMIE, received=5_000)
        sell(till, INDOMIE, COFFEE)
        drawer.close_session(till, 208_000)
        drawer.open_session(till, 100_000)
        sell(till, COFFEE)
        assert till.store.read.check() == []


def tamper(file: Path, script: str) -> None:
    """A hand at the file: the triggers that stand in the way are dropped, and put back afterwards."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in script.split(";"):
            assert raw.execute(statement).rowcount != 0, statement
        for _, sql in guards:
            raw.execute(sql)


@pytest.mark.parametrize("what", TAMPERED)
def test_a_changed_row_is_found(tmp_path: Path, what: str) -> None:
    day(tmp_path)
    script, expected = TAMPERED[what]
    tamper(tmp_path / "shop.db", script)
    with open_till(tmp_path) as till:
        assert expected <= set(till.store.read.check())


def test_the_check_tells_nothing_of_people_and_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    day(tmp_path)
    tamper(tmp_path / "shop.db", "UPDATE audit SET actor = 'Bu Sari' WHERE id = 3")
    with open_till(tmp_path) as till:
        before = (tmp_path / "shop.db").read_bytes()
        till.store.read.check()
        assert (tmp_path / "shop.db").read_bytes() == before
    assert "Bu Sari" not in caplog.text
    assert AUDIT_CHAIN in caplog.text


def test_a_copy_is_a_whole_shop_of_one_file(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sale = sell(till, INDOMIE)
        target = tmp_path / "copies" / "tangan.db"
        till.store.copy(target)  # type: ignore[attr-defined]
        sell(till, COFFEE)
        assert sorted(file.name for file in target.parent.iterdir()) == ["tangan.db"]
        assert target.stat().st_mode & 0o777 == 0o600
        assert till.store.read.health().last_copy_at > 0
    (tmp_path / "lain").mkdir()
    target.rename(tmp_path / "lain" / "shop.db")
    with open_till(tmp_path / "lain") as till:
        assert till.store.read.last_sale() == sale
        assert (till.store.read.on_hand(MI.uid), till.store.read.on_hand(KOPI.uid)) == (199, 300)
        assert till.store.read.check() == []


def test_a_damaged_store_makes_no_copy_that_looks_well(tmp_path: Path) -> None:
    day(tmp_path)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'payment'").fetchone()[0]
    with (tmp_path / "shop.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with open_till(tmp_path) as till, pytest.raises(ShopError) as refused:
        till.store.copy(tmp_path / "copies" / "rusak.db")  # type: ignore[attr-defined]
    assert refused.value.code is ErrorCode.STORE_DAMAGED
    assert list((tmp_path / "copies").iterdir()) == []


def test_one_copy_a_day_is_made_and_the_newest_week_is_kept(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        till.store.copy(tmp_path / "copies" / "before-0002.db")  # type: ignore[attr-defined]
        for _ in range(DAYS_KEPT + 3):
            assert till.store.copy_of_the_day() is not None  # type: ignore[attr-defined]
            assert till.store.copy_of_the_day() is None  # type: ignore[attr-defined]
            till.clock.pass_ms(86_400_000)  # type: ignore[attr-defined]
        names = sorted(file.name for file in (tmp_path / "copies").iterdir())
        assert len(names) == DAYS_KEPT + 1
        assert names[0] == "before-0002.db"
        assert names[-1] == "day-2026-12-04.db"


def test_a_copy_is_of_one_moment_while_selling_goes_on(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        done = threading.Event()
        failed: list[BaseException] = []

        def copy_again_and_again(till: Till) -> None:
            try:
                for number in range(8):
                    till.store.copy(tmp_path / "copies" / f"{number}.db")  # type: ignore[attr-defined]
            except ShopError as error:
                failed.append(error)
            finally:
                done.set()

        worker = threading.Thread(target=copy_again_and_again, args=(till,))
        worker.start()
        while not done.is_set():
            sell(till, INDOMIE)
        worker.join()
        assert failed == []
        sold = len(till.store.read.sales("", 0, 100_000))
        assert till.store.read.check() == []
    for number in range(8):
        folder = tmp_path / f"salinan{number}"
        folder.mkdir()
        (tmp_path / "copies" / f"{number}.db").rename(folder / "shop.db")
        with open_till(folder) as till:
            assert till.store.read.check() == []
            assert len(till.store.read.sales("", 0, 100_000)) <= sold


def test_a_screen_reads_while_another_thread_sells_and_each_moment_is_whole(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        stop = threading.Event()
        seen: list[tuple[int, int]] = []

        def look() -> None:
            read = till.store.read
            while not stop.is_set():
                with read._readers.moment():  # type: ignore[attr-defined]
                    seen.append((read.on_hand(MI.uid), read.health().sales))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            for _ in range(40):
                basket, _ = selling.scan(till, INDOMIE)
                checkout.complete_sale(till, basket, basket.total)
        finally:
            stop.set()
            watcher.join()
        assert seen
        assert all(on_hand == 200 - sales for on_hand, sales in seen)
