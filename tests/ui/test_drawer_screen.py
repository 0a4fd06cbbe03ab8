"""The drawer's day: opened with a float, closed by counting, the difference in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pos.ui.drawer.dialog import CloseDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle
from tests.helpers.stage import button_of, nameless

MI_CODE = "089686010947"


def click(counter: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(counter.window, words), Qt.MouseButton.LeftButton)
    settle()


def fill(counter: CounterWindow, name: str, text: str) -> None:
    field = next(field for field in counter.window.findChildren(QLineEdit) if field.isVisible() and field.accessibleName() == name)
    field.setFocus()
    field.selectAll()
    counter.type(text)


def test_the_till_is_opened_with_a_typed_float_and_selling_begins(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        click(counter, "Buka kasir")
        assert counter.application.screen_key() == "drawer"
        fill(counter, "Modal awal", "200000")
        assert counter.drawer.amount.amount == 200_000
        click(counter, "Buka laci")
        session = counter.till.store.read.session()
        assert session is not None
        assert session.float_amount == 200_000
        assert counter.application.screen_key() == "sale"
        counter.scan(MI_CODE)
        counter.key("F12")
        assert len(counter.sales()) == 1


def test_a_float_is_counted_note_by_note(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        fill(counter, "Lembar Rp50.000", "3")
        click(counter, "Rp50.000 kurangi satu")
        click(counter, "Rp500 tambah satu")
        assert counter.drawer.amount.amount == 100_500
        fill(counter, "Modal awal", "75000")
        assert counter.drawer.amount.amount == 75_000, "a total said at once stands for all"
        click(counter, "Rp500 tambah satu")
        assert counter.drawer.amount.amount == 101_000, "counting goes on where it was"


def test_an_unclear_float_opens_nothing(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        counter.application.go("drawer")
        fill(counter, "Modal awal", "12,500")
        click(counter, "Buka laci")
        assert counter.till.store.read.session() is None
        assert any("belum jelas" in toast for toast in counter.toasts())


def test_the_till_is_closed_by_counting_and_the_difference_is_said(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F12")
        counter.application.go("drawer")
        assert "Uang seharusnya Rp203.500" in counter.drawer.day.accessibleName()
        assert counter.drawer.difference.text() == "Belum dihitung"
        fill(counter, "Uang dihitung", "201500")
        assert counter.drawer.difference.text() == "Kurang Rp2.000"
        click(counter, "Tutup kasir")
        assert isinstance(counter.window, CloseDialog)
        click(counter, "Batal")
        assert counter.till.store.read.session() is not None
        click(counter, "Tutup kasir")
        click(counter, "Ya, tutup")
        assert counter.till.store.read.session() is None
        assert any("Kurang Rp2.000" in toast for toast in counter.toasts())
        assert "Kurang Rp2.000" in counter.drawer.day.accessibleName()
        assert counter.drawer.button.text() == "Buka laci"


def test_a_till_with_goods_on_the_counter_is_not_closed(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.application.go("drawer")
        fill(counter, "Uang dihitung", "200000")
        click(counter, "Tutup kasir")
        click(counter, "Ya, tutup")
        assert counter.till.store.read.session() is not None
        assert any("Masih ada barang di keranjang" in toast for toast in counter.toasts())


def test_a_scan_while_the_drawer_is_counted_goes_onto_the_counter(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        field = counter.drawer.board.rows[50_000].field
        field.setFocus()
        counter.scan(MI_CODE)
        assert field.text() == ""
        assert counter.names() == ["Mi goreng"]
        assert counter.application.screen_key() == "sale"


def test_everything_on_it_has_a_name(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        assert nameless(counter.application.window) == []


def test_what_is_not_clear_is_not_counted_by_its_beginning(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.application.go("drawer")
        settle()
        field = counter.drawer.field
        assert field.hasFocus(), "who has the sum in mind types it"
        counter.type("12,500")
        assert counter.drawer.amount.amount == 0
        assert counter.drawer.difference.text() == "Belum dihitung"
        click(counter, "Tutup kasir")
        assert any("Jumlah uang belum jelas" in toast for toast in counter.toasts())
        assert field.selectedText() == "12,500", "the next digits are the right ones"
        button = counter.drawer.button
        toasts = counter.application.window.toasts.geometry()
        assert not toasts.intersects(button.rect().translated(button.mapTo(counter.application.window, button.rect().topLeft())))
        counter.application.go("sale")
        assert counter.toasts() == [], "what did not work there is no matter here"
