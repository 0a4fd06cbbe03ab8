"""What the customer sees on a screen of their own, and that it never takes the till's keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.qris_request import QrisRequest, QrisSource
from pos.domain.sale import TenderState
from pos.services.preferences import Preferences
from pos.ui.customer_display.display import CustomerDisplay, second_screen
from pos.ui.settings.changing import change
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.paying import sticker
from tests.helpers.stage import words_of

MI_CODE, KOPI_CODE, SABUN_CODE = "089686010947", "8991002105485", "8999999036607"
TRIED = replace(Preferences(), sounds=False, reduce_motion=True, customer_display="window")


def display_of(counter: CounterWindow) -> CustomerDisplay:
    second = counter.application._second
    assert second is not None
    assert second.display is not None
    return second.display


def seen(counter: CounterWindow) -> str:
    settle()
    page = display_of(counter).pages.shown()
    assert page is not None
    return "\n".join(words_of(page))


def test_it_welcomes_shows_every_scan_and_thanks(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        assert "Selamat datang" in seen(counter)
        assert "Toko Sinar Jaya" in seen(counter)
        counter.scan(MI_CODE)
        assert "Mi goreng" in seen(counter)
        counter.scan(KOPI_CODE)
        page = display_of(counter).pages.basket
        assert page.total.amount == 5_000
        assert "1 sachet × Rp1.500" in seen(counter)
        counter.key("F12")
        assert len(counter.sales()) == 1
        assert "Terima kasih" in seen(counter)
        assert display_of(counter).pages.thanks.amount.amount == 5_000
        counter.scan(SABUN_CODE)
        assert "Sabun mandi" in seen(counter), "the next customer's goods take the place of the thanks"


def test_the_last_item_is_marked_wherever_it_stands(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        for code in (MI_CODE, KOPI_CODE, MI_CODE):
            counter.scan(code)
        lines = display_of(counter).pages.basket.lines
        assert [(line.name.text(), line.name._token.value) for line in lines[:2]] == [
            ("Mi goreng", "daun_teks"),
            ("Kopi susu sachet", "tinta"),
        ]


def test_thanks_end_by_themselves(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        counter.scan(MI_CODE)
        counter.key("F12")
        assert "Terima kasih" in seen(counter)
        display_of(counter)._rest.timeout.emit()
        assert "Selamat datang" in seen(counter)


def test_a_qr_is_shown_while_its_money_is_waited_for(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        counter.scan(MI_CODE)
        payload = sticker()
        request = QrisRequest("a" * 32, "b" * 32, 3_500, payload, QrisSource.SERVER, "ID1099000000001", "TOKO SINAR JAYA", 0, 0)
        counter.application.context.customer.emit(request)
        assert "ID1099000000001" in seen(counter)
        pages = display_of(counter).pages
        assert pages.qr.amount.amount == 3_500
        assert pages.qr.code.code_px() >= 320
        counter.application.context.customer.emit(replace(request, state=TenderState.EXPIRED))
        assert "Tunggu sebentar." in seen(counter)
        counter.application.context.customer.emit(None)
        assert "Mi goreng" in seen(counter)


def test_the_till_keeps_the_keyboard_whatever_is_clicked(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        pages = display_of(counter).pages
        assert pages.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
        QTest.mouseClick(pages, Qt.MouseButton.LeftButton)
        QApplication.sendEvent(pages, QEvent(QEvent.Type.WindowActivate))
        wait_until(counter.application.window.isActiveWindow, "the till has it again")
        counter.scan(MI_CODE)
        counter.key("F12")
        assert len(counter.sales()) == 1
        assert [child for child in pages.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def test_it_is_switched_on_and_off_while_selling(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        assert counter.application._second is not None
        assert counter.application._second.display is None
        counter.scan(MI_CODE)
        change(counter.application.context, customer_display="window")
        assert "Mi goreng" in seen(counter), "what is on the counter is there at once"
        change(counter.application.context, customer_display="off")
        assert counter.application._second.display is None


def test_a_second_screen_is_waited_for_where_there_is_none(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        change(counter.application.context, customer_display="screen")
        settle()
        one = QGuiApplication.screens()
        assert second_screen(one[0], one) is None
        assert not display_of(counter).pages.isVisible(), "over the only screen it would hide the till"


def test_it_speaks_the_language_of_the_till(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        counter.scan(MI_CODE)
        counter.key("F12")
        change(counter.application.context, language="en")
        display_of(counter)._rest.timeout.emit()
        assert "Welcome" in seen(counter)


def test_nothing_of_a_person_is_on_it(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=TRIED) as counter:
        from pos.services import customers
        from pos.services.selling_lines import set_customer

        counter.scan(MI_CODE)
        rina = customers.add_customer(counter.till, "Bu Rina", phone="081234564321")
        set_customer(counter.till, rina.uid, rina.name, rina.group)
        counter.scan(KOPI_CODE)
        assert "Rina" not in seen(counter)
        assert "4321" not in seen(counter)
