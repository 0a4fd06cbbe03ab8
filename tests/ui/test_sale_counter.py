"""Selling at the counter, with a scanner, a keyboard and a real store: the stories of the sale screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from pos.services.goods import add_unknown
from pos.services.preferences import Preferences
from pos.services.shop import set_identity
from pos.ui.sale.dialogs import NewGoodsDialog, PriceCheckDialog
from pos.ui.sale.held_dialog import HeldDialog
from pos.ui.shell.help import HelpDialog
from tests.helpers.counter_window import CounterWindow, counter_window, settle, wait_until
from tests.helpers.stage import button_of, nameless

MI_CODE = "089686010947"
KOPI_CODE = "8991002105485"
SABUN_CODE = "8999999036607"


def click(window: CounterWindow, words: str) -> None:
    QTest.mouseClick(button_of(window.window, words), Qt.MouseButton.LeftButton)
    settle()


def test_three_scans_and_one_key_are_a_sale(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        for code in (MI_CODE, KOPI_CODE, SABUN_CODE):
            counter.scan(code)
        assert counter.names() == ["Mi goreng", "Kopi susu sachet", "Sabun mandi"]
        counter.key("F12")
        assert [sale.total for sale in counter.sales()] == [9_000]
        assert counter.names() == []
        assert counter.backstage.prints == 1
        assert counter.backstage.syncs == 1


def test_a_upc_with_and_without_its_zero_is_the_same_line(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.scan("0" + MI_CODE)
        assert counter.names() == ["Mi goreng"]
        assert counter.quantities() == [2]


def test_a_line_that_is_seen_is_on_disk_and_sounds(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        assert counter.sale.counter.basket == counter.till.store.read.basket()
        assert counter.sale.total.total.amount == 3_500
        assert counter.application.sounds.played == ["accepted"]


@pytest.mark.parametrize("place", ["search", "quantity", "tile", "chip", "pay"])
def test_nothing_of_a_scan_leaks_into_whatever_has_the_focus(tmp_path: Path, place: str) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(KOPI_CODE)
        sale = counter.sale
        widget = {
            "search": sale.goods.field,
            "quantity": sale.basket.rows.editor.field,
            "tile": sale.goods.grid.tiles()[0],
            "chip": sale.goods.chips.first,
            "pay": sale.total.pay_button,
        }[place]
        widget.setFocus()
        counter.scan(MI_CODE)
        QTest.qWait(120)
        assert sale.goods.field.text() == ""
        assert counter.names() == ["Kopi susu sachet", "Mi goreng"]
        assert counter.quantities() == [1, 1]
        assert not counter.sales()


def test_five_star_and_a_scan_are_five(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.type("5*")
        assert counter.sale.goods.field.text() == "5*"
        counter.scan(MI_CODE)
        assert counter.quantities() == [5]
        assert counter.sale.goods.field.text() == ""
        counter.scan(MI_CODE)
        assert counter.quantities() == [6]


def test_a_code_typed_by_hand_with_its_count_is_sold_by_enter(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.type(f"3*{MI_CODE}")
        counter.key("Return")
        assert counter.quantities() == [3]
        assert counter.sale.goods.field.text() == ""


def test_two_letters_find_and_enter_takes_the_chosen_one(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.key("F2")
        counter.type("sa")
        found = [hit.name for hit in counter.sale.goods.results.hits.hits]
        assert sorted(found) == ["Kopi susu sachet", "Sabun mandi"]
        counter.key("Down")
        counter.key("Return")
        assert counter.names() == [found[1]]
        assert counter.sale.goods.field.text() == ""
        assert counter.sale.goods.field.hasFocus()


def test_letters_typed_anywhere_are_a_search(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.sale.goods.grid.tiles()[0].setFocus()
        counter.type("tel")
        assert counter.sale.goods.field.text() == "tel"
        assert [hit.name for hit in counter.sale.goods.results.hits.hits] == ["Telur ayam"]
        counter.key("Esc")
        assert counter.sale.goods.field.text() == ""


def test_enter_alone_never_sells(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        for _ in range(3):
            counter.key("Return")
        assert counter.quantities() == [1]
        assert not counter.sales()
        counter.key("F9")
        counter.type("50000")
        counter.key("Return")
        assert not counter.sales()


def test_a_quantity_is_typed_after_f3(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F3")
        counter.type("12")
        counter.key("Return")
        assert counter.quantities() == [12]
        assert counter.sale.total.total.amount == 12 * 3_200, "the wholesale price from ten on"
        assert counter.sale.goods.field.hasFocus()


def test_half_a_kilo_is_typed_with_a_comma(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.type("telur")
        counter.key("Return")
        counter.key("F3")
        counter.type("0,5")
        counter.key("Return")
        assert counter.quantities() == [500]
        assert counter.sale.total.total.amount == 14_000


def test_an_unclear_quantity_is_said_and_changes_nothing(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F3")
        counter.type("1.5")
        counter.key("Return")
        assert counter.quantities() == [1]
        assert any("Jumlah belum jelas" in toast for toast in counter.toasts())


def test_a_quantity_that_was_typed_counts_when_the_next_good_is_scanned(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F3")
        counter.type("4")
        counter.scan(KOPI_CODE)
        assert counter.quantities() == [4, 1]


def test_plus_minus_and_del_mean_the_chosen_line(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.scan(KOPI_CODE)
        counter.type("++")
        assert counter.quantities() == [1, 3]
        counter.key("Up")
        counter.type("+")
        assert counter.quantities() == [2, 3]
        counter.type("-")
        counter.key("Del")
        assert counter.names() == ["Kopi susu sachet"]
        counter.type("---")
        assert counter.names() == []


def test_the_buttons_of_the_chosen_row_do_the_same(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        click(counter, "Tambah satu")
        click(counter, "Tambah satu")
        click(counter, "Kurangi satu")
        assert counter.quantities() == [2]
        click(counter, "Hapus baris")
        assert counter.names() == []
        click(counter, "Urungkan")
        assert counter.quantities() == [2]


def test_undo_and_redo_also_after_the_power_was_cut(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        for code in (MI_CODE, KOPI_CODE):
            counter.scan(code)
        counter.key("Del")
    with counter_window(tmp_path) as counter:
        assert counter.names() == ["Mi goreng"]
        assert [line.name for line in counter.sale.counter.basket.lines] == ["Mi goreng"]
        counter.key("Ctrl+Z")
        assert counter.names() == ["Mi goreng", "Kopi susu sachet"]
        counter.key("Ctrl+Y")
        assert counter.names() == ["Mi goreng"]


def test_a_basket_is_held_and_brought_back(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.key("F4")
        assert counter.names() == []
        counter.scan(KOPI_CODE)
        counter.key("F5")
        assert isinstance(counter.window, HeldDialog)
        click(counter, "Lanjutkan")
        assert counter.names() == ["Mi goreng"], "what was on the counter was put aside for it"
        held = counter.till.store.read.held_baskets()
        assert [line.name for basket in held for line in basket.lines] == ["Kopi susu sachet"]


def test_a_price_is_checked_without_a_basket(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.key("F7")
        counter.scan(MI_CODE)
        dialog = counter.window
        assert isinstance(dialog, PriceCheckDialog)
        assert dialog.price.amount == 3_500
        assert "grosir Rp3.200 mulai 10" in dialog.details.text()
        assert counter.names() == []
        click(counter, "Masukkan keranjang")
        assert counter.names() == ["Mi goreng"]


def test_an_unknown_code_sounds_and_is_sold_at_once_when_it_is_named(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan("8990000000017")
        assert counter.application.sounds.played == ["unknown"]
        assert any("8990000000017" in toast for toast in counter.toasts())
        click(counter, "Tambah barang")
        dialog = counter.window
        assert isinstance(dialog, NewGoodsDialog)
        counter.type("Kerupuk udang")
        counter.key("Return")
        counter.type("2500")
        counter.key("Return")
        assert counter.names() == ["Kerupuk udang"]
        assert counter.sale.total.total.amount == 2_500
        counter.scan("8990000000017")
        assert counter.quantities() == [2]


def test_new_goods_without_a_name_or_price_are_refused_in_words(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan("8990000000017")
        click(counter, "Tambah barang")
        click(counter, "Simpan dan jual")
        assert counter.window.trouble.text() == "Isi namanya dulu."  # type: ignore[attr-defined]
        counter.type("Kerupuk")
        counter.key("Return")
        counter.type("12,500")
        click(counter, "Simpan dan jual")
        assert "dua cara" in counter.window.trouble.text()  # type: ignore[attr-defined]
        assert counter.till.store.read.find_unit("8990000000017") is None


@pytest.mark.parametrize("opened", ["held", "price", "new", "help", "categories"])
def test_a_scan_while_a_dialog_is_open_is_not_lost_and_leaks_nothing(tmp_path: Path, opened: str) -> None:
    with counter_window(tmp_path) as counter:
        {
            "held": counter.sale.openings.recall,
            "price": counter.sale.openings.check_price,
            "new": lambda: counter.sale.openings.new_goods("123456"),
            "help": counter.application.show_help,
            "categories": counter.sale.goods._all_categories,
        }[opened]()
        settle()
        dialog = counter.window
        assert isinstance(dialog, QDialog)
        fields = dialog.findChildren(QLineEdit)
        counter.scan(MI_CODE)
        QTest.qWait(120)
        seen = counter.names() == ["Mi goreng"] or (isinstance(dialog, PriceCheckDialog) and dialog.price.amount == 3_500)
        assert seen
        if dialog is QApplication.activeModalWidget():
            assert all(MI_CODE[:3] not in field.text() for field in fields)
        assert counter.sale.goods.field.text() == ""


def test_a_scan_while_a_foreign_dialog_is_open_is_refused_in_words(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        dialog = QDialog(counter.application.window)
        field = QLineEdit(dialog)
        dialog.open()
        wait_until(lambda: counter.window is dialog and dialog.isActiveWindow(), "the dialog is open")
        counter.scan(MI_CODE)
        QTest.qWait(120)
        assert field.text() == ""
        assert counter.names() == []
        assert counter.application.sounds.played == ["error"]
        assert dialog.findChildren(QDialog) == []
        dialog.close()


def test_the_help_tells_of_the_screen_and_its_keys(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.key("F1")
        dialog = counter.window
        assert isinstance(dialog, HelpDialog)
        assert dialog.windowTitle() == "Bantuan: Kasir"
        counter.key("Esc")
        assert counter.window is counter.application.window


def test_without_an_open_drawer_the_way_to_it_is_offered_and_the_basket_stays(tmp_path: Path) -> None:
    with counter_window(tmp_path, session=False) as counter:
        assert "Buka kasir" in counter.sale.total.pay_button.text()
        counter.scan(MI_CODE)
        counter.key("F12")
        assert not counter.sales()
        assert counter.application.screen_key() == "drawer"
        assert any("Kasir belum dibuka" in toast for toast in counter.toasts())
        assert counter.names() == ["Mi goreng"]


def test_an_empty_counter_says_the_next_step(tmp_path: Path) -> None:
    with counter_window(tmp_path, shelf=()) as counter:
        assert counter.sale.basket.empty.accessibleName() == "Pindai barang pertama"
        assert not counter.sale.total.pay_button.isEnabled()
        counter.key("F9")
        assert counter.application.screen_key() == "sale"
        assert any("Keranjang kosong" in toast for toast in counter.toasts())


def test_another_language_theme_or_size_keeps_the_basket_and_the_choice(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        counter.scan(KOPI_CODE)
        counter.key("Up")
        context = counter.application.context
        context.preferences = replace(context.preferences, language="en", theme="dark")
        context.preferences_changed.emit()
        settle()
        assert counter.sale.total.pay_button.text() == "PAY"
        assert [line.name for line in counter.sale.counter.basket.lines] == ["Mi goreng", "Kopi susu sachet"]
        assert counter.sale.counter.line is not None
        assert counter.sale.counter.line.name == "Mi goreng"
        context.preferences = replace(context.preferences, text_scale=125)
        context.preferences_changed.emit()
        QTest.qWait(20)
        assert [line.name for line in counter.sale.counter.basket.lines] == ["Mi goreng", "Kopi susu sachet"]
        assert len(counter.kept) == 2
        counter.scan(SABUN_CODE)
        assert len(counter.names()) == 3


def test_what_a_person_acts_on_has_a_name(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        counter.scan(MI_CODE)
        assert nameless(counter.application.window) == []
        counter.key("F9")
        assert nameless(counter.application.window) == []


def test_the_change_stays_in_sight_where_there_is_little_room(tmp_path: Path) -> None:
    preferences = replace(Preferences(), sounds=False, reduce_motion=True, text_scale=125)
    with counter_window(tmp_path, size=(1366, 748), preferences=preferences) as counter:
        counter.scan(MI_CODE)
        counter.key("F9")
        counter.type("50000")
        counter.key("F9")
        counter.scan(KOPI_CODE)
        counter.key("Del")
        settle()
        last = counter.sale.basket.last
        assert last.isVisible()
        assert last.rows.height() >= last.rows.sizeHint().height(), "no row of it is left out"


def test_a_name_pasted_from_several_lines_stands_on_one(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        product = add_unknown(counter.till, "", " Kopi \n enak\t& kental\r\n", 3_500)
        assert product.name == "Kopi enak & kental"
        set_identity(counter.till, "Toko\nSinar Jaya", "Jl. Kenanga 12\tSurabaya", "Bu\u2028Siti")
        shop = counter.till.store.read.shop()
        assert (shop.name, shop.address, shop.cashier) == ("Toko Sinar Jaya", "Jl. Kenanga 12 Surabaya", "Bu Siti")
