"""Lines, rounding, total and payments agree for any basket, discounts and tenders: to the rupiah, on the wire, and back again."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos.domain.basket import Basket, BasketLine, new_line, settled, with_own, with_price
from pos.domain.correction import Back, Book, ReturnLine, left_to_return, refund, void
from pos.domain.discount import WHOLE, Discount, DiscountKind
from pos.domain.money import MAX_AMOUNT, RoundingDirection
from pos.domain.product import Price, PriceKind, SellableUnit
from pos.domain.qris_request import QRIS_CAP
from pos.domain.sale import CashRounding, Payment, Sale, SaleKind, Tender, cash_due, sale_lines
from pos.domain.tendering import Leftover, Part, settle, still_due
from pos.sync import protocol as wire
from pos.sync.encoding import WireEncoder

OTHERS = (Tender.QRIS, Tender.TRANSFER, Tender.CREDIT, Tender.TITIPAN, Tender.EXCHANGE)
RULES = st.builds(CashRounding, st.sampled_from([0, 1, 100, 500, 1_000]), st.sampled_from(list(RoundingDirection)))
OFF = st.none() | st.builds(
    Discount, st.sampled_from(list(DiscountKind)), st.integers(1, WHOLE), st.just("tawar"), st.sampled_from([WHOLE, 500, 0])
)
PRICE = st.sampled_from([0, 1, 7, 99, 1_500, 3_333, 16_000]) | st.integers(0, 2_000_000)


@st.composite
def lines(draw: st.DrawFn, number: int) -> BasketLine:
    """Goods by the piece, by the dus, by weight; at steps, haggled, given away."""
    factor = draw(st.sampled_from([1, 1, 12, 40, 1_000]))
    steps = [Price(PriceKind.WHOLESALE, draw(PRICE), draw(st.integers(2, 40))) for _ in range(draw(st.integers(0, 2)))]
    unit = SellableUnit(f"p{number}", f"u{number}", f"Barang {number}", "pcs", factor, (Price(PriceKind.RETAIL, draw(PRICE)), *steps))
    line = new_line(f"l{number}", unit, draw(st.integers(1, 3_000)), 1)
    by_hand = draw(st.none() | PRICE)
    return with_own(line if by_hand is None else with_price(line, by_hand), draw(OFF))


@st.composite
def sales(draw: st.DrawFn) -> tuple[Sale, CashRounding]:
    """A basket that was paid: any tenders in any order, cash too much or just enough, change kept or rounded away."""
    count = draw(st.integers(1, 5))
    basket = settled(Basket("b", lines=tuple(draw(lines(number)) for number in range(count)), off=draw(OFF)))
    assume(basket.total < MAX_AMOUNT - 1_000_000)
    rule = draw(RULES)
    parts: list[Part] = []
    rest = basket.total
    for tender in draw(st.lists(st.sampled_from(OTHERS), max_size=4)):
        amount = draw(st.integers(0, min(rest, QRIS_CAP if tender is Tender.QRIS else rest)))
        if amount:
            parts.append(Part(tender, amount, reference=tender.value))
            rest -= amount
    leftover = None
    if rest or not parts:
        due = cash_due(rest, rule)
        more = draw(st.sampled_from([0, 0, 500, 3_700, 100_000]))
        parts.insert(draw(st.integers(0, len(parts))), Part(Tender.CASH, due + more))
        kept = draw(st.integers(0, more))
        rounded = draw(st.integers(0, min(99, due)))
        leftover = draw(st.sampled_from([None, Leftover(titipan=kept, holder="w"), Leftover(rounded=rounded)]))
    assert still_due(basket.total, parts, rule) == 0
    paid = settle(basket.total, parts, rule, leftover)
    total = basket.total + paid.rounding
    return Sale("s" * 32, "A1-1-S", "k" * 32, "Bu Sari", 1, sale_lines(basket, {}), paid.payments, total, paid.rounding), rule


def adds_up(sale: Sale | Back) -> bool:
    return sum(line.amount for line in sale.lines) + sale.rounding == sale.total == sum(part.amount for part in sale.payments)


def as_fact(back: Back, kind: SaleKind) -> Sale:
    return Sale("c" * 32, "A1-2-C", "k" * 32, "Bu Sari", 2, back.lines, back.payments, back.total, back.rounding, kind, "s" * 32)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(sales())
def test_lines_rounding_total_and_payments_of_any_sale_agree_and_so_does_the_wire(made: tuple[Sale, CashRounding]) -> None:
    sale, rule = made
    assert adds_up(sale)
    told = wire.decode(WireEncoder().sale(sale)[1], wire.SalePayload)
    assert sum(line.amount for line in told.lines) + told.rounding == told.total == sum(part.amount for part in told.payments)
    cash = [part for part in sale.payments if part.tender is Tender.CASH]
    assert len(cash) <= 1
    assert all(part.received - part.change == part.amount for part in cash)
    assert all(part.change >= 0 for part in sale.payments)
    if not cash:
        assert sale.rounding == 0, "only cash is rounded"
    assert abs(sale.rounding) < max(1_000, rule.step) + 100


@settings(derandomize=True, max_examples=100, deadline=None)
@given(sales(), st.sampled_from([Tender.CASH, Tender.TRANSFER, Tender.TITIPAN]))
def test_any_sale_taken_back_whole_leaves_nothing(made: tuple[Sale, CashRounding], way: Tender) -> None:
    sale, rule = made
    kept = {part.reference: -part.amount for part in sale.payments if part.amount < 0}
    owed = sum(part.amount for part in sale.payments if part.tender is Tender.CREDIT)
    back = void(sale, Book(debt=owed, titipan=kept, rule=rule), way)
    assert adds_up(back)
    assert sum(line.amount for line in (*sale.lines, *back.lines)) == 0
    assert all(sold.quantity + gone.quantity == 0 for sold, gone in zip(sale.lines, back.lines, strict=True))
    # what did not come as cash may go back as cash, and then by rule
    assert abs(sale.total + back.total) <= (rule.step if way is Tender.CASH else 0)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(sales(), st.data())
def test_any_sale_taken_back_in_any_pieces_gives_back_each_rupiah_once(made: tuple[Sale, CashRounding], data: st.DataObject) -> None:
    sale, _ = made
    earlier: list[Sale] = []
    for _ in range(60):
        left = left_to_return(sale, earlier)
        if not any(left):
            break
        last = len(earlier) > 8
        wanted = [
            ReturnLine(place, most if last else data.draw(st.integers(0, most)), damaged=place % 2 == 0) for place, most in enumerate(left)
        ]
        if not any(line.quantity for line in wanted):
            continue
        back = refund(sale, Book(tuple(earlier)), wanted, Tender.TRANSFER)
        assert adds_up(back)
        assert back.total <= 0
        earlier.append(as_fact(back, SaleKind.REFUND))
    assume(not any(left_to_return(sale, earlier)))
    facts = [sale, *earlier]
    assert sum(line.amount for fact in facts for line in fact.lines) == 0
    # each paper adds up by itself (price x quantity - discount = amount), so that part of a gram's price may lie in the discount
    assert abs(sum(line.discount for fact in facts for line in fact.lines)) <= len(earlier) * len(sale.lines)
    assert sum(fact.total for fact in facts) == 0
    assert sum(part.amount for fact in facts for part in fact.payments if isinstance(part, Payment)) == 0
