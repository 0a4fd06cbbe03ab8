"""Paying in every way, on a real store: each sale adds up, drawer, debts, titipan and outbox agree, and a second click does nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode
from pos.domain.money import MAX_AMOUNT
from pos.domain.people import Act
from pos.domain.printing import DocumentKind
from pos.domain.sale import CashRounding, Tender
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, credit, customers
from pos.services.goods import put_catalogue
from pos.services.paying_views import CustomerFilter, SaleSearch
from pos.services.ports import Rules, Till
from pos.services.selling import add_unit
from pos.services.selling_lines import set_customer
from tests.helpers.paying import (
    KOPI,
    MI,
    SABUN,
    basket_of,
    expected,
    known_customer,
    owner_says,
    refusal,
    sell_for,
    sell_on_credit,
    shown,
    told,
    told_operations,
    with_guards,
)
from tests.helpers.shops import MORNING, goods, open_market, sell

CASH, QRIS, TRANSFER, CREDIT, TITIPAN = Tender.CASH, Tender.QRIS, Tender.TRANSFER, Tender.CREDIT, Tender.TITIPAN
DAY = 86_400_000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path) as open_shop:
        yield open_shop
        assert open_shop.store.read.check() == []


def test_a_total_is_split_over_any_tenders_and_the_drawer_has_the_cash_of_it(till: Till) -> None:
    customer = known_customer(till)
    basket = basket_of(till, MI, MI, KOPI, customer=customer)
    request = shown(till, 2_000, basket)
    told(till, request)
    before = expected(till)
    sale = checkout.pay(
        till,
        basket,
        [Part(CASH, 5_000), Part(QRIS, 2_000, reference=request.uid), Part(TRANSFER, 1_500, reference="BCA *1234"), Part(CREDIT, 1_000)],
    )
    assert [(part.tender, part.amount) for part in sale.payments] == [(CASH, 4_000), (QRIS, 2_000), (TRANSFER, 1_500), (CREDIT, 1_000)]
    assert sale.total == 8_500
    assert sale.change == 1_000
    assert expected(till) - before == 4_000
    assert till.store.read.sale(sale.uid) == sale
    assert till.store.read.credit_balance(customer.uid) == 1_000
    used = till.store.read.qris_request(request.uid)
    assert used is not None
    assert used.sale_uid == sale.uid
    kind, payload = told_operations(till)[-1]
    assert kind == "sale@1"
    assert payload["customer"] == customer.uid
    assert customer.name not in json.dumps(payload)


def test_the_same_basket_is_sold_once_however_often_it_is_clicked(till: Till) -> None:
    basket = basket_of(till, MI)
    sale = checkout.complete_sale(till, basket, 5_000)
    for parts in ([Part(CASH, 5_000)], [Part(TRANSFER, 3_500)]):
        assert refusal(lambda parts=parts: checkout.pay(till, basket, parts)) is ErrorCode.BASKET_CHANGED
    assert [row.uid for row in till.store.read.sales("", 0, 10)] == [sale.uid]


def test_a_basket_that_became_somebody_elses_is_not_put_on_the_first_ones_book(till: Till) -> None:
    first, second = known_customer(till), known_customer(till, "Pak Budi")
    seen = basket_of(till, MI, customer=first)
    set_customer(till, second.uid, second.name)
    assert refusal(lambda: checkout.pay(till, seen, [Part(CREDIT, 3_500)])) is ErrorCode.BASKET_CHANGED
    assert till.store.read.credit_balance(first.uid) == 0


# --- kasbon ------------------------------------------------------------------------------------------------------------------


def test_goods_on_credit_need_somebody_and_stand_in_their_book_with_a_date(till: Till) -> None:
    assert refusal(lambda: checkout.pay(till, basket_of(till, MI), [Part(CREDIT, 3_500)])) is ErrorCode.CUSTOMER_NEEDED
    customer = known_customer(till, days=14)
    sale = checkout.pay(till, basket_of(till, KOPI, customer=customer), [Part(CREDIT, 5_000)])
    entry = till.store.read.credit_entries(customer.uid)[0]
    assert (entry.number, entry.amount, entry.balance, entry.due_at) == (sale.number, 5_000, 5_000, sale.at + 14 * DAY)
    assert expected(till) == 200_000, "no money came"
    kinds = {job.kind for job in till.store.read.print_jobs_of(sale.uid)}
    assert kinds == {DocumentKind.RECEIPT, DocumentKind.BON}, "a bon to sign, and no drawer opens"


def test_over_the_limit_the_owner_is_asked_and_nobody_is_turned_away_in_silence(till: Till) -> None:
    with_guards(till)
    customer = known_customer(till, limit=5_000)
    sell_on_credit(till, customer, MI)
    basket = basket_of(till, MI, customer=customer)
    assert refusal(lambda: checkout.pay(till, basket, [Part(CREDIT, 3_500)])) is ErrorCode.NEEDS_ROLE
    assert till.store.read.credit_balance(customer.uid) == 3_500
    sale = checkout.pay(till, basket, [Part(CREDIT, 3_500)], approval=owner_says(till, Act.CREDIT_OVER))
    assert till.store.read.credit_balance(customer.uid) == 7_000
    assert sale.cashier == "Bu Sari"


def test_a_debt_is_paid_back_in_parts_and_each_has_its_own_paper(till: Till) -> None:
    customer = known_customer(till)
    sell_on_credit(till, customer, MI, MI, SABUN)
    first = credit.repay(till, customer.uid, 5_000, received=20_000)
    assert (first.amount, first.balance, first.change) == (-5_000, 6_000, 15_000)
    assert expected(till) == 205_000
    second = credit.repay(till, customer.uid, 2_000, TRANSFER, reference="081234567890")
    assert second.reference == "*7890"
    assert expected(till) == 205_000, "a transfer does not lie in the drawer"
    assert refusal(lambda: credit.repay(till, customer.uid, 4_001)) is ErrorCode.REPAYMENT_TOO_MUCH
    assert refusal(lambda: credit.repay(till, customer.uid, 0)) is ErrorCode.TENDER_EMPTY
    assert refusal(lambda: credit.repay(till, customer.uid, 1_000, received=500)) is ErrorCode.TOO_LITTLE_MONEY
    assert refusal(lambda: credit.repay(till, "x" * 32, 1_000)) is ErrorCode.CUSTOMER_NOT_FOUND
    assert refusal(lambda: credit.repay(till, customer.uid, 1_000, CREDIT)) is ErrorCode.TENDER_EMPTY
    assert [job.kind for job in till.store.read.print_jobs_of(first.uid)] == [DocumentKind.DRAWER_KICK, DocumentKind.REPAYMENT]
    assert credit.print_repayment_again(till, first.uid) == 1
    book = credit.statement(till, customer.uid)
    assert [entry.balance for entry in book.entries] == [11_000, 6_000, 4_000]
    assert (book.balance, book.overdue) == (4_000, 0)
    assert till.store.read.credit_entry(first.uid) == replace(first, uid=first.uid)
    kind, payload = told_operations(till)[-1]
    assert (kind, payload["amount"], payload["reason"]) == ("credit@1", -2_000, "repayment")


def test_what_is_due_is_said_by_age_and_the_oldest_is_paid_first(till: Till) -> None:
    customer = known_customer(till, limit=500_000, days=7)
    sell_on_credit(till, customer, MI)
    till.clock.pass_ms(20 * DAY)  # type: ignore[attr-defined]
    sell_on_credit(till, customer, SABUN)
    till.clock.pass_ms(20 * DAY)  # type: ignore[attr-defined]
    sell_on_credit(till, customer, KOPI)
    book = credit.statement(till, customer.uid)
    assert book.ageing == (1_500, 4_000, 3_500, 0, 0)
    assert book.overdue == 7_500
    assert [row.customer.uid for row in till.store.read.customers("", CustomerFilter.OVERDUE, 0, 10)] == [customer.uid]
    credit.repay(till, customer.uid, 4_500)
    book = credit.statement(till, customer.uid)
    assert [(debt.amount, debt.left) for debt in book.debts] == [(4_000, 3_000), (1_500, 1_500)]
    credit.repay(till, customer.uid, 4_500)
    assert till.store.read.customers("", CustomerFilter.OVERDUE, 0, 10) == []
    assert till.store.read.customers_total("", CustomerFilter.OWING) == 0


def test_a_book_on_paper_is_brought_over_and_what_nobody_will_pay_is_written_off(till: Till) -> None:
    customer = known_customer(till)
    opened = credit.book_opening(till, customer.uid, 75_000)
    assert opened.balance == 75_000
    assert refusal(lambda: credit.write_off(till, customer.uid, 80_000)) is ErrorCode.REPAYMENT_TOO_MUCH
    assert credit.write_off(till, customer.uid, 75_000).balance == 0
    assert refusal(lambda: credit.book_opening(till, customer.uid, MAX_AMOUNT + 1)) is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert refusal(lambda: credit.book_opening(till, customer.uid, 0)) is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert expected(till) == 200_000
    with_guards(till)
    assert refusal(lambda: credit.book_opening(till, customer.uid, 1_000)) is ErrorCode.NEEDS_ROLE


# --- customers -----------------------------------------------------------------------------------------------------------------


def test_of_a_customer_only_a_name_and_four_digits_are_kept(till: Till) -> None:
    customer = customers.add_customer(till, "  Bu\nWati \u202e 081234567890 ", "0812-3456-7890", note="NIK 3578011234567890")
    assert customer.name == "Bu Wati ****7890"
    assert customer.phone4 == "7890"
    assert "3578" not in customer.note
    assert till.store.read.customer(customer.uid) == customer
    long = customers.add_customer(till, "Å" * 300, "12")
    assert (len(long.name), long.phone4) == (80, "")
    for empty in ("", "   ", "\n\t", "😀"):
        assert refusal(lambda empty=empty: customers.add_customer(till, empty)) is ErrorCode.CUSTOMER_NAME_EMPTY
    assert refusal(lambda: customers.add_customer(till, "A", limit=-1)) is ErrorCode.AMOUNT_OUT_OF_RANGE
    assert refusal(lambda: customers.add_customer(till, "A", due_days=10**30)) is ErrorCode.QUANTITY_OUT_OF_RANGE


def test_customers_are_found_by_name_group_and_the_end_of_their_phone(till: Till) -> None:
    wati = known_customer(till, "Bu Wati")
    budi = customers.add_customer(till, "Pak Budi Warung Ijo", "085500001111", "agen")
    find = till.store.read.customers
    assert [row.customer.name for row in find("", CustomerFilter.ALL, 0, 10)] == ["Bu Wati", "Pak Budi Warung Ijo"]
    for typed in ("ijo", "AGEN", "1111", "pak warung"):
        assert [row.customer.uid for row in find(typed, CustomerFilter.ALL, 0, 10)] == [budi.uid]
    assert find("'; DROP", CustomerFilter.ALL, 0, 10) == []
    customers.change_customer(till, replace(budi, name="Pak Budi", group=""))
    assert find("ijo", CustomerFilter.ALL, 0, 10) == []
    customers.hide_customer(till, wati.uid)
    assert till.store.read.customers_total("", CustomerFilter.ALL) == 1
    assert [row.customer.uid for row in find("wati", CustomerFilter.GONE, 0, 10)] == [wati.uid]
    customers.hide_customer(till, wati.uid, hidden=False)
    assert till.store.read.customers_total("wati", CustomerFilter.ALL) == 1
    assert till.store.read.customer_groups() == []
    assert refusal(lambda: customers.change_customer(till, replace(wati, uid="x"))) is ErrorCode.CUSTOMER_NOT_FOUND


# --- titipan --------------------------------------------------------------------------------------------------------------------


def test_change_without_coins_is_kept_for_the_customer_and_spent_later(till: Till) -> None:
    customer = known_customer(till)
    sale = sell_for(till, Part(CASH, 20_000), codes=(MI, MI, SABUN, KOPI), customer=customer, kept=Leftover(titipan=500))
    assert till.store.read.titipan_of(customer.uid) == 500
    assert expected(till) == 200_000 + sale.total + 500
    spent = sell_for(till, Part(TITIPAN, 500, reference=customer.uid), Part(CASH, 3_000), customer=customer)
    assert till.store.read.titipan_of(customer.uid) == 0
    assert [part.amount for part in spent.payments] == [500, 3_000]
    assert refusal(lambda: sell_for(till, Part(TITIPAN, 1, reference=customer.uid), Part(CASH, 3_500))) is ErrorCode.TITIPAN_TOO_LITTLE


def test_somebody_nobody_knows_gets_the_titipan_back_by_the_number_of_the_nota(till: Till) -> None:
    sale = sell_for(till, Part(CASH, 4_000), kept=Leftover(titipan=500))
    held = till.store.read.open_titipan(sale.number[-4:].lower())
    assert [(item.holder, item.amount, item.number) for item in held] == [(sale.uid, 500, sale.number)]
    sell_for(till, Part(TITIPAN, 300, reference=sale.uid), Part(CASH, 3_200))
    assert till.store.read.titipan_of(sale.uid) == 200
    assert refusal(lambda: sell_for(till, Part(TITIPAN, 3_500, reference=sale.uid))) is ErrorCode.TITIPAN_TOO_LITTLE
    assert till.store.read.open_titipan("zzz") == []


# --- numbers ---------------------------------------------------------------------------------------------------------------------


def test_a_total_that_no_receipt_shows_is_refused_and_the_largest_is_sold(till: Till) -> None:
    dear = goods("Emas", 999_999_999, "8990000000012")
    put_catalogue(till, [(dear, 5_000)])
    unit = till.store.read.find_unit("8990000000012")
    assert unit is not None
    basket, _ = add_unit(till, unit, 1_000)
    assert basket.total == 999_999_999_000
    sale = checkout.complete_sale(till, basket, basket.total)
    assert till.store.read.sale(sale.uid) == sale
    assert refusal(lambda: add_unit(till, unit, 1_001)) is ErrorCode.AMOUNT_OUT_OF_RANGE


def test_goods_that_cost_nothing_are_sold_for_nothing(till: Till) -> None:
    put_catalogue(till, [(goods("Kantong", 0, "8990000000029"), 10)])
    sale = sell_for(till, Part(CASH, 0), codes=("8990000000029",))
    assert (sale.total, sale.change) == (0, 0)


def test_rounding_is_booked_and_told_with_the_sale(tmp_path: Path) -> None:
    with open_market(tmp_path) as shop:
        till = replace(shop, rules=Rules(rounding=CashRounding(500)))
        sale = sell(till, KOPI, MI, SABUN, received=9_000)
        assert (sale.total, sale.rounding) == (9_000, 0)
        till = replace(shop, rules=Rules(rounding=CashRounding(1_000)))
        rounded = sell(till, KOPI, received=2_000)
        assert (rounded.total, rounded.rounding, rounded.change) == (1_000, -500, 1_000)
        assert till.store.read.check() == []


# --- the history ------------------------------------------------------------------------------------------------------------------


def test_a_nota_is_found_by_number_amount_goods_customer_and_day(till: Till) -> None:
    customer = known_customer(till, "Bu Ratmi")
    first = sell(till, MI, received=10_000)
    till.clock.pass_ms(DAY)  # type: ignore[attr-defined]
    second = sell_for(till, Part(CASH, 10_000), codes=(KOPI, SABUN), customer=customer)
    find = till.store.read.find_sales

    def uids(search: SaleSearch) -> list[str]:
        return [row.uid for row in find(search, 0, 10)]

    assert uids(SaleSearch(second.number)) == [second.uid]
    assert uids(SaleSearch("3.500")) == [first.uid]
    assert uids(SaleSearch("sabun")) == [second.uid]
    assert uids(SaleSearch("ratmi")) == [second.uid]
    assert uids(SaleSearch("", MORNING, MORNING + DAY)) == [first.uid]
    assert uids(SaleSearch("", MORNING + DAY)) == [second.uid]
    assert uids(SaleSearch("mi", MORNING + DAY)) == []
    assert uids(SaleSearch(customer_uid=customer.uid)) == [second.uid]
    till.store.tidy()  # type: ignore[attr-defined]
    assert uids(SaleSearch("mi", MORNING, MORNING + DAY)) == [first.uid], "from the index too"
    assert uids(SaleSearch("ratmi", 0, MORNING + DAY)) == []
    row = find(SaleSearch("ratmi"), 0, 10)[0]
    assert (row.customer_name, row.corrected) == ("Bu Ratmi", "")
