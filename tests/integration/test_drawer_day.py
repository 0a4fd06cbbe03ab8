"""The drawer's day on a real store: whatever happens in whatever order, what should be in it is a sum of facts, told line by line.

A state machine plays sales, corrections, debts, deposits, cash in and out, closings and clocks that are set, beside a model of ten lines.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.config.machine import RandomIds
from pos.domain.cash_movement import IN_REASONS, OUT_REASONS, CashReason
from pos.domain.correction import ReturnLine
from pos.domain.drawer_report import DrawerLineKind, sum_lines
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import Sale, Tender, TenderState
from pos.domain.tendering import Leftover, Part
from pos.services import checkout, correcting, credit, customers, deposits, drawer, qris
from pos.services.drawer_notes import held_notes
from pos.services.goods import put_catalogue
from pos.services.ports import Rules, Till
from pos.services.selling import hold_basket, scan
from pos.services.selling_lines import set_customer
from pos.sync import protocol as wire
from tests.helpers.shops import KOPI, MORNING, SHELF, SteppingClock, open_market, open_till, sell

INDOMIE, COFFEE, SOAP = "089686010947", "8991002105485", "8999999036607"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


DAYS = int(os.environ.get("EPEKEN_DRAWER_DAYS", "20"))
"""How many days the machine plays; a thousand and more by hand, a few in the suite."""
MAY_NOT_COME_BACK = (
    ErrorCode.NOT_THIS_SESSION,
    ErrorCode.ALREADY_CORRECTED,
    ErrorCode.NOT_CORRECTABLE,
    ErrorCode.RETURN_TOO_MANY,
    ErrorCode.DRAWER_TOO_EMPTY,
)
T = TypeVar("T")


def tried(verb: Callable[[], T]) -> tuple[T | None, ErrorCode | None]:
    """What a verb gave, or why not."""
    try:
        return verb(), None
    except ShopError as error:
        return None, error.code


class DrawerMachine(RuleBasedStateMachine):
    """A day after a day at one drawer."""

    def __init__(self) -> None:
        super().__init__()
        self._held = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="laci-"))
        self._held.callback(shutil.rmtree, self.folder)
        self.till: Till = self._held.enter_context(open_market(self.folder, float_amount=200_000))
        self.model: Counter[str] = Counter({"float": 200_000})
        self.turnover = 0
        self.sold: list[Sale] = []
        self.closings = 0

    def teardown(self) -> None:
        if self.till.store.read.session() is not None:
            self._close()
        assert self.till.store.read.check() == []
        numbers = [row.number for row in self.till.store.read.z_reports(0, 1_000)]
        assert numbers == list(range(self.closings, 0, -1)), "numbered without a gap"
        self._held.close()

    @property
    def expected(self) -> int:
        return sum(self.model.values())

    @initialize()
    def a_customer(self) -> None:
        self.customer = customers.add_customer(self.till, "Bu Rina", limit=1_000_000)

    @rule(codes=st.lists(st.sampled_from((INDOMIE, COFFEE, SOAP)), min_size=1, max_size=4), more=st.sampled_from((0, 500, 50_000)))
    def sell_for_cash(self, codes: list[str], more: int) -> None:
        for code in codes:
            basket, _ = scan(self.till, code)
        sale = checkout.complete_sale(self.till, basket, basket.total + more)
        self.sold.append(sale)
        self.model["sales"] += sale.total
        self.turnover += sale.total

    @rule(tender=st.sampled_from((Tender.TRANSFER, Tender.CREDIT)), cash=st.sampled_from((0, 1_000)))
    def sell_for_something_else(self, tender: Tender, cash: int) -> None:
        basket, _ = scan(self.till, SOAP)
        if tender is Tender.CREDIT:
            basket = set_customer(self.till, self.customer.uid, self.customer.name, self.customer.group)
        parts = (Part(tender, basket.total - cash), *((Part(Tender.CASH, cash),) if cash else ()))
        sale = checkout.pay(self.till, basket, parts)
        self.sold.append(sale)
        self.model["sales"] += cash
        self.turnover += sale.total

    @precondition(lambda self: self.sold)
    @rule(data=st.data())
    def void_or_refund(self, data: st.DataObject) -> None:
        sale = data.draw(st.sampled_from(self.sold))
        whole = data.draw(st.booleans())
        back, error = tried(
            lambda: (
                correcting.void_sale(self.till, sale.uid, "salah pindai")
                if whole
                else correcting.refund_lines(self.till, sale.uid, (ReturnLine(0, 1),), "rusak")
            )
        )
        if back is None:
            assert error in MAY_NOT_COME_BACK
            return
        self.model["corrections"] += sum(payment.amount for payment in back.payments if payment.tender is Tender.CASH)
        self.turnover += back.total

    @rule(amount=st.integers(1, 300_000), reason=st.sampled_from(OUT_REASONS))
    def take_cash_out(self, amount: int, reason: CashReason) -> None:
        moved, error = tried(lambda: drawer.move_cash(self.till, -amount, reason))
        if moved is None:
            assert error is ErrorCode.CASH_SHORT
            assert amount > self.expected
            return
        self.model["out"] -= amount

    @rule(amount=st.integers(1, 300_000), reason=st.sampled_from(IN_REASONS))
    def put_cash_in(self, amount: int, reason: CashReason) -> None:
        drawer.move_cash(self.till, amount, reason, "uang kecil")
        self.model["in"] += amount

    @rule(pieces=st.integers(1, 3))
    def lend_a_galon(self, pieces: int) -> None:
        deposits.lend(self.till, self.customer.uid, KOPI.uid, pieces, 20_000)
        self.model["deposits"] += 20_000 * pieces

    @rule()
    def take_a_galon_back(self) -> None:
        held = self.till.store.read.deposit(self.customer.uid, KOPI.uid)
        if held.quantity and self.expected >= held.amount:
            deposits.give_back(self.till, self.customer.uid, KOPI.uid, held.quantity)
            self.model["deposits"] -= held.amount

    @rule()
    def pay_a_debt_back(self) -> None:
        owed = self.till.store.read.credit_balance(self.customer.uid)
        if owed > 0:
            credit.repay(self.till, self.customer.uid, owed)
            self.model["repaid"] += owed

    @rule(ms=st.sampled_from((MINUTE, HOUR, 9 * HOUR, DAY, -HOUR, -2 * DAY, 400 * DAY, -400 * DAY)))
    def the_clock_goes_on_or_is_set(self, ms: int) -> None:
        clock = self.till.clock
        assert isinstance(clock, SteppingClock)
        clock.pass_ms(ms if clock.at + ms > MORNING - 500 * DAY else 0)

    @rule(off=st.sampled_from((0, 0, -1_500, 700)))
    def close_and_open_again(self, off: int) -> None:
        self._close(off)
        drawer.open_session(self.till, 100_000, ((50_000, 2),))
        self.model = Counter({"float": 100_000})
        self.turnover = 0

    @invariant()
    def what_should_be_there_is_what_went_through_it(self) -> None:
        session = self.till.store.read.session()
        assert session is not None
        report = self.till.store.read.drawer_report(session.uid, 0)
        assert report is not None
        assert sum_lines(report.lines) == report.expected == session.expected == self.expected
        assert sum(tender.amount for tender in report.tenders) == report.turnover == session.turnover == self.turnover
        assert report.sales == session.sales
        kinds = Counter[DrawerLineKind]()
        for line in report.lines:
            kinds[line.kind] += line.amount
        assert kinds[DrawerLineKind.CASH_IN] == self.model["in"]
        assert kinds[DrawerLineKind.CASH_OUT] == self.model["out"]
        assert kinds[DrawerLineKind.DEPOSITS] == self.model["deposits"]
        assert kinds[DrawerLineKind.REPAYMENTS] == self.model["repaid"]
        assert kinds[DrawerLineKind.VOIDS] + kinds[DrawerLineKind.REFUNDS] == self.model["corrections"]

    def _close(self, off: int = 0) -> None:
        counted = max(0, self.expected + off)
        given = drawer.give_count(self.till, counted)
        assert given.expected == self.expected
        closed = drawer.close_with_report(self.till, counted).report
        self.closings += 1
        assert closed.number == self.closings
        assert closed.expected == self.expected
        assert closed.difference == counted - self.expected
        assert self.till.store.read.z_report(self.closings) == closed, "kept as it was said"


TestTheDrawer = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")(DrawerMachine.TestCase)
TestTheDrawer.settings = settings(derandomize=True, deadline=None, max_examples=DAYS, stateful_step_count=25)  # type: ignore[attr-defined]


# --- stories ------------------------------------------------------------------------------------------------------------


def test_a_shop_that_is_open_past_midnight_counts_one_day(tmp_path: Path) -> None:
    evening = SteppingClock(MORNING + 14 * HOUR)
    with open_till(tmp_path, evening, rules=Rules(day_cutoff=180)) as till:
        put_catalogue(till, SHELF)
        drawer.open_session(till, 100_000)
        sell(till, INDOMIE)
        evening.pass_ms(5 * HOUR)
        sell(till, INDOMIE)
        report = drawer.close_with_report(till, 107_000).report
        assert (report.day, report.sales, report.difference) == ("2026-11-25", 2, 0)
        drawer.open_session(till, 50_000)
        assert drawer.x_report(till).day == "2026-11-25", "at two in the night it is still that day"


def test_a_clock_that_is_set_back_while_open_loses_nothing(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sell(till, INDOMIE)
        drawer.move_cash(till, -10_000, CashReason.EXPENSE)
        till.clock.pass_ms(-30 * DAY)  # type: ignore[attr-defined]
        sell(till, INDOMIE)
        drawer.move_cash(till, -20_000, CashReason.SHOPPING)
        session = till.store.read.session()
        assert session is not None
        assert [moved.amount for moved in till.store.read.cash_movements(session.uid)] == [-10_000, -20_000], "in the order they happened"
        report = drawer.close_with_report(till, 177_000).report
        assert report.difference == 0
        assert report.closed_at is not None
        assert report.closed_at < report.opened_at, "said as the clock said it"
        assert till.store.read.check() == []
        drawer.open_session(till, 50_000)
        assert sell(till, INDOMIE).session_uid != session.uid


def test_a_second_click_opens_and_closes_nothing_twice(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with pytest.raises(ShopError) as refused:
            drawer.open_session(till, 1)
        assert refused.value.code is ErrorCode.CASH_SESSION_ALREADY_OPEN
        first = drawer.close_with_report(till, 200_000).report
        for session_uid in ("", first.session_uid):
            with pytest.raises(ShopError) as refused:
                drawer.close_with_report(till, 200_000, session_uid=session_uid)
            assert refused.value.code is ErrorCode.NO_CASH_SESSION
        drawer.open_session(till, 10_000)
        with pytest.raises(ShopError) as refused:
            drawer.close_with_report(till, 10_000, session_uid=first.session_uid)
        assert refused.value.code is ErrorCode.NO_CASH_SESSION, "the click was meant for yesterday's"
        assert till.store.read.session() is not None


def test_a_report_keeps_what_it_said_whatever_is_booked_later(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        sale = sell(till, INDOMIE)
        kept = drawer.close_with_report(till, 203_500).report
        drawer.open_session(till, 100_000)
        correcting.refund_lines(till, sale.uid, (ReturnLine(0, 1),), "rusak")
        assert till.store.read.z_report(1) == kept
        assert drawer.x_report(till).refunds.amount == -3_500


def test_goods_on_the_counter_stop_the_count_and_the_closing(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        scan(till, INDOMIE)
        for verb in (lambda: drawer.give_count(till, 200_000), lambda: drawer.close_with_report(till, 200_000)):
            with pytest.raises(ShopError) as refused:
                verb()
            assert refused.value.code is ErrorCode.BASKET_NOT_EMPTY
        assert till.store.read.z_reports(0, 9) == []


@pytest.mark.parametrize(
    ("total", "pieces"), [(-1, ()), (10**13, ()), (100_000, ((50_000, 1),)), (3, ((3, 1),)), (0, ((1_000, -1), (500, 2)))]
)
def test_a_count_that_cannot_be_is_refused(tmp_path: Path, total: int, pieces: tuple[tuple[int, int], ...]) -> None:
    with open_market(tmp_path) as till:
        with pytest.raises(ShopError) as refused:
            drawer.close_with_report(till, total, pieces)
        assert refused.value.code in (ErrorCode.AMOUNT_OUT_OF_RANGE, ErrorCode.COUNT_DIFFERS)
        assert till.store.read.session() is not None


@pytest.mark.parametrize("amount", [0, 10**13, -(10**13)])
def test_an_amount_that_cannot_be_moves_no_cash(tmp_path: Path, amount: int) -> None:
    with open_market(tmp_path) as till, pytest.raises(ShopError) as refused:
        drawer.move_cash(till, amount, CashReason.IN)
    assert refused.value.code is ErrorCode.AMOUNT_OUT_OF_RANGE


def test_a_remark_keeps_no_number_of_a_person_and_stands_on_one_line(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        moved = drawer.move_cash(till, 5_000, CashReason.IN, "dari\nPak Budi 081234567890 " + "x" * 300)
        assert "081234567890" not in moved.note
        assert "\n" not in moved.note
        assert len(moved.note) <= 60


def test_the_central_is_told_of_cash_and_of_the_closing(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        drawer.move_cash(till, -50_000, CashReason.SHOPPING)
        drawer.close_with_report(till, 150_000, ((100_000, 1), (50_000, 1)))
        told = {operation.kind: operation.payload for operation in till.store.read.waiting_operations(50)}
        moved = wire.decode(told["cash_movement@1"], wire.CashMovementPayload)
        assert (moved.amount, moved.reason) == (-50_000, "shopping")
        closed = wire.decode(told["session_closed@1"], wire.SessionClosedPayload)
        assert (closed.expected, closed.counted, closed.z_number, closed.notes) == (150_000, 150_000, 1, ((100_000, 1), (50_000, 1)))


def test_what_the_drawer_holds_by_note_is_the_last_count_and_what_went_through_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        assert held_notes(till) is None, "nobody counted by note: nobody can tell"
        drawer.close_with_report(till, 200_000)
        drawer.open_session(till, 105_500, ((100_000, 1), (5_000, 1), (500, 1)))
        held = held_notes(till)
        assert held is not None
        assert (held.pieces, held.since) == ({100_000: 1, 5_000: 1, 500: 1}, 0)
        sell(till, INDOMIE, received=4_000)
        drawer.move_cash(till, -100_000, CashReason.OWNER)
        held = held_notes(till)
        assert held is not None
        assert held.since == 2
        assert held.pieces[100_000] == 0
        assert held.pieces[2_000] == 2
        assert held.pieces[500] == 0, "given back as change"
        drawer.give_count(till, 9_000, ((5_000, 1), (2_000, 2)))
        held = held_notes(till)
        assert held is not None
        assert (held.pieces, held.since) == ({5_000: 1, 2_000: 2}, 0), "a new count is surer than any estimate"


def test_a_shop_of_the_first_release_closes_its_drawer_with_the_first_report(tmp_path: Path) -> None:
    old = Path(__file__).parents[1] / "data" / "shop_0001.db.gz"
    (tmp_path / "shop.db").write_bytes(gzip.decompress(old.read_bytes()))
    with open_till(tmp_path, ids=RandomIds()) as till:
        if till.store.read.basket().lines:
            hold_basket(till, "dulu")
        if till.store.read.session() is None:
            drawer.open_session(till, 1_000)
        report = drawer.x_report(till)
        assert sum_lines(report.lines) == report.expected
        assert drawer.close_with_report(till, report.expected).report.number == 1
        assert till.store.read.check() == []


def test_the_day_of_a_report_is_that_of_its_opening(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        assert drawer.x_report(till).day == date(2026, 11, 25).isoformat()


def test_money_that_only_a_person_stands_for_is_told_until_the_server_tells_of_it(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        basket, _ = scan(till, INDOMIE)
        request = qris.by_sticker(till, basket.uid, 3_500)
        qris.confirm_by_hand(till, request.uid)
        sale = checkout.pay(till, basket, [Part(Tender.QRIS, 3_500, reference=request.uid)])
        report = drawer.x_report(till)
        assert (report.by_hand.count, report.by_hand.amount) == (1, 3_500)
        assert report.expected == 200_000, "it does not lie in the drawer"
        with till.store.begin() as work:
            work.settle_tender(sale.uid, 0, TenderState.PAID, request.uid, till.clock.now())
            work.commit()
        assert drawer.x_report(till).by_hand.count == 0


def test_change_that_a_customer_leaves_here_is_in_the_drawer_and_told(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        basket, _ = scan(till, INDOMIE)
        checkout.pay(till, basket, [Part(Tender.CASH, 4_000)], Leftover(titipan=500))
        report = drawer.x_report(till)
        assert (report.expected, report.titipan, report.turnover) == (204_000, 500, 3_500)
        assert sum(tender.amount for tender in report.tenders) == 3_500
