"""The list of goods as files, in the window: out to a spreadsheet, and a list that was taken in taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.services.drawer import open_session
from pos.services.imports.model import ImportState
from pos.services.imports.taking import Source, import_drafts
from pos.services.views import GoodsFilter
from pos.ui.goods.importing.dialog import ImportDialog
from pos.ui.goods.importing.past import FilesDialog
from tests.helpers.sheets import gtin13, row, write_csv
from tests.helpers.shops import sell
from tests.helpers.stage import Stage, button_of, nameless, stage, words_of
from tests.integration.test_goods_imports import drafts


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "till") as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1024, 768)
    widget.show()
    return widget


def files(shop: Stage, window: QWidget) -> FilesDialog:
    dialog = FilesDialog(shop.context, window)
    dialog.open()
    return dialog


def goods_count(shop: Stage) -> int:
    return shop.context.till.store.read.goods_counts()[GoodsFilter.ALL]


def test_a_shop_that_took_in_no_list_is_told_where_to_begin(shop: Stage, window: QWidget) -> None:
    dialog = files(shop, window)
    assert "Belum ada daftar yang masuk" in words_of(dialog)
    assert nameless(dialog) == []
    dialog.reject()


def test_a_list_is_taken_back_from_the_list_of_lists_and_says_what_stayed(shop: Stage, window: QWidget, qtbot: QtBot) -> None:
    till = shop.context.till
    open_session(till, 0)
    import_drafts(till, drafts(3), source=Source("harga agen.xlsx", refused=2, numbers=(2, 3, 4)))
    sell(till, gtin13(1))
    dialog = files(shop, window)
    assert {"harga agen.xlsx", "3 baru · 2 baris tidak diambil"} <= set(words_of(dialog))
    button_of(dialog, "Batalkan semua dari harga agen.xlsx").click()
    qtbot.waitUntil(lambda: any("sudah terjual" in words for words in words_of(dialog)))
    assert "Baris 2, Barang 1: sudah terjual, tetap di daftar" in words_of(dialog)
    assert goods_count(shop) == 1
    assert shop.told[-1] == ("info", "Daftar dibatalkan. 2 barang baru ditarik, 1 baris tidak bisa dibatalkan.")
    dialog.reject()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_whole_list_is_saved_where_it_was_asked_for(shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    import_drafts(shop.context.till, drafts(3))
    dialog = files(shop, window)
    dialog.export_to(str(tmp_path / f"semua{ending}"))
    qtbot.waitUntil(lambda: bool(shop.told))
    assert shop.told == [("good", f"3 barang tersimpan di semua{ending}")]
    assert (tmp_path / f"semua{ending}").stat().st_size > 100
    dialog.reject()


def test_trying_first_says_what_would_happen_and_the_toast_takes_it_back(
    shop: Stage, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    offered: list[tuple[str, str, str, Callable[[], object]]] = []
    shop.context.offered.connect(lambda *what: offered.append(what))
    import_drafts(shop.context.till, drafts(1))
    sheet = write_csv(tmp_path / "barang.csv", [row(gtin13(1), "Barang 1", 5_500), row(gtin13(2), "Gula", 17_500, stock=4)])
    dialog = ImportDialog(shop.context, str(sheet), window)
    dialog.open()
    qtbot.waitUntil(lambda: "Coba dulu" in words_of(dialog))
    button_of(dialog, "Coba dulu").click()
    said = "Kalau diambil: 1 barang baru, 1 dengan stok awal, 1 harga naik, 1 kategori, merek, atau ukuran berubah."
    qtbot.waitUntil(lambda: f"{said} Belum ada yang disimpan." in words_of(dialog))
    assert goods_count(shop) == 1
    button_of(dialog, "Ambil 2 barang").click()
    qtbot.waitUntil(lambda: "barang sudah masuk" in words_of(dialog))
    assert goods_count(shop) == 2
    dialog.accept()
    title, sentence, word, undo = offered[0]
    assert (title, sentence, word) == ("Daftar sudah masuk", "1 baru · 1 diperbarui", "Batalkan semua")
    undo()
    read = shop.context.till.store.read
    qtbot.waitUntil(lambda: read.imports()[0].state is ImportState.UNDONE and bool(shop.told))
    assert goods_count(shop) == 1
    unit = read.find_unit(gtin13(1))
    assert unit is not None
    assert unit.prices[0].amount == 5_000
