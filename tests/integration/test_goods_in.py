"""Kulakan in a real store: scanned, kept through a kill, posted once, owed or paid, put right by a new fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.receiving import PaidFrom, ReceiptHead
from pos.domain.stock import MovementReason
from pos.services import papers, receipts, receiving, stock_lists, suppliers
from pos.services.goods import put_goods
from pos.services.ports import Till
from tests.helpers.goods_in import DUS_CODE, MI_AND_DUS, deliver, unit_of, worth
from tests.helpers.shops import KOPI, MI, goods, open_market, open_till, sell

INDOMIE, COFFEE = "089686010947", "8991002105485"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with open_market(tmp_path, [(MI_AND_DUS, 10), (KOPI, 20)]) as till:
        yield till


def refused(act: object) -> ErrorCode:
    with pytest.raises(ShopError) as caught:
        act()  # type: ignore[operator]
    return caught.value.code


def test_two_dus_are_scanned_cost_what_they_did_the_last_time_and_come_in_as_eighty_pieces(till: Till) -> None:
    draft = receiving.open_draft(till)
    receiving.add_unit(till, draft.uid, unit_of(till, DUS_CODE))
    line = receiving.add_unit(till, draft.uid, unit_of(till, DUS_CODE))
    assert (line.quantity, line.unit_cost, line.amount) == (80, 112_000, 224_000), "what the till knows of a piece's cost, times 40"
    receiving.set_line(till, draft.uid, line.position, unit_cost=110_000)
    receiving.set_head(till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
    posted = receipts.post(till, draft.uid, 220_000)
    assert worth(till, MI.uid) == (90, 28_000 + 220_000)
    assert posted.number.startswith("BM-")
    assert till.store.read.last_unit_cost(MI_AND_DUS.units[1].uid) == 110_000
    product = till.store.read.product(MI.uid)
    assert product is not None
    assert (product.cost_total, product.cost_quantity) == (248_000, 90), "the average from now on"
    assert till.store.read.check() == []


def test_a_draft_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    with open_market(tmp_path, [(MI_AND_DUS, 10)]) as till:
        draft = receiving.open_draft(till)
        line = receiving.add_unit(till, draft.uid, unit_of(till, DUS_CODE), 3)
        receiving.set_line(till, draft.uid, line.position, amount=330_000)
        receiving.set_line(till, draft.uid, line.position, day=20_900)
        receiving.set_head(till, draft.uid, ReceiptHead(paper="  F-77\n", transport=9_000))
    with open_till(tmp_path) as till:
        (found,) = till.store.read.receipt_drafts()
        assert (found.head.paper, found.lines, found.total) == ("F-77", 1, 339_000)
        (line,) = till.store.read.receipt_draft_lines(found.uid)
        assert (line.quantity, line.amount, line.expires_on) == (120, 330_000, 20_900)


def test_a_line_that_was_taken_off_comes_back_where_it_stood(till: Till) -> None:
    draft = receiving.open_draft(till)
    receiving.add_unit(till, draft.uid, unit_of(till, INDOMIE))
    receiving.add_unit(till, draft.uid, unit_of(till, COFFEE))
    line = receiving.remove_line(till, draft.uid, 0)
    receiving.restore_line(till, draft.uid, line)
    assert [line.product_uid for line in till.store.read.receipt_draft_lines(draft.uid)] == [MI.uid, KOPI.uid]
    receiving.drop_draft(till, draft.uid)
    assert till.store.read.receipt_drafts() == []


def test_a_second_click_posts_nothing(till: Till) -> None:
    draft = receiving.open_draft(till)
    receiving.add_unit(till, draft.uid, unit_of(till, INDOMIE), 5)
    receiving.set_head(till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
    assert refused(lambda: receipts.post(till, draft.uid, 1)) is ErrorCode.RECEIPT_CHANGED
    receipts.post(till, draft.uid, 14_000)
    assert refused(lambda: receipts.post(till, draft.uid, 14_000)) is ErrorCode.RECEIPT_POSTED
    assert refused(lambda: receiving.add_unit(till, draft.uid, unit_of(till, INDOMIE))) is ErrorCode.RECEIPT_POSTED
    assert till.store.read.on_hand(MI.uid) == 15


def test_the_agent_is_owed_and_paid_half_out_of_the_drawer(till: Till) -> None:
    agent = suppliers.add_supplier(till, "Agen Makmur", terms_days=14)
    head = ReceiptHead(agent.uid, "F-1", discount=4_000, transport=6_000, paid=100_000)
    posted = deliver(till, (DUS_CODE, 2, 220_000), head=head)
    assert (posted.total, posted.paid) == (222_000, 100_000)
    book = suppliers.book(till, agent.uid)
    assert [entry.amount for entry in book.entries] == [222_000, -100_000]
    assert book.balance == 122_000
    session = till.store.read.session()
    assert session is not None
    assert session.expected == 200_000 - 100_000
    assert worth(till, MI.uid) == (90, 28_000 + 222_000)
    assert till.store.read.check() == []


def test_goods_on_consignment_are_owed_when_they_sell_and_not_when_they_come(till: Till) -> None:
    owner = suppliers.add_supplier(till, "Bu Tin kue basah", consignment=True)
    cake = replace(goods("Kue lapis", 2_000, "8990000000043"), consignor_uid=owner.uid, cost_total=1_500, cost_quantity=1)
    with till.store.begin() as work:
        put_goods(till, work, [cake], [], "edit")
        work.commit()
    deliver(till, ("8990000000043", 10, 15_000), head=ReceiptHead(owner.uid))
    assert suppliers.book(till, owner.uid).balance == 0
    session = till.store.read.session()
    assert session is not None
    assert session.expected == 200_000
    sell(till, "8990000000043", "8990000000043")
    assert suppliers.book(till, owner.uid).balance == 3_000
    assert till.store.read.check() == []


def test_bought_on_the_market_out_of_the_drawer_is_belanja_toko(till: Till) -> None:
    deliver(till, (INDOMIE, 20, 50_000), head=ReceiptHead())
    session = till.store.read.session()
    assert session is not None
    assert session.expected == 150_000
    last = till.store.read.waiting_operations(500)[-1]
    assert b'"shopping"' in last.payload
    assert refused(lambda: deliver(till, (INDOMIE, 20, 500_000), head=ReceiptHead())) is ErrorCode.CASH_SHORT
    assert till.store.read.on_hand(MI.uid) == 30, "nothing of it was booked"
    assert len(till.store.read.receipt_drafts()) == 1, "and nothing of it is lost"


def test_a_posted_receipt_is_put_right_by_a_fact_that_holds_the_difference(till: Till) -> None:
    agent = suppliers.add_supplier(till, "Agen Makmur")
    posted = deliver(till, (DUS_CODE, 2, 220_000), (COFFEE, 10, 11_000), head=ReceiptHead(agent.uid, paid=0))
    sell(till, INDOMIE)
    draft = receipts.put_right(till, posted.uid)
    assert receipts.put_right(till, posted.uid) == draft, "begun once"
    mi, kopi = till.store.read.receipt_draft_lines(draft.uid)
    receiving.set_line(till, draft.uid, mi.position, quantity=40)
    receiving.set_line(till, draft.uid, mi.position, amount=110_000)
    receiving.set_line(till, draft.uid, kopi.position, amount=12_000)
    fixed = receipts.post(till, draft.uid, 122_000)
    assert (fixed.corrects, fixed.total) == (posted.uid, -109_000)
    assert suppliers.book(till, agent.uid).balance == 122_000
    assert till.store.read.on_hand(MI.uid) == 49
    head, lines = receipts.now(till, posted.uid)
    assert [(line.quantity, line.amount) for line in lines] == [(40, 110_000), (10, 12_000)]
    assert head.supplier_uid == agent.uid
    again = receipts.put_right(till, posted.uid)
    assert refused(lambda: receipts.post(till, again.uid, 122_000)) is ErrorCode.RECEIPT_SAME
    assert till.store.read.check() == []


def test_what_was_booked_twice_by_mistake_leaves_no_trace_in_the_cost(till: Till) -> None:
    before = worth(till, MI.uid)
    posted = deliver(till, (DUS_CODE, 1, 200_000), (COFFEE, 1, 1_000))
    draft = receipts.put_right(till, posted.uid)
    receiving.remove_line(till, draft.uid, 0)
    receipts.post(till, draft.uid, 1_000)
    assert worth(till, MI.uid) == before
    assert till.store.read.check() == []


def test_the_delivery_is_told_in_operations_that_fit_and_the_books_agree(tmp_path: Path) -> None:
    many = [(goods(f"Barang {n}", 1_000, f"29{n:010d}", uid=f"{n:032x}"), 0) for n in range(1, 451)]
    with open_market(tmp_path, many) as till:
        before = len(till.store.read.waiting_operations(500))
        deliver(till, *((f"29{n:010d}", 1, 700) for n in range(1, 451)))
        told = till.store.read.waiting_operations(500)[before:]
        assert [len(json.loads(item.payload)["lines"]) for item in told if item.kind == "stock@1"] == [200, 200, 50]
        (row,) = till.store.read.stock_card(many[-1][0].uid, [], 0, 0, 10)
        assert (row.reason, row.balance, row.number) == (MovementReason.RECEIPT, 1, till.store.read.receipts(0, 1)[0].number)
        assert till.store.read.check() == []


def test_the_paper_says_what_came_what_was_taken_off_and_what_is_still_to_pay(till: Till) -> None:
    agent = suppliers.add_supplier(till, "Agen Makmur")
    posted = deliver(till, (DUS_CODE, 2, 220_000), head=ReceiptHead(agent.uid, "F-1", 4_000, 6_000, 100_000, PaidFrom.OUTSIDE))
    paper = receipts.paper_of(till, posted.uid)
    assert (paper.supplier, paper.paper, paper.cost, paper.paid) == ("Agen Makmur", "F-1", 222_000, 100_000)
    assert papers.print_goods_receipt(till, paper) == 0


def test_a_dearer_delivery_asks_for_a_new_price_and_taking_it_is_an_edit(till: Till) -> None:
    stock_lists.set_margin(till, "", 2_000)
    stock_lists.set_margin(till, "Mi instan", 2_500)
    posted = deliver(till, (INDOMIE, 30, 100_000))
    wanted = {(item.unit_name, item.wanted) for item in stock_lists.suggestions(till, posted)}
    assert wanted == {("bungkus", 4_000), ("dus", 160_000)}, "(28.000 + 100.000) / 40 = Rp3.200, a quarter on top"
    item = stock_lists.suggestions(till, posted)[0]
    kept = stock_lists.take_suggestion(till, item)
    assert kept.units[0].prices[0].amount == 4_000
    assert till.store.read.waiting_operations(500)[-1].kind.startswith("product")
    stock_lists.set_margin(till, "", None)
    stock_lists.set_margin(till, "Mi instan", None)
    assert stock_lists.suggestions(till, posted) == []


def test_what_does_not_keep_is_warned_of_while_some_of_it_is_here(till: Till) -> None:
    day = stock_lists.today(till)
    for ahead, count in ((5, 4), (20, 6), (300, 10)):
        draft = receiving.open_draft(till)
        line = receiving.add_unit(till, draft.uid, unit_of(till, COFFEE), count)
        receiving.set_line(till, draft.uid, line.position, day=day + ahead)
        receiving.set_head(till, draft.uid, ReceiptHead(paid_from=PaidFrom.OUTSIDE))
        kept = till.store.read.receipt_draft(draft.uid)
        assert kept is not None
        receipts.post(till, draft.uid, kept.total)
    sell(till, *[COFFEE] * 26)
    # 40 were there, 14 are left: those that keep longest
    assert [(row.expires_on - day, row.left) for row in stock_lists.expiring(till)] == [(20, 4)]


def test_goods_that_nobody_buys_are_found_with_their_worth(till: Till) -> None:
    till.clock.pass_ms(80 * stock_lists.DAY_MS)  # type: ignore[attr-defined]
    sell(till, INDOMIE)
    (row,) = stock_lists.dead(till)
    assert (row.product_uid, row.on_hand, row.value) == (KOPI.uid, 20, 24_000)


def test_the_shopping_list_knows_who_brought_it_and_in_which_unit(till: Till) -> None:
    agent = suppliers.add_supplier(till, "Agen Makmur")
    deliver(till, (DUS_CODE, 1, 112_000), head=ReceiptHead(agent.uid, paid=0))
    for _ in range(3):
        sell(till, *[INDOMIE] * 10)
    changed = replace(KOPI, min_stock=50)
    with till.store.begin() as work:
        put_goods(till, work, [changed], [], "edit")
        work.commit()
    first, last = stock_lists.shopping(till)
    assert (first.supplier, [(line.name, line.count, line.unit_name, line.about) for line in first.lines]) == (
        "Agen Makmur",
        [("Mi goreng", 2, "dus", 224_000)],
    )
    assert (last.supplier, [(line.name, line.count) for line in last.lines]) == ("", [("Kopi susu sachet", 80)])
