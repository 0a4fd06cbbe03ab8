"""The window around the screens: it paints before it loads, loses no scan, says what is, and rings for new orders."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from pos.domain.changed import Changed
from pos.domain.errors import ErrorCode, ShopError
from pos.domain.sale import short_number
from pos.services.ports import Till
from pos.services.preferences import Preferences
from pos.ui.application import Application
from pos.ui.one_instance import OneInstance
from pos.ui.shell.loaded import Loaded
from pos.ui.workers import Round
from tests.helpers.counter_window import QuietBackstage, counter_window, settle, wait_until, window_over
from tests.helpers.orders import SEAL, UID, order
from tests.helpers.scanner import WedgeScanner
from tests.helpers.shops import open_market, open_till
from tests.helpers.stage import button_of, words_of

MI_CODE = "089686010947"
QUIET = replace(Preferences(), sounds=False, reduce_motion=True)


def brought(till: Till, close: list[str] | None = None) -> Loaded:
    return Loaded(
        till,
        QuietBackstage(),
        None,
        None,
        lambda preferences: till,
        lambda sync, paper, update: None,
        lambda: (close if close is not None else []).append("closed"),
    )


def ready(application: Application) -> None:
    done: list[bool] = []
    application.when_ready(lambda: done.append(True))
    wait_until(lambda: bool(done), "the window becomes ready")


def test_the_window_is_painted_before_the_shop_is_loaded_and_a_scan_meanwhile_is_not_lost(tmp_path: Path) -> None:
    may_load = threading.Event()
    with open_market(tmp_path) as till:

        def load() -> Loaded:
            may_load.wait(20)
            return brought(till)

        application = Application(load, QUIET, (1366, 768))
        painted: list[bool] = []
        application.when_painted(lambda: painted.append(True))
        try:
            wait_until(lambda: bool(painted), "the skeleton is painted")
            assert application.screen_key() == ""
            with pytest.raises(RuntimeError):
                _ = application.till
            application.window.activateWindow()
            wait_until(application.window.isActiveWindow, "the window is the active one")
            WedgeScanner(application.window).scan(MI_CODE)
            assert till.store.read.basket().lines == ()
            may_load.set()
            ready(application)
            assert [line.name for line in till.store.read.basket().lines] == ["Mi goreng"]
            assert application.screen_key() == "sale"
        finally:
            may_load.set()
            application.close()


def test_a_shop_that_cannot_be_opened_is_said_and_tried_again(tmp_path: Path) -> None:
    tries: list[int] = []
    closed: list[str] = []
    with open_market(tmp_path) as till:

        def load() -> Loaded:
            tries.append(1)
            if len(tries) == 1:
                raise ShopError(ErrorCode.STORE_NEWER)
            return brought(till, closed)

        application = Application(load, QUIET, (1366, 768))
        try:
            wait_until(lambda: "Coba lagi" in words_of(application.window), "the page says what is")
            assert "Data ini dari program yang lebih baru" in words_of(application.window)
            assert not application.window.rail.isVisible()
            QTest.mouseClick(button_of(application.window, "Coba lagi"), Qt.MouseButton.LeftButton)
            ready(application)
            assert application.screen_key() == "sale"
        finally:
            application.close()
    assert closed == ["closed"]


def test_a_bug_while_opening_is_said_calmly(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def load() -> Loaded:
        raise KeyError("a bug")

    application = Application(load, QUIET, (1024, 768))
    try:
        wait_until(lambda: "Toko belum bisa dibuka" in words_of(application.window), "the page says what is")
        assert "a bug" in caplog.text
    finally:
        application.close()


def test_a_window_closed_while_the_shop_is_loading_closes_the_shop(tmp_path: Path) -> None:
    closed: list[str] = []
    may_load = threading.Event()
    with open_market(tmp_path) as till:

        def load() -> Loaded:
            may_load.wait(20)
            return brought(till, closed)

        application = Application(load, QUIET, (1366, 768))
        painted: list[bool] = []
        application.when_painted(lambda: painted.append(True))
        wait_until(lambda: bool(painted), "the skeleton is painted")
        QTest.qWait(10)
        may_load.set()
        application.close()
        settle()
    assert closed == ["closed"]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_brings_the_window_to_the_front(tmp_path: Path) -> None:
    first, second = OneInstance(tmp_path), OneInstance(tmp_path)
    assert first.claim()
    with open_market(tmp_path) as till:
        application = Application(lambda: brought(till), QUIET, (1366, 768), first)
        try:
            ready(application)
            application.window.showMinimized()
            assert not second.claim()
            wait_until(lambda: not application.window.isMinimized(), "the window is back")
        finally:
            application.close()
    third = OneInstance(tmp_path)
    assert third.claim(), "closing lets the folder go"
    third.release()


def test_the_pills_say_what_is_and_lead_there(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        header = counter.application.window.header
        line = header.pill("line")
        assert line is not None
        assert line.text() == "Belum tersambung"
        counter.backstage.printer = "trouble"
        counter.application.context.changed.emit(Changed(print_jobs=True))
        printer = header.pill("printer")
        assert printer is not None
        assert printer.text() == "Cek printer"
        session = header.pill("session")
        assert session is not None
        QTest.mouseClick(session, Qt.MouseButton.LeftButton)
        assert counter.application.screen_key() == "drawer"


def test_the_rail_leads_to_every_room_and_lainnya_to_the_rest(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        for word, key in (("Pesanan", "orders"), ("Barang", "goods"), ("Nota", "history"), ("Kasir", "sale")):
            QTest.mouseClick(button_of(counter.application.window.rail, word), Qt.MouseButton.LeftButton)
            assert counter.application.screen_key() == key
        for word, key in (("Laci", "drawer"), ("Kesehatan", "health"), ("Pengaturan", "settings")):
            QTest.mouseClick(button_of(counter.application.window.rail, "Lainnya"), Qt.MouseButton.LeftButton)
            QTest.mouseClick(button_of(counter.application.window, word), Qt.MouseButton.LeftButton)
            settle()
            assert counter.application.screen_key() == key


def test_a_narrow_window_folds_the_rail_into_the_menu(tmp_path: Path) -> None:
    with counter_window(tmp_path, size=(1024, 768)) as counter:
        window = counter.application.window
        assert not window.rail.isVisible()
        QTest.mouseClick(button_of(window, "Menu"), Qt.MouseButton.LeftButton)
        QTest.mouseClick(button_of(window, "Nota"), Qt.MouseButton.LeftButton)
        settle()
        assert counter.application.screen_key() == "history"
        QTest.mouseClick(button_of(window, "Menu"), Qt.MouseButton.LeftButton)
        counter.key("Esc")
        settle()
        assert "Bantuan" not in [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible()]


def test_a_new_order_rings_until_it_is_opened(tmp_path: Path) -> None:
    rounds = [Round(Changed(orders=True), (UID,), 60.0)]
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.put_order(order())
            work.commit()
        with window_over(till, sync_once=lambda: rounds.pop() if rounds else Round(next_in=60.0)) as counter:
            application = counter.application
            wait_until(lambda: "new_order" in application.sounds.played, "it rings")
            assert any("Pesanan baru" in toast for toast in counter.toasts())
            assert application._alarm.ringing
            counter.key("F2")
            rung = application.sounds.played.count("new_order")
            application._alarm._timer.timeout.emit()
            assert application.sounds.played.count("new_order") == rung + 1
            assert counter.toasts() == [], "what it covers is worked on; the pill goes on saying it"
            pill = application.window.header.pill("orders")
            assert pill is not None
            QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
            settle()
            assert application.screen_key() == "orders"
            assert not application._alarm.ringing


@pytest.mark.parametrize("key", ["drawer", "orders", "goods", "history", "health", "settings"])
def test_esc_leads_from_every_room_back_to_the_counter(tmp_path: Path, key: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go(key)
        settle()
        counter.key("Esc")
        assert counter.application.screen_key() == "sale"
        assert counter.sale.goods.field.hasFocus()


def test_the_nota_on_the_counter_has_the_number_that_it_will_get(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        for _ in range(2):
            counter.scan(MI_CODE)
            counter.key("F12")
        assert counter.sale.basket.number == "3"
        with counter.till.store.begin() as work:
            work.start_epoch(7)
            work.commit()
        counter.application.context.changed.emit(Changed(shop=True))
        assert counter.sale.basket.number == "1", "numbers begin anew with an epoch"
        counter.scan(MI_CODE)
        counter.key("F12")
        assert short_number(counter.sales()[0].number) == "1"
        assert counter.sale.basket.number == "2"


def test_a_bug_in_a_click_is_logged_and_the_till_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with counter_window(tmp_path) as counter:
        try:
            raise LookupError("a bug in a slot")
        except LookupError as bug:
            sys.excepthook(type(bug), bug, bug.__traceback__)
        settle()
        assert any("Ada yang tidak beres" in toast for toast in counter.toasts())
        counter.scan(MI_CODE)
        assert counter.names() == ["Mi goreng"]
    assert "a bug in a slot" in caplog.text


@pytest.mark.parametrize(("size", "scale"), [((1024, 768), 100), ((1366, 768), 100), ((1366, 768), 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_window_fits_with_every_screen_in_it(tmp_path: Path, size: tuple[int, int], scale: int, language: str) -> None:
    preferences = replace(QUIET, text_scale=scale, language=language)
    with counter_window(tmp_path, size=size, preferences=preferences) as counter:
        application = counter.application
        counter.scan(MI_CODE)
        for key in ("sale", "drawer", "orders", "goods", "history", "health", "settings"):
            application.go(key)
            settle()
            least = application.window.minimumSizeHint()
            assert least.width() <= size[0], key
            assert least.height() <= size[1], key
            assert (application.window.width(), application.window.height()) == size, key
        application.go("sale")
        counter.key("F9")
        assert (application.window.width(), application.window.height()) == size


def test_the_same_basket_is_there_after_the_power_was_cut(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.scan(MI_CODE)
    with open_till(tmp_path) as till, window_over(till) as counter:
        assert [line.quantity for line in counter.sale.counter.basket.lines] == [2]
        assert counter.sale.total.total.amount == 7_000


def test_a_buyers_code_scanned_at_the_counter_goes_to_the_orders_and_not_into_the_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(SEAL.code(UID))
        assert counter.application.screen_key() == "orders"
        assert counter.names() == []
        assert not any("Belum terdaftar" in toast for toast in counter.toasts())


def test_larger_text_leaves_one_where_one_chose_it(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        application = counter.application
        application.go("settings#look")
        application.context.preferences = replace(application.context.preferences, text_scale=125)
        application.context.preferences_changed.emit()
        settle()
        assert application.screen_key() == "settings"
        assert application.screen("settings").part_shown() == "look"
