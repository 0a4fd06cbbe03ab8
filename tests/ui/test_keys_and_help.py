"""Keys that a shop chooses itself, what is printed of them everywhere, and the help of each screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.printing import DocumentKind
from pos.services import people
from pos.services.people_views import AuditSearch
from pos.services.preferences import Preferences
from pos.ui.keys import Action, key_of, use_keys
from pos.ui.lock.approve import ApproveDialog
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.shortcuts_form import KeyDialog
from pos.ui.shell.help import HelpDialog
from pos.ui.shell.rooms import BY_KEY
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.stage import button_of, words_of

MI_CODE = "089686010947"
QUIET = replace(Preferences(), sounds=False, reduce_motion=True)


@pytest.fixture(autouse=True)
def _the_usual_keys() -> Iterator[None]:
    yield
    use_keys("")


def settings_of(counter: CounterWindow) -> SettingsScreen:
    counter.application.go("settings#counter")
    settle()
    screen = counter.application.screen("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def choose(counter: CounterWindow, action: Action, *keys: str) -> None:
    """Touch the row, press keys until one is taken."""
    settings_of(counter).shortcuts.rows[action].click()
    settle()
    assert isinstance(counter.window, KeyDialog)
    for key in keys:
        counter.key(key)
    settle()


def at_the_till(counter: CounterWindow) -> None:
    """The window is the active one again, as a desktop makes it when a question is answered."""
    counter.application.window.activateWindow()
    wait_until(counter.application.window.isActiveWindow, "active")


def test_another_key_pays_at_once_and_is_printed_everywhere(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        before = counter.sale.total.pay_button
        choose(counter, Action.EXACT_CASH, "Shift+F12")
        wait_until(lambda: counter.application.screen_key() == "settings", "back where one was")
        at_the_till(counter)
        assert counter.application.context.preferences.keys == "exact_cash=Shift+F12"
        assert counter.kept[-1].keys == "exact_cash=Shift+F12"
        counter.application.go("sale")
        assert counter.sale.total.pay_button is not before, "what prints keys is made anew"
        assert counter.sale.total.exact_button._key == "Shift+F12"
        counter.key("F12")
        assert counter.sales() == []
        counter.key("Shift+F12")
        assert len(counter.sales()) == 1


def test_help_and_lock_follow_their_keys_too(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        choose(counter, Action.HELP, "Ctrl+F1")
        wait_until(lambda: key_of(Action.HELP) == "Ctrl+F1", "chosen")
        at_the_till(counter)
        counter.application.go("sale")
        counter.key("F1")
        assert counter.window is counter.application.window
        counter.key("Ctrl+F1")
        dialog = counter.window
        assert isinstance(dialog, HelpDialog)
        assert any(words.accessibleName() == "Ctrl+F1: Bantuan" for words in dialog.findChildren(type(dialog._title)))


def test_a_key_that_is_anothers_is_refused_with_whose_it_is(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        choose(counter, Action.PAY, "F4")
        dialog = counter.window
        assert isinstance(dialog, KeyDialog)
        assert dialog.trouble.text() == "F4 sudah untuk “Simpan dulu”. Pilih tombol lain, atau ganti yang itu dulu."
        counter.key("F10")
        assert "tidak bisa dipakai" in dialog.trouble.text()
        counter.key("Ctrl+C")
        assert dialog.isVisible()
        counter.key("Esc")
        assert key_of(Action.PAY) == "F9"
        assert counter.application.context.preferences.keys == ""


def test_a_scan_while_a_key_is_asked_for_is_no_key(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        choose(counter, Action.PAY)
        dialog = counter.window
        assert isinstance(dialog, KeyDialog)
        counter.scan(MI_CODE)
        assert dialog.trouble.isVisible()
        assert counter.names() == []
        assert key_of(Action.PAY) == "F9"
        dialog.close()


def test_all_keys_go_back_to_what_is_usual(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, keys="pay=Shift+F9;hold=Ctrl+H")) as counter:
        assert (key_of(Action.PAY), key_of(Action.HOLD)) == ("Shift+F9", "Ctrl+H"), "from the settings file, at the start"
        QTest.mouseClick(settings_of(counter).shortcuts.usual, Qt.MouseButton.LeftButton)
        wait_until(lambda: key_of(Action.PAY) == "F9", "as usual")
        settle()
        assert not settings_of(counter).shortcuts.usual.isEnabled()


def test_the_card_of_keys_is_printed_as_they_are_now(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, keys="pay=Shift+F9")) as counter:
        QTest.mouseClick(settings_of(counter).shortcuts.card, Qt.MouseButton.LeftButton)
        settle()
        (job,) = [job for job in counter.till.store.read.print_jobs() if job.kind is DocumentKind.KEY_CARD]
        assert b"Shift+F9 Bayar, selesai" in job.data
        assert job.data.count(b"\n") + 1 == len(Action)


@pytest.mark.parametrize("room", [room for room in BY_KEY if room != "first_run"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_screen_explains_itself_and_names_its_keys(tmp_path: Path, room: str, language: str) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, language=language)) as counter:
        counter.application.go(room)
        counter.application.show_help()
        settle()
        dialog = counter.window
        assert isinstance(dialog, HelpDialog)
        words = words_of(dialog)
        assert any(len(sentence) > 40 for sentence in words), "more than a title"
        assert any(sentence in ("Kembali, tutup", "Back, close") for sentence in words)
        assert "Belum ada bantuan untuk layar ini." not in words
        dialog.close()


# --- what the counter does by itself ---------------------------------------------------------------------------------------


def test_when_it_locks_and_when_its_day_ends_is_chosen(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        form = settings_of(counter).counter
        QTest.mouseClick(button_of(form, "30 menit"), Qt.MouseButton.LeftButton)
        assert counter.application.context.preferences.lock_after_minutes == 30
        form.cutoff.setText("3")
        QTest.mouseClick(form.keep, Qt.MouseButton.LeftButton)
        assert counter.application.context.preferences.day_cutoff == 180
        assert form.cutoff.text() == "03.00"


@pytest.mark.parametrize("typed", ["", "jam", "-3", "25.00", "13.00", "9" * 30, "😀", "3\n4", "3,5"])
def test_what_is_no_time_changes_nothing_and_is_said(tmp_path: Path, typed: str) -> None:
    with counter_window(tmp_path) as counter:
        form = settings_of(counter).counter
        form.cutoff.setMaxLength(100)
        form.cutoff.setText(typed)
        QTest.mouseClick(form.keep, Qt.MouseButton.LeftButton)
        assert counter.application.context.preferences.day_cutoff == 0
        assert "Jamnya belum jelas" in form.note.sentence


def test_a_cashier_changes_the_look_but_not_the_rules(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_first_owner(counter.till, "Bu Sari", "2580")
        from pos.domain.people import Role

        agus = people.add_user(counter.till, "Agus", Role.CASHIER)
        people.sign_in(counter.till, agus.uid)
        screen = settings_of(counter)
        counter.application.go("settings#look")
        QTest.mouseClick(button_of(screen.look_form, "Gelap"), Qt.MouseButton.LeftButton)
        assert counter.application.context.preferences.theme == "dark"
        counter.application.go("settings#counter")
        QTest.mouseClick(button_of(screen.counter, "30 menit"), Qt.MouseButton.LeftButton)
        settle()
        assert isinstance(counter.window, ApproveDialog)
        counter.key("Esc")
        settle()
        assert counter.application.context.preferences.lock_after_minutes == 10
        assert screen.counter.lock.current() == "10", "shown as it is kept"
        QTest.mouseClick(button_of(screen.counter, "30 menit"), Qt.MouseButton.LeftButton)
        settle()
        counter.type("2580")
        counter.key("Return")
        wait_until(lambda: counter.application.context.preferences.lock_after_minutes == 30, "the owner allowed it")
        QTest.mouseClick(button_of(screen.counter, "5 menit"), Qt.MouseButton.LeftButton)
        settle()
        assert counter.application.context.preferences.lock_after_minutes == 5, "one PIN is enough for a while"
        row = counter.till.store.read.audit(AuditSearch(), 0, 1)[0]
        assert (row.action, row.actor) == ("settings_changed", "Bu Sari")
