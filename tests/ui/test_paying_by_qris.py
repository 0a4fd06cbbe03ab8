"""Paying by QRIS through the real window: a code is shown, its money is waited for, and only the server or a name turns it to money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.qris import parse
from pos.domain.qris_request import QrisSource
from pos.domain.sale import Tender, TenderState
from pos.services.ports import Rules
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.money_page import click, code_on_screen, hear, paid, to_the_money
from tests.helpers.paying import KOPI, MI, NMID, pair, sticker, told
from tests.helpers.shops import goods
from tests.helpers.stage import button_of, words_of

OWN_CODE = Rules(qris_static=sticker(), qris_own=True)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


def test_a_qr_that_the_server_issued_completes_the_sale_by_the_servers_word_alone(counter: CounterWindow) -> None:
    desk = pair(counter.till, counter.backstage)
    page = to_the_money(counter, MI, KOPI)
    counter.type("q")
    wait_until(lambda: page.taking.flow.request is not None, "the server issues")
    request = page.taking.flow.request
    assert request is not None
    assert desk.asked[0][1] == 5_000
    code = code_on_screen(page)
    assert (parse(code).amount, parse(code).nmid) == (5_000, NMID)
    assert page.entry.qris.code.code_px() >= 320
    said = words_of(page)
    assert "Rp5.000" in said
    assert f"Toko Uji Sinar · NMID {NMID}" in said
    assert page.entry.qris.left.text().startswith("4:")
    assert page.entry.qris.state.text() == "Menunggu"
    counter.key("F9")
    assert not counter.sales(), "no key of the cashier makes it paid"
    told(counter.till, request)
    hear(counter)
    assert page.is_done
    sale = counter.sales()[0]
    assert (sale.payments[0].tender, sale.payments[0].state, sale.payments[0].reference) == (Tender.QRIS, TenderState.PAID, request.uid)
    assert page.change.amount.amount == 0


def test_without_a_line_the_till_makes_its_own_code_and_a_person_stands_for_the_money(tmp_path: Path) -> None:
    with counter_window(tmp_path, rules=OWN_CODE) as counter:
        page = to_the_money(counter)
        counter.type("q")
        request = page.taking.flow.request
        assert request is not None
        assert request.source is QrisSource.OWN
        assert parse(code_on_screen(page)).amount == 3_500
        assert any("dilihat sendiri" in words for words in words_of(page))
        hear(counter)
        assert not counter.sales()
        button = button_of(counter.window, "Uang sudah saya lihat")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        settle()
        assert len(counter.sales()) == 1
        assert counter.sales()[0].payments[0].state is TenderState.CONFIRMED_BY_HAND


def test_where_nothing_makes_a_code_the_sticker_is_scanned(counter: CounterWindow) -> None:
    page = to_the_money(counter)
    counter.type("q")
    assert any("memindai stiker" in words for words in words_of(page))
    click(counter, "Uang sudah saya lihat")
    assert paid(counter) == [(Tender.QRIS, 3_500)]


def test_a_line_that_is_slow_or_gone_never_stops_the_sale(counter: CounterWindow) -> None:
    pair(counter.till, counter.backstage)
    counter.backstage.qr_desk = None
    page = to_the_money(counter)
    counter.type("q")
    wait_until(lambda: page.taking.flow.request is not None, "the till goes on without a line")
    request = page.taking.flow.request
    assert request is not None
    assert request.source is QrisSource.STICKER
    counter.key("F12")
    assert paid(counter) == [(Tender.CASH, 3_500)], "exact cash is one key from anywhere"


def test_an_expired_code_says_so_and_a_new_one_is_made(counter: CounterWindow) -> None:
    pair(counter.till, counter.backstage)
    page = to_the_money(counter)
    counter.type("q")
    wait_until(lambda: page.taking.flow.request is not None, "the server issues")
    counter.till.clock.pass_ms(301_000)  # type: ignore[attr-defined]
    wait_until(lambda: page.entry.qris.state.text() == "Kedaluwarsa", "its time is over")
    first = page.taking.flow.request
    click(counter, "Kode baru")
    wait_until(lambda: page.taking.flow.request not in (None, first), "another code")
    assert page.entry.qris.state.text() == "Menunggu"
    assert first is not None
    told(counter.till, first)
    hear(counter)
    assert not counter.sales(), "the money of the first code is not the second's"
    assert counter.till.store.read.late_money_count() == 1
    assert any("masuk terlambat" in words for words in counter.toasts())


def test_a_basket_is_put_aside_while_its_code_waits_and_found_again_paid(counter: CounterWindow) -> None:
    pair(counter.till, counter.backstage)
    page = to_the_money(counter)
    counter.type("q")
    wait_until(lambda: page.taking.flow.request is not None, "the server issues")
    request = page.taking.flow.request
    assert request is not None
    counter.key("F4")
    assert not page.isVisible()
    counter.scan(KOPI)
    counter.key("F12")
    assert len(counter.sales()) == 1
    told(counter.till, request)
    hear(counter)
    assert len(counter.sales()) == 1, "goods that are put aside are not sold behind the cashier's back"
    assert any("sudah masuk" in words for words in counter.toasts())
    held = counter.till.store.read.held_baskets()[0]
    counter.sale.payment.close_done()
    assert counter.sale.counter.recall(held.uid)
    counter.key("F9")
    assert page.taking.tenders.is_covered
    counter.key("F9")
    assert paid(counter) == [(Tender.QRIS, 3_500)]


def test_more_than_one_qris_may_be_is_refused_in_words(tmp_path: Path) -> None:
    with counter_window(tmp_path, shelf=[(goods("Kulkas", 12_000_000, "8990000000012"), 3)], rules=OWN_CODE) as counter:
        to_the_money(counter, "8990000000012")
        counter.type("q")
        assert any("Rp10.000.000" in words for words in counter.toasts())
        assert not counter.sales()
