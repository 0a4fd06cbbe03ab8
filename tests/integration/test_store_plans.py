"""How SQLite answers: no action of the counter reads a table from end to end, so a long list of goods or sales does not slow it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from pos.domain.product import Product
from pos.local_db.engine import Readers
from pos.local_db.ranks import ranks_due
from pos.services import deposits, packs, selling
from pos.services.paying_views import SaleSearch
from pos.services.ports import Till
from pos.services.views import GoodsFilter
from tests.helpers.sheets import gtin13
from tests.helpers.shops import KOPI, MI, goods, open_market, sell
from tests.helpers.sql_watch import plan, statements, traced

CODE = "089686010947"

ONE_ROW = r"shop|total|alembic_version"
"""Tables of one row."""
FEW = r"b|basket|goods_total|goods_import"
"""Baskets: the open one and those put aside; counts: one a category; lists taken in: no more than upkeep leaves."""
INNER = r"page|o|n|\(subquery-\d+\)|constant row|\d+ constant rows?"
"""Rows that an inner query has found already."""
INDEXED = r"(?:f|product_search|sale_search|known_word) VIRTUAL TABLE INDEX .*"
"""FTS5 names its own look-ups so."""
ITS_OWN = r"main\.(?:product|sale|customer)_search_config"
ALLOWED = re.compile(rf"SCAN (?:{ONE_ROW}|{FEW}|{INNER}|{INDEXED}|{ITS_OWN})")


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    with open_market(tmp_path_factory.mktemp("toko")) as open_shop:
        sell(open_shop, CODE)
        open_shop.store.tidy()  # type: ignore[attr-defined]
        sell(open_shop, CODE)
        yield open_shop


READS: dict[str, Callable[[Till], object]] = {
    "a scan": lambda till: till.store.read.find_unit(CODE),
    "a unit": lambda till: till.store.read.unit(MI.units[0].uid),
    "search, one letter": lambda till: till.store.read.search("m"),
    "search, words": lambda till: till.store.read.search("mi gor"),
    "search, a code": lambda till: till.store.read.search("89686010947"),
    "search, mistyped": lambda till: till.store.read.search("gorenk"),
    "tiles": lambda till: till.store.read.tiles("", 24),
    "tiles of a category": lambda till: till.store.read.tiles("Sembako", 24, 24),
    "categories": lambda till: till.store.read.categories(),
    "counts of goods": lambda till: till.store.read.goods_counts(),
    "goods": lambda till: [till.store.read.goods(which, "", 0, 50) for which in GoodsFilter],
    "goods with text": lambda till: [till.store.read.goods(which, "mi", 0, 50) for which in GoodsFilter],
    "goods counted with text": lambda till: [till.store.read.goods_total(which, "mi") for which in GoodsFilter],
    "a product": lambda till: (till.store.read.product(MI.uid), till.store.read.on_hand(MI.uid), till.store.read.product_of_code("0")),
    "the basket": lambda till: (till.store.read.basket(), till.store.read.held_baskets()),
    "sales list": lambda till: till.store.read.sales("", 0, 50),
    "sales by text": lambda till: till.store.read.sales("mi", 0, 50),
    "sales that a report asks for": lambda till: [
        till.store.read.find_sales(search, 0, 50)
        for search in (
            SaleSearch(since=1, until=9, product_uid=MI.uid),
            SaleSearch(since=1, until=9, category="Sembako"),
            SaleSearch(since=1, until=9, cashier="Sri"),
            SaleSearch(since=1, until=9, tender="qris"),
        )
    ],
    "a supplier": lambda till: (
        till.store.read.supplier("x"),
        till.store.read.supplier_entries("x"),
        till.store.read.supplier_entries_of("x"),
        till.store.read.supplier_balance("x"),
    ),
    "a sale": lambda till: (till.store.read.sale("x"), till.store.read.last_sale(), till.store.read.next_sale()),
    "the drawer": lambda till: till.store.read.session(),
    "orders": lambda till: (till.store.read.orders(), till.store.read.orders(history=True), till.store.read.order("x")),
    "an order by its code": lambda till: (till.store.read.order_of_short_code("7K241"), till.store.read.unseen_orders()),
    "paper": lambda till: (till.store.read.print_jobs(), till.store.read.print_jobs_of("x"), till.store.read.open_print_jobs()),
    "packages and deposits": lambda till: (
        till.store.read.pack_source("x"),
        till.store.read.deposits("x"),
        till.store.read.deposit("x", "y"),
        till.store.read.deposit_price("x"),
    ),
    "prices of a basket": lambda till: till.store.read.prices_of([MI.units[0].uid, "x"]),
    "outbox": lambda till: (till.store.read.waiting_operations(50), till.store.read.outbox_problems(), till.store.read.position()),
    "header pills": lambda till: (till.store.read.line(), till.store.read.shop(), till.store.read.digest(), till.store.read.health()),
    "popularity": lambda till: ranks_due(till.store._readers),  # type: ignore[attr-defined]
}
WRITES: dict[str, Callable[[Till], object]] = {
    "a sale": lambda till: sell(till, CODE),
    "undo and redo": lambda till: (selling.scan(till, CODE), selling.undo(till), selling.redo(till), selling.undo(till)),
    "a basket put aside": lambda till: _put_aside(till),
    "a package opened, a deposit": lambda till: _beside(till),
    "upkeep": lambda till: till.store.tidy(),  # type: ignore[attr-defined]
    "goods put again": lambda till: _put_again(till),
    "answers of the server": lambda till: _acknowledge(till),
}


def _put_aside(till: Till) -> None:
    selling.scan(till, CODE)
    selling.hold_basket(till, "Bu Rina")
    held = till.store.read.held_baskets()[0].uid
    selling.name_held(till, held, "Bu Rina")
    selling.drop_held(till, held)
    selling.restore_dropped(till, held)
    basket = selling.recall_basket(till, held)
    selling.remove_line(till, basket.lines[0].uid)


def _beside(till: Till) -> None:
    packs.remember_pack(till, MI.uid, KOPI.units[0].uid, 2)
    packs.open_pack(till, MI.uid)
    deposits.lend(till, "c" * 32, MI.uid, 1, 5_000)
    deposits.give_back(till, "c" * 32, MI.uid, 1)


def _put_again(till: Till) -> None:
    with till.store.begin() as work:
        work.put_products([MI])
        work.commit()


def _acknowledge(till: Till) -> None:
    with till.store.begin() as work:
        work.acknowledge([("x", "applied", "")], 1)
        work.mark_seen("x")
        work.commit()


def scans(connection: sqlite3.Connection, trace: list[str]) -> list[str]:
    """Steps of a trace that read a table from end to end."""
    found = []
    for statement in dict.fromkeys(trace):
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            found += [
                f"{step}: {statement[:120]}"
                for step in plan(connection, statement)
                if step.startswith("SCAN") and not ALLOWED.fullmatch(step)
            ]
    return found


@pytest.mark.parametrize("action", READS)
def test_reading_looks_up_and_never_through(till: Till, action: str) -> None:
    readers: Readers = till.store._readers  # type: ignore[attr-defined]
    with traced(readers.connection()) as trace:
        READS[action](till)
    assert trace
    assert scans(readers.connection(), trace) == []


@pytest.mark.parametrize("action", WRITES)
def test_writing_looks_up_and_never_through(till: Till, action: str) -> None:
    writer = till.store._writer  # type: ignore[attr-defined]
    with traced(writer) as trace:
        WRITES[action](till)
    assert trace
    assert scans(writer, trace) == []


def test_the_watch_would_see_a_table_read_through(till: Till) -> None:
    connection = till.store._readers.connection()  # type: ignore[attr-defined]
    assert scans(connection, ["SELECT * FROM product WHERE name = 'x'", "SELECT count(*) FROM sale_line"]) != []


def test_keystrokes_need_no_sorting(till: Till) -> None:
    connection = till.store._readers.connection()  # type: ignore[attr-defined]
    with traced(connection) as trace:
        till.store.read.search("mi g")
        till.store.read.tiles("", 24)
        till.store.read.tiles("Sembako", 24)
        till.store.read.waiting_operations(50)
    assert not [step for statement in trace for step in plan(connection, statement) if "TEMP B-TREE" in step]


def steps(connection: sqlite3.Connection, action: Callable[[], object]) -> int:
    """How many instructions of its virtual machine SQLite runs for an action: what time would measure, without the noise."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    action()
    connection.set_progress_handler(tick, 1)
    try:
        action()
    finally:
        connection.set_progress_handler(None, 1)
    return count


GROWING: dict[str, Callable[[Till], object]] = {
    name: READS[name]
    for name in (
        "a scan",
        "a unit",
        "search, one letter",
        "tiles",
        "tiles of a category",
        "categories",
        "counts of goods",
        "goods",
    )
} | {name: READS[name] for name in ("a product", "the basket", "sales list", "a sale", "the drawer", "orders", "outbox", "header pills")}


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Till, Till]]:
    """Two shops that differ in nothing but how many goods they have and how much they have sold."""
    with (
        open_market(tmp_path_factory.mktemp("kecil"), shelf(60)) as small,
        open_market(tmp_path_factory.mktemp("besar"), shelf(6_000)) as large,
    ):
        for till, sales in ((small, 150), (large, 600)):
            for _ in range(sales):
                sell(till, CODE)
            for _ in range(5):
                till.store.tidy()  # type: ignore[attr-defined]
        yield small, large


def shelf(count: int) -> list[tuple[Product, int]]:
    return [
        (MI, 1_000_000),
        *((goods(f"Mi goreng nomor {number}", 500, gtin13(number), category=f"Rak {number % 5}"), 10) for number in range(count)),
    ]


@pytest.mark.parametrize("action", GROWING)
def test_an_action_takes_no_more_steps_in_a_long_list_than_in_a_short_one(small_and_large: tuple[Till, Till], action: str) -> None:
    taken = []
    for till in small_and_large:
        readers: Readers = till.store._readers  # type: ignore[attr-defined]
        taken.append(steps(readers.connection(), lambda till=till: GROWING[action](till)))  # type: ignore[misc]
    assert taken[0] > 10
    assert taken[1] <= taken[0] * 1.2


def test_a_scan_and_a_sale_take_no_more_steps_after_many_than_after_few(small_and_large: tuple[Till, Till]) -> None:
    taken = [steps(till.store._writer, lambda till=till: sell(till, CODE)) for till in small_and_large]  # type: ignore[attr-defined, misc]
    assert taken[1] <= taken[0] * 1.2


def test_a_long_list_of_goods_is_put_by_a_dozen_statements_for_four_hundred(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_market(tmp_path_factory.mktemp("toko"), []) as till:
        products = [product for product, _ in shelf(4_000)]
        with traced(till.store._writer) as trace, till.store.begin() as work:  # type: ignore[attr-defined]
            work.put_products(products)
            work.commit()
        assert len(statements(trace)) <= 12 * 11 + 2
