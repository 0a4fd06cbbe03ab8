"""What a new cashier sees of a rehearsal: the band over every page, one key that ends it, and the real till that went on beneath."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pos.services import people
from pos.services.goods import add_unknown
from pos.services.preferences import Preferences
from pos.services.views import GoodsFilter
from pos.ui.papers.label_dialog import GoodsChoice, LabelDialog
from pos.ui.rehearsal import playing
from pos.ui.rehearsal.band import RehearsalBand
from pos.ui.rehearsal.playing import Rehearsing
from pos.ui.shell.rooms import BEHIND, RAIL
from tests.helpers import counter_window as windows
from tests.helpers.counter_window import CounterWindow, QuietBackstage, counter_window, wait_until
from tests.helpers.stage import Stage, button_of, stage

_PREFERENCES = replace(Preferences(), sounds=False, reduce_motion=True)


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CounterWindow]:
    monkeypatch.setattr(windows, "QuietBackstage", lambda: QuietBackstage(rehearsal=True))
    with counter_window(tmp_path, preferences=_PREFERENCES, size=(1024, 768)) as counter:
        yield counter


def band_of(window: QWidget) -> RehearsalBand:
    band = window.findChild(RehearsalBand)
    assert isinstance(band, RehearsalBand)
    return band


def is_over_everything(window: QWidget) -> bool:
    band = band_of(window)
    seen = {window.childAt(QPoint(x, 20)) for x in (10, window.width() // 2, window.width() - 40)}
    return band.isVisible() and band.width() == window.width() and all(part is band or band.isAncestorOf(part) for part in seen if part)


def test_the_band_is_over_every_room_and_over_the_page_of_who_is_at_the_counter(rehearsal: CounterWindow) -> None:
    window = rehearsal.window
    for room in (*RAIL, *BEHIND):
        rehearsal.application.go(room.key)
        assert is_over_everything(window), room.key
        screen = rehearsal.application.window.screen_shown
        assert screen is not None
        assert screen.mapTo(window, QPoint(0, 0)).y() >= band_of(window).height(), "and covers nothing of it"
    assert (window.width(), window.height()) == (1024, 768), "the window is as large as it was"
    people.add_user(rehearsal.till, "Bu Sari", people.Role.OWNER)
    rehearsal.application.change_cashier()
    assert rehearsal.application.locked
    assert is_over_everything(window)
    assert window.windowTitle().startswith("LATIHAN")


def test_one_key_ends_the_rehearsal(rehearsal: CounterWindow) -> None:
    window = rehearsal.window
    assert button_of(window, "Selesai latihan").accessibleName()
    rehearsal.key("Ctrl+Q")
    wait_until(lambda: not isValid(window) or not window.isVisible(), "the window closes")


def test_a_real_till_has_no_band(tmp_path: Path) -> None:
    with counter_window(tmp_path, preferences=_PREFERENCES) as counter:
        assert counter.window.findChild(RehearsalBand) is None


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as made:
        yield made


def _rehearsing(shop: Stage, qtbot: QtBot) -> Rehearsing:
    part = Rehearsing(shop.context)
    qtbot.addWidget(part)
    part.show()
    return part


def test_from_the_settings_the_copy_opens_beside_the_till_and_is_gone_when_it_ends(
    shop: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a window that ends as soon as it has seen the copy
    monkeypatch.setattr(playing, "_COMMAND", ("-c", "import pathlib, sys; assert (pathlib.Path(sys.argv[1]) / 'shop.db').exists()"))
    part = _rehearsing(shop, qtbot)
    button_of(part, "Mulai latihan").click()
    assert not part.button.isEnabled(), "one is enough"
    qtbot.waitUntil(lambda: "Latihan selesai" in part.note.sentence, timeout=20_000)
    assert not (tmp_path / "latihan").exists()
    assert part.button.isEnabled()


def test_a_rehearsal_whose_window_does_not_open_leaves_no_copy_behind(
    shop: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    part = _rehearsing(shop, qtbot)
    button_of(part, "Mulai latihan").click()
    qtbot.waitUntil(lambda: "tertutup sendiri" in part.note.sentence, timeout=20_000)
    assert not (tmp_path / "latihan").exists()


def test_labels_of_a_rehearsal_say_so_one_by_one(shop: Stage, qtbot: QtBot) -> None:
    """They are cut out of their sheet, on paper and on pages alike."""
    add_unknown(shop.shop.till, "8998100000025", "Kopi", 3_500)
    [row] = shop.shop.till.store.read.goods(GoodsFilter.ALL, "", 0, 9)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = LabelDialog(shop.context, GoodsChoice(GoodsFilter.ALL, "", 1, row, "Semua barang"), window)
    assert {label.name for label in dialog._labels()} == {"Kopi"}
    shop.shop.rehearsal = True
    assert {label.name for label in dialog._labels()} == {"LATIHAN Kopi"}
