"""Paying by transfer and bon, in parts, with titipan and in exchange: through the real window, as a cashier does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.changed import Changed
from pos.domain.correction import ReturnLine
from pos.domain.sale import Tender
from pos.services import correcting, drawer
from pos.ui.payment.titipan import TitipanDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.money_page import choose_customer, click, paid, to_the_money
from tests.helpers.paying import KOPI, MI, OWNER_PIN, SABUN, known_customer, with_guards
from tests.helpers.shops import sell
from tests.helpers.stage import button_of, words_of


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


# --- transfer and bon -------------------------------------------------------------------------------------------------------


def test_a_transfer_has_its_reference_without_the_account_number(counter: CounterWindow) -> None:
    page = to_the_money(counter)
    counter.type("r")
    page.transfer.reference.setText("BCA 1234567890 Sari\n😀" * 3)
    counter.key("F9")
    part = counter.sales()[0].payments[0]
    assert part.tender is Tender.TRANSFER
    assert part.reference.startswith("BCA *7890 Sari")
    assert "1234567890" not in part.reference
    assert len(part.reference) <= 40


def test_a_bon_asks_for_whom_and_then_stands_in_their_book(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    page = to_the_money(counter, SABUN, SABUN)
    counter.type("b")
    choose_customer(counter, customer)
    said = words_of(page)
    assert any(words.startswith("Bu Wati") for words in said)
    assert "Setelah nota ini Rp8.000" in page.entry.credit.rows.accessibleName()
    button = page.change.button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert counter.till.store.read.credit_balance(customer.uid) == 8_000
    assert page.done.title.text() == "Tercatat bon"


def test_over_the_limit_the_owners_pin_is_asked_in_place(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        with_guards(counter.till)
        customer = known_customer(counter.till, "Bu Wati", limit=5_000)
        to_the_money(counter, SABUN, SABUN)
        counter.type("b")
        choose_customer(counter, customer)
        page = counter.sale.payment
        assert "Lewat batas Rp3.000" in page.entry.credit.over.text()
        counter.key("F9")
        assert not counter.sales()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        for digit in OWNER_PIN:
            click(counter, digit)
        click(counter, "Izinkan")
        wait_until(lambda: len(counter.sales()) == 1, "the owner allows it")
        assert counter.till.store.read.credit_balance(customer.uid) == 8_000


# --- in parts ---------------------------------------------------------------------------------------------------------------


def test_a_total_is_split_over_cash_qris_and_bon_with_the_keys_alone(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    page = to_the_money(counter, MI, KOPI, SABUN)
    counter.type("g")
    counter.type("2000")
    assert page.change.button.text() == "CATAT TUNAI"
    counter.key("F9")
    assert page.taking.tenders.rest == 7_000
    counter.type("q")
    assert page.part_desk.isVisible()
    counter.type("3000")
    counter.key("F9")
    click(counter, "Uang sudah saya lihat")
    assert [part.amount for part in page.taking.tenders.parts] == [2_000, 3_000]
    counter.type("b")
    choose_customer(counter, customer)
    counter.key("F9")
    counter.key("F9")
    assert paid(counter) == [(Tender.CASH, 2_000), (Tender.QRIS, 3_000), (Tender.CREDIT, 4_000)]


def test_cash_that_is_not_enough_becomes_a_part_when_another_way_is_chosen(counter: CounterWindow) -> None:
    page = to_the_money(counter, MI, MI)
    counter.type("5000")
    counter.type("r")
    assert page.change.amount.amount == 2_000
    assert any("Sisa Rp2.000" in words for words in words_of(page))
    click(counter, "Batalkan Tunai Rp5.000")
    assert page.change.amount.amount == 7_000
    counter.key("F9")
    assert paid(counter) == [(Tender.TRANSFER, 7_000)]


@pytest.mark.parametrize("typed", ["9" * 30, "0", "99999"])
def test_a_part_that_cannot_be_is_refused_where_it_is_seen(counter: CounterWindow, typed: str) -> None:
    page = to_the_money(counter)
    counter.type("g")
    counter.type("b")
    QApplication.activeModalWidget().reject()  # type: ignore[union-attr]
    settle()
    page.part_desk.begin(Tender.TRANSFER, 3_500)
    for digit in typed:
        page.part_desk.press(digit)
    before = page.taking.tenders
    page.part_desk.send()
    settle()
    assert page.taking.tenders == before
    assert counter.application.sounds.played[-1] == "error"
    assert not counter.sales()


# --- change and titipan ------------------------------------------------------------------------------------------------------


def open_with(counter: CounterWindow, *pieces: tuple[int, int]) -> None:
    """A drawer whose notes were counted."""
    drawer.open_session(counter.till, sum(note * count for note, count in pieces), pieces)
    counter.application.context.changed.emit(Changed(session=True))
    settle()


def test_change_is_proposed_from_what_the_drawer_holds(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        open_with(counter, (10_000, 5), (5_000, 1), (1_000, 3), (500, 12))
        page = to_the_money(counter, MI, SABUN, SABUN, SABUN, SABUN)
        counter.type("50000")
        assert page.change.amount.amount == 30_500
        assert page.change.notes.accessibleDescription() == "3× Rp10.000, 1× Rp500", "of twenties there are none"


def test_coins_that_are_not_there_become_titipan_or_are_rounded_as_the_cashier_chooses(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        open_with(counter, (10_000, 5), (1_000, 9))
        page = to_the_money(counter, KOPI)
        counter.type("10000")
        assert page.change.amount.amount == 8_500
        assert button_of(counter.window, "Kembali Rp9.000")
        click(counter, "Titip Rp500")
        assert page.change.amount.amount == 8_000
        assert "Rp500 dititip" in page.change.take.text()
        click(counter, "Batal titip")
        click(counter, "Kembali Rp9.000")
        assert page.change.amount.amount == 9_000
        click(counter, "Batal bulatkan")
        click(counter, "Titip Rp500")
        counter.key("F9")
        sale = counter.sales()[0]
        assert paid(counter) == [(Tender.CASH, 2_000), (Tender.TITIPAN, -500)]
        assert counter.till.store.read.titipan_of(sale.uid) == 500
        assert "Rp500 dititip" in page.change.take.text()


def test_titipan_is_spent_by_the_number_of_the_nota(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        open_with(counter, (10_000, 5), (1_000, 9))
        to_the_money(counter, KOPI)
        counter.type("10000")
        click(counter, "Titip Rp500")
        counter.key("F9")
        number = counter.sales()[0].number
        page = to_the_money(counter, MI)
        click(counter, "Pakai titipan")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TitipanDialog)
        dialog.field.setText("tidak ada")
        assert not dialog.cards
        dialog.field.setText(number)
        click(counter, f"Nota {number}")
        assert page.taking.tenders.rest == 3_000
        counter.key("F12")
        assert paid(counter) == [(Tender.TITIPAN, 500), (Tender.CASH, 3_000)]


def test_the_cashier_says_that_there_are_no_coins_whatever_the_till_believes(counter: CounterWindow) -> None:
    page = to_the_money(counter, KOPI)
    counter.type("2000")
    click(counter, "Receh kurang")
    click(counter, "Titip Rp500")
    counter.key("F9")
    assert page.change.amount.amount == 0
    assert paid(counter) == [(Tender.CASH, 2_000), (Tender.TITIPAN, -500)]


# --- exchange ----------------------------------------------------------------------------------------------------------------


def test_goods_are_exchanged_at_the_counter_and_f12_pays_the_difference(counter: CounterWindow) -> None:
    old = sell(counter.till, MI)
    correcting.begin_exchange(counter.till, old.uid, [ReturnLine(0, 1)], "rusak")
    counter.application.context.changed.emit(Changed(basket=True))
    counter.scan(SABUN)
    assert counter.sale.total.total.amount == 500
    assert counter.sale.exchange.isVisible()
    counter.key("F12")
    assert paid(counter) == [(Tender.EXCHANGE, 3_500), (Tender.CASH, 500)]
    assert not counter.sale.exchange.isVisible()


def test_cheaper_goods_in_exchange_show_what_goes_back(counter: CounterWindow) -> None:
    old = sell(counter.till, SABUN)
    correcting.begin_exchange(counter.till, old.uid, [ReturnLine(0, 1)], "rusak")
    counter.application.context.changed.emit(Changed(basket=True))
    page = to_the_money(counter, KOPI)
    assert (page.change.title.text(), page.change.amount.amount) == ("KEMBALI", 2_500)
    counter.key("F9")
    assert page.change.amount.amount == 2_500
    assert page.is_done


def test_an_exchange_is_dropped_with_one_press_and_brought_back_with_another(counter: CounterWindow) -> None:
    old = sell(counter.till, MI)
    correcting.begin_exchange(counter.till, old.uid, [ReturnLine(0, 1)], "rusak")
    counter.application.context.changed.emit(Changed(basket=True))
    counter.scan(SABUN)
    QTest.mouseClick(counter.sale.exchange, Qt.MouseButton.LeftButton)
    settle()
    assert counter.sale.total.total.amount == 4_000
    click(counter, "Kembalikan")
    assert counter.sale.total.total.amount == 500
