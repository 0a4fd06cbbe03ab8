"""The page of goods that stand in the list twice: seen side by side, made one, or left as two for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.services.goods import put_catalogue
from pos.services.selling import scan
from pos.ui.goods.screen import GoodsScreen
from pos.ui.goods.twins.page import TwinsPage
from pos.ui.language import set_language
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind
from tests.helpers.shops import MI, SHELF, goods
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

TWIN = goods("Mi gorng", 3_600, "8998866200325", uid="7" * 32, category="Mi instan", unit="bungkus", size="85 g")
SOAP = goods("SABUN MANDI", 4_100, "sbn", uid="6" * 32, category="Sabun & cuci")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        put_catalogue(made.context.till, [*SHELF, (TWIN, 40), (SOAP, 3)])
        yield made


def open_page(shop: Stage, qtbot: QtBot, width: int = 1270) -> TwinsPage:
    page = TwinsPage(shop.context)
    qtbot.addWidget(page)
    page.resize(width, 680)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    return page


def retired(shop: Stage, uid: str) -> bool:
    product = shop.context.till.store.read.product(uid)
    assert product is not None
    return product.deleted


def test_pairs_stand_side_by_side_with_all_that_tells_them_apart(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.view.setCurrentIndex(page.model.index(1))
    assert str(page.model.index(0).data()) == "Sabun mandi, SABUN MANDI, namanya sama"
    said = [card.accessibleDescription() for card in page.sides]
    assert "Stok 200 bungkus" in said[0]
    assert "Barcode 899 8866 20032 5" in said[1]
    assert page.sides[0].isChecked(), "more of it is on the shelf"
    assert any(words.startswith("Mi gorng masuk ke Mi goreng: stok 40 bungkus") for words in words_of(page))


def test_two_become_one_and_the_other_side_can_be_the_one_that_stays(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.view.setCurrentIndex(page.model.index(1))
    page.sides[1].click()
    button_of(page, "Gabungkan").click()
    assert retired(shop, MI.uid)
    assert shop.context.till.store.read.on_hand(TWIN.uid) == 240
    assert shop.told == [("good", "Sudah jadi satu: Mi gorng")]
    assert page.model.rowCount() == 1


def test_what_are_two_is_not_asked_again(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    for _ in range(2):
        button_of(page, "Bukan kembar").click()
    assert "Tidak ada barang kembar" in words_of(page)
    page.look_for()
    qtbot.waitUntil(lambda: "Tidak ada barang kembar" in words_of(page))
    assert not retired(shop, TWIN.uid)


def test_keys_choose_merge_and_dismiss(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    qtbot.waitUntil(page.isActiveWindow)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.model.rowCount() == 1
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.sides[1].isChecked()
    QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert retired(shop, MI.uid)


def test_what_lies_in_a_basket_is_said_in_its_place(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.view.setCurrentIndex(page.model.index(1))
    scan(shop.context.till, "8998866200325")
    button_of(page, "Gabungkan").click()
    assert any("masih di keranjang atau pesanan" in words for words in words_of(page))
    assert not retired(shop, TWIN.uid)


def test_a_scan_goes_to_the_pair_of_the_product(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    assert page.scanned("8998866200325")
    assert page.view.currentIndex().row() == 1
    assert page.scanned("0000")
    assert shop.sounds == ["unknown"]


def test_the_list_leads_to_its_twins_and_back(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    button_of(screen, "Barang kembar").click()
    page = screen.findChild(TwinsPage)
    assert isinstance(page, TwinsPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    button_of(page, "Kembali ke daftar").click()
    assert button_of(screen, "Masukkan daftar").isVisible()
    screen.open_part("twins")
    again = [found for found in screen.findChildren(TwinsPage) if found.isVisible()]
    qtbot.waitUntil(lambda: again[0].model.rowCount() == 2)


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_fits_its_window(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str) -> None:
    set_language(language)
    look().use("light", scale)
    page = open_page(shop, qtbot, width)
    need = page.minimumSizeHint()
    assert (need.width() <= width, need.height() <= 650) == (True, True), need
    assert nameless(page) == []
    strong = [button for button in page.findChildren(ActionButton) if button.isVisible() and button.kind is Kind.NEXT]
    assert len(strong) == 1
