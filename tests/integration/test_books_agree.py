"""A shop's years told by its own verbs: every report, the cash book, the books of customers and suppliers agree with each other and with
the facts, whatever was sold, taken back, paid and counted in between, and wherever the kept sums end.

`BOOK_YEARS=2000` in the environment goes through as many years as that.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.business_day import business_day
from pos.domain.cash_book import AccountKind, AccountReason, CashKind, ExpenseCategory
from pos.domain.cash_movement import CashReason
from pos.domain.correction import ReturnLine
from pos.domain.credit import CreditKind
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import CashRounding, Sale, SaleKind, Tender
from pos.domain.supplier import Supplier, SupplierKind
from pos.domain.tendering import Part
from pos.services import cash_book, checkout, correcting, credit, drawer, selling, suppliers
from pos.services.goods import put_catalogue
from pos.services.ports import Rules, Till
from pos.services.report_views import Takings
from pos.services.reports import Report, Span, SpanKind, catch_up, read_report, total
from tests.helpers.paying import KOPI as SACHET
from tests.helpers.paying import MI as INDOMIE
from tests.helpers.paying import SABUN as SOAP
from tests.helpers.paying import known_customer
from tests.helpers.shops import KOPI, SHELF, SteppingClock, open_till

YEARS = int(os.environ.get("BOOK_YEARS", "6"))
HOUR_MS = 3_600_000
CODES = (INDOMIE, SACHET, SOAP)
REFUSED = frozenset(
    {
        ErrorCode.CASH_SHORT,
        ErrorCode.NO_CASH_SESSION,
        ErrorCode.CASH_SESSION_ALREADY_OPEN,
        ErrorCode.DRAWER_TOO_EMPTY,
        ErrorCode.ALREADY_CORRECTED,
        ErrorCode.NOT_THIS_SESSION,
        ErrorCode.NOT_CORRECTABLE,
        ErrorCode.RETURN_TOO_MANY,
        ErrorCode.REPAYMENT_TOO_MUCH,
        ErrorCode.SUPPLIER_PAID_TOO_MUCH,
        ErrorCode.CREDIT_LIMIT,
        ErrorCode.BASKET_NOT_EMPTY,
        ErrorCode.EMPTY_RETURN,
    }
)
"""What a shop is told "no" to in an ordinary year; anything else is a bug."""


class Year:
    """A shop that is open for a year: what a person does in it, one act after the other."""

    def __init__(self, till: Till, cutoff: int) -> None:
        self.till, self.cutoff = till, cutoff
        assert isinstance(till.clock, SteppingClock)
        self.clock = till.clock
        put_catalogue(till, SHELF)
        self.customer: Customer = known_customer(till, limit=10_000_000)
        self.agent: Supplier = suppliers.add_supplier(till, "Agen Makmur", terms_days=14)
        self.baker: Supplier = suppliers.add_supplier(till, "Bu Tin", consignment=True)
        put_catalogue(till, [(replace(KOPI, consignor_uid=self.baker.uid, cost_total=3_601, cost_quantity=3), 0)])
        self.bank = cash_book.add_account(till, "BCA", AccountKind.BANK, 1_000_000)
        self.first = business_day(self.clock.at, cutoff)
        self.sales: list[Sale] = []
        drawer.open_session(till, 200_000)

    @property
    def today(self) -> date:
        return business_day(self.clock.at, self.cutoff)

    def sell(self, size: int, tender: Tender) -> None:
        if self.till.store.read.session() is None:
            drawer.open_session(self.till, 150_000)
        for place in range(size % 5 + 1):
            basket, _ = selling.scan(self.till, CODES[(size + place) % 3])
        if tender is Tender.CASH:
            self.sales.append(checkout.complete_sale(self.till, basket, basket.total + size % 3 * 5_000))
            return
        if tender is Tender.CREDIT:
            from pos.services.selling_lines import set_customer

            basket = set_customer(self.till, self.customer.uid, self.customer.name, "")
        self.sales.append(checkout.pay(self.till, basket, [Part(tender, basket.total)]))

    def void(self, which: int, _tender: Tender) -> None:
        if self.sales:
            self.sales.append(correcting.void_sale(self.till, self.sales[which % len(self.sales)].uid, "salah"))

    def refund(self, which: int, _tender: Tender) -> None:
        if self.sales:
            sale = self.sales[which % len(self.sales)]
            self.sales.append(correcting.refund_lines(self.till, sale.uid, [ReturnLine(0, 1, damaged=which % 2 == 0)], "rusak"))

    def repay(self, size: int, tender: Tender) -> None:
        way = Tender.CASH if tender in (Tender.CREDIT, Tender.QRIS) else tender
        credit.repay(self.till, self.customer.uid, 500 + size * 100, way)

    def spend(self, size: int, tender: Tender) -> None:
        category = list(ExpenseCategory)[size % len(ExpenseCategory)]
        if tender is Tender.CASH:
            drawer.move_cash(self.till, -(500 + size * 37), CashReason.EXPENSE, "", None, category.value)
        else:
            cash_book.book_entry(self.till, self.bank.uid, -(700 + size * 41), AccountReason.EXPENSE, "", category)

    def put_in(self, size: int, _tender: Tender) -> None:
        drawer.move_cash(self.till, 1_000 + size * 50, CashReason.CHANGE)

    def bank_it(self, size: int, _tender: Tender) -> None:
        cash_book.bring_over(self.till, self.bank.uid, 1_000 * (size - 20) or 500)

    def receive(self, size: int, _tender: Tender) -> None:
        with self.till.store.begin() as work:
            suppliers.owe(self.till, work, self.agent.uid, self.till.ids.new(), 1_000 + size * 111)
            work.commit()

    def pay(self, size: int, tender: Tender) -> None:
        whom = self.baker if size % 2 else self.agent
        owed = self.till.store.read.supplier_balance(whom.uid)
        if owed > 0:
            account = self.bank.uid if tender is Tender.TRANSFER else ""
            suppliers.pay(self.till, whom.uid, max(1, owed * (size + 1) // 60), tender is Tender.CASH, account)

    def close(self, size: int, _tender: Tender) -> None:
        session = self.till.store.read.session()
        if session is not None:
            drawer.close_session(self.till, max(0, session.expected + (size - 20) * 100))

    def open(self, size: int, _tender: Tender) -> None:
        drawer.open_session(self.till, 50_000 + size * 1_000)

    def wait(self, size: int, _tender: Tender) -> None:
        self.clock.pass_ms(size * 11 * HOUR_MS)

    def catch_up(self, size: int, _tender: Tender) -> None:
        catch_up(self.till, self.cutoff, lambda done, _whole: done == 0 or size % 2 == 0)

    def do(self, act: str, size: int, tender: Tender) -> None:
        verbs: dict[str, Callable[[int, Tender], None]] = {name: getattr(self, name) for name in ACTS}
        self.clock.pass_ms(size % 7 * HOUR_MS)
        try:
            verbs[act](size, tender)
        except ShopError as error:
            if error.code not in REFUSED:
                raise


ACTS = (
    "sell",
    "void",
    "refund",
    "repay",
    "spend",
    "put_in",
    "bank_it",
    "receive",
    "pay",
    "close",
    "open",
    "wait",
    "catch_up",
)
Act: TypeAlias = tuple[str, int, Tender]
TENDERS = (Tender.CASH, Tender.CASH, Tender.CREDIT, Tender.TRANSFER)
HISTORY = st.lists(
    st.tuples(st.sampled_from([*["sell"] * 8, *ACTS]), st.integers(0, 40), st.sampled_from(TENDERS)), min_size=10, max_size=70
)


def span(first: date, last: date) -> Span:
    return Span(SpanKind.DAYS, first, last)


def by_hand(sales: list[Sale]) -> Takings:
    """The takings of some facts."""

    def of(kind: SaleKind) -> list[Sale]:
        return [sale for sale in sales if sale.kind is kind]

    lines = [line for sale in sales for line in sale.lines]
    return Takings(
        len(of(SaleKind.SALE)),
        sum(sale.total for sale in sales),
        sum(line.discount for line in lines),
        sum(sale.rounding for sale in sales),
        sum(line.cost or 0 for line in lines),
        sum(line.amount for line in lines if line.cost is not None),
        len(of(SaleKind.VOID)),
        sum(sale.total for sale in of(SaleKind.VOID)),
        len(of(SaleKind.REFUND)),
        sum(sale.total for sale in of(SaleKind.REFUND)),
    )


def check_one(report: Report, sales: list[Sale]) -> None:
    """A report says of its days what the facts say, and its parts come to its whole."""
    wanted = by_hand(sales)
    assert report.takings == wanted
    for parts in (report.hours, report.days, report.months, report.cashiers):
        assert sum((takings for _, takings in parts), Takings()) == wanted
    assert sum(row.amount for row in report.tenders) == wanted.turnover
    paid: Counter[str] = Counter()
    for sale in sales:
        for payment in sale.payments:
            paid[payment.tender.value] += payment.amount
    assert {row.tender: row.amount for row in report.tenders} == dict(paid)
    for goods in (report.products, [row for _, row in report.categories]):
        assert sum(row.amount for row in goods) + wanted.rounding == wanted.turnover
        assert sum(row.profit for row in goods) == wanted.profit


def check_reports(year: Year) -> None:
    till, cutoff = year.till, year.cutoff
    facts = [sale for uid in [sale.uid for sale in year.sales] if (sale := till.store.read.sale(uid)) is not None]
    days = [year.first + timedelta(days=number) for number in range((year.today - year.first).days + 1)]
    of_day: dict[date, list[Sale]] = {day: [] for day in days}
    for sale in facts:
        of_day[business_day(sale.at, cutoff)].append(sale)
    whole = read_report(till, span(year.first, year.today), cutoff)
    check_one(whole, facts)
    sold_on = [day for day in days if of_day[day]]
    single = {day: read_report(till, span(day, day), cutoff) for day in sold_on}
    for day, report in single.items():
        check_one(report, of_day[day])
        week_before = of_day.get(day - timedelta(days=7), [])
        assert report.before == by_hand(week_before)
        assert report.year_turnover == sum(sale.total for sale in facts if year.first <= day and _same_year_until(sale, day, cutoff))
    assert sum((report.takings for report in single.values()), Takings()) == whole.takings
    assert dict(whole.days) == {day: report.takings for day, report in single.items()}
    for month in {day.replace(day=1) for day in sold_on}:
        last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        report = read_report(till, span(month, last), cutoff)
        assert report.takings == dict(whole.months)[month] == total_of(single, month, last)


def total_of(single: dict[date, Report], first: date, last: date) -> Takings:
    return sum((report.takings for day, report in single.items() if first <= day <= last), Takings())


def _same_year_until(sale: Sale, day: date, cutoff: int) -> bool:
    sold = business_day(sale.at, cutoff)
    return sold.year == day.year and sold <= day


def check_books(year: Year) -> None:
    """Cash day by day, debts, suppliers, accounts: each is the sum of its facts and leads to the next."""
    till, read = year.till, year.till.store.read
    book = cash_book.read_book(till, year.first, year.today)
    session = read.session()
    z = read.z_reports(0, 1)
    assert book.opening == 0
    assert book.closing == (session.expected if session else z[0].counted)
    for before, after in pairwise(book.days):
        assert before.closing == after.opening
    rows = [row for day in book.days for row in day.rows]
    assert all(row.balance >= 0 for day in book.days for row in day.rows[-1:])
    cash = sum(p.amount for sale in year.sales for p in sale.payments if p.tender is Tender.CASH)
    assert sum(row.amount for row in rows if row.kind is CashKind.SALES) == cash
    entries = read.credit_entries(year.customer.uid)
    repaid = [entry for entry in entries if entry.kind is CreditKind.REPAYMENT]
    assert sum(row.amount for row in rows if row.kind is CashKind.REPAYMENTS) == -sum(e.amount for e in repaid if e.tender == "cash")
    on_credit = sum(p.amount for sale in year.sales for p in sale.payments if p.tender is Tender.CREDIT)
    assert sum(entry.amount for entry in entries if entry not in repaid) == on_credit
    # any part of it is the same book
    middle = year.first + (year.today - year.first) // 2
    assert cash_book.read_book(till, middle, year.today).days == tuple(day for day in book.days if day.day >= middle)
    spent = sum(amount for _, amount in book.expenses)
    of_drawer = -sum(row.amount for row in rows if row.label == CashReason.EXPENSE.value)
    bank = cash_book.read_book(till, year.first, year.today, year.bank.uid)
    of_bank = -sum(row.amount for day in bank.days for row in day.rows if row.label == AccountReason.EXPENSE.value)
    assert spent == of_drawer + of_bank
    assert bank.closing == read.accounts()[0].balance
    sold = [line for sale in year.sales for line in sale.lines if line.product_uid == KOPI.uid]
    theirs = read.supplier_entries(year.baker.uid)
    assert sum(entry.amount for entry in theirs if entry.kind is SupplierKind.SOLD) == sum(line.cost or 0 for line in sold)
    for supplier in (year.agent, year.baker):
        account = suppliers.book(till, supplier.uid)
        assert account.balance == sum(account.ageing) == sum(debt.left for debt in account.debts) or account.balance < 0
        assert account.balance == read.supplier_balance(supplier.uid)


@given(HISTORY, st.sampled_from([0, 180]), st.sampled_from([0, 500]))
@settings(derandomize=True, deadline=None, max_examples=YEARS, suppress_health_check=[HealthCheck.too_slow])
def test_over_random_years_every_book_agrees_with_every_other_and_with_the_facts(
    tmp_path_factory: pytest.TempPathFactory, history: list[Act], cutoff: int, rounding: int
) -> None:
    rules = Rules(day_cutoff=cutoff, rounding=CashRounding(rounding))
    with open_till(tmp_path_factory.mktemp("toko"), rules=rules) as till:
        year = Year(till, cutoff)
        for act, size, tender in history:
            year.do(act, size, tender)
        check_reports(year)
        check_books(year)
        assert till.store.read.check() == []
        catch_up(till, cutoff)
        check_reports(year)


def test_the_sum_of_no_hours_is_nothing(tmp_path: Path) -> None:
    with open_till(tmp_path) as till:
        report = read_report(till, span(date(2026, 11, 25), date(2026, 11, 25)), 0)
        assert report.takings == total([]) == Takings()
        assert cash_book.read_book(till, date(2026, 11, 24), date(2026, 11, 25)).closing == 0
