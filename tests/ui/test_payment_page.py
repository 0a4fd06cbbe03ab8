"""Taking the money: notes, digits, KEMBALI, and that a basket is sold once however often a key is hit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.money import RoundingDirection
from pos.domain.printing import DocumentKind
from pos.domain.sale import CashRounding
from pos.services.ports import Rules
from pos.ui.payment.page import SECONDS
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.shops import MI, goods
from tests.helpers.stage import button_of, words_of

MI_CODE = "089686010947"
KOPI_CODE = "8991002105485"


def to_the_money(counter: CounterWindow, *codes: str) -> None:
    for code in codes or (MI_CODE,):
        counter.scan(code)
    counter.key("F9")
    assert counter.sale.payment.isVisible()


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def test_typed_digits_are_money_and_f9_finishes(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("50000")
        page = counter.sale.payment
        assert page.desk.received.amount.amount == 50_000
        assert page.change.title.text() == "KEMBALI"
        assert page.change.amount.amount == 46_500
        counter.key("F9")
        sale = counter.sales()[0]
        assert (sale.total, sale.received, sale.change) == (3_500, 50_000, 46_500)
        assert page.is_done
        assert page.change.amount.amount == 46_500, "the giant figure stays where it was"


def test_notes_are_tapped_and_taken_back(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        click(counter, "Rp2.000")
        click(counter, "Rp2.000")
        page = counter.sale.payment
        assert page.desk.notes[2_000].count == 2
        assert page.desk.tendered.amount == 4_000
        counter.key("Backspace")
        assert page.desk.tendered.amount == 2_000
        assert page.change.title.text() == "KURANG"
        assert page.change.amount.amount == 1_500
        click(counter, "Koin")
        click(counter, "500")
        click(counter, "Kertas")
        click(counter, "Rp1.000")
        assert page.desk.tendered.amount == 3_500
        assert "tidak ada kembalian" in page.change.take.text()


def test_the_keypad_types_too(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        for key in ("5", "000", "Hapus satu angka", "0"):
            click(counter, key)
        assert counter.sale.payment.desk.tendered.amount == 5_000


def test_too_little_is_refused_where_it_is_seen_and_nothing_is_sold(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("2000")
        counter.key("F9")
        assert not counter.sales()
        assert "belum cukup" in counter.sale.payment.change.hint.text()
        assert not counter.sale.payment.change.button.isEnabled()
        assert counter.application.sounds.played[-1] == "error"
        counter.type("0")
        assert counter.sale.payment.change.button.isEnabled()


@pytest.mark.parametrize("how", ["keys", "double click"])
def test_a_basket_is_sold_once_however_often_selesai_is_hit(tmp_path: Path, how: str) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("5000")
        if how == "keys":
            for _ in range(4):
                counter.key("F9")
        else:
            button = counter.sale.payment.change.button
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
            settle()
        assert len(counter.sales()) == 1
        assert counter.sale.payment.is_done, "KEMBALI is not hit away by the same finger"


@pytest.mark.parametrize("how", ["F12", "quick"])
def test_a_double_hit_on_the_counter_sells_once(tmp_path: Path, how: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        if how == "F12":
            for _ in range(3):
                counter.key("F12")
        else:
            button = counter.sale.total.quick_buttons[0]
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
            settle()
        assert len(counter.sales()) == 1


def test_exact_cash_on_the_payment_page_finishes_at_once(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.key("F12")
        assert [sale.change for sale in counter.sales()] == [0]


def test_a_scan_in_kembali_begins_the_next_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("5000")
        counter.key("F9")
        counter.scan(KOPI_CODE)
        assert counter.names() == ["Kopi susu sachet"]
        assert not counter.sale.payment.isVisible()
        assert len(counter.sales()) == 1


def test_a_scan_while_money_is_counted_joins_the_basket_and_the_money_stays(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("5000")
        counter.scan(KOPI_CODE)
        assert counter.names() == ["Mi goreng", "Kopi susu sachet"]
        assert not counter.sale.payment.isVisible(), "the new line is seen"
        assert not counter.sales()
        counter.key("F9")
        assert counter.sale.payment.desk.tendered.amount == 5_000
        counter.key("F9")
        assert [sale.total for sale in counter.sales()] == [5_000]


def test_kembali_closes_itself_after_three_seconds_and_its_change_stays_in_sight(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("5000")
        counter.key("F9")
        page = counter.sale.payment
        for _ in range(SECONDS):
            assert page.is_done
            page._timer.timeout.emit()
        settle()
        assert not page.isVisible()
        assert "Rp1.500" in counter.sale.basket.last.rows.accessibleName()
        counter.scan(MI_CODE)
        assert not counter.sale.basket.last.isVisible()


def test_esc_goes_back_to_the_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.key("Esc")
        assert not counter.sale.payment.isVisible()
        assert counter.names() == ["Mi goreng"]
        counter.key("F9")
        assert counter.sale.payment.desk.tendered.amount == 0


def test_the_struk_is_printed_again_as_a_copy(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.key("F12")
        counter.key("F11")
        counter.sale.payment.close_done()
        counter.key("F11")
        jobs = counter.till.store.read.print_jobs_of(counter.sales()[0].uid)
        assert sorted(job.copy for job in jobs if job.kind is DocumentKind.RECEIPT) == [0, 1, 2]


def test_a_reprint_without_a_printer_is_said(tmp_path: Path) -> None:
    with counter_window(tmp_path, printer="") as counter:
        to_the_money(counter)
        counter.key("F12")
        assert counter.sale.payment.done.state.text() == "Tanpa struk"
        counter.key("F11")
        assert any("Printer belum dipilih" in toast for toast in counter.toasts())


def test_the_rounding_is_told_before_the_payment(tmp_path: Path) -> None:
    odd = goods("Gula ecer", 3_460, "8990000000017")
    rules = Rules(rounding=CashRounding(100, RoundingDirection.DOWN))
    with counter_window(tmp_path, shelf=[(odd, 10)], rules=rules) as counter:
        counter.scan("8990000000017")
        assert counter.sale.total.kinds.text() == "tunai Rp3.400"
        counter.key("F9")
        assert "Pembulatan -Rp60" in counter.sale.payment.entry.summary.sums.accessibleName()
        counter.key("F12")
        assert [(sale.total, sale.rounding) for sale in counter.sales()] == [(3_400, -60)]


def test_change_is_proposed_in_notes(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        counter.type("100000")
        said = counter.sale.payment.change.notes.accessibleDescription()
        assert said == "1× Rp50.000, 2× Rp20.000, 1× Rp5.000, 1× Rp1.000, 1× Rp500"


def test_seven_figures_are_shown_whole(tmp_path: Path) -> None:
    dear = goods("Kulkas", 1_250_000, "8990000000017")
    with counter_window(tmp_path, shelf=[(dear, 9)], size=(1024, 768)) as counter:
        counter.type("7*")
        counter.scan("8990000000017")
        assert counter.sale.total.total.figure_px() >= 64
        assert counter.sale.total.total.text() == "Rp8.750.000"
        counter.key("F9")
        counter.type("10000000")
        assert counter.sale.payment.change.amount.figure_px() >= 64


def test_every_way_to_pay_is_shown_with_its_letter(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        to_the_money(counter)
        words = words_of(counter.application.window)
        assert {"Tunai", "QRIS", "Transfer", "Bon", "Bagi cara bayar"} <= set(words)
        assert MI.name in counter.sale.payment.entry.summary.goods.accessibleName()
