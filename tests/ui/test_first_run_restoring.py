"""A new computer, an old shop: the first page of the guide takes a copy in, and refuses in words what is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pos.local_db import schema
from pos.local_db.restoring import is_laid_ready
from pos.ui.first_run.pages import LanguagePage
from pos.ui.first_run.screen import FirstRunScreen
from pos.ui.first_run.steps import Step
from tests.helpers.counter_window import settle, wait_until
from tests.helpers.shops import open_market, sell
from tests.helpers.stage import Stage, button_of, stage, words_of

INDOMIE = "089686010947"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shop on the old computer."""
    (tmp_path / "lama").mkdir()
    with open_market(tmp_path / "lama") as till:
        for _ in range(3):
            sell(till, INDOMIE)
        till.store.copy(tmp_path / "salinan.db")  # type: ignore[attr-defined]
    return tmp_path / "salinan.db"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


@pytest.fixture
def page(shop: Stage, qtbot: QtBot) -> LanguagePage:
    screen = FirstRunScreen(shop.context)
    qtbot.addWidget(screen)
    shop.show(screen, 1366, 768)
    found = screen.pages[Step.LANGUAGE]
    assert isinstance(found, LanguagePage)
    return found


def choose(page: LanguagePage, file: Path) -> None:
    """By the button and Qt's own dialog, as a person does."""
    button_of(page, "Pulihkan dari salinan").click()
    settle()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    wait_until(lambda: page.restoring._reading is None, "the copy is checked")
    settle()


def test_the_old_shop_is_there_at_the_next_start(shop: Stage, page: LanguagePage, copy: Path, tmp_path: Path) -> None:
    assert "Pindah dari komputer lain?" in words_of(page)
    choose(page, copy)
    assert "3 nota" in page.note.sentence
    assert page.restoring.leave.isVisible()
    shop.shop.close()
    with stage(tmp_path) as again:
        assert len(again.context.till.store.read.sales("", 0, 10)) == 3


@pytest.mark.parametrize(
    ("harm", "words"),
    [("cut", "tidak utuh"), ("foreign", "bukan salinan toko"), ("newer", "lebih baru"), ("gone", "tidak terbaca")],
)
def test_what_cannot_be_put_back_is_said_and_nothing_changes(
    shop: Stage, page: LanguagePage, copy: Path, tmp_path: Path, harm: str, words: str
) -> None:
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    elif harm == "foreign":
        copy.write_bytes(b"%PDF-1.7" + bytes(5_000))
    elif harm == "newer":
        with closing(sqlite3.connect(copy)) as raw:
            raw.execute(f"PRAGMA user_version = {int(schema.HEAD) + 7}")
    else:
        copy.unlink()
    choose(page, copy)
    assert words in page.note.sentence.lower(), page.note.sentence
    assert page.note.sentence.count(".") >= 2, "what is wrong, and the way on"
    assert not page.restoring.leave.isVisible()
    assert not any(is_laid_ready(file) for file in tmp_path.rglob("shop.db"))
    assert button_of(page, "Pulihkan dari salinan").isEnabled(), "another file can be tried"
