"""Toasts over the window: they are seen, they pass, and they are not in the way of what is done."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from pos.services.preferences import Preferences
from pos.ui.widgets.dialog import Dialog
from pos.ui.widgets.text import Text
from pos.ui.widgets.toast import ToastStack
from tests.helpers.counter_window import counter_window, settle, wait_until, window_over
from tests.helpers.orders import UID, order
from tests.helpers.shops import open_market
from tests.helpers.stage import button_of

MI_CODE = "089686010947"


def test_a_new_order_leads_to_the_orders_and_waits_while_money_is_counted(tmp_path: Path) -> None:
    with counter_window(tmp_path, size=(1024, 768)) as counter:
        counter.scan(MI_CODE)
        counter.key("F9")
        alarm = counter.application._alarm
        alarm.came((UID,))
        settle()
        (toast,) = counter.application.window.toasts.toasts
        assert not toast.isVisible(), "the keypad is not covered"
        counter.key("Esc")
        assert toast.isVisible()
        QTest.mouseClick(button_of(toast, "Nanti"), Qt.MouseButton.LeftButton)
        settle()
        assert counter.toasts() == []
        assert alarm.ringing, "it still waits"
        alarm.came((UID, "b1" * 16))
        settle()
        assert counter.toasts() == ["2 pesanan baru!. Lihat apakah barangnya masih ada di rak."]
        QTest.mouseClick(button_of(counter.application.window, "Lihat pesanan"), Qt.MouseButton.LeftButton)
        settle()
        assert counter.application.screen_key() == "orders"
        assert counter.toasts() == []


def test_new_orders_left_unread_are_not_shown_again_at_once(tmp_path: Path) -> None:
    with open_market(tmp_path) as till:
        with till.store.begin() as work:
            work.put_order(order())
            work.put_order(order(uid="b" * 32, number="4822", short_code="7K242"))
            work.commit()
        with window_over(till) as counter:
            application = counter.application
            assert len(counter.toasts()) == 1
            application.go("orders")
            settle()
            application.go("sale")
            settle()
            assert till.store.read.unseen_orders() == 1
            assert counter.toasts() == []
            assert application._alarm.ringing


def test_what_is_said_of_a_scan_goes_with_the_next_scan_with_esc_and_with_another_room(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan("8990000000017")
        assert any("Belum terdaftar" in toast for toast in counter.toasts())
        counter.scan(MI_CODE)
        assert counter.toasts() == []
        counter.scan("8990000000017")
        counter.key("Esc")
        assert counter.toasts() == []
        counter.scan("8990000000017")
        counter.application.go("goods")
        assert counter.toasts() == []
        counter.application.go("sale")
        counter.scan("8990000000017")
        counter.key("F9")
        assert counter.toasts() == []
        counter.scan("8990000000024")
        assert len(counter.toasts()) == 1, "while money is counted it is said, too"
        counter.key("Esc")
        assert counter.toasts() == []


def test_a_scan_that_a_dialog_has_no_use_for_is_said_once_and_passes(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        dialog = Dialog("Sebuah pertanyaan", counter.application.window)
        dialog.open()
        wait_until(dialog.isActiveWindow, "the dialog has the keyboard")
        for _ in range(3):
            counter.scan(MI_CODE)
        stack = dialog.findChild(ToastStack)
        assert isinstance(stack, ToastStack)
        assert [toast.title for toast in stack.toasts] == ["Tutup dulu jendela ini, lalu pindai lagi"]
        assert counter.names() == []


def test_a_bug_in_telling_of_a_bug_does_not_tell_of_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(kind: str, sentence: str) -> None:
        raise KeyError(f"a bug while telling: {kind}")

    with counter_window(tmp_path) as counter:
        counter.application.telling.tell = broken  # type: ignore[method-assign]
        try:
            raise LookupError("the first bug")
        except LookupError as bug:
            sys.excepthook(type(bug), bug, bug.__traceback__)
        settle()
        counter.scan(MI_CODE)
        assert counter.names() == ["Mi goreng"]
    bugs = [record.exc_info[0] for record in caplog.records if record.name == "pos.bug" and record.exc_info]
    assert bugs == [LookupError, KeyError]


def test_a_toast_never_covers_the_counter(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        window = counter.application.window
        counter.application.go("drawer")
        counter.application.context.told.emit("info", "Kasir buka. Silakan.")
        counter.application.go("sale")
        counter.scan(MI_CODE)
        settle()
        toasts = window.toasts.geometry()
        total = counter.sale.total
        assert not toasts.intersects(total.rect().translated(total.mapTo(window, total.rect().topLeft())))
        counter.key("F9")
        assert counter.toasts() == [], "nobody who counts money needs it"


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 100), ((1024, 768), 100), ((1366, 768), 125)], ids=["1366", "1024", "large letters"]
)
def test_what_is_said_while_money_is_counted_covers_no_key_no_way_to_pay_and_no_figure(
    tmp_path: Path, size: tuple[int, int], scale: int
) -> None:
    with counter_window(tmp_path, size=size, preferences=Preferences(text_scale=scale)) as counter:
        window = counter.application.window
        counter.scan(MI_CODE)
        counter.key("F9")
        counter.type("50000")
        counter.application.context.told.emit("fault", "Printer tidak menjawab. Struknya menunggu.")
        counter.scan("8990000000017")
        settle()
        toasts = window.toasts.toasts
        assert len(toasts) == 2
        assert toasts[-1].isVisible()
        place = window.toasts.geometry()
        money = (counter.sale.payment.change.amount, counter.sale.payment.desk.received.amount)
        free = [*window.findChildren(QAbstractButton), *money]
        covered = [
            part
            for part in free
            if part.isVisible()
            and not window.toasts.isAncestorOf(part)
            and place.intersects(part.rect().translated(part.mapTo(window, part.rect().topLeft())))
        ]
        assert window.rect().contains(place)
        assert covered == []
        toasts[-1].close_now()
        settle()
        assert toasts[0].isVisible(), "an older one that there was no room for is said next"


def test_a_toast_in_a_dialog_stands_above_its_buttons(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        dialog = Dialog("Ada yang belum dicentang", counter.application.window, width=560)
        dialog.body.addWidget(Text("Kalau tidak ada di rak, tolak pesanannya supaya pembeli tidak menunggu. " * 3, wrap=True))
        answer = dialog.add_button("Masih ada, terima")
        dialog.open()
        wait_until(dialog.isActiveWindow, "the dialog has the keyboard")
        counter.scan(MI_CODE)
        stack = dialog.findChild(ToastStack)
        assert isinstance(stack, ToastStack)
        assert stack.isVisible()
        assert not stack.geometry().intersects(answer.geometry())


def test_a_code_longer_than_any_barcode_is_said_by_its_beginning(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan("9" * 60)
        (toast,) = counter.application.window.toasts.toasts
        assert f"Kode {'9' * 18}… belum ada" in toast.accessibleName()


def test_another_language_leaves_no_word_of_the_one_before(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        context = counter.application.context
        context.told.emit("info", "Kasir buka. Silakan.")
        context.preferences = replace(context.preferences, language="en")
        context.preferences_changed.emit()
        assert counter.toasts() == []
