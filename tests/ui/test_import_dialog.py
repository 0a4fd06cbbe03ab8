"""A shop's spreadsheet in the window: verdicts, columns, taking the good rows, exporting the refused, stopping, and files that are none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from pos.services.imports.model import ImportedCount
from pos.services.sheet_import import ReasonCode
from pos.services.sheets.model import Reason, SheetField
from pos.services.views import GoodsFilter
from pos.ui.goods.importing import work
from pos.ui.goods.importing.dialog import ImportDialog
from pos.ui.goods.importing.model import FIELD_WORDS
from pos.ui.language import set_language
from pos.ui.sheet_words import REASON_WORDS, reason_text
from pos.ui.theme.look import look
from tests.helpers.sheets import gtin13, lock_xlsx, row, shop_list, write_csv, write_xlsx
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of

GOOD_AND_BAD = [
    row(gtin13(1), "Kopi bubuk", 14_500, stock=12),
    row(gtin13(2), "Gula pasir", 17_500),
    row("001", "Kerupuk", 2_500),
    row(gtin13(3), "Teh celup", "12,500"),
    row(gtin13(1), "Kopi dua kali", 9_000),
    row(gtin13(4), "", 1_000),
]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "till") as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    return widget


def look_into(shop: Stage, window: QWidget, path: Path) -> ImportDialog:
    dialog = ImportDialog(shop.context, str(path), window)
    dialog.open()
    return dialog


def rows(dialog: ImportDialog) -> list[str]:
    table = dialog.findChild(QTableView)
    assert isinstance(table, QTableView)
    return [str(table.model().index(place, 1).data()) for place in range(table.model().rowCount())]


def goods_count(shop: Stage) -> int:
    return shop.context.till.store.read.goods_counts()[GoodsFilter.ALL]


def waits_for(qtbot: QtBot, dialog: ImportDialog, words: str) -> None:
    qtbot.waitUntil(lambda: words in words_of(dialog), timeout=20_000)


# --- looking ------------------------------------------------------------------------------------------------------


def test_a_preview_says_what_can_be_taken_and_stores_nothing(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_xlsx(tmp_path / "barang.xlsx", GOOD_AND_BAD))
    waits_for(qtbot, dialog, "Ambil 3 barang")
    assert len(rows(dialog)) == 6
    assert goods_count(shop) == 0
    dialog.reject()


def test_a_chip_leaves_the_rows_of_one_verdict(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", GOOD_AND_BAD, delimiter=";"))
    waits_for(qtbot, dialog, "Ambil 3 barang")
    button_of(dialog, "Ditolak").click()
    assert rows(dialog) == ["Teh celup", "Kopi dua kali", ""]
    button_of(dialog, "Perlu dilihat").click()
    assert rows(dialog) == ["Kerupuk"]
    dialog.reject()


def test_what_each_column_was_taken_for_is_said_and_can_be_changed(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "barang.csv", [("Kopi", 2_000, 3_000)], header=("nama", "harga", "harga 2000"))
    dialog = look_into(shop, window, sheet)
    waits_for(qtbot, dialog, "Ambil 1 barang")
    assert "Nama: nama · Harga: harga" in words_of(dialog)
    button_of(dialog, "Atur kolom").click()
    price = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == "Kolom untuk Harga")
    price.setCurrentIndex(price.findText("harga 2000"))
    price.activated.emit(price.currentIndex())
    waits_for(qtbot, dialog, "Nama: nama · Harga: harga 2000")
    table = dialog.findChild(QTableView)
    assert isinstance(table, QTableView)
    assert table.model().index(0, 2).data() == "Rp3.000"
    dialog.reject()


def test_columns_that_nobody_knows_are_chosen_by_hand(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "barang.csv", [("Kopi", 2_000), ("Teh", 3_000)], header=("apa", "berapa"))
    dialog = look_into(shop, window, sheet)
    waits_for(qtbot, dialog, "Pilih kolom nama dan harga")
    assert not button_of(dialog, "Ambil 0 barang").isEnabled()
    for field, column in (("Nama", "apa"), ("Harga", "berapa")):
        box = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == f"Kolom untuk {field}")
        box.setCurrentIndex(box.findText(column))
    box.activated.emit(box.currentIndex())
    waits_for(qtbot, dialog, "Ambil 2 barang")
    dialog.reject()


def test_letters_that_were_guessed_are_said(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Café", 2_000)], encoding="cp1252"))
    waits_for(qtbot, dialog, "Ambil 1 barang")
    assert any("Huruf di berkas ini ditebak" in word for word in words_of(dialog))
    assert rows(dialog) == ["Café"]
    dialog.reject()


# --- taking -------------------------------------------------------------------------------------------------------


def test_the_good_rows_are_taken_and_the_bad_ones_left(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_xlsx(tmp_path / "barang.xlsx", GOOD_AND_BAD))
    waits_for(qtbot, dialog, "Ambil 3 barang")
    with qtbot.waitSignal(dialog.taken) as taken:
        button_of(dialog, "Ambil 3 barang").click()
    assert taken.args == [ImportedCount(3, 0, 1)]
    assert goods_count(shop) == 3
    assert "barang sudah masuk" in words_of(dialog)
    assert "3 baru · 1 perlu dilihat nanti · 3 baris tidak diambil" in words_of(dialog)
    unit = shop.context.till.store.read.find_unit(gtin13(1))
    assert unit is not None
    assert (unit.product_name, unit.on_hand) == ("Kopi bubuk", 12)
    button_of(dialog, "Tutup").click()


def test_the_same_list_again_renews_and_makes_no_twins(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Kopi bubuk", 14_500), row("", "Telur", 2_000)])
    for done in ("2 baru", "2 tidak berubah"):
        dialog = look_into(shop, window, sheet)
        waits_for(qtbot, dialog, "Ambil 2 barang")
        button_of(dialog, "Ambil 2 barang").click()
        waits_for(qtbot, dialog, done)
        dialog.accept()
    assert goods_count(shop) == 2


def test_the_refused_rows_are_saved_with_their_reasons(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", GOOD_AND_BAD, delimiter=";"))
    waits_for(qtbot, dialog, "Simpan yang ditolak")
    out = tmp_path / "barang-ditolak.csv"
    dialog.export_to(str(out))
    waits_for(qtbot, dialog, "3 baris disimpan di barang-ditolak.csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, delimiter=";"))
    assert table[0][:3] == ["Baris", "Alasan", "Barcode"]
    assert table[1][:2] == ["5", "Harga “12,500” bisa dibaca dua cara. Tulis misalnya 12500."]
    assert table[2][1] == f"Barcode {gtin13(1)} sudah ada di baris 2."
    dialog.reject()


def test_a_place_that_cannot_be_written_is_said(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", GOOD_AND_BAD, delimiter=";"))
    waits_for(qtbot, dialog, "Simpan yang ditolak")
    dialog.export_to(str(tmp_path / "nowhere" / "x.csv"))
    qtbot.waitUntil(lambda: bool(shop.told))
    assert shop.told[0][0] == "fault"
    dialog.reject()


def test_a_stopped_import_keeps_nothing(shop: Stage, tmp_path: Path) -> None:
    sheet = write_csv(tmp_path / "barang.csv", shop_list(600))
    looked = work.look_into(shop.context.till, str(sheet), lambda done, total: True)
    assert looked is not None
    assert looked.preview is not None
    assert work.take(shop.context.till, looked.preview, lambda done, total: done < 400) is None
    assert goods_count(shop) == 0
    assert shop.context.till.store.read.waiting_operations(10) == []


def test_cancel_while_taking_goes_back_to_the_rows(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", shop_list(600)))
    qtbot.waitUntil(lambda: any(word.startswith("Ambil ") for word in words_of(dialog)), timeout=20_000)
    # the writer is held, so that the import waits while Batal is pressed
    with shop.context.till.store.begin():
        dialog.take()
        button_of(dialog, "Batal").click()
    waits_for(qtbot, dialog, "Dibatalkan. Tidak ada yang disimpan.")
    assert goods_count(shop) == 0
    dialog.reject()


def test_a_file_that_is_being_read_can_be_let_go(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", shop_list(20_000)))
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        dialog.reject()
    assert goods_count(shop) == 0


def test_the_window_answers_while_a_long_file_is_read(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", shop_list(20_000)))
    turns = 0

    def turned() -> bool:
        nonlocal turns
        turns += 1
        return any(word.startswith("Ambil ") for word in words_of(dialog))

    qtbot.waitUntil(turned, timeout=60_000)
    assert turns > 5, "the event loop went round while the rows were judged"
    dialog.reject()


# --- files that are none ------------------------------------------------------------------------------------------


def test_a_file_with_a_password_is_told_how_to_open_it(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "barang.xlsx", GOOD_AND_BAD)
    dialog = look_into(shop, window, lock_xlsx(plain, tmp_path / "kunci.xlsx", "rahasia"))
    waits_for(qtbot, dialog, "Berkas memakai kata sandi")
    assert button_of(dialog, "Pilih berkas lain").isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("rusak.xlsx", b"PK\x03\x04 cut off", "Berkas tidak bisa dibuka"),
        ("foto.pdf", b"%PDF-1.7", "Jenis berkas belum dikenal"),
        ("kosong.csv", b"", "Berkas kosong"),
    ],
)
def test_a_file_that_is_no_list_gets_its_sentence(
    shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, title: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    dialog = look_into(shop, window, file)
    waits_for(qtbot, dialog, title)
    dialog.reject()


def test_a_stick_that_was_pulled_is_said(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = look_into(shop, window, tmp_path / "gone.csv")
    waits_for(qtbot, dialog, "Berkas tidak ketemu")
    dialog.reject()


# --- words and size -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", list(ReasonCode))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_has_a_sentence(code: ReasonCode, language: str) -> None:
    set_language(language)
    fields = {"typed": "12,500", "code": "001", "first": 2, "limit": 100, "price": 2_000, "cost": 3_000, "wholesale": 2_500}
    said = reason_text(Reason(code, fields))
    assert said.endswith(".")
    assert "{" not in said
    assert len(said) < 90


def test_a_reason_says_money_as_money() -> None:
    assert set(REASON_WORDS) == set(ReasonCode)
    assert "Rp100.000.000" in reason_text(Reason(ReasonCode.PRICE_TOO_HIGH, {"typed": "1e9", "limit": 100_000_000}))
    assert "120 huruf" in reason_text(Reason(ReasonCode.NAME_SHORTENED, {"limit": 120}))


@pytest.mark.parametrize(("width", "scale"), [(1024, 100), (1366, 100), (1366, 125)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_preview_fits_its_window(
    shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path, width: int, scale: int, language: str
) -> None:
    set_language(language)
    look().use("light", scale)
    try:
        window.resize(width, 768)
        dialog = look_into(shop, window, write_csv(tmp_path / "barang.csv", GOOD_AND_BAD, delimiter=";"))
        take = "Ambil 3 barang" if language == "id" else "Take 3 goods"
        waits_for(qtbot, dialog, take)
        need = dialog.minimumSizeHint()
        assert (need.width() <= dialog.width() <= width, need.height() <= dialog.height() <= 768) == (True, True), need
        assert nameless(dialog) == []
        dialog.reject()
    finally:
        look().use("light")


def test_every_column_that_a_list_can_have_can_be_chosen_and_none_is_dropped_by_choosing_another() -> None:
    assert set(FIELD_WORDS) == set(SheetField)
