"""The room of the books: suppliers and paying them, goods on consignment, the cash book; through the real window, as an owner does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from pos.domain.cash_book import AccountKind, ExpenseCategory
from pos.domain.cash_movement import CashReason
from pos.domain.credit import DAY_MS
from pos.domain.printing import DocumentKind
from pos.domain.supplier import Supplier
from pos.services import cash_book, drawer, suppliers
from pos.services.goods import put_catalogue
from pos.ui.books.cash_dialogs import AccountForm, AccountMoneyDialog, ExpenseDialog
from pos.ui.books.dialogs import AdjustDialog, PayDialog, SendBackDialog, SupplierForm
from pos.ui.books.screen import BooksScreen
from pos.ui.books.suppliers_page import SuppliersPage
from pos.ui.customers.dialogs import Asking
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.lock.approve import ApproveDialog
from pos.ui.widgets.ledger import LINE
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.paying import with_guards
from tests.helpers.shops import KOPI, SteppingClock, sell
from tests.helpers.stage import button_of, words_of

SACHET = "8991002105485"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


def room(counter: CounterWindow, part: str = "suppliers") -> BooksScreen:
    counter.application.go(f"books#{part}")
    settle()
    screen = counter.application.screen("books")
    assert isinstance(screen, BooksScreen)
    wait_until(lambda: screen.cash._reading is None, "the book is read")
    settle()
    return screen


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def asked(kind: type[Asking]) -> Asking:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def owing(counter: CounterWindow, name: str = "Agen Makmur", amount: int = 150_000, days: int = 14) -> Supplier:
    supplier = suppliers.add_supplier(counter.till, name, "081234567890", days)
    with counter.till.store.begin() as work:
        suppliers.owe(counter.till, work, supplier.uid, counter.till.ids.new(), amount, number="INV-7")
        work.commit()
    return supplier


def rows_of(page: SuppliersPage) -> list[str]:
    model = page.panel.view.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def cash_rows(screen: BooksScreen) -> list[str]:
    model = screen.cash.view.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


# --- suppliers ----------------------------------------------------------------------------------------------------------------


def test_an_empty_page_says_what_to_do_and_the_first_supplier_is_one_word_away(counter: CounterWindow) -> None:
    screen = room(counter)
    assert "Belum ada pemasok" in words_of(screen)
    click(counter, "Pemasok baru")
    form = asked(SupplierForm)
    assert isinstance(form, SupplierForm)
    click(counter, "Simpan")
    assert form.name.hasFocus(), "a name is asked for where it is missing"
    form.name.setText(" Agen  Makmur ")
    form.phone.setText("0812-3456-7890")
    form.days.setText("tiga")
    click(counter, "Simpan")
    assert form.trouble.isVisible()
    form.days.setText("14")
    click(counter, "Simpan")
    (row,) = counter.till.store.read.suppliers()
    assert (row.supplier.name, row.supplier.phone4, row.supplier.terms_days) == ("Agen Makmur", "7890", 14)
    assert screen.suppliers.panel.name.text() == "Agen Makmur"
    assert "0812" not in words_of(screen)


def test_a_supplier_is_paid_from_the_drawer_and_both_books_say_so(counter: CounterWindow) -> None:
    supplier = owing(counter)
    screen = room(counter)
    assert screen.suppliers.panel.owed.text() == "Rp150.000"
    click(counter, "Bayar")
    dialog = asked(PayDialog)
    assert isinstance(dialog, PayDialog)
    dialog.amount.setText("999999")
    click(counter, "Catat")
    assert "150.000" in dialog.trouble.text(), "no more than is owed"
    dialog.amount.setText("120000")
    click(counter, "Catat")
    assert counter.till.store.read.supplier_balance(supplier.uid) == 30_000
    session = counter.till.store.read.session()
    assert session is not None
    assert session.expected == 80_000
    assert rows_of(screen.suppliers)[0] == "Dibayar dari laci, 25/11/2026, -Rp120.000, jadi Rp30.000"
    assert any("Sisa Rp30.000" in toast for toast in counter.toasts())
    assert any("Bayar pemasok: Agen Makmur" in row for row in cash_rows(room(counter, "cash")))


def test_without_a_drawer_it_is_paid_from_elsewhere(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        supplier = owing(counter)
        bank = cash_book.add_account(counter.till, "BCA toko", AccountKind.BANK, 500_000)
        room(counter)
        click(counter, "Bayar")
        click(counter, "Catat")
        assert counter.till.store.read.supplier_balance(supplier.uid) == 0
        assert counter.till.store.read.accounts()[0].balance == 350_000
        assert bank.name in words_of(room(counter, "cash"))


def test_what_is_late_is_red_in_words_too_and_stands_first(counter: CounterWindow) -> None:
    owing(counter, "Toko Besar", 900_000, days=30)
    late = owing(counter, "Sales Roti", 50_000, days=3)
    assert isinstance(counter.till.clock, SteppingClock)
    counter.till.clock.pass_ms(5 * DAY_MS)
    screen = room(counter)
    assert screen.suppliers.chosen == late.uid
    first = screen.suppliers._view.model().index(0, 0)
    assert first.data(LINE).late
    assert "lewat 2 hari" in first.data()


def test_a_correction_needs_its_reason_and_the_old_entry_stays(counter: CounterWindow) -> None:
    supplier = owing(counter)
    screen = room(counter)
    click(counter, "Koreksi")
    dialog = asked(AdjustDialog)
    assert isinstance(dialog, AdjustDialog)
    dialog.ways.choose("less")
    dialog.amount.setText("10000")
    click(counter, "Catat")
    assert dialog.isVisible()
    assert dialog.note.hasFocus()
    dialog.note.setText("satu dus penyok")
    click(counter, "Catat")
    assert counter.till.store.read.supplier_balance(supplier.uid) == 140_000
    assert len(rows_of(screen.suppliers)) == 2


def test_a_cashier_asks_the_owner_in_place(counter: CounterWindow) -> None:
    supplier = owing(counter)
    with_guards(counter.till)
    room(counter)
    click(counter, "Bayar")
    click(counter, "Catat")
    assert isinstance(QApplication.activeModalWidget(), ApproveDialog)
    assert counter.till.store.read.supplier_balance(supplier.uid) == 150_000


def test_somebody_who_is_hidden_is_brought_back_with_their_book(counter: CounterWindow) -> None:
    supplier = owing(counter)
    screen = room(counter)
    click(counter, "Sembunyikan pemasok")
    assert counter.till.store.read.suppliers() == []
    click(counter, "Tampilkan lagi")
    assert [row.supplier.uid for row in counter.till.store.read.suppliers()] == [supplier.uid]
    assert screen.suppliers.panel.owed.text() == "Rp150.000"


def test_a_suppliers_book_goes_to_the_printer(counter: CounterWindow) -> None:
    owing(counter)
    room(counter)
    click(counter, "Cetak buku pemasok")
    (job,) = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.SUPPLIER]
    assert b"Agen Makmur 150000" in job.data
    assert counter.backstage.prints == 1


def test_a_suppliers_book_is_saved_as_a_page(counter: CounterWindow, tmp_path: Path) -> None:
    owing(counter)
    room(counter)
    click(counter, "Simpan PDF")
    dialog = counter.application.window.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "agen.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    wait_until(lambda: target.exists() and target.read_bytes().startswith(b"%PDF"), "the page is written")
    wait_until(lambda: any("agen.pdf" in toast for toast in counter.toasts()), "it is said where it is")


# --- consignment --------------------------------------------------------------------------------------------------------------


def test_goods_on_consignment_show_what_sold_and_the_owner_is_paid_for_it(counter: CounterWindow) -> None:
    bu_tin = suppliers.add_supplier(counter.till, "Bu Tin", consignment=True)
    owing(counter)
    put_catalogue(counter.till, [(replace(KOPI, consignor_uid=bu_tin.uid, cost_total=1_200, cost_quantity=1), 0)])
    sell(counter.till, SACHET, SACHET, SACHET)
    screen = room(counter, "consigned")
    assert rows_of(screen.consigned) == ["Kopi susu sachet, sisa 297 · titip Rp1.200, Rp3.600, laku 3"]
    assert "Agen Makmur" not in words_of(screen.consigned), "who sells to the shop outright is not among them"
    click(counter, "Cetak nota titip jual")
    (job,) = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.SUPPLIER]
    assert b"Bu Tin 3600 barang 1" in job.data
    click(counter, "Bayar")
    click(counter, "Catat")
    assert rows_of(screen.consigned) == ["Kopi susu sachet, sisa 297 · titip Rp1.200, Rp0, belum laku"]
    assert screen.consigned.panel.owed.text() == "lunas"


def test_a_new_name_on_that_page_is_of_somebody_who_leaves_goods(counter: CounterWindow) -> None:
    room(counter, "consigned")
    click(counter, "Pemasok baru")
    form = asked(SupplierForm)
    assert isinstance(form, SupplierForm)
    form.name.setText("Pak Jo kerupuk")
    click(counter, "Simpan")
    (row,) = counter.till.store.read.suppliers()
    assert row.supplier.consignment


# --- the cash book ------------------------------------------------------------------------------------------------------------


def test_the_cash_book_goes_from_day_to_day_without_a_gap(counter: CounterWindow) -> None:
    till = counter.till
    assert isinstance(till.clock, SteppingClock)
    sell(till, SACHET, SACHET)
    drawer.close_session(till, 202_000)
    till.clock.pass_ms(DAY_MS)
    drawer.open_session(till, 150_000)
    sell(till, SACHET)
    screen = room(counter, "cash")
    said = [row.split(", ", 1)[-1] if row[2:3] == "." else row for row in cash_rows(screen)]
    assert said == [
        "Kamis 26/11/2026, Rp151.500",
        "Penjualan tunai (1), +Rp1.500, Rp151.500",
        "Diambil setelah tutup, -Rp52.000, Rp150.000",
        "Rabu 25/11/2026, Rp202.000",
        "Kurang waktu dihitung, -Rp1.000, Rp202.000",
        "Penjualan tunai (1), +Rp3.000, Rp203.000",
        "Ditambah sebelum buka, +Rp200.000, Rp200.000",
    ]
    assert screen.cash.book is not None
    assert screen.cash.book.closing == 151_500


def test_an_expense_is_noted_with_what_it_was_for(counter: CounterWindow) -> None:
    screen = room(counter, "cash")
    click(counter, "Catat biaya")
    dialog = asked(ExpenseDialog)
    assert isinstance(dialog, ExpenseDialog)
    dialog.amount.setText("abc")
    click(counter, "Catat")
    assert dialog.trouble.isVisible()
    dialog.amount.setText("25000")
    dialog.chips[ExpenseCategory.WATER].click()
    dialog.note.setText("PDAM")
    click(counter, "Catat")
    wait_until(lambda: any("Air: PDAM" in row for row in cash_rows(screen)), "it stands in the book")
    assert screen.cash.book is not None
    assert screen.cash.book.expenses == ((ExpenseCategory.WATER, 25_000),)
    session = counter.till.store.read.session()
    assert session is not None
    assert session.expected == 175_000


def test_a_bank_account_has_a_book_of_its_own(counter: CounterWindow, tmp_path: Path) -> None:
    screen = room(counter, "cash")
    click(counter, "Kas baru")
    form = asked(AccountForm)
    assert isinstance(form, AccountForm)
    form.name.setText("1234567890")
    click(counter, "Simpan")
    assert form.trouble.isVisible(), "a number is no name"
    form.name.setText("BCA toko")
    form.opening.setText("500000")
    click(counter, "Simpan")
    wait_until(lambda: screen.cash.book is not None and screen.cash.book.name == "BCA toko", "its book is shown")
    click(counter, "Uang masuk, keluar")
    money = asked(AccountMoneyDialog)
    assert isinstance(money, AccountMoneyDialog)
    money.amount.setText("60000")
    click(counter, "Catat")
    wait_until(lambda: screen.cash.book is not None and screen.cash.book.closing == 560_000, "it came from the drawer")
    session = counter.till.store.read.session()
    assert session is not None
    assert session.expected == 140_000
    click(counter, "Cetak buku kas")
    (job,) = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.CASH_BOOK]
    assert job.data == b"buku kas BCA toko 560000"
    click(counter, "Simpan buku kas ke Excel")
    asking = counter.application.window.findChild(QFileDialog)
    assert asking is not None
    target = tmp_path / "bca.xlsx"
    asking.fileSelected.emit(str(target))
    asking.reject()
    wait_until(lambda: any("bca.xlsx" in toast for toast in counter.toasts()), "the workbook is written, and it is said where")
    assert target.read_bytes().startswith(b"PK")


def test_without_a_drawer_and_an_account_it_says_what_is_missing(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        room(counter, "cash")
        click(counter, "Catat biaya")
        assert any("Buka kasir dulu" in toast for toast in counter.toasts())


def test_a_part_of_the_room_is_found_again(counter: CounterWindow) -> None:
    supplier = owing(counter)
    owing(counter, "Sales Roti", 999_000)
    screen = room(counter, f"suppliers/{supplier.uid}")
    assert screen.suppliers.panel.name.text() == "Agen Makmur"
    assert screen.part_shown() == f"suppliers/{supplier.uid}"
    screen.open_part("nowhere")
    assert screen.part_shown() == f"suppliers/{supplier.uid}"


def test_goods_that_did_not_sell_go_back_and_nothing_is_owed_for_them(counter: CounterWindow) -> None:
    bu_tin = suppliers.add_supplier(counter.till, "Bu Tin", consignment=True)
    put_catalogue(counter.till, [(replace(KOPI, consignor_uid=bu_tin.uid, cost_total=1_200, cost_quantity=1), 0)])
    screen = room(counter, "consigned")
    click(counter, "Kirim balik")
    dialog = asked(SendBackDialog)
    assert isinstance(dialog, SendBackDialog)
    for typed in ("301", "abc", "0"):
        dialog.count.setText(typed)
        click(counter, "Kirim balik")
        assert dialog.trouble.isVisible(), typed
    dialog.count.setText("290")
    click(counter, "Kirim balik")
    assert counter.till.store.read.on_hand(KOPI.uid) == 10
    assert counter.till.store.read.supplier_balance(bu_tin.uid) == 0
    assert rows_of(screen.consigned) == ["Kopi susu sachet, sisa 10 · titip Rp1.200, Rp0, belum laku"]
    assert counter.till.store.read.check() == []


def test_an_expense_out_of_the_drawers_own_room_says_what_it_was_for_too(counter: CounterWindow) -> None:
    dialog = CashDialog(counter.application.context, True, counter.application.window)
    dialog.open()
    settle()
    assert not dialog.categories[ExpenseCategory.RENT].isVisible()
    dialog.chips[CashReason.EXPENSE].click()
    settle()
    dialog.categories[ExpenseCategory.RENT].click()
    dialog.amount.setText("40000")
    dialog.yes.click()
    settle()
    screen = room(counter, "cash")
    assert screen.cash.book is not None
    assert screen.cash.book.expenses == ((ExpenseCategory.RENT, 40_000),)
    assert any("Sewa" in row for row in cash_rows(screen))
