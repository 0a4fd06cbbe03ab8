"""The drawer's day as a shopkeeper has it: opened, cash in and out, looked into, counted blind, closed once with its numbered report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from pos.domain.cash_movement import CashReason
from pos.domain.printing import DocumentKind
from pos.services import drawer
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.drawer.report_dialog import ReportDialog, ZListDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.stage import button_of, nameless, words_of

MI_CODE = "089686010947"


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def fill(counter: CounterWindow, name: str, text: str) -> None:
    field = next(field for field in counter.window.findChildren(QLineEdit) if field.isVisible() and field.accessibleName() == name)
    field.setFocus()
    field.selectAll()
    counter.type(text)


def count_and_give(counter: CounterWindow, total: str) -> None:
    """From the day's page to the result."""
    counter.application.go("drawer")
    click(counter, "Hitung, tutup")
    fill(counter, "Uang dihitung", total)
    click(counter, "Selesai hitung")


def all_words(widget: QWidget) -> str:
    """Everything that can be read or is read aloud there."""
    spoken = [part.accessibleName() for part in widget.findChildren(QWidget) if part.isVisible()]
    return " ".join([*words_of(widget), *spoken, *(label.text() for label in widget.findChildren(QLabel) if label.isVisible())])


def test_the_till_is_opened_with_a_typed_float_and_selling_begins(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        click(counter, "Buka kasir")
        assert counter.application.screen_key() == "drawer"
        fill(counter, "Modal awal", "200000")
        assert counter.drawer.opening.amount.amount == 200_000
        click(counter, "Buka kasir")
        session = counter.till.store.read.session()
        assert session is not None
        assert session.float_amount == 200_000
        assert counter.application.screen_key() == "sale"
        counter.scan(MI_CODE)
        counter.key("F12")
        assert len(counter.sales()) == 1


def test_a_float_is_counted_note_by_note_with_a_running_total(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        amount = counter.drawer.opening.amount
        fill(counter, "Lembar Rp50.000", "3")
        click(counter, "Rp50.000 kurangi satu")
        click(counter, "Rp500 tambah satu")
        assert amount.amount == 100_500
        fill(counter, "Modal awal", "75000")
        assert amount.amount == 75_000, "a total said at once stands for all"
        click(counter, "Rp500 tambah satu")
        assert amount.amount == 101_000, "counting goes on where it was"
        click(counter, "Buka kasir")
        count = counter.till.store.read.last_count()
        assert count is not None
        assert count.pieces == ((50_000, 2), (500, 2)), "what the change helper goes out from"


def test_an_unclear_float_opens_nothing(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        fill(counter, "Modal awal", "12,500")
        click(counter, "Buka kasir")
        assert counter.till.store.read.session() is None
        assert any("belum jelas" in toast for toast in counter.toasts())


def test_nothing_tells_what_should_be_there_before_the_count_is_given(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F12")
        counter.application.go("drawer")
        assert "203.500" not in all_words(counter.application.window)
        click(counter, "Hitung, tutup")
        assert "203.500" not in all_words(counter.application.window)
        fill(counter, "Uang dihitung", "201500")
        assert "203.500" not in all_words(counter.application.window)
        click(counter, "Selesai hitung")
        assert "Uang seharusnya Rp203.500" in counter.drawer.result.view.words()
        assert "Kurang Rp2.000" in counter.drawer.result.view.words()
        assert (counter.drawer.result.title.text(), counter.drawer.result.amount.amount) == ("KURANG", 2_000)


def test_what_should_be_there_is_told_line_by_line(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F12")
        drawer.move_cash(counter.till, -50_000, CashReason.SHOPPING, "plastik")
        drawer.move_cash(counter.till, 20_000, CashReason.CHANGE)
        count_and_give(counter, "173500")
        said = counter.drawer.result.view.words()
        for line in (
            "Modal awal Rp200.000",
            "Penjualan tunai (1) Rp3.500",
            "Uang kecil untuk kembalian (1) Rp20.000",
            "Belanja toko (1) -Rp50.000",
            "Uang seharusnya Rp173.500",
            "Pas, tidak ada selisih",
        ):
            assert line in said


def test_the_till_is_closed_once_and_its_report_is_numbered_and_printed(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        count_and_give(counter, "198000")
        button = counter.drawer.result.button
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        button.click()
        settle()
        read = counter.till.store.read
        assert read.session() is None
        assert [row.number for row in read.z_reports(0, 10)] == [1], "a second click is nothing"
        assert any("laporan Z nomor 1" in toast and "Kurang Rp2.000" in toast for toast in counter.toasts())
        assert sum(job.kind is DocumentKind.DRAWER_REPORT for job in read.print_jobs()) == 1
        assert counter.drawer.opening.isVisible(), "and the next day can begin"
        assert "Kurang Rp2.000" in " ".join(words_of(counter.drawer.header))


def test_who_counts_again_until_it_fits_is_seen_in_the_log(tmp_path: Path) -> None:
    from pos.services.people_views import AuditSearch

    with counter_window(tmp_path) as counter:
        count_and_give(counter, "150000")
        click(counter, "Hitung lagi")
        assert counter.drawer.counting.amount.amount == 0
        fill(counter, "Uang dihitung", "200000")
        click(counter, "Selesai hitung")
        counted = [row.details for row in counter.till.store.read.audit(AuditSearch(), 0, 50) if row.action == "drawer_counted"]
        assert counted == ['{"counted": 200000, "expected": 200000}', '{"counted": 150000, "expected": 200000}']
        assert counter.till.store.read.session() is not None, "counting closes nothing"
        click(counter, "Belum, kembali")
        assert counter.drawer.day.isVisible()


def test_a_drawer_that_nobody_counted_is_not_closed(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Hitung, tutup")
        click(counter, "Selesai hitung")
        assert counter.drawer.counting.isVisible()
        assert any("Hitung dulu uangnya" in toast for toast in counter.toasts())
        fill(counter, "Uang dihitung", "0")
        click(counter, "Selesai hitung")
        assert counter.drawer.result.title.text() == "KURANG", "an empty drawer is said with a nought"


def test_a_till_with_goods_on_the_counter_is_not_closed(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        count_and_give(counter, "200000")
        assert counter.till.store.read.session() is not None
        assert counter.drawer.counting.isVisible()
        assert any("Masih ada barang di keranjang" in toast for toast in counter.toasts())


def test_goods_that_come_onto_the_counter_after_the_count_stop_the_closing(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        count_and_give(counter, "200000")
        counter.scan(MI_CODE)
        counter.application.go("drawer")
        assert counter.drawer.day.isVisible(), "what was counted before is not what is there now"
        assert counter.till.store.read.session() is not None


def test_cash_is_taken_out_for_the_shop_with_its_reason(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Uang keluar")
        assert isinstance(counter.window, CashDialog)
        click(counter, "Diambil pemilik")
        click(counter, "Rp50.000")
        click(counter, "Rp10.000")
        fill(counter, "Keterangan", "arisan")
        click(counter, "Keluarkan")
        session = counter.till.store.read.session()
        assert session is not None
        assert session.expected == 140_000
        (moved,) = counter.till.store.read.cash_movements(session.uid)
        assert (moved.amount, moved.reason, moved.note, moved.cashier) == (-60_000, CashReason.OWNER, "arisan", "Bu Sari")
        assert any("Keluar Rp60.000" in toast for toast in counter.toasts())
        assert "Diambil pemilik" in counter.drawer.day.moved.accessibleName()
        kicks = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.DRAWER_KICK]
        assert len(kicks) == 1, "the drawer opens for it"


def test_cash_comes_in_and_more_than_there_is_does_not_go_out(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Uang masuk")
        fill(counter, "Jumlah uang", "25000")
        click(counter, "Masukkan")
        click(counter, "Uang keluar")
        fill(counter, "Jumlah uang", "999999")
        click(counter, "Keluarkan")
        assert isinstance(counter.window, CashDialog), "it stays open for the right amount"
        counter.window.close()
        session = counter.till.store.read.session()
        assert session is not None
        assert session.expected == 225_000


@pytest.mark.parametrize("typed", ["abc", "-5000", "12,500", "1" * 30, "5000\n6000", "😀", "0", "", "٣٠٠٠"])
def test_what_is_no_amount_moves_no_cash(tmp_path: Path, typed: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Uang keluar")
        dialog = counter.window
        assert isinstance(dialog, CashDialog)
        dialog.amount.setText(typed)
        click(counter, "Keluarkan")
        session = counter.till.store.read.session()
        assert session is not None
        assert counter.till.store.read.cash_movements(session.uid) == []
        assert dialog.isVisible()
        assert dialog.trouble.isVisible()
        dialog.close()


@pytest.mark.parametrize("typed", ["abc", "-5", "12345", "9" * 30, "1\n2", "😀", "٣"])
def test_what_is_no_number_of_notes_is_not_counted(tmp_path: Path, typed: str) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        field = counter.drawer.opening.board.rows[50_000].field
        field.setFocus()
        for sign in typed:
            QTest.keyClick(field, sign) if sign.isascii() and sign.isprintable() else field.insert(sign)
        settle()
        assert counter.drawer.opening.amount.amount <= 50_000 * 9_999
        assert field.text() == "" or field.text().isascii()
        assert len(field.text()) <= 4


def test_x_is_looked_at_at_any_time_and_that_is_noted(tmp_path: Path) -> None:
    from pos.services.people_views import AuditSearch

    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Laporan X")
        dialog = counter.window
        assert isinstance(dialog, ReportDialog)
        assert "Uang seharusnya Rp200.000" in dialog.view.words()
        click(counter, "Cetak")
        jobs = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.DRAWER_REPORT]
        assert len(jobs) == 1
        assert counter.till.store.read.session() is not None
        assert counter.till.store.read.z_reports(0, 9) == [], "an X has no number"
        assert "x_report" in [row.action for row in counter.till.store.read.audit(AuditSearch(), 0, 50)]


def test_earlier_reports_are_found_again_and_printed_as_copies(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        count_and_give(counter, "200000")
        click(counter, "Tutup kasir")
        click(counter, "Laporan Z")
        assert isinstance(counter.window, ZListDialog)
        card = next(words for words in words_of(counter.window) if words.startswith("Z 1 "))
        click(counter, card)
        assert isinstance(counter.window, ReportDialog)
        click(counter, "Cetak SALINAN")
        copies = [job.copy for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.DRAWER_REPORT]
        assert sorted(copies) == [0, 1]
        counter.window.close()


def test_the_drawer_is_opened_without_a_sale(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Buka laci")
        assert [job.kind for job in counter.till.store.read.print_jobs()] == [DocumentKind.DRAWER_KICK]


def test_a_till_that_is_open_since_yesterday_says_so(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        assert counter.drawer.day.notice.isHidden()
        counter.till.clock.pass_ms(24 * 3_600_000)  # type: ignore[attr-defined]
        counter.drawer.refresh(None)
        assert "Kasir masih buka dari 25/11/2026" in counter.drawer.day.notice.text()
        counter.application._look_around()
        pill = counter.application.window.header.pill("session")
        assert pill is not None
        assert pill.text() == "Buka sejak 25/11/2026"
        counter.till.clock.pass_ms(-3 * 24 * 3_600_000)  # type: ignore[attr-defined]
        counter.drawer.refresh(None)
        assert counter.drawer.day.notice.isHidden(), "a clock that was set back is no yesterday"


def test_a_scan_while_the_drawer_is_counted_goes_onto_the_counter(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Hitung, tutup")
        field = counter.drawer.counting.board.rows[50_000].field
        field.setFocus()
        counter.scan(MI_CODE)
        assert field.text() == ""
        assert counter.names() == ["Mi goreng"]
        assert counter.application.screen_key() == "sale"


def test_a_scan_while_cash_is_booked_is_refused_where_it_is_seen(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Uang keluar")
        dialog = counter.window
        assert isinstance(dialog, CashDialog)
        counter.scan(MI_CODE)
        assert dialog.amount.text() == ""
        assert dialog.trouble.isVisible()
        assert counter.names() == []
        dialog.close()


def test_everything_on_it_has_a_name(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        assert nameless(counter.application.window) == []
        click(counter, "Hitung, tutup")
        assert nameless(counter.application.window) == []


def test_what_is_not_clear_is_not_counted_by_its_beginning(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        click(counter, "Hitung, tutup")
        page = counter.drawer.counting
        assert page.field.hasFocus(), "who has the sum in mind types it"
        counter.type("12,500")
        assert page.amount.amount == 0
        click(counter, "Selesai hitung")
        assert any("Jumlah uang belum jelas" in toast for toast in counter.toasts())
        assert page.field.selectedText() == "12,500", "the next digits are the right ones"
        button = page.button
        toasts = counter.application.window.toasts.geometry()
        assert not toasts.intersects(button.rect().translated(button.mapTo(counter.application.window, button.rect().topLeft())))
        counter.application.go("sale")
        assert counter.toasts() == [], "what did not work there is no matter here"
