"""The books' sums: those that are kept and those of fresh sales are the same sums, and they are those of the facts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.sale import Payment, Sale, SaleKind, SaleLine, Tender
from pos.services.ports import Till
from pos.services.report_views import Takings
from tests.helpers.shops import KOPI, MI, MORNING, SABUN, open_market, open_till

DAY_MS, HOUR_MS, WIB_MS = 86_400_000, 3_600_000, 25_200_000
TODAY = (MORNING + WIB_MS) // DAY_MS
GOODS = (MI, KOPI, SABUN)


def day_of(at: int, cutoff: int) -> int:
    return (at + WIB_MS - cutoff * 60_000) // DAY_MS


def sold(
    till: Till, at: int, lines: list[tuple[int, int, int | None]], tender: Tender = Tender.CASH, kind: str = "sale", cashier: str = ""
) -> Sale:
    """A sale as a fact: (which goods, how many, cost or None); a correction of the last one takes it back."""
    uid = till.ids.new()
    sign = 1 if kind == "sale" else -1
    made = tuple(
        SaleLine(product.uid, product.units[0].uid, product.name, "pcs", 1, sign * count, 1_000, 0, sign * 1_000 * count, cost)
        for product, count, cost in ((GOODS[which], count, cost if cost is None else sign * cost) for which, count, cost in lines)
    )
    total = sum(line.amount for line in made)
    with till.store.begin() as work:
        prefix, epoch, seq = work.next_receipt()
        sale = Sale(
            uid,
            f"{prefix}{epoch}-{seq}-{uid[:4]}",
            "",
            cashier or "Bu Sari",
            at,
            made,
            (Payment(tender, total, total),),
            total,
            kind=SaleKind(kind),
            corrects="" if kind == "sale" else till.ids.new(),
        )
        work.add_sale(sale)
        work.commit()
    return sale


def roll(till: Till, cutoff: int = 0, most: int = 500) -> None:
    left = 1
    while left:
        with till.store.begin() as work:
            left = work.roll_up(cutoff, most)
            work.commit()


def fold(sales: list[Sale], first: int, last: int, cutoff: int) -> Takings:
    """The same by hand."""
    total = Takings()
    for sale in sales:
        if not first <= day_of(sale.at, cutoff) <= last:
            continue
        costed = sum(line.amount for line in sale.lines if line.cost is not None)
        cost = sum(line.cost or 0 for line in sale.lines)
        total += Takings(
            int(sale.kind is SaleKind.SALE),
            sale.total,
            0,
            0,
            cost,
            costed,
            int(sale.kind is SaleKind.VOID),
            sale.total if sale.kind is SaleKind.VOID else 0,
            int(sale.kind is SaleKind.REFUND),
            sale.total if sale.kind is SaleKind.REFUND else 0,
        )
    return total


def assert_agrees(till: Till, sales: list[Sale], first: int, last: int, cutoff: int) -> None:
    """Hours, goods and tenders say the same as the facts, and as each other."""
    read = till.store.read
    hours, goods, tenders = (ask(first, last, cutoff) for ask in (read.report_hours, read.report_products, read.report_tenders))
    wanted = fold(sales, first, last, cutoff)
    assert sum((row.takings for row in hours), Takings()) == wanted
    assert sum(row.amount for row in goods) == wanted.turnover == sum(row.amount for row in tenders)
    assert (sum(row.cost for row in goods), sum(row.costed for row in goods)) == (wanted.cost, wanted.costed)
    inside = [sale for sale in sales if first <= day_of(sale.at, cutoff) <= last]
    pieces: Counter[str] = Counter()
    for sale in inside:
        for line in sale.lines:
            pieces[line.product_uid] += line.quantity
    assert {row.product_uid: row.quantity for row in goods} == dict(pieces)
    assert {(row.day, row.hour) for row in hours} == {(day_of(sale.at, cutoff), (sale.at + WIB_MS) // HOUR_MS % 24) for sale in inside}


SALES = st.lists(
    st.tuples(
        st.integers(-800, 0),
        st.integers(0, DAY_MS - 1),
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 40), st.none() | st.integers(0, 90_000)), min_size=1, max_size=4),
        st.sampled_from([Tender.CASH, Tender.QRIS, Tender.CREDIT]),
        st.sampled_from(["sale", "sale", "sale", "void", "refund"]),
        st.sampled_from(["Bu Sari", "Mas Adi"]),
    ),
    max_size=25,
)


@given(SALES, st.sampled_from([0, 180, 1_425]), st.integers(0, 25), st.integers(1, 7))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_over_random_years_every_report_agrees_with_the_facts_wherever_the_kept_sums_end(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple], cutoff: int, rolled: int, most: int
) -> None:
    with open_market(tmp_path_factory.mktemp("toko")) as till:
        sales = []
        for number, (day, moment, lines, tender, kind, cashier) in enumerate(history):
            if number == rolled:
                roll(till, cutoff, most)
            sales.append(sold(till, MORNING + day * DAY_MS + moment, lines, tender, kind, cashier))
        for first, last in ((TODAY - 900, TODAY + 2), (TODAY - 365, TODAY), (TODAY, TODAY), (TODAY - 30, TODAY - 1)):
            assert_agrees(till, sales, first, last, cutoff)
        assert till.store.read.report_behind(cutoff) == max(0, len(sales) - (rolled if rolled < len(history) else 0))
        roll(till, cutoff, most)
        assert till.store.read.report_behind(cutoff) == 0
        assert_agrees(till, sales, TODAY - 900, TODAY + 2, cutoff)


def test_another_beginning_of_the_day_sums_all_anew(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        # half past one at night, which is yesterday for a shop that closes at three
        sales = [sold(till, TODAY * DAY_MS - WIB_MS + 5_400_000, [(0, 2, 5_000)])]
        roll(till)
        assert_agrees(till, sales, TODAY, TODAY, 0)
        assert till.store.read.report_behind(180) == 1, "sums of other days are no use"
        assert_agrees(till, sales, TODAY - 1, TODAY - 1, 180)
        roll(till, 180)
        assert till.store.read.report_hours(TODAY, TODAY, 180) == []
        assert_agrees(till, sales, TODAY - 1, TODAY - 1, 180)
        assert "report_sums" not in till.store.read.check()


def test_dropped_sums_are_filled_again_as_they_were(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        for number in range(12):
            sold(till, MORNING - number * DAY_MS, [(number % 3, 1 + number, 700)])
        roll(till)
        before = till.store.read.report_products(0, TODAY, 0)
        with till.store.begin() as work:
            work.forget_sums()
            work.commit()
        assert till.store.read.report_products(0, TODAY, 0) == before
        roll(till)
        assert till.store.read.report_products(0, TODAY, 0) == before


def test_the_doctor_finds_a_kept_sum_that_is_not_so(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sold(till, MORNING, [(0, 2, 5_000)])
        roll(till)
        assert "report_sums" not in till.store.read.check()
    for spoilt in ("UPDATE report_hour SET turnover = turnover + 1", "DELETE FROM report_product"):
        with closing(sqlite3.connect(tmp_path / "shop.db")) as raw:
            raw.execute(spoilt)
            raw.commit()
        with open_till(tmp_path) as till:
            assert "report_sums" in till.store.read.check()
            with till.store.begin() as work:
                work.forget_sums()
                work.commit()
            roll(till)
            assert "report_sums" not in till.store.read.check()


def test_a_killed_roll_up_counts_nothing_twice(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sales = [sold(till, MORNING, [(0, 1, None)]) for _ in range(5)]
        with till.store.begin() as work:
            assert work.roll_up(0, 3) == 2
            # the power goes before the commit
        assert till.store.read.report_behind(0) == 5
        assert_agrees(till, sales, TODAY, TODAY, 0)


def test_what_is_on_the_shelf_is_worth_what_it_cost_and_goods_of_unknown_cost_are_named(tmp_path: Path) -> None:
    plain = replace(SABUN, cost_total=0, cost_quantity=0)
    with open_market(tmp_path, [(MI, 200), (KOPI, 0), (plain, 24)]) as till:
        worth = till.store.read.stock_worth()
    assert (worth.cost, worth.products, worth.unknown) == (200 * 2_800, 2, 1)


def test_upkeep_puts_the_days_sales_into_the_sums_when_nobody_waits(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sales = [sold(till, MORNING, [(0, 1, 2_000)]) for _ in range(3)]
        till.store.tidy()  # type: ignore[attr-defined]
        assert till.store.read.report_behind(0) == 0
        sales.append(sold(till, MORNING, [(1, 1, 900)]))
        assert till.store.read.report_behind(0) == 1
        assert_agrees(till, sales, TODAY, TODAY, 0)
