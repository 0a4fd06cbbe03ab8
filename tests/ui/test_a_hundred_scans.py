"""A scanner that never pauses, at the real window over a real shop: each scan is a line or is refused where it is seen, none leaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLineEdit, QScroller

from pos.services.preferences import Preferences
from pos.ui.sale.dialogs import PriceCheckDialog
from pos.ui.sale.pack_dialog import PackDialog
from pos.ui.shell.rooms import BY_KEY
from pos.ui.widgets.toast import ToastStack
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.scanner import WedgeScanner
from tests.helpers.shops import SHELF, goods

CODES = ("089686010947", "8991002105485", "8999999036607")
SCANS = 100

ROOMS = tuple(room for room in BY_KEY if room not in ("sale", "first_run"))
DIALOGS: dict[str, Callable[[CounterWindow], object]] = {
    "held": lambda counter: counter.sale.openings.recall(),
    "price": lambda counter: counter.sale.openings.check_price(),
    "new": lambda counter: counter.sale.openings.new_goods("123456"),
    "help": lambda counter: counter.application.show_help(),
    "categories": lambda counter: counter.sale.goods._all_categories(),
}


OVER_A_LINE: dict[str, Callable[[CounterWindow], object]] = {
    "line": lambda counter: counter.sale.openings.edit_line(),
    "discount": lambda counter: counter.sale.openings.discount(),
    "customer": lambda counter: counter.sale.openings.customer(),
    "package": lambda counter: counter.sale.openings.pack(),
    "deposit": lambda counter: counter.sale.openings.deposit(),
}


def hundred_scans(counter: CounterWindow) -> None:
    """A millisecond between characters and between scans, at whatever window has the keyboard."""
    at = 1_000_000
    for number in range(SCANS):
        scanner = WedgeScanner(counter.window, at=at)
        scanner.scan(CODES[number % len(CODES)], pause_ms=1)
        at = scanner.at
    settle()
    QTest.qWait(120)


def leaked(counter: CounterWindow) -> list[str]:
    """What of a code stands in any field of any window."""
    roots = {counter.application.window, *(widget for widget in QApplication.topLevelWidgets() if widget.isVisible())}
    fields = {field for root in roots for field in root.findChildren(QLineEdit)}
    return [field.text() for field in fields if any(code[:3] in field.text() for code in CODES)]


def counted(counter: CounterWindow) -> int:
    return sum(counter.quantities())


def test_a_hundred_scans_with_the_search_in_use_are_a_hundred_goods(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.key("F2")
        assert counter.sale.goods.field.hasFocus()
        hundred_scans(counter)
        assert counter.quantities() == [34, 33, 33]
        assert counter.application.sounds.played == ["accepted"] * SCANS
        assert counter.sale.counter.basket == counter.till.store.read.basket()
        assert leaked(counter) == []


def test_a_hundred_scans_while_money_is_counted_join_the_basket_and_leave_the_money(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(CODES[0])
        counter.key("F9")
        counter.type("50000")
        hundred_scans(counter)
        assert counted(counter) == SCANS + 1
        assert counter.sale.payment.desk.tendered.amount == 50_000
        assert not counter.sales()
        assert leaked(counter) == []


def test_a_hundred_scans_over_the_change_begin_the_next_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(CODES[0])
        counter.key("F9")
        counter.type("50000")
        counter.key("F9")
        assert [sale.received for sale in counter.sales()] == [50_000]
        hundred_scans(counter)
        assert counted(counter) == SCANS
        assert len(counter.sales()) == 1
        assert leaked(counter) == []


@pytest.mark.parametrize("opened", DIALOGS)
def test_a_hundred_scans_at_an_open_dialog_are_each_seen(tmp_path: Path, opened: str) -> None:
    with counter_window(tmp_path) as counter:
        DIALOGS[opened](counter)
        settle()
        dialog = counter.window
        assert isinstance(dialog, QDialog)
        before = len(counter.application.sounds.played)
        hundred_scans(counter)
        assert len(counter.application.sounds.played) - before == SCANS, "one sound each, and what is seen with it"
        if isinstance(dialog, PriceCheckDialog):
            assert dialog.price.amount > 0
            assert counted(counter) == 0
        else:
            assert counted(counter) == SCANS
        assert leaked(counter) == []


@pytest.mark.parametrize("opened", OVER_A_LINE)
def test_a_hundred_scans_while_a_line_is_being_changed_are_each_seen(tmp_path: Path, opened: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.sale.counter.set_customer("c" * 32, "Bu Rina", "")
        counter.scan(CODES[0])
        OVER_A_LINE[opened](counter)
        settle()
        dialog = counter.window
        assert isinstance(dialog, QDialog)
        counter.application.sounds.played.clear()
        hundred_scans(counter)
        assert counter.application.sounds.played == ["accepted"] * SCANS
        # a scan names the package that is asked for; everywhere else it is the next line
        assert counted(counter) == (1 if isinstance(dialog, PackDialog) else SCANS + 1)
        assert leaked(counter) == []


def test_a_hundred_scans_at_a_dialog_of_somebody_else_are_refused_in_words(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        dialog = QDialog(counter.application.window)
        field = QLineEdit(dialog)
        dialog.open()
        settle()
        field.setFocus()
        hundred_scans(counter)
        assert counter.application.sounds.played == ["error"] * SCANS
        said = [toast.accessibleName() for stack in dialog.findChildren(ToastStack) for toast in stack.toasts]
        assert said
        assert all("Tutup dulu jendela ini" in words for words in said), "where it is seen: over the dialog"
        assert counted(counter) == 0
        assert leaked(counter) == []
        dialog.close()


@pytest.mark.parametrize("room", ROOMS)
def test_a_hundred_scans_in_another_room_are_each_seen(tmp_path: Path, room: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go(room)
        settle()
        fields = [field for field in counter.application.window.findChildren(QLineEdit) if field.isVisible() and field.isEnabled()]
        if fields:
            fields[0].setFocus()
        before = len(counter.application.sounds.played)
        hundred_scans(counter)
        screen = counter.application.screen_key()
        seen = counted(counter) if screen == "sale" else len(counter.application.sounds.played) - before
        assert seen == SCANS, (screen, counter.application.sounds.played[-3:])
        assert leaked(counter) == [] or room == "goods", "the goods list searches for what was scanned"
        assert not counter.sales()


def test_a_hundred_scans_while_the_payment_page_slides_in_join_the_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=replace(Preferences(), sounds=False, reduce_motion=False)) as counter:
        counter.scan(CODES[0])
        QTest.keyClick(counter.window.windowHandle(), Qt.Key.Key_F9)
        hundred_scans(counter)
        assert counted(counter) == SCANS + 1
        assert not counter.sales()
        assert leaked(counter) == []


def test_a_hundred_scans_while_a_long_list_scrolls_are_each_seen(tmp_path: Path) -> None:
    many = [*SHELF, *((goods(f"Barang {number:03}", 1_000 + number), 10) for number in range(300))]
    with counter_window(tmp_path, many, preferences=replace(Preferences(), sounds=False, reduce_motion=False)) as counter:
        counter.application.go("goods")
        settle()
        lists = [view for view in counter.application.window.findChildren(QAbstractItemView) if view.isVisible()]
        assert lists
        for view in lists:
            QScroller.scroller(view.viewport()).scrollTo(QPointF(0, 4_000), 2_000)
        hundred_scans(counter)
        screen = counter.application.screen_key()
        seen = counted(counter) if screen == "sale" else len(counter.application.sounds.played)
        assert seen == SCANS
        assert not counter.sales()


def test_a_hundred_scans_beside_a_toast_that_comes_and_goes_are_each_a_line(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=replace(Preferences(), sounds=False, reduce_motion=False)) as counter:
        counter.application.context.told.emit("info", "Printer siap")
        hundred_scans(counter)
        counter.application.context.told.emit("fault", "Sedang luring")
        hundred_scans(counter)
        assert counted(counter) == 2 * SCANS
        assert leaked(counter) == []
