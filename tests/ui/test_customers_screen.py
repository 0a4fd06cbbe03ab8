"""The customers' room: who they are, what they owe, paying it back; through the real window, as a shopkeeper does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit

from pos.domain.changed import Changed
from pos.domain.customer import LONGEST_NAME, Customer
from pos.domain.deposit import DepositMovement
from pos.domain.people import Act
from pos.domain.printing import DocumentKind
from pos.domain.sale import Tender
from pos.domain.tendering import Leftover, Part
from pos.services import correcting, credit, drawer
from pos.services.paying_views import CustomerFilter
from pos.ui.customers.dialogs import Asking, CustomerForm, OldDebtDialog, RepayDialog
from pos.ui.customers.screen import CustomersScreen
from pos.ui.lock.approve import ApproveDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.paying import KOPI, MI, OWNER_PIN, SABUN, known_customer, owner_says, sell_for, sell_on_credit, with_guards
from tests.helpers.shops import SteppingClock
from tests.helpers.stage import button_of, words_of


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterWindow]:
    with counter_window(tmp_path) as made:
        yield made


def room(counter: CounterWindow) -> CustomersScreen:
    counter.application.go("customers")
    settle()
    screen = counter.application.screen("customers")
    assert isinstance(screen, CustomersScreen)
    return screen


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def twice(button: QAbstractButton) -> None:
    """As a nervous hand does it."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    settle()


def asked(kind: type[Asking]) -> Asking:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def paste(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QApplication.clipboard().setText(text)
    field.paste()
    settle()


def everybody(counter: CounterWindow) -> list[Customer]:
    return [row.customer for row in counter.till.store.read.customers("", CustomerFilter.ALL, 0, 100)]


def owed(counter: CounterWindow, customer: Customer) -> int:
    return counter.till.store.read.credit_balance(customer.uid)


def in_drawer(counter: CounterWindow) -> int:
    session = counter.till.store.read.session()
    assert session is not None
    return session.expected


BAD_AMOUNTS = ["abc", "-5000", "+-5", "9" * 30, "😀", "1\n2\n3", "1,5", "٣٠٠", "0x10", " ", "5rb-", "Rp"]


# --- who they are -------------------------------------------------------------------------------------------------------------


def test_an_empty_room_says_what_to_do_and_the_first_customer_is_one_word_away(counter: CounterWindow) -> None:
    screen = room(counter)
    assert "Belum ada pelanggan" in words_of(screen)
    click(counter, "Pelanggan baru")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    form.name.setText("  Bu   Wati RT 5 ")
    form.phone.setText("0812-3456-7890")
    paste(form.limit, "250000")
    form.days.setText("14")
    twice(form.yes)
    (customer,) = everybody(counter)
    assert (customer.name, customer.phone4, customer.limit, customer.due_days) == ("Bu Wati RT 5", "7890", 250_000, 14)
    assert screen.panel.name.text() == "Bu Wati RT 5"
    with pytest.raises(LookupError):
        button_of(counter.window, "0812")


def test_a_customer_is_changed_and_their_book_is_not(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    screen = room(counter)
    click(counter, "Ubah pelanggan")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    assert form.phone.text() == "7890"
    form.name.setText("Bu Wati Agen")
    form.group.setText("agen")
    click(counter, "Simpan")
    (changed,) = everybody(counter)
    assert (changed.uid, changed.name, changed.group, changed.phone4) == (customer.uid, "Bu Wati Agen", "agen", "7890")
    assert owed(counter, changed) == 4_000
    assert screen.panel.owed.text() == "Rp4.000"


def test_a_name_of_three_hundred_letters_is_kept_and_shown(counter: CounterWindow) -> None:
    screen = room(counter)
    click(counter, "Pelanggan baru")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    form.name.setText("Siti " * 60 + "\n\u202eJahat\u202c 😀")
    click(counter, "Simpan")
    (customer,) = everybody(counter)
    assert 60 < len(customer.name) <= LONGEST_NAME
    assert "\u202e" not in customer.name
    window = counter.application.window
    assert screen.isVisible()
    assert window.minimumSizeHint().width() <= window.width()


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200b\u200e"])
def test_nobody_without_a_name_is_kept(counter: CounterWindow, name: str) -> None:
    room(counter)
    click(counter, "Pelanggan baru")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    form.name.setText(name)
    click(counter, "Simpan")
    assert "misalnya Bu Wati" in form.trouble.text()
    assert not everybody(counter)


@pytest.mark.parametrize("typed", BAD_AMOUNTS)
@pytest.mark.parametrize("where", ["limit", "days"])
def test_a_limit_or_days_that_cannot_be_are_said_where_they_are_typed(counter: CounterWindow, where: str, typed: str) -> None:
    room(counter)
    click(counter, "Pelanggan baru")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    form.name.setText("Bu Wati")
    field = form.limit if where == "limit" else form.days
    paste(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    click(counter, "Simpan")
    kept = everybody(counter)
    if kept:
        assert 0 <= kept[0].limit <= 999_999_999
        assert 0 <= kept[0].due_days <= 365
        assert typed in (" ", "1\n2\n3", "5rb-", "Rp", "+-5", "1,5"), "only what can be meant in one way"
    else:
        assert form.trouble.text()
        assert field.isVisible()


def test_a_scan_into_a_question_is_refused_and_typed_nowhere(counter: CounterWindow) -> None:
    room(counter)
    click(counter, "Pelanggan baru")
    form = asked(CustomerForm)
    assert isinstance(form, CustomerForm)
    counter.scan(MI)
    assert form.name.text() == ""
    assert "pindai lagi" in form.trouble.text()


def test_a_hidden_customer_comes_back_with_one_press(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    known_customer(counter.till, "Pak Slamet")
    screen = room(counter)
    screen.open_part(customer.uid)
    click(counter, "Sembunyikan pelanggan")
    assert [item.name for item in everybody(counter)] == ["Pak Slamet"]
    click(counter, "Kembalikan")
    assert len(everybody(counter)) == 2


def test_who_owes_and_who_is_late_is_one_press_away(counter: CounterWindow) -> None:
    late = known_customer(counter.till, "Bu Telat", days=1)
    sell_on_credit(counter.till, late, KOPI)
    fine = known_customer(counter.till, "Bu Rajin")
    known_customer(counter.till, "Bu Lunas")
    clock = counter.till.clock
    assert isinstance(clock, SteppingClock)
    clock.pass_ms(3 * 86_400_000)
    sell_on_credit(counter.till, fine, SABUN)
    screen = room(counter)
    assert "Utang semua Rp5.500" in words_of(screen)
    model = screen._model
    click(counter, "Punya utang")
    assert model.rowCount() == 2
    click(counter, "Jatuh tempo")
    assert [model.index(0).data()] == ["Bu Telat"]
    assert screen.panel.name.text() == "Bu Telat"
    assert screen.panel.due.text().startswith("lewat ")
    click(counter, "Semua")
    paste(screen.findChildren(QLineEdit)[0], "rajin")
    wait_until(lambda: model.rowCount() == 1, "the list is searched")
    paste(screen.findChildren(QLineEdit)[0], "😀" * 200 + "%_'\"--")
    wait_until(lambda: model.rowCount() == 0, "the list is searched")
    assert "Tidak ketemu" in words_of(screen)


# --- paying back ---------------------------------------------------------------------------------------------------------------


def test_part_of_a_debt_is_paid_in_cash_with_its_own_receipt_and_change(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN, SABUN)
    cash = in_drawer(counter)
    screen = room(counter)
    click(counter, "Bayar utang")
    dialog = asked(RepayDialog)
    assert isinstance(dialog, RepayDialog)
    assert dialog.amount.text() == "8.000", "all of it is the first thought"
    paste(dialog.amount, "5000")
    paste(dialog.received, "20000")
    assert dialog.change.text() == "Kembali Rp15.000"
    twice(dialog.yes)
    assert owed(counter, customer) == 3_000
    assert in_drawer(counter) == cash + 5_000
    assert screen.panel.owed.text() == "Rp3.000"
    assert "Sisa utang Rp3.000" in counter.toasts()[-1]
    assert counter.backstage.prints > 0
    entry = credit.statement(counter.till, customer.uid).entries[-1]
    kinds = [job.kind for job in counter.till.store.read.print_jobs_of(entry.uid)]
    assert sorted(kinds) == sorted((DocumentKind.DRAWER_KICK, DocumentKind.REPAYMENT)), "its paper, and the drawer opens"


@pytest.mark.parametrize("way", ["Transfer", "QRIS"])
def test_a_debt_that_is_paid_to_the_account_leaves_the_drawer_alone(counter: CounterWindow, way: str) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    cash = in_drawer(counter)
    room(counter)
    click(counter, "Bayar utang")
    click(counter, way)
    click(counter, "Catat")
    assert (owed(counter, customer), in_drawer(counter)) == (0, cash)
    assert counter.toasts()[-1].endswith("Lunas.")


@pytest.mark.parametrize("typed", [*BAD_AMOUNTS, "0", "8001"])
@pytest.mark.parametrize("where", ["amount", "received"])
def test_money_that_cannot_be_is_refused_and_nothing_is_booked(counter: CounterWindow, where: str, typed: str) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN, SABUN)
    room(counter)
    click(counter, "Bayar utang")
    dialog = asked(RepayDialog)
    assert isinstance(dialog, RepayDialog)
    paste(dialog.amount if where == "amount" else dialog.received, typed)
    QTest.keyClick(dialog.amount, Qt.Key.Key_Return)
    twice(dialog.yes)
    booked = 8_000 - owed(counter, customer)
    if booked:
        assert 0 < booked <= 8_000
        assert typed in (" ", "1\n2\n3", "5rb-", "Rp", "+-5", "1,5", "8001"), typed
        assert len(credit.statement(counter.till, customer.uid).entries) == 2
    else:
        assert dialog.isVisible()
        assert dialog.trouble.text()


def test_without_an_open_drawer_no_debt_is_paid_and_that_is_said(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    drawer.close_session(counter.till, in_drawer(counter))
    room(counter)
    click(counter, "Bayar utang")
    assert QApplication.activeModalWidget() is None
    assert counter.toasts()[-1].startswith("Kasir belum dibuka")


def test_an_old_debt_is_written_in_by_the_owner_and_written_off_again(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        with_guards(counter.till)
        customer = known_customer(counter.till, "Bu Wati", limit=0)
        screen = room(counter)
        click(counter, "Utang lama")
        dialog = asked(OldDebtDialog)
        assert isinstance(dialog, OldDebtDialog)
        paste(dialog.amount, "75000")
        click(counter, "Catat")
        assert isinstance(QApplication.activeModalWidget(), ApproveDialog)
        for digit in OWNER_PIN:
            click(counter, digit)
        click(counter, "Izinkan")
        wait_until(lambda: owed(counter, customer) == 75_000, "the owner allows it")
        assert screen.panel.owed.text() == "Rp75.000"
        credit.write_off(counter.till, customer.uid, 75_000, owner_says(counter.till, Act.CREDIT_OVER))
        counter.application.context.changed.emit(Changed(customers=True))
        settle()
        assert screen.panel.owed.text() == "lunas"
        assert not screen.panel.repay_button.isEnabled()


# --- the book -------------------------------------------------------------------------------------------------------------------


def test_the_book_shows_every_entry_and_leads_to_its_nota(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sale = sell_on_credit(counter.till, customer, SABUN, SABUN)
    credit.repay(counter.till, customer.uid, 3_000)
    other = sell_on_credit(counter.till, customer, KOPI)
    correcting.void_sale(counter.till, other.uid, "salah")
    screen = room(counter)
    model = screen.panel.view.model()
    said = [model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(model.rowCount())]
    assert [words.split(" ")[0].rstrip(",") for words in said] == ["Retur", "Bon", "Bayar", "Bon"]
    assert "Rp5.000" in said[0]
    screen.panel.view.activated.emit(model.index(2, 0))
    assert "Salinan struk dikirim ke printer" in counter.toasts()[-1]
    screen.panel.view.activated.emit(model.index(3, 0))
    settle()
    assert counter.application.screen_key() == "history"
    assert sale.number in counter.application.screen("history").findChildren(QLineEdit)[0].text()


def test_the_book_is_printed_for_the_customer(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    room(counter)
    click(counter, "Cetak buku")
    assert "Buku utang dikirim ke printer" in counter.toasts()[-1]
    assert counter.backstage.prints == 1


def test_what_the_shop_keeps_for_somebody_stands_beside_what_they_owe(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_for(counter.till, Part(Tender.CASH, 2_000), codes=(KOPI,), customer=customer, kept=Leftover(titipan=500, holder=customer.uid))
    with counter.till.store.begin() as work:
        session = counter.till.store.read.session()
        assert session is not None
        product = counter.till.store.read.find_unit(MI)
        assert product is not None
        work.add_deposit(DepositMovement("e" * 32, customer.uid, product.product_uid, 2, 40_000, session.uid, counter.till.clock.now()))
        work.commit()
    screen = room(counter)
    said = screen.panel.rows.accessibleName()
    assert "Titipan di toko Rp500" in said
    assert "Memegang 2" in said
    assert "Rp40.000" in said


# --- what goes out of the book ------------------------------------------------------------------------------------------------


def test_a_reminder_is_polite_names_the_sum_and_the_date_and_no_phone(counter: CounterWindow) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    book = credit.statement(counter.till, customer.uid)
    assert isinstance(counter.till.clock, SteppingClock)
    room(counter)
    click(counter, "Salin pesan pengingat")
    text = QApplication.clipboard().text()
    assert text.startswith("Permisi, Bu Wati.")
    assert "Toko Sinar Jaya masih Rp4.000" in text
    assert "Jatuh temponya" in text
    assert text.endswith("Terima kasih.")
    assert "7890" not in text
    counter.till.clock.pass_ms(book.debts[0].due_at)
    click(counter, "Salin pesan pengingat")
    assert "Janjinya sampai" in QApplication.clipboard().text()
    credit.repay(counter.till, customer.uid, 4_000)
    counter.application.context.changed.emit(Changed(customers=True))
    settle()
    assert not button_of(counter.window, "Salin pesan pengingat").isEnabled(), "who owes nothing is not reminded"


def test_a_book_is_saved_as_a_page(counter: CounterWindow, tmp_path: Path) -> None:
    customer = known_customer(counter.till, "Bu Wati")
    sell_on_credit(counter.till, customer, SABUN)
    room(counter)
    click(counter, "Simpan buku utang sebagai PDF")
    dialog = counter.application.window.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "bu wati.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    wait_until(lambda: target.exists() and target.read_bytes().startswith(b"%PDF"), "the page is written")
    wait_until(lambda: any("bu wati.pdf" in toast for toast in counter.toasts()), "it is said where it is")
