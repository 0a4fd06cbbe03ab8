"""Orang and Catatan kegiatan: people are taken on and changed, and what they did is found and checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pos.domain.cash_movement import CashReason
from pos.domain.changed import Changed
from pos.domain.people import Act, Role
from pos.services import drawer, people
from pos.ui.audit.model import ENTRY
from pos.ui.audit.screen import AuditScreen
from pos.ui.audit.words import row_text
from pos.ui.lock.approve import ApproveDialog
from pos.ui.users.dialogs import EditUserDialog, NewUserDialog, OwnPinDialog
from pos.ui.users.screen import UsersScreen
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.stage import button_of, words_of

MI_CODE = "089686010947"


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def fill(counter: CounterWindow, name: str, text: str) -> None:
    field = next(field for field in counter.window.findChildren(QLineEdit) if field.isVisible() and field.accessibleName() == name)
    field.setText(text)


def users_of(counter: CounterWindow) -> UsersScreen:
    counter.application.go("users")
    screen = counter.application.screen("users")
    assert isinstance(screen, UsersScreen)
    return screen


def audit_of(counter: CounterWindow) -> AuditScreen:
    counter.application.go("audit")
    screen = counter.application.screen("audit")
    assert isinstance(screen, AuditScreen)
    settle()
    return screen


def said(screen: AuditScreen) -> list[str]:
    """What the rows say."""
    return [row_text(screen.model.index(place).data(ENTRY)) for place in range(screen.model.rowCount())]


# --- Orang ------------------------------------------------------------------------------------------------------------


def test_the_owners_first_pin_is_made_and_a_cashier_is_taken_on(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        users_of(counter)
        click(counter, "Buat PIN pemilik")
        assert isinstance(counter.window, NewUserDialog)
        for name in ("PIN", "PIN sekali lagi"):
            fill(counter, name, "2580")
        click(counter, "Simpan")
        wait_until(lambda: counter.till.store.read.signed().guarded, "the owner has a PIN")
        wait_until(lambda: counter.window is counter.application.window, "the dialog is closed")
        assert counter.till.store.read.signed().name == "Bu Sari", "who stood there all the time"
        click(counter, "Tambah orang")
        fill(counter, "Nama", "Sri\n" + "x" * 300)
        click(counter, "Simpan")
        names = [user.name for user in counter.till.store.read.users()]
        assert names[0] == "Bu Sari"
        assert len(names[1]) == 60
        assert "\n" not in names[1]
        assert any(words.startswith("Sri") for words in words_of(counter.application.window))


@pytest.mark.parametrize(
    ("first", "second", "words"), [("2580", "2581", "belum sama"), ("1234", "1234", "terlalu mudah"), ("12", "12", "4 sampai 8")]
)
def test_a_pin_that_is_none_is_said_and_nobody_is_taken_on(tmp_path: Path, first: str, second: str, words: str) -> None:
    with counter_window(tmp_path) as counter:
        users_of(counter)
        click(counter, "Buat PIN pemilik")
        dialog = counter.window
        assert isinstance(dialog, NewUserDialog)
        fill(counter, "PIN", first)
        fill(counter, "PIN sekali lagi", second)
        click(counter, "Simpan")
        wait_until(dialog.trouble.isVisible, "it is said")
        assert words in dialog.trouble.text()
        assert counter.till.store.read.users() == []
        dialog.close()


def test_a_cashier_changes_nobody_without_the_owner(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        agus = people.add_user(counter.till, "Agus", Role.CASHIER)
        people.sign_in(counter.till, agus.uid)
        screen = users_of(counter)
        screen.cards[1].click()
        settle()
        dialog = counter.window
        assert isinstance(dialog, EditUserDialog)
        dialog.role.choose("owner")
        click(counter, "Simpan")
        asked = counter.window
        assert isinstance(asked, ApproveDialog)
        assert [user.role for user in counter.till.store.read.users()] == [Role.OWNER, Role.CASHIER]
        counter.type("2580")
        counter.key("Return")
        wait_until(lambda: [user.role for user in counter.till.store.read.users()] == [Role.OWNER, Role.OWNER], "the owner allowed it")


def test_somebody_leaves_and_comes_back(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        people.add_user(counter.till, "Agus", Role.CASHIER, "1357")
        screen = users_of(counter)
        for word, names in (("Berhenti kerja", ["Bu Sari"]), ("Bekerja lagi", ["Bu Sari", "Agus"])):
            screen.cards[1].click()
            settle()
            click(counter, word)
            assert [user.name for user in counter.till.store.read.users()] == names
        screen.cards[1].click()
        settle()
        click(counter, "Hapus PIN")
        assert [user.has_pin for user in counter.till.store.read.users()] == [True, False]


def test_the_last_owner_stays_and_that_is_said_in_the_dialog(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        people.add_user(counter.till, "Sri", Role.CASHIER, "1357")
        screen = users_of(counter)
        screen.cards[0].click()
        settle()
        dialog = counter.window
        assert isinstance(dialog, EditUserDialog)
        click(counter, "Berhenti kerja")
        assert "Harus ada satu pemilik" in dialog.trouble.text()
        assert counter.till.store.read.users()[0].active
        dialog.close()


def test_ones_own_pin_is_changed_with_the_old_one(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        owner = people.add_first_owner(counter.till, "Bu Sari", "2580")
        users_of(counter)
        click(counter, "PIN saya")
        assert isinstance(counter.window, OwnPinDialog)
        for name, pin in (("PIN sekarang", "2580"), ("PIN baru", "9753"), ("PIN baru sekali lagi", "9753")):
            fill(counter, name, pin)
        click(counter, "Ganti PIN")
        wait_until(lambda: any("PIN sudah diganti" in toast for toast in counter.toasts()), "changed")
        assert people.sign_in(counter.till, owner.uid, "9753") == owner


def test_an_owner_grants_an_act_with_a_tick(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        screen = users_of(counter)
        assert not screen.grants[Act.CASH_OUT].isChecked()
        screen.grants[Act.CASH_OUT].click()
        settle()
        assert Act.CASH_OUT in counter.till.store.read.signed().cashier_may
        assert screen.grants[Act.CASH_OUT].isChecked()


# --- Catatan kegiatan ----------------------------------------------------------------------------------------------------


def busy(counter: CounterWindow) -> None:
    """A morning's work."""
    counter.scan(MI_CODE)
    counter.key("F12")
    drawer.move_cash(counter.till, -50_000, CashReason.SHOPPING, "plastik")
    drawer.move_cash(counter.till, 20_000, CashReason.CHANGE)


def test_the_log_is_searched_with_the_shops_own_words(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        busy(counter)
        screen = audit_of(counter)
        assert "Kasir dibuka" in said(screen)
        assert "Penjualan" not in " ".join(said(screen)), "they stand in the history"
        click(counter, "Penjualan juga")
        assert any(words.startswith("Penjualan · ") for words in said(screen))
        for typed, rows in (("50.000", 1), ("uang keluar", 2), ("dibuka", 1), ("bu sari belanja", 0), ("100%", 0)):
            screen.search.setText(typed)
            wait_until(lambda: not screen._typing.isActive(), "searched")
            settle()
            assert screen.model.rowCount() == rows, typed
        assert screen.nothing.isVisible(), "nothing found is said, with the next step"


def test_the_log_is_narrowed_by_time_and_person(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        owner = people.add_first_owner(counter.till, "Bu Ratna", "2580")
        drawer.move_cash(counter.till, 5_000, CashReason.IN)
        counter.till.clock.pass_ms(10 * 86_400_000)  # type: ignore[attr-defined]
        people.sign_in(counter.till, owner.uid, "2580")
        screen = audit_of(counter)
        click(counter, "Hari ini")
        assert said(screen) == ["Masuk ke kasir · Bu Ratna"]
        click(counter, "Semua")
        assert len(said(screen)) > 4
        screen.who.setCurrentIndex(screen.who.findData("Bu Ratna"))
        screen.who.activated.emit(screen.who.currentIndex())
        assert {screen.model.index(place).data(ENTRY).actor for place in range(screen.model.rowCount())} == {"Bu Ratna"}


def test_a_check_says_that_all_is_well_and_finds_a_hand_at_the_file(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        busy(counter)
        screen = audit_of(counter)
        click(counter, "Periksa catatan")
        wait_until(lambda: "Semua cocok" in screen.notice.text(), "well")
        assert "ujung rantai" in screen.head.text()
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        assert raw.execute("UPDATE audit SET actor = 'Orang lain' WHERE action = 'cash_movement'").rowcount == 2
    with counter_window(tmp_path) as counter:
        screen = audit_of(counter)
        click(counter, "Periksa catatan")
        wait_until(lambda: "diubah dari luar" in screen.notice.text(), "found")


def test_a_cashier_reads_the_log_with_the_owners_pin_and_only_while_there(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        agus = people.add_user(counter.till, "Agus", Role.CASHIER)
        people.sign_in(counter.till, agus.uid)
        counter.application.context.changed.emit(Changed(shop=True))
        screen = audit_of(counter)
        assert screen.model.rowCount() == 0
        assert screen.shut.isVisible()
        click(counter, "Masukkan PIN")
        counter.type("2580")
        counter.key("Return")
        wait_until(lambda: screen.model.rowCount() > 0, "the owner opened it")
        counter.application.go("sale")
        screen = audit_of(counter)
        assert screen.model.rowCount() == 0
        assert screen.shut.isVisible()


def test_a_long_log_is_read_page_by_page(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        for _ in range(150):
            drawer.move_cash(counter.till, 100, CashReason.IN)
        screen = audit_of(counter)
        assert screen.model.rowCount() == 60
        for _ in range(5):
            screen.model.fetchMore()
        assert screen.model.rowCount() >= 150
        assert not screen.model.canFetchMore()
