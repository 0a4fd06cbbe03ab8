"""Selling as the store sees it: one transaction, one sync, a handful of statements; baskets that survive; facts that stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.basket import BasketLine
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.printing import DocumentKind
from pos.domain.product import Regulation
from pos.domain.sale import Sale
from pos.local_db.baskets import STEPS_KEPT
from pos.local_db.engine import open_writer
from pos.local_db.triggers import APPEND_ONLY
from pos.services import checkout, drawer, selling
from pos.services.ports import Till
from tests.helpers.shops import KOPI, MI, SABUN, TELUR, goods, open_market, open_till, sell
from tests.helpers.sql_watch import statements, traced
from tests.helpers.watched_disk import watched_disk

INDOMIE, COFFEE, SOAP = "089686010947", "8991002105485", "8999999036607"


def writer_of(till: Till) -> sqlite3.Connection:
    connection: sqlite3.Connection = till.store._writer  # type: ignore[attr-defined]
    return connection


def names(till: Till) -> list[tuple[str, int]]:
    return [(line.name, line.quantity) for line in till.store.read.basket().lines]


def test_a_sale_of_thirteen_rows_is_eight_writing_statements_in_one_transaction(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for code in (INDOMIE, COFFEE, SOAP):
            basket, _ = selling.scan(till, code)
        with traced(writer_of(till)) as trace:
            checkout.complete_sale(till, basket, 50_000)
        seen = statements(trace)
        assert seen[0] == "BEGIN IMMEDIATE"
        assert seen[-1] == "COMMIT"
        written = [item for item in seen if item.startswith(("INSERT", "UPDATE", "DELETE"))]
        # sale, lines, payment, movements, outbox, paper, audit, basket; executed for 13 rows
        assert len(written) == 8
        assert sum(line.startswith("INSERT") for line in trace) + 1 == 13
        # what is read within it: the basket as it is stored, and the costs
        assert len(seen) - len(written) - 2 == 2


def test_a_scan_is_looked_up_by_one_statement_and_written_by_three(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        selling.scan(till, COFFEE)
        reader = till.store.read._readers.connection()  # type: ignore[attr-defined]
        with traced(reader) as looked_up, traced(writer_of(till)) as trace:
            selling.scan(till, INDOMIE)
        assert len(looked_up) == 1
        assert [item.split()[0] for item in statements(trace)] == ["BEGIN", "SELECT", "INSERT", "UPDATE", "INSERT", "COMMIT"]


def test_a_sale_is_synced_exactly_once_and_so_is_a_scan(tmp_path: Path) -> None:
    """Counted where SQLite asks the system to sync; on a real file each is one fdatasync of the WAL."""
    with watched_disk().in_use() as disk, open_market(tmp_path) as till:
        for _ in range(20):
            disk.syncs.clear()
            basket, _ = selling.scan(till, INDOMIE)
            assert disk.syncs == ["shop.db-wal"]
            disk.syncs.clear()
            checkout.complete_sale(till, basket, basket.total)
            assert disk.syncs == ["shop.db-wal"]
        till.store.tidy()  # type: ignore[attr-defined]
        basket, _ = selling.scan(till, INDOMIE)
        disk.syncs.clear()
        checkout.complete_sale(till, basket, basket.total)
        assert disk.syncs == ["shop.db-wal"]


def test_a_sale_brings_its_lines_money_stock_paper_and_its_word_for_the_server(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        read = till.store.read
        waiting = len(read.waiting_operations(100))
        sale = sell(till, INDOMIE, INDOMIE, SOAP, received=50_000)
        assert sale.change == 50_000 - 11_000
        assert read.sale(sale.uid) == sale == read.last_sale()
        assert (read.on_hand(MI.uid), read.on_hand(SABUN.uid)) == (198, 23)
        assert {job.kind for job in read.print_jobs_of(sale.uid)} == {DocumentKind.RECEIPT, DocumentKind.DRAWER_KICK}
        told = read.waiting_operations(100)
        assert len(told) == waiting + 1
        assert told[-1].id == sale.uid
        session = read.session()
        assert session is not None
        assert (session.expected, session.sales, session.turnover) == (211_000, 1, 11_000)
        assert read.basket().lines == ()
        assert read.check() == []


def break_off(till: Till, sale: Sale) -> None:
    """A bug in the middle of a story."""
    with till.store.begin() as work:
        work.add_sale(sale)
        work.put_products([goods("Sempat ada", uid="e" * 32)])
        _ = 1 // 0
        work.commit()


def test_leaving_without_commit_takes_everything_back_and_the_next_number_too(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        first = sell(till, INDOMIE)
        before = till.store.read.digest()
        with pytest.raises(ZeroDivisionError):
            break_off(till, replace(first, uid="f" * 32, number="A0-2-FFFF"))
        with till.store.begin() as work:
            assert work.next_receipt()[2] == 2
        assert till.store.read.digest() == before
        assert sell(till, INDOMIE).number.split("-")[1] == "2"
        assert till.store.read.check() == []


def test_receipt_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        numbers = [sell(till, INDOMIE).number for _ in range(3)]
    with open_till(tmp_path) as till:
        numbers.append(sell(till, INDOMIE).number)
        assert [number.split("-")[:2] for number in numbers] == [["A0", str(seq)] for seq in range(1, 5)]
        assert till.store.read.check() == []


def put_some_row(raw: sqlite3.Connection, table: str) -> None:
    """A row of ones in a table that the day has left empty."""
    columns = raw.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall()
    raw.execute("PRAGMA foreign_keys = OFF")
    marks = ", ".join("?" * len(columns))
    raw.execute(f"INSERT INTO {table} VALUES ({marks})", [1 if kind == "INTEGER" else "x" for _, kind in columns])
    raw.execute("PRAGMA foreign_keys = ON")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_fact_cannot_be_changed_or_taken_out(tmp_path: Path, table: str) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        drawer.close_session(till, 203_500)
        with till.store.begin() as work:
            work.add_pickup("a" * 32, "b" * 32, 1)
            work.commit()
    with closing(open_writer(tmp_path / "shop.db")) as connection:
        raw = connection
        if raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
            put_some_row(raw, table)
        column = raw.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 0 LIMIT 1").fetchone()[0]
        for attempt in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(attempt)


def test_a_basket_is_there_after_a_restart_with_everything_that_can_be_undone(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        selling.scan(till, INDOMIE, 12)
        basket, line = selling.scan(till, COFFEE)
        selling.set_quantity(till, line.uid, 5)
        basket = selling.remove_line(till, basket.lines[0].uid)
    with open_till(tmp_path) as till:
        assert till.store.read.basket() == basket
        assert names(till) == [(KOPI.name, 5)]
        selling.undo(till)
        assert names(till) == [(MI.name, 12), (KOPI.name, 5)]
        assert till.store.read.basket().lines[0].unit_price == 3_200
    with open_till(tmp_path) as till:
        selling.undo(till)
        selling.undo(till)
        assert names(till) == [(MI.name, 12)]
        assert till.store.read.basket().can_redo
        selling.redo(till)
        selling.redo(till)
        selling.redo(till)
        assert names(till) == [(KOPI.name, 5)]
        assert not till.store.read.basket().can_redo


def test_two_hundred_steps_can_be_taken_back_and_no_more_are_kept(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        _, line = selling.scan(till, INDOMIE)
        for quantity in range(2, STEPS_KEPT + 12):
            selling.set_quantity(till, line.uid, quantity)
        for _ in range(STEPS_KEPT - 1):
            assert selling.undo(till).can_undo
        basket = selling.undo(till)
        assert (basket.can_undo, basket.can_redo) == (False, True)
        assert basket.lines[0].quantity == 11
        assert selling.undo(till) == basket
        kept = writer_of(till).execute("SELECT count(*) FROM basket_change").fetchone()[0]
        assert kept == STEPS_KEPT


def test_a_new_change_forgets_what_was_taken_back(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        selling.scan(till, INDOMIE)
        selling.scan(till, COFFEE)
        selling.undo(till)
        basket, _ = selling.scan(till, SOAP)
        assert not basket.can_redo
        assert selling.redo(till).lines == basket.lines
        assert names(till) == [(MI.name, 1), (SABUN.name, 1)]


def test_a_held_basket_keeps_its_lines_and_its_steps(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        selling.scan(till, INDOMIE)
        selling.scan(till, COFFEE)
        selling.hold_basket(till, "Bu Tin")
        assert till.store.read.basket().lines == ()
        selling.scan(till, SOAP)
        [held] = till.store.read.held_baskets()
        assert (held.label, len(held.lines)) == ("Bu Tin", 2)
        with pytest.raises(ShopError) as refused:
            selling.recall_basket(till, held.uid)
        assert refused.value.code is ErrorCode.BASKET_NOT_EMPTY
        selling.undo(till)
        assert selling.recall_basket(till, held.uid).lines == held.lines
        assert names(till) == [(MI.name, 1), (KOPI.name, 1)]
        selling.undo(till)
        assert names(till) == [(MI.name, 1)]
        with pytest.raises(ShopError) as gone:
            selling.hold_basket(till, "Bu Tin"), selling.recall_basket(till, "0" * 32)
        assert gone.value.code is ErrorCode.BASKET_CHANGED


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["scan", "more", "remove", "undo", "redo"]), st.integers(0, 5)), max_size=30))
def test_undo_and_redo_go_over_the_same_baskets_back_and_forth(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """Against a list of the baskets that were, as a person would keep it."""
    with open_market(tmp_path_factory.mktemp("toko")) as till:
        history: list[tuple[BasketLine, ...]] = [()]
        at = 0
        codes = (INDOMIE, COFFEE, SOAP)
        for what, number in steps:
            lines = till.store.read.basket().lines
            if what == "undo":
                selling.undo(till)
                at = max(0, at - 1)
            elif what == "redo":
                selling.redo(till)
                at = min(len(history) - 1, at + 1)
            elif what == "scan":
                selling.scan(till, codes[number % 3])
            elif lines:
                line = lines[number % len(lines)]
                selling.set_quantity(till, line.uid, line.quantity + number) if what == "more" else selling.remove_line(till, line.uid)
            present = till.store.read.basket()
            if what in ("undo", "redo"):
                assert present.lines == history[at]
            elif present.lines != lines:
                history[at + 1 :] = [present.lines]
                at += 1
            assert (present.can_undo, present.can_redo) == (at > 0, at < len(history) - 1)


def test_weighed_goods_are_sold_in_grams_and_priced_by_the_kilo(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        unit = till.store.read.unit(TELUR.units[1].uid)
        assert unit is not None
        basket, line = selling.add_unit(till, unit, 1_500)
        assert (line.amount, line.factor) == (42_000, 1_000)
        checkout.complete_sale(till, basket, 50_000)
        assert till.store.read.on_hand(TELUR.uid) == 17_000
        assert till.store.read.check() == []


def test_a_scan_brings_all_that_a_line_needs(tmp_path: Path) -> None:
    smoke = replace(goods("Kretek 12", 15_000, "8999909000012"), regulation=Regulation.TOBACCO, drawing="rokok", size="12 batang")
    with open_market(tmp_path, [(smoke, 30)]) as till:
        unit = till.store.read.find_unit("8999909000012")
        assert unit is not None
        assert unit == till.store.read.unit(smoke.units[0].uid)
        assert (unit.product_uid, unit.unit_uid, unit.product_name, unit.factor) == (smoke.uid, smoke.units[0].uid, "Kretek 12", 1)
        assert (unit.prices, unit.on_hand) == (smoke.units[0].prices, 30)
        assert (unit.cost_total, unit.cost_quantity, unit.size, unit.drawing) == (12_000, 1, "12 batang", "rokok")
        assert unit.regulation is Regulation.TOBACCO
        assert till.store.read.find_unit("123") is None
        assert till.store.read.unit("0" * 32) is None


def test_the_drawer_adds_up_over_a_day_and_only_one_is_open(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE, received=10_000)
        sell(till, COFFEE, SOAP, received=100_000)
        closed = drawer.close_session(till, 209_000)
        assert (closed.expected, closed.sales, closed.turnover, closed.difference) == (209_000, 2, 9_000, 0)
        assert till.store.read.session() is None
        with pytest.raises(ShopError) as refused:
            sell(till, INDOMIE)
        assert refused.value.code is ErrorCode.NO_CASH_SESSION
        # a clock that was set back does not bring yesterday's drawer up again
        till.clock.pass_ms(-86_400_000)  # type: ignore[attr-defined]
        opened = drawer.open_session(till, 50_000)
        assert till.store.read.session() == opened
        with pytest.raises(sqlite3.IntegrityError), till.store.begin() as work:
            work.open_session(replace(opened, uid="d" * 32))
        assert till.store.read.check() == []
