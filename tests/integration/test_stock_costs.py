"""What goods cost, to the rupiah, in a real store: sold, sold in advance, voided, returned, opened, told back; and in an old shop."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.correction import ReturnLine
from pos.domain.sale import Sale, Tender
from pos.domain.stock import MovementReason, StockMovement
from pos.services import correcting, packs
from pos.services.goods import put_goods
from pos.services.ports import Till
from pos.services.reports import Span, SpanKind, read_report, today
from pos.ui.reports.details import detail_rows
from tests.helpers.shops import KOPI, MI, SABUN, goods, open_market, open_till, sell

INDOMIE, COFFEE = "089686010947", "8991002105485"
OLD_SHOP = Path(__file__).parents[1] / "data" / "shop_0001.db.gz"
CARTON = 68_000
"""Rupiah of a dus of 12: Rp5.666,67 a piece."""


def receive(till: Till, product_uid: str, quantity: int, cost: int | None) -> None:
    moved = StockMovement(product_uid, quantity, MovementReason.RECEIPT, "", 0, till.clock.now(), cost)
    with till.store.begin() as work:
        put_goods(till, work, [], [moved], "stock")
        work.commit()


def worth(till: Till, product_uid: str) -> tuple[int, int]:
    """What is on the shelf, and the rupiah that it cost."""
    with till.store.begin() as work:
        value = work.stock_values([product_uid])[product_uid]
    return value.quantity, value.cost


def cost_of(sale: Sale) -> int:
    costs = [line.cost for line in sale.lines]
    assert None not in costs
    return sum(cost or 0 for cost in costs)


def test_a_carton_is_sold_piece_by_piece_to_its_last_rupiah(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 0)]) as till:
        receive(till, MI.uid, 12, CARTON)
        costs = [cost_of(sell(till, INDOMIE)) for _ in range(12)]
        assert sum(costs) == CARTON
        assert set(costs) == {5_666, 5_667}
        assert worth(till, MI.uid) == (0, 0)
        assert till.store.read.check() == []


def test_two_lines_of_one_product_take_their_cost_one_after_the_other(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 0)]) as till:
        receive(till, MI.uid, 3, 10_000)
        sale = sell(till, INDOMIE, INDOMIE, INDOMIE)
        assert cost_of(sale) == 10_000
        assert worth(till, MI.uid) == (0, 0)


def test_goods_sold_before_they_are_booked_in_are_settled_when_they_come(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 1)]) as till:
        sale = sell(till, INDOMIE, INDOMIE, INDOMIE)
        assert cost_of(sale) == 3 * 2_800
        assert worth(till, MI.uid) == (-2, -5_600)
        receive(till, MI.uid, 10, 30_000)
        assert worth(till, MI.uid) == (8, 24_000), "the two cost Rp400 more than was taken for them, and that is told as variance"
        day = today(till, 0)
        report = read_report(till, Span(SpanKind.DAYS, day, day), 0)
        assert (report.takings.profit, report.variance, report.profit_settled) == (3 * 700, 400, 1_700)
        later = read_report(till, Span(SpanKind.DAYS, day + timedelta(days=1), day + timedelta(days=1)), 0)
        assert later.variance == 0
        rows = {row.left: row.right for row in detail_rows(report)}
        assert rows["Selisih modal barang yang dijual dulu"] == "-Rp400"
        assert rows["Laba kotor setelah selisih modal"] == "Rp1.700"
        assert till.store.read.check() == []


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9), st.integers(1, 9_999)), min_size=1, max_size=14))
@settings(derandomize=True, deadline=None, max_examples=12)
def test_what_a_report_says_was_earned_is_what_came_in_less_what_it_cost_to_the_fraction(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[bool, int, int]]
) -> None:
    with open_market(tmp_path_factory.mktemp("toko"), [(MI, 0)]) as till:
        bought, unit, on_hand = Fraction(0), Fraction(2_800), 0
        for comes, many, cost in acts:
            if comes:
                receive(till, MI.uid, many, cost)
                bought, unit = bought + cost, Fraction(cost, many)
                on_hand += many
            else:
                sell(till, *[INDOMIE] * many)
                on_hand -= many
        if on_hand <= 0:
            # what nobody booked in yet is booked in at last, and one is left
            receive(till, MI.uid, 1 - on_hand, int(unit) * (1 - on_hand))
            bought += int(unit) * (1 - on_hand)
        day = today(till, 0)
        report = read_report(till, Span(SpanKind.DAYS, day, day), 0)
        assert report.profit_settled == report.takings.turnover - (bought - report.worth.cost)
        assert report.variance == bought - report.worth.cost - report.takings.cost


def test_voids_and_returns_put_back_exactly_what_was_taken(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 0)]) as till:
        receive(till, MI.uid, 12, CARTON)
        first = sell(till, INDOMIE, INDOMIE, INDOMIE, INDOMIE, INDOMIE)
        for _ in range(5):
            correcting.refund_lines(till, first.uid, [ReturnLine(0, 1)], "rusak kemasan", Tender.CASH)
        second = sell(till, INDOMIE, INDOMIE)
        void = correcting.void_sale(till, second.uid, "salah ketik")
        assert cost_of(void) == -cost_of(second)
        assert worth(till, MI.uid) == (12, CARTON)
        assert till.store.read.check() == []


def test_what_comes_back_spoilt_leaves_the_shelf_with_its_cost(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 0)]) as till:
        receive(till, MI.uid, 2, 5_001)
        sale = sell(till, INDOMIE)
        correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1, damaged=True)], "basi", Tender.CASH)
        quantity, cost = worth(till, MI.uid)
        assert quantity == 1
        assert cost in (2_500, 2_501)
        assert till.store.read.check() == []


def test_what_a_package_cost_is_in_what_came_out_of_it(tmp_path: Path) -> None:
    dus = goods("Mi goreng satu dus", 120_000, unit="dus")
    with open_market(tmp_path, [(MI, 0), (dus, 0)]) as till:
        receive(till, dus.uid, 3, 3 * CARTON + 1)
        packs.remember_pack(till, MI.uid, dus.units[0].uid, 40)
        packs.open_pack(till, MI.uid)
        (left, there), (loose, cost) = worth(till, dus.uid), worth(till, MI.uid)
        assert (left, loose) == (2, 40)
        assert there + cost == 3 * CARTON + 1
        assert till.store.read.check() == []


def test_goods_whose_cost_nobody_said_cost_what_the_next_delivery_did(tmp_path: Path) -> None:
    plain = replace(goods("Kerupuk", 1_000, "8990000000012"), cost_total=0, cost_quantity=0)
    with open_market(tmp_path, [(plain, 10)]) as till:
        assert sell(till, "8990000000012").lines[0].cost is None
        receive(till, plain.uid, 10, 7_000)
        assert worth(till, plain.uid) == (19, 13_300)
        assert sell(till, "8990000000012").lines[0].cost == 700
        assert till.store.read.check() == []


def test_a_price_that_somebody_says_makes_the_shelf_worth_that(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 10), (SABUN, 5)]) as till:
        product = till.store.read.product(MI.uid)
        assert product is not None
        changed = replace(product, cost_total=3_000, cost_quantity=1)
        with till.store.begin() as work:
            put_goods(till, work, [changed], [], "edit")
            work.commit()
        assert worth(till, MI.uid) == (10, 30_000)
        assert worth(till, SABUN.uid) == (5, 16_000)
        assert till.store.read.check() == []


def test_a_movement_that_is_told_twice_costs_once(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 10)]) as till:
        moved = StockMovement(MI.uid, -3, MovementReason.SALE, "f" * 32, 0, till.clock.now())
        for _ in range(2):
            with till.store.begin() as work:
                work.add_movements([moved, moved])
                work.commit()
        assert worth(till, MI.uid) == (7, 7 * 2_800)
        assert till.store.read.check() == []


def test_a_sale_that_is_told_back_takes_its_cost_off_the_shelf_once(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 10)]) as till:
        sale = sell(till, INDOMIE, INDOMIE)
    (tmp_path / "again").mkdir()
    with open_market(tmp_path / "again", [(MI, 10)]) as till:
        # no wire carries what it cost
        told = replace(sale, lines=tuple(replace(line, cost=None) for line in sale.lines), session_uid="")
        for _ in range(2):
            with till.store.begin() as work:
                work.add_known_sale(told, 0, 7)
                work.commit()
        assert worth(till, MI.uid) == (8, 8 * 2_800)
        known = till.store.read.sale(sale.uid)
        assert known is not None
        assert cost_of(known) == 5_600
        assert till.store.read.digest()[2] == 8


def test_an_old_shops_shelf_is_worth_what_the_till_knew_and_every_rupiah_is_a_fact_from_then_on(tmp_path: Path) -> None:
    with gzip.open(OLD_SHOP) as packed, (tmp_path / "shop.db").open("wb") as file:
        shutil.copyfileobj(packed, file)
    with open_till(tmp_path) as till:
        assert till.store.read.check() == []
        assert till.store.read.stock_worth().cost > 0
    with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
        rows = raw.execute("SELECT s.on_hand, s.cost, p.cost_total, p.cost_quantity FROM stock s JOIN product p ON p.uid = s.product_uid")
        for on_hand, cost, total, quantity in rows:
            assert quantity == 0 or abs(cost * quantity - total * on_hand) * 2 <= quantity


def test_a_hand_at_the_kept_cost_is_found(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI, 10), (KOPI, 4)]) as till:
        sell(till, INDOMIE, COFFEE)
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as raw:
        raw.execute("UPDATE stock SET cost = cost + 1 WHERE product_uid = ?", (MI.uid,))
    with open_till(tmp_path) as till:
        assert till.store.read.check() == ["stock_costs"]
