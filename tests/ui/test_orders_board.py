"""What the board says of an order: its column, its ring, its words; and how often a code may be typed wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.order import OrderStep
from pos.services.views import LineState
from pos.ui.orders import board
from pos.ui.orders.board import Column, Urgency
from pos.ui.orders.tries import FREE_TRIES, WAIT_S, CodeTries
from tests.helpers.orders import line, order

NOW = 1_795_564_800_000
MINUTE = 60_000


def line_state(used: int = 0, cap: int = 0) -> LineState:
    return LineState(True, 0, 0, 0, 0, NOW, True, 0, cap, used)


def test_an_order_stands_in_the_column_of_its_next_step() -> None:
    assert board.column_of(order(status="placed")) is Column.NEW
    assert board.column_of(order(status="accepted")) is Column.PACKING
    assert board.column_of(order(status="ready")) is Column.READY


def test_an_order_that_was_made_ready_stands_with_the_ready_ones_before_the_server_answers() -> None:
    assert board.column_of(replace(order(status="accepted"), pending=OrderStep.READY)) is Column.READY


def test_an_unknown_status_stands_where_someone_looks() -> None:
    assert board.column_of(order(status="on_hold")) is Column.NEW


def test_what_is_due_first_stands_first() -> None:
    late, soon = order("b" * 32, "2", now=NOW - 10 * MINUTE), order("c" * 32, "1", now=NOW)
    assert [item.number for item in board.arrange([soon, late])[Column.NEW]] == ["2", "1"]


def test_what_was_handed_over_stands_last() -> None:
    given = replace(order("b" * 32, "2", "ready", now=NOW - 10 * MINUTE), handed_over_at=NOW)
    assert [item.number for item in board.arrange([given, order("c" * 32, "1", "ready")])[Column.READY]] == ["1", "2"]


@pytest.mark.parametrize(("left", "urgency"), [(20, Urgency.CALM), (15, Urgency.SOON), (10, Urgency.LATE), (0, Urgency.LATE)])
def test_the_ring_gets_urgent_as_time_goes_by(left: int, urgency: Urgency) -> None:
    ring = board.countdown(order(now=NOW), NOW + (20 - left) * MINUTE)
    assert ring is not None
    assert (ring.figure, ring.unit, ring.urgency) == (str(left), "mnt", urgency)


def test_a_ring_over_hours_says_hours() -> None:
    ring = board.countdown(replace(order(now=NOW), deadline_at=NOW + 150 * MINUTE), NOW)
    assert ring is not None
    assert (ring.figure, ring.unit) == ("3", "jam")


def test_a_ready_order_has_no_hurry() -> None:
    assert board.countdown(order(status="ready"), NOW) is None


def test_the_second_line_never_cuts_an_amount() -> None:
    assert board.second_lines(order()) == ("ASN · Rp74.500 lunas", "Rp74.500 lunas", "Rp74.500")
    assert board.second_lines(order(status="ready"))[0] == "2 barang · Rp74.500"


def test_goods_are_counted_in_words() -> None:
    assert board.goods_text(order(lines=(line("Telur", 3),))).startswith("1 barang")
    assert board.summary_text(order()) == "2× Minyak goreng 1 liter, 1 lagi"


def test_a_unit_is_said_where_it_is_more_than_a_piece() -> None:
    assert board.line_text(replace(line("Kopi susu"), unit_name="renteng")) == "Kopi susu, renteng"
    assert board.line_text(line("Kopi susu")) == "Kopi susu"


def test_the_order_that_crosses_the_cap_is_known_before_it_is_accepted() -> None:
    assert board.crosses_cap(order(), line_state(29_950_000, 30_000_000))
    assert not board.crosses_cap(order(), line_state(29_000_000, 30_000_000))
    assert not board.crosses_cap(order(), line_state(29_950_000, 0)), "the server has told no cap"
    assert not board.crosses_cap(order(status="accepted"), line_state(29_950_000, 30_000_000)), "it is accepted already"


def test_after_five_wrong_codes_one_waits_and_then_longer() -> None:
    tries = CodeTries()
    for _ in range(FREE_TRIES):
        tries.check(100.0)
        tries.wrong(100.0)
    with pytest.raises(ShopError) as refused:
        tries.check(100.0)
    assert refused.value.code is ErrorCode.PICKUP_TOO_MANY_TRIES
    assert refused.value.fields["seconds"] == WAIT_S
    tries.check(100.0 + WAIT_S)
    tries.wrong(100.0 + WAIT_S)
    with pytest.raises(ShopError):
        tries.check(100.0 + 2 * WAIT_S)


def test_a_right_code_forgives_the_wrong_ones() -> None:
    tries = CodeTries()
    for _ in range(FREE_TRIES - 1):
        tries.wrong(0.0)
    tries.right()
    tries.wrong(0.0)
    tries.check(0.0)
