"""The goods list: what is in it, filters and search, the chosen product, a scan, something new; and that its length costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from pos.domain.barcode import CodeVerdict
from pos.domain.changed import Changed
from pos.domain.product import Price, PriceKind, Regulation, Unit
from pos.services.goods import put_catalogue
from pos.services.views import GoodsFilter
from pos.ui.goods import words
from pos.ui.goods.delegate import code_text
from pos.ui.goods.importing.dialog import ImportDialog
from pos.ui.goods.model import KEPT_PAGES, PAGE, GoodsModel
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.goods.screen import GoodsScreen
from pos.ui.goods.stock_words import StockLevel, bar_share, ladder_text, level
from pos.ui.language import set_language
from pos.ui.theme.look import look
from tests.helpers.orders import SEAL, UID
from tests.helpers.sheets import row, write_csv
from tests.helpers.shops import MI, SHELF, TELUR, goods
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

DUS = Unit("d0" * 16, "dus", 40, (Price(PriceKind.RETAIL, 124_000),))
LADDER = replace(MI, units=(*MI.units, DUS))
ROKOK = replace(goods("Rokok kretek", 27_000, "8999909096004", category="Rokok"), regulation=Regulation.TOBACCO)
ODD = replace(goods("Kerupuk", 2_500, "001", category="Camilan"), needs_review=True)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        shelf = [(LADDER, 212), *SHELF[1:], (ROKOK, 10), (ODD, 3), (replace(goods("Kecap manis", 9_000), min_stock=5), 2)]
        put_catalogue(made.context.till, shelf)
        yield made


def open_goods(shop: Stage, qtbot: QtBot, width: int = 1270) -> GoodsScreen:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen, width)
    return screen


def rows(screen: GoodsScreen) -> list[str]:
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    return [str(view.model().index(place, 0).data()) for place in range(view.model().rowCount())]


def search(screen: GoodsScreen, text: str, qtbot: QtBot, found: list[str]) -> None:
    screen.findChildren(QLineEdit)[0].setText(text)
    qtbot.waitUntil(lambda: rows(screen) == found)


def panel_says(screen: GoodsScreen, word: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: word in words_of(screen))


# --- the list -----------------------------------------------------------------------------------------------------


def test_an_empty_shop_is_shown_the_next_step(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path) as shop:
        screen = open_goods(shop, qtbot)
        assert "Belum ada barang" in words_of(screen)
        assert button_of(screen, "Masukkan daftar").isEnabled()


def test_the_filters_say_how_many(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    named = {button.accessibleName() for button in screen.findChildren(type(button_of(screen, "Semua")))}
    assert {"Semua 7", "Menipis 1", "Perlu dilihat 1"} <= named


def test_a_filter_leaves_what_it_names(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    button_of(screen, "Menipis").click()
    assert rows(screen) == ["Kecap manis"]
    button_of(screen, "Perlu dilihat").click()
    assert rows(screen) == ["Kerupuk"]
    button_of(screen, "Semua").click()
    assert len(rows(screen)) == 7


def test_two_letters_find_it(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    search(screen, "ke", qtbot, ["Kerupuk", "Kecap manis"])
    search(screen, "semen", qtbot, [])
    assert "Tidak ketemu" in words_of(screen)


def test_a_row_says_all_of_it_to_a_screen_reader(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    assert view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Mi goreng, Rp3.500, 212 bungkus"


def test_a_price_that_changed_is_seen_without_moving_the_list(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    view.setCurrentIndex(view.model().index(3, 0))
    put_catalogue(shop.context.till, [(replace(SHELF[1][0], name="Kopi susu baru"), 0)])
    shop.context.changed.emit(Changed(goods=True))
    assert view.currentIndex().row() == 3
    assert "Kopi susu baru" in rows(screen)


def test_a_hundred_thousand_goods_are_never_held_at_once(shop: Stage) -> None:
    read = shop.context.till.store.read
    asked: list[int] = []

    class Long:
        """A store that says it has 100,000 goods."""

        def goods_total(self, which: GoodsFilter, text: str) -> int:
            return 100_000

        def goods(self, which: GoodsFilter, text: str, offset: int, limit: int) -> list[object]:
            asked.append(offset)
            return read.goods(which, text, 0, 1) * limit

    model = GoodsModel(Long)  # type: ignore[arg-type]
    model.show(GoodsFilter.ALL, "")
    assert model.rowCount() == 100_000
    assert asked == [], "nothing is read before it is looked at"
    for place in range(0, 100_000, PAGE):
        assert model.row_at(place) is not None
    assert model.held <= KEPT_PAGES * PAGE
    assert len(asked) == 1_000


# --- the panel ----------------------------------------------------------------------------------------------------


def test_the_panel_shows_the_ladder_with_its_prices(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    panel_says(screen, "isi 40 bungkus", qtbot)
    said = words_of(screen)
    assert {"bungkus", "satuan dasar", "Rp3.500", "grosir mulai 10: Rp3.200", "dus", "Rp124.000"} <= set(said)
    assert "5 dus + 12 bungkus" in said


def test_the_panel_leads_to_every_movement_of_the_product(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    panel_says(screen, "isi 40 bungkus", qtbot)
    asked: list[str] = []
    shop.context.go.connect(asked.append)
    qtbot.mouseClick(button_of(screen, "Kartu stok"), Qt.MouseButton.LeftButton)
    assert asked == [f"stock#card/{LADDER.uid}"]


def test_the_panel_says_what_is_known_of_a_code(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    search(screen, "kerupuk", qtbot, ["Kerupuk"])
    panel_says(screen, "kode buatan", qtbot)
    assert "Perlu dilihat: barcode atau harganya belum pasti." in words_of(screen)


def test_cigarettes_say_that_they_are_not_online(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    search(screen, "rokok", qtbot, ["Rokok kretek"])
    panel_says(screen, "Rokok tidak ditampilkan di e-Peken (PP 28/2024).", qtbot)


def test_every_verdict_and_filter_has_its_word() -> None:
    assert set(words.VERDICTS) == set(CodeVerdict)
    assert set(words.FILTERS) == set(GoodsFilter)


def test_a_code_stands_as_under_its_bars() -> None:
    assert code_text("8998866200325") == "899 8866 20032 5"
    assert code_text("089686010947") == "089686010947"


def test_stock_is_said_in_the_shops_own_units() -> None:
    assert ladder_text(LADDER, 212) == "5 dus + 12 bungkus"
    assert ladder_text(LADDER, -3) == "-(3 bungkus)"
    assert ladder_text(TELUR, 18_500) == "18,5 kg"


def test_the_bar_tells_little_from_much() -> None:
    assert level(0, 5) is StockLevel.NONE
    assert level(4, 5) is StockLevel.LOW
    assert level(5, 5) is StockLevel.PLENTY
    assert bar_share(0, 1, 0) == 0.0
    assert 0 < bar_share(5, 1, 5) < bar_share(100, 1, 5) < 1


def test_a_wholesale_price_and_a_rung_without_one_are_said() -> None:
    assert words.price_text(TELUR.units[0]) == "tanpa harga"
    assert words.wholesale_texts(TELUR.units[1]) == ["grosir mulai 5: Rp27.000"]


# --- scanning and something new -----------------------------------------------------------------------------------


def test_a_scan_finds_the_product_whatever_is_filtered(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    button_of(screen, "Menipis").click()
    assert screen.scanned("0089686010947"), "the scanner adds a zero to the UPC-A"
    assert rows(screen) == ["Mi goreng"]
    panel_says(screen, "5 dus + 12 bungkus", qtbot)
    assert shop.sounds == ["accepted"]


def test_a_buyers_code_is_not_the_goods_lists(shop: Stage, qtbot: QtBot) -> None:
    assert not open_goods(shop, qtbot).scanned(SEAL.code(UID))


def test_an_unknown_code_opens_something_new_filled_in(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    assert screen.scanned("8991234567891")
    assert shop.sounds == ["unknown"]
    asked = screen.findChild(NewProductDialog)
    assert isinstance(asked, NewProductDialog)
    code, name, price = asked.findChildren(QLineEdit)
    assert code.text() == "8991234567891"
    name.setText("Sirup merah")
    price.setText("18.500")
    button_of(asked, "Simpan").click()
    unit = shop.context.till.store.read.find_unit("8991234567891")
    assert unit is not None
    assert unit.product_name == "Sirup merah"
    qtbot.waitUntil(lambda: rows(screen) == ["Sirup merah"])
    assert shop.told == [("good", "Sirup merah sudah masuk daftar")]


def test_something_new_without_a_price_is_not_kept(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    button_of(screen, "Barang baru").click()
    asked = screen.findChild(NewProductDialog)
    assert isinstance(asked, NewProductDialog)
    _, name, price = asked.findChildren(QLineEdit)
    name.setText("Sirup merah")
    price.setText("12,500")
    button_of(asked, "Simpan").click()
    assert asked.isVisible()
    assert any("bisa dibaca dua cara" in word for word in words_of(asked))
    assert shop.context.till.store.read.goods_counts()[GoodsFilter.ALL] == 7


def test_a_code_of_other_goods_is_not_given_twice(shop: Stage, qtbot: QtBot) -> None:
    screen = open_goods(shop, qtbot)
    button_of(screen, "Barang baru").click()
    asked = screen.findChild(NewProductDialog)
    assert isinstance(asked, NewProductDialog)
    assert asked.scanned("089686010947")
    _, name, price = asked.findChildren(QLineEdit)
    name.setText("Mi lain")
    price.setText("4000")
    button_of(asked, "Simpan").click()
    assert any("Kode itu milik “Mi goreng”" in words for words in words_of(asked))


def test_a_file_dropped_onto_the_list_is_looked_into(shop: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    screen = open_goods(shop, qtbot)
    sheet = write_csv(tmp_path / "barang.csv", [row("8998866200325", "Mi soto", 2_500)])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    event = QDropEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(event)
    looked = screen.findChild(ImportDialog)
    assert isinstance(looked, ImportDialog)
    qtbot.waitUntil(lambda: "Ambil 1 barang" in words_of(looked))
    looked.reject()


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_list_fits_its_window(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str) -> None:
    set_language(language)
    look().use("light", scale)
    try:
        screen = open_goods(shop, qtbot, width)
        need = screen.minimumSizeHint()
        assert (need.width() <= width, need.height() <= 704) == (True, True), need
        assert nameless(screen) == []
    finally:
        look().use("light")
