"""What goods cost, against plain fractions."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.costing import NOTHING, Moved, StockValue, UnitCost, come_in, correct_cost, go_out, move
from pos.domain.discount import part_of

QUANTITIES = st.integers(1, 5_000)
COSTS = st.integers(0, 50_000_000)


def test_a_carton_at_an_odd_price_goes_out_to_the_last_rupiah() -> None:
    stock, _ = come_in(NOTHING, 12, 68_000)
    sold = []
    for _ in range(12):
        stock, cost = go_out(stock, 1)
        sold.append(cost)
    assert sum(sold) == 68_000
    assert set(sold) == {5_666, 5_667}
    assert (stock.quantity, stock.cost) == (0, 0)


def test_two_cartons_at_two_prices_are_averaged() -> None:
    stock, _ = come_in(NOTHING, 10, 30_000)
    stock, _ = come_in(stock, 30, 110_000)
    assert go_out(stock, 4)[1] == 14_000


def test_goods_sold_before_they_are_booked_cost_what_they_last_cost_and_the_rest_is_told_when_they_come() -> None:
    stock, _ = come_in(NOTHING, 2, 6_000)
    stock, cost = go_out(stock, 5)
    assert cost == 15_000, "two from the shelf and three at Rp3.000"
    assert (stock.quantity, stock.cost) == (-3, -9_000)
    stock, variance = come_in(stock, 10, 35_000)
    assert variance == 1_500, "the three cost Rp3.500 each"
    assert (stock.quantity, stock.cost) == (7, 24_500)


def test_goods_of_unknown_cost_take_none_until_they_come() -> None:
    stock, cost = go_out(NOTHING, 4)
    assert cost == 0
    stock, variance = come_in(stock, 3, 9_000)
    assert (variance, stock.quantity, stock.cost) == (9_000, -1, 0)
    stock, variance = come_in(stock, 2, 6_100)
    assert (variance, stock.quantity, stock.cost) == (3_050, 1, 3_050)


def test_a_return_at_what_it_had_cost_leaves_the_stock_as_if_it_had_not_been_sold() -> None:
    stock, _ = come_in(NOTHING, 7, 10_000)
    after, cost = go_out(stock, 3)
    back, variance = come_in(after, 3, cost)
    assert (back.quantity, back.cost, variance) == (7, 10_000, 0)


@dataclass
class Book:
    """The rational stock beside ours: exact averages, no rounding. `off`: how far roundings may have led away from it, in rupiah."""

    quantity: int = 0
    cost: Fraction = Fraction(0)
    latest: Fraction = Fraction(0)
    came: int = 0
    went: int = 0
    variance: int = 0
    exact_went: Fraction = field(default_factory=Fraction)

    def receive(self, quantity: int, cost: int) -> Fraction:
        each = Fraction(cost, quantity)
        filled = min(quantity, max(-self.quantity, 0))
        variance = Fraction(0)
        if filled:
            taken = -self.cost * filled / -self.quantity
            variance = each * filled - taken
            self.cost += taken
            self.cost += cost - each * filled
        else:
            self.cost += cost
        self.quantity += quantity
        self.latest = each
        return variance

    def issue(self, quantity: int) -> Fraction:
        there = max(self.quantity, 0)
        shelf = min(quantity, there)
        cost = self.cost * shelf / there if shelf else Fraction(0)
        cost += self.latest * (quantity - shelf)
        self.cost -= cost
        self.quantity -= quantity
        return cost


STEPS = st.lists(st.one_of(st.tuples(st.just("in"), QUANTITIES, COSTS), st.tuples(st.just("out"), QUANTITIES, st.just(0))), max_size=60)


@given(STEPS)
@settings(derandomize=True, deadline=None, max_examples=600)
def test_over_any_history_nothing_is_lost_and_no_step_is_off_by_more_than_its_roundings(steps: list[tuple[str, int, int]]) -> None:
    stock, book, roundings = NOTHING, Book(), 0
    for what, quantity, cost in steps:
        # each step rounds at most two numbers by half a rupiah, and what was off before may be carried whole
        roundings += 2
        if what == "in":
            stock, variance = come_in(stock, quantity, cost)
            exact = book.receive(quantity, cost)
            book.came += cost
            book.variance += variance
            assert abs(variance - exact) <= roundings
        else:
            stock, gone = go_out(stock, quantity)
            exact = book.issue(quantity)
            book.went += gone
            assert abs(gone - exact) <= roundings
        assert stock.quantity == book.quantity
        assert book.came == book.went + book.variance + stock.cost, "what came in is what went out and what is there"
        assert stock.quantity != 0 or stock.cost == 0, "an empty shelf is worth nothing"
        assert stock.cost * stock.quantity >= 0
        assert abs(stock.cost - book.cost) <= roundings


@given(QUANTITIES, COSTS, st.lists(st.integers(1, 40), max_size=40))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_however_a_receipt_is_sold_the_parts_come_to_what_it_cost(quantity: int, cost: int, parts: list[int]) -> None:
    stock, _ = come_in(NOTHING, quantity, cost)
    gone = 0
    for part in parts:
        if part > stock.quantity:
            break
        stock, share = go_out(stock, part)
        assert share >= 0
        gone += share
    if stock.quantity:
        stock, share = go_out(stock, stock.quantity)
        gone += share
    assert gone == cost
    assert stock == StockValue(0, 0, UnitCost(cost, quantity))


# --- movements as the shop books them: sales, voids, refunds in parts, what was booked in by mistake ---------------------------------


def test_what_a_customer_brings_back_comes_in_at_what_was_taken_for_it() -> None:
    shelf = move(NOTHING, 3, 10_000).stock
    sold = move(shelf, -2)
    assert (sold.cost, sold.variance) == (-6_667, 0)
    back = move(sold.stock, 2, 6_667)
    assert back.stock == shelf or (back.stock.quantity, back.stock.cost) == (3, 10_000)


def test_a_delivery_booked_twice_is_taken_back_at_what_it_cost_and_the_average_is_as_before() -> None:
    shelf = move(NOTHING, 10, 10_000).stock
    twice = move(shelf, 10, 20_000).stock
    assert twice.cost == 30_000
    back = move(twice, -10, -20_000)
    assert (back.stock.quantity, back.stock.cost, back.variance) == (10, 10_000, 0)


def test_what_is_taken_back_after_most_was_sold_never_leaves_a_shelf_below_nothing() -> None:
    shelf = move(move(NOTHING, 10, 20_000).stock, -9).stock
    back = move(move(shelf, 2, 200).stock, -2, -5_000)
    assert (back.stock.quantity, back.stock.cost) == (1, 0)
    assert back.cost + back.variance == -5_000
    empty = move(shelf, -1, -2_500)
    assert (empty.stock.quantity, empty.stock.cost, empty.variance) == (0, 0, -500)


def test_a_dearer_invoice_changes_what_is_left_and_tells_the_rest() -> None:
    shelf = move(move(NOTHING, 10, 10_000).stock, -6).stock
    told = correct_cost(shelf, 10, 1_000)
    assert (told.cost, told.variance, told.stock.cost) == (400, 600, 4_400)
    cheaper = correct_cost(shelf, 10, -20_000)
    assert (cheaper.stock.cost, cheaper.cost + cheaper.variance) == (0, -20_000)
    assert correct_cost(NOTHING, 10, 700).variance == 700


def test_goods_found_on_the_shelf_are_worth_what_the_others_are() -> None:
    shelf = move(NOTHING, 3, 10_000).stock
    assert move(shelf, 3).stock.cost == 20_000
    owed = move(shelf, -5).stock
    assert (owed.quantity, owed.cost) == (-2, -6_667)
    found = move(owed, 2)
    assert (found.stock.quantity, found.stock.cost, found.variance) == (0, 0, 0)


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("receipt"), QUANTITIES, COSTS),
        st.tuples(st.just("sale"), QUANTITIES, st.just(0)),
        st.tuples(st.just("void"), st.integers(0, 50), st.just(0)),
        st.tuples(st.just("refund"), st.integers(0, 50), st.integers(1, 5_000)),
        st.tuples(st.just("found"), QUANTITIES, st.just(0)),
    ),
    max_size=50,
)


@given(EVENTS)
@settings(derandomize=True, deadline=None, max_examples=int(os.environ.get("COSTING_EXAMPLES", "300")))
def test_over_sales_voids_and_refunds_each_rupiah_is_somewhere_and_each_share_is_the_exact_one(events: list[tuple[str, int, int]]) -> None:
    """`exact` is the same shelf in fractions; what ours may be off by grows with each rounding, by half a rupiah at most."""
    stock, exact, off = NOTHING, Fraction(0), Fraction(0)
    paid = sold = variances = gained = 0
    sales: list[list[int]] = []
    for what, number, extra in events:
        before, was = stock, exact
        if what == "receipt":
            moved = move(stock, number, extra)
            paid += extra
        elif what == "sale":
            moved = move(stock, -number)
            sold -= moved.cost
            sales.append([number, 0, -moved.cost])
        elif what == "found":
            moved = move(stock, number)
            gained += moved.cost
        else:
            if not sales:
                continue
            one = sales[number % len(sales)]
            count = one[0] - one[1] if what == "void" else min(extra, one[0] - one[1])
            if count <= 0:
                continue
            share = part_of(one[2], one[0], one[1], count)
            one[1] += count
            moved = move(stock, count, share)
            sold -= share
        stock, variances = moved.stock, variances + moved.variance
        if what == "found" and before.quantity:
            # what is found is worth what the others are: what was off of few is off of all of them
            off *= max(Fraction(1), Fraction(abs(stock.quantity), abs(before.quantity)))
        off += 2
        exact = _exact(before, was, moved, what)
        assert abs(stock.cost - exact) <= off
        assert paid + gained == sold + variances + stock.cost, "what was paid and found is sold, told or there"
        assert stock.quantity != 0 or stock.cost == 0
    for one in sales:
        # whatever is still out comes back: the parts of each sale are what it took
        rest = part_of(one[2], one[0], one[1], one[0] - one[1])
        assert rest + part_of(one[2], one[0], 0, one[1]) == one[2]


def _exact(before: StockValue, worth: Fraction, moved: Moved, what: str) -> Fraction:
    """The shelf in fractions after one movement, given what came or went and what a paper said of it."""
    count = moved.stock.quantity - before.quantity
    if count < 0:
        there = max(before.quantity, 0)
        shelf = min(-count, there)
        left = worth - (worth * shelf / there if there else 0)
        return left - (Fraction(before.latest.rupiah, before.latest.of) * (-count - shelf) if before.latest.of else 0)
    if what == "found":
        each = worth / before.quantity if before.quantity else Fraction(before.latest.rupiah, before.latest.of or 1)
        return worth + each * count
    cost = moved.cost + moved.variance
    if before.quantity >= 0:
        return worth + cost
    filled = min(count, -before.quantity)
    return worth + -worth * filled / -before.quantity + cost - Fraction(cost * filled, count)
