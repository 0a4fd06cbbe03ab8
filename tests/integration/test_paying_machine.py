"""Any order of selling, taking back, paying back, cash in and out and titipan: a real store against a model that fits on a page."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.domain.cash_movement import CashReason
from pos.domain.correction import ReturnLine
from pos.domain.customer import Customer
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import Sale, Tender
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, correcting, credit, drawer
from pos.services.ports import Till
from pos.services.reports import SpanKind, read_report, span_of, today
from pos.services.selling import add_unit
from tests.helpers.paying import basket_of, known_customer
from tests.helpers.shops import KOPI, MI, SABUN, open_market

FLOAT = 50_000
GOODS = {MI.uid: 3_500, KOPI.uid: 1_500, SABUN.uid: 4_000}
UIDS = tuple(GOODS)
UNITS = {product.uid: product.units[0].uid for product in (MI, KOPI, SABUN)}
CASH, CREDIT, TITIPAN = Tender.CASH, Tender.CREDIT, Tender.TITIPAN


@dataclass
class Model:
    """What a shopkeeper would keep in four columns of an exercise book."""

    drawer: int = FLOAT
    stock: dict[str, int] = field(default_factory=lambda: {MI.uid: 200, KOPI.uid: 300, SABUN.uid: 24})
    owed: int = 0
    kept: int = 0
    turnover: int = 0
    sold: dict[str, int] = field(default_factory=lambda: dict.fromkeys(UIDS, 0))

    def move(self, goods: dict[str, int], cash: int = 0, owed: int = 0, kept: int = 0) -> None:
        """Goods that left the shelf (or came back, negative), cash into the drawer, debt made, titipan taken."""
        for uid, quantity in goods.items():
            self.stock[uid] -= quantity
            self.sold[uid] += quantity
        self.drawer, self.owed, self.kept = self.drawer + cash, self.owed + owed, self.kept + kept
        self.turnover += sum(GOODS[uid] * quantity for uid, quantity in goods.items())


@dataclass
class Sold:
    """A sale as the model remembers it: what can still come back, and how much of it stands on the customer's book."""

    sale: Sale
    goods: dict[str, int]
    owed: int
    kept: int = 0
    spent: int = 0
    touched: bool = False


BASKETS = st.dictionaries(st.sampled_from(UIDS), st.integers(1, 4), min_size=1)


class Shop(RuleBasedStateMachine):
    """One drawer's session with one customer who has a book."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.folder = self.opened.enter_context(tempfile.TemporaryDirectory())
        self.till: Till = self.opened.enter_context(open_market(Path(self.folder), float_amount=FLOAT))
        self.model = Model()
        self.sold: list[Sold] = []

    @initialize()
    def somebody_with_a_book(self) -> None:
        self.customer: Customer = known_customer(self.till, limit=10**9)

    def counted(self, goods: dict[str, int]) -> tuple[int, dict[str, int]]:
        return sum(GOODS[uid] * quantity for uid, quantity in goods.items()), goods

    def pay(self, goods: dict[str, int], parts: list[Part], leftover: Leftover | None = None) -> Sale:
        for uid, quantity in goods.items():
            unit = self.till.store.read.unit(UNITS[uid])
            assert unit is not None
            add_unit(self.till, unit, quantity)
        return checkout.pay(self.till, basket_of(self.till, customer=self.customer), parts, leftover)

    @rule(goods=BASKETS, over=st.integers(0, 3).map(lambda n: n * 500), on_book=st.integers(0, 100))
    def sell(self, goods: dict[str, int], over: int, on_book: int) -> None:
        """In cash, on the book, or split; some of the change is kept."""
        total = sum(GOODS[uid] * quantity for uid, quantity in goods.items())
        owed = total * on_book // 100
        parts = [Part(CREDIT, owed)] if owed else []
        kept = min(over, 500) if owed < total else 0
        if owed < total:
            parts.append(Part(CASH, total - owed + over))
        sale = self.pay(goods, parts, Leftover(titipan=kept))
        self.model.move(goods, total - owed + kept, owed, kept)
        self.sold.append(Sold(sale, dict(goods), owed, kept))

    @precondition(lambda self: self.model.kept > 0)
    @rule(goods=BASKETS)
    def spend_titipan(self, goods: dict[str, int]) -> None:
        total = sum(GOODS[uid] * quantity for uid, quantity in goods.items())
        spent = min(self.model.kept, total)
        parts = [Part(TITIPAN, spent, reference=self.customer.uid)]
        if spent < total:
            parts.append(Part(CASH, total - spent))
        sale = self.pay(goods, parts)
        self.model.move(goods, total - spent, kept=-spent)
        self.sold.append(Sold(sale, dict(goods), 0, spent=spent))

    @precondition(lambda self: self.sold)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        which = data.draw(st.sampled_from(self.sold))
        if which.touched or which.sale.kind != "sale":
            return self.refused(lambda: correcting.void_sale(self.till, which.sale.uid, "uji"), ErrorCode.ALREADY_CORRECTED)
        worth = sum(GOODS[uid] * quantity for uid, quantity in which.goods.items())
        debt, kept = min(which.owed, max(0, self.model.owed)), min(which.kept, self.model.kept)
        cash = worth - debt - which.spent + kept
        if cash > self.model.drawer:
            return self.refused(lambda: correcting.void_sale(self.till, which.sale.uid, "uji"), ErrorCode.DRAWER_TOO_EMPTY)
        correcting.void_sale(self.till, which.sale.uid, "uji")
        back = {uid: -quantity for uid, quantity in which.goods.items()}
        self.model.move(back, -cash, -debt, which.spent - kept)
        which.touched, which.goods, which.owed = True, {}, 0
        return None

    @precondition(lambda self: any(item.goods for item in self.sold))
    @rule(data=st.data(), spoilt=st.booleans(), exchanged=st.booleans())
    def take_back(self, data: st.DataObject, spoilt: bool, exchanged: bool) -> None:
        """Some of one line; or it pays for something else at once."""
        which = data.draw(st.sampled_from([item for item in self.sold if item.goods]))
        uid = data.draw(st.sampled_from(sorted(which.goods)))
        quantity = data.draw(st.integers(1, which.goods[uid]))
        place = next(place for place, line in enumerate(which.sale.lines) if line.product_uid == uid)
        wanted = [ReturnLine(place, quantity, spoilt)]
        worth = GOODS[uid] * quantity
        if exchanged:
            return self.exchange(which, uid, quantity, wanted)
        debt = min(worth, which.owed, max(0, self.model.owed))
        if worth - debt > self.model.drawer:
            return self.refused(lambda: correcting.refund_lines(self.till, which.sale.uid, wanted, "uji"), ErrorCode.DRAWER_TOO_EMPTY)
        correcting.refund_lines(self.till, which.sale.uid, wanted, "uji")
        self.model.move({uid: -quantity}, debt - worth, -debt)
        which.owed -= debt
        self.gone(which, uid, quantity, spoilt)
        return None

    def exchange(self, which: Sold, uid: str, quantity: int, wanted: list[ReturnLine]) -> None:
        worth, new = GOODS[uid] * quantity, {KOPI.uid: 2}
        if worth - 3_000 > self.model.drawer:
            return
        correcting.begin_exchange(self.till, which.sale.uid, wanted, "uji")
        sale = self.pay(new, [Part(CASH, max(0, 3_000 - worth))])
        self.model.move({uid: -quantity}, -worth)
        self.model.move(new, 3_000)
        self.gone(which, uid, quantity, wanted[0].damaged)
        self.sold.append(Sold(sale, dict(new), 0))

    def gone(self, which: Sold, uid: str, quantity: int, spoilt: bool) -> None:
        which.touched = True
        which.goods[uid] -= quantity
        if not which.goods[uid]:
            del which.goods[uid]
        if spoilt:
            self.model.stock[uid] -= quantity

    @precondition(lambda self: self.model.owed > 0)
    @rule(share=st.integers(1, 120), tender=st.sampled_from((CASH, Tender.TRANSFER)))
    def pay_back(self, share: int, tender: Tender) -> None:
        amount = max(1, self.model.owed * share // 100)
        if amount > self.model.owed:
            return self.refused(lambda: credit.repay(self.till, self.customer.uid, amount, tender), ErrorCode.REPAYMENT_TOO_MUCH)
        credit.repay(self.till, self.customer.uid, amount, tender)
        self.model.move({}, amount if tender is CASH else 0, -amount)
        return None

    @rule(amount=st.integers(1, 60_000), out=st.booleans())
    def cash_in_or_out(self, amount: int, out: bool) -> None:
        if out and amount > self.model.drawer:
            return
        drawer.move_cash(self.till, -amount if out else amount, CashReason.SHOPPING if out else CashReason.CHANGE)
        self.model.move({}, -amount if out else amount)

    def refused(self, verb: object, code: ErrorCode) -> None:
        assert callable(verb)
        try:
            verb()
        except ShopError as error:
            if error.code is not code:
                raise
        else:
            raise AssertionError(f"{code} was let through")

    @invariant()
    def the_books_agree(self) -> None:
        read = self.till.store.read
        session = read.session()
        assert session is not None
        assert session.expected == self.model.drawer
        assert session.turnover == self.model.turnover
        assert {uid: read.on_hand(uid) for uid in UIDS} == self.model.stock
        assert read.titipan_of(self.customer.uid) == self.model.kept if hasattr(self, "customer") else True
        assert not hasattr(self, "customer") or read.credit_balance(self.customer.uid) == self.model.owed
        report = read.drawer_report(session.uid, self.till.clock.now())
        assert report is not None
        assert report.expected == self.model.drawer == sum(line.amount for line in report.lines)

    @invariant()
    def the_report_of_the_day_agrees(self) -> None:
        report = read_report(self.till, span_of(SpanKind.TODAY, today(self.till, 0)), 0)
        assert report.takings.turnover == self.model.turnover == sum(row.amount for row in report.tenders)
        goods = {row.product_uid: (row.quantity, row.amount) for row in report.products}
        wanted = {uid: (sold, sold * GOODS[uid]) for uid, sold in self.model.sold.items()}
        assert {uid: goods.get(uid, (0, 0)) for uid in UIDS} == wanted

    def teardown(self) -> None:
        assert self.till.store.read.check() == []
        self.opened.close()


TestAnyDayAtTheCounterAgreesWithTheBook = Shop.TestCase
TestAnyDayAtTheCounterAgreesWithTheBook.settings = settings(
    derandomize=True, deadline=None, max_examples=int(os.environ.get("PAYING_DAYS", "25")), stateful_step_count=30
)
