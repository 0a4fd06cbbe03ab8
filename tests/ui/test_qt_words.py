"""What Qt says by itself is said in the shop's language too: file choices, the menu of a field, standard buttons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.resources import resource_path
from pos.ui.goods.files import ask_for_sheet, ask_where
from pos.ui.language import set_language
from pos.ui.shell.qt_words import QtWords
from tests.helpers.counter_window import counter_window

WORDS: dict[str, str] = json.loads(resource_path("translations", "id", "qt.json").read_text(encoding="utf-8"))
ENGLISH = {word.replace("&", "") for word, said in WORDS.items() if said != word.replace("&", "")}


@pytest.fixture
def words(qtbot: QtBot) -> Iterator[QtWords]:
    owner = QObject()
    words = QtWords(owner)
    yield words
    words.leave()


def said(widget: QWidget) -> set[str]:
    """All that can be read on it or is said of it, without the marks of its letters."""
    parts = [*widget.findChildren(QAbstractButton), *widget.findChildren(QLabel)]
    told = [text for part in parts for text in (part.text(), part.toolTip(), part.accessibleName()) if text]
    return {text.replace("&", "") for text in told}


def test_every_standard_button_is_said_in_indonesian(words: QtWords, qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            box.addButton(button)
    texts = [button.text() for button in box.buttons()]
    assert len(texts) == 18
    assert [text for text in texts if text.replace("&", "") in ENGLISH] == []
    assert {"Ya", "Tidak", "Batal", "Simpan", "Tutup"} <= set(texts)


def test_the_menu_of_a_field_is_in_indonesian(words: QtWords, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    assert menu is not None
    texts = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["Urungkan", "Ulangi", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"]
    menu.deleteLater()


@pytest.mark.parametrize("ask", ["open", "save"])
def test_choosing_a_file_is_in_indonesian_and_everything_in_it_has_a_name(words: QtWords, qtbot: QtBot, tmp_path: Path, ask: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen: list[str] = []
    dialog = ask_for_sheet(parent, chosen.append) if ask == "open" else ask_where(parent, tmp_path / "ditolak.xlsx", chosen.append)
    assert isinstance(dialog, QFileDialog)
    assert said(dialog) & ENGLISH == set()
    assert {"Batal", "Nama berkas", "Buka" if ask == "open" else "Simpan"} <= {text.rstrip(":") for text in said(dialog)}
    assert all(button.text() or button.accessibleName() for button in dialog.findChildren(QAbstractButton) if button.isVisible())
    dialog.reject()


def test_on_an_english_screen_qt_says_its_own_words(words: QtWords, qtbot: QtBot) -> None:
    set_language("en")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Yes | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Yes", "Cancel"}


def test_what_qt_says_with_a_name_in_it_keeps_the_place_of_the_name() -> None:
    assert [word for word, told in WORDS.items() if ("%1" in word) != ("%1" in told)] == []


def test_the_open_till_speaks_so(tmp_path: Path) -> None:
    with counter_window(tmp_path) as counter:
        menu = counter.sale.goods.field.createStandardContextMenu()
        assert menu is not None
        assert "Salin" in {action.text().partition("\t")[0] for action in menu.actions()}
        menu.deleteLater()
