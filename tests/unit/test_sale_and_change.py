"""Baskets, cash, change and receipt numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, new_line, with_quantity
from pos.domain.cash_session import CashSession
from pos.domain.costing import StockValue
from pos.domain.order import OrderStatus, OrderStep, allowed_steps
from pos.domain.product import Price, PriceKind, SellableUnit
from pos.domain.sale import CashRounding, cash_due, receipt_number, sale_lines, short_number

MI = SellableUnit("p1", "u1", "Mi goreng", "bungkus", 1, (Price(PriceKind.RETAIL, 3500), Price(PriceKind.WHOLESALE, 3200, 10)))


def test_rounding_down_is_told_before_it_is_paid() -> None:
    assert cash_due(47_300, CashRounding(100)) == 47_300
    assert cash_due(47_350, CashRounding(500)) == 47_000


def test_a_total_below_the_rounding_step_is_not_given_away() -> None:
    assert cash_due(300, CashRounding(500)) == 300


@given(st.integers(0, 10**8), st.sampled_from([0, 100, 500, 1000]))
def test_rounding_down_takes_less_than_a_step(total: int, step: int) -> None:
    due = cash_due(total, CashRounding(step))
    assert 0 <= total - due < max(step, 1)
    assert due == total or due % step == 0


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 200_000)), min_size=1, max_size=30))
def test_lines_add_up_to_the_total(rows: list[tuple[int, int]]) -> None:
    lines = tuple(
        new_line(f"l{i}", SellableUnit(f"p{i}", f"u{i}", "x", "pcs", 1, (Price(PriceKind.RETAIL, price),)), count, 0)
        for i, (count, price) in enumerate(rows)
    )
    basket = Basket("b", lines=lines)
    assert basket.total == sum(count * price for count, price in rows)
    assert sum(line.amount for line in sale_lines(basket, {})) == basket.total


def test_the_tenth_piece_brings_the_whole_line_to_the_wholesale_price_and_back() -> None:
    line = new_line("l", MI, 9, 0)
    assert line.amount == 31_500
    assert with_quantity(line, MI.prices, 10, 0).amount == 32_000
    assert with_quantity(with_quantity(line, MI.prices, 10, 0), MI.prices, 9, 0) == line


def test_cost_of_a_line_comes_from_the_moving_average_as_a_fraction() -> None:
    basket = Basket("b", lines=(new_line("l", MI, 3, 0),))
    assert sale_lines(basket, {"p1": StockValue(6, 17_000)})[0].cost == 8_500
    assert sale_lines(basket, {})[0].cost is None


def test_a_receipt_number_says_till_epoch_and_place() -> None:
    number = receipt_number("A", 1, 1042, "7c2f" + "0" * 28)
    assert number == "A1-1042-7C2F"
    assert short_number(number) == "1042"
    assert short_number("lama") == "lama"


def test_a_drawer_that_was_counted_says_what_is_missing() -> None:
    session = CashSession("s", "Bu Sari", 0, 200_000, 247_000, counted=245_000)
    assert session.difference == -2_000
    assert CashSession("s", "Bu Sari", 0, 200_000, 247_000).difference is None


def test_an_order_moves_along_its_legal_edges_only() -> None:
    assert allowed_steps(OrderStatus.PLACED) == {OrderStep.ACCEPT, OrderStep.REJECT}
    assert OrderStep.HAND_OVER not in allowed_steps(OrderStatus.ACCEPTED)
    assert allowed_steps(OrderStatus.READY) == {OrderStep.HAND_OVER, OrderStep.NO_SHOW}
    assert all(
        not allowed_steps(status) for status in OrderStatus if status not in (OrderStatus.PLACED, OrderStatus.ACCEPTED, OrderStatus.READY)
    )


def test_a_status_from_a_newer_server_is_shown_not_crashed_on() -> None:
    assert OrderStatus.read("teleported") is OrderStatus.UNKNOWN
