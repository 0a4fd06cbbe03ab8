"""Stock, cost and cards agree, whatever happens in whatever order: a state machine over a real store, by Hypothesis."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from pos.domain.correction import ReturnLine
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import SellableUnit
from pos.domain.receiving import PaidFrom, ReceiptHead
from pos.domain.sale import Tender
from pos.domain.stock import MovementReason
from pos.services import checkout, correcting, drawer, receipts, receiving, selling, stock_moves, stock_taking
from tests.helpers.tills import close_till, open_till, product, stock_up

SHELF = 2
_NUMBERS = st.integers(0, SHELF - 1)
_PLAYS = settings(max_examples=int(os.environ.get("STOCK_PLAYS", "6")), stateful_step_count=20, deadline=None, derandomize=True)


def tried(act: Callable[[], object], *refusals: ErrorCode) -> bool:
    """Whether it was done; one of these refusals is no fault."""
    try:
        act()
    except ShopError as error:
        if error.code not in refusals:
            raise
        return False
    return True


class Shelf(RuleBasedStateMachine):
    """Deliveries and what puts them right, sales below nothing, voids and returns, breakage, counts."""

    blank: Path
    place_of_files: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.place_of_files))
        shutil.copy(self.blank, self.folder / "shop.db")
        self.till = open_till(self.folder, "shelf")
        if self.till.store.read.session() is None:
            drawer.open_session(self.till, 1_000_000)
        self.sales: list[str] = []
        self.deliveries: list[str] = []

    def _unit(self, number: int) -> SellableUnit:
        unit = self.till.store.read.unit(product(number).units[0].uid)
        assert unit is not None
        return unit

    @rule(number=_NUMBERS, count=st.integers(1, 60), amount=st.integers(0, 90_000), off=st.integers(0, 500), fare=st.integers(0, 900))
    def goods_come_in(self, number: int, count: int, amount: int, off: int, fare: int) -> None:
        draft = receiving.open_draft(self.till)
        line = receiving.add_unit(self.till, draft.uid, self._unit(number), count)
        receiving.set_line(self.till, draft.uid, line.position, amount=amount)
        head = ReceiptHead(discount=min(off, amount), transport=fare, paid_from=PaidFrom.OUTSIDE)
        receiving.set_head(self.till, draft.uid, head)
        self.deliveries.append(receipts.post(self.till, draft.uid, amount - head.discount + fare).uid)

    @precondition(lambda self: self.deliveries)
    @rule(data=st.data(), count=st.integers(1, 60), amount=st.integers(0, 90_000))
    def a_delivery_is_put_right(self, data: st.DataObject, count: int, amount: int) -> None:
        draft = receipts.put_right(self.till, data.draw(st.sampled_from(self.deliveries)))
        lines = self.till.store.read.receipt_draft_lines(draft.uid)
        if lines:
            receiving.set_line(self.till, draft.uid, lines[0].position, quantity=count)
            receiving.set_line(self.till, draft.uid, lines[0].position, amount=amount + draft.head.discount)
        now = self.till.store.read.receipt_draft(draft.uid)
        assert now is not None
        total = now.total
        if not tried(lambda: receipts.post(self.till, draft.uid, total), ErrorCode.RECEIPT_SAME, ErrorCode.RECEIPT_EMPTY):
            receiving.drop_draft(self.till, draft.uid)

    @rule(numbers=st.lists(_NUMBERS, min_size=1, max_size=3), count=st.integers(1, 50))
    def somebody_buys(self, numbers: list[int], count: int) -> None:
        for number in numbers:
            basket, _ = selling.add_unit(self.till, self._unit(number), count)
        self.sales.append(checkout.complete_sale(self.till, basket, basket.total).uid)

    @precondition(lambda self: self.sales)
    @rule(data=st.data(), part=st.integers(1, 9), damaged=st.booleans())
    def something_comes_back(self, data: st.DataObject, part: int, damaged: bool) -> None:
        uid = data.draw(st.sampled_from(self.sales))
        lines = [ReturnLine(0, part, damaged)]
        refusals = (ErrorCode.RETURN_TOO_MANY, ErrorCode.DRAWER_TOO_EMPTY, ErrorCode.ALREADY_CORRECTED)
        tried(lambda: correcting.refund_lines(self.till, uid, lines, "kembali", Tender.CASH), *refusals)

    @precondition(lambda self: self.sales)
    @rule(data=st.data())
    def a_sale_is_voided(self, data: st.DataObject) -> None:
        uid = data.draw(st.sampled_from(self.sales))
        tried(lambda: correcting.void_sale(self.till, uid, "salah"), ErrorCode.ALREADY_CORRECTED, ErrorCode.DRAWER_TOO_EMPTY)

    @rule(number=_NUMBERS, count=st.integers(1, 9))
    def some_break(self, number: int, count: int) -> None:
        uid = product(number).uid
        tried(lambda: stock_moves.take_out(self.till, uid, count, MovementReason.DAMAGED, "pecah"), ErrorCode.STOCK_SHORT)

    @rule(numbers=st.sets(_NUMBERS, min_size=1), counted=st.integers(0, 80))
    def the_shelf_is_counted(self, numbers: set[int], counted: int) -> None:
        take = stock_taking.begin(self.till)
        for number in sorted(numbers):
            stock_taking.set_count(self.till, take.uid, self._unit(number), counted)
        stock_taking.post(self.till, take.uid)
        for number in numbers:
            assert self.till.store.read.on_hand(product(number).uid) == counted

    @invariant()
    def the_card_ends_at_what_is_there_and_nothing_is_worth_nothing(self) -> None:
        read = self.till.store.read
        with self.till.store.begin() as work:
            values = work.stock_values([product(number).uid for number in range(SHELF)])
        for uid, value in values.items():
            card = read.stock_card(uid, [], 0, 0, 1_000)
            assert card[0].balance == read.on_hand(uid) == value.quantity
            assert sum(row.quantity for row in card) == value.quantity
            assert value.quantity != 0 or value.cost == 0
            assert value.quantity < 0 or value.cost >= 0

    def teardown(self) -> None:
        assert self.till.store.read.check() == []
        close_till(self.till)
        shutil.rmtree(self.folder)


def test_stock_costs_and_cards_agree_whatever_happens(tmp_path: Path) -> None:
    till = open_till(tmp_path, "blank")
    stock_up(till, SHELF, 20)
    close_till(till)
    Shelf.blank, Shelf.place_of_files = tmp_path / "shop.db", tmp_path
    run_state_machine_as_test(Shelf, settings=_PLAYS)
