"""Taking back what was sold: exact to the rupiah, in any parts, and never more than was sold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.correction import Back, Book, ReturnLine, left_to_return, refund, returned, void, worth
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import RoundingDirection, line_amount
from pos.domain.sale import CashRounding, Payment, Sale, SaleKind, SaleLine, Tender
from pos.domain.tendering import Part, settle

CASH, CREDIT, QRIS, TRANSFER, TITIPAN, EXCHANGE = (
    Tender.CASH,
    Tender.CREDIT,
    Tender.QRIS,
    Tender.TRANSFER,
    Tender.TITIPAN,
    Tender.EXCHANGE,
)


def line(name: str, price: int, quantity: int, discount: int = 0, factor: int = 1, cost: int | None = None) -> SaleLine:
    amount = line_amount(price, quantity, factor) - discount
    return SaleLine(name, name, name, "pcs", factor, quantity, price, discount, amount, cost)


def sale(*lines: SaleLine, paid: tuple[Part, ...] = (), rule: CashRounding | None = None) -> Sale:
    total = sum(item.amount for item in lines)
    settled = settle(total, paid or (Part(CASH, total),), rule or CashRounding())
    return Sale("s" * 32, "A1-1-SSSS", "k" * 32, "Bu Sari", 1, lines, settled.payments, total + settled.rounding, settled.rounding)


def as_fact(back: Back, kind: SaleKind = SaleKind.REFUND) -> Sale:
    """What is given back, as the correction that it becomes."""
    return Sale("c" * 32, "A1-2-CCCC", "k" * 32, "Bu Sari", 2, back.lines, back.payments, back.total, back.rounding, kind, "s" * 32)


def adds_up(fact: Sale | Back) -> bool:
    return sum(item.amount for item in fact.lines) + fact.rounding == fact.total == sum(part.amount for part in fact.payments)


def test_a_void_is_the_whole_sale_turned_round() -> None:
    sold = sale(line("kopi", 1_500, 3, 200, cost=3_600), line("mi", 3_500, 2), paid=(Part(CASH, 20_000),), rule=CashRounding(500))
    back = void(sold, Book())
    assert adds_up(back)
    assert back.total == -sold.total
    assert back.rounding == -sold.rounding
    assert [(item.quantity, item.amount, item.discount, item.cost) for item in back.lines] == [
        (-3, -4_300, -200, -3_600),
        (-2, -7_000, 0, None),
    ]


def test_each_tender_goes_back_the_way_it_came_as_far_as_that_way_leads_back() -> None:
    paid = (Part(CASH, 10_000), Part(QRIS, 5_000, reference="q"), Part(CREDIT, 4_000), Part(TITIPAN, 1_000, reference="t"))
    sold = sale(line("beras", 20_000, 1), paid=paid)
    back = void(sold, Book(debt=4_000))
    assert [(part.tender, part.amount) for part in back.payments] == [(CREDIT, -4_000), (TITIPAN, -1_000), (CASH, -15_000)]
    by_transfer = void(sold, Book(debt=4_000), TRANSFER)
    assert [(part.tender, part.amount) for part in by_transfer.payments][2:] == [(CASH, -10_000), (TRANSFER, -5_000)]
    paid_back = void(sold, Book(debt=1_500))
    assert [(part.tender, part.amount) for part in paid_back.payments] == [(CREDIT, -1_500), (TITIPAN, -1_000), (CASH, -17_500)]
    assert all(adds_up(item) for item in (back, by_transfer, paid_back))


def test_change_that_was_kept_goes_back_as_money_unless_it_was_spent_meanwhile() -> None:
    sold = sale(line("gula", 19_700, 1))
    sold = replace(sold, payments=(Payment(CASH, 20_000, 20_000), Payment(TITIPAN, -300, 0, reference="h")))
    assert [(part.tender, part.amount) for part in void(sold, Book(titipan={"h": 300})).payments] == [(TITIPAN, 300), (CASH, -20_000)]
    assert [(part.tender, part.amount) for part in void(sold, Book(titipan={"h": 0})).payments] == [(CASH, -19_700)]
    half = void(sold, Book(titipan={"h": 100}))
    assert [(part.tender, part.amount) for part in half.payments] == [(TITIPAN, 100), (CASH, -19_800)]
    assert adds_up(half)


def test_a_refund_gives_each_line_its_share_of_discount_and_of_what_is_owed_first() -> None:
    sold = sale(line("teh", 1_000, 3, 100), paid=(Part(CREDIT, 1_000), Part(CASH, 1_900)))
    first = refund(sold, Book(debt=1_000), [ReturnLine(0, 1)])
    assert (first.lines[0].amount, first.lines[0].discount) == (-967, -33)
    assert [(part.tender, part.amount) for part in first.payments] == [(CREDIT, -967)]
    second = refund(sold, Book((as_fact(first),), debt=33), [ReturnLine(0, 2)])
    assert [(part.tender, part.amount) for part in second.payments] == [(CREDIT, -33), (CASH, -1_900)]
    assert first.total + second.total == -2_900


def test_nothing_comes_back_twice_and_never_more_than_was_sold() -> None:
    sold = sale(line("mi", 3_500, 3))
    once = as_fact(refund(sold, Book(), [ReturnLine(0, 2)]))
    assert left_to_return(sold, [once]) == (1,)
    assert returned(sold, [once]) == {0: 2}
    for wanted in ([ReturnLine(0, 2)], [ReturnLine(0, 1), ReturnLine(0, 1)], [ReturnLine(1, 1)], [ReturnLine(-1, 1)]):
        with pytest.raises(ShopError) as refused:
            refund(sold, Book((once,)), wanted)
        assert refused.value.code is ErrorCode.RETURN_TOO_MANY
    with pytest.raises(ShopError) as refused:
        void(sold, Book((once,)))
    assert refused.value.code is ErrorCode.ALREADY_CORRECTED
    with pytest.raises(ShopError) as refused:
        refund(sold, Book((as_fact(void(sold, Book()), SaleKind.VOID),)), [ReturnLine(0, 1)])
    assert refused.value.code is ErrorCode.ALREADY_CORRECTED
    with pytest.raises(ShopError) as refused:
        refund(sold, Book(), [ReturnLine(0, 0)])
    assert refused.value.code is ErrorCode.EMPTY_RETURN
    with pytest.raises(ShopError) as refused:
        void(once, Book())
    assert refused.value.code is ErrorCode.NOT_CORRECTABLE
    with pytest.raises(ShopError) as refused:
        refund(once, Book(), [ReturnLine(0, 1)])
    assert refused.value.code is ErrorCode.NOT_CORRECTABLE


def test_what_the_server_told_back_counts_though_it_names_no_line() -> None:
    sold = sale(line("mi", 3_500, 2), line("kopi", 1_500, 1), line("mi", 3_500, 2))
    once = as_fact(refund(sold, Book(), [ReturnLine(2, 2), ReturnLine(0, 1)]))
    recovered = replace(once, lines=tuple(replace(item, corrects_line=None) for item in once.lines))
    assert left_to_return(sold, [recovered]) == (0, 1, 1)


def test_some_of_a_line_may_be_whole_and_some_spoilt() -> None:
    sold = sale(line("telur", 28_000, 2_000, factor=1_000))
    back = refund(sold, Book(), [ReturnLine(0, 1_500), ReturnLine(0, 500, damaged=True)])
    assert [(item.quantity, item.damaged) for item in back.lines] == [(-1_500, False), (-500, True)]
    assert back.total == -56_000


def test_goods_in_exchange_pay_and_only_the_rest_is_given_back() -> None:
    sold = sale(line("sabun", 4_000, 3))
    assert worth(sold, (), [ReturnLine(0, 2)]) == 8_000
    all_of_it = refund(sold, Book(), [ReturnLine(0, 2)], CASH, 8_000)
    assert [(part.tender, part.amount) for part in all_of_it.payments] == [(EXCHANGE, -8_000)]
    part_of_it = refund(sold, Book(), [ReturnLine(0, 2)], TRANSFER, 5_000)
    assert [(part.tender, part.amount) for part in part_of_it.payments] == [(EXCHANGE, -5_000), (TRANSFER, -3_000)]


LINES = st.lists(
    st.tuples(st.integers(0, 999_999_999), st.integers(1, 12), st.integers(0, 100), st.sampled_from((1, 1, 1_000))), min_size=1, max_size=5
)
RULES = st.builds(CashRounding, st.sampled_from((0, 100, 500, 1_000)), st.sampled_from(RoundingDirection))


@settings(derandomize=True, deadline=None, max_examples=120)
@given(LINES, RULES, st.sampled_from((CASH, TRANSFER)), st.sampled_from((CASH, CREDIT, TRANSFER)), st.data())
def test_however_a_sale_comes_back_in_parts_all_of_it_comes_back_to_the_rupiah(
    goods: list[tuple[int, int, int, int]], rule: CashRounding, way: Tender, tender: Tender, data: st.DataObject
) -> None:
    lines = []
    for price, quantity, percent, factor in goods:
        gross = line_amount(price, quantity, factor)
        lines.append(line("x", price, quantity, gross * percent // 100, factor, cost=gross * 7 // 10))
    total = sum(item.amount for item in lines)
    # as the till asks for cash, or exactly
    paid = (Part(CASH, 2 * total + 1_000),) if tender is CASH or not total else (Part(tender, total),)
    sold = sale(*lines, paid=paid, rule=rule)
    debt = sum(part.amount for part in sold.payments if part.tender is CREDIT)
    facts: list[Sale] = []
    while any(left := left_to_return(sold, facts)):
        wanted = [ReturnLine(place, data.draw(st.integers(0, most)), data.draw(st.booleans())) for place, most in enumerate(left) if most]
        if not any(item.quantity for item in wanted):
            wanted = [ReturnLine(wanted[0].position, 1)]
        fact = as_fact(refund(sold, Book(tuple(facts), debt, rule=rule), wanted, way))
        debt += sum(part.amount for part in fact.payments if part.tender is CREDIT)
        assert adds_up(fact)
        assert fact.total <= 0
        facts.append(fact)
    for place, item in enumerate(sold.lines):
        back = [taken for fact in facts for taken in fact.lines if taken.corrects_line == place]
        assert sum(taken.quantity for taken in back) == -item.quantity
        assert sum(taken.amount for taken in back) == -item.amount
        assert sum(taken.cost or 0 for taken in back) == -(item.cost or 0)
    given_back = -sum(fact.total for fact in facts)
    if rule.step == 0 or (way is TRANSFER and tender is not CASH):
        assert given_back == sold.total
    else:
        assert abs(given_back - sold.total) < rule.step
