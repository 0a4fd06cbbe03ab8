"""After the sale, on a real store: void, refund by line, exchange. New facts beside the old, once, and everything agrees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.config.machine import RandomIds
from pos.domain.correction import ReturnLine
from pos.domain.discount import Discount, DiscountKind
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.people import Act
from pos.domain.printing import DocumentKind
from pos.domain.sale import CashRounding, Sale, SaleKind, Tender
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, correcting, drawer
from pos.services.credit import repay
from pos.services.paying_views import SaleSearch
from pos.services.ports import AuditEntry, Rules, Till
from pos.services.selling_lines import discount_basket
from tests.helpers.paying import KOPI, MI, SABUN, basket_of, known_customer, owner_says, sell_for, sell_on_credit, shown, told, with_guards
from tests.helpers.shops import KOPI as KOPI_GOODS
from tests.helpers.shops import MI as MI_GOODS
from tests.helpers.shops import open_market, open_till, sell

CASH, QRIS, TRANSFER, CREDIT, TITIPAN, EXCHANGE = (
    Tender.CASH,
    Tender.QRIS,
    Tender.TRANSFER,
    Tender.CREDIT,
    Tender.TITIPAN,
    Tender.EXCHANGE,
)
WRONG = "salah input"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as open_shop:
        yield open_shop
        assert open_shop.store.read.check() == []


def refusal(verb: Callable[[], object]) -> ErrorCode:
    with pytest.raises(ShopError) as refused:
        verb()
    return refused.value.code


def expected(till: Till) -> int:
    session = till.store.read.session()
    assert session is not None
    return session.expected


def paid(sale: Sale) -> list[tuple[Tender, int]]:
    return [(part.tender, part.amount) for part in sale.payments]


def test_the_last_sale_is_voided_and_everything_is_as_before_it(till: Till) -> None:
    before = expected(till), till.store.read.on_hand(MI_GOODS.uid)
    sale = sell(till, MI, MI, KOPI, received=10_000)
    assert correcting.may_void(till, sale)
    void = correcting.void_sale(till, sale.uid, WRONG)
    assert (void.kind, void.corrects, void.total) == (SaleKind.VOID, sale.uid, -8_500)
    assert (expected(till), till.store.read.on_hand(MI_GOODS.uid)) == before
    assert till.store.read.sale(sale.uid) == sale, "the sale itself is not touched"
    assert till.store.read.corrections(sale.uid) == [void]
    session = till.store.read.session()
    assert session is not None
    assert (session.sales, session.turnover) == (1, 0)
    operation = till.store.read.waiting_operations(500)[-1]
    payload = json.loads(operation.payload)
    assert (operation.kind, payload["kind"], payload["corrects"], payload["total"]) == ("sale@1", "void", sale.uid, -8_500)
    assert [line["quantity"] for line in payload["lines"]] == [-2, -1]
    kinds = [job.kind for job in till.store.read.print_jobs_of(void.uid)]
    assert kinds == [DocumentKind.DRAWER_KICK, DocumentKind.RECEIPT]


def test_nothing_is_taken_back_twice_whatever_is_clicked(till: Till) -> None:
    sale = sell(till, MI, KOPI)
    void = correcting.void_sale(till, sale.uid, WRONG)
    assert refusal(lambda: correcting.void_sale(till, sale.uid, WRONG)) is ErrorCode.ALREADY_CORRECTED
    assert refusal(lambda: correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG)) is ErrorCode.ALREADY_CORRECTED
    assert refusal(lambda: correcting.void_sale(till, void.uid, WRONG)) is ErrorCode.NOT_CORRECTABLE
    assert refusal(lambda: correcting.begin_exchange(till, sale.uid, [ReturnLine(0, 1)], WRONG)) is ErrorCode.ALREADY_CORRECTED
    assert not correcting.may_void(till, sale)
    assert correcting.returnable(till, sale) == (0, 0)
    assert len(till.store.read.find_sales(SaleSearch(corrections=True), 0, 10)) == 1


def test_a_void_that_a_copy_of_this_shop_made_too_is_told_back_and_kept(till: Till) -> None:
    sale = sell(till, MI)
    void = correcting.void_sale(till, sale.uid, WRONG)
    # as the line tells it: no line says which one it answers
    other = replace(void, uid="c" * 32, number="A1-9-C", lines=tuple(replace(line, corrects_line=None) for line in void.lines))
    with till.store.begin() as work:
        assert work.add_known_sale(other, 9, 1), "what happened is a fact, also where it should not have"
        work.audit(
            [AuditEntry(other.at, other.cashier, other.kind.value, other.uid, json.dumps({"total": other.total, "told_back": True}))]
        )
        work.commit()
    assert len(till.store.read.corrections(sale.uid)) == 2
    assert till.store.read.check() == []
    assert correcting.returnable(till, sale) == (0,)


def test_any_sale_of_the_open_session_can_be_voided_and_none_of_an_earlier_one(till: Till) -> None:
    first = sell(till, MI)
    sell(till, KOPI)
    correcting.void_sale(till, first.uid, WRONG)
    old = sell(till, SABUN)
    drawer.close_session(till, expected(till))
    assert refusal(lambda: correcting.void_sale(till, old.uid, WRONG)) is ErrorCode.NO_CASH_SESSION
    drawer.open_session(till, 100_000)
    assert refusal(lambda: correcting.void_sale(till, old.uid, WRONG)) is ErrorCode.NOT_THIS_SESSION
    refund = correcting.refund_lines(till, old.uid, [ReturnLine(0, 1)], WRONG)
    assert (refund.total, expected(till)) == (-4_000, 96_000), "goods come back on any day"


def test_a_cashier_asks_the_owner_to_take_back(till: Till) -> None:
    with_guards(till)
    sale = sell(till, MI)
    for verb in (
        lambda: correcting.void_sale(till, sale.uid, WRONG),
        lambda: correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG),
        lambda: correcting.begin_exchange(till, sale.uid, [ReturnLine(0, 1)], WRONG),
    ):
        assert refusal(verb) is ErrorCode.NEEDS_ROLE
    void = correcting.void_sale(till, sale.uid, WRONG, approval=owner_says(till, Act.VOID))
    assert void.cashier == "Bu Sari"


def test_a_reason_is_asked_for_and_who_goes_without_is_told(till: Till) -> None:
    sale = sell(till, MI)
    assert refusal(lambda: correcting.void_sale(till, sale.uid, " \n")) is ErrorCode.REASON_NEEDED
    assert refusal(lambda: correcting.void_sale(till, "x" * 32, WRONG)) is ErrorCode.SALE_NOT_FOUND
    assert refusal(lambda: correcting.void_sale(till, sale.uid, WRONG, CREDIT)) is ErrorCode.NOT_CORRECTABLE


def test_a_refund_gives_back_the_discount_exactly(till: Till) -> None:
    basket_of(till, KOPI, KOPI, KOPI, SABUN)
    basket = discount_basket(till, Discount(DiscountKind.AMOUNT, 1_000, "langganan"))
    sale = checkout.complete_sale(till, basket, basket.total)
    assert sale.total == 7_500
    backs = [correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG) for _ in range(3)]
    backs.append(correcting.refund_lines(till, sale.uid, [ReturnLine(1, 1)], WRONG))
    assert -sum(back.total for back in backs) == 7_500
    assert refusal(lambda: correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG)) is ErrorCode.RETURN_TOO_MANY
    assert correcting.returnable(till, sale) == (0, 0)


def test_spoilt_goods_do_not_go_back_on_the_shelf(till: Till) -> None:
    sale = sell(till, KOPI, KOPI, KOPI)
    shelf = till.store.read.on_hand(KOPI_GOODS.uid)
    correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1), ReturnLine(0, 1, damaged=True)], WRONG)
    assert till.store.read.on_hand(KOPI_GOODS.uid) == shelf + 1
    kinds = [item.kind for item in till.store.read.waiting_operations(500)][-2:]
    assert kinds == ["sale@1", "stock@1"]


def test_what_is_owed_for_goods_goes_first_and_what_was_paid_meanwhile_is_given_back(till: Till) -> None:
    customer = known_customer(till)
    sale = sell_on_credit(till, customer, MI, SABUN)
    refund = correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG)
    assert paid(refund) == [(CREDIT, -3_500)]
    assert till.store.read.credit_balance(customer.uid) == 4_000
    repay(till, customer.uid, 3_000)
    rest = correcting.refund_lines(till, sale.uid, [ReturnLine(1, 1)], WRONG)
    assert paid(rest) == [(CREDIT, -1_000), (CASH, -3_000)]
    assert till.store.read.credit_balance(customer.uid) == 0
    assert expected(till) == 200_000


def test_qris_money_goes_back_in_cash_by_transfer_or_is_kept(till: Till) -> None:
    def by_qris() -> Sale:
        basket = basket_of(till, MI)
        request = shown(till, 3_500, basket)
        told(till, request)
        return checkout.pay(till, basket, [Part(QRIS, 3_500, reference=request.uid)])

    assert paid(correcting.void_sale(till, by_qris().uid, WRONG)) == [(CASH, -3_500)]
    assert paid(correcting.void_sale(till, by_qris().uid, WRONG, TRANSFER)) == [(TRANSFER, -3_500)]
    kept = correcting.void_sale(till, by_qris().uid, WRONG, TITIPAN)
    assert till.store.read.titipan_of(kept.uid) == 3_500
    assert expected(till) == 196_500
    sell_for(till, Part(TITIPAN, 3_500, reference=kept.uid))
    assert till.store.read.titipan_of(kept.uid) == 0


def test_titipan_of_a_voided_sale_is_money_again(till: Till) -> None:
    sale = sell_for(till, Part(CASH, 4_000), kept=Leftover(titipan=500))
    void = correcting.void_sale(till, sale.uid, WRONG)
    assert paid(void) == [(TITIPAN, 500), (CASH, -4_000)]
    assert (till.store.read.titipan_of(sale.uid), expected(till)) == (0, 200_000)
    spent = sell_for(till, Part(CASH, 4_000), kept=Leftover(titipan=500))
    sell_for(till, Part(TITIPAN, 500, reference=spent.uid), Part(CASH, 3_000))
    assert paid(correcting.void_sale(till, spent.uid, WRONG)) == [(CASH, -3_500)]


def test_the_drawer_gives_no_more_than_it_has(till: Till) -> None:
    sale = sell(till, *[MI] * 30, *[SABUN] * 24)
    drawer.close_session(till, expected(till))
    drawer.open_session(till, 50_000)
    assert refusal(lambda: correcting.refund_lines(till, sale.uid, [ReturnLine(1, 20)], WRONG)) is ErrorCode.DRAWER_TOO_EMPTY
    assert correcting.refund_lines(till, sale.uid, [ReturnLine(1, 20)], WRONG, TRANSFER).total == -80_000


# --- exchange --------------------------------------------------------------------------------------------------------------------


def test_goods_are_exchanged_in_one_flow_and_the_difference_is_paid(till: Till) -> None:
    old = sell(till, MI, MI)
    exchange = correcting.begin_exchange(till, old.uid, [ReturnLine(0, 1)], "rusak")
    assert exchange.amount == 3_500
    basket = basket_of(till, SABUN)
    assert till.store.read.exchange(basket.uid) == exchange
    assert refusal(lambda: checkout.pay(till, basket, [Part(CASH, 400)])) is ErrorCode.TOO_LITTLE_MONEY
    before = expected(till)
    sale = checkout.pay(till, basket, [Part(CASH, 500)])
    refund = till.store.read.corrections(old.uid)[0]
    assert paid(sale) == [(EXCHANGE, 3_500), (CASH, 500)]
    assert (paid(refund), refund.corrects) == ([(EXCHANGE, -3_500)], old.uid)
    assert expected(till) == before + 500
    assert till.store.read.exchange(basket.uid) is None


def test_cheaper_goods_in_exchange_give_the_rest_back(till: Till) -> None:
    old = sell(till, SABUN, SABUN)
    correcting.begin_exchange(till, old.uid, [ReturnLine(0, 2, damaged=True)], "rusak")
    before = expected(till)
    sale = checkout.pay(till, basket_of(till, KOPI), [])
    refund = till.store.read.corrections(old.uid)[0]
    assert (paid(sale), paid(refund)) == ([(EXCHANGE, 1_500)], [(EXCHANGE, -1_500), (CASH, -6_500)])
    assert expected(till) == before - 6_500


def test_an_exchange_that_was_begun_survives_a_restart_and_can_be_dropped(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        old = sell(till, MI)
        exchange = correcting.begin_exchange(till, old.uid, [ReturnLine(0, 1)], "rusak")
    with open_till(tmp_path, ids=RandomIds()) as till:
        basket = basket_of(till, MI)
        assert till.store.read.exchange(basket.uid) == exchange
        correcting.drop_exchange(till)
        assert till.store.read.exchange(basket.uid) is None
        checkout.complete_sale(till, basket, 3_500)
        assert till.store.read.corrections(old.uid) == []
        assert till.store.read.check() == []


def test_an_exchange_of_what_came_back_meanwhile_is_refused(till: Till) -> None:
    old = sell(till, MI)
    correcting.begin_exchange(till, old.uid, [ReturnLine(0, 1)], "rusak")
    correcting.refund_lines(till, old.uid, [ReturnLine(0, 1)], WRONG)
    basket = basket_of(till, SABUN)
    assert refusal(lambda: checkout.pay(till, basket, [Part(CASH, 500)])) is ErrorCode.RETURN_TOO_MANY
    correcting.drop_exchange(till)
    assert checkout.pay(till, basket, [Part(CASH, 4_000)]).total == 4_000


def test_refunds_of_rounded_cash_are_rounded_and_come_to_what_was_paid(tmp_path: Path) -> None:
    with open_market(tmp_path) as shop:
        till = replace(shop, rules=Rules(rounding=CashRounding(500)))
        basket_of(till, *[KOPI] * 3, MI)
        basket = discount_basket(till, Discount(DiscountKind.AMOUNT, 200))
        sale = checkout.complete_sale(till, basket, 20_000)
        assert (sale.total, sale.rounding) == (7_500, -300)
        backs = [correcting.refund_lines(till, sale.uid, [ReturnLine(0, 1)], WRONG) for _ in range(3)]
        assert all(back.total % 500 == 0 for back in backs)
        backs.append(correcting.refund_lines(till, sale.uid, [ReturnLine(1, 1)], WRONG))
        assert -sum(back.total for back in backs) == 7_500
        assert till.store.read.check() == []
