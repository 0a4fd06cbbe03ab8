"""Who is at the counter: two keys to another cashier, locked when nobody touches it, and nothing leaks through while it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pos.domain.people import Act, Role, User
from pos.services import people
from pos.services.people_views import AuditSearch
from pos.services.preferences import Preferences
from pos.ui.drawer.cash_dialog import CashDialog
from pos.ui.lock.approve import ApproveDialog, with_approval
from pos.ui.lock.guard import Guard
from pos.ui.lock.screen import LockScreen
from pos.ui.shell.help import HelpDialog
from pos.ui.workers import Round
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until, window_over
from tests.helpers.orders import arrive, order
from tests.helpers.shops import open_market
from tests.helpers.stage import button_of, nameless, words_of

MI_CODE = "089686010947"
OWNER_PIN, CASHIER_PIN = "2580", "1357"
QUIET = replace(Preferences(), sounds=False, reduce_motion=True)


def staff(counter: CounterWindow) -> tuple[User, User, User]:
    """An owner and a cashier with PINs, and one who only has a name; the owner is at the counter."""
    owner = people.add_first_owner(counter.till, "Bu Sari", OWNER_PIN)
    sri = people.add_user(counter.till, "Sri", Role.CASHIER, CASHIER_PIN)
    agus = people.add_user(counter.till, "Agus", Role.CASHIER)
    return owner, sri, agus


def lock_of(counter: CounterWindow) -> LockScreen:
    found = counter.application.window.findChildren(LockScreen)
    assert len(found) == 1
    return found[0]


def guard_of(counter: CounterWindow) -> Guard:
    found = counter.application.findChildren(Guard)
    assert len(found) == 1
    return found[0]


def sign_in(counter: CounterWindow, digit: str, pin: str = "") -> None:
    """The tile's digit, then the PIN, at the keyboard."""
    counter.type(digit)
    if pin:
        counter.type(pin)
        counter.key("Return")
    wait_until(lambda: not counter.application.locked, "somebody is signed in")
    settle()


def test_another_cashier_is_two_keys_away_and_the_basket_stays(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.scan(MI_CODE)
        counter.key("Ctrl+L")
        assert counter.application.locked
        sign_in(counter, "3")
        assert counter.till.store.read.signed().name == "Agus"
        assert counter.application.window.header.who.under == "Kasir: Agus"
        assert counter.names() == ["Mi goreng"]
        counter.key("F12")
        assert [sale.cashier for sale in counter.sales()] == ["Agus"]


def test_a_pin_is_typed_on_the_keyboard_or_tapped_on_the_pad(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        sign_in(counter, "2", CASHIER_PIN)
        assert counter.till.store.read.signed().name == "Sri"
        counter.key("Ctrl+L")
        QTest.mouseClick(button_of(counter.window, "Bu Sari"), Qt.MouseButton.LeftButton)
        for digit in OWNER_PIN:
            QTest.mouseClick(button_of(counter.window, digit), Qt.MouseButton.LeftButton)
        QTest.mouseClick(button_of(counter.window, "Buka kunci"), Qt.MouseButton.LeftButton)
        wait_until(lambda: not counter.application.locked, "the owner is signed in")
        assert counter.till.store.read.signed().name == "Bu Sari"


def test_a_wrong_pin_opens_nothing_and_is_said(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        pad = lock_of(counter).pad
        for tries in range(3):
            counter.type("2" if not tries else "")
            counter.type("9999")
            counter.key("Return")
            wait_until(pad.trouble.isVisible, "it is said")
            assert "PIN belum cocok" in pad.trouble.text()
            assert pad.field.text() == ""
        counter.type(CASHIER_PIN)
        counter.key("Return")
        wait_until(lambda: "Tunggu sebentar" in pad.trouble.text(), "the third one costs a wait")
        assert counter.application.locked
        assert not pad.field.isEnabled(), "nothing can be typed until then"
        counter.key("Esc")
        counter.type("1")
        assert pad.field.isEnabled(), "another one is not kept out by it"


@pytest.mark.parametrize("typed", ["abcd", "-258", "12,5", "😀😀", "٢٥٨٠", "9" * 30, "25\n80"])
def test_nothing_but_eight_digits_gets_into_a_pin(tmp_path: Path, typed: str) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        counter.type("1")
        field = lock_of(counter).pad.field
        field.insert(typed)
        assert len(field.text()) <= 8
        assert field.text() == "" or (field.text().isascii() and field.text().isdigit())


def test_nobody_gets_back_without_a_pin_where_pins_count(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        for key in ("Esc", "Esc", "F9", "F12", "F2", "Ctrl+Z", "F4"):
            counter.key(key)
            assert counter.application.locked, key
        counter.application.go("history")
        counter.application.context.go.emit("drawer")
        assert counter.application.locked
        assert not counter.application.window.rail.isVisible()
        assert not counter.application.window.header.isVisible()


def test_where_no_pin_counts_escape_leads_back(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        people.add_user(counter.till, "Sri", Role.CASHIER)
        counter.key("Ctrl+L")
        assert counter.application.locked
        counter.key("Esc")
        assert not counter.application.locked
        assert counter.application.screen_key() == "sale"


def test_a_shop_of_one_is_told_where_people_are_added(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.key("Ctrl+L")
        assert not counter.application.locked
        assert any("Belum ada daftar orang" in toast for toast in counter.toasts())


def test_a_scan_while_locked_is_refused_where_it_is_seen_and_leaks_nothing(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        lock = lock_of(counter)
        for chosen in ("", "2"):
            counter.type(chosen)
            counter.scan(MI_CODE)
            assert lock.notice.isVisible() or chosen
            assert "pindaian tidak masuk" in lock.notice.text()
            assert lock.pad.field.text() == ""
            assert counter.names() == []
        assert counter.application.sounds.played[-1] == "error"
        sign_in(counter, "", CASHIER_PIN)
        assert counter.names() == []


def test_a_hundred_scans_while_locked_are_a_hundred_refusals(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        before = counter.application.sounds.played.count("error")
        for _ in range(30):
            counter.scan(MI_CODE)
        assert counter.application.sounds.played.count("error") - before == 30
        assert counter.names() == []
        assert counter.application.locked


def test_it_locks_by_itself_when_nobody_touches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with counter_window(tmp_path, preferences=replace(QUIET, lock_after_minutes=5)) as counter:
        guard = guard_of(counter)
        scanner = counter.application.senses.scanner
        idle = {"ms": 0}
        monkeypatch.setattr(type(scanner), "idle_ms", property(lambda _self: idle["ms"]))
        idle["ms"] = 60 * 60_000
        guard._timer.timeout.emit()
        assert not counter.application.locked, "a shop without PINs never locks"
        staff(counter)
        idle["ms"] = 5 * 60_000 - 1
        guard._timer.timeout.emit()
        assert not counter.application.locked
        idle["ms"] = 5 * 60_000
        guard._timer.timeout.emit()
        assert counter.application.locked


def test_keys_and_clicks_count_as_touching_it(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        scanner = counter.application.senses.scanner
        clock = {"ms": scanner._now()}
        scanner._now = lambda: clock["ms"]
        for touch in (
            lambda: QTest.keyClick(counter.application.window.windowHandle(), Qt.Key.Key_F2),
            lambda: QTest.mouseClick(counter.application.window.windowHandle(), Qt.MouseButton.LeftButton),
            lambda: counter.scan(MI_CODE),
        ):
            clock["ms"] += 100_000
            assert scanner.idle_ms >= 100_000
            touch()
            assert scanner.idle_ms == 0


def test_a_till_with_pins_starts_locked_and_an_early_scan_is_refused(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        people.add_first_owner(till, "Bu Sari", OWNER_PIN)
    with counter_window(tmp_path) as counter:
        assert counter.application.locked
        counter.scan(MI_CODE)
        assert counter.names() == []
        assert lock_of(counter).pad.field.hasFocus(), "the only one with a PIN need not be chosen"
        counter.type(OWNER_PIN)
        counter.key("Return")
        wait_until(lambda: not counter.application.locked, "the owner is signed in")
        counter.scan(MI_CODE)
        assert counter.names() == ["Mi goreng"]


def test_sending_and_printing_go_on_behind_it(tmp_path: Path) -> None:
    rounds = {"sync": 0, "print": 0}

    def round_of(name: str) -> Round:
        rounds[name] += 1
        return Round(next_in=0.01)

    with open_market(tmp_path) as till:
        people.add_first_owner(till, "Bu Sari", OWNER_PIN)
        with window_over(till, sync_once=lambda: round_of("sync"), print_once=lambda: round_of("print")) as counter:
            assert counter.application.locked
            seen = dict(rounds)
            wait_until(lambda: rounds["sync"] > seen["sync"] + 3 and rounds["print"] > seen["print"] + 3, "both go on")
            assert counter.application.locked


def test_an_order_that_comes_is_heard_and_counted_without_a_name(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        arrive(counter.till, order(now=counter.till.clock.now()))
        counter.application._new_orders(("x",))
        counter.application._look_around()
        assert "new_order" in counter.application.sounds.played
        lock = lock_of(counter)
        assert lock.front.orders.text() == "1 pesanan baru menunggu"
        assert not counter.application.window.toasts.isVisible(), "toasts are for who is at the counter"
        sign_in(counter, "3")
        assert counter.application.window.toasts.isVisible()


def test_what_was_open_comes_back_for_the_same_person_only(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.application.go("drawer")
        QTest.mouseClick(button_of(counter.window, "Uang keluar"), Qt.MouseButton.LeftButton)
        dialog = counter.window
        assert isinstance(dialog, CashDialog)
        dialog.amount.setText("5.000")
        guard_of(counter).lock()
        assert not dialog.isVisible()
        sign_in(counter, "1", OWNER_PIN)
        assert dialog.isVisible()
        assert dialog.amount.text() == "5.000"
        guard_of(counter).lock()
        sign_in(counter, "3")
        settle()
        assert not [widget for widget in counter.application.window.findChildren(CashDialog) if widget.isVisible()]


def test_help_and_names_are_there_too(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        staff(counter)
        counter.key("Ctrl+L")
        assert nameless(lock_of(counter)) == []
        assert lock_of(counter).accessibleName() == "Terkunci"
        counter.key("F1")
        assert isinstance(counter.window, HelpDialog)
        assert any("Pilih namamu" in words for words in words_of(counter.window))
        counter.key("Esc")
        assert counter.application.locked


# --- a role's PIN, asked for in place -------------------------------------------------------------------------------------


def as_cashier(counter: CounterWindow) -> None:
    staff(counter)
    people.sign_in(counter.till, counter.till.store.read.users()[2].uid)


def answer(dialog: QWidget, counter: CounterWindow, pin: str) -> None:
    assert isinstance(dialog, ApproveDialog)
    counter.type(pin)
    counter.key("Return")


def test_cash_out_asks_the_owner_in_place_and_is_booked_at_once(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        as_cashier(counter)
        counter.application.go("drawer")
        QTest.mouseClick(button_of(counter.window, "Uang keluar"), Qt.MouseButton.LeftButton)
        dialog = counter.window
        assert isinstance(dialog, CashDialog)
        dialog.amount.setText("50.000")
        QTest.mouseClick(button_of(dialog, "Keluarkan"), Qt.MouseButton.LeftButton)
        settle()
        asked = counter.window
        assert isinstance(asked, ApproveDialog)
        assert any("Uang keluar dari laci: masukkan PIN Bu Sari." in words for words in words_of(asked))
        answer(asked, counter, "9999")
        wait_until(asked.pad.trouble.isVisible, "a wrong one is said there")
        answer(asked, counter, OWNER_PIN)
        wait_until(lambda: not isValid(dialog) or not dialog.isVisible(), "booked")
        session = counter.till.store.read.session()
        assert session is not None
        assert session.expected == 150_000
        actors = {row.action: row.actor for row in counter.till.store.read.audit(AuditSearch(), 0, 3)}
        assert actors["cash_movement"] == "Bu Sari"


def test_who_gives_no_pin_has_changed_nothing(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        as_cashier(counter)
        done: list[str] = []
        given_up: list[str] = []
        asked = with_approval(
            counter.application.context,
            Act.CASH_OUT,
            lambda approval: counter.till.store.read.shop() if approval else _needs_role(counter),
            lambda shop: done.append(shop.name),
            otherwise=lambda: given_up.append("no"),
        )
        assert not asked
        settle()
        counter.key("Esc")
        assert (done, given_up) == ([], ["no"])


def _needs_role(counter: CounterWindow) -> object:
    from pos.services.permission import may

    return may(counter.till, Act.CASH_OUT)


def test_a_scan_while_a_pin_is_asked_for_is_no_pin(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        as_cashier(counter)
        with_approval(counter.application.context, Act.CASH_OUT, lambda _approval: _needs_role(counter))
        settle()
        dialog = counter.window
        assert isinstance(dialog, ApproveDialog)
        counter.scan("8991002105485")
        assert dialog.pad.field.text() == ""
        assert dialog.pad.trouble.isVisible()
        assert counter.names() == []
        dialog.close()
