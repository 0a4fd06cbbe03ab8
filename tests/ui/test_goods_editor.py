"""The page on which goods are made and changed: as a shopkeeper fills it in, with keys, a finger and the scanner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import ErrorCode, ShopError
from pos.domain.money import Rupiah
from pos.domain.product import Price, PriceKind, Product, Regulation
from pos.services.goods import put_catalogue
from pos.services.goods_editing import MOST_PICTURE, Photo, edit_product
from pos.services.goods_views import PHOTO
from pos.services.suppliers import add_supplier
from pos.ui.goods.editor.dates import read_day
from pos.ui.goods.editor.page import KEEPING, PRICES, UNITS, EditorPage
from pos.ui.goods.editor.photo import SIDE, read_photo, small_photo
from pos.ui.goods.new_goods import NewProductDialog
from pos.ui.goods.screen import GoodsScreen
from pos.ui.language import set_language
from pos.ui.moments import date_text
from pos.ui.theme.look import look
from pos.ui.widgets.buttons import ActionButton, Kind
from pos.ui.widgets.charts.steps import Step, StepChart
from pos.ui.widgets.goods import GoodsPicture
from tests.helpers.shops import MI, SHELF, goods
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

ROKOK = replace(goods("Rokok kretek", 27_000, "8999909096004", category="Rokok"), regulation=Regulation.TOBACCO)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        put_catalogue(made.context.till, [*SHELF, (ROKOK, 10)])
        yield made


def open_page(shop: Stage, qtbot: QtBot, product: Product = MI, width: int = 1270) -> EditorPage:
    page = EditorPage(shop.context, shop.context.till.store.read.product(product.uid))
    qtbot.addWidget(page)
    page.resize(width, 680)
    page.show()
    return page


def activate(window: QWidget, qtbot: QtBot) -> None:
    """Keys of the window count only where it has them."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def kept(shop: Stage, product: Product = MI) -> Product:
    found = shop.context.till.store.read.product(product.uid)
    assert found is not None
    return found


def retail(product: Product) -> list[Rupiah]:
    return [price.amount for price in product.units[0].prices if price.kind is PriceKind.RETAIL]


def picture(width: int = 900, height: int = 600) -> QImage:
    made = QImage(width, height, QImage.Format.Format_ARGB32)
    made.fill(QColor("#cc8833"))
    return made


def test_a_double_touch_opens_it_and_the_price_that_was_typed_sells(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    activate(screen, qtbot)
    view.activated.emit(view.currentIndex())
    page = screen.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    page.show_tab(UNITS)
    page.units.form.retail.setText("3.800")
    assert "Untung Rp1.000 (26,3%)" in words_of(page)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert retail(kept(shop)) == [3_800]
    assert shop.told == [("good", "Mi goreng disimpan")]
    assert view.isVisible()


def test_enter_on_a_row_opens_it_and_escape_goes_back(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    view = screen.findChild(QListView)
    assert isinstance(view, QListView)
    activate(screen, qtbot)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    page = screen.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    assert page.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert view.isVisible()


def test_what_was_typed_waits_when_the_page_is_left(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    offers: list[tuple[str, object]] = []
    shop.context.offered.connect(lambda title, _sentence, _word, act: offers.append((title, act)))
    screen.open_part(MI.uid)
    page = screen.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    page.about.name.setText("Mi goreng jumbo")
    page.leave()
    assert not page.isVisible()
    title, back = offers[0]
    assert title == "Belum disimpan"
    back()  # type: ignore[operator]
    assert page.isVisible()
    page.keep()
    assert kept(shop).name == "Mi goreng jumbo"


def test_a_scan_on_the_page_is_the_chosen_units_code(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    assert page.scanned("8998866200325")
    page.keep()
    assert [code.code for code in kept(shop).units[0].barcodes] == ["089686010947", "8998866200325"]


def test_the_code_of_other_goods_is_refused_with_their_name(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.scanned("8991002105485")
    assert any("Kopi susu sachet" in words for words in words_of(page))
    assert shop.sounds[-1] == "error"
    page.keep()
    assert [code.code for code in kept(shop).units[0].barcodes] == ["089686010947"]


def test_an_invented_code_is_taken_and_marked(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    page.units.form.code.setText("mi-1")
    button_of(page, "Tambah kode").click()
    assert {"kode buatan", "Kode ini bukan barcode pabrik. Tetap dipakai, dan ditandai."} <= set(words_of(page))


def test_a_dus_is_added_with_its_own_price(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    button_of(page, "Tambah satuan").click()
    form = page.units.form
    form.name.setText("dus")
    form.count.setText("40")
    form.retail.setText("124000")
    assert "isi 40 bungkus · Rp124.000" in [card.accessibleDescription() for card in page.units.cards.values()]
    page.keep()
    assert [(unit.name, unit.factor) for unit in kept(shop).units] == [("bungkus", 1), ("dus", 40)]


def test_units_that_run_in_a_circle_are_refused_in_words_and_stay_written(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    button_of(page, "Tambah satuan").click()
    page.units.form.unit.of = page.units.form.unit.uid
    page.keep()
    assert any("diisi satuan yang isinya" in words for words in words_of(page))
    assert len(kept(shop).units) == 1
    assert len(page.units.cards) == 2


def test_a_figure_that_is_unclear_is_said_beside_its_field(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    page.units.form.retail.setText("12,500")
    page.keep()
    assert any("bisa dibaca dua cara" in words for words in words_of(page))
    assert retail(kept(shop)) == [3_500]


def test_a_wholesale_price_and_one_for_regulars_from_a_day_on(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    for kind, least, group, amount, starts in (("wholesale", "40", "", "3.000", ""), ("group", "1", "warung", "3.300", "1/12/2026")):
        button_of(page, "Tambah harga").click()
        form = page.units.form.form
        form.kind.choose(kind)
        form.kind.chosen.emit(kind)
        form.least.setText(least)
        form.group.setText(group)
        form.amount.setText(amount)
        form.starts.setText(starts)
        button_of(page, "Pakai harga ini").click()
    assert {"Grosir mulai 40: Rp3.000", "Langganan warung, mulai 01/12/2026: Rp3.300"} <= set(words_of(page))
    page.keep()
    prices = kept(shop).units[0].prices
    assert Price(PriceKind.WHOLESALE, 3_000, 40) in prices
    assert Price(PriceKind.GROUP, 3_300, 1, "warung", read_day("1/12/2026")) in prices


def test_a_day_that_is_none_is_refused_in_words(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    button_of(page, "Tambah harga").click()
    page.units.form.form.amount.setText("3000")
    page.units.form.form.starts.setText("31/02/2026")
    button_of(page, "Pakai harga ini").click()
    assert any("31/02/2026" in words for words in words_of(page))


def test_a_day_is_read_as_it_is_said() -> None:
    assert date_text(read_day("5/1/27")) == "05/01/2027"
    assert read_day(" ") == 0


def test_tobacco_says_why_it_is_never_listed(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot, ROKOK)
    page.show_tab(KEEPING)
    assert not page.keeping.listed.isEnabled()
    assert "Rokok tidak boleh dijual lewat web atau aplikasi (PP 28/2024). Di toko tetap bisa." in words_of(page)


def test_minimum_listing_dates_and_owner_are_kept(shop: Stage, qtbot: QtBot) -> None:
    owner = add_supplier(shop.context.till, "Bu Tin", consignment=True)
    page = open_page(shop, qtbot)
    page.show_tab(KEEPING)
    page.keeping.least.setText("40")
    page.keeping.buffer.setText("5")
    for words in ("Tampil di e-Peken", "Catat tanggal kedaluwarsa waktu barang masuk", "Bu Tin"):
        button_of(page, words).click()
    page.keep()
    product = kept(shop)
    assert (product.min_stock, product.online_buffer, product.listed_online, product.consignor_uid) == (40, 5, True, owner.uid)
    assert shop.context.till.store.read.care(MI.uid).tracks_expiry


def test_a_copied_picture_becomes_a_small_photo(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    QApplication.clipboard().setImage(picture())
    button_of(page, "Tempel").click()
    qtbot.waitUntil(lambda: page.about.photo is not None)
    page.keep()
    read = shop.context.till.store.read
    data = read.picture(read.care(MI.uid).picture)
    assert data is not None
    assert QImage.fromData(data).width() == SIDE
    assert len(data) <= MOST_PICTURE


def test_the_paste_keys_take_a_picture_also_while_a_name_is_typed(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    activate(page, qtbot)
    page.about.name.setFocus()
    QApplication.clipboard().setText(" pedas")
    QTest.keyClick(page.about.name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.about.name.text() == "Mi goreng pedas"
    QApplication.clipboard().setImage(picture())
    QTest.keyClick(page.about.name, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.about.photo is not None)
    assert page.about.name.text() == "Mi goreng pedas"


def test_nothing_copied_is_said_with_the_way_on(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    QApplication.clipboard().setText("bukan gambar")
    button_of(page, "Tempel").click()
    assert shop.told[0][0] == "fault"
    assert "Belum ada gambar yang disalin" in shop.told[0][1]


def test_a_photo_of_a_phone_is_stored_small_and_what_is_no_picture_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    photo = tmp_path / "foto.png"
    assert picture(3_000, 2_000).save(str(photo))
    assert QImage.fromData(read_photo(str(photo))).size().width() == SIDE
    broken = tmp_path / "rusak.jpg"
    broken.write_bytes(photo.read_bytes()[:200])
    for path in (str(broken), str(tmp_path / "tidak ada.jpg")):
        with pytest.raises(ShopError) as error:
            read_photo(path)
        assert error.value.code is ErrorCode.PICTURE_UNREADABLE
    with pytest.raises(ShopError):
        small_photo(QImage())


def test_the_history_says_every_price_with_who_and_when(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot)
    page.show_tab(UNITS)
    page.units.form.retail.setText("3700")
    page.keep()
    page = open_page(shop, qtbot)
    page.show_tab(PRICES)
    tab = page.findChild(QListView)
    assert isinstance(tab, QListView)
    said = str(tab.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("bungkus · Eceran, Rp3.500 menjadi Rp3.700, ")


def test_the_steps_of_a_price_are_walked_with_keys_and_said(qtbot: QtBot) -> None:
    chart = StepChart(str)
    qtbot.addWidget(chart)
    chart.show_steps("Harga eceran", [Step(0, 3_500, "dulu: Rp3.500", "dulu"), Step(9, 3_700, "25/11/2026: Rp3.700", "25/11/2026")])
    assert chart.accessibleName() == "Harga eceran. 25/11/2026: Rp3.700"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert (chart.chosen, chart.accessibleName()) == (0, "Harga eceran. dulu: Rp3.500")
    assert not chart.grab().isNull()
    chart.show_steps("Harga eceran", [])
    assert chart.chosen == -1


def test_a_photo_is_painted_where_the_drawing_stood(shop: Stage, qtbot: QtBot) -> None:
    till = shop.context.till
    edit_product(till, kept(shop), kept(shop), photo=Photo(small_photo(picture())))
    name = f"{PHOTO}{till.store.read.care(MI.uid).picture}"
    shown = GoodsPicture(48)
    qtbot.addWidget(shown)
    shown.set_goods("Mi goreng", "Mi instan", name)
    painted = shown.grab().toImage().pixelColor(24, 24)
    assert (painted.red(), painted.blue()) == (pytest.approx(0xCC, abs=6), pytest.approx(0x33, abs=6))
    shown.set_goods("Mi goreng", "Mi instan", f"{PHOTO}gone")
    assert shown.grab().toImage().pixelColor(3, 24) != painted, "one that is not there any more is the monogram again"


def test_a_single_cigarette_is_warned_of(shop: Stage, qtbot: QtBot) -> None:
    page = open_page(shop, qtbot, ROKOK)
    page.show_tab(UNITS)
    page.units.form.name.setText("batang")
    assert any("Rokok batangan tidak boleh dijual" in words for words in words_of(page))
    page.units.form.name.setText("bungkus")
    assert not any("Rokok batangan tidak boleh dijual" in words for words in words_of(page))


def test_something_new_is_filled_in_whole(shop: Stage, qtbot: QtBot) -> None:
    screen = GoodsScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen)
    assert screen.scanned("8998866200325")
    asked = screen.findChild(NewProductDialog)
    assert isinstance(asked, NewProductDialog)
    button_of(asked, "Isi lengkap").click()
    page = screen.findChild(EditorPage)
    assert isinstance(page, EditorPage)
    page.keep()
    assert any("Isi nama barangnya dulu" in words for words in words_of(page))
    page.about.name.setText("Sirup merah")
    page.keep()
    assert any("Isi harga eceran untuk pcs" in words for words in words_of(page))
    page.units.form.retail.setText("18500")
    page.keep()
    unit = shop.context.till.store.read.find_unit("8998866200325")
    assert unit is not None
    assert unit.product_name == "Sirup merah"


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1270, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_fits_its_window_and_everything_on_it_has_a_name(shop: Stage, qtbot: QtBot, width: int, scale: int, language: str) -> None:
    set_language(language)
    look().use("light", scale)
    page = open_page(shop, qtbot, width=width)
    for tab in ("about", UNITS, KEEPING, PRICES):
        page.show_tab(tab)
        need = page.minimumSizeHint()
        assert (need.width() <= width, need.height() <= 650) == (True, True), (tab, need)
        assert nameless(page) == []
    strong = [button for button in page.findChildren(ActionButton) if button.isVisible() and button.kind is Kind.NEXT]
    assert len(strong) == 1
