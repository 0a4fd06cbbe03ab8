"""Several goods ticked in the list, and what is done to them together: prices by percent, category, online, labels; and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.product import Regulation
from pos.services.goods import put_catalogue
from pos.ui.goods.bulk import CategoryDialog, ListingDialog
from pos.ui.goods.bulk_prices import RaiseDialog, read_percent
from pos.ui.goods.screen import GoodsScreen
from pos.ui.goods.ticks import GoodsView
from pos.ui.language import set_language
from pos.ui.papers.label_dialog import LabelDialog
from pos.ui.theme.look import look
from tests.helpers.shops import MI, SHELF, goods
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

ROKOK = replace(goods("Rokok kretek", 27_000, "8999909096004", category="Rokok"), regulation=Regulation.TOBACCO)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        put_catalogue(made.context.till, [*SHELF, (ROKOK, 10)])
        yield made


@pytest.fixture
def screen(shop: Stage, qtbot: QtBot) -> GoodsScreen:
    made = GoodsScreen(shop.context)
    qtbot.addWidget(made)
    shop.show(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def view_of(screen: GoodsScreen) -> GoodsView:
    view = screen.findChild(GoodsView)
    assert isinstance(view, GoodsView)
    view.setFocus()
    return view


def touch(view: QListView, place: int, x: int = 300, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = view.visualRect(view.model().index(place, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, QPoint(x, at.center().y()))


def ticked(view: QListView) -> list[str]:
    said = [str(view.model().index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for place in range(view.model().rowCount())]
    return [words.partition(",")[0] for words in said if words.endswith("dicentang")]


def price(shop: Stage, uid: str) -> int:
    product = shop.context.till.store.read.product(uid)
    assert product is not None
    return product.units[product.sell_unit].prices[0].amount


def raise_five(screen: GoodsScreen, shop: Stage, qtbot: QtBot) -> RaiseDialog:
    button_of(screen, "Harga").click()
    asked = screen.findChild(RaiseDialog)
    assert isinstance(asked, RaiseDialog)
    asked.percent.setText("5")
    qtbot.waitUntil(lambda: asked.yes.isEnabled())
    return asked


def test_space_ticks_a_row_and_the_bar_counts_it(screen: GoodsScreen) -> None:
    view = view_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert ticked(view) == ["Mi goreng", "Kopi susu sachet"]
    assert "2 dicentang" in words_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert ticked(view) == ["Mi goreng"]


def test_shift_ticks_a_row_after_the_other_and_ctrl_a_all_of_them(screen: GoodsScreen) -> None:
    view = view_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert ticked(view) == ["Mi goreng", "Kopi susu sachet", "Sabun mandi"]
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(ticked(view)) == 5
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert ticked(view) == []


def test_a_finger_ticks_boxes_and_chooses_rows_beside_them(screen: GoodsScreen) -> None:
    view = view_of(screen)
    button_of(screen, "Centang").click()
    touch(view, 1, 20)
    touch(view, 3, 20)
    touch(view, 2, 300)
    assert ticked(view) == ["Kopi susu sachet", "Telur ayam"]
    assert view.currentIndex().row() == 2
    touch(view, 3, 20)
    assert ticked(view) == ["Kopi susu sachet"]


def test_ctrl_and_shift_with_the_pointer_tick_as_everywhere(screen: GoodsScreen) -> None:
    view = view_of(screen)
    touch(view, 0, keys=Qt.KeyboardModifier.ControlModifier)
    touch(view, 2, keys=Qt.KeyboardModifier.ShiftModifier)
    assert ticked(view) == ["Mi goreng", "Kopi susu sachet", "Sabun mandi"]


def test_ticks_stay_through_a_search(screen: GoodsScreen, qtbot: QtBot) -> None:
    view = view_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Space)
    screen.scanned("8999999036607")
    assert view.model().rowCount() == 1
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert "2 dicentang" in words_of(screen)


def test_prices_are_seen_before_they_change_and_taken_back_with_ctrl_z(screen: GoodsScreen, shop: Stage, qtbot: QtBot) -> None:
    offers: list[str] = []
    shop.context.offered.connect(lambda _title, sentence, _word, _act: offers.append(sentence))
    view = view_of(screen)
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    asked = raise_five(screen, shop, qtbot)
    said = [str(asked.model.index(place, 0).data()) for place in range(asked.model.rowCount())]
    assert said[0] == "Mi goreng · bungkus · Eceran: Rp3.500 menjadi Rp3.700"
    assert "4 harga berubah. Bisa diurungkan." in words_of(asked)
    assert price(shop, MI.uid) == 3_500
    button_of(asked, "Ubah harga").click()
    qtbot.waitUntil(lambda: price(shop, MI.uid) == 3_700)
    qtbot.waitUntil(lambda: offers == ["3 barang diubah."])
    assert ticked(view) == []
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: price(shop, MI.uid) == 3_500)
    qtbot.waitUntil(lambda: ("good", "Sudah seperti semula.") in shop.told)


def test_a_loss_is_said_before_it_happens(screen: GoodsScreen, shop: Stage, qtbot: QtBot) -> None:
    view = view_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Space)
    button_of(screen, "Harga").click()
    asked = screen.findChild(RaiseDialog)
    assert isinstance(asked, RaiseDialog)
    asked.way.choose("down")
    asked.percent.setText("30")
    qtbot.waitUntil(lambda: any("di bawah modal" in words for words in words_of(asked)))
    asked.percent.setText("lima")
    qtbot.waitUntil(lambda: any("Persennya terlalu jauh" in words for words in words_of(asked)))
    assert not asked.yes.isEnabled()
    asked.reject()


def test_the_toast_takes_a_category_back(screen: GoodsScreen, shop: Stage, qtbot: QtBot) -> None:
    backs: list[object] = []
    shop.context.offered.connect(lambda _title, _sentence, _word, act: backs.append(act))
    read = shop.context.till.store.read
    view = view_of(screen)
    QTest.keyClick(view, Qt.Key.Key_Space)
    button_of(screen, "Kategori").click()
    asked = screen.findChild(CategoryDialog)
    assert isinstance(asked, CategoryDialog)
    asked.name.setText("Titipan")
    button_of(asked, "Pindahkan").click()
    qtbot.waitUntil(lambda: "Titipan" in dict(read.categories()))
    qtbot.waitUntil(lambda: len(backs) == 1)
    backs[0]()  # type: ignore[operator]
    qtbot.waitUntil(lambda: "Titipan" not in dict(read.categories()))
    qtbot.waitUntil(lambda: ("good", "Sudah seperti semula.") in shop.told)


def test_all_are_listed_but_the_tobacco(screen: GoodsScreen, shop: Stage, qtbot: QtBot) -> None:
    offers: list[str] = []
    shop.context.offered.connect(lambda _title, sentence, _word, _act: offers.append(sentence))
    QTest.keyClick(view_of(screen), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    button_of(screen, "Online").click()
    asked = screen.findChild(ListingDialog)
    assert isinstance(asked, ListingDialog)
    button_of(asked, "Tampilkan di e-Peken").click()
    qtbot.waitUntil(lambda: offers == ["4 barang diubah. 1 rokok dilewati (PP 28/2024)."])
    product = shop.context.till.store.read.product(ROKOK.uid)
    assert product is not None
    assert not product.listed_online


def test_labels_are_printed_of_the_ticked_rows(screen: GoodsScreen, shop: Stage) -> None:
    view = view_of(screen)
    touch(view, 0, keys=Qt.KeyboardModifier.ControlModifier)
    touch(view, 3, keys=Qt.KeyboardModifier.ControlModifier)
    button_of(screen, "Label").click()
    asked = screen.findChild(LabelDialog)
    assert isinstance(asked, LabelDialog)
    assert button_of(asked, "Dicentang (2)").isChecked()
    assert [label.name for label in asked._labels()] == ["Mi goreng", "Telur ayam"]
    asked.reject()


def test_a_percentage_is_read_as_it_is_written() -> None:
    assert [read_percent(typed) for typed in ("5", "7,5", "2,25 %", "10%")] == [500, 750, 225, 1_000]
    for typed in ("", "5.5", "-5", "lima", "٥"):
        with pytest.raises(ShopError) as error:
            read_percent(typed)
        assert error.value.code is ErrorCode.PERCENT_OUT_OF_RANGE


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_bar_fits_the_window(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str) -> None:
    set_language(language)
    look().use("light", scale)
    made = GoodsScreen(shop.context)
    qtbot.addWidget(made)
    shop.show(made, width)
    QTest.keyClick(view_of(made), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    need = made.minimumSizeHint()
    assert (need.width() <= width, need.height() <= 704) == (True, True), need
    assert nameless(made) == []
